"""The tables, as SQLAlchemy Core knows them; `migrations/` makes them.

`reports` holds the frozen texts, `readings` the latest reading of each, `records` one row for each record of a reading.
So every record leads to its report's digest, its span, and the digest and version of what found it; the views
`actors`, `statements` … (made by the migrations too) show all of that in one row, for people who write SQL. Moments are
ISO 8601 in UTC. Numbers are this database's own and never leave it.
"""

import re
from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, TypeDecorator
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.types import BigInteger

_ESCAPE = re.compile("\x01(.)", re.DOTALL)
Number = BigInteger().with_variant(Integer(), "sqlite")


def escaped(value: str | None) -> str | None:
    """The text as the database holds it."""
    if value is None or ("\x00" not in value and "\x01" not in value):
        return value
    return value.replace("\x01", "\x01\x01").replace("\x00", "\x01\x02")


class AnyText(TypeDecorator[str]):
    """Text of any characters: U+0000, which PostgreSQL cannot hold, is kept as U+0001 U+0002, U+0001 as two of it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The text as the database holds it."""
        return escaped(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The text as it came."""
        if value is None or "\x01" not in value:
            return value
        return _ESCAPE.sub(lambda match: "\x00" if match[1] == "\x02" else "\x01", value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _number() -> Column[int]:
    return Column("number", Number, primary_key=True, autoincrement=False)


def _report(**options: Any) -> Column[int]:
    return Column("report", Number, ForeignKey("reports.number"), nullable=False, **options)


reports = Table(
    "reports",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("text", AnyText, nullable=False),
    Column("title", AnyText),
    Column("outlet", AnyText),
    Column("url", AnyText),
    Column("published", AnyText),
    Column("language", AnyText),
    Column("source", AnyText, nullable=False),
    Column("added", Text, nullable=False),
)
# Where else the same text stood, word for word: another address, outlet, title or day.
appearances = Table(
    "appearances",
    metadata,
    _number(),
    _report(index=True),
    Column("source", AnyText, nullable=False),
    Column("title", AnyText),
    Column("outlet", AnyText),
    Column("url", AnyText),
    Column("published", AnyText),
    Column("added", Text, nullable=False),
)
readings = Table(
    "readings",
    metadata,
    _number(),
    _report(unique=True),
    Column("truceline", AnyText, nullable=False),
    Column("model", AnyText, nullable=False),
    Column("model_sha256", AnyText, nullable=False),
    Column("sha256", Text, nullable=False),  # of the reading's JSON, as records.to_json gives it
    Column("added", Text, nullable=False),
)
records = Table(
    "records",
    metadata,
    _number(),
    Column("reading", Number, ForeignKey("readings.number", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", AnyText),
    Column("start", Number),
    Column("end", Number),
    Column("confidence", Float(53)),
    Column("record", Text, nullable=False),  # its JSON; control characters are escaped in there
    Unique("reading", "kind", "position"),
)
copies = Table(
    "copies",
    metadata,
    _report(primary_key=True, autoincrement=False),
    Column("of", Number, ForeignKey("reports.number"), nullable=False, index=True),
    Column("likeness", Float(53), nullable=False),
)
signatures = Table(
    "signatures",
    metadata,
    _report(primary_key=True, autoincrement=False),
    Column("signature", LargeBinary, nullable=False),
)
sources = Table(
    "sources",
    metadata,
    Column("source", AnyText, primary_key=True),
    Column("etag", AnyText),
    Column("last_modified", AnyText),
    Column("checked", AnyText),
    Column("position", AnyText),
    Column("failures", Integer, nullable=False),
)
# Append-only: triggers refuse to change or delete a row.
decisions = Table(
    "decisions",
    metadata,
    _number(),
    Column("at", AnyText, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("action", AnyText, nullable=False),
    Column("report", Number, ForeignKey("reports.number"), index=True),
    Column("kind", AnyText),
    Column("anchor", AnyText),
    Column("value", AnyText),
    Column("why", AnyText),
    Column("undoes", Number, ForeignKey("decisions.number")),
)
