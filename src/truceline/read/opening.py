"""Open what the user names as one stream of bytes, decompressed, and tell what kind of thing it is."""

import gzip
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, cast
from urllib.parse import urlsplit

from truceline.read.decoding import decode, utf16_marked
from truceline.read.fetching import fetch
from truceline.read.freezing import frozen
from truceline.read.naming import file_stem, url_slug
from truceline.read.received import Refused
from truceline.settings import Settings

Kind = Literal["text", "html", "json", "jsonl"]
STANDARD_INPUT = "-"
_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_MEDIA_KINDS: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/json": "json", "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl", "application/x-jsonlines": "jsonl",
}  # fmt: skip
_HEAD = 4096
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|article|main|div|p)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_JSON_LINE_START = re.compile(r'\s*\{[ \t]*"')
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{)')


@dataclass(frozen=True, slots=True)
class Opened:
    """An open source: its bytes, the kind of thing they are, the stem for names, where and how it was sent."""

    stream: io.BufferedIOBase
    kind: Kind
    stem: str
    url: str | None = None
    charset: str | None = None


def is_url(source: str) -> bool:
    """Whether the source names a page of the web."""
    return source.lower().startswith(("http://", "https://"))


@contextmanager
def opened(source: str, settings: Settings) -> Iterator[Opened]:
    """The source, open; `Refused` if it cannot be."""
    with ExitStack() as closing:
        if source == STANDARD_INPUT:
            stream, head = _unpacked(cast(io.BufferedIOBase, sys.stdin.buffer))
            kind, stem, url, charset = _sniffed(head), "stdin", None, None
        elif is_url(source):
            page = fetch(source, settings)
            stream, head = _unpacked(io.BytesIO(page.body))
            kind = _MEDIA_KINDS.get(page.media_type) or _kind(urlsplit(page.url).path, head)
            stem, url, charset = url_slug(page.url), page.url, page.charset
        else:
            stream, head = _unpacked(closing.enter_context(_file(source)))
            kind, stem, url, charset = _kind(source, head), file_stem(source), None, None
        if kind == "jsonl" and utf16_marked(head):  # as some tools of Windows write it: converted as a whole
            text, _ = decode(read_all(stream, settings.report_limit_bytes))
            stream = io.BytesIO(frozen(text)[0].encode("utf-8"))
        yield Opened(stream, kind, stem, url, charset)


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
        if stat.S_ISDIR(os.stat(source).st_mode):
            raise Refused("is a folder: name the files in it")
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
    """The stream from its beginning, decompressed if it was compressed with gzip, and its first bytes."""
    head = stream.read(_HEAD)
    whole = io.BufferedReader(_Rejoined(head, stream), buffer_size=65_536)
    if not head.startswith(b"\x1f\x8b"):
        return whole, head
    inside = gzip.GzipFile(fileobj=whole)
    head = inside.read(_HEAD)
    return io.BufferedReader(_Rejoined(head, inside), buffer_size=65_536), head


def _kind(path: str, head: bytes) -> Kind:
    """What the ending of the name says, and without one that is known, what the first bytes say."""
    return _KINDS.get(PurePath(path.lower().removesuffix(".gz")).suffix) or _sniffed(head)


def _start(head: bytes) -> str:
    if utf16_marked(head):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _sniffed(head: bytes) -> Kind:
    start = _start(head)
    if _JSON_LINE_START.match(start):
        return "jsonl"
    if _JSON_START.match(start):
        return "json"
    return "html" if _HTML_START.match(start) else "text"


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
