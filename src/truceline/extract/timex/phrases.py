"""Time expressions taken apart: which weekday, month, unit, count and modifier one names, before any calendar.

`read_phrase` turns an expression's characters into a `Phrase`; what the phrase means on a given day, `values` says.
"""

import re
from dataclasses import dataclass, field

from truceline.extract.timex.numerals import Numeral, with_numerals
from truceline.extract.timex.words import Word, kind_of, time_words

_ARTICLES = {"a", "an", "another", "one"}
_RANGE = {"-", "–", "—", "to", "or", "and"}
_BETWEEN_NUMBER_AND_UNIT = 2  # words: "three consecutive days", "two more long weeks"


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit; `count` is none where the text does not tell it, `most` the end of a range."""

    count: float | None
    unit: str
    most: float | None = None
    ordinal: bool = False


@dataclass(slots=True)
class Phrase:
    """What an expression names; an empty slot is something it does not say."""

    forms: list[str] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    unit: str | None = None  # without a count: "last week", "the day"
    literal: str | None = None  # "2016-12-06", "12/06/2016"
    year: int | None = None
    last_year: int | None = None  # of a range
    month: int | None = None
    days: list[int] = field(default_factory=list)
    small: int | None = None  # a number that may be a year of long ago
    weekday: int | None = None
    plural: bool = False  # "Mondays", "mornings"
    many: bool = False  # "months", "the coming days"
    part: str | None = None
    clock: str | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: str | None = None
    century: int | None = None
    named: str | None = None
    which: str | None = None
    shift: str | None = None
    day: int | None = None  # yesterday is -1
    every: bool = False
    rate: str | None = None
    edge: str | None = None
    fiscal: bool = False
    reference: str | None = None
    before_christ: bool = False
    zulu: bool = False

    @property
    def others(self) -> list[str]:
        """The words that say nothing known: in "Election Day" the first."""
        known = {"the", "of", "in", "at", "on", "a", "an", "by", "for", "very", "over", "during"}
        return [form for form in self.forms if form not in known and kind_of(form) == "other"]

    def has(self, *forms: str) -> bool:
        """Whether one of these words stands in the expression."""
        return any(form in self.forms for form in forms)

    @property
    def empty(self) -> bool:
        """Whether no word of it names a time."""
        return self == Phrase(forms=self.forms, small=self.small) and not self.has("then", "time")


def read_phrase(text: str) -> Phrase:
    """The parts of a time expression; an empty phrase if the words name no time."""
    words = time_words(text)
    items = with_numerals(words)
    phrase = Phrase(forms=[word.form for word in words])
    at = 0
    while at < len(items):
        item = items[at]
        at = _numeral(phrase, items, at) if isinstance(item, Numeral) else _word(phrase, items, at, item)
    return phrase


def _numeral(phrase: Phrase, items: list[Word | Numeral], at: int) -> int:
    """Finds what the number at `at` counts or names; returns where to read on."""
    number = items[at]
    assert isinstance(number, Numeral)
    most, following = _range_end(items, at + 1)
    unit_at = _unit_after(items, following)
    unit = _word_at(items, unit_at) if unit_at is not None else None
    if unit is not None and unit_at is not None and not (number.year and unit.kind == "unit" and number.digits):
        _count(phrase, number, most.count if most else None, unit)
        return unit_at + 1
    after = _word_at(items, at + 1)
    before = _word_at(items, at - 1)
    if after and number.count is not None and _is_hour(phrase, number, after, items, at):
        return at + 2
    if number.year is not None and not number.ordinal:
        if phrase.year is None:
            phrase.year = number.year
            if most is not None and most.count is not None and _range_sign(items, at + 1):
                phrase.last_year = _later_year(number.year, most)
                return following if phrase.last_year else at + 1
        return at + 1
    if number.digits and number.count is not None and phrase.small is None:
        phrase.small = int(number.count)
    near = phrase.month or _month_near(items, at) or number.ordinal or not (after or before)
    if near and number.count is not None and 1 <= number.count <= 31 and number.count == int(number.count):
        phrase.days.append(int(number.count))
    return at + 1


def _range_end(items: list[Word | Numeral], at: int) -> tuple[Numeral | None, int]:
    """The second number of a range that goes on at `at`, and where to look for the unit."""
    if at + 1 < len(items):
        sign, end = items[at], items[at + 1]
        if isinstance(sign, Word) and sign.form in _RANGE and isinstance(end, Numeral) and not end.ordinal:
            return end, at + 2
    return None, at


def _range_sign(items: list[Word | Numeral], at: int) -> bool:
    sign = _word_at(items, at)
    return sign is not None and sign.form in _RANGE - {"or", "and"}


def _later_year(first: int, most: Numeral) -> int | None:
    """2016 of "2014-2016", 2015 of "2014-15"; none if the second number is no later year."""
    end = int(most.count or 0)
    if len(most.digits) == 2:
        end += first // 100 * 100
    return end if first < end <= 2999 else None


def _unit_after(items: list[Word | Numeral], at: int) -> int | None:
    """Where the unit stands that a number before `at` counts, if it counts one."""
    between = 0
    while at < len(items) and between <= _BETWEEN_NUMBER_AND_UNIT:
        item = items[at]
        if isinstance(item, Numeral):
            return None
        if item.kind in ("unit", "units") or (item.kind == "half" and between == 0) or item.form == "nights":
            return at
        if item.form not in ("-", "of", "more", "or", "so"):
            if item.kind not in ("other", "which") or item.form in ("in", "the", "at", "on", "a", "to", "o'clock"):
                return None
            between += 1
        at += 1
    return None


def _count(phrase: Phrase, number: Numeral, most: float | None, unit: Word) -> None:
    code = unit.worth
    if number.ordinal and code == "Q":
        phrase.quarter = int(number.count or 0)
    elif number.ordinal and unit.kind == "half":
        phrase.half = int(number.count or 0)
    elif number.ordinal and code == "CE":
        phrase.century = int(number.count or 0)
    elif number.ordinal and unit.kind == "units":  # "the first hours"
        phrase.amounts.append(Amount(None, code))
    elif unit.kind != "half":
        phrase.amounts.append(Amount(number.count, code, most, number.ordinal))


def _is_hour(phrase: Phrase, number: Numeral, after: Word, items: list[Word | Numeral], at: int) -> bool:
    """Reads "9 a.m.", "four o'clock", "0735 GMT", "4 in the morning" as a clock time."""
    hour = int(number.count or 0)
    rest = [item.form for item in items[at + 1 : at + 4] if isinstance(item, Word)]
    if after.kind == "meridiem" and 1 <= hour <= 12:
        phrase.clock = f"{hour % 12 + int(after.worth):02}:00"
    elif after.form == "o'clock" and 1 <= hour <= 24:
        phrase.clock = f"{hour:02}:00"
    elif (after.kind == "zone" or after.form == "hours") and re.fullmatch("[0-2][0-9][0-5][0-9]", number.digits):
        phrase.clock = f"{hour // 100:02}:{hour % 100:02}"
        phrase.zulu = after.kind == "zone"
    elif rest[:2] == ["in", "the"] and 1 <= hour <= 12 and len(rest) > 2:
        afternoon = rest[2] in ("afternoon", "evening")
        phrase.clock = f"{hour % 12 + 12 * afternoon:02}:00"
    else:
        return False
    return True


def _month_near(items: list[Word | Numeral], at: int) -> bool:
    """Whether a month stands beside the number, perhaps behind "of", a comma or another day."""
    for step in (1, -1):
        for item in items[at + step :: step][:4] if step > 0 else items[:at][::-1][:4]:
            if isinstance(item, Word) and item.kind == "month":
                return True
            if isinstance(item, Word) and item.form not in _RANGE | {"of", "the", ",", "through"}:
                break
    return False


def _word_at(items: list[Word | Numeral], at: int) -> Word | None:
    item = items[at] if 0 <= at < len(items) else None
    return item if isinstance(item, Word) else None


def _word(phrase: Phrase, items: list[Word | Numeral], at: int, word: Word) -> int:
    """Puts the word at `at` into its slot; returns where to read on."""
    kind, worth = word.kind, word.worth
    if kind in ("unit", "units"):
        return _unit(phrase, items, at, word)
    if kind == "half":
        return _half(phrase, items, at)
    if kind in ("weekday", "weekdays"):
        if phrase.weekday is None:
            phrase.weekday = int(worth)
        phrase.plural |= kind == "weekdays"
    elif kind == "month":
        phrase.month = phrase.month or int(worth)
    elif kind in ("season", "seasons"):
        phrase.season = worth
        phrase.plural |= kind == "seasons"
    elif kind in ("part", "parts"):
        phrase.part = worth
        phrase.plural |= kind == "parts"
    elif kind == "day":
        phrase.day = int(worth)
        if word.form in ("tonight", "overnight"):
            phrase.part = "NI"
    elif kind in ("every", "fiscal"):
        setattr(phrase, kind, True)
    elif kind == "zone":
        phrase.zulu = phrase.clock is not None  # an hour of another place may stand before it
    elif kind == "era":
        phrase.before_christ = word.form.startswith("b")
    elif kind == "clock":
        phrase.clock = phrase.clock or _clock(worth, _word_at(items, at + 1))
    elif kind in ("date", "yearmonth"):
        phrase.literal = phrase.literal or word.form
    elif kind == "short":
        phrase.year = phrase.year or _century_of(int(word.form[-2:])) + int(word.form[-2:])
    elif kind == "decade":
        phrase.decade = worth
    elif kind == "shift":
        if word.form != "on" or at == len(items) - 1:
            phrase.shift = worth
    elif kind in ("which", "rate", "edge", "reference", "named") and getattr(phrase, kind) is None:
        setattr(phrase, kind, worth)
    return at + 1


def _unit(phrase: Phrase, items: list[Word | Numeral], at: int, word: Word) -> int:
    """A unit that no number counts: "a year", "years", "week by week", "the day", "year-long", "quarter-century"."""
    following, before = _word_at(items, at + 1), _word_at(items, at - 1)
    after = _word_at(items, at + 2) if following is not None and following.form == "-" else following
    if word.worth == "Q" and after is not None and after.kind == "unit":
        phrase.amounts.append(Amount(0.25, after.worth))
        return items.index(after, at) + 1
    if following is not None and following.form in ("by", "after") and _same_unit(items, at + 2, word):
        phrase.rate = word.worth
        return at + 3
    if word.kind == "units" and word.worth == "WE":
        phrase.unit, phrase.plural = "WE", True
    elif word.kind == "units":
        if phrase.which not in ("these", "recent", "future", "that"):
            phrase.amounts.append(Amount(None, word.worth))
        phrase.unit = phrase.unit or word.worth
        phrase.many = True
    elif phrase.amounts and _article_before(items, at) and not phrase.has("and"):
        phrase.rate = word.worth  # "24 hours a day"
    elif _article_before(items, at) or (after is not None and after.kind == "adjective"):
        phrase.amounts.append(Amount(1 + _half_after(items, at), word.worth))
    elif before is not None and before.form == "per":
        phrase.rate = word.worth
    elif phrase.unit is None or phrase.unit == "D":
        phrase.unit = word.worth
    return at + 1


def _half_after(items: list[Word | Numeral], at: int) -> float:
    rest = [item.form for item in items[at + 1 : at + 4] if isinstance(item, Word)]
    return 0.5 if rest == ["and", "a", "half"] else 0.0


def _same_unit(items: list[Word | Numeral], at: int, word: Word) -> bool:
    other = _word_at(items, at)
    return other is not None and other.kind in ("unit", "units") and other.worth == word.worth


def _article_before(items: list[Word | Numeral], at: int) -> bool:
    """Whether an indefinite article stands before the unit, perhaps before an adjective of it."""
    for item in items[max(0, at - 3) : at][::-1]:
        if isinstance(item, Numeral) or item.kind not in ("other", "mark", "fiscal"):
            return False
        if item.form in _ARTICLES:
            return True
    return False


def _half(phrase: Phrase, items: list[Word | Numeral], at: int) -> int:
    """ "half a century", "half-hour": half of the unit that follows; "the last half of 2016" is its second."""
    if phrase.which == "last" or phrase.has("latter"):
        phrase.half = 2
    for ahead in range(at + 1, min(at + 4, len(items))):
        item = items[ahead]
        if isinstance(item, Word) and item.kind == "unit":
            phrase.amounts.append(Amount(0.5, item.worth))
            return ahead + 1
        if isinstance(item, Numeral) or item.form not in ("-", "a", "an", "the", "of"):
            break
    return at + 1


def _clock(form: str, following: Word | None) -> str | None:
    """The time of day in two-digit hours and minutes (seconds if told); none if there is no such time."""
    hour, *rest = (int(part) for part in form.split(":"))
    if following is not None and following.kind == "meridiem":
        hour = hour % 12 + int(following.worth) if 1 <= hour <= 12 else 99
    if hour > 24 or any(part > 59 for part in rest):
        return None
    return ":".join(f"{part:02}" for part in (hour, *rest))


def _century_of(short: int) -> int:
    """'16 is of this century, '68 of the last."""
    return 2000 if short < 50 else 1900
