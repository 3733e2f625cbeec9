"""Time expressions on TimeBank and AQUAINT, the fifth of them that is kept out of training, from raw text."""

from pathlib import Path

from quality.corpora.timeml import read_timeml_file
from quality.parts import time_files
from quality.reader import as_report, characters
from quality.scoring import Range, Tally, matches, overlap, trimmed
from truceline.annotate import Annotator


def part(data: Path, split: str) -> list[Path]:
    """The TimeML files of this part; see `quality.parts.time_files`."""
    return time_files(data, split)


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """`span_f1` (a found expression overlaps a gold one, one to one) and `span_exact_f1` (the same characters).

    The document's own date is no expression of the text. `limit` is documents.
    """
    documents = [read_timeml_file(path) for path in part(data, split)[:limit]]
    relaxed, exact = Tally(), Tally()
    annotations = annotator.annotate_many([as_report(d.text, d.published) for d in documents])
    for document, annotation in zip(documents, annotations, strict=True):
        gold = trimmed(document.text, [(time.start, time.end) for time in document.times])
        found = trimmed(document.text, characters(annotation, annotation.times))
        relaxed.add(matches(gold, found, _touch), len(found), len(gold))
        exact.add(len(set(gold) & set(found)), len(found), len(gold))
    return {"span_f1": relaxed.f1(), "span_exact_f1": exact.f1()}


def _touch(gold: Range, found: Range) -> bool:
    return overlap(gold, found) > 0
