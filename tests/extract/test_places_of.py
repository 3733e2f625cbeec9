"""The place of what a word tells, and the words for the place that a proposal is about."""

import pytest

from tests.extract.told import place, told, word_of, words_of
from truceline.extract import Clauses
from truceline.extract.places_of import place_of, place_words

# Sentence, the names of places in it, and where some of its words have their place.
WHERE = [
    ("The sides held talks in Geneva on Friday.", "Geneva", {"held": "l1", "talks": "l1"}),
    ("The delegations are due to meet in Rome on Wednesday.", "Rome", {"meet": "l1"}),
    ("The Rome meeting ended without an accord.", "Rome", {"meeting": "l1", "accord": None}),
    ("On Friday, troops entered the port of Massawa and freed the captives.", "Massawa", {"entered": "l1"}),
    ("The army stormed Aleppo at dawn.", "Aleppo", {"stormed": "l1"}),
    ("Fighters withdrew from Daraa last week.", "Daraa", {"withdrew": "l1"}),
    ("The general praised Aleppo for its courage.", "Aleppo", {"praised": None}),
    ("The minister met the envoy from Nairobi.", "Nairobi", {"met": None, "envoy": None}),
    ("As in Kosovo, monitors were sent.", "Kosovo", {"sent": None}),
    ("Donors hailed a summit in Egypt.", "Egypt", {"summit": "l1"}),
]


@pytest.mark.parametrize(("sentence", "name", "where"), WHERE, ids=[sentence for sentence, _, _ in WHERE])
def test_a_place_belongs_to_what_it_modifies(sentence: str, name: str, where: dict[str, str | None]) -> None:
    annotation = told(sentence)
    clauses, known = Clauses(annotation), [place(annotation, 1, name)]
    assert {word: place_of(clauses, known, word_of(annotation, word)) for word in where} == where


def test_a_name_may_stand_anywhere_in_the_report() -> None:
    annotation = told("The general praised Aleppo for its courage.", "The army stormed Aleppo at dawn.")
    known = [place(annotation, 1, "Aleppo")]
    assert place_of(Clauses(annotation), known, word_of(annotation, "stormed")) == "l1"


ABOUT = [
    ("The cabinet rejected a plan for a withdrawal from the town of Hodeidah.", "Hodeidah",
     "a withdrawal from the town of Hodeidah", "Hodeidah"),
    ("The sides held talks in Geneva on Friday.", "Geneva", "talks", "Geneva"),
    ("Donors hailed a summit in Egypt.", "Egypt", "a summit in Egypt", "Egypt"),
    ("The Rome meeting ended without an accord.", "Rome", "The Rome meeting", "Rome"),
    ("The Rome meeting ended without an accord.", "Rome", "an accord", None),
    ("The general praised Aleppo for its courage.", "Aleppo", "its courage", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "name", "mention", "words"), ABOUT)
def test_the_place_that_a_proposal_is_about(sentence: str, name: str, mention: str, words: str | None) -> None:
    annotation = told(sentence)
    found = place_words(Clauses(annotation), [place(annotation, 1, name)], [words_of(annotation, mention)])
    assert (found.quote if found else None) == words


def test_what_a_mention_names_comes_before_what_stands_around() -> None:
    annotation = told("The sides held talks in Geneva on Friday.", "Donors hailed a summit in Egypt.")
    known = [place(annotation, 1, "Geneva"), place(annotation, 2, "Egypt")]
    mentions = [words_of(annotation, "talks"), words_of(annotation, "a summit in Egypt")]
    found = place_words(Clauses(annotation), known, mentions)
    assert found is not None
    assert found.quote == "Egypt"


def test_no_mentions_and_no_places() -> None:
    annotation = told("Donors hailed a summit in Egypt.")
    assert place_words(Clauses(annotation), [], [words_of(annotation, "a summit")]) is None
    assert place_words(Clauses(annotation), [place(annotation, 1, "Egypt")], []) is None
    assert place_of(Clauses(annotation), [], word_of(annotation, "summit")) is None
