"""Rules for expressions that name a day, month, season, quarter or year, if not always which one.

Each takes an expression's parts and its place and gives what it means, or none if it has nothing to say. Examples
assume a report of Monday, 5 December 2016. A `ValueError` or `OverflowError` from the calendar
means that there is no such day.
"""

from datetime import date

from truceline.extract.timex.frames import Frame, Resolved, naming
from truceline.extract.timex.named_days import named_day
from truceline.extract.timex.periods import SEASON_STARTS, Period, Unit, moved_day
from truceline.extract.timex.phrases import Phrase

# Days: a month or day that close is the one meant, whatever the verb's tense.
_CLOSE_AHEAD, _CLOSE_BEHIND = 90, 30
_OFFSETS = {"last": -1, "previous": -1, "this": 0, "next": 1, "following": 1}


def digits(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "2016-12-06", "12/06/2016": a date in digits; month first, unless that is impossible or points part them."""
    if phrase.literal is None:
        return None
    parts = [int(part) for part in phrase.literal.replace("/", "-").replace(".", "-").split("-")]
    if len(parts) == 2:
        return naming(Period("M", date(parts[0], parts[1], 1)))
    if len(phrase.literal.replace("/", "-").split("-")[0]) == 4:
        return naming(Period("D", date(*parts)))
    month, day, year = parts
    if month > 12 or "." in phrase.literal:
        month, day = day, month
    if year < 100:
        year += 1900 if year >= 50 else 2000
    return naming(Period("D", date(year, month, day)))


def before_the_calendar(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "44 BC" is BC0044: years before the calendar's first."""
    if not phrase.before_christ:
        return None
    year = phrase.year or phrase.small
    return Resolved(f"BC{year:04}" if year else None)


def by_number(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "6 December 2016", "Dec. 6", "December", "29-30 January", "the 6th": months and days by number.

    A weekday beside a date ("Monday, 6 December 2016", which was a Tuesday) changes nothing: the date is surer.
    """
    if phrase.month is None:
        if not phrase.days or phrase.amounts or phrase.weekday or phrase.year or phrase.others:
            return None
        if frame.anchor is None or frame.anchor.unit not in ("D", "M"):
            return Resolved(None)
        return naming(Period("D", frame.anchor.first.replace(day=phrase.days[0])))
    year = _year_of_month(phrase, frame)
    if year is None:
        if phrase.days:
            date(2000, phrase.month, phrase.days[0])  # 30 February lies in no year
        return Resolved(f"XXXX-{phrase.month:02}" + "".join(f"-{day:02}" for day in phrase.days[:1]))
    if not phrase.days:
        return naming(Period("M", date(year, phrase.month, 1)))
    if phrase.has("week"):
        return naming(Period.around(date(year, phrase.month, phrase.days[0]), "W"))
    days = [Period("D", date(year, phrase.month, day)) for day in phrase.days[:2]]
    return Resolved("/".join(day.value for day in days), days[0])


def _year_of_month(phrase: Phrase, frame: Frame) -> int | None:
    """The year in which the month or day of the phrase lies; none if nothing tells."""
    if phrase.year:
        return phrase.year
    today, anchor, which = frame.today, frame.anchor, phrase.which
    if anchor is not None and (which == "that" or (today is None and anchor.unit in ("D", "M", "Y"))):
        return anchor.first.year
    if today is None:
        return None
    if phrase.unit == "Y" and which in _OFFSETS:
        return today.year + _OFFSETS[which]
    day = phrase.days[0] if phrase.days else None
    periods = _in_years(today, phrase.month or 1, day)
    if not periods or which == "this":
        return today.year
    current = Period.around(today, periods[0].unit).first
    before = [p for p in periods if p.first <= today and (which not in ("last", "previous") or p.first < current)]
    after = [p for p in periods if p.first >= current and (which not in ("next", "following") or p.first > current)]
    if which in ("last", "previous") or not after:
        return before[-1].first.year if before else None
    if which in ("next", "following") or not before:
        return after[0].first.year
    return _nearest(before[-1], after[0], frame).first.year


def _in_years(today: date, month: int, day: int | None) -> list[Period]:
    """The month, or the day in it, in the years around today; 29 February also in leap years farther off."""
    found = []
    for year in range(max(1, today.year - 8), min(9999, today.year + 8) + 1):
        try:
            found.append(Period("D" if day else "M", date(year, month, day or 1)))
        except ValueError:
            continue
    return found


def _nearest(before: Period, after: Period, frame: Frame) -> Period:
    """The earlier or the later of two periods: the closer one, or by the verb's direction where neither is close."""
    if frame.today is None:
        return before
    behind, ahead = (frame.today - before.first).days, (after.first - frame.today).days
    if frame.direction < 0 and ahead > _CLOSE_AHEAD:
        return before
    if frame.direction > 0 and behind > _CLOSE_BEHIND:
        return after
    return before if behind <= ahead else after


def by_name(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "Christmas", "last Thanksgiving", "Easter 2016": days with a name; "Easter week" is the week before its day."""
    if phrase.named is None:
        return None
    today = frame.today
    if phrase.year is None and today is None:
        return Resolved(None if phrase.named.isalpha() else f"XXXX-{phrase.named}")
    eve = -1 if phrase.has("eve") else 0
    years = [phrase.year] if phrase.year else [today.year + n for n in (-1, 0, 1)] if today else []
    days = [Period("D", moved_day(named_day(phrase.named, year), eve, "D")) for year in years]
    chosen = days[0]
    if today is not None and len(days) > 1:
        before = [day for day in days if day.first <= today][-1]
        after = next(day for day in days if day.first > today)
        chosen = {"last": before, "next": after}.get(phrase.which or "") or _nearest(before, after, frame)
    return naming(Period.around(chosen.first, "W") if phrase.unit == "W" else chosen)


def by_weekday(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "Tuesday": behind, the latest one, today included (29 November); ahead, the next one (6 December).

    "Last Monday" is the one before today, "next Monday" that of next week, "the previous Monday" the one before the day
    named last, "Monday last week" is told by the week.
    """
    if phrase.weekday is None:
        return None
    today, which = frame.today, phrase.which
    if which in ("previous", "following", "that") and frame.anchor is not None and frame.anchor.unit == "D":
        today = frame.anchor.first
    if today is None:
        return Resolved(f"XXXX-WXX-{phrase.weekday}")
    ahead = (phrase.weekday - today.isoweekday()) % 7
    behind = ahead - 7 if ahead else 0
    within_week = phrase.weekday - today.isoweekday()
    if phrase.unit == "W" and which in _OFFSETS:
        move = within_week + 7 * _OFFSETS[which]
    elif which in ("last", "previous"):
        move = behind or -7
    elif which == "next":
        move = within_week + 7
    elif which == "following":
        move = ahead or 7
    else:
        move = ahead if frame.direction > 0 and which != "that" else behind
    return naming(Period("D", moved_day(today, move, "D")))


def by_season(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "last autumn" (2016-FA), "the summer of 2015", "this winter" (2016-WI)."""
    if phrase.season is None:
        return None
    month = SEASON_STARTS[phrase.season]
    if phrase.year:
        return naming(Period("SE", date(phrase.year, month, 1)))
    if frame.today is None:
        return Resolved(f"XXXX-{phrase.season}")
    starts = [date(frame.today.year + n, month, 1) for n in (-2, -1, 0, 1, 2)]
    return naming(one_of([Period("SE", start) for start in starts], phrase, frame, frame.today))


def one_of(periods: list[Period], phrase: Phrase, frame: Frame, today: date) -> Period:
    """Which of the periods of one kind is meant: the last, this, the next, or the one to which the verb points.

    `periods` are in order, and reach from before today to after it.
    """
    begun = [p for p in periods if p.first <= today]
    to_come = [p for p in periods if p.first > today]
    if phrase.which in ("last", "previous", "recent"):
        return next(p for p in reversed(periods) if p.last < today)
    if phrase.which in ("next", "following"):
        return to_come[0]
    if phrase.which == "this":
        return next(p for p in periods if p.first.year == today.year)
    return begun[-1] if frame.direction <= 0 or begun[-1].last >= today else to_come[0]


def by_quarter(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "the third quarter" (2016-Q3), "next year's first quarter" (2017-Q1), "the first half of 2015" (2015-H1).

    Reports of results come after a quarter's end, forecasts soon before: without a year, the one that ends nearest.
    """
    number, months = (phrase.quarter, 3) if phrase.quarter else (phrase.half, 6)
    unit: Unit = "Q" if phrase.quarter else "H"
    if not number or number * months > 12:
        return None
    today, year = frame.today, phrase.year
    if year is None and today is None:
        return Resolved(f"XXXX-{unit}{number}")
    if year is None and today is not None and phrase.fiscal:
        year = today.year
    if year is None and today is not None and phrase.unit == "Y" and phrase.which in _OFFSETS:
        year = today.year + _OFFSETS[phrase.which]
    if year is not None or today is None:
        return naming(Period(unit, date(year or 0, months * (number - 1) + 1, 1)))
    periods = [Period(unit, date(today.year + n, months * (number - 1) + 1, 1)) for n in (-1, 0, 1)]
    if phrase.which in _OFFSETS and phrase.which != "this":
        return naming(one_of(periods, phrase, frame, today))
    nearest = min(periods, key=lambda p: abs((p.last - today).days))
    compared = phrase.unit == "Y" and phrase.shift in ("ago", "earlier")  # "the year-ago third quarter"
    return naming(nearest.moved(-1, "Y", keep=True) if compared else nearest)


def by_decade_or_century(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "the 1990s" (199), "the nineties", "the 1800s" (18), "the early 20th century" (19)."""
    if phrase.century:
        return naming(Period("CE", date(max(1, (phrase.century - 1) * 100), 1, 1)))
    if phrase.decade is None:
        return None
    year = int(phrase.decade)
    if len(phrase.decade) < 3:
        year += 2000 if year < 20 else 1900
    return naming(Period("CE" if year % 100 == 0 and year < 2000 else "DE", date(year, 1, 1)))


def by_year(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "2016", "early 2016", "fiscal 2016", "2014-2016" (2014/2016)."""
    if phrase.year is None:
        return None
    period = Period("Y", date(phrase.year, 1, 1))
    if phrase.unit == "Q" and frame.anchor is not None and frame.anchor.unit == "Q":  # "the 2015 quarter"
        return naming(frame.anchor.moved(phrase.year - frame.anchor.first.year, "Y", keep=True))
    if phrase.last_year:
        return Resolved(f"{period.value}/{phrase.last_year:04}", period)
    return naming(period)
