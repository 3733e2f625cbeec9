"""Lines: which line breaks end a paragraph, a headline or a list item, and which only wrap a long line.

What comes in is a text; what goes out is a list of character ranges that tile it, each without a break that a reader
would see. A text wrapped at a fixed width is known by two signs: most lines are full (the next line's first word would
not have fitted), and many lines begin with a small letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]\s*")
_ONE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S{1,100}")
_LAST_WORD = re.compile(r"\S{1,40}\Z")
_LIST_ITEM = re.compile(r"[-–—•·*▪●○◦‣►>+]\s|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\s|\d{1,2}[:.]\d\d\b")
_SHORTEST_WRAP, _LONGEST_WRAP = 40, 140  # columns
# A line that ends in one of these goes on in the next, whatever begins it.
_GOES_ON = frozenset(
    "a an the of to in on at by for from with and or nor but as that which who whose than into between against under "
    "his her its their our my your is are was were has have had be been will would not Mr. Mrs. Ms. Dr. Gen.".split()
)


@dataclass(slots=True)
class _Line:
    start: int
    end: int  # without white space at the end
    following: int  # where the next line begins
    breaks: int  # line breaks between the two


def split_blocks(text: str) -> list[tuple[int, int]]:
    """Half-open ranges (code points) of the paragraphs, headlines and list items of a text; they tile it.

    Blank lines always part; a single line break parts unless the line only wraps. White space belongs to the block
    before it. An empty text has no block.
    """
    if not text:
        return []
    lines = _lines(text)
    width = _wrap_width(text, lines)
    cuts = [line.following for line in lines[:-1] if line.breaks > 1 or not _wraps(text, line, width)]
    begun = _FIRST_WORD.search(text)
    if begun is None:
        return [(0, len(text))]
    cuts = [cut for cut in cuts if cut > begun.start()]
    starts = [0, *cuts]
    return list(zip(starts, [*cuts, len(text)], strict=True))


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for found in _BREAK.finditer(text):
        breaks = len(_ONE_BREAK.findall(found[0]))
        end = found.start()
        while end > start and text[end - 1] in " \t\u00a0":
            end -= 1
        lines.append(_Line(start, end, found.end(), breaks))
        start = found.end()
    if start < len(text):
        lines.append(_Line(start, len(text), len(text), 0))
    return lines


def _first_word(text: str, line: _Line) -> str:
    word = _FIRST_WORD.match(text, line.following)
    return word[0] if word else ""


def _wrap_width(text: str, lines: list[_Line]) -> int | None:
    """The width at which the text is wrapped, in characters; None where its line breaks are meant."""
    inner = [line for line in lines[:-1] if line.breaks == 1]
    if len(inner) < 2:
        return None
    lengths = sorted(line.end - line.start for line in inner)
    width = lengths[-1 - len(lengths) // 50]  # one line in fifty may stick out: an address, a table
    if not _SHORTEST_WRAP <= width <= _LONGEST_WRAP:
        return None
    full = sum(_is_full(text, line, width) for line in inner)
    small = sum(text[line.following].islower() for line in inner)
    return width if full >= 0.5 * len(inner) and small >= 0.3 * len(inner) else None


def _is_full(text: str, line: _Line, width: int) -> bool:
    return line.end - line.start + 1 + len(_first_word(text, line)) > width


def _wraps(text: str, line: _Line, width: int | None) -> bool:
    """Whether the single break after the line stands for a space."""
    if _LIST_ITEM.match(text, line.following):
        return False
    if width is not None and _is_full(text, line, width):
        return True
    last = text[line.end - 1] if line.end > line.start else ""
    if not last or last in '.!?:;…”"»)。！？':
        return False
    if text[line.following].islower():
        return True
    word = _LAST_WORD.search(text[max(line.start, line.end - 40) : line.end])
    return last == "," or (word is not None and word[0] in _GOES_ON)
