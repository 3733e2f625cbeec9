"""Parquet tables of reports: one report in each row, a few rows in memory at a time."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from truceline.read.articles import Draft
from truceline.read.freezing import is_iso_date
from truceline.read.received import Refused

# The column for each part of a report: our own name first, then those of the usual corpora of news.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "plain_text", "maintext", "main_text", "article_text", "full_text", "body", "content", "article"),
    "published": ("published", "published_date", "publish_date", "date_publish", "pub_date", "date"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source_name", "source", "domain", "sitename"),
    "url": ("url", "link", "requested_url", "address"),
    "id": ("id", "report_id", "article_id"),
}
_ROWS = 64
_BUFFER = 1 << 20  # bytes of a column at a time, however large a row group is


class Table:
    """An open Parquet table; `Refused` if it is none, or has no column with text."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        try:
            import pyarrow as arrow  # type: ignore[import-untyped]
            import pyarrow.parquet as parquet  # type: ignore[import-untyped]
        except ImportError as fault:
            raise Refused(
                "is a Parquet table, and the package that reads them is missing: pip install 'truceline[parquet]'"
            ) from fault
        self._faults: tuple[type[BaseException], ...] = (arrow.ArrowException, OSError, UnicodeDecodeError)
        try:
            self._file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
            schema = self._file.schema_arrow
        except self._faults as fault:
            raise Refused("is no sound Parquet table: get the file again") from fault
        names = {name.lower(): name for name in reversed(schema.names)}
        self._columns = {
            part: next((names[name] for name in known if name in names), None) for part, known in _COLUMNS.items()
        }
        text = self._columns["text"]
        if text is None:
            shown = ", ".join(map(repr, schema.names[:12])) + (" …" if len(schema.names) > 12 else "")
            raise Refused(f"has no column 'text', only {shown or 'no column at all'}: rename the one with the text")
        if not _holds_text(schema.field(text).type):
            raise Refused(f"has a column {text!r} that holds {schema.field(text).type}, not text: name another 'text'")

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return int(self._file.metadata.num_rows)

    def drafts(self) -> Iterator[tuple[int, str | None, Draft | None]]:
        """Each row's number from 1, its own id if it has one, and its report; null where the text is missing.

        `Refused` after the last row that can be read, if the table is damaged.
        """
        wanted = [name for name in self._columns.values() if name is not None]
        number = 0
        try:
            for batch in self._file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield number, *self._report({part: row.get(name) for part, name in self._columns.items() if name})
        except self._faults as fault:
            raise Refused(f"is damaged after row {number}: get the file again; the rows before it are read") from fault

    def _report(self, row: dict[str, Any]) -> tuple[str | None, Draft | None]:
        own_id = None if row.get("id") is None else str(row["id"])
        if not isinstance(row["text"], str):
            return own_id, None
        day, notices = _day(row.get("published"))
        title, outlet, url = (_string(row.get(part)) for part in ("title", "outlet", "url"))
        return own_id, Draft(row["text"], title=title, outlet=outlet, url=url, published=day, notices=notices)


def _holds_text(kind: Any) -> bool:
    import pyarrow.types as types  # type: ignore[import-untyped]

    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: Any) -> tuple[str | None, tuple[str, ...]]:
    if value is None or value == "":
        return None, ()
    if isinstance(value, datetime):
        return value.date().isoformat(), ()
    if isinstance(value, date):
        return value.isoformat(), ()
    text = str(value).strip()
    if is_iso_date(text[:10]) and text[10:11] in {"", "T", " "}:
        return text[:10], ()
    return None, (f"The publication date {text[:40]!r} is not of the form YYYY-MM-DD and was left out.",)
