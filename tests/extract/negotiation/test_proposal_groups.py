"""Which mentions mean the same proposal: what their words say, and when one joins another."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.extract.negotiation.staged import HIDDEN, SIZE, annotated, noughts, role, scene, silent
from truceline.extract.negotiation import proposal_groups
from truceline.extract.negotiation.proposal_groups import COMPARED, FEATURES, RECENT, groups, likeness
from truceline.extract.negotiation.proposal_mentions import ProposalMention
from truceline.extract.negotiation.scores import ROLES, Scores
from truceline.extract.negotiation.weights import Floats, Weights


def grouped(
    scores: Scores, mentions: Sequence[ProposalMention], kinds: list[list[float]] | None = None
) -> list[list[int]]:
    """The groups of mentions whose kinds say nothing, or are given as shares."""
    shares = np.full((len(mentions), 12), 1 / 12) if kinds is None else np.array(kinds)
    return groups(scores, mentions, np.log(shares + 1e-9).astype(np.float32))


@pytest.fixture(autouse=True)
def _by_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights of words and kinds are what is being tested only where a test says so."""
    for name, value in (("WORDING", 1.0), ("KIND", 0.0), ("EITHER", 0.0), ("SAME", 0.3)):
        monkeypatch.setattr(proposal_groups, name, value)


SAME_NOUN, SHARED, SHARED_CONTENT, SAME_KIND, OTHER_KIND = range(5)
BACK, GENERAL, BARE, OTHER_ORDINAL, OVERLAP, SAME_SENTENCE, NEXT_SENTENCE, SAME_WORDS = 6, 15, 16, 17, 21, 22, 23, 24
PLAN = ProposalMention(0, 3, 1, "plan", None, frozenset(), "back")


def named(noun: str, *content: str, **changes: object) -> ProposalMention:
    return replace(PLAN, noun=noun, content=frozenset(content), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mention", "earlier", "feature", "value"),
    [
        (named("truce"), named("truce"), SAME_NOUN, 1),
        (named("truce"), named("calm"), SAME_NOUN, 0),
        (named("plan", "peace"), named("plan", "peace"), SHARED, 1),
        (named("plan", "peace"), named("peace"), SHARED, 1 / 2),
        (named("plan", "peace"), named("draft", "rival"), SHARED, 0),
        (named("plan", "a", "b", "c", "d"), named("idea", "a", "b", "c", "d"), SHARED_CONTENT, 1),
        (named("plan", "a", "b"), named("idea", "b"), SHARED_CONTENT, 1 / 3),
        (named("truce", kind="ceasefire"), named("lull", kind="ceasefire"), SAME_KIND, 1),
        (named("truce", kind="ceasefire"), named("summit", kind="talks"), SAME_KIND, 0),
        (named("plan"), named("offer"), SAME_KIND, 0),
        (named("truce", kind="ceasefire"), named("summit", kind="talks"), OTHER_KIND, 1),
        (named("plan"), named("summit", kind="talks"), OTHER_KIND, 0),
        (named("plan"), named("summit"), BACK, 1),
        (named("plan", opening="new"), named("summit"), BACK, 0),
        (named("plan"), named("truce"), GENERAL, 1),
        (named("plan", "peace"), named("truce"), GENERAL, 0),
        (named("truce"), named("plan"), GENERAL, 0),
        (named("truce"), named("plan"), BARE, 1),
        (named("round", "second"), named("round", "first"), OTHER_ORDINAL, 1),
        (named("round", "second"), named("round", "second"), OTHER_ORDINAL, 0),
        (named("round", "2"), named("round", "3"), OTHER_ORDINAL, 1),
        (named("round"), named("round", "first"), OTHER_ORDINAL, 0),
        (named("round", first=2, end=5), named("talks", first=0, end=3), OVERLAP, 1),
        (named("round", first=3, end=5), named("talks", first=0, end=3), OVERLAP, 0),
        (named("truce", "old"), named("truce", "old"), SAME_WORDS, 1),
        (named("truce", "old"), named("calm", "old"), SAME_WORDS, 0),
    ],
)
def test_what_the_words_of_two_mentions_say(
    mention: ProposalMention, earlier: ProposalMention, feature: int, value: float
) -> None:
    found = likeness(mention, earlier, 2)
    assert found.shape == (FEATURES,)
    assert found[feature] == pytest.approx(value)


@pytest.mark.parametrize(("distance", "marks"), [(0, [1, 0]), (1, [0, 1]), (2, [0, 0]), (9, [0, 0])])
def test_how_far_apart_they_stand(distance: int, marks: list[int]) -> None:
    assert likeness(PLAN, PLAN, distance)[[SAME_SENTENCE, NEXT_SENTENCE]].tolist() == marks


def only(feature: int, strength: float = 20.0) -> Weights:
    """Weights by which one feature joins two mentions, and nothing else does."""
    first, second, bias = noughts(HIDDEN, FEATURES), noughts(1, HIDDEN), noughts(len(ROLES))
    first[0, feature], second[0, 0], bias[role("same")] = 10, strength, -strength / 2
    return silent(**{"same__0__weight": first, "same__2__weight": second, "bias": bias})


def reading(count: int, weights: Weights) -> Scores:
    """Scores of a report with one word in each of its sentences."""
    return Scores(scene(annotated(*["plan/NOUN/0/root"] * count)), weights)


def in_a_row(*mentions: ProposalMention) -> list[ProposalMention]:
    return [replace(mention, first=n, end=n + 1, head=n) for n, mention in enumerate(mentions)]


def test_one_feature_alone_joins_mentions() -> None:
    mentions = in_a_row(
        named("truce", kind="ceasefire"), named("summit", kind="talks"), named("lull", kind="ceasefire"),
        named("truce"), named("summit", kind="talks"),
    )  # fmt: skip
    assert grouped(reading(5, only(SAME_KIND)), mentions) == [[0, 2], [1, 4], [3]]
    assert grouped(reading(5, only(SAME_NOUN)), mentions) == [[0, 3], [1, 4], [2]]
    assert grouped(reading(5, only(OVERLAP)), mentions) == [[0], [1], [2], [3], [4]]
    assert grouped(reading(5, only(NEXT_SENTENCE)), mentions) == [[0, 1, 2, 3, 4]], "neighbours make a chain"


def test_of_two_groups_the_likelier_is_joined() -> None:
    first, second, bias = noughts(HIDDEN, FEATURES), noughts(1, HIDDEN), noughts(len(ROLES))
    first[0, SAME_NOUN], first[1, SAME_KIND], bias[role("same")] = 10, 10, -1
    second[0] = [3, 5, 0]
    weights = silent(**{"same__0__weight": first, "same__2__weight": second, "bias": bias})
    mentions = in_a_row(named("truce"), named("lull", kind="ceasefire"), named("truce", kind="ceasefire"))
    scores = reading(3, weights)
    # "Truce" and "lull" have nothing in common: the bias alone is below the probability that counts.
    assert grouped(scores, mentions) == [[0], [1, 2]]


def test_the_distance_and_the_vectors_count_too() -> None:
    distances = noughts(len(ROLES), 7)
    distances[role("same"), 2] = 8  # one sentence before
    bias = noughts(len(ROLES))
    bias[role("same")] = -4
    mentions = in_a_row(*[PLAN] * 4)
    assert grouped(reading(4, silent(dist=distances, bias=bias)), mentions) == [[0, 1, 2, 3]]
    form = noughts(len(ROLES), SIZE + 1, SIZE + 1)
    form[role("same"), SIZE, SIZE] = 8
    assert grouped(reading(4, silent(form=form, bias=bias)), mentions) == [[0, 1, 2, 3]]
    assert grouped(reading(4, silent(bias=bias)), mentions) == [[0], [1], [2], [3]]


def test_a_group_that_was_not_named_for_long_is_not_joined_again() -> None:
    others = [named(f"other{n}") for n in range(RECENT)]
    mentions = in_a_row(named("truce"), *others[:-1], named("truce"))
    assert [0, RECENT] in grouped(reading(RECENT + 1, only(SAME_NOUN)), mentions)
    mentions = in_a_row(named("truce"), *others, named("truce"))
    assert [0] in grouped(reading(RECENT + 2, only(SAME_NOUN)), mentions)


def test_only_the_last_mentions_of_a_group_are_compared() -> None:
    """Each of the group's mentions is joined to the one before by its kind, to the first by its noun alone."""
    first, second, bias = noughts(HIDDEN, FEATURES), noughts(1, HIDDEN), noughts(len(ROLES))
    first[0, [SAME_NOUN, SAME_KIND]], second[0, 0], bias[role("same")] = 10, 20, -10
    weights = silent(**{"same__0__weight": first, "same__2__weight": second, "bias": bias})
    links = [named(f"link{n}", kind="talks") for n in range(COMPARED)]
    near = in_a_row(named("truce", kind="talks"), *links[:-1], named("truce"))
    assert grouped(reading(len(near), weights), near) == [list(range(len(near)))]
    far = in_a_row(named("truce", kind="talks"), *links, named("truce"))
    assert grouped(reading(len(far), weights), far) == [list(range(len(far) - 1)), [len(far) - 1]]


def test_three_hundred_mentions_are_compared_with_few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(mention: ProposalMention, earlier: ProposalMention, distance: int) -> Floats:
        nonlocal compared
        compared += 1
        return likeness(mention, earlier, distance)

    monkeypatch.setattr(proposal_groups, "likeness", counted)
    mentions = in_a_row(*(named(f"plan{n % 40}") for n in range(300)))
    found = grouped(reading(300, only(SAME_NOUN)), mentions)
    assert sorted(number for group in found for number in group) == list(range(300))
    assert 0 < compared <= 300 * RECENT * COMPARED


def test_no_mentions_and_one() -> None:
    assert grouped(reading(1, silent()), []) == []
    assert grouped(reading(1, silent()), in_a_row(PLAN)) == [[0]]


def test_every_mention_belongs_to_one_group_in_the_order_of_the_text() -> None:
    rng = np.random.default_rng(6)
    mentions = in_a_row(*(named(str(rng.integers(5)), kind=str(rng.integers(3))) for _ in range(60)))
    found = grouped(reading(60, only(SAME_KIND, 2.0)), mentions)
    assert sorted(number for group in found for number in group) == list(range(60))
    assert [group[0] for group in found] == sorted(group[0] for group in found)
    assert all(group == sorted(group) for group in found)


def test_mentions_of_one_kind_are_rather_one_proposal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal_groups, "KIND", 1.0)
    monkeypatch.setattr(proposal_groups, "EITHER", 1.0)
    truce, talks = [0.97] + [0.003] * 11, [0.003] * 11 + [0.97]
    mentions = in_a_row(PLAN, PLAN, PLAN)
    assert grouped(reading(3, silent()), mentions, [truce, talks, truce]) == [[0, 2], [1]]
    assert grouped(reading(3, silent()), mentions, [truce, truce, truce]) == [[0, 1, 2]]
