"""Source, cue and content of attributions on PolNeAR, end to end from raw text."""

from dataclasses import dataclass
from pathlib import Path

from quality.corpora.polnear import AttributedText, Range, read_polnear
from quality.reader import as_report, characters
from quality.scoring import Tally, best_jaccards, matches, overlap, trimmed
from truceline.annotate import Annotation, Annotator

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as three lists of character ranges."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]


def part(data: Path, split: str) -> list[Path]:
    """The texts and standoff files of this part."""
    folder = data / "attribution" / "polnear" / split
    return [*sorted((folder / "text").glob("*.txt")), *sorted((folder / "attributions").glob("*.ann"))]


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """`source_exact_f1`, `_begin_f1`, `_jaccard`, the same for cue and content, and `relational_f1`.

    A span is a maximal contiguous range of one role of one attribution, without white space at its ends; a source
    that several attributions share is one span. Exact: both ends agree. Begin: the first characters do. Jaccard: see
    `best_jaccards`. Relational: source, cue and content of a found attribution each overlap those of a gold one, or
    both have none; one to one. `limit` is documents.
    """
    articles = read_polnear(data / "attribution" / "polnear" / split)[:limit]
    tallies = {f"{role}_{how}_f1": Tally() for role in ROLES for how in ("exact", "begin")}
    relational = Tally()
    overlaps: dict[str, list[float]] = {role: [] for role in ROLES}
    annotations = annotator.annotate_many([as_report(article.text) for article in articles])
    for article, annotation in zip(articles, annotations, strict=True):
        for role in ROLES:
            gold = _gold_spans(article, role)
            found = _found_spans(article, annotation, role)
            tallies[f"{role}_exact_f1"].add(len(set(gold) & set(found)), len(found), len(gold))
            begins = {start for start, _ in gold}, {start for start, _ in found}
            tallies[f"{role}_begin_f1"].add(len(begins[0] & begins[1]), len(begins[1]), len(begins[0]))
            overlaps[role] += best_jaccards(gold, found)
        relations = _gold_relations(article), found_relations(annotation)
        relational.add(matches(*relations, same), len(relations[1]), len(relations[0]))
    figures = {name: tally.f1() for name, tally in tallies.items()}
    for role, values in overlaps.items():
        figures[f"{role}_jaccard"] = 100 * sum(values) / len(values) if values else 0.0
    return {**figures, "relational_f1": relational.f1()}


def same(gold: Relation, found: Relation) -> bool:
    """Whether every role of the two overlaps, or is absent from both."""
    return all(
        any(overlap(g, f) for g in getattr(gold, role) for f in getattr(found, role))
        if getattr(gold, role) and getattr(found, role)
        else not getattr(gold, role) and not getattr(found, role)
        for role in ROLES
    )


def found_relations(annotation: Annotation) -> list[Relation]:
    """The attributions found: each cue with the sources and contents that are linked to it."""
    spans, cues = annotation.attributions.spans, annotation.attributions.cues
    relations = []
    for cue, span in enumerate(spans):
        if span.label == "cue":
            linked = [s for s, its in zip(spans, cues, strict=True) if its == cue]
            source, content = (
                characters(annotation, [s for s in linked if s.label == role]) for role in ("source", "content")
            )
            relations.append(Relation(source, characters(annotation, [span]), content))
    return relations


def _gold_relations(article: AttributedText) -> list[Relation]:
    return [Relation(a.source, a.cue, a.content) for a in article.attributions]


def _gold_spans(article: AttributedText, role: str) -> list[Range]:
    return trimmed(article.text, [r for a in article.attributions for r in getattr(a, role)])


def _found_spans(article: AttributedText, annotation: Annotation, role: str) -> list[Range]:
    spans = [span for span in annotation.attributions.spans if span.label == role]
    return trimmed(article.text, characters(annotation, spans))
