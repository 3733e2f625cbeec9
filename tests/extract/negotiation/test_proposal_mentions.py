"""What the words of a phrase say of a proposal: its kind, how it begins, what it holds.

Phrases are drawn as trees from their order: modifiers hang on the last word of their piece, a piece with a preposition
or "to" on the piece before it.
"""

import pytest

from tests.extract.negotiation.staged import annotated
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.proposal_mentions import ProposalMention, proposal_mention

PREPOSITIONS = frozenset({"of", "on", "for", "in", "with", "between", "from"})
DETERMINERS = frozenset({"a", "an", "the", "any", "its", "their", "these", "such", "this"})
PARTICLES = frozenset({"out", "back", "down", "up"})


def drawn(phrase: str) -> str:
    """The tree of a phrase, in the notation of `staged`."""
    forms = phrase.split()
    tags = ["X"] * len(forms)
    links = [(0, "root")] * len(forms)  # heads from 1
    above = 0
    for first, end in _pieces(forms):
        verbal = forms[first] == "to"
        noun = end - 1
        start = first
        if forms[first] in PREPOSITIONS:
            tags[first], links[first], start = "ADP", (noun + 1, "case"), first + 1
        relation = "nmod"
        if verbal:
            verb, start, relation = first + 1, first + 2, "acl"
            tags[first], links[first], tags[verb] = "PART", (verb + 1, "mark"), "VERB"
            links[verb] = (above, relation if above else "root")
            if start < end and forms[start] in PARTICLES:
                tags[start], links[start], start = "ADP", (verb + 1, "compound:prt"), start + 1
            above, relation = verb + 1, "obj"
        if start < end:
            tags[noun], links[noun] = "NOUN", (above, relation if above else "root")
            for at in range(start, noun):
                tags[at] = "DET" if forms[at] in DETERMINERS else "PART" if forms[at] == "'s" else "NOUN"
                links[at] = (noun + 1, "det" if tags[at] == "DET" else "compound")
            above = noun + 1
    return " ".join(f"{form}/{tag}/{head}/{name}" for form, tag, (head, name) in zip(forms, tags, links, strict=True))


def _pieces(forms: list[str]) -> list[tuple[int, int]]:
    starts = [0, *(i for i, form in enumerate(forms) if i and (form in PREPOSITIONS or form == "to"))]
    return list(zip(starts, [*starts[1:], len(forms)], strict=True))


def mention(phrase: str) -> ProposalMention:
    annotation = annotated(drawn(phrase))
    return proposal_mention(Clauses(annotation), 0, len(annotation.forms))


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("peace talks:talk", "talks"),
        ("a month-long truce", "ceasefire"),
        ("the evacuation of villagers:villager", "withdrawal"),
        ("a rival resolution", "resolution"),
        ("an arms embargo", "sanctions"),
        ("early elections:election", "politics"),
        ("a prisoner swap", "exchange"),
        ("the disarmament of militias:militia", "disarmament"),
        ("a patrol mission", "deployment"),
        ("an aid convoy", "access"),
        ("a roadmap", "peace"),
        ("to evacuate the wounded", "withdrawal"),
        ("to negotiate with the clans:clan", "talks"),
    ],
)
def test_a_head_that_names_a_kind(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    "phrase",
    [
        "a peace prize", "the truce village", "the talks:talk venue", "sanctions:sanction lawyers:lawyer",
        "the embargo year", "a spokesman for the ceasefire", "to doubt the truce", "the winner of the election",
    ],
)  # fmt: skip
def test_a_head_of_its_own_meaning_is_not_what_hangs_on_it(phrase: str) -> None:
    assert mention(phrase).kind is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a truce offer", "ceasefire"),
        ("a plan to send observers:observer", "deployment"),
        ("a proposal for talks:talk", "talks"),
        ("an agreement to repatriate captives:captive", "exchange"),
        ("a peace plan", "peace"),
        ("the draft of a resolution", "resolution"),
        ("a pledge to lift sanctions:sanction", "sanctions"),
        ("to declare a truce", "ceasefire"),
        ("to resume the dialogue", "talks"),
    ],
)
def test_a_head_that_only_says_that_something_is_on_the_table(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    "phrase",
    ["a plan", "the offer", "this deal", "a plan to paint schools:school", "the initiative of the bishops:bishop",
     "to accept the offer"],
)  # fmt: skip
def test_where_no_word_names_a_kind(phrase: str) -> None:
    assert mention(phrase).kind is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a truce deal on elections:election", "ceasefire"),
        ("a ceasefire talks:talk proposal", "talks"),
        ("a resolution draft for a truce", "resolution"),
        ("a talks:talk offer of amnesty", "talks"),
        ("a plan for a truce in the embargo zone", "ceasefire"),
    ],
)
def test_what_stands_nearest_to_the_head_names_the_kind(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a plan to withdraw troops:troop", "withdrawal"),
        ("a plan for troops:troop to leave", "withdrawal"),
        ("a border recognition deal", "politics"),
        ("an election boycott call", "sanctions"),
        ("a proposal on weapons:weapon withdrawal", "withdrawal"),
        ("an aid corridor plan", "access"),
    ],
)
def test_things_give_way_to_what_is_to_be_done_with_them(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a deal on troops:troop", "deployment"),
        ("a plan on weapons:weapon", "disarmament"),
        ("a proposal on elections:election", "politics"),
        ("an offer of aid", "access"),
        ("an idea for the border", "politics"),
    ],
)
def test_things_count_where_nothing_else_does(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    "phrase",
    [
        "the release of prisoners:prisoner", "a release of two hostages:hostage", "an offer to free detainees:detainee",
        "a plan to release workers:worker", "the release of the soldier 's bodies:body", "a promise to free an inmate",
    ],
)  # fmt: skip
def test_the_release_of_captives_is_an_exchange(phrase: str) -> None:
    assert mention(phrase).kind == "exchange"


@pytest.mark.parametrize(
    "phrase",
    [
        "the release of a report", "the release of funds:fund", "a plan to free the market",
        "an offer to release the minutes:minute", "the release of a film", "a release",
    ],
)  # fmt: skip
def test_the_release_of_anything_else_is_none(phrase: str) -> None:
    assert mention(phrase).kind is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("to pull out of the town", "withdrawal"),
        ("a call to pull back", "withdrawal"),
        ("a promise to step down", "politics"),
        ("an order to lay down rifles:rifle", "disarmament"),
        ("a demand to move out", "withdrawal"),
        ("an appeal to step back", "withdrawal"),
    ],
)
def test_a_particle_makes_another_verb(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    "phrase",
    ["to pull the cart", "a plan to step up", "a promise to lay cables:cable", "an order to move furniture",
     "a vow to roll dice"],
)  # fmt: skip
def test_the_same_verb_without_it_is_none(phrase: str) -> None:
    assert mention(phrase).kind is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the disarmament process", "disarmament"),
        ("a ceasefire accord", "ceasefire"),
        ("the border treaty", "politics"),
        ("a withdrawal accord", "withdrawal"),
        ("a power-sharing settlement", "politics"),
        ("the peace process", "peace"),
        ("an accord", "peace"),
        ("a treaty on trade", "peace"),
        ("a lasting settlement", "peace"),
        ("the process of disarmament", "peace"),
        ("a reconciliation session", "talks"),
    ],
)
def test_accords_and_processes_are_of_the_kind_that_stands_before_them(phrase: str, kind: str) -> None:
    assert mention(phrase).kind == kind


@pytest.mark.parametrize(
    ("phrase", "opening"),
    [
        ("a truce offer", "new"), ("any deal", "new"), ("another round", "new"), ("fresh talks:talk", "new"),
        ("an accord", "new"),
        ("the truce", "back"), ("this deal", "back"), ("these talks:talk", "back"), ("such a plan", "back"),
        ("The:the accord", "back"),
        ("their offer", "owned"), ("Chad 's proposal", "owned"), ("its own draft", "owned"), ("Oslo 's bid", "owned"),
        ("Their:they plan", "owned"),
        ("to withdraw", "verb"), ("to leave the town", "verb"), ("to step down", "verb"), ("to send observers", "verb"),
        ("to free an inmate", "verb"),
        ("truce", "plain"), ("peace talks:talk", "plain"), ("talks:talk on borders:border", "plain"),
        ("arms embargo", "plain"), ("early elections:election", "plain"),
    ],
)  # fmt: skip
def test_how_a_phrase_begins(phrase: str, opening: str) -> None:
    assert mention(phrase).opening == opening


def test_what_a_mention_holds() -> None:
    found = mention("the Second:second plan to send Observers:observer")
    assert (found.first, found.end, found.head, found.noun) == (0, 6, 2, "plan")
    assert found.content == {"second", "send", "observer"}
