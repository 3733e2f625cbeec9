"""Reports told in sentences of `told.conllu`, with their trees and time expressions, for tests of records' parts.

A report is of Monday, 5 December 2016, unless a test says otherwise.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.records import Place, Report, Span, Statement

Row = tuple[str, str, str, str, int, str]  # form, lemma, UPOS, XPOS, head (from 1, 0 for the root), relation


def told(*sentences: str, published: str = "2016-12-05") -> Annotation:
    """The annotation of a report of these sentences of the collection, a space between two."""
    text = " ".join(sentences)
    rows: list[Row] = []
    ranges: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    tagged: list[Tagged] = []
    at = 0
    for sentence in sentences:
        first, start = len(rows), text.index(sentence, at)
        at = start
        tree, times = _trees()[sentence]
        for form, lemma, upos, xpos, head, relation in tree:
            at = text.index(form, at)
            ranges.append((at, at + len(form)))
            rows.append((form, lemma, upos, xpos, head + first if head else 0, relation))
            at += len(form)
        bounds.append((first, len(rows)))
        for quote in times:
            begin = start + sentence.index(quote)
            inside = [i for i, (a, b) in enumerate(ranges) if a < begin + len(quote) and b > begin]
            tagged.append(Tagged(inside[0], inside[-1] + 1, "DATE", 0.9))
    return Annotation(
        report=Report("sha256:0", None, None, None, published, "en", text),
        starts=np.array([start for start, _ in ranges], np.int32),
        ends=np.array([end for _, end in ranges], np.int32),
        forms=[row[0] for row in rows],
        spaced=[i == 0 or ranges[i - 1][1] < start for i, (start, _) in enumerate(ranges)],
        breaks=[i == 0 for i in range(len(rows))],
        sentences=bounds,
        sentence_spans=[(ranges[first][0], ranges[end - 1][1]) for first, end in bounds],
        upos=[row[2] for row in rows],
        xpos=[row[3] for row in rows],
        lemmas=[row[1] for row in rows],
        heads=np.array([row[4] - 1 for row in rows], np.int32),
        deprels=[row[5] for row in rows],
        entities=[],
        names=[],
        actors=[],
        times=sorted(tagged, key=lambda span: span.first),
        attributions=Attributions([], []),
        statements=Attributions([], []),
        vectors=np.zeros((len(rows), 384), np.float32),
    )


@cache
def _trees() -> dict[str, tuple[list[Row], list[str]]]:
    trees: dict[str, tuple[list[Row], list[str]]] = {}
    for block in Path(__file__).with_name("told.conllu").read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        fields = [line.split("\t") for line in lines if not line.startswith("#")]
        times = [line.removeprefix("# times = ").split("; ") for line in lines if line.startswith("# times = ")]
        rows = [(f[1], f[2], f[3], f[4], int(f[6]), f[7]) for f in fields]
        trees[lines[0].removeprefix("# text = ")] = (rows, times[0] if times else [])
    return trees


def span_of(annotation: Annotation, quote: str) -> Span:
    """The span of these words; `"talks@2"` is their second occurrence."""
    words, _, number = quote.partition("@")
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", annotation.report.text)]
    start = found[int(number or 1) - 1]
    return annotation.report.span(start, start + len(words))


def words_of(annotation: Annotation, quote: str) -> tuple[int, int]:
    """The words (half-open) of a quoted stretch of the report."""
    span = span_of(annotation, quote)
    first, end = annotation.ends.searchsorted(span.start, side="right"), annotation.starts.searchsorted(span.end)
    assert (annotation.starts[first], annotation.ends[end - 1]) == (span.start, span.end), f"{quote!r}: not whole words"
    return int(first), int(end)


def word_of(annotation: Annotation, quote: str) -> int:
    """The index of a quoted word."""
    return words_of(annotation, quote)[0]


def quoted(annotation: Annotation, words: tuple[int, int]) -> str:
    """The words of a range, as the report has them."""
    start, end = annotation.characters(*words)
    return annotation.report.text[start:end]


def place(annotation: Annotation, number: int, name: str, country: str | None = None) -> Place:
    """A place of the report, `l1`, `l2` …, at its first mention."""
    return Place(f"l{number}", span_of(annotation, name), name, country, None, None, None)


def statement(annotation: Annotation, number: int, *content: str, within: str | None = None) -> Statement:
    """A statement with these pieces of content, `s1`, `s2` …"""
    pieces = [span_of(annotation, piece) for piece in content]
    return Statement(f"s{number}", None, None, None, pieces, "indirect", None, None, None, [], within, 0.9)
