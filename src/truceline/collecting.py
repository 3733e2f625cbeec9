"""Reports gathered into the database: in come arrivals from sources, read, compared and kept, out comes a tally.

Whatever happens, what was kept is whole and a run that goes over the same sources again goes on where this one ended.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby

from truceline.read import Arrival, Received, Remark, Unreadable, Visited
from truceline.records import Reading, Report
from truceline.resolve.copies import Copies, Copy
from truceline.store import SourceState, Store

BATCH_REPORTS = 32
BATCH_CHARACTERS = 150_000


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads reports, several at once, in their order; the model's digest says what it has read already."""

    model_sha256: str
    read: Callable[[Sequence[Report]], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that a run has added: new, or read again (`replaced`); a copy of an earlier one, perhaps."""

    name: str
    reading: Reading
    source: str
    replaced: bool
    copy: Copy | None


@dataclass(slots=True)
class Tally:
    """How many reports a run met: added, read again, there already, copies and updates among the added, unreadable."""

    new: int = 0
    read_again: int = 0
    unchanged: int = 0
    copies: int = 0
    updates: int = 0
    unreadable: int = 0

    def sentence(self) -> str:
        """The tally in words."""
        added = f"Added {_reports(self.new)}"
        among = [
            f"{count:,} {one if count == 1 else many}"
            for count, one, many in ((self.copies, "copy", "copies"), (self.updates, "update", "updates"))
            if count
        ]
        if among:
            added += f", among them {' and '.join(among)} of others"
        parts = [added]
        if self.read_again:
            parts.append(f"read {self.read_again:,} again")
        if self.unchanged:
            parts.append(f"{self.unchanged:,} {'was' if self.unchanged == 1 else 'were'} there already")
        if self.unreadable:
            parts.append(f"{self.unreadable:,} could not be read")
        return "; ".join(parts) + "."

    def to_json(self) -> str:
        """The tally as one JSON object."""
        return json.dumps(asdict(self))


@dataclass(slots=True)
class Collection:
    """Takes arrivals into a store. `say` gets sentences for the user, `show` each report that was added."""

    store: Store
    reader: Reader
    say: Callable[[str], None]
    show: Callable[[Kept], None] = lambda kept: None
    again: bool = False
    """Read reports again that this model has read already."""
    tally: Tally = field(default_factory=Tally)
    memory: "StoreMemory" = field(init=False)
    _copies: Copies = field(init=False)
    _waiting: dict[str, Received] = field(default_factory=dict)
    _notices: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memory = StoreMemory(self.store)
        self._copies = Copies(self.store.signatures(), self._report)

    def take(self, arrivals: Iterable[Arrival], step: Callable[[], None] = lambda: None) -> None:
        """Adds everything that arrives; `step` is called for each arrival that is done with."""
        for arrival in arrivals:
            if isinstance(arrival, Remark):
                self.say(str(arrival))
            elif isinstance(arrival, Unreadable):
                self.say(str(arrival))
                self.tally.unreadable += 1
                step()
            else:
                self._take(arrival, step)
        self._flush(step)
        self._say_notices()

    def _take(self, received: Received, step: Callable[[], None]) -> None:
        id = received.report.id
        if id in self._waiting:
            self._flush(step)
        if not self.again and self.store.has(id, self.reader.model_sha256):
            self.store.keep_appearance(received.report, received.source)
            self._compare(received.report)
            self.tally.unchanged += 1
            step()
            return
        for notice in received.notices:
            self._notices.setdefault(notice, []).append(received.name)
        self._waiting[id] = received
        characters = sum(len(each.report.text) for each in self._waiting.values())
        if len(self._waiting) >= BATCH_REPORTS or characters >= BATCH_CHARACTERS:
            self._flush(step)

    def _flush(self, step: Callable[[], None]) -> None:
        """Reads and keeps the reports that wait, and then what is remembered of the feeds that listed them."""
        waiting = list(self._waiting.values())
        self._waiting = {}
        read: list[tuple[Received, Reading]] = []
        try:
            for pair in self._read(waiting):
                read.append(pair)
                step()
        finally:  # whatever stops the reading, what has been read is kept
            for source, pairs in groupby(read, key=lambda pair: pair[0].source):
                self._keep(source, list(pairs))
        self.memory.write_down()

    def _keep(self, source: str, pairs: list[tuple[Received, Reading]]) -> None:
        """Keeps the readings of one source, in one go, and compares their reports with those before."""
        before = {received.report.id for received, _ in pairs if self.store.has(received.report.id)}
        added = self.store.add([reading for _, reading in pairs], source=source)
        self.tally.new += added.new
        self.tally.read_again += added.replaced
        self.tally.unchanged += added.unchanged
        for received, reading in pairs:
            copy = self._compare(received.report)
            self.tally.copies += copy is not None and copy.kind == "copy"
            self.tally.updates += copy is not None and copy.kind == "update"
            self.show(Kept(received.name, reading, source, received.report.id in before, copy))

    def _read(self, batch: list[Received]) -> Iterator[tuple[Received, Reading]]:
        """Each report with its reading; one by one where a fault of ours spoils the batch."""
        done = 0
        try:
            for received, reading in zip(batch, self.reader.read([each.report for each in batch]), strict=True):
                yield received, reading
                done += 1
            return
        except Exception:  # whose fault it was shows when they are read one by one
            pass
        for received in batch[done:]:
            try:
                [reading] = self.reader.read([received.report])
            except Exception as fault:  # one report must not cost the rest of a long run
                what = f"{type(fault).__name__}: {fault}"
                self.say(f"{received.name} met a fault in Truceline ({what}): please tell its developers.")
                self.tally.unreadable += 1
            else:
                yield received, reading

    def _compare(self, report: Report) -> Copy | None:
        """Of which report this is a copy, noted in the store, if it was not compared before."""
        if report.id in self._copies:
            return None
        copy, signature = self._copies.add(report)
        if copy is not None:
            self.store.mark_copy(report.id, copy.of, copy.likeness)
        self.store.keep_signature(report.id, signature)
        return copy

    def _report(self, id: str) -> Report | None:
        reading = self.store.reading(id)
        return reading.report if reading else None

    def _say_notices(self) -> None:
        """Each notice once, however many reports it concerns."""
        for notice, names in self._notices.items():
            others = f" and {_reports(len(names) - 1)} more" if len(names) > 1 else ""
            self.say(f"{names[0]}{others}: {notice}")
        self._notices.clear()


class StoreMemory:
    """What is remembered of feeds, in the database; written down only after the reports for which it vouches."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: dict[str, Visited] = {}

    def recall(self, feed: str) -> Visited | None:
        """The last visit to the feed, of this run or an earlier one."""
        if feed in self._unwritten:
            return self._unwritten[feed]
        state = self._store.seen(feed)
        if state is None:
            return None
        try:
            position = json.loads(state.position or "{}")
            done = frozenset(map(str, position.get("done", ())))
            rests_until = position.get("rests_until")
        except (ValueError, AttributeError, TypeError):  # somebody else's: as if nothing were done
            done, rests_until = frozenset(), None
        return Visited(state.etag, state.last_modified, state.checked, done, state.failures, rests_until)

    def keep(self, feed: str, visited: Visited) -> None:
        """Keeps the visit for `write_down`."""
        self._unwritten[feed] = visited

    def write_down(self) -> None:
        """Writes the visits into the database."""
        for feed, visited in self._unwritten.items():
            position = json.dumps({"done": sorted(visited.done), "rests_until": visited.rests_until})
            state = SourceState(visited.etag, visited.last_modified, visited.checked, position, visited.failures)
            self._store.remember(feed, state)
        self._unwritten.clear()


def kept_line(kept: Kept) -> str:
    """What was added, on one line: `new · 2016-12-05 · Title · Outlet · 3 statements · sha256:0123456789ab`."""
    report = kept.reading.report
    what = kept.copy.kind if kept.copy else "again" if kept.replaced else "new"
    title = report.title or " ".join(report.text[:80].split())
    said = len(kept.reading.statements)
    parts = [
        what,
        report.published or "no date",
        title,
        report.outlet,
        "1 statement" if said == 1 else f"{said:,} statements",
        _short(report.id),
        f"of {_short(kept.copy.of)}" if kept.copy else None,
    ]
    return " · ".join(part for part in parts if part)


def kept_json(kept: Kept) -> str:
    """The same as one JSON object, with the id whole."""
    report = kept.reading.report
    return json.dumps(
        {
            "what": kept.copy.kind if kept.copy else "again" if kept.replaced else "new",
            "id": report.id,
            "published": report.published,
            "title": report.title,
            "outlet": report.outlet,
            "url": report.url,
            "source": kept.source,
            "statements": len(kept.reading.statements),
            "copy_of": kept.copy.of if kept.copy else None,
            "likeness": round(kept.copy.likeness, 3) if kept.copy else None,
        },
        ensure_ascii=False,
    )


def _short(id: str) -> str:
    return id[: len("sha256:") + 12]


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count:,} reports"
