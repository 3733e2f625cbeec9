"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without their mark, the older Western and other encodings.

What is no text at all (PDF, images, archives, programs) is refused by its first bytes or by its control characters.
"""

import codecs
import re
import unicodedata

from truceline.read.freezing import REPLACEMENT
from truceline.read.received import Refused

_AS_TEXT = "save its text as a .txt file and read that"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", f"is a PDF document: {_AS_TEXT}"),
    (b"{\\rtf", f"is an RTF document: {_AS_TEXT}"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"is an Office document: {_AS_TEXT}"),
    (b"PK\x03\x04", f"is a ZIP archive or an Office document: unpack it, or {_AS_TEXT}"),
    (b"PK\x05\x06", "is an empty ZIP archive: name a text, HTML or JSONL file"),
    (b"Rar!\x1a\x07", "is a RAR archive: unpack it and name the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive: unpack it and name the files in it"),
    (b"\x1f\x8b", "is compressed twice with gzip: unpack it first"),
    (b"BZh", "is compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\0", "is compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd: unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "is an image: name a text, HTML or JSONL file"),
    (b"\xff\xd8\xff", "is an image: name a text, HTML or JSONL file"),
    (b"GIF8", "is an image: name a text, HTML or JSONL file"),
    (b"\x7fELF", "is a program: name a text, HTML or JSONL file"),
    (b"MZ\x90\0", "is a program: name a text, HTML or JSONL file"),
    (b"SQLite format 3\0", "is a database: name a text, HTML or JSONL file"),
)  # fmt: skip
_MARKS: tuple[tuple[bytes, str], ...] = (  # UTF-32 before UTF-16, whose little-endian mark begins its own
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 65_536
_BINARY = "is not text (it has bytes that no text has): name a text, HTML or JSONL file"


def decode(data: bytes, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text that the bytes hold, without a byte order mark, and notices about what was guessed or replaced.

    `charset` is what the sender declared, used if the bytes agree with it. `Refused` if the bytes are no text.
    """
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(reason)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_marked(data[len(mark) :], encoding)
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 10:
        if len(data) % 2 == 0 and (unmarked := _unmarked_utf16(sample)):
            return _as_marked(data, unmarked)
        raise Refused(_BINARY)
    if charset and (text := _as_declared(data, charset)) is not None:
        return text, ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _as_damaged_utf8(data) or _as_legacy(data)


def utf16_marked(head: bytes) -> bool:
    """Whether these first bytes of a file are a UTF-16 (or UTF-32) byte order mark."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))


def _as_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        # Lone surrogates pass here, to be replaced and counted when the text is frozen.
        return data.decode(encoding, "surrogatepass"), ()
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), (_replaced(encoding.upper().removesuffix("-LE").removesuffix("-BE")),)


def _as_declared(data: bytes, charset: str) -> str | None:
    # On the web Latin-1 and ASCII mean Windows-1252 (WHATWG Encoding Standard, section 4.2).
    western = charset.strip().lower() in {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"}
    try:
        return data.decode("cp1252" if western else charset.strip())
    except (LookupError, ValueError):
        return None


def _unmarked_utf16(sample: bytes) -> str | None:
    """The byte order in which the sample is UTF-16 text, if it is: the one that gives spaces and Latin letters."""
    best: tuple[float, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")[:4096]
        plain = sum(" " <= character <= "~" or character in "\t\n\r" for character in text) / (len(text) or 1)
        odd = sum(character == REPLACEMENT or unicodedata.category(character) in _ODD for character in text)
        if plain >= 0.02 and odd <= 0.02 * len(text) and (best is None or plain > best[0]):
            best = plain, encoding
    return best and best[1]


_ODD = frozenset({"Cn", "Co", "Cs"})


def _as_damaged_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few broken bytes: far more characters beyond ASCII came out whole than broken."""
    text = data.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    whole = len(re.findall("[^\0-\x7f\ufffd]", text))
    return (text, (_replaced("UTF-8"),)) if whole >= 4 * broken else None


def _as_legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(128, 256))))
    encoding = "cp1252"
    if beyond_ascii > 0.15 * len(data):  # more than any Western language has: another script
        from charset_normalizer import from_bytes

        guess = from_bytes(data[:_SAMPLE]).best()
        if guess is None:
            raise Refused(_BINARY)
        encoding = guess.encoding
    text = data.decode(encoding, "replace")
    label = "Windows-1252 (Latin-1)" if encoding == "cp1252" else encoding
    return text, (f"The text is not in UTF-8 and was read as {label}; check that its letters are right.",)


def _replaced(encoding: str) -> str:
    return f"Bytes that are not valid {encoding} were replaced by U+FFFD."
