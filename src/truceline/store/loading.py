"""Readings out of the database: numbers of reports in, the JSON of their readings out, as it was put in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from truceline.records import Model, Reading, Report, from_json
from truceline.store.rows import body_digest, joined
from truceline.store.tables import readings, records, reports

_HEADS = select(
    reports.c.number, readings.c.number, readings.c.truceline, readings.c.model, readings.c.model_sha256,
    readings.c.sha256, reports.c.id, reports.c.title, reports.c.outlet, reports.c.url, reports.c.published,
    reports.c.language, reports.c.text,
).join_from(reports, readings)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored reading: its report's number and its own, its report's id, the digest it was stored under, its JSON."""

    report: int
    number: int
    report_id: str
    sha256: str
    body: bytes

    def reading(self) -> Reading:
        """What the JSON says; `ValueError` where it is no reading any more."""
        return from_json(self.body)

    def is_sound(self) -> bool:
        """Whether this is what was stored."""
        return body_digest(self.body) == self.sha256

    def sound(self) -> Reading:
        """The reading as it was stored; `ValueError` where it is not that any more."""
        if not self.is_sound():
            raise ValueError("the digest of the reading differs")
        return self.reading()


def load(connection: Connection, numbers: Sequence[int]) -> list[Loaded]:
    """The readings of the reports of these numbers, in the order of the numbers; a report without one is left out."""
    heads = connection.execute(_HEADS.where(reports.c.number.in_(numbers)).order_by(reports.c.number)).all()
    lists: dict[int, dict[str, str]] = {head[1]: {} for head in heads}
    for number, kind, found in connection.execute(_lists(connection, list(lists))):
        lists[number][kind] = found
    loaded = []
    for report_number, number, version, model, model_sha256, sha256, *report in heads:
        head = {"truceline": version, "model": Model(model, model_sha256), "report": Report(*report)}
        body = joined(head, lists[number])
        loaded.append(Loaded(report_number, number, report[0], sha256, body))
    return loaded


def _lists(connection: Connection, numbers: Sequence[int]) -> Select[int, str, str]:
    """The records of each kind of these readings, with commas between: the database joins them faster."""
    c = records.c
    if connection.dialect.name == "postgresql":
        together = func.string_agg(c.record, aggregate_order_by(literal(","), c.position))
        return select(c.reading, c.kind, together).where(c.reading.in_(numbers)).group_by(c.reading, c.kind)
    # group_concat takes the rows as they come, and SQLite keeps a subquery's order for it; each digest is a check.
    rows = select(c.reading, c.kind, c.record).where(c.reading.in_(numbers)).order_by(c.reading, c.kind, c.position)
    inner = rows.subquery()
    together = func.group_concat(inner.c.record, ",")
    return select(inner.c.reading, inner.c.kind, together).group_by(inner.c.reading, inner.c.kind)
