"""The day on which something was said. The drawn report is of Monday, 5 December 2016."""

import pytest

from tests.extract.drawn import characters, drawn, said
from truceline.extract import Clauses, statements, with_days
from truceline.records import Time

MINISTER = "The minister said on Monday in a statement that the road was open."


def day(
    value: str | None, sentence: str = MINISTER, quote: str = "Monday", content: str = "the road was open"
) -> str | None:
    """The day of the sentence's statement when these words have this value."""
    annotation = drawn(sentence, said=(said("The minister", "said", content),))
    span = annotation.report.span(*characters(annotation, quote))
    [statement] = with_days(Clauses(annotation), statements(annotation), [Time(span, "DATE", value)])
    return statement.date


def test_a_day_at_the_cue_is_the_day_of_speaking() -> None:
    assert day("2016-12-05") == "2016-12-05"
    assert day("2016-12-05TMO") == "2016-12-05", "the part of the day does not matter"


@pytest.mark.parametrize("value", [None, "2016-12", "P1D", "PRESENT_REF", "XXXX-WXX-1"])
def test_no_false_precision(value: str | None) -> None:
    assert day(value) is None


def test_nobody_has_spoken_after_the_report() -> None:
    assert day("2016-12-12") is None


def test_a_time_inside_the_content_is_not_the_day_of_speaking() -> None:
    assert day("2016-12-05", content="on Monday in a statement that the road was open") is None


def test_statements_without_times_are_left_as_they_are() -> None:
    annotation = drawn(MINISTER, said=(said("The minister", "said", "the road was open"),))
    found = statements(annotation)
    assert with_days(Clauses(annotation), found, []) == found
