"""Annotations for tests of time expressions: sentences with trees drawn by hand, and plain text without any.

`dated.conllu` beside this file holds the trees. In plain text every word is a root, so that no verb tells a direction.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.annotate.sentences import split_sentences
from truceline.annotate.words import split_words
from truceline.records import Report

Row = tuple[str, str, str, str, int, str]  # form, lemma, UPOS, XPOS, head (from 1, 0 for the root), relation


def plain(text: str, *times: str, published: str | None = "2016-12-05") -> Annotation:
    """The annotation of a text without trees, its time expressions tagged where these words stand."""
    report = Report("sha256:0", None, None, None, published, "en", text)
    ranges: list[tuple[int, int]] = []
    bounds, spans = [], []
    for start, end in split_sentences(text):
        words = split_words(text, start, end)
        if words:
            bounds.append((len(ranges), len(ranges) + len(words)))
            spans.append((start, end))
            ranges += words
    forms = [text[start:end] for start, end in ranges]
    upos = ["PROPN" if form[:1].isupper() else "NOUN" for form in forms]
    rows = [(form, form.lower(), tag, "NN", 0, "root") for form, tag in zip(forms, upos, strict=True)]
    return _annotation(report, ranges, rows, bounds, spans, times)


def dated(*sentences: str, times: tuple[str, ...] = (), published: str | None = "2016-12-05") -> Annotation:
    """The annotation of these sentences of the collection, in one paragraph, with their trees."""
    text = " ".join(sentences)
    report = Report("sha256:0", None, None, None, published, "en", text)
    ranges: list[tuple[int, int]] = []
    rows: list[Row] = []
    bounds, spans = [], []
    at = 0
    for sentence in sentences:
        first, start = len(rows), text.index(sentence, at)
        for form, lemma, upos, xpos, head, relation in _trees()[sentence]:
            at = text.index(form, at)
            ranges.append((at, at + len(form)))
            rows.append((form, lemma, upos, xpos, head + first if head else 0, relation))
            at += len(form)
        bounds.append((first, len(rows)))
        spans.append((start, at))
    return _annotation(report, ranges, rows, bounds, spans, times)


@cache
def _trees() -> dict[str, list[Row]]:
    trees: dict[str, list[Row]] = {}
    blocks = Path(__file__).with_name("dated.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    for head, *lines in (block.split("\n") for block in blocks):
        fields = [line.split("\t") for line in lines]
        trees[head.removeprefix("# text = ")] = [(f[1], f[2], f[3], f[4], int(f[6]), f[7]) for f in fields]
    return trees


def _annotation(
    report: Report,
    ranges: list[tuple[int, int]],
    rows: list[Row],
    bounds: list[tuple[int, int]],
    spans: list[tuple[int, int]],
    times: tuple[str, ...],
) -> Annotation:
    text = report.text
    gaps = [text[before[1] : after[0]] for before, after in zip([(0, 0), *ranges], ranges, strict=False)]
    found = [_place(text, quote) for quote in times]
    tagged = []
    for start, end in found:
        inside = [i for i, (a, b) in enumerate(ranges) if a < end and b > start]
        tagged.append(Tagged(inside[0], inside[-1] + 1, "DATE", 0.9))
    return Annotation(
        report=report,
        starts=np.array([start for start, _ in ranges], np.int32),
        ends=np.array([end for _, end in ranges], np.int32),
        forms=[row[0] for row in rows],
        spaced=[bool(gap) or i == 0 for i, gap in enumerate(gaps)],
        breaks=["\n" in gap or i == 0 for i, gap in enumerate(gaps)],
        sentences=bounds,
        sentence_spans=spans,
        upos=[row[2] for row in rows],
        xpos=[row[3] for row in rows],
        lemmas=[row[1] for row in rows],
        heads=np.array([row[4] - 1 for row in rows], np.int32),
        deprels=[row[5] for row in rows],
        entities=[],
        names=[],
        actors=[],
        times=tagged,
        attributions=Attributions([], []),
        statements=Attributions([], []),
        vectors=np.zeros((len(rows), 384), np.float32),
    )


def _place(text: str, quote: str) -> tuple[int, int]:
    """Where a quotation stands; `"Monday@2"` is its second occurrence."""
    words, _, number = quote.partition("@")
    at = [match.start() for match in re.finditer(re.escape(words), text)][int(number or 1) - 1]
    return at, at + len(words)
