"""Web archives (WARC, ISO 28500): the pages in them that hold an article, one after the other.

Plain or compressed with gzip or zstd. What was captured besides articles (images, scripts, overviews) is counted only.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from truceline.read.articles import Draft, article
from truceline.read.decoding import decode
from truceline.read.received import Refused
from truceline.read.unpacking import Unseekable

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ENDS = (b"\r\n\r\n", b"\n\n")


@dataclass(slots=True)
class Archive:
    """The articles of one archive; what was passed over is counted while they are read."""

    stream: io.BufferedIOBase
    limit: int
    pages: int = 0
    other: int = 0
    without_article: int = 0
    damaged: int = 0
    too_large: int = 0
    _source: Unseekable = field(init=False)

    def __post_init__(self) -> None:
        self._source = Unseekable(self.stream)

    def drafts(self) -> Iterator[Draft]:
        """Each article with the address from which it was captured.

        `Refused` at the end, after all that can be read, if the archive breaks off, is damaged or is none.
        """
        records = 0
        try:
            for record in self._records():
                records += 1
                draft = self._draft(record)
                if draft is not None:
                    self.pages += 1
                    yield draft
        except EOFError as fault:
            raise Refused(f"breaks off after {_counted(records)}: get the file again; {_KEPT}") from fault
        except OSError as fault:
            raise Refused(f"is damaged after {_counted(records)} ({fault}): get the file again; {_KEPT}") from fault
        if not records:
            raise Refused("holds no captured pages: name a WARC file with records of the type response or conversion")

    def passed_over(self) -> str | None:
        """How many records were passed over and why, as the rest of a sentence; null if none was."""
        counts = (
            (self.other, "no page"), (self.without_article, "a page without an article"), (self.damaged, "damaged"),
            (self.too_large, f"larger than {self.limit:,} bytes"),
        )  # fmt: skip
        parts = [f"{count:,} {what}" for count, what in counts if count]
        return f"holds records that were passed over: {', '.join(parts)}" if parts else None

    def _records(self) -> Iterator[Any]:
        """The records that may be pages; `EOFError` if the archive ends inside one."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
        yield from ArchiveIterator(cast(Any, self._source), record_types=wanted, parse_http=False, stream_detect=False)
        if self._source.fault is not None:
            raise self._source.fault
        if self._source.tell() and not self._source.last.endswith(_ENDS):
            raise EOFError

    def _draft(self, record: Any) -> Draft | None:
        """The article in the record, or null, counted, if it holds none."""
        if record.content_length > self.limit:
            self.too_large += 1
            return None
        block = _whole(record.reader, record.content_length)
        if len(block) < record.content_length:
            raise EOFError
        try:
            media_type, charset, body = self._content(record, block)
        except (OSError, ValueError):
            self.damaged += 1
            return None
        if len(body) > self.limit:
            self.too_large += 1
            return None
        url = record.headers.get("WARC-Target-URI", "").strip("<>")
        address = url if url.lower().startswith(("http://", "https://")) else None
        try:
            if media_type in _HTML:
                return article(body, url=address, charset=charset)
            if media_type == "text/plain":
                text, notices = decode(body, charset)
                return Draft(text, url=address, notices=notices) if text.strip() else None
        except Refused:
            self.without_article += 1
            return None
        self.other += 1
        return None

    def _content(self, record: Any, block: bytes) -> tuple[str, str | None, bytes]:
        """Media type, charset and content of a record, as the server sent it and decompressed."""
        if not record.is_http:
            media_type = record.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return media_type, None, block
        from fastwarc.warc import WarcRecord, WarcRecordType

        # A record of its own: one that fails inside the archive ends the archive.
        alone = WarcRecord()
        alone.init_headers(WarcRecordType.response, content_length=len(block))
        alone.set_bytes_content(block)
        alone.is_http = True
        alone.parse_http(auto_decode="all")
        headers = alone.http_headers
        if headers is None or headers.status_code != 200:
            return "", None, b""
        return (alone.http_content_type or "").lower(), alone.http_charset, _whole(alone.reader, self.limit + 1)


_KEPT = "what comes before is read"


def _whole(reader: Any, limit: int) -> bytes:
    """Everything that the reader gives, up to `limit` bytes; it gives it in pieces."""
    pieces = []
    while limit > 0 and (piece := reader.read(limit)):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _counted(records: int) -> str:
    return "1 record" if records == 1 else f"{records:,} records"
