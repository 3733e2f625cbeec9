"""Calendar periods and how TIMEX3 writes them: days, weeks, months, quarters, seasons, years, decades, centuries.

TIMEX3 values follow TimeML 1.2.1 (Pustejovsky et al. 2010), which extends ISO 8601: `2016-12-06`, `2016-W49`,
`2016-W49-WE`, `2016-12`, `2016-Q4`, `2016-H2`, `2016-WI`, `2016`, `201`, `20`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["D", "W", "WE", "M", "Q", "H", "SE", "Y", "DE", "CE"]
UNITS: tuple[Unit, ...] = ("D", "W", "WE", "M", "Q", "H", "SE", "Y", "DE", "CE")
_DAYS: dict[str, int] = {"D": 1, "W": 7, "WE": 7}
_MONTHS: dict[str, int] = {"M": 1, "Q": 3, "SE": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
_SEASONS = {12: "WI", 3: "SP", 6: "SU", 9: "FA"}
SEASON_STARTS = {code: month for month, code in _SEASONS.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the calendar by its unit and its first day; a winter begins in December, a weekend on Saturday."""

    unit: Unit
    first: date

    @staticmethod
    def around(day: date, unit: Unit) -> "Period":
        """The period of this unit that holds the day; of the weekend, the one of the day's week."""
        if unit == "D":
            return Period(unit, day)
        if unit in ("W", "WE"):
            monday = day - timedelta(days=day.weekday())
            return Period(unit, monday + timedelta(days=5) if unit == "WE" else monday)
        if unit == "SE":
            start = _month_from(day, -(day.month % 3))
            return Period(unit, start)
        months = _MONTHS[unit]
        if months <= 12:
            return Period(unit, date(day.year, (day.month - 1) // months * months + 1, 1))
        years = months // 12
        return Period(unit, date(max(1, day.year // years * years), 1, 1))

    @property
    def last(self) -> date:
        """The last day of the period."""
        if self.unit == "WE":
            return self.first + timedelta(days=1)
        if self.unit in _DAYS:
            return self.first + timedelta(days=_DAYS[self.unit] - 1)
        end = _month_from(self.first, _MONTHS[self.unit] - 1)
        return end.replace(day=monthrange(end.year, end.month)[1])

    @property
    def value(self) -> str:
        """The period as TIMEX3 writes it."""
        year = f"{self.first.year:04}"
        if self.unit == "D":
            return self.first.isoformat()
        if self.unit in ("W", "WE"):
            iso = self.first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if self.unit == "WE" else "")
        if self.unit == "M":
            return f"{year}-{self.first.month:02}"
        if self.unit in ("Q", "H"):
            return f"{year}-{self.unit}{(self.first.month - 1) // _MONTHS[self.unit] + 1}"
        if self.unit == "SE":
            return f"{year}-{_SEASONS[self.first.month]}"
        return year[: {"Y": 4, "DE": 3, "CE": 2}[self.unit]]

    def moved(self, count: int, unit: str | None = None, *, keep: bool = False) -> "Period":
        """The period of `unit` (its own if none is given) that lies `count` such units away.

        With `keep` it is of its own unit still: the same quarter `count` years away. `ValueError` if there is none.
        """
        wanted = next((u for u in UNITS if u == (unit or self.unit)), None)
        if wanted is None:
            raise ValueError(f"no unit of the calendar: {unit}")
        return Period.around(moved_day(self.first, count, wanted), self.unit if keep else wanted)


def moved_day(day: date, count: int, unit: str) -> date:
    """The day `count` units away, the month's last if it is shorter; `ValueError` outside years 1 to 9999."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        target = _month_from(day.replace(day=1), count * _MONTHS[unit])
    except OverflowError:
        raise ValueError(f"no day {count} {unit} from {day}") from None
    return target.replace(day=min(day.day, monthrange(target.year, target.month)[1]))


def _month_from(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def day_of(published: str | None) -> date | None:
    """The day of publication; none if it is not known to the day or is no day ("2016-02-30")."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
