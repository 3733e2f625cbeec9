"""Quotations: which characters of a text stand inside quotation marks.

Curly, straight, angled and single marks; a paragraph that ends inside a quotation goes on in the next one if that
begins with a mark, and otherwise the quotation ends with it, so that one forgotten mark never swallows a report.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(r"[“”«»„\"‘’']|``|''|\n\s*")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "``": "''", '"': '"', "‘": "’", "'": "'"}
_SINGLE = "‘’'"
_FAR = 2000  # characters in which a straight single mark must be closed
_ENDS = frozenset(' \t\n\r\f\v.,;:!?)]}—–-…"”»')


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quoted ranges of one text, marks included, in order and without overlap."""

    ranges: list[tuple[int, int]]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The quoted stretches of the characters from `start` to `end`, in order."""
        for i in range(max(0, bisect_right(self.ranges, (start, 1 << 60)) - 1), len(self.ranges)):
            s, e = self.ranges[i]
            if s >= end:
                break
            if e > start:
                yield max(s, start), min(e, end)

    def covering(self, start: int, end: int) -> int:
        """How many of the characters from `start` to `end` are quoted."""
        return sum(e - s for s, e in self.within(start, end))

    def at(self, place: int) -> tuple[int, int] | None:
        """The quotation in which the character at `place` stands, if any."""
        i = bisect_right(self.ranges, (place, 1 << 60)) - 1
        return self.ranges[i] if i >= 0 and self.ranges[i][1] > place else None


def find_quotations(text: str) -> Quotations:
    """The quotations of a text; quotations inside quotations belong to the outer one."""
    ranges: list[tuple[int, int]] = []
    closers = [m.start() for m in re.finditer("'", text) if _closes_single(text, m.start(), m.end())]
    opened: int | None = None
    closing = ""
    for found in _MARKS.finditer(text):
        mark, at, end = found[0], found.start(), found.end()
        if mark[0] == "\n":
            if opened is not None:
                _keep(text, ranges, opened, at)
                opened = None
        elif opened is None:
            if mark in _PAIRS and _opens(text, at, end, mark, closers):
                opened, closing = at, _PAIRS[mark]
        elif mark in closing and (mark not in _SINGLE or _closes_single(text, at, end)):
            ranges.append((opened, end))
            opened = None
    if opened is not None:
        _keep(text, ranges, opened, len(text))
    return Quotations(ranges)


def _opens(text: str, at: int, end: int, mark: str, closers: list[int]) -> bool:
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    if mark == "«":
        return True  # French sets a space behind it
    if after.isspace() or (before.isalnum() and mark in "\"'»"):
        return False
    return mark != "'" or _closing_ahead(text, end, closers)


def _closing_ahead(text: str, end: int, closers: list[int]) -> bool:
    """A straight single mark is an apostrophe ("'90s") unless another one closes it in the same line."""
    i = bisect_right(closers, end - 1)
    return i < len(closers) and closers[i] - end <= _FAR and "\n" not in text[end : closers[i]]


def _closes_single(text: str, at: int, end: int) -> bool:
    """A single mark closes a quotation behind a word or stop and before a space or stop; else it is an apostrophe."""
    if not at or text[at - 1].isspace() or not (end >= len(text) or text[end] in _ENDS):
        return False
    # "the rebels' demand": a plural's apostrophe stands between letters and a word that goes on in lower case.
    plural = text[at - 1] == "s" and re.match(r" [a-z]", text[end : end + 2]) is not None
    return not plural


def _keep(text: str, ranges: list[tuple[int, int]], opened: int, end: int) -> None:
    """A quotation that its paragraph leaves open counts to the paragraph's end, unless it is a single mark."""
    if text[opened] in _SINGLE:
        return
    stripped = opened + len(text[opened:end].rstrip())
    if stripped - opened > 1:
        ranges.append((opened, stripped))
