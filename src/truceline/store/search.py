"""Words in, the reports and statements that have them out, each with the piece of text where they stand."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from truceline.records import Span, Statement
from truceline.store import index
from truceline.store.entries import Hit
from truceline.store.tables import readings, records, reports
from truceline.store.words import Phrase, matches, snippet

# Of the reports, and of the statements, that have all the words, so many of the newest are weighed; the best are given.
WEIGHED = 200
_Patterns = list[re.Pattern[str]]
_statement = msgspec.json.Decoder(Statement).decode


@dataclass(frozen=True, slots=True)
class _Candidate:
    weight: float
    number: int
    report_id: str
    title: str | None
    published: str | None
    text: str
    statement: Statement | None = None
    reading: int = 0


def found(connection: Connection, query: Sequence[Phrase], limit: int) -> list[Hit]:
    """The best hits among the newest, best first; the same in both databases."""
    patterns = _patterns(query)
    newest = max(WEIGHED, limit)
    numbers = index.matching(connection, index.REPORTS, query, newest)
    statements = index.matching(connection, index.STATEMENTS, query, newest)
    candidates = [*_reports(connection, numbers, patterns), *_statements(connection, statements, patterns)]
    # Statements before the report they stand in, the newer first, where the words weigh the same.
    candidates.sort(key=lambda one: (-one.weight, one.statement is None, -one.number))
    return [_hit(connection, one, query) for one in candidates[:limit]]


def _reports(connection: Connection, numbers: Sequence[int], patterns: _Patterns) -> Iterator[_Candidate]:
    c = reports.c
    rows = select(c.number, c.id, c.title, c.published, c.text).where(c.number.in_(numbers))
    for number, id, title, published, text in connection.execute(rows):
        weight = _weight(patterns, text) + _weight(patterns, title or "", least=0)
        yield _Candidate(weight, number, id, title, published, text)


def _statements(connection: Connection, numbers: Sequence[int], patterns: _Patterns) -> Iterator[_Candidate]:
    c, report = records.c, (reports.c.id, reports.c.title, reports.c.published)
    rows = (
        select(c.number, c.reading, c.record, *report)
        .join(readings, readings.c.number == c.reading)
        .join(reports, reports.c.number == readings.c.report)
        .where(c.number.in_(numbers))
    )
    for number, reading, record, id, title, published in connection.execute(rows):
        statement = _statement(record)
        said = " … ".join(piece.quote for piece in statement.content)
        yield _Candidate(_weight(patterns, said), number, id, title, published, said, statement, reading)


def _patterns(query: Sequence[Phrase]) -> _Patterns:
    """What counts the phrases of the query in a text in lower case, but for accents: good enough to weigh by."""
    return [re.compile(r"\b" + r"[\W_]+".join(phrase.words) + ("" if phrase.open_ended else r"\b")) for phrase in query]


def _weight(patterns: _Patterns, text: str, *, least: int = 1) -> float:
    """How much of the text the phrases are: the logarithms of their counts over that of its length."""
    low = text.casefold()
    counts = sum(math.log1p(max(least, len(pattern.findall(low)))) for pattern in patterns)
    return counts / math.log(len(low) + 16)


def _hit(connection: Connection, one: _Candidate, query: Sequence[Phrase]) -> Hit:
    if one.statement is not None:
        return _statement_hit(connection, one, one.statement, query)
    places = matches(one.text, query)
    piece, marks = snippet(one.text, places)
    span = None
    if places:
        start, end, _ = places[0]
        span = Span(start, end, one.text[start:end])
    return Hit(one.report_id, "report", span, piece, round(one.weight, 4), marks, one.title, one.published)


def _statement_hit(connection: Connection, one: _Candidate, statement: Statement, query: Sequence[Phrase]) -> Hit:
    """The snippet is `speaker: what was said`; the span goes over the first contiguous piece of what was said."""
    name = _speaker(connection, one.reading, statement)
    text = f"{name}: {one.text}" if name else one.text
    piece, marks = snippet(text, matches(text, query))
    span = statement.content[0] if statement.content else statement.cue
    weight = round(one.weight, 4)
    return Hit(one.report_id, "statement", span, piece, weight, marks, one.title, one.published, statement.id)


def _speaker(connection: Connection, reading: int, statement: Statement) -> str | None:
    """The speaker's name, or the report's words for the speaker."""
    if statement.speaker is not None:
        actor = select(records.c.record).where(
            records.c.reading == reading, records.c.kind == "actor", records.c.id == statement.speaker
        )
        for (record,) in connection.execute(actor):
            return str(msgspec.json.decode(record)["name"])
    return statement.speaker_text.quote if statement.speaker_text else None
