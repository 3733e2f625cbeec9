"""Open what the user names as one stream of bytes, decompressed, and tell what kind of thing it is."""

import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, cast
from urllib.parse import urlsplit

from truceline.read.decoding import decode, utf16_marked
from truceline.read.fetching import Page, fetch
from truceline.read.freezing import frozen
from truceline.read.naming import file_stem, url_slug
from truceline.read.received import Refused
from truceline.read.unpacking import gunzipped, unzstandarded
from truceline.settings import Settings

Kind = Literal["text", "html", "json", "jsonl", "feed", "opml", "parquet", "warc", "xml"]
STANDARD_INPUT = "-"
_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".rss": "feed", ".atom": "feed", ".opml": "opml", ".parquet": "parquet",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
_MEDIA_KINDS: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/json": "json", "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl", "application/x-jsonlines": "jsonl", "application/rss+xml": "feed",
    "application/atom+xml": "feed", "application/rdf+xml": "feed", "text/x-opml": "opml",
}  # fmt: skip
IN_FOLDERS = frozenset(_KINDS) - {".opml"} | {".xml"}
"""Endings of the files that are read where a folder is named; OPML would lead onto the network."""
PACKED = (".gz", ".zst")
_HEAD = 4096
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(\w+)(?=[\s/>])")
_ROOTS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "RDF": "feed", "opml": "opml",
    **dict.fromkeys(("html", "head", "body", "article", "main", "div", "p"), "html"),
}  # fmt: skip
_ASIDES = (("<?", "?>"), ("<!--", "-->"))
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_JSON_LINE_START = re.compile(r'\s*\{[ \t]*"')
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{)')


@dataclass(frozen=True, slots=True)
class Opened:
    """An open source: its bytes, the kind of thing they are, the stem for names; its page where it is one."""

    stream: io.BufferedIOBase
    kind: Kind
    stem: str
    page: Page | None = None
    seekable: io.BufferedIOBase | None = None
    """The same bytes where they can be read in any order: a file that is not compressed, or a page."""

    @property
    def url(self) -> str | None:
        """The address from which it came."""
        return self.page.url if self.page else None

    @property
    def charset(self) -> str | None:
        """The encoding that the server declared."""
        return self.page.charset if self.page else None


def is_url(source: str) -> bool:
    """Whether the source names a page of the web."""
    return source.lower().startswith(("http://", "https://"))


@contextmanager
def opened(source: str, settings: Settings, *, page: Page | None = None) -> Iterator[Opened]:
    """The source, open; `Refused` if it cannot be. An address is fetched unless its `page` is given."""
    with ExitStack() as closing:
        raw: io.BufferedIOBase | None = None
        if source == STANDARD_INPUT:
            stream, head = _unpacked(cast(io.BufferedIOBase, sys.stdin.buffer))
            kind, stem = _sniffed(head), "stdin"
        elif is_url(source):
            page = page or fetch(source, settings)
            stream, head = _unpacked(raw := io.BytesIO(page.body))
            kind = _MEDIA_KINDS.get(page.media_type) or _kind(urlsplit(page.url).path, head)
            stem = url_slug(page.url)
        else:
            stream, head = _unpacked(raw := closing.enter_context(_file(source)))
            kind, stem = _kind(source, head), file_stem(source)
        if kind == "jsonl" and utf16_marked(head):  # as some tools of Windows write it: converted as a whole
            text, _ = decode(read_all(stream, settings.report_limit_bytes))
            stream = io.BytesIO(frozen(text)[0].encode("utf-8"))
        yield Opened(stream, kind, stem, page, _seekable(raw) if kind == "parquet" else None)


def _seekable(raw: io.BufferedIOBase | None) -> io.BufferedIOBase | None:
    """The table at its beginning, if it is not compressed and its bytes can be read in any order."""
    if raw is None or not raw.seekable():
        return None
    raw.seek(0)
    compressed = raw.read(4).startswith((_GZIP, _ZSTD))
    raw.seek(0)
    return None if compressed else raw


def read_all(stream: io.BufferedIOBase, limit: int) -> bytes:
    """All bytes of the stream; `Refused` if they are more than `limit`, or the compressed file is broken."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refused(f"is larger than {limit:,} bytes: split it, or raise the setting report_limit_bytes")
    return data


def is_pipe(source: str) -> bool:
    """Whether the source can be read only once: standard input, a named pipe, a device."""
    if source == STANDARD_INPUT:
        return True
    try:
        mode = os.stat(source).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _file(source: str) -> io.BufferedIOBase:
    if scheme := _SCHEME.match(source):
        raise Refused(f"is an address of the kind {scheme[1]}://: only http and https can be fetched; name a file")
    try:
        return open(source, "rb")
    except FileNotFoundError as fault:
        raise Refused("does not exist: check the path") from fault
    except PermissionError as fault:
        raise Refused("may not be read by you: change its permissions or copy it") from fault
    except OSError as fault:
        raise Refused(f"cannot be opened ({fault.strerror}): check the path") from fault
    except ValueError as fault:
        raise Refused("is not a path: check it") from fault


def _unpacked(stream: io.BufferedIOBase) -> tuple[io.BufferedIOBase, bytes]:
    """The stream from its beginning, decompressed if it was compressed with gzip or zstd, and its first bytes."""
    head = stream.read(_HEAD)
    whole = io.BufferedReader(_Rejoined(head, stream), buffer_size=65_536)
    if head.startswith(_GZIP):
        inside = gunzipped(whole)
    elif head.startswith(_ZSTD):
        inside = unzstandarded(whole)
    else:
        return whole, head
    head = b""
    with suppress(EOFError, OSError, zlib.error):  # whoever reads that far is told again
        while len(head) < _HEAD and (part := inside.read(_HEAD)):
            head += part
    rest = io.BufferedReader(inside, buffer_size=65_536)
    return io.BufferedReader(_Rejoined(head, rest), buffer_size=65_536), head


def _kind(path: str, head: bytes) -> Kind:
    """What the ending of the name says, and without one that is known, what the first bytes say."""
    return _KINDS.get(ending(path)) or _sniffed(head)


def ending(path: str) -> str:
    """The ending of a file's name in small letters, without those of compression: `.jsonl` of `A.JSONL.gz`."""
    name = PurePath(path.lower())
    return PurePath(name.stem if name.suffix in PACKED else name).suffix


def _start(head: bytes) -> str:
    if utf16_marked(head):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _sniffed(head: bytes) -> Kind:
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(_PARQUET):
        return "parquet"
    start = _start(head)
    if _JSON_LINE_START.match(start):
        return "jsonl"
    if _JSON_START.match(start):
        return "json"
    return _marked_up(start)


def _marked_up(start: str) -> Kind:
    """What the first element says, behind declarations and comments: a feed, HTML, some other XML, or no markup."""
    rest = start.lstrip()
    while rest.startswith(("<?", "<!")):
        if re.match(r"<!doctype\s+html", rest, re.IGNORECASE):
            return "html"
        close = next((close for opening, close in _ASIDES if rest.startswith(opening)), ">")
        if close == ">" and "[" in rest.partition(">")[0]:  # a document type with declarations inside
            close = "]>"
        rest = rest.partition(close)[2].lstrip()
    root = _ROOT.match(rest)
    name = root[1] if root else ""
    known = _ROOTS.get(name) or _ROOTS.get(name.lower())
    return known or ("xml" if start.lstrip().startswith("<?xml") else "text")


class _Rejoined(io.RawIOBase):
    """Bytes already taken from a stream, and then the rest of it."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] or self._rest.read1(len(buffer))
        self._head = self._head[len(part) :]
        buffer[: len(part)] = part
        return len(part)
