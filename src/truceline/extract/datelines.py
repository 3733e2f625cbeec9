"""Datelines: where a report was written, before its first words: "JUBA, May 21 (AFP) – ". The place acts as nobody."""

import re
from dataclasses import dataclass

from truceline.annotate import Annotation

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][A-Z.'’]+(?:[ /-]+[A-Z][A-Z.'’]+){0,3})"  # in capitals: "ADEN/SANAA", "NEW YORK"
    r"(?:,[ \t][A-Z\d][\w. ]{1,25}?(?:,[ \t]\d{4})?)?"  # the country or the day
    r"(?:[ \t]*\([^)\n]{2,40}\))?"  # the agency
    r"[ \t]*(?:--|[–—]|-(?=\s))",
    re.MULTILINE,
)
_PARAGRAPHS = 4  # of a report's beginning, in which a dateline may stand


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words of a dateline, half-open; the report's own words begin at `end`, the place ends at `place_end`."""

    first: int
    place_end: int
    end: int


def datelines(a: Annotation) -> list[Dateline]:
    """The datelines at the head of the report's first paragraphs."""
    text = a.report.text
    starts = [0]
    while len(starts) < _PARAGRAPHS and (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    found = []
    for start in starts:
        dateline = _DATELINE.match(text, start)
        if dateline is not None:
            first = int(a.ends.searchsorted(dateline.start("place"), side="right"))
            ends = (int(a.starts.searchsorted(dateline.end(group))) for group in ("place", 0))
            found.append(Dateline(first, *ends))
    return found
