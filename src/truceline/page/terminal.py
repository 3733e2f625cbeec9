"""The negotiation in one reading for the terminal: in come a `Reading` and a rich console, out goes text to read.

Proposals, positions, what is due when, commitments and events, each under its heading where there is any. Nothing is
said by colour or strike-through alone. With evidence, the words of the report stand under every line.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from truceline.page.due import due_lines
from truceline.page.evidence import quoted
from truceline.page.lines import fitting, print_in_columns, print_wrapped, printable
from truceline.page.negotiation import (
    DOUBT,
    NOTHING_FOUND,
    Line,
    OnTheTable,
    Stand,
    commitment_lines,
    event_lines,
    is_empty,
    on_the_table,
    proposal_name,
    stands,
)
from truceline.records import Reading, Report, Span

MOST_IN_FULL = 20
"""Proposals beyond so many are a line each: their terms and stages are in the JSON."""
MOST_MENTIONS = 3
"""With evidence, a proposal shows so many of the places where the report names it."""

_STANCE_STYLE = {
    "sponsors": "green", "supports": "green", "conditional": "yellow", "undecided": "default", "opposes": "red",
}  # fmt: skip
_WIDEST_NAME, _NARROWEST_CELL, _WIDEST_CELL, _GAP = 26, 18, 30, 2
_WIDEST_COLUMN = 21


def print_negotiation(reading: Reading, console: Console, *, evidence: bool = False) -> None:
    """Prints the sections that have something in them, or one sentence that says that there is nothing."""
    _Page(reading, console, evidence).print()


class _Page:
    """Prints one reading's negotiation on one console."""

    def __init__(self, reading: Reading, console: Console, evidence: bool) -> None:
        self.reading = reading
        self.console = console
        self.evidence = evidence
        self.doubted = False
        self.started = False

    def print(self) -> None:
        if is_empty(self.reading):
            self._wrapped(NOTHING_FOUND, 0)
            return
        self._proposals(on_the_table(self.reading))
        self._positions(stands(self.reading))
        self._lines("What is due when", due_lines(self.reading))
        self._lines("Commitments", commitment_lines(self.reading))
        self._lines("Events", event_lines(self.reading))
        if self.doubted:
            self.console.print()
            self._wrapped(DOUBT, 0, "dim")

    def _proposals(self, proposals: Sequence[OnTheTable]) -> None:
        if not proposals:
            return
        self._heading("On the table")
        for proposal in proposals if self.evidence else proposals[:MOST_IN_FULL]:
            self._proposal(proposal)
        rest = [] if self.evidence else proposals[MOST_IN_FULL:]
        if rest:
            self.console.print()
            self._wrapped(f"{len(rest):,} more, without their terms and stages:", 2, "dim")
        for proposal in rest:
            self._row([(proposal.id, 5, "dim")], self._remarked(proposal.label, proposal.facts), 2)

    def _proposal(self, proposal: OnTheTable) -> None:
        self.console.print()
        self._row([(f"{proposal.id} ", 5, "dim")], self._text(proposal.label, "bold"), 2)
        self._print(self._remarked("", proposal.facts), 7)
        if proposal.parties:
            self._wrapped(proposal.parties, 7)
        self._quotes(proposal.mentions[:MOST_MENTIONS], 9)
        kinds = _column(line.what for line in proposal.terms)
        for line in proposal.terms:
            style = "strike" if line.replaced else ""
            self._row([(line.what, kinds, "cyan")], self._remarked(line.words, line.remarks, style, brackets=True), 7)
            self._quotes(line.spans, 9)
        dates = _column(line.when for line in proposal.stages)
        for line in proposal.stages:
            heads = [(line.when or "no date", max(dates, 9), "dim" if not line.when else "")]
            self._row(heads, self._remarked(line.what, line.remarks), 7)
            self._quotes(line.spans, 9)

    def _positions(self, found: Sequence[Stand]) -> None:
        if not found:
            return
        self._heading("Positions")
        columns = list(dict.fromkeys(one.proposal for one in found))
        names = min(max(cell_len(one.name) for one in found), _WIDEST_NAME)
        cell = min((self.console.width - 2 - names) // len(columns) - _GAP, _WIDEST_CELL)
        if len(columns) > 1 and cell >= _NARROWEST_CELL and not self.evidence:
            self._grid(found, columns, names, cell)
        else:
            self._stances(found, columns)

    def _grid(self, found: Sequence[Stand], columns: Sequence[str], names: int, cell: int) -> None:
        """A row for each actor, in the order of the reading, a column for each proposal."""
        kinds = {proposal.id: printable(f"{proposal.id} {proposal.kind}") for proposal in self.reading.proposals}
        heads = [self._text(kinds.get(column, printable(column)), "dim") for column in columns]
        self._grid_row(self._text(""), heads, names, cell)
        order = {actor.id: n for n, actor in enumerate(self.reading.actors)}
        for actor in sorted(dict.fromkeys(one.actor for one in found), key=lambda id: order.get(id, len(order))):
            cells = []
            for column in columns:
                here = [one for one in found if (one.actor, one.proposal) == (actor, column)]
                cells.append(Text("\n").join(self._stance(one, "\n") for one in here))
            name = next(one.name for one in found if one.actor == actor)
            self._grid_row(self._text(name), cells, names, cell)

    def _grid_row(self, name: Text, cells: Sequence[Text], names: int, cell: int) -> None:
        widths = [names, *(cell for _ in cells)]
        wrapped = [list(text.wrap(self.console, width)) for text, width in zip([name, *cells], widths, strict=True)]
        for number in range(max(map(len, wrapped))):
            row = Text("  ")
            for lines, width in zip(wrapped, widths, strict=True):
                piece = lines[number] if number < len(lines) else Text()
                piece.rstrip()
                row += piece + Text(" " * (width - cell_len(piece.plain) + _GAP))
            row.rstrip()
            self.console.print(row, soft_wrap=True)

    def _stances(self, found: Sequence[Stand], columns: Sequence[str]) -> None:
        """Under each proposal a line for each actor."""
        labels = {proposal.id: proposal_name(proposal) for proposal in self.reading.proposals}
        for column in columns:
            self._wrapped(labels.get(column, printable(column)), 2, "dim")
            for one in (one for one in found if one.proposal == column):
                heads = [(f"{one.mark} ", 3, _STANCE_STYLE[one.stance]), (one.stance, 13, _STANCE_STYLE[one.stance])]
                self._row(heads, self._remarked(one.name, one.remarks), 4)
                self._quotes([one.span], 6, one.confidence)

    def _stance(self, one: Stand, between: str) -> Text:
        text = self._text(f"{one.mark} {one.stance}", _STANCE_STYLE[one.stance])
        for remark in one.remarks:
            text += Text(between) + self._remark(remark)
        return text

    def _lines(self, heading: str, lines: Sequence[Line]) -> None:
        if not lines:
            return
        self._heading(heading)
        dates, kinds = _column(line.when for line in lines), _column(line.what for line in lines)
        for line in lines:
            heads = [(line.when, dates, "")] if dates else []
            self._row([*heads, (line.what, kinds, "cyan")], self._remarked(line.words, line.remarks), 2)
            self._quotes(line.spans, 4, line.confidence)

    def _heading(self, heading: str) -> None:
        if self.started:
            self.console.print()
        self.started = True
        self._wrapped(heading, 0, "bold")

    def _row(self, heads: Iterable[tuple[str, int, str]], rest: Text, indent: int) -> None:
        columns = [(self._text(words, style), cells) for words, cells, style in heads]
        print_in_columns(self.console, columns, rest, min(indent, self.console.width // 6))

    def _remarked(self, words: str, remarks: Iterable[str], style: str = "", *, brackets: bool = False) -> Text:
        """`words · remark · remark`, or `words (remark)`."""
        text = self._text(words, style)
        for remark in remarks:
            if brackets:
                text += self._text(" (") + self._remark(remark) + self._text(")")
            else:
                text += self._text(" · " if text.plain else "") + self._remark(remark)
        return text

    def _remark(self, remark: str) -> Text:
        self.doubted = self.doubted or remark == "doubtful"
        return self._text(remark, "yellow" if remark == "doubtful" else "")

    def _quotes(self, spans: Sequence[Span], indent: int, confidence: float | None = None) -> None:
        if not self.evidence:
            return
        for text in self._quoted(self.reading.report, spans, confidence):
            self._print(text, indent)

    def _quoted(self, report: Report, spans: Sequence[Span], confidence: float | None) -> Iterator[Text]:
        """The words of the report between marks and in bold; behind the last of them how sure we are."""
        pieces = quoted(report, spans)
        for number, piece in enumerate(pieces, 1):
            text = self._text(piece.before, "dim") + self._text("⟦" + piece.words + "⟧", "bold")
            text += self._text(piece.behind, "dim")
            if confidence is not None and number == len(pieces):
                text += self._text(f" · confidence {confidence:.2f}", "dim")
            yield text

    def _text(self, words: str, style: str = "") -> Text:
        return Text.assemble((fitting(words, self.console), style))  # a style of its words only, not of what follows

    def _wrapped(self, words: str, indent: int, style: str = "") -> None:
        self._print(self._text(words, style), indent)

    def _print(self, text: Text, indent: int) -> None:
        print_wrapped(self.console, text, min(indent, self.console.width // 6))


def _column(words: Iterable[str]) -> int:
    """How many cells a column of these words takes with the gap behind it; 0 if all are empty."""
    widest = max(map(cell_len, words), default=0)
    return min(widest, _WIDEST_COLUMN) + _GAP if widest else 0
