"""Small scenes read from end to end with weights made by hand: each column of a word's vector says one thing of it."""

import numpy as np
import pytest

from tests.extract.negotiation.staged import (
    LABELS,
    MODALITIES,
    NEVER,
    STAGES,
    STANCES,
    WIDTH,
    Floats,
    actor,
    annotated,
    at,
    noughts,
    paths,
    role,
    scene,
    shapes,
    silent,
    span_of,
    statement,
    word,
)  # fmt: skip
from truceline.extract.negotiation.about import with_about
from truceline.extract.negotiation.acting import acting
from truceline.extract.negotiation.commitments import commitments
from truceline.extract.negotiation.confidence import confidence
from truceline.extract.negotiation.events import events
from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.positions import positions
from truceline.extract.negotiation.proposals import proposals
from truceline.extract.negotiation.scene import Scene
from truceline.extract.negotiation.scores import ROLES, Scores
from truceline.extract.negotiation.weights import Weights
from truceline.records import Actor

BEGINS, GOES_ON, REFUSES, PUTS, TERM, DOES, BINDS, PLANNED = range(WIDTH)  # the columns of a word's vector
SURE = 60.0
TRUCE = (
    "Norway/PROPN/2/nsubj proposed:propose/VERB/0/root a/DET/4/det truce/NOUN/2/obj",
    "Envoys:envoy/NOUN/2/nsubj rested:rest/VERB/0/root",
    "The/DET/2/det rebels:rebel/NOUN/3/nsubj rejected:reject/VERB/0/root it/PRON/3/obj",
)


def taught() -> Weights:
    """Weights by which each column of a word's vector means what its name says, and subjects hold and do."""
    kept: dict[str, Floats] = {}

    def says(layer: str, label: int, column: int) -> None:
        kept.setdefault(f"{layer}__weight", noughts(*shapes()[f"{layer.replace('__', '.')}.weight"]))
        kept[f"{layer}__weight"][label, column] = SURE

    for column, tag in ((BEGINS, 1), (GOES_ON, 2)):
        says("bio__proposal", tag, column)
    for layer, column in (("term", TERM), ("event", DOES), ("commitment", BINDS)):
        says(f"bio__{layer}", 1, column)
    says("lab__term", LABELS["term"].index("obligation"), TERM)
    says("lab__event", LABELS["event"].index("REJECT"), DOES)
    says("lab__commitment", LABELS["commitment"].index("threat"), BINDS)
    says("stage", STAGES.index("rejected"), REFUSES)
    says("stage", STAGES.index("proposed"), PUTS)
    says("stance", STANCES.index("opposes"), REFUSES)
    says("stance", STANCES.index("sponsors"), PUTS)
    says("modal", MODALITIES.index("planned"), PLANNED)
    kept["modal__bias"] = np.array([5, 0, 0, 0], np.float32)
    links = noughts(len(paths()) + 2, len(ROLES))
    for name in ("holder", "actor", "commits"):
        links[2 + paths().index("nsubj<"), role(name)] = 12
    for name in ("recipient", "toward"):
        links[2 + paths().index("obj<"), role(name)] = 12
    bias = noughts(len(ROLES))
    bias[[role(name) for name in ("holder", "actor", "commits", "recipient", "toward", "asked", "same")]] = -6
    none = noughts(len(ROLES))
    none[[role("stage"), role("target")]] = -6
    kept |= {"path__weight": links, "none": none, "bias": bias, "pairbias": np.full(len(STANCES), -2, np.float32)}
    return silent(**kept)


def staged(*sentences: str, marks: dict[str, tuple[int, ...]], told: bool = False) -> Scene:
    """A scene of Norway (a1), rebels (a2) and a spokesman of theirs (a3); `marks` are columns by the words' forms."""
    annotation = annotated(*sentences)
    for form, columns in marks.items():
        annotation.vectors[word(annotation, form), list(columns)] = 1
    named = [("a1", "Norway"), ("a2", "rebels"), ("a3", "spokesman")]
    references = [r for key, form in named if form in annotation.forms for r in at(annotation, key, form)]
    people: list[Actor] = [actor("a1"), actor("a2", "armed group"), actor("a3", "person", of="a2")]
    said = [statement("s1", [span_of(annotation, "The", "it")], span_of(annotation, "Norway"), "a1")] if told else []
    return scene(annotation, people, references, said)


REFUSAL: dict[str, tuple[int, ...]] = {"a": (BEGINS,), "truce": (GOES_ON,), "proposed": (PUTS,), "rejected": (REFUSES,)}


def test_a_refusal_two_sentences_after_the_proposal_is_found() -> None:
    table = OnTheTable(Scores(staged(*TRUCE, marks=REFUSAL), taught()))
    found = positions(table)
    assert [(p.actor, p.proposal, p.stance) for p in found] == [("a1", "p1", "sponsors"), ("a2", "p1", "opposes")]
    assert found[1].evidence.quote == "The rebels rejected it"
    assert all(p.confidence > confidence("positions", 0.5) for p in found)


def test_without_a_word_that_refuses_nobody_does() -> None:
    marks = {form: columns for form, columns in REFUSAL.items() if form != "rejected"}
    found = positions(OnTheTable(Scores(staged(*TRUCE, marks=marks), taught())))
    assert [(p.actor, p.stance) for p in found] == [("a1", "sponsors")]


def test_the_proposal_with_its_sponsor_stages_and_status() -> None:
    found = proposals(OnTheTable(Scores(staged(*TRUCE, marks=REFUSAL), taught())))
    assert len(found) == 1
    truce = found[0]
    assert (truce.id, truce.label, truce.sponsors) == ("p1", "truce", ["a1"])
    assert [span.quote for span in truce.mentions] == ["a truce"]
    assert [(s.stage, s.text.quote, s.modality) for s in truce.stages] == [
        ("proposed", "Norway proposed a truce", "actual"), ("rejected", "The rebels rejected it", "actual"),
    ]  # fmt: skip
    assert truce.status in ("proposed", "rejected")


def test_what_is_only_planned_is_no_status() -> None:
    marks = {**REFUSAL, "rejected": (REFUSES, PLANNED), "proposed": (PUTS, PLANNED)}
    truce = proposals(OnTheTable(Scores(staged(*TRUCE, marks=marks), taught())))[0]
    assert {s.modality for s in truce.stages} == {"planned"}
    assert truce.status is None


def test_the_words_for_a_kind_tip_the_scale() -> None:
    weights = taught()
    weights.arrays["kindx.weight"] = np.vstack([noughts(1, 12), np.eye(12, dtype=np.float32) * 9])
    truce = proposals(OnTheTable(Scores(staged(*TRUCE, marks=REFUSAL), weights)))[0]
    assert truce.kind == "ceasefire"
    assert truce.confidence == pytest.approx(1, abs=0.01)


def test_a_spokesmans_refusal_is_his_sides() -> None:
    spoken = "The/DET/2/det spokesman/NOUN/3/nsubj rejected:reject/VERB/0/root it/PRON/3/obj"
    fighters = "Nearby/ADV/4/advmod the/DET/3/det rebels:rebel/NOUN/4/nsubj slept:sleep/VERB/0/root"
    found = positions(OnTheTable(Scores(staged(TRUCE[0], fighters, spoken, marks=REFUSAL), taught())))
    assert [(p.actor, p.stance) for p in found] == [("a1", "sponsors"), ("a2", "opposes")]


def test_the_statement_in_which_it_stands_is_named_and_is_about_it() -> None:
    told = staged(*TRUCE, marks=REFUSAL, told=True)
    table = OnTheTable(Scores(told, taught()))
    assert [p.according_to for p in positions(table)] == [None, "s1"]
    assert [s.according_to for s in proposals(table)[0].stages] == [None, "s1"]
    assert [s.about for s in with_about(table, told.statements)] == [["p1"]]
    silence = OnTheTable(Scores(staged(*TRUCE, marks={}, told=True), taught()))
    assert [s.about for s in with_about(silence, told.statements)] == [[]]


def test_a_statement_of_something_else_is_not_about_it() -> None:
    annotation = staged(*TRUCE, marks=REFUSAL).clauses.annotation
    rested = statement("s1", [span_of(annotation, "Envoys", "rested")])
    found = scene(annotation, [actor("a1"), actor("a2")], at(annotation, "a2", "rebels"), [rested])
    table = OnTheTable(Scores(found, taught()))
    assert table.mentions
    assert with_about(table, [rested])[0].about == []


@pytest.mark.parametrize(("weaker", "surest"), [("rejected@2", 0), ("rejected", 1)])
def test_of_two_passages_the_surer_one_shows_the_position(weaker: str, surest: int) -> None:
    annotation = annotated(TRUCE[0], TRUCE[2], " ".join(["x/X/0/root"] * 795), TRUCE[2])
    for form, columns in {**REFUSAL, "rejected@2": (REFUSES,)}.items():
        annotation.vectors[word(annotation, form), list(columns)] = 0.52 if form == weaker else 1
    found = scene(annotation, [actor("a2", "armed group")], at(annotation, "a2", "rebels", "rebels@2"))
    opposing = [p for p in positions(OnTheTable(Scores(found, taught()))) if p.stance == "opposes"]
    assert [p.evidence.quote for p in opposing] == ["The rebels rejected it"]
    assert opposing[0].evidence.start == span_of(annotation, ("The", "The@2")[surest]).start


def test_a_run_without_a_noun_or_verb_is_no_proposal() -> None:
    assert proposals(OnTheTable(Scores(staged(*TRUCE, marks={"it": (BEGINS,)}), taught()))) == []


def test_two_proposals_and_whose_word_is_about_which() -> None:
    swap = "A/DET/2/det swap/NOUN/3/nsubj:pass followed:follow/VERB/0/root"
    marks = {**REFUSAL, "A": (BEGINS,), "swap": (GOES_ON,)}
    weights = taught()
    weights.arrays["dist"][[role("target"), role("stage")]] = [0, 4, 0, 0, 0, 0, 0]  # three or two sentences before
    found = staged(TRUCE[0], swap, TRUCE[2], marks=marks)
    table = OnTheTable(Scores(found, weights))
    assert [[m.noun for m in mentions] for mentions in table.mentions] == [["truce"], ["swap"]]
    opposed = [(p.actor, p.proposal) for p in positions(table) if p.stance == "opposes"]
    assert ("a2", "p1") in opposed
    assert [s.stage for s in proposals(table)[0].stages] == ["proposed", "rejected"]


def test_a_term_goes_to_the_proposal_that_it_means() -> None:
    bound = "It/PRON/2/nsubj obliges:oblige/VERB/0/root patrols:patrol/NOUN/2/obj"
    table = OnTheTable(Scores(staged(TRUCE[0], bound, marks={**REFUSAL_HERE, "patrols": (TERM,)}), taught()))
    assert [[kind for _, kind in terms] for terms in table.terms] == [["obligation"]]
    assert [(t.kind, t.text.quote) for t in proposals(table)[0].terms] == [("obligation", "patrols")]


REFUSAL_HERE = {form: columns for form, columns in REFUSAL.items() if form != "rejected"}


def test_recipients_are_those_to_whom_it_is_put_but_not_its_sponsors() -> None:
    weights = taught()
    weights.arrays["bias"][role("asked")] = 4
    found = proposals(OnTheTable(Scores(staged(*TRUCE, marks=REFUSAL), weights)))
    assert (found[0].sponsors, found[0].recipients) == (["a1"], ["a2"])
    assert proposals(OnTheTable(Scores(staged(*TRUCE, marks=REFUSAL), taught())))[0].recipients == []


SHELLED = "The/DET/2/det rebels:rebel/NOUN/3/nsubj rebuffed:rebuff/VERB/0/root Norway/PROPN/3/obj"


def test_events_with_who_did_what_to_whom() -> None:
    found = events(Scores(staged(SHELLED, marks={"rebuffed": (DOES,)}), taught()))
    assert [(e.type, e.trigger.quote, e.actors, e.recipients, e.modality) for e in found] == [
        ("REJECT", "rebuffed", ["a2"], ["a1"], "actual")
    ]
    planned = events(Scores(staged(SHELLED, marks={"rebuffed": (DOES, PLANNED)}), taught()))
    assert [e.modality for e in planned] == ["planned"]


def test_commitments_with_who_is_bound_to_whom() -> None:
    found = commitments(Scores(staged(SHELLED, marks={"rebuffed": (BINDS,)}), taught()))
    assert [(c.kind, c.action.quote, c.actor, c.toward, c.condition) for c in found] == [
        ("threat", "rebuffed", "a2", "a1", None)
    ]


def test_nobody_is_bound_toward_himself() -> None:
    weights = taught()
    weights.arrays["path.weight"][2 + paths().index("nsubj<"), role("toward")] = 20
    found = commitments(Scores(staged(SHELLED, marks={"rebuffed": (BINDS,)}), weights))
    assert [(c.actor, c.toward) for c in found] == [("a2", None)]


def test_actors_take_part_with_a_probability_between_nought_and_one() -> None:
    scores = Scores(staged(SHELLED, marks={"rebuffed": (DOES,)}), taught())
    found = acting(scores, scores.runs("event"), "actor")
    assert len(found) == 1
    assert set(found[0]) == {"a1", "a2"}
    assert found[0]["a2"] > 0.99 > 0.01 > found[0]["a1"] > 0
    assert acting(scores, [], "actor") == []


@pytest.mark.parametrize("sentences", [(), ("Peace/NOUN/0/root",), ("Halt:halt/NOUN/0/root",), TRUCE], ids=range(4))
@pytest.mark.parametrize("eager", [False, True], ids=["silent", "eager"])
def test_little_to_read_is_read(sentences: tuple[str, ...], eager: bool) -> None:
    """Without actors, proposals or words at all; with weights that find nothing, and such as find all in every word."""
    annotation = annotated(*sentences)
    if not sentences:
        annotation.vectors.resize((0, 0), refcheck=False)
    weights = silent()
    if eager:
        for layer in ("proposal", "term", "commitment", "condition", "event"):
            weights.arrays[f"bio.{layer}.bias"] = np.array([NEVER, 0, 5], np.float32)
        weights.arrays["stage.bias"][:] = 3
    scores = Scores(scene(annotation), weights)
    table = OnTheTable(scores)
    found = proposals(table)
    assert positions(table) == []
    assert with_about(table, []) == []
    assert bool(events(scores)) == bool(commitments(scores)) == bool(eager and sentences)
    assert bool(found) == bool(eager and sentences and annotation.upos[0] != "PUNCT")
    assert all(p.sponsors == [] and p.recipients == [] for p in found)
