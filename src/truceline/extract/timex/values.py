"""TIMEX3 values: what a time expression, taken apart, means in its place in a report.

A value is never more exact than the words: "two weeks ago" is a week, "several years ago" only `PAST_REF`. Where no
publication date is known, absolute dates keep their values, names keep what they say ("XXXX-WXX-2" for a Tuesday,
"XXXX-05-20"), and words that point ("yesterday", "next week") become `PAST_REF`, `PRESENT_REF` or `FUTURE_REF`.

The conventions are those of TimeML (Pustejovsky et al. 2010) and of the codebook, §8 and §10; where the two differ, the
codebook's: "decades" is PXDE, "two decades" P20Y, "recent months" PAST_REF, "the 1970s" 197.
"""

from collections.abc import Callable

from truceline.extract.timex import calendar_rules as calendar
from truceline.extract.timex import relative_rules as relative
from truceline.extract.timex.frames import Frame, Resolved
from truceline.extract.timex.phrases import Phrase

Rule = Callable[[Phrase, Frame], Resolved | None]

# Tried in this order; the first that has something to say decides.
RULES: tuple[Rule, ...] = (
    calendar.digits, relative.again, calendar.before_the_calendar, calendar.by_number, calendar.by_name,
    relative.by_pointing, calendar.by_weekday, calendar.by_season, calendar.by_quarter, calendar.by_decade_or_century,
    relative.by_reference, relative.one_day, relative.by_distance, relative.by_length, calendar.by_year,
    relative.by_unit, relative.by_hour, relative.by_word,
)  # fmt: skip


def resolve(phrase: Phrase, frame: Frame) -> Resolved:
    """What the expression means; no value for words that name no time, and for days that do not exist."""
    for rule in RULES:
        try:
            found = rule(phrase, frame)
        except (ValueError, OverflowError):  # 30 February, a year that no calendar holds
            return Resolved(None)
        if found is not None:
            return _at_its_hour(found, phrase)
    return Resolved(None)


def _at_its_hour(found: Resolved, phrase: Phrase) -> Resolved:
    """The value with its part of the day or clock time: 2016-12-06TMO, 2016-12-06T09:00.

    A clock time is local, as reports give it; only GMT and UTC are written, as Z: other zones' letters are ambiguous.
    """
    is_day = found.period is not None and found.period.unit == "D"
    undated = found.value is not None and found.value.startswith("XXXX-")
    if found.value is None or found.recurs or "/" in found.value or not (is_day or undated):
        return found
    if phrase.clock:
        return Resolved(f"{found.value}T{phrase.clock}{'Z' if phrase.zulu else ''}", found.period)
    return Resolved(f"{found.value}T{phrase.part}", found.period) if phrase.part else found
