"""TIMEX3 values in order of time and in words: in comes a value, out go the days it covers, or how a page says it.

Nothing is worked out that the value does not say: a length of time has no day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from truceline.page.lines import printable

_PERIOD = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|SP|SU|FA|WI))?"
    r"(?:T(?P<time>\S+))?"
)
_LENGTH = re.compile(r"P(?P<clock>T?)(?P<number>\d+(?:\.\d+)?|X)(?P<unit>[YMWDHS])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_DAYS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}
# From which to which day of the week, Monday being 0.
_WEEKDAYS = {"WE": (5, 6), **{str(day): (day - 1, day - 1) for day in range(1, 8)}}
# Parts of a day with the hour from which they are put in order; MO is TIMEX3's morning, DT its daytime.
_PARTS = {
    "MO": ("morning", "06"), "DT": ("daytime", "08"), "MI": ("midday", "12"), "AF": ("afternoon", "13"),
    "EV": ("evening", "18"), "NI": ("night", "21"),
}  # fmt: skip


def period(value: str | None) -> tuple[date, date] | None:
    """The first and the last day that the value covers; None if it names no days of the calendar.

    A season covers its whole year: which months it means depends on the hemisphere.
    """
    parts = _PERIOD.fullmatch(value or "")
    if parts is None:
        return None
    year = int(parts["year"])
    try:
        if parts["week"]:
            monday = date.fromisocalendar(year, int(parts["week"]), 1)
            first, last = _WEEKDAYS.get(parts["weekday"] or "", (0, 6))
            return monday + timedelta(first), monday + timedelta(last)
        if parts["day"]:
            day = date(year, int(parts["month"]), int(parts["day"]))
            return day, day
        first_month, months = _months(parts)
        last_month = first_month + months - 1
        return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
    except (ValueError, OverflowError):  # 30 February, week 54, the year 0
        return None


def _months(parts: re.Match[str]) -> tuple[int, int]:
    """The first month and how many there are."""
    if parts["month"]:
        return int(parts["month"]), 1
    if parts["quarter"]:
        return 3 * int(parts["quarter"]) - 2, 3
    if parts["half"]:
        return 6 * int(parts["half"]) - 5, 6
    return 1, 12


def in_order(value: str | None) -> tuple[int, str, str, str]:
    """A sort key: days of the calendar by their first day and hour, then other values, then lengths, then nothing."""
    covered = period(value)
    if covered is not None:
        time = (value or "").partition("T")[2]
        return 0, covered[0].isoformat(), covered[1].isoformat(), _PARTS.get(time, ("", time))[1]
    if not value:
        return 3, "", "", ""
    length = _LENGTH.fullmatch(value)
    if length is None:
        return 1, value, "", ""
    number = 2.0 if length["number"] == "X" else float(length["number"])
    return 2, f"{number * _DAYS.get(length['clock'] + length['unit'], 1.0):016.4f}", "", ""


def is_past(value: str | None, published: str | None) -> bool:
    """Whether the value's last day lies before the day of publication; False where either is not known."""
    covered, now = period(value), period(published)
    return covered is not None and now is not None and covered[1] < now[0]


def day_words(value: str) -> str:
    """The value as a page says it: `2016-12-06, morning`, `2016-12-06, 10:30`; others as they are."""
    day, _, time = value.partition("T")
    if not time or period(value) is None:
        return printable(value)
    return f"{day}, {printable(_PARTS.get(time, (time, ''))[0])}"


def length_words(value: str | None) -> str | None:
    """`21 days` for P21D, `some weeks` for PXW; None if the value is no length of time in one unit."""
    length = _LENGTH.fullmatch(value or "")
    unit = _UNITS.get(length["clock"] + length["unit"]) if length else None
    if length is None or unit is None:
        return None
    number = length["number"]
    return f"some {unit}s" if number == "X" else f"{number} {unit}{'' if number == '1' else 's'}"
