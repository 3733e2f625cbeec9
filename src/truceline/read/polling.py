"""Feeds asked again and again: when each is due, and how long it is left alone after a failure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from truceline.read.courtesy import Courtesy
from truceline.read.intake import Intake
from truceline.read.memory import Memory, Visited
from truceline.read.received import Arrival, Remark, Unreadable
from truceline.settings import Settings

_LONGEST_REST = timedelta(days=1)


class Polling:
    """Asks feeds for what is new, each at most once in `every`; one for a run.

    A feed that cannot be had is left alone twice as long after each failure in a row, up to a day, or as long as its
    server asks (Retry-After). All this is kept in the memory, so that the next run goes on from there.
    """

    def __init__(
        self, memory: Memory, every: timedelta, settings: Settings, *, courtesy: Courtesy | None = None
    ) -> None:
        self._memory = memory
        self._every = every
        self._intake = Intake(None, settings, memory, courtesy or Courtesy(settings))

    def due(self, feed: str) -> datetime | None:
        """The moment, in UTC, from which the feed may be asked; null if it never was."""
        visited = self._memory.recall(feed)
        checked = _moment(visited.checked) if visited else None
        if visited is None or checked is None:
            return None
        # The exponent is bounded, so that a feed that is gone for good does not overflow the calendar.
        rest = self._every if not visited.failures else min(self._every * 2 ** min(visited.failures, 20), _LONGEST_REST)
        asked = _moment(visited.rests_until)
        return max(checked + max(rest, self._every), asked) if asked else checked + max(rest, self._every)

    def is_due(self, feed: str, now: datetime | None = None) -> bool:
        """Whether the feed may be asked now."""
        due = self.due(feed)
        return due is None or due <= (now or datetime.now(UTC))

    def poll(self, feed: str, now: datetime | None = None) -> Iterator[Arrival]:
        """What is new in the feed, or a remark that it is not due yet.

        `Unreadable` with the feed as its source if the feed itself cannot be read; that counts as a failure.
        """
        now = now or datetime.now(UTC)
        due = self.due(feed)
        if due is not None and not self.is_due(feed, now):
            failures = (self._memory.recall(feed) or Visited()).failures
            why = f"failed {failures} times in a row" if failures > 1 else "failed" if failures else "was asked already"
            yield Remark(feed, f"{feed} {why} and is asked again from {due:%Y-%m-%d %H:%M} UTC on.")
            return
        for arrival in self._intake.feed(feed):
            if isinstance(arrival, Unreadable) and arrival.source == feed:
                self._failed(feed, now, arrival.wait)
            yield arrival

    def _failed(self, feed: str, now: datetime, wait: float | None) -> None:
        visited = self._memory.recall(feed) or Visited()
        rests_until = None if wait is None else _stamp(now + timedelta(seconds=wait))
        self._memory.keep(
            feed, replace(visited, checked=_stamp(now), failures=visited.failures + 1, rests_until=rests_until)
        )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(stamp: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
