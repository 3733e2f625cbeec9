"""Readings into the database: a batch of whole readings in, rows and index entries out, all in one transaction."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, func, insert, select, update

from truceline.records import Report
from truceline.store import index
from truceline.store.entries import Added
from truceline.store.index import Indexed
from truceline.store.loading import Loaded, load
from truceline.store.rows import Packed
from truceline.store.tables import appearances, readings, records, reports

_PLACES = ("title", "outlet", "url", "published")


def write(connection: Connection, batch: Sequence[Packed], source: str, now: str) -> Added:
    """What the batch came to; each report occurs in it once. The connection is alone in writing."""
    known = select(reports.c.id, reports.c.number).where(reports.c.id.in_([item.report_id for item in batch]))
    numbers = {row[0]: row[1] for row in connection.execute(known)}
    stood = {item.report_id: item for item in load(connection, list(numbers.values()))}
    # What stands there is compared, not the digest that was noted, so that adding again mends what was damaged.
    sound = {id for id, item in stood.items() if item.is_sound()}
    same = {item.report_id for item in batch if item.report_id in sound and stood[item.report_id].sha256 == item.sha256}
    new = [item for item in batch if item.report_id not in numbers]
    changed = [item for item in batch if item.report_id in numbers and item.report_id not in same]
    if changed:
        gone = [stood[item.report_id] for item in changed if item.report_id in stood]
        _take_out(connection, gone, sound)
        _renew_reports(connection, changed, numbers, sound)
    if new:
        numbers |= {item.report_id: number for number, item in enumerate(new, next_number(connection, reports))}
        connection.execute(insert(reports), [_report_row(item, numbers, source, now) for item in new])
    found_by = _put_in(connection, [*changed, *new], numbers, now)
    if all(item.report_id in sound for item in changed):
        index.enter(connection, found_by)
    else:
        index.rebuild(connection)  # the words that a damaged reading was found by are not known any more
    return Added(len(new), len(changed), len(same))


def next_number(connection: Connection, table: Table) -> int:
    """The number after the last; sound because one connection writes at a time."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()) + 1


def keep_appearance(connection: Connection, number: int, report: Report, source: str, now: str) -> bool:
    """Whether the report had not been seen with this address, outlet, title and day yet; now it has."""
    fields = {name: getattr(report, name) for name in _PLACES}
    for table, key in ((reports, reports.c.number), (appearances, appearances.c.report)):
        same = [table.c[name].is_not_distinct_from(value) for name, value in fields.items()]
        if connection.execute(select(key).where(key == number, *same).limit(1)).first():
            return False
    row = {"number": next_number(connection, appearances), "report": number, "source": source, "added": now}
    connection.execute(insert(appearances), {**row, **fields})
    return True


def _take_out(connection: Connection, gone: Sequence[Loaded], sound: set[str]) -> None:
    """Takes these readings out, with their records, and what the sound ones are found by."""
    found_by = [
        Indexed(item.report, item.reading(), index.statement_numbers(connection, item.number))
        for item in gone
        if item.report_id in sound
    ]
    index.remove(connection, found_by)
    connection.execute(delete(readings).where(readings.c.number.in_([item.number for item in gone])))


def _renew_reports(connection: Connection, changed: Sequence[Packed], numbers: dict[str, int], sound: set[str]) -> None:
    """What is known about the reports besides their text is what came last; what was known before is an appearance."""
    c = reports.c
    named = select(c.number, c.source, c.added, *(c[name] for name in _PLACES))
    wanted = [numbers[item.report_id] for item in changed]
    stood = {row["number"]: row for row in connection.execute(named.where(c.number.in_(wanted))).mappings()}
    rows = []
    for item in changed:
        report = item.reading.report
        before = stood[numbers[report.id]]
        fields = {name: getattr(report, name) for name in ("text", "language", *_PLACES)}
        rows.append({"of": before["number"], **fields})
        if report.id in sound and any(before[name] != fields[name] for name in _PLACES):
            earlier = {**before, "report": before["number"], "number": next_number(connection, appearances)}
            connection.execute(insert(appearances), earlier)
    values: dict[str, BindParameter[object]] = {name: bindparam(name) for name in ("text", "language", *_PLACES)}
    connection.execute(update(reports).where(c.number == bindparam("of")).values(values), rows)


def _report_row(item: Packed, numbers: dict[str, int], source: str, now: str) -> dict[str, object]:
    report = item.reading.report
    fields = {name: getattr(report, name) for name in ("id", "text", *_PLACES, "language")}
    return {"number": numbers[report.id], "source": source, "added": now, **fields}


def _put_in(connection: Connection, batch: Sequence[Packed], numbers: dict[str, int], now: str) -> list[Indexed]:
    """Writes readings and records, whose reports stand there already; gives what they are to be found by."""
    if not batch:
        return []
    reading_rows, record_rows, found_by = [], [], []
    record_number = next_number(connection, records)
    for number, item in enumerate(batch, next_number(connection, readings)):
        rows = [{"number": place, "reading": number, **row} for place, row in enumerate(item.records, record_number)]
        statements = [row["number"] for row in rows if row["kind"] == "statement"]
        record_rows += rows
        record_number += len(rows)
        reading_rows.append({"number": number, "report": numbers[item.report_id], "added": now, **item.head})
        found_by.append(Indexed(numbers[item.report_id], item.reading, statements))
    connection.execute(insert(readings), reading_rows)
    _insert_plain(connection, records, record_rows)
    return found_by


def _insert_plain(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Inserts rows whose values are as the database holds them, past SQLAlchemy: there are fifty for each reading."""
    if not rows:
        return
    compiled = insert(table).values(dict.fromkeys(rows[0])).compile(dialect=connection.dialect)
    order = getattr(compiled, "positiontup", None)
    if order:
        take = itemgetter(*order)
        connection.exec_driver_sql(str(compiled), [take(row) for row in rows])
    else:
        connection.exec_driver_sql(str(compiled), [dict(row) for row in rows])
