"""Annotations drawn by hand, so that the rules of extraction can be tested without a model.

`sentences.conllu`, `acting.conllu` and `sided.conllu` beside this file hold trees of sentences of our own; a test names
the sentences of its report and says which words are source, cue and content. Words are named as the codebook names
them: by quoting them, `"said@2"` for the second occurrence.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.extract.drafts import Draft
from truceline.records import Report

Row = tuple[str, str, str, str, int, str]  # form, lemma, UPOS, XPOS, head (from 1, 0 for the root), relation


@dataclass(frozen=True)
class Said:
    """One attribution as the encoder tags it; `cue` None for content without a cue."""

    source: str | None
    cue: str | None
    content: tuple[str, ...]


def said(source: str | None, cue: str | None, *content: str) -> Said:
    return Said(source, cue, content)


def drawn(
    *sentences: str,
    said: tuple[Said, ...] = (),
    times: tuple[str, ...] = (),
    actors: tuple[tuple[str, str], ...] = (),
    persons: tuple[str, ...] = (),
) -> Annotation:
    """The annotation of a report of these sentences, each of them in the collections.

    A space stands between two sentences, unless the later one brings its own line breaks. `actors` are mentions with
    their kinds, `persons` the names that the encoder tags as persons'.
    """
    text = ""
    rows: list[Row] = []
    starts: list[int] = []
    bounds: list[tuple[int, int]] = []
    for sentence in sentences:
        text += sentence if not text or sentence.startswith("\n") else f" {sentence}"
        at, first = len(text) - len(sentence.lstrip("\n")), len(rows)
        for form, lemma, upos, xpos, head, relation in _trees()[sentence.lstrip("\n")]:
            at = text.index(form, at)
            starts.append(at)
            rows.append((form, lemma, upos, xpos, head + first - 1 if head else -1, relation))
            at += len(form)
        bounds.append((first, len(rows)))
    plain = _annotation(text, rows, starts, bounds)
    dates = [Tagged(*words(plain, time), "DATE", 0.9) for time in times]
    annotation = _annotation(text, rows, starts, bounds, dates, _attributions(plain, said))
    return replace(
        annotation,
        actors=sorted((Tagged(*words(plain, quote), kind, 0.9) for quote, kind in actors), key=lambda t: t.first),
        entities=sorted((Tagged(*words(plain, name), "PER", 0.9) for name in persons), key=lambda t: t.first),
    )


def repeated(annotation: Annotation, times: int) -> Annotation:
    """The annotation of a report that repeats this one, paragraph after paragraph."""
    size, length = len(annotation.forms), len(annotation.report.text) + 1
    spans = annotation.statements.spans
    turns = range(times)
    return replace(
        annotation,
        report=replace(annotation.report, text="\n".join([annotation.report.text] * times)),
        starts=np.concatenate([annotation.starts + length * n for n in turns]),
        ends=np.concatenate([annotation.ends + length * n for n in turns]),
        forms=annotation.forms * times,
        spaced=annotation.spaced * times,
        breaks=annotation.breaks * times,
        sentences=[(f + size * n, e + size * n) for n in turns for f, e in annotation.sentences],
        sentence_spans=[(s + length * n, e + length * n) for n in turns for s, e in annotation.sentence_spans],
        upos=annotation.upos * times,
        xpos=annotation.xpos * times,
        lemmas=annotation.lemmas * times,
        heads=np.concatenate([np.where(annotation.heads < 0, -1, annotation.heads + size * n) for n in turns]),
        deprels=annotation.deprels * times,
        entities=[_later(t, size * n) for n in turns for t in annotation.entities],
        actors=[_later(t, size * n) for n in turns for t in annotation.actors],
        times=[_later(t, size * n) for n in turns for t in annotation.times],
        statements=Attributions(
            [_later(s, size * n) for n in turns for s in spans],
            [c + len(spans) * n if c >= 0 else -1 for n in turns for c in annotation.statements.cues],
        ),
        vectors=np.concatenate([annotation.vectors] * times),
    )


def _later(span: Tagged, by: int) -> Tagged:
    return replace(span, first=span.first + by, end=span.end + by)


def words(annotation: Annotation, quote: str) -> tuple[int, int]:
    """The words (half-open) of a quoted stretch of the report."""
    start, end = characters(annotation, quote)
    first, last = annotation.ends.searchsorted(start, side="right"), annotation.starts.searchsorted(end)
    assert (annotation.starts[first], annotation.ends[last - 1]) == (start, end), f"{quote!r} is not whole words"
    return int(first), int(last)


def characters(annotation: Annotation, quote: str) -> tuple[int, int]:
    """The characters (half-open) of a quoted stretch of the report."""
    plain, _, number = quote.partition("@")
    found = [m.start() for m in re.finditer(re.escape(plain), annotation.report.text)]
    start = found[int(number or 1) - 1]
    return start, start + len(plain)


def quoted(annotation: Annotation, range_of_words: tuple[int, int] | None) -> str | None:
    """The words of a range, as the report has them."""
    if range_of_words is None:
        return None
    start, end = annotation.characters(*range_of_words)
    return annotation.report.text[start:end]


def draft(annotation: Annotation, source: str | None, cue: str | None, *content: str) -> Draft:
    """A draft with these words."""
    return Draft(
        words(annotation, cue) if cue else None,
        words(annotation, source) if source else None,
        [characters(annotation, piece) for piece in content],
        0.9,
    )


@cache
def _trees() -> dict[str, list[Row]]:
    trees: dict[str, list[Row]] = {}
    files = [Path(__file__).with_name(f"{name}.conllu") for name in ("sentences", "acting", "sided")]
    blocks = [block for file in files for block in file.read_text(encoding="utf-8").strip().split("\n\n")]
    for head, *lines in (block.split("\n") for block in blocks):
        fields = [line.split("\t") for line in lines]
        trees[head.removeprefix("# text = ")] = [(f[1], f[2], f[3], f[4], int(f[6]), f[7]) for f in fields]
    return trees


def _annotation(
    text: str,
    rows: list[Row],
    starts: list[int],
    bounds: list[tuple[int, int]],
    times: list[Tagged] | None = None,
    statements: Attributions | None = None,
) -> Annotation:
    ends = [start + len(row[0]) for start, row in zip(starts, rows, strict=True)]
    gaps = [text[before:start] for before, start in zip([0, *ends], starts, strict=False)]
    return Annotation(
        report=Report("sha256:0", None, None, None, "2016-12-05", "en", text),
        starts=np.array(starts, np.int32),
        ends=np.array(ends, np.int32),
        forms=[row[0] for row in rows],
        spaced=[bool(gap) or i == 0 for i, gap in enumerate(gaps)],
        breaks=["\n" in gap or i == 0 for i, gap in enumerate(gaps)],
        sentences=bounds,
        sentence_spans=[(starts[first], ends[end - 1]) for first, end in bounds],
        upos=[row[2] for row in rows],
        xpos=[row[3] for row in rows],
        lemmas=[row[1] for row in rows],
        heads=np.array([row[4] for row in rows], np.int32),
        deprels=[row[5] for row in rows],
        entities=[],
        names=[],
        actors=[],
        times=times or [],
        attributions=Attributions([], []),
        statements=statements or Attributions([], []),
        vectors=np.zeros((len(rows), 384), np.float32),
    )


def _attributions(annotation: Annotation, said: tuple[Said, ...]) -> Attributions:
    tagged: list[tuple[Tagged, int]] = []
    for number, one in enumerate(said):
        parts = [("source", one.source), ("cue", one.cue), *(("content", piece) for piece in one.content)]
        tagged += [(Tagged(*words(annotation, part), label, 0.9), number) for label, part in parts if part]
    tagged.sort(key=lambda pair: pair[0].first)
    cue_at = {number: i for i, (span, number) in enumerate(tagged) if span.label == "cue"}
    return Attributions([span for span, _ in tagged], [cue_at.get(number, -1) for _, number in tagged])
