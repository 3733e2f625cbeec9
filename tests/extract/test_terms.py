"""Terms: words trimmed, kinds corrected, ISO values, and which term replaced which."""

import pytest

from tests.extract.told import told, words_of
from truceline.extract import Clauses, times
from truceline.extract.terms import terms
from truceline.records import Term
from truceline.records.reading import TermKind


def found(sentence: str, *runs: tuple[str, TermKind]) -> list[Term]:
    """The terms of a sentence where these words are found to be terms of these kinds."""
    annotation = told(sentence)
    ranges: list[tuple[int, int, TermKind]] = [(*words_of(annotation, quote), kind) for quote, kind in runs]
    return terms(Clauses(annotation), times(annotation), ranges)


# The report is of Monday, 5 December 2016. Sentence, words with the kind found, and the term: words, kind and value.
WORDED: list[tuple[str, tuple[str, TermKind], tuple[str, TermKind, str | None]]] = [
    ("The mediator proposed a 48-hour truce.", ("48-hour", "duration"), ("48-hour", "duration", "PT48H")),
    # Ten days are no first day, and "by" makes a day the last one.
    ("The mission is expected to last six months.", ("six months", "start"), ("six months", "duration", "P6M")),
    ("The mission is expected to last six months.", ("six months", "quantity"), ("six months", "duration", "P6M")),
    ("Troops must leave the valley by 1 January.", ("1 January", "start"), ("by 1 January", "deadline", "2017-01-01")),
    ("The group agreed to disarm within 30 days.", ("30 days", "deadline"), ("within 30 days", "deadline", "P30D")),
    ("The parties will hold talks on Tuesday in Vienna.", ("on Tuesday", "start"), ("Tuesday", "start", "2016-12-06")),
    ("The parties will hold talks on Tuesday in Vienna.", ("Tuesday", "duration"), ("Tuesday", "start", "2016-12-06")),
    # Other kinds have no value, whatever they say of time.
    (
        "Talks will resume if both sides agree to a date.",
        ("if both sides agree to a date.", "condition"),
        ("if both sides agree to a date", "condition", None),
    ),
    (
        "The accord provides for the release of 1,500 prisoners.",
        ("1,500 prisoners", "quantity"),
        ("1,500 prisoners", "quantity", None),
    ),
    ("The parties will hold talks on Tuesday in Vienna.", ("in Vienna", "area"), ("in Vienna", "area", None)),
]


@pytest.mark.parametrize(("sentence", "run", "term"), WORDED)
def test_words_kind_and_value(sentence: str, run: tuple[str, TermKind], term: tuple[str, TermKind, str | None]) -> None:
    [one] = found(sentence, run)
    assert (one.text.quote, one.kind, one.value) == term
    assert one.replaced_by is None


# Sentence, two durations or starts in it, and which replaced which.
REPLACED: list[tuple[str, TermKind, tuple[str, str], list[int | None]]] = [
    ("The truce was cut from ten days to seven days.", "duration", ("ten days", "seven days"), [1, None]),
    (
        "The first draft spoke of a truce of ten days, but the present text has a reduced length of seven days.",
        "duration",
        ("ten days", "seven days"),
        [1, None],
    ),
    ("Rebels asked for a pause of three days instead of one week.", "duration", ("three days", "one week"), [None, 0]),
    (
        "The pause was originally planned for Monday, but will now begin on Thursday.",
        "start",
        ("Monday", "Thursday"),
        [1, None],
    ),
    # A span of days, and two proposals side by side, replace nothing.
    ("The shift runs from Monday to Friday.", "start", ("Monday", "Friday"), [None, None]),
    (
        "A truce of ten days and a truce of three days were discussed.",
        "duration",
        ("ten days", "three days"),
        [None, None],
    ),
]


@pytest.mark.parametrize(("sentence", "kind", "quotes", "replaced_by"), REPLACED)
@pytest.mark.parametrize("turned", [False, True])
def test_what_replaced_what(
    sentence: str, kind: TermKind, quotes: tuple[str, str], replaced_by: list[int | None], turned: bool
) -> None:
    pair = found(sentence, *((quote, kind) for quote in (reversed(quotes) if turned else quotes)))
    links = [None if term.replaced_by is None else pair[term.replaced_by].text.quote for term in pair]
    expected = [None if i is None else quotes[i] for i in replaced_by]
    assert links == (expected[::-1] if turned else expected)


def test_only_terms_of_one_kind_replace_each_other() -> None:
    pair = found("The truce was cut from ten days to seven days.", ("ten days", "duration"), ("seven days", "area"))
    assert [term.replaced_by for term in pair] == [None, None]


def test_the_same_length_is_no_other_length() -> None:
    sentence = "The mission is expected to last six months."
    pair = found(sentence, ("six months", "duration"), ("six months", "duration"))
    assert [term.replaced_by for term in pair] == [None, None]


def test_runs_without_words_are_dropped() -> None:
    annotation = told("The mediator proposed a 48-hour truce.")
    stop = len(annotation.forms) - 1
    assert terms(Clauses(annotation), times(annotation), [(stop, stop + 1, "area")]) == []
    assert terms(Clauses(annotation), times(annotation), []) == []
