"""What expressions mean, without a sentence around them: seen from Monday, 5 December 2016, unless a test says else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.extract.timex.frames import Frame
from truceline.extract.timex.periods import Period, day_of
from truceline.extract.timex.phrases import read_phrase
from truceline.extract.timex.values import resolve
from truceline.lexicon import entries

TODAY = date(2016, 12, 5)
SATURDAY = Period("D", date(2016, 12, 3))


def value(text: str, **frame: object) -> str | None:
    return resolve(read_phrase(text), Frame(**{"today": TODAY, **frame})).value  # type: ignore[arg-type]


DAYS = [
    ("2016-12-06", "2016-12-06"),
    ("12/06/2016", "2016-12-06"),
    ("25/12/2016", "2016-12-25"),
    ("06.12.2016", "2016-12-06"),
    ("1/2/98", "1998-01-02"),
    ("6 December 2016", "2016-12-06"),
    ("December 6, 2016", "2016-12-06"),
    ("Dec. 6th", "2016-12-06"),
    ("the 6th of December", "2016-12-06"),
    ("Monday, 6 December 2016", "2016-12-06"),  # it was a Tuesday
    ("Friday, Nov. 25", "2016-11-25"),
    ("29-30 January", "2017-01-29/2017-01-30"),
    ("11 November 1918", "1918-11-11"),
    ("14 July 1789", "1789-07-14"),
    ("1 January 2147", "2147-01-01"),
    ("12 March 1899", "1899-03-12"),
    ("31 December 2150", "2150-12-31"),
    ("Sunday, 6 December 2016", "2016-12-06"),  # the date counts, whatever the day is called
    ("January 2015", "2015-01"),
    ("early March 2015", "2015-03"),
    ("the end of October", "2016-10"),
    ("mid-October", "2016-10"),
    ("September this year", "2016-09"),
    ("last year's August 9", "2015-08-09"),
    ("last March", "2016-03"),
    ("last December", "2015-12"),
    ("next May", "2017-05"),
    ("the week of March 6", "2017-W10"),
    ("Christmas", "2016-12-25"),
    ("last Christmas", "2015-12-25"),
    ("Christmas Eve 2014", "2014-12-24"),
    ("Easter 2016", "2016-03-27"),
    ("last Thanksgiving", "2016-11-24"),
]
# The same words with a past verb and with a future one.
BY_TENSE = [
    ("Tuesday", "2016-11-29", "2016-12-06"),
    ("Monday", "2016-12-05", "2016-12-05"),
    ("Tuesday morning", "2016-11-29TMO", "2016-12-06TMO"),
    ("late Sunday", "2016-12-04", "2016-12-11"),
    ("noon Saturday", "2016-12-03T12:00", "2016-12-10T12:00"),
    ("midnight Sunday", "2016-12-04T24:00", "2016-12-11T24:00"),
    ("9 a.m. EST Friday", "2016-12-02T09:00", "2016-12-09T09:00"),
    ("last Friday", "2016-12-02", "2016-12-02"),
    ("last Monday", "2016-11-28", "2016-11-28"),
    ("next Monday", "2016-12-12", "2016-12-12"),
    ("Wednesday last week", "2016-11-30", "2016-11-30"),
    ("July", "2016-07", "2017-07"),
    ("8 May", "2016-05-08", "2017-05-08"),
    ("8 December", "2016-12-08", "2016-12-08"),
    ("the weekend", "2016-W48-WE", "2016-W49-WE"),
    ("the summer", "2016-SU", "2017-SU"),
    ("the early hours of Thursday", "2016-12-01", "2016-12-08"),
]
POINTING = [
    ("today", "2016-12-05"),
    ("yesterday", "2016-12-04"),
    ("the day after tomorrow", "2016-12-07"),
    ("the day before yesterday", "2016-12-03"),
    ("tonight", "2016-12-05TNI"),
    ("overnight", "2016-12-04TNI"),
    ("last night", "2016-12-04TNI"),
    ("this morning", "2016-12-05TMO"),
    ("yesterday afternoon", "2016-12-04TAF"),
    ("last week", "2016-W48"),
    ("Earlier this week", "2016-W49"),
    ("next week", "2016-W50"),
    ("this month", "2016-12"),
    ("the end of the month", "2016-12"),
    ("next month", "2017-01"),
    ("late last year", "2015"),
    ("this weekend", "2016-W49-WE"),
    ("last autumn", "2016-FA"),
    ("last winter", "2015-WI"),
    ("the first quarter of 2015", "2015-Q1"),
    ("third-quarter", "2016-Q3"),
    ("next year's first quarter", "2017-Q1"),
    ("the first half of 2015", "2015-H1"),
    ("two days ago", "2016-12-03"),
    ("two weeks ago", "2016-W47"),
    ("three months ago", "2016-09"),
    ("a year and a half ago", "2015-06"),
    ("more than six years ago", "2010"),
    ("two decades ago", "1996"),
    ("several years ago", "PAST_REF"),
    ("three weeks from now", "2016-W52"),
    ("2015", "2015"),
    ("early 2015", "2015"),
    ("the year 2020", "2020"),
    ("nineteen ninety-four", "1994"),
    ("fiscal 2015", "2015"),
    ("2014-2016", "2014/2016"),
    ("2014-15", "2014/2015"),
    ("the 1970s", "197"),
    ("the '90s", "199"),
    ("the nineties", "199"),
    ("the 1800s", "18"),
    ("the early 20th century", "19"),
    ("the twenty-first century", "20"),
    ("44 BC", "BC0044"),
    ("now", "PRESENT_REF"),
    ("these days", "PRESENT_REF"),
    ("recently", "PAST_REF"),
    ("recent years", "PAST_REF"),
    ("the past", "PAST_REF"),
    ("soon", "FUTURE_REF"),
    ("the coming days", "FUTURE_REF"),
    ("the near future", "FUTURE_REF"),
]
LENGTHS = [
    ("10-day", "P10D"),
    ("seven days", "P7D"),
    ("two-week-old", "P2W"),
    ("a fortnight", "P2W"),
    ("48 hours", "PT48H"),
    ("half an hour", "PT30M"),
    ("ninety minutes", "PT90M"),
    ("two and a half years", "P2.5Y"),
    ("half a century", "P50Y"),
    ("more than two decades", "P20Y"),
    ("quarter-century", "P25Y"),
    ("twenty-four months", "P24M"),
    ("a hundred days", "P100D"),
    ("2,500 years", "P2500Y"),
    ("a year", "P1Y"),
    ("year-long", "P1Y"),
    ("another 12 months", "P12M"),
    ("two more weeks", "P2W"),
    ("a couple of weeks", "P2W"),
    ("a few days", "PXD"),
    ("months", "PXM"),
    ("several hours", "PTXH"),
    ("decades", "PXDE"),
    ("multi-year", "PXY"),
    ("its fifth day", "P5D"),
    ("the past two years", "P2Y"),
    ("the next few weeks", "PXW"),
    ("the past week", "P1W"),
    ("the last month", "P1M"),
    ("between 60 and 100 days", "P60D/P100D"),
    ("two years and three months", "P2Y3M"),
]
AGAIN = [
    ("every Monday", "XXXX-WXX-1"),
    ("Tuesdays", "XXXX-WXX-2"),
    ("Friday nights", "XXXX-WXX-5TNI"),
    ("each July", "XXXX-07"),
    ("daily", "P1D"),
    ("weekly", "P1W"),
    ("twice a week", "P1W"),
    ("24 hours a day", "P1D"),
    ("every two weeks", "P2W"),
    ("every other day", "P2D"),
    ("week by week", "P1W"),
    ("per annum", "P1Y"),
    ("every weekend", "XXXX-WXX-WE"),
]
NO_VALUE = [
    "Sunday, 30 February 2016",
    "30 February", "31 April 2016", "2016-02-30", "13/13/2016", "the 45th quarter", "Election Day", "the table", "",
    "the 25th anniversary", "7,000 years ago", "99999999 days ago", "three days later", "the following month",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days_and_months(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(("text", "past", "future"), BY_TENSE)
def test_the_verb_tells_which(text: str, past: str, future: str) -> None:
    assert (value(text, direction=-1), value(text, direction=1)) == (past, future)


@pytest.mark.parametrize(("text", "expected"), [*POINTING, *LENGTHS, *AGAIN])
def test_values(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("text", NO_VALUE)
def test_what_is_no_day_has_no_value(text: str) -> None:
    assert value(text) is None


# Seen from Saturday, 3 December, which the text has named last.
ANCHORED = [
    ("the next day", "2016-12-04"),
    ("the following day", "2016-12-04"),
    ("the day before", "2016-12-02"),
    ("that day", "2016-12-03"),
    ("earlier that day", "2016-12-03"),
    ("that evening", "2016-12-03TEV"),
    ("the previous Monday", "2016-11-28"),
    ("the following Monday", "2016-12-05"),
    ("two days later", "2016-12-05"),
    ("three days earlier", "2016-11-30"),
    ("a week later", "2016-W49"),
    ("the following month", "2017-01"),
    ("the same year", "2016"),
    ("10 p.m.", "2016-12-03T22:00"),
    ("0735 GMT", "2016-12-03T07:35Z"),
    ("4 in the morning", "2016-12-03T04:00"),
    ("then", "2016-12-03"),
    ("the 19th", "2016-12-19"),
    ("two days ago", "2016-12-03"),  # seen from the report all the same
    ("yesterday", "2016-12-04"),
]


@pytest.mark.parametrize(("text", "expected"), ANCHORED)
def test_seen_from_the_day_named_last(text: str, expected: str) -> None:
    assert value(text, anchor=SATURDAY) == expected


def test_a_year_ago_is_the_same_quarter_of_the_year_before() -> None:
    assert value("a year ago", anchor=Period("Q", date(2016, 7, 1))) == "2015-Q3"
    assert value("the 2014 quarter", anchor=Period("Q", date(2016, 7, 1))) == "2014-Q3"


def test_one_day_to_come_is_no_length() -> None:
    assert value("one day", direction=1, adverb=True) == "FUTURE_REF"
    assert value("one day", direction=-1, adverb=True) == "P1D"
    assert value("one day", direction=1) == "P1D"


def test_the_year_ended_is_a_length() -> None:
    assert value("the year", ended=True) == "P1Y"
    assert value("the year") == "2016"


# Without a publication date.
UNDATED = [
    ("Tuesday", "XXXX-WXX-2"),
    ("Tuesday morning", "XXXX-WXX-2TMO"),
    ("20 May", "XXXX-05-20"),
    ("30 February", None),
    ("May", "XXXX-05"),
    ("the third quarter", "XXXX-Q3"),
    ("the summer", "XXXX-SU"),
    ("Christmas", "XXXX-12-25"),
    ("Easter", None),
    ("yesterday", "PAST_REF"),
    ("today", "PRESENT_REF"),
    ("tomorrow", "FUTURE_REF"),
    ("last week", "PAST_REF"),
    ("this month", "PRESENT_REF"),
    ("next year", "FUTURE_REF"),
    ("two weeks ago", "PAST_REF"),
    ("the weekend", None),
    ("this morning", None),
    ("6 December 2016", "2016-12-06"),
    ("2016", "2016"),
    ("ten days", "P10D"),
    ("every Monday", "XXXX-WXX-1"),
]


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_without_a_publication_date_values_stay_relative(text: str, expected: str | None) -> None:
    assert value(text, today=None) == expected


def test_without_a_publication_date_a_day_in_the_text_still_counts() -> None:
    assert value("the next day", today=None, anchor=SATURDAY) == "2016-12-04"
    assert value("20 December", today=None, anchor=SATURDAY) == "2016-12-20"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2016-12-05", TODAY), ("2016-12-05T08:30:00Z", TODAY), ("2016-02-30", None), ("2016", None), ("soon", None),
        (None, None),
    ],
)  # fmt: skip
def test_the_day_of_publication(published: str | None, expected: date | None) -> None:
    assert day_of(published) == expected


WORDS = st.sampled_from(sorted({word for words in entries("times").values() for word in words}))
NUMBERS = st.one_of(st.integers(-1, 40), st.integers(1500, 2200), st.integers()).map(str)
PIECES = st.one_of(
    WORDS, NUMBERS, st.sampled_from(["the", "a", "of", "-", "–", ",", "/", "½", "1/0", "'68", "30th"]), st.text()
)
FRAMES = st.builds(
    Frame,
    today=st.one_of(st.none(), st.dates()),
    anchor=st.one_of(
        st.none(), st.builds(Period.around, st.dates(date(200, 1, 1)), st.sampled_from("D W M Q Y DE CE".split()))
    ),
    direction=st.sampled_from([-1, 0, 1]),
    adverb=st.booleans(),
    ended=st.booleans(),
)


@given(st.lists(PIECES, max_size=6).map(" ".join), FRAMES)
def test_any_words_on_any_day_give_a_value_or_none(text: str, frame: Frame) -> None:
    found = resolve(read_phrase(text), frame)
    assert found.value is None or (found.value.isascii() and " " not in found.value)
