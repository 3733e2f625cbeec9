"""Labels: the mention that says most, in few words."""

import pytest

from tests.extract.told import told, words_of
from truceline.extract import Clauses
from truceline.extract.labels import LONGEST, label_of
from truceline.records.reading import ProposalKind

LABELS: list[tuple[str, list[str], ProposalKind, str]] = [
    ("The mediator proposed a 48-hour truce.", ["a 48-hour truce"], "ceasefire", "48-hour truce"),
    # What says more comes first, wherever it stands.
    (
        "The cabinet rejected a plan for a withdrawal from the town of Hodeidah.",
        ["a plan", "a withdrawal from the town of Hodeidah"],
        "withdrawal",
        "withdrawal from the town of Hodeidah",
    ),
    # Verbs as infinitives, with a subject of their own.
    (
        "Both sides agreed to withdraw their forces from the bridge.",
        ["to withdraw their forces from the bridge"],
        "withdrawal",
        "withdraw their forces from the bridge",
    ),
    ("The soldiers who guard the bridge will go home.", ["will go home"], "withdrawal", "go home"),
    ("The army will not break a three-year truce.", ["The army will not break a three-year truce"], "ceasefire",
     "army not to break a three-year truce"),
    (
        "Any group that refuses to leave the city will be treated as an enemy.",
        ["will be treated as an enemy"],
        "other",
        "be treated as an enemy",
    ),
    # Without what only explains.
    (
        "The plan to withdraw Syrian troops, which was tabled in June, has failed.",
        ["The plan to withdraw Syrian troops, which was tabled in June"],
        "withdrawal",
        "plan to withdraw Syrian troops",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "mentions", "kind", "label"), LABELS)
def test_labels(sentence: str, mentions: list[str], kind: ProposalKind, label: str) -> None:
    annotation = told(sentence)
    assert label_of(Clauses(annotation), [words_of(annotation, m) for m in mentions], kind) == label


def test_long_mentions_are_cut_at_a_word() -> None:
    annotation = told(
        "He rejected the proposal for a comprehensive and permanent settlement of the dispute over the waters of the "
        "upper river between the two states."
    )
    mention = annotation.report.text.removeprefix("He rejected ").removesuffix(".")
    label = label_of(Clauses(annotation), [words_of(annotation, mention)], "politics")
    assert label == "proposal for a comprehensive and permanent settlement of the dispute …"
    assert len(label) <= LONGEST + 2


def test_without_mentions_the_kind_is_the_label() -> None:
    assert label_of(Clauses(told("Donors hailed a summit in Egypt.")), [], "talks") == "talks"
