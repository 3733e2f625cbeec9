"""Rules for expressions that point: so far from today or from the time named last, a length of time, a word like "now".

Each takes an expression's parts and its place and gives what it means, or none if it has nothing to say. Examples
assume a report of Monday, 5 December 2016.
"""

from truceline.extract.timex.calendar_rules import one_of
from truceline.extract.timex.frames import REFERENCES, Frame, Resolved, naming
from truceline.extract.timex.periods import Period, Unit, moved_day
from truceline.extract.timex.phrases import Amount, Phrase
from truceline.extract.timex.quantities import duration, recurrence

_CALENDAR: dict[str, Unit] = {"D": "D", "W": "W", "WE": "WE", "M": "M", "Q": "Q", "Y": "Y", "DE": "DE", "CE": "CE"}
_COUNTS = {"last": -1, "this": 0, "next": 1, "previous": -1, "recent": -1, "future": 1, "following": 1, "that": 0}
# Units of a distance that are counted in others, or make a whole of them if the count is no whole number.
_COUNTED: dict[str, tuple[int, str]] = {"FN": (2, "W"), "DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y")}
_BROKEN: dict[str, tuple[int, str]] = {"Y": (12, "M"), "M": (4, "W"), "W": (7, "D"), **_COUNTED}
_HOURS = {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24}  # in days


def again(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "every Monday" (XXXX-WXX-1), "weekly", "three times a week" (P1W): a time that comes again."""
    value = recurrence(phrase)
    return Resolved(value, recurs=True) if value else None


def by_pointing(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "yesterday" (2016-12-04), "the day after tomorrow", "tonight" (2016-12-05TNI), "overnight" (2016-12-04TNI)."""
    if phrase.day is None:
        return None
    count = phrase.day
    if phrase.unit == "D" and phrase.shift in ("earlier", "later"):
        count += -1 if phrase.shift == "earlier" else 1
    if phrase.has("overnight") and frame.direction <= 0:
        count -= 1  # the night before the report
    if frame.today is None:
        return Resolved(REFERENCES[(count > 0) - (count < 0)])
    return naming(Period("D", moved_day(frame.today, count, "D")))


def by_reference(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "recent months" (PAST_REF), "the coming days" (FUTURE_REF), "these days" (PRESENT_REF): not measured."""
    if phrase.which == "these" and phrase.unit:
        return Resolved("PRESENT_REF")
    if not phrase.many or any(amount.count is not None for amount in phrase.amounts):
        return None
    if phrase.which == "recent":
        return Resolved("PAST_REF")
    ahead = phrase.which == "future" or (phrase.which == "next" and not phrase.has("next"))
    return Resolved("FUTURE_REF") if ahead else None  # "the next few days" is a length of time


def one_day(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "One day they will return" is no length of time but a time ahead."""
    if phrase.forms == ["one", "day"] and frame.adverb and frame.direction > 0:
        return Resolved("FUTURE_REF")
    return None


def by_distance(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "two weeks ago" (2016-W47), "three days later": so far from today, or from the time named last.

    The value is as coarse as the distance's unit. Untold counts only point: "several years ago" is PAST_REF. What is
    "later" than nothing named has no value.
    """
    # "the year-ago quarter" is no distance in years alone
    compared = phrase.unit == "Y" and phrase.which is None and phrase.shift in ("ago", "earlier")
    amounts = phrase.amounts or ([Amount(1, "Y")] if compared else [])
    shift = "hence" if phrase.has("from") and phrase.has("now", "today") else phrase.shift
    if shift is None or not amounts:
        return None
    amount, sign = amounts[0], -1 if shift in ("ago", "earlier") else 1
    from_today = shift in ("ago", "hence")
    if amount.count is None:
        return Resolved(REFERENCES[sign] if from_today else duration(amounts))
    quarter = frame.anchor if frame.anchor is not None and frame.anchor.unit == "Q" else None
    start = (quarter if amount.unit == "Y" else None) if from_today else frame.anchor
    if compared and phrase.has("quarter") and quarter is None and frame.today is not None:
        start = Period.around(frame.today, "Q").moved(-1)
    if start is None:
        if frame.today is None and (from_today or sign < 0):
            return Resolved(REFERENCES[sign])
        if frame.today is None or (sign > 0 and not from_today):
            return Resolved(None)
        start = Period("D", frame.today)
    return naming(_far(start, sign, amount))


def _far(start: Period, sign: int, amount: Amount) -> Period:
    """The period so far from the start, in units as coarse as the distance's own."""
    count = (amount.count or 0) * sign
    if amount.unit in _HOURS:
        return Period("D", moved_day(start.first, round(count * _HOURS[amount.unit]), "D"))
    times, unit = (_COUNTED if count == int(count) else _BROKEN).get(amount.unit, (1, amount.unit))
    return start.moved(round(count * times), unit, keep=unit == "Y" and start.unit == "Q")


def by_length(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "ten days" (P10D), "more than two decades" (P20Y), "a few weeks" (PXW), "the past two years" (P2Y)."""
    return Resolved(duration(phrase.amounts)) if phrase.amounts else None


def by_unit(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "last week" (2016-W48), "next year" (2017), "that day", "the following month", "the weekend".

    "The past week" and "the last month" are lengths that end today: P1W, P1M.
    """
    unit = _CALENDAR.get(phrase.unit or "")
    if unit is None or phrase.amounts or (unit == "D" and phrase.which is None and phrase.others):
        return None
    if frame.ended and unit == "Y":
        return Resolved("P1Y")
    which, today = phrase.which, frame.today
    if which is None and phrase.shift in ("earlier", "later"):  # "the day before"
        which = "previous" if phrase.shift == "earlier" else "following"
    if which == "last" and phrase.forms[0] == "the" and (phrase.has("past") or unit in ("D", "W", "M")):
        return Resolved(duration([Amount(1, unit)]))
    anchored = _from_anchor(phrase, frame, unit, which)
    if anchored is not None:
        return anchored
    if today is None:
        return Resolved(REFERENCES[_COUNTS[which]] if which in _COUNTS and which != "that" else None)
    if unit == "WE" and which is None:
        return naming(one_of([Period.around(today, unit).moved(n) for n in (-1, 0, 1)], phrase, frame, today))
    if unit == "Q" and which in (None, "recent"):
        return naming(Period.around(today, unit).moved(-1))  # the one reported on
    return naming(Period.around(today, unit).moved(_COUNTS.get(which or "", 0)))


def _from_anchor(phrase: Phrase, frame: Frame, unit: Unit, which: str | None) -> Resolved | None:
    """ "that day", "the next day", "the previous month", seen from the time named last; none if that is not meant."""
    anchor = frame.anchor
    if which == "next" and unit == "D" and phrase.forms[0] == "the":
        which = "following"
    if which in ("previous", "following", "that"):
        if anchor is not None:
            return naming(anchor.moved(_COUNTS[which], unit))
        return Resolved(None) if which == "following" or frame.today is None else None
    if which is None and unit in ("D", "Q") and anchor is not None and anchor.unit == unit:
        return naming(anchor)
    return None


def by_hour(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "this morning" (2016-12-05TMO), "at noon": a part or hour of the day named last, else of the report's day."""
    if not (phrase.part or phrase.clock):
        return None
    anchored = frame.anchor is not None and frame.anchor.unit == "D" and phrase.which not in ("this", "last")
    day = frame.anchor.first if anchored and frame.anchor is not None else frame.today
    if day is None:
        return Resolved(None)
    move = -1 if phrase.which == "last" else 1 if phrase.which in ("next", "following") else 0
    return naming(Period("D", moved_day(day, move, "D")))


def by_word(phrase: Phrase, frame: Frame) -> Resolved | None:
    """ "now" (PRESENT_REF), "recently", "soon", "the past", "the near future", "then", "at the time"."""
    if phrase.has("then"):
        return naming(frame.anchor) if frame.anchor is not None else Resolved("PAST_REF")
    if phrase.reference:
        return Resolved(phrase.reference)
    if phrase.has("time") and (phrase.has("the") or phrase.which == "that") and phrase.which in (None, "that"):
        return Resolved("PAST_REF")
    if phrase.which in ("last", "this", "next", "previous", "recent", "future"):
        return Resolved(REFERENCES[_COUNTS[phrase.which]])
    if phrase.has("term") and phrase.has("near", "short"):
        return Resolved("FUTURE_REF")
    if phrase.shift and not phrase.edge:
        return Resolved("PAST_REF" if phrase.shift in ("ago", "earlier") else "FUTURE_REF")
    return None
