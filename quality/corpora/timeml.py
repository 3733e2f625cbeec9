"""TimeML: a news text with TIMEX3 tags around its time expressions, and the date on which it was written.

Only what stands inside `TEXT` is the text; headlines and slugs in `TITLE` and `EXTRAINFO` carry no annotation.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_BARE_AMPERSAND = re.compile(rb"&(?![A-Za-z]+;|#\d+;|#x[0-9A-Fa-f]+;)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression: its characters, its TIMEX3 type (DATE, TIME, DURATION, SET) and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text, the ISO date of its writing if it is given to the day, and its time expressions in order."""

    name: str
    text: str
    published: str | None
    times: list[Timex]


def read_timeml(folder: Path) -> list[TimedText]:
    """The documents in every `.tml` file under the folder, sorted by name; a name that comes twice is read once."""
    files = {path.stem: path for path in sorted(folder.rglob("*.tml"), reverse=True)}
    return [read_timeml_file(files[name]) for name in sorted(files)]


def read_timeml_file(path: Path) -> TimedText:
    """The document in one file; `ValueError` if it is no XML or has no `TEXT`."""
    root = _parse(path)
    body = next((element for element in root.iter() if _tag(element) == "TEXT"), None)
    if body is None:
        raise ValueError(f"{path}: no TEXT element; a TimeML document has one")
    pieces: list[str] = []
    times: list[Timex] = []
    _walk(body, pieces, times, 0)
    text = "".join(pieces)
    trimmed = (_trimmed(time, text) for time in times)
    return TimedText(
        path.stem,
        text,
        _published(root),
        sorted((t for t in trimmed if t.start < t.end), key=lambda t: (t.start, t.end)),
    )


def _parse(path: Path) -> ElementTree.Element:
    raw = path.read_bytes()
    try:
        return ElementTree.fromstring(raw)
    except ElementTree.ParseError as fault:
        try:  # a bare ampersand is the one fault known from older releases
            return ElementTree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", raw))
        except ElementTree.ParseError:
            raise ValueError(f"{path}: not well-formed XML ({fault})") from None


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _walk(element: ElementTree.Element, pieces: list[str], times: list[Timex], at: int) -> int:
    """Appends the element's text and time expressions; returns the offset behind it."""
    start = at
    if isinstance(element.tag, str):  # comments have no text of the document
        at = _append(element.text, pieces, at)
        for child in element:
            at = _walk(child, pieces, times, at)
            at = _append(child.tail, pieces, at)
    if _tag(element) == "TIMEX3" and element.get("functionInDocument") != "CREATION_TIME":
        times.append(Timex(start, at, element.get("type", ""), element.get("value", "")))
    return at


def _append(text: str | None, pieces: list[str], at: int) -> int:
    pieces.append(text or "")
    return at + len(text or "")


def _trimmed(time: Timex, text: str) -> Timex:
    quote = text[time.start : time.end]
    start = time.start + len(quote) - len(quote.lstrip())
    return Timex(start, max(start, time.end - len(quote) + len(quote.rstrip())), time.type, time.value)


def _published(root: ElementTree.Element) -> str | None:
    for element in root.iter():
        if _tag(element) == "TIMEX3" and element.get("functionInDocument") == "CREATION_TIME":
            day = _DAY.match(element.get("value", ""))
            return day[0] if day else None
    return None
