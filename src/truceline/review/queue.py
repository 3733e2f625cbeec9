"""What is still to be looked at: in come reports and decisions, out come open records, the most doubtful first."""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from truceline.records import Reading
from truceline.review.anchors import Anchor
from truceline.review.computing import Item, Reviewed, review
from truceline.review.decisions import Row
from truceline.review.kinds import KINDS, KindName

_Rank = tuple[bool, float, int, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open record: its report, the anchor by which the report's view finds it, the model's confidence in it."""

    report_id: str
    anchor: Anchor
    confidence: float | None
    changed: bool

    @property
    def kind(self) -> KindName:
        """The record's kind."""
        return self.anchor.kind

    def item(self, view: Reviewed) -> Item | None:
        """The item that waits, as the report is now; None where decisions have taken it away."""
        return next((item for item in view.items if item.anchor == self.anchor), None)


def queue(
    readings: Iterable[Reading],
    decisions: Callable[[str], Iterable[Row]],
    *,
    kinds: Collection[KindName] = tuple(KINDS),
    by: str | None = None,
    limit: int | None = None,
) -> list[Waiting]:
    """The open records of these reports (`Item.open`): those with the lowest confidence first.

    Kinds without a confidence (actors, times, places) come after those with one. Among equals the order is that of
    the reports, and of the words in the report. With `by`, what is open is as if nobody else had decided anything. No
    more than `limit` records, if it is given.
    """

    def doubtful(one: tuple[_Rank, Waiting]) -> _Rank:
        return one[0]

    ranked = _ranked(readings, decisions, kinds, by)
    found = sorted(ranked, key=doubtful) if limit is None else heapq.nsmallest(limit, ranked, key=doubtful)
    return [waiting for _, waiting in found]


def _ranked(
    readings: Iterable[Reading], decisions: Callable[[str], Iterable[Row]], kinds: Collection[KindName], by: str | None
) -> Iterator[tuple[_Rank, Waiting]]:
    for number, reading in enumerate(readings):
        view = review(reading, decisions(reading.report.id), by=by)
        for item in view.items:
            if item.open and item.kind in kinds:
                doubt = item.confidence
                first = item.anchor.spans[0].start if item.anchor.spans else 0
                waiting = Waiting(reading.report.id, item.anchor, doubt, item.changed)
                yield (doubt is None, doubt or 0.0, number, first), waiting
