"""One reading as HTML: in comes a `Reading`, out goes a page that stands by itself, without scripts or other files.

The same sections as in the terminal, then the report's text; every record links to the words there that it rests on.
Whatever comes from a report is escaped. Headings, captions and scopes say what is what to a screen reader, words and
signs say what colour says, and the page prints on paper.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from truceline.listing import actor_lines, place_lines, time_lines
from truceline.page.due import due_lines
from truceline.page.heading import facts, title
from truceline.page.lines import DOUBTFUL_BELOW, printable, shortened
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
from truceline.page.statements import voices
from truceline.records import Reading, Report, Span, Statement

MOST_COLUMNS = 6
"""Positions on more proposals than these are a line each instead of a cell."""
MOST_OF_A_QUOTE = 90

_SHORT = ("Date", "Kind", "Confidence")
_BLANK_CONTROLS = re.compile(r"[\x0b\x0c\r\x1c-\x1f\x85]")
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
caption.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (min-width: 45rem) { td.short { white-space: nowrap; } }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8886; }
td, li, h1, h2, h3 { overflow-wrap: break-word; }
.wide { overflow-x: auto; }
.report { white-space: pre-wrap; }
.doubtful { font-style: italic; }
mark { background: #fd08; color: inherit; }
a:target + mark, a:target + a + mark { outline: 3px solid; }
@media print {
  body { max-width: none; margin: 0; }
  a { color: inherit; text-decoration: none; }
  tr, li, h2, h3 { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
"""


def html_page(reading: Reading, *, name: str | None = None) -> str:
    """A whole HTML document of this reading; `name` is where the report came from."""
    return html_opening(title(reading.report)) + html_article(reading, name=name) + html_closing()


def html_opening(heading: str) -> str:
    """The document up to its first article."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )


def html_article(reading: Reading, *, name: str | None = None, number: int = 1) -> str:
    """The reading as an article; `number` keeps its anchors apart from those of other articles of the document."""
    return "\n".join(_Article(reading, f"r{number}").parts(name)) + "\n"


def html_closing() -> str:
    """The end of the document."""
    return "</main>\n</body>\n</html>\n"


class _Article:
    """Writes one reading; knows which words of the report are pointed at."""

    def __init__(self, reading: Reading, key: str) -> None:
        self.reading = reading
        self.report = reading.report
        self.key = key
        self.pointed_at: dict[tuple[int, int], Span] = {}

    def parts(self, name: str | None) -> Iterator[str]:
        yield f'<article aria-labelledby="{self.key}">'
        yield f'<h1 id="{self.key}" dir="auto">{_safe(title(self.report))}</h1>'
        yield f"<p>{_facts(self.report, name)}</p>"
        if is_empty(self.reading):
            yield f"<p>{NOTHING_FOUND}</p>"
        else:
            yield from self._negotiation()
        yield from self._statements()
        lists = {
            "Actors": actor_lines(self.reading),
            "Times": time_lines(self.reading),
            "Places": place_lines(self.reading),
        }
        for heading, lines in lists.items():
            if lines:
                items = "\n".join(f'<li dir="auto">{_safe(printable(line))}</li>' for line in lines)
                yield self._section(heading, f"<ul>\n{items}\n</ul>")
        language = f' lang="{_safe(self.report.language)}"' if self.report.language else ""
        yield self._section("The report", f'<div class="report" dir="auto"{language}>{self._text()}</div>')
        read_by = f"Read by truceline {self.reading.truceline} with {self.reading.model.name}."
        yield f"<footer><p>{_safe(printable(read_by))}</p></footer>\n</article>"

    def _negotiation(self) -> Iterator[str]:
        proposals = on_the_table(self.reading)
        if proposals:
            yield self._section("On the table", "\n".join(map(self._proposal, proposals)))
        found = stands(self.reading)
        if found:
            yield self._section("Positions", self._positions(found))
        lists = {
            "What is due when": due_lines(self.reading),
            "Commitments": commitment_lines(self.reading),
            "Events": event_lines(self.reading),
        }
        for heading, lines in lists.items():
            if lines:
                yield self._section(heading, self._table(heading, lines, "Who and what", heard=True))
        reading = self.reading
        sure = [proposal.confidence for proposal in reading.proposals]
        sure += [one.confidence for ones in (reading.positions, reading.commitments, reading.events) for one in ones]
        if any(confidence < DOUBTFUL_BELOW for confidence in sure):
            yield f"<p>{DOUBT}</p>"

    def _section(self, heading: str, inside: str) -> str:
        id = f"{self.key}-{heading.lower().replace(' ', '-')}"
        return f'<section aria-labelledby="{id}">\n<h2 id="{id}">{heading}</h2>\n{inside}\n</section>'

    def _proposal(self, proposal: OnTheTable) -> str:
        known = " · ".join(filter(None, [_remarks(proposal.facts), _own(proposal.parties)]))
        parts = [
            f'<h3 id="{self.key}-{_safe(proposal.id)}">{_safe(proposal.id)} {_own(proposal.label)}</h3>',
            f"<p>{known}</p>",
        ]
        if proposal.mentions:
            parts.append(f"<p>Named: {self._links(proposal.mentions)}</p>")
        if proposal.terms:
            parts.append(self._table("Terms", proposal.terms, "Term"))
        if proposal.stages:
            parts.append(self._table("Stages", proposal.stages, ""))
        return "\n".join(parts)

    def _table(self, caption: str, lines: Sequence[Line], words: str, *, heard: bool = False) -> str:
        """A row for each line; columns that are empty in all of them are left out."""
        cells = {
            "Date": [_safe(line.when) for line in lines],
            "Kind": [_safe(line.what) for line in lines],
            words: [_replaced(_own(line.words), line.replaced) for line in lines],
            "Remarks": [_remarks(line.remarks) for line in lines],
            "Confidence": [_figure(line.confidence) for line in lines],
            "Words of the report": [self._links(line.spans) for line in lines],
        }
        kept = {heading: column for heading, column in cells.items() if any(column)}
        return _table(caption, list(kept), [list(row) for row in zip(*kept.values(), strict=True)], heard=heard)

    def _positions(self, found: Sequence[Stand]) -> str:
        labels = {proposal.id: proposal_name(proposal) for proposal in self.reading.proposals}
        columns = list(dict.fromkeys(one.proposal for one in found))
        caption = "Who stands where"
        if len(columns) > MOST_COLUMNS:
            headings = ["Actor", "Proposal", "Stance"]
            rows = [[_own(one.name), _own(labels.get(one.proposal, one.proposal)), self._stance(one)] for one in found]
            return _table(caption, headings, rows, heard=True, rows_are_headed=True)
        order = {actor.id: n for n, actor in enumerate(self.reading.actors)}
        rows = []
        for actor in sorted(dict.fromkeys(one.actor for one in found), key=lambda id: order.get(id, len(order))):
            name = next(one.name for one in found if one.actor == actor)
            cells = [
                "<br>".join(self._stance(one) for one in found if (one.actor, one.proposal) == (actor, column))
                for column in columns
            ]
            rows.append([_own(name), *cells])
        headings = ["Actor", *(_own(labels.get(column, printable(column))) for column in columns)]
        return _table(caption, headings, rows, heard=True, rows_are_headed=True)

    def _stance(self, one: Stand) -> str:
        said = f'<span aria-hidden="true">{_safe(one.mark)}</span> {_safe(one.stance)}'
        known = [_remarks(one.remarks), f"confidence {_figure(one.confidence)}", self._links([one.span])]
        return " · ".join(filter(None, [said, *known]))

    def _statements(self) -> Iterator[str]:
        parts = []
        by_id: dict[str, Statement] = {statement.id: statement for statement in self.reading.statements}
        for voice in voices(self.reading):
            items = "\n".join(self._statement(statement) for statement in voice.statements)
            parts.append(f'<h3 dir="auto">{_safe(voice.label)}</h3>\n<ul>\n{items}\n</ul>')
            for statement in voice.statements:
                by_id.pop(statement.id, None)
        if by_id:  # what stands inside another statement has no voice of its own
            items = "\n".join(self._statement(statement) for statement in by_id.values())
            parts.append(f"<h3>Reported by others</h3>\n<ul>\n{items}\n</ul>")
        if parts:
            yield self._section("Statements", "\n".join(parts))

    def _statement(self, statement: Statement) -> str:
        known = [
            statement.id,
            statement.mode,
            printable(statement.cue.quote) if statement.cue else None,
            f"within {statement.within}" if statement.within else None,
            "doubtful" if statement.confidence < DOUBTFUL_BELOW else None,
        ]
        return f"<li>{_remarks(fact for fact in known if fact)}: {self._links(statement.content, whole=True)}</li>"

    def _links(self, spans: Iterable[Span], *, whole: bool = False) -> str:
        """A link to each span's words in the report; the bare words where the report does not have them there."""
        links = []
        for span in dict.fromkeys(spans):
            words = _own(printable(span.quote) if whole else shortened(span.quote, MOST_OF_A_QUOTE))
            if span.start < span.end and self.report.text[span.start : span.end] == span.quote:
                self.pointed_at[span.start, span.end] = span
                links.append(f'<a href="#{self._anchor(span)}">“{words}”</a>')
            else:
                links.append(f"“{words}”")
        return " … ".join(links)

    def _anchor(self, span: Span) -> str:
        return f"{self.key}-{span.start}-{span.end}"

    def _text(self) -> str:
        """The report's text with an anchor where each span begins and its words marked, wherever spans overlap."""
        text, spans = self.report.text, [self.pointed_at[place] for place in sorted(self.pointed_at)]
        cuts = sorted({0, len(text), *(place for span in spans for place in (span.start, span.end))})
        starting: dict[int, list[Span]] = {}
        for span in spans:
            starting.setdefault(span.start, []).append(span)
        parts: list[str] = []
        open_until = 0
        for here, there in pairwise(cuts):
            parts += [f'<a id="{self._anchor(span)}"></a>' for span in starting.get(here, [])]
            open_until = max([open_until, *(span.end for span in starting.get(here, []))])
            piece = _safe(text[here:there])
            parts.append(f"<mark>{piece}</mark>" if there <= open_until else piece)
        return "".join(parts)


def _table(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    heard: bool = False,
    rows_are_headed: bool = False,
) -> str:
    """A table of HTML cells with its caption, which is only heard where a heading above says the same."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "\n".join(f"<tr>{_row(headings, row, is_headed=rows_are_headed)}</tr>" for row in rows)
    spoken = ' class="heard"' if heard else ""
    return (
        f'<div class="wide">\n<table>\n'
        f"<caption{spoken}>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _row(headings: Sequence[str], cells: Sequence[str], *, is_headed: bool) -> str:
    parts = [
        f'<td class="short">{cell}</td>' if heading in _SHORT else f"<td>{cell}</td>"
        for heading, cell in zip(headings, cells, strict=True)
    ]
    return "".join([f'<th scope="row">{cells[0]}</th>', *parts[1:]] if is_headed else parts)


def _facts(report: Report, name: str | None) -> str:
    line = " · ".join(map(_own, facts(report, name)))
    address = printable(report.url or "")
    if not address:
        return line
    if address.startswith(("http://", "https://")):
        return f'{line} · <a href="{_safe(address)}" rel="noreferrer">{_safe(address)}</a>'
    return f"{line} · {_safe(address)}"


def _remarks(remarks: Iterable[str]) -> str:
    return " · ".join(
        f'<span class="doubtful">{remark}</span>' if remark == "doubtful" else _own(remark) for remark in remarks
    )


def _replaced(words: str, replaced: bool) -> str:
    return f"<del>{words}</del>" if replaced and words else words


def _figure(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"


def _own(words: str) -> str:
    """Words in a direction of their own, so that Arabic or Hebrew does not turn the line around them."""
    return f"<bdi>{_safe(words)}</bdi>" if words else ""


def _safe(text: str) -> str:
    """The text escaped, without characters that HTML cannot hold or that would turn the line around."""
    return escape(_UNFIT.sub("", _BLANK_CONTROLS.sub(" ", text)))
