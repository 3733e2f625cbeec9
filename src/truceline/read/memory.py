"""What is remembered of a feed from one visit to the next, so that nothing is fetched twice."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Visited:
    """The last visit to a feed, and which of its entries are done.

    `etag` and `last_modified` are what its server said, null as long as an entry is still to be tried again. `checked`
    is the moment of the visit in UTC (`2016-12-05T10:00:00Z`), `done` holds the keys of entries that the feed still
    lists. `failures` counts the visits in a row that failed; before `rests_until` it is not to be asked again.
    """

    etag: str | None = None
    last_modified: str | None = None
    checked: str | None = None
    done: frozenset[str] = frozenset()
    failures: int = 0
    rests_until: str | None = None


class Memory(Protocol):
    """What keeps `Visited` between runs, for example a database."""

    def recall(self, feed: str) -> Visited | None:
        """The last visit to the feed at this address, or null."""

    def keep(self, feed: str, visited: Visited) -> None:
        """Keeps the visit in the place of the one before.

        It vouches for the reports that were given out before it: whoever writes both must write the reports first.
        """


class Forgetful:
    """A memory that lasts no longer than the run."""

    def __init__(self) -> None:
        self._visits: dict[str, Visited] = {}

    def recall(self, feed: str) -> Visited | None:
        """The last visit of this run."""
        return self._visits.get(feed)

    def keep(self, feed: str, visited: Visited) -> None:
        """Keeps the visit until the run ends."""
        self._visits[feed] = visited
