"""One record as a page: its words in their context, its fields, and what people said of it; and lists as lines."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.text import Text

from truceline.page import page_width, printable
from truceline.records import Reading, Report, Span
from truceline.review import Agreement, Decision, Item, KindName, Waiting, field_words
from truceline.review.kinds import own_spans, packed

AROUND = 220
"""So many characters of the report are shown before and behind a record's own words."""
MOST_PLACES = 4
"""Of a record that the report names in many places, so many are shown."""
NOT_SHOWN = ("id", "confidence")
_MARKS = {True: ("[[", "]]"), False: ("⟦", "⟧")}


def desk_console(*, no_color: bool) -> Console:
    """Standard output as a console of the width of a page."""
    console = Console(no_color=True if no_color else None, highlight=False, emoji=False, markup=False)
    console.width = page_width(os.environ.get("COLUMNS"), console.width, console.is_terminal)
    return console


def print_record(console: Console, reading: Reading, item: Item, *, where: str) -> None:
    """Prints the record: `where` in the queue, the report, the words in their context, the fields, what was decided.

    The record's own words stand between marks and in bold, other words that it points at (cue, speaker) are underlined.
    """
    report = reading.report
    facts = [
        where,
        f"{item.kind} {getattr(item.record, 'id', '')}".rstrip(),
        None if item.confidence is None else f"confidence {item.confidence:.2f}",
        printable(report.title or "") or None,
        report.published,
    ]
    console.print()
    console.print(Text(" · ".join(fact for fact in facts if fact), style="bold"))
    for stretch in _context(report, item, console.options.ascii_only):
        _print_indented(console, stretch)
    names = [field.name for field in fields(item.record) if field.name not in NOT_SHOWN]
    width = max(map(len, names))
    for name in names:
        value = printable(field_words(reading, item.kind, item.record, name))
        _print_indented(console, Text.assemble((f"{name:<{width}}  ", "dim"), value))
    for line in _said(item):
        _print_indented(console, Text(line, style="yellow"))


def _print_indented(console: Console, text: Text) -> None:
    for line in text.wrap(console, max(console.width - 2, 1)):
        line.rstrip()
        console.print(Text("  ") + line, soft_wrap=True)


def _said(item: Item) -> Iterable[str]:
    if item.changed:
        yield f"{item.verdict} by {printable(item.by or 'somebody')} when it read otherwise: look again"
    for one in item.decisions:
        if one.why:
            yield f"{one.action} by {printable(one.who)}: {printable(one.why)}"


def _context(report: Report, item: Item, ascii_only: bool) -> Iterable[Text]:
    """The stretches of the report in which the record's own words stand."""
    own = own_spans(item.kind, packed(item.record))
    others = [span for span in _all_spans(item.record) if span not in own]
    stretches: list[tuple[int, int]] = []
    for span in own:
        start, end = _around(report.text, span)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(end, stretches[-1][1])
        else:
            stretches.append((start, end))
    for start, end in stretches[:MOST_PLACES]:
        yield _marked(report.text, start, end, own, others, _MARKS[ascii_only])
    if len(stretches) > MOST_PLACES:
        yield Text(f"… and in {len(stretches) - MOST_PLACES} more places", style="dim")


def _all_spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, list):
        return [span for one in value for span in _all_spans(one)]
    return [s for field in getattr(value, "__dataclass_fields__", ()) for s in _all_spans(getattr(value, field))]


def _around(text: str, span: Span) -> tuple[int, int]:
    """From and to where the context goes: within the paragraph, and never through a word."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - AROUND)
    behind = text.find("\n", span.end)
    end = min(len(text) if behind < 0 else behind, span.end + AROUND)
    while 0 < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def _marked(text: str, start: int, end: int, own: list[Span], others: list[Span], marks: tuple[str, str]) -> Text:
    """The stretch with the record's own words marked; cut ends are shown as such."""
    cuts = {start, end, *(place for span in [*own, *others] for place in (span.start, span.end) if start < place < end)}
    line = Text("" if start == 0 or text[start - 1] == "\n" else "… ")
    places = sorted(cuts)
    for here, there in pairwise(places):
        is_own = any(span.start <= here and there <= span.end for span in own)
        if any(span.start == here for span in own):
            line.append(marks[0], style="bold")
        style = "bold reverse" if is_own else "underline" if _covers(others, here, there) else ""
        line.append("".join(printable(character) or " " for character in text[here:there]), style=style)
        if any(span.end == there for span in own):
            line.append(marks[1], style="bold")
    return line if end == len(text) or text[end] == "\n" else line.append(" …")


def _covers(spans: list[Span], start: int, end: int) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


def waiting_json(reading: Reading, waiting: Waiting, item: Item) -> dict[str, Any]:
    """One line of the queue for a program: the report, the record's kind, id, confidence and words, what was said."""
    return {
        "report": waiting.report_id,
        "title": reading.report.title,
        "kind": waiting.kind,
        "id": getattr(item.record, "id", None),
        "confidence": waiting.confidence,
        "words": [span.quote for span in item.anchor.spans],
        "verdict": item.verdict,
        "by": item.by,
        "changed": item.changed,
    }


def decision_line(one: Decision, *, undone_by: int | None, unattached: bool) -> str:
    """One decision of the log as a line: number, when, who, what about which words, why, and what became of it."""
    words = " | ".join(span.quote for span in one.anchor.spans[:3])
    what = f"undo of {one.undoes}" if one.action == "undo" else f"{one.action} {one.anchor.kind}"
    state = f"undone by {undone_by}" if undone_by else "its record is not in this reading" if unattached else ""
    changed = ", ".join(one.value.get("fields", {}))
    facts = [f"{one.number:>5}", one.at, one.who, what, changed, f"“{_short(words)}”", one.why, state]
    return "  ".join(printable(fact) if n else fact for n, fact in enumerate(facts) if fact)


def agreement_lines(found: Mapping[KindName, Agreement]) -> list[str]:
    """A table with a line for each kind: alpha, the share of equal judgements, records and reviewers."""
    lines = [f"{'':<12}{'alpha':>8}{'same':>8}{'records':>9}{'reviewers':>11}"]
    for kind, one in found.items():
        figures = [f"{value:.2f}" if value is not None else "–" for value in (one.alpha, one.same)]
        lines.append(f"{kind:<12}{figures[0]:>8}{figures[1]:>8}{one.records:>9}{one.reviewers:>11}")
    return lines


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
