"""The shortest clause that shows a stage or a position."""

import pytest

from tests.extract.told import quoted, told, word_of
from truceline.extract import Clauses
from truceline.extract.shown_by import clause_of

SHOWN = [
    # Without attribution, complementiser, relative clause and full stop.
    (
        "The ambassador announced that Russia would not support the draft, which was tabled on Monday.",
        "support",
        "Russia would not support the draft",
    ),
    (
        "The ambassador announced that Russia would not support the draft, which was tabled on Monday.",
        "tabled",
        "was tabled on Monday",
    ),
    # Without conjunction and reason; with a condition, which changes what is shown.
    (
        "But the rebels have rejected the offer because it leaves the army in place.",
        "rejected",
        "the rebels have rejected the offer",
    ),
    (
        "The group will not disarm unless its prisoners are freed.",
        "disarm",
        "The group will not disarm unless its prisoners are freed",
    ),
    # A noun with what it is about.
    ("His rejection of the plan surprised mediators.", "rejection", "His rejection of the plan"),
    ("In May, the parties signed a truce brokered by Qatar.", "truce", "a truce brokered by Qatar"),
    ("In May, the parties signed a truce brokered by Qatar.", "brokered", "a truce brokered by Qatar"),
    # Without what leads up to it, and without a subject that explanations cut off.
    (
        "In May, the parties signed a truce brokered by Qatar.",
        "signed",
        "the parties signed a truce brokered by Qatar",
    ),
    (
        "The governor, who had opposed the deal for months, is ready to accept it.",
        "ready",
        "is ready to accept it",
    ),
    (
        "The governor, who had opposed the deal for months, is ready to accept it.",
        "opposed",
        "who had opposed the deal for months",
    ),
    # Without what follows after a comma.
    (
        "The negotiators failed to agree on a date, amid fears of new fighting.",
        "failed",
        "The negotiators failed to agree on a date",
    ),
    # Another clause's words are not its own.
    (
        "On Friday, troops entered the port of Massawa and freed the captives.",
        "entered",
        "troops entered the port of Massawa",
    ),
    ("On Friday, troops entered the port of Massawa and freed the captives.", "freed", "freed the captives"),
    (
        "The delegations are due to meet in Rome on Wednesday.",
        "meet",
        "The delegations are due to meet in Rome on Wednesday",
    ),
]


@pytest.mark.parametrize(("sentence", "word", "clause"), SHOWN)
def test_the_shortest_clause(sentence: str, word: str, clause: str) -> None:
    annotation = told(sentence)
    found = quoted(annotation, clause_of(Clauses(annotation), word_of(annotation, word)))
    assert found == clause


def test_every_word_has_a_clause_around_it() -> None:
    annotation = told(*dict.fromkeys(sentence for sentence, _, _ in SHOWN))
    clauses = Clauses(annotation)
    for word in range(len(annotation.forms)):
        first, end = clause_of(clauses, word)
        assert first <= word < end
        sentence = next(s for s in annotation.sentences if s[0] <= word < s[1])
        assert sentence[0] <= first
        assert end <= sentence[1]
