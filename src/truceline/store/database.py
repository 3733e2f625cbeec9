"""The store as everybody else knows it: readings, copies, progress of sources and the log of decisions, kept safe."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, delete, func, insert, select

from truceline.records import Reading, Report
from truceline.store import verification
from truceline.store.entries import Added, Appearance, DecisionRow, Fault, Hit, SourceState, StoredReport
from truceline.store.faults import StoreError, plainly
from truceline.store.loading import Loaded, load
from truceline.store.opening import open_engine, writing
from truceline.store.rows import Packed, packed
from truceline.store.search import found
from truceline.store.tables import appearances, copies, decisions, readings, reports, signatures, sources
from truceline.store.words import phrases
from truceline.store.writing import keep_appearance, next_number, write

# Readings are gathered into one transaction up to so many, or so many seconds.
BATCH, GATHER_SECONDS = 64, 2.0
PAGE = 200


def open_store(target: str | Path, *, create: bool = True, patience: float = 20.0) -> "Store":
    """The store in this SQLite file or at this URL (`sqlite:///…`, `postgresql://…`), of this version.

    Tables are made, or brought up to this version. `create=False` refuses where there is nothing yet. `patience` is
    how many seconds to wait while another program writes. `StoreError` in one sentence where it cannot be opened.
    """
    return Store(*open_engine(target, create=create, patience=patience))


class Store:
    """An open database of readings; one for each process and thread. Every method may raise `StoreError`.

    What is written is written whole or not at all, whenever the program is killed. `where` is what to call the
    database in messages: its path, or its URL without the password.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        """Use `open_store`."""
        self.where = where
        self._engine = engine

    def __enter__(self) -> "Store":
        """The store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Gives the database's connections back."""
        self._engine.dispose()

    def add(self, readings: Iterable[Reading], *, source: str = "") -> Added:
        """How many readings were new, replaced their report's earlier one, or stood there already.

        They are written in batches of whole readings as they come, so that little is lost when the program is killed;
        where one cannot be written, or the iterable fails, those before it are. Of each report the reading added last
        stays; people's decisions are not touched. `StoreError` too where a reading does not fit its report.
        """
        total = Added()
        batch: dict[str, Packed] = {}
        begun = 0.0
        try:
            for reading in readings:
                item = packed(reading)
                if item.reading.report.id in batch:
                    total += self._write(batch, source)
                begun = begun if batch else time.monotonic()
                batch[item.reading.report.id] = item
                if len(batch) >= BATCH or time.monotonic() - begun > GATHER_SECONDS:
                    total += self._write(batch, source)
        finally:
            total += self._write(batch, source)
        return total

    def has(self, report_id: str, model_sha256: str | None = None) -> bool:
        """Whether a reading of this report is there, by the model of this digest if one is given."""
        wanted = select(readings.c.number).join(reports).where(reports.c.id == report_id)
        if model_sha256 is not None:
            wanted = wanted.where(readings.c.model_sha256 == model_sha256)
        with self._read() as connection:
            return connection.execute(wanted).first() is not None

    def reading(self, report_id: str) -> Reading | None:
        """The reading of this report that was added last, exactly as it came; None if there is no such report."""
        with self._read() as connection:
            number = connection.execute(select(reports.c.number).where(reports.c.id == report_id)).scalar()
            loaded = [] if number is None else load(connection, [number])
        return self._sound(loaded[0]) if loaded else None

    def readings(self) -> Iterator[Reading]:
        """All readings, in the order in which their reports came; what is added meanwhile may come too."""
        for loaded in self._pages():
            yield self._sound(loaded)

    def reports(self, *, after: str | None = None, limit: int | None = None) -> Iterator[StoredReport]:
        """The reports without their texts, in the order in which they came, from the one behind `after`."""
        last = 0 if after is None else self._number(after)
        c, original = reports.c, reports.alias()
        rows = (
            select(c.number, c.id, c.title, c.outlet, c.url, c.published, c.added, original.c.id, c.source)
            .outerjoin(copies, copies.c.report == c.number)
            .outerjoin(original, original.c.number == copies.c.of)
            .order_by(c.number)
        )
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            with self._read() as connection:
                page = connection.execute(rows.where(c.number > last).limit(size)).all()
            for row in page:
                yield StoredReport(*row[1:])
            if len(page) < size:
                return
            last, left = page[-1][0], None if left is None else left - size

    def ids_like(self, beginning: str, *, limit: int = 3) -> list[str]:
        """The ids of reports that begin so, with or without `sha256:`; at most `limit`, in alphabetical order."""
        digest = beginning.removeprefix("sha256:")
        like = reports.c.id.startswith(f"sha256:{digest}", autoescape=True)
        wanted = select(reports.c.id).where(like).order_by(reports.c.id).limit(limit)
        with self._read() as connection:
            return list(connection.execute(wanted).scalars())

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """The reports and statements that have all the words, best first.

        Case and accents do not count. `"words in quotation marks"` must follow each other; `cease*` is the beginning
        of a word. Of those that have the words the newest 200 reports and 200 statements are weighed, by how often
        and in how short a text they stand. `StoreError` if there is no word to search for.
        """
        query = phrases(words)
        if not query:
            raise StoreError(f"There is no word to search for in {words!r}: give letters or digits.")
        with self._read() as connection:
            return found(connection, query, limit)

    def verify(self) -> Iterator[Fault]:
        """Everything that is not as it was written: nothing where every quote stands and every digest matches."""
        with self._read() as connection:
            around = list(verification.faults_around(connection))
        yield from around
        for loaded in self._pages():
            yield from verification.faults_in(loaded)

    def count(self) -> int:
        """How many reports there are."""
        with self._read() as connection:
            return int(connection.execute(select(func.count()).select_from(reports)).scalar_one())

    def keep_appearance(self, report: Report, source: str = "") -> bool:
        """Whether this report, which is there already, was new at this address, outlet, title or day; it is kept."""
        number = self._number(report.id)
        with self._write_alone() as connection:
            return keep_appearance(connection, number, report, source, _now())

    def appearances(self, report_id: str) -> list[Appearance]:
        """Where else the words of this report stood, in the order in which they were seen."""
        c = appearances.c
        row = select(c.source, c.title, c.outlet, c.url, c.published, c.added).join(reports)
        with self._read() as connection:
            rows = connection.execute(row.where(reports.c.id == report_id).order_by(c.number)).all()
        return [Appearance(*row) for row in rows]

    def copy_of(self, report_id: str) -> str | None:
        """The id of the report that this one was marked as a copy of, if it was."""
        original = reports.alias()
        joined = select(original.c.id).join(copies, copies.c.of == original.c.number)
        wanted = joined.join(reports, reports.c.number == copies.c.report).where(reports.c.id == report_id)
        with self._read() as connection:
            return connection.execute(wanted).scalar()

    def mark_copy(self, report_id: str, of: str, likeness: float) -> None:
        """Keeps that the report is a copy of another, how alike they are (0 to 1); an earlier mark gives way."""
        row = {"report": self._number(report_id), "of": self._number(of), "likeness": likeness}
        with self._write_alone() as connection:
            connection.execute(delete(copies).where(copies.c.report == row["report"]))
            connection.execute(insert(copies), row)

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        """The report ids and signatures that `keep_signature` kept, in the order of the reports."""
        last = 0
        c = signatures.c
        rows = select(c.report, reports.c.id, c.signature).join(reports).order_by(c.report).limit(PAGE)
        while True:
            with self._read() as connection:
                page = connection.execute(rows.where(c.report > last)).all()
            for last, id, signature in page:  # noqa: B007  # the last number stays for the next page
                yield id, bytes(signature)
            if len(page) < PAGE:
                return

    def keep_signature(self, report_id: str, signature: bytes) -> None:
        """Keeps what near-duplicates of the report are known by; an earlier one gives way."""
        row = {"report": self._number(report_id), "signature": signature}
        with self._write_alone() as connection:
            connection.execute(delete(signatures).where(signatures.c.report == row["report"]))
            connection.execute(insert(signatures), row)

    def seen(self, source: str) -> SourceState | None:
        """How far this source has been read, if it has."""
        c = sources.c
        state = select(c.etag, c.last_modified, c.checked, c.position, c.failures).where(c.source == source)
        with self._read() as connection:
            row = connection.execute(state).first()
        return SourceState(*row) if row else None

    def remember(self, source: str, state: SourceState) -> None:
        """Keeps how far the source has been read."""
        with self._write_alone() as connection:
            connection.execute(delete(sources).where(sources.c.source == source))
            connection.execute(insert(sources), {"source": source, **asdict(state)})

    def append_decision(self, decision: DecisionRow) -> int:
        """The number under which the decision now stands at the end of the log; its own `number` does not count."""
        report = None if decision.report_id is None else self._number(decision.report_id)
        row = asdict(decision)
        del row["report_id"]
        with self._write_alone() as connection:
            if decision.undoes is not None:
                undone = select(decisions.c.number).where(decisions.c.number == decision.undoes)
                if connection.execute(undone).first() is None:
                    raise StoreError(f"There is no decision {decision.undoes} to undo in {self.where}: see its number.")
            number = next_number(connection, decisions)
            connection.execute(insert(decisions), {**row, "number": number, "report": report})
        return number

    def decisions(self, report_id: str | None = None) -> list[DecisionRow]:
        """The log, in its order; of one report if its id is given."""
        c = decisions.c
        said = (c.at, c.who, c.action, c.kind, c.anchor, c.value, c.why, c.undoes, c.number)
        rows = select(reports.c.id.label("report_id"), *said).select_from(decisions).outerjoin(reports)
        if report_id is not None:
            rows = rows.where(reports.c.id == report_id)
        with self._read() as connection:
            return [DecisionRow(**row) for row in connection.execute(rows.order_by(c.number)).mappings()]

    def _write(self, batch: dict[str, Packed], source: str) -> Added:
        """Writes the batch and empties it."""
        if not batch:
            return Added()
        items = list(batch.values())
        batch.clear()
        with self._write_alone() as connection:
            return write(connection, items, source, _now())

    def _number(self, report_id: str) -> int:
        with self._read() as connection:
            number = connection.execute(select(reports.c.number).where(reports.c.id == report_id)).scalar()
        if number is None:
            raise StoreError(f"There is no report {report_id} in {self.where}: truceline list shows what is there.")
        return int(number)

    def _pages(self) -> Iterator[Loaded]:
        """All stored readings, by pages, so that no transaction stands open while the caller works."""
        last = 0
        while True:
            with self._read() as connection:
                numbers: Sequence[int] = list(
                    connection.execute(
                        select(reports.c.number).where(reports.c.number > last).order_by(reports.c.number).limit(PAGE)
                    ).scalars()
                )
                loaded = load(connection, numbers)
            yield from loaded
            if len(numbers) < PAGE:
                return
            last = numbers[-1]

    def _sound(self, loaded: Loaded) -> Reading:
        try:
            return loaded.sound()
        except ValueError:
            raise StoreError(
                f"The reading of {loaded.report_id} in {self.where} is damaged: add the report again; truceline verify "
                "tells what else is."
            ) from None

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with plainly(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write_alone(self) -> Iterator[Connection]:
        with plainly(self.where), writing(self._engine) as connection:
            yield connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
