"""Readings for tests, made without a model: a reader that finds what stands in curly quotes, and statements by hand."""

import re
from dataclasses import replace

from truceline.read import report_from_text
from truceline.records import Model, Reading, Report, Span, Statement

MODEL = Model("no model", "0" * 64)


def reading_of(report: Report, statements: list[Statement]) -> Reading:
    """A reading with these statements and nothing else."""
    return Reading("0.1.0", MODEL, report, [], statements, [], [], [], [], [], [])


def read_quotations(report: Report) -> Reading:
    """A reading with one direct statement for each piece of the report in curly quotes; no speaker, no cue."""
    found = re.finditer("“[^”]+”", report.text)
    return reading_of(report, [_direct(n, report.span(*match.span())) for n, match in enumerate(found, 1)])


def statement(report: Report, id: str, content: str, **fields: object) -> Statement:
    """An indirect statement with this content; words given for `speaker_text`, `cue`, `addressee_text` become spans."""
    spans = {
        key: _span(report, value)
        if isinstance(value, str) and key in ("speaker_text", "cue", "addressee_text")
        else value
        for key, value in fields.items()
    }
    plain = replace(_direct(0, _span(report, content)), id=id, mode="indirect")
    return replace(plain, **spans)  # type: ignore[arg-type]


def short_report(text: str, **fields: str | None) -> Report:
    """A report of 5 December 2016 with this text."""
    return report_from_text(text, **{"published": "2016-12-05", **fields})


def _direct(number: int, content: Span) -> Statement:
    return Statement(f"s{number}", None, None, None, [content], "direct", None, None, None, [], None, 0.9)


def _span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return report.span(start, start + len(words))
