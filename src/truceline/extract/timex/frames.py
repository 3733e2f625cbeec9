"""What the rules of time values take and give: the place of an expression, and its meaning."""

from dataclasses import dataclass
from datetime import date

from truceline.extract.timex.directions import Direction
from truceline.extract.timex.periods import Period

REFERENCES: dict[int, str] = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an expression stands: the day from which it is seen, the time named last, and where its verb points.

    `today` is none where no publication date is known; `anchor` is the period named last, in the same paragraph or the
    one before; `direction` is -1 for what lies behind the report, 1 for what lies ahead, 0 where the words do not
    tell; `adverb` says that the expression stands without a preposition ("one day they will return"); `ended` that
    "ended" or "ending" follows ("the year ended March 31").
    """

    today: date | None
    anchor: Period | None = None
    direction: Direction = 0
    adverb: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value (none where none is true), the calendar period that it names if it does, and whether it comes again."""

    value: str | None
    period: Period | None = None
    recurs: bool = False


def naming(period: Period) -> Resolved:
    """The period with its value."""
    return Resolved(period.value, period)
