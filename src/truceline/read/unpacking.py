"""Compressed sources as streams of plain bytes, which give everything that stands before a fault."""

import gzip
import io
import zlib
from typing import Any, Protocol, cast

# At a fault FastWARC throws away what it has of the piece that was asked for.
_STEP = 2048


class _Bytes(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """The bytes inside; `EOFError` where they break off, `gzip.BadGzipFile` or `zlib.error` where they are damaged.

    A fault is raised again by every later read, so that nobody takes it for the end.
    """

    def __init__(self, inside: _Bytes) -> None:
        self._inside = inside
        self._fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._fault is not None:
            raise self._fault
        try:
            part = self._inside.read1(len(buffer))
        except (EOFError, OSError, zlib.error) as fault:
            self._fault = fault
            raise
        buffer[: len(part)] = part
        return len(part)


def gunzipped(stream: io.BufferedIOBase) -> Unpacked:
    """The bytes inside a stream that was compressed with gzip."""
    return Unpacked(gzip.GzipFile(fileobj=stream))


def unzstandarded(stream: io.BufferedIOBase) -> Unpacked:
    """The bytes inside a stream that was compressed with zstd, frame after frame."""
    return Unpacked(_Zstandard(stream))


class _Zstandard:
    def __init__(self, stream: _Bytes) -> None:
        from fastwarc.stream_io import ZstdReader

        self._source = Unseekable(stream)
        self._inside = ZstdReader(cast(Any, self._source))

    def read1(self, size: int = -1, /) -> bytes:
        try:
            part = self._inside.read(min(size, _STEP))
        except OSError as fault:
            raise self._source.fault or (EOFError if "incomplete" in str(fault) else zlib.error)(str(fault)) from fault
        if not part and self._source.fault:
            raise self._source.fault
        return part


class Unseekable:
    """A stream for FastWARC, which takes an exception inside its calls badly: they are kept here and end the stream."""

    def __init__(self, stream: _Bytes) -> None:
        self._stream = stream
        self._at = 0
        self.fault: Exception | None = None
        self.last = b""
        """The last few bytes that were read."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end, and none after a fault."""
        if self.fault:
            return b""
        try:
            part = self._stream.read1(size)  # never more than one step, so that a fault costs nothing before it
        except Exception as fault:
            self.fault = fault
            return b""
        self._at += len(part)
        self.last = (self.last + part[-4:])[-4:]
        return part

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._at
