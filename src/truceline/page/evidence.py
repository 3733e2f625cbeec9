"""The words that a record rests on: in come a report and spans, out go those words with a few more around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.page.lines import printable
from truceline.records import Report, Span

AROUND = 60
"""So many characters of the report are shown before and behind a record's own words."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span's own words on one printable line, what stands before and behind them, and the span itself.

    `before` and `behind` keep the blank between them and the words, and show by "…" that the paragraph goes on.
    """

    before: str
    words: str
    behind: str
    span: Span


def quoted(report: Report, spans: Sequence[Span]) -> list[Quoted]:
    """Each span once with its surroundings, in the order given; a span inside an earlier one is left out."""
    shown: list[Span] = []
    for span in spans:
        if not any(other.start <= span.start and span.end <= other.end for other in shown):
            shown.append(span)
    return [_quoted(report, span) for span in shown]


def _quoted(report: Report, span: Span) -> Quoted:
    text = report.text
    if text[span.start : span.end] != span.quote:  # the reading is not sound: its own words are all there is
        return Quoted("", printable(span.quote), "", span)
    start, end = _around(text, span)
    before, behind = text[start : span.start], text[span.end : end]
    head = "" if start == 0 or text[start - 1] == "\n" else "… "
    tail = "" if end == len(text) or text[end] == "\n" else " …"
    return Quoted(
        head + printable(before) + (" " if before[-1:].isspace() and before.strip() else ""),
        printable(span.quote),
        (" " if behind[:1].isspace() and behind.strip() else "") + printable(behind) + tail,
        span,
    )


def _around(text: str, span: Span) -> tuple[int, int]:
    """From and to where the surroundings go: within the paragraph, and never through a word."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - AROUND)
    line_end = text.find("\n", span.end)
    end = min(len(text) if line_end < 0 else line_end, span.end + AROUND)
    while 0 < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
