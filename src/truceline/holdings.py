"""What the store holds, as lines for the terminal: in come stored reports, hits and faults, out go lines of text.

The words of a report are not trusted: control characters never reach the terminal.
"""

from collections.abc import Sequence

from rich.text import Text

from truceline.page import printable
from truceline.store import Appearance, Fault, Hit, StoredReport

DIGITS = 12
"""So many of a report's 64 hexadecimal digits are shown; any beginning that fits one report is enough to name it."""


def short_id(report_id: str) -> str:
    """The first digits of a report's digest."""
    return report_id.removeprefix("sha256:")[:DIGITS]


def report_line(report: StoredReport) -> Text:
    """`digits  day  title · outlet · copy of digits`; a report without a title goes by its address or source."""
    line = Text(f"{short_id(report.id)}  {report.published or 'no date':<10}  ")
    line.append(printable(report.title or report.url or report.source or "(no title)"))
    facts = [report.outlet, f"copy of {short_id(report.copy_of)}" if report.copy_of else None]
    line.append("".join(f" · {printable(fact)}" for fact in facts if fact), style="dim")
    return line


def appearance_lines(copy_of: str | None, places: Sequence[Appearance]) -> list[Text]:
    """Of which report this is a copy, and where else its words stood."""
    lines = [Text(f"Copy of {short_id(copy_of)}")] if copy_of else []
    for place in places:
        facts = [place.title, place.outlet, place.published, place.url or place.source]
        lines.append(Text("Also: " + " · ".join(printable(fact) for fact in facts if fact)))
    return lines


def hit_lines(hit: Hit) -> list[Text]:
    """`digits  day  title`, and under it the statement's id and the words in their place, those found in bold."""
    head = Text(f"{short_id(hit.report_id)}  {hit.published or 'no date':<10}  ")
    head.append(printable(hit.title or "(no title)"))
    words = Text(f"  {printable(hit.record_id)}  " if hit.record_id else "  ")
    last = 0
    for start, end in sorted(hit.marks):
        if start >= last:
            words.append(_inside(hit.snippet[last:start]))
            words.append(_inside(hit.snippet[start:end]), style="bold")
            last = end
    words.append(_inside(hit.snippet[last:]))
    return [head, words]


def fault_line(fault: Fault) -> Text:
    """`digits  what`, or what alone where it concerns no one report."""
    return Text((f"{short_id(fault.report_id)}  " if fault.report_id else "") + printable(fault.what))


def _inside(piece: str) -> str:
    """A piece of a line fit for a terminal, with the blanks at its ends."""
    head = " " if piece[:1].isspace() else ""
    tail = " " if piece[1:] and piece[-1:].isspace() else ""
    return f"{head}{printable(piece)}{tail}"
