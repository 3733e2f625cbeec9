"""Entities mended by the rest of the report, by the form of addresses and by the map."""

import numpy as np
import pytest

from truceline.annotate import Tagged
from truceline.annotate.entities import agreeing, mended, with_second_opinion

LABELS = ["B-LOC", "B-PER", "I-LOC", "I-PER", "O"]


def scores(*rows: str) -> np.ndarray:
    """One row for each word, that of the named label high: "B-LOC 4" is 4 there and 0 elsewhere."""
    table = np.zeros((len(rows), len(LABELS)), np.float32)
    for row, (label, value) in zip(table, (row.split() for row in rows), strict=True):
        row[LABELS.index(label)] = float(value)
    return table


def best(table: np.ndarray) -> list[str]:
    return [LABELS[i] for i in table.argmax(axis=1)]


NAME_LABELS = ["B-EVE", "B-LOC", "B-NORP", "B-PER", "I-LOC", "I-NORP", "I-PER", "O"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("B-LOC 3", "B-PER 9", "B-PER"),  # in doubt the sure one decides
        ("B-LOC 9", "B-PER 3", "B-LOC"),
        ("B-LOC 2", "B-NORP 9", "O"),  # a nationality is none of ours
        ("O 2", "B-LOC 9", "B-LOC"),
        ("B-LOC 9", "B-EVE 2", "B-LOC"),
        ("O 5", "O 5", "O"),
    ],
)
def test_two_heads_for_names_join_their_opinions(first: str, second: str, joined: str) -> None:
    label, value = second.split()
    names = np.zeros((1, len(NAME_LABELS)), np.float32)
    names[0, NAME_LABELS.index(label)] = float(value)
    found = with_second_opinion(scores(first), LABELS, names, NAME_LABELS)
    assert best(found) == [joined]
    assert np.exp(found).sum() <= 1.0


def test_a_name_in_doubt_follows_its_other_places() -> None:
    forms = ["Talvik", "spoke", "in", "Ordan", ".", "Talvik", "left", ".", "Talvik"]
    table = scores("B-LOC 1", "O 6", "O 6", "B-LOC 6", "O 6", "B-PER 7", "O 6", "O 6", "B-PER 6")
    assert best(table)[0] == "B-LOC"
    assert best(agreeing(table, forms, LABELS)) == ["B-PER", *best(table)[1:]]


def test_beginning_and_going_on_are_kept_apart() -> None:
    forms = ["Ana", "Talvik", "and", "Talvik"]
    table = scores("B-PER 6", "I-PER 6", "O 6", "B-PER 5")
    assert best(agreeing(table, forms, LABELS)) == ["B-PER", "I-PER", "O", "B-PER"]


@pytest.mark.parametrize(
    "forms",
    [
        ["talks", "and", "talks", "and"],  # no name
        ["Talvik", "met", "Ordan", "."],  # nothing twice
        ["A", "met", "A", "."],  # one letter is no name
    ],
)
def test_other_words_keep_their_scores(forms: list[str]) -> None:
    table = scores("B-LOC 1", "O 2", "B-PER 6", "O 1")
    assert (agreeing(table, forms, LABELS) == table).all()


def test_the_scores_given_are_left_as_they_are() -> None:
    table = scores("B-LOC 1", "B-PER 6")
    before = table.copy()
    agreeing(table, ["Talvik", "Talvik"], LABELS)
    assert (table == before).all()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Homs Syria", [(0, 1), (1, 2)]),
        ("San Rafael California", [(0, 2), (2, 3)]),
        ("brittany france", [(0, 1), (1, 2)]),
        ("South Sudan", [(0, 2)]),
        ("New York City", [(0, 3)]),
        ("Paris Sudan", [(0, 2)]),  # no Paris there: perhaps a name of something else
        ("Gaza Strip", [(0, 2)]),
        ("Syria", [(0, 1)]),
    ],
)
def test_a_town_and_its_country_are_two_places(words: str, parts: list[tuple[int, int]]) -> None:
    forms = words.split()
    found = mended([Tagged(0, len(forms), "LOC", 0.9)], forms)
    assert [(entity.first, entity.end) for entity in found] == parts
    assert {entity.label for entity in found} == {"LOC"}


def test_only_places_are_parted() -> None:
    assert mended([Tagged(0, 2, "ORG", 0.9)], ["Homs", "Syria"]) == [Tagged(0, 2, "ORG", 0.9)]


@pytest.mark.parametrize("address", ["press@example.org", "Example.com", "draft-2.pdf", "www.example.net"])
def test_an_address_is_no_entity(address: str) -> None:
    assert mended([Tagged(1, 2, "ORG", 0.9)], ["at", address]) == []


@pytest.mark.parametrize("name", ["St.Petersburg", "U.S.", "Org", "al-Hol", "@presidency"])
def test_a_name_with_a_stop_is_one(name: str) -> None:
    assert mended([Tagged(0, 1, "LOC", 0.9)], [name]) == [Tagged(0, 1, "LOC", 0.9)]
