"""Proof that the database is as it was written: in comes a connection, out comes every fault that it has."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from truceline.store import index
from truceline.store.entries import Fault
from truceline.store.loading import Loaded
from truceline.store.rows import misplaced, report_digest
from truceline.store.tables import decisions, readings, records, reports


def faults_in(loaded: Loaded) -> Iterator[Fault]:
    """What in one reading is not so: its digest, its report's digest, a quote that stands elsewhere."""
    if not loaded.is_sound():
        yield Fault(loaded.report_id, "the reading is not the one that was stored: its digest differs")
    try:
        reading = loaded.reading()
    except ValueError as fault:
        yield Fault(loaded.report_id, str(fault))
        return
    digest = report_digest(reading.report.text)
    if digest != loaded.report_id:
        yield Fault(loaded.report_id, f"the text is not the one that was stored: its digest is {digest}")
    for span in misplaced(reading):
        yield Fault(loaded.report_id, f"the words {span.quote!r} do not stand at {span.start}–{span.end}")


def faults_around(connection: Connection) -> Iterator[Fault]:
    """What is not so about the database as a whole: its pages, its references, its search index, its log."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA quick_check")):
            if said != "ok":
                yield Fault("", f"SQLite says of the file: {said}")
        for table, row, target, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield Fault("", f"row {row} of {table} refers to a row of {target} that is not there")
    alone = select(reports.c.id).outerjoin(readings).where(readings.c.number.is_(None))
    for (id,) in connection.execute(alone):
        yield Fault(id, "the report has no reading")
    statements = select(func.count()).select_from(records).where(records.c.kind == "statement")
    for table, wanted in ((index.REPORTS, select(func.count()).select_from(reports)), (index.STATEMENTS, statements)):
        there, due = index.entered(connection, table), connection.execute(wanted).scalar_one()
        if there != due:
            yield Fault("", f"the search index {table} has {there} entries for {due}")
    count, last = connection.execute(select(func.count(), func.max(decisions.c.number))).one()
    if count != (last or 0):
        yield Fault("", f"of the {last} decisions in the log only {count} are there")
