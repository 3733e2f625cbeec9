"""Persons, places and organisations on Universal NER, and out of its domain on CrossNER's politics sentences."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from quality.corpora.iob2 import Tagging, entities, read_iob2_documents
from quality.parts import part_files
from quality.scoring import Tally
from truceline.annotate import Annotator

TYPES = ("PER", "LOC", "ORG")
UNIVERSAL = {label: label for label in TYPES}
POLITICS = {
    "politician": "PER",
    "person": "PER",
    "country": "LOC",
    "location": "LOC",
    "organisation": "ORG",
    "politicalparty": "ORG",
}
Tallies = dict[str, Tally]


def part(data: Path, split: str) -> list[Path]:
    """The files of this part: Universal NER's corpora, then CrossNER politics."""
    return [*_universal(data, split), *_politics(data, split)]


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """`f1` over Universal NER (exact words and type), `PER.f1` …, `ewt.f1`, `ewt.PER.f1` …; `crossner.f1` apart.

    Other types, gold or found, count as no entity. `limit` is sentences of each corpus, by whole documents.
    """
    total = {label: Tally() for label in TYPES}
    figures: dict[str, float] = {}
    for path in _universal(data, split):
        tallies = _tallies(read_iob2_documents(path), UNIVERSAL, annotator, limit)
        for label, tally in tallies.items():
            total[label].add(tally.right, tally.found, tally.gold)
        figures |= _figures(f"{_corpus(path)}.", tallies)
    figures = {**(_figures("", total) if figures else {}), **figures}
    for path in _politics(data, split):
        # Its sentences were drawn one by one: each is a document.
        documents = [[sentence] for document in read_iob2_documents(path) for sentence in document]
        figures |= _figures("crossner.", _tallies(documents, POLITICS, annotator, limit))
    return figures


def _universal(data: Path, split: str) -> list[Path]:
    return part_files(data / "ner" / "uner", split, ".iob2")


def _politics(data: Path, split: str) -> list[Path]:
    return part_files(data / "ner" / "crossner-politics", split, ".txt")


def _corpus(path: Path) -> str:
    """The corpus that a file's name tells: `ewt` of `en_ewt-ud-dev.iob2`."""
    return path.stem.split("-")[0].removeprefix("en_")


def _tallies(
    documents: Sequence[list[Tagging]], types: Mapping[str, str], annotator: Annotator, limit: int | None
) -> Tallies:
    kept: list[list[Tagging]] = []
    for document in documents:
        if limit is not None and sum(map(len, kept)) >= limit:
            break
        kept.append(document)
    tallies = {label: Tally() for label in TYPES}
    forms = [[[form for form, _ in sentence] for sentence in document] for document in kept]
    for document, annotation in zip(kept, annotator.annotate_words(forms), strict=True):
        gold, at = set(), 0
        for sentence in document:
            spans = entities([tag for _, tag in sentence])
            gold |= {(at + a, at + b, types[kind]) for a, b, kind in spans if kind in types}
            at += len(sentence)
        found = {(e.first, e.end, e.label) for e in annotation.entities if e.label in TYPES}
        for label, tally in tallies.items():
            g, f = ({span for span in spans if span[2] == label} for spans in (gold, found))
            tally.add(len(g & f), len(f), len(g))
    return tallies


def _figures(prefix: str, tallies: Tallies) -> dict[str, float]:
    total = Tally()
    for tally in tallies.values():
        total.add(tally.right, tally.found, tally.gold)
    return {f"{prefix}f1": total.f1(), **{f"{prefix}{label}.f1": tally.f1() for label, tally in tallies.items()}}
