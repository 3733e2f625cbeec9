"""TIMEX3 values in order and in words."""

from datetime import date

import pytest

from truceline.page.days import day_words, in_order, is_past, length_words, period


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016-12-06", date(2016, 12, 6), date(2016, 12, 6)),
        ("2016-12-06TMO", date(2016, 12, 6), date(2016, 12, 6)),
        ("2016-12-06T10:30", date(2016, 12, 6), date(2016, 12, 6)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-W49", date(2016, 12, 5), date(2016, 12, 11)),
        ("2016-W49-WE", date(2016, 12, 10), date(2016, 12, 11)),
        ("2016-W49-3", date(2016, 12, 7), date(2016, 12, 7)),
        ("2016-Q4", date(2016, 10, 1), date(2016, 12, 31)),
        ("2017-H1", date(2017, 1, 1), date(2017, 6, 30)),
        ("2016-SU", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_a_value_covers_its_days(value: str, first: date, last: date) -> None:
    assert period(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [None, "", "P10D", "PT48H", "FUTURE_REF", "XXXX-12-25", "2016-02-30", "2016-W54", "0000", "197", "soon", "2016-13"],
)
def test_what_names_no_days_covers_none(value: str | None) -> None:
    assert period(value) is None


def test_days_stand_in_order_then_other_values_then_lengths_then_nothing() -> None:
    ordered = [
        "2015", "2016-12-05", "2016-W49", "2016-12-06", "2016-12-06TMO", "2016-12-06T09:00", "2016-12-06TAF",
        "2016-12-06TEV", "2017-01", "FUTURE_REF", "PT48H", "P3D", "P10D", "P2W", "P1Y", None,
    ]  # fmt: skip
    mixed = [*ordered[1::2], *ordered[::2]]
    assert sorted(mixed, key=in_order) == ordered


@pytest.mark.parametrize(
    ("value", "past"),
    [
        ("2016-12-04", True), ("2016-12-05", False), ("2016-12-05TMO", False), ("2016-11", True), ("2016-12", False),
        ("2016", False), ("2015", True), ("P3D", False), (None, False),
    ],
)  # fmt: skip
def test_what_is_past(value: str | None, past: bool) -> None:
    assert is_past(value, "2016-12-05") is past
    assert is_past(value, None) is False


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2016-12-06", "2016-12-06"), ("2016-12-06TMO", "2016-12-06, morning"),
        ("2016-12-06T10:30", "2016-12-06, 10:30"), ("PT48H", "PT48H"), ("2016-12", "2016-12"), ("a\x1bb\nc", "ab c"),
    ],
)  # fmt: skip
def test_days_in_words(value: str, words: str) -> None:
    assert day_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("P21D", "21 days"), ("P1W", "1 week"), ("PT48H", "48 hours"), ("P6M", "6 months"), ("PT30M", "30 minutes"),
        ("PXW", "some weeks"), ("P1.5Y", "1.5 years"), ("P1Y6M", None), ("PT5D", None), ("2016", None), (None, None),
    ],
)  # fmt: skip
def test_lengths_in_words(value: str | None, words: str | None) -> None:
    assert length_words(value) == words
