"""Time expressions on TimeBank and AQUAINT, the fifth of them that is kept out of training, from raw text."""

from pathlib import Path

from quality.corpora.timeml import TimedText, read_timeml_file
from quality.parts import time_files
from quality.reader import as_report, characters
from quality.scoring import Range, Tally, matches, overlap, percent, trimmed
from truceline.annotate import Annotation, Annotator
from truceline.extract.times import resolved, times

Valued = tuple[int, int, str | None]


def part(data: Path, split: str) -> list[Path]:
    """The TimeML files of this part; see `quality.parts.time_files`."""
    return time_files(data, split)


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """How well time expressions are tagged, recorded and understood. `limit` is documents.

    Of the tagger's spans: `span_f1` (a found expression overlaps a gold one, one to one) and `span_exact_f1` (the same
    characters). Of the records: `record_span_f1` as `span_f1`, and `value_f1`, for which the TIMEX3 values must be
    equal too, as TempEval-3 counts (UzZaman et al. 2013). `value_accuracy` is the share of gold spans whose value is
    right when the spans are given. The document's own date is no expression of the text.
    """
    documents = [read_timeml_file(path) for path in part(data, split)[:limit]]
    relaxed, exact, recorded, valued, given = Tally(), Tally(), Tally(), Tally(), Tally()
    annotations = annotator.annotate_many([as_report(d.text, d.published) for d in documents])
    for document, annotation in zip(documents, annotations, strict=True):
        gold = trimmed(document.text, [(time.start, time.end) for time in document.times])
        found = trimmed(document.text, characters(annotation, annotation.times))
        relaxed.add(matches(gold, found, _touch), len(found), len(gold))
        exact.add(len(set(gold) & set(found)), len(found), len(gold))
        records: list[Valued] = [(time.text.start, time.text.end, time.value) for time in times(annotation)]
        wanted: list[Valued] = [(time.start, time.end, time.value) for time in document.times]
        recorded.add(matches(wanted, records, _touch), len(records), len(wanted))
        valued.add(matches(wanted, records, _agree), len(records), len(wanted))
        given.add(_right_values(document, annotation), len(wanted), len(wanted))
    return {
        "span_f1": relaxed.f1(),
        "span_exact_f1": exact.f1(),
        "record_span_f1": recorded.f1(),
        "value_f1": valued.f1(),
        "value_accuracy": percent(given.right, given.gold),
    }


def _touch(gold: Range | Valued, found: Range | Valued) -> bool:
    return overlap((gold[0], gold[1]), (found[0], found[1])) > 0


def _agree(gold: Valued, found: Valued) -> bool:
    return _touch(gold, found) and gold[2] == found[2]


def _right_values(document: TimedText, annotation: Annotation) -> int:
    """How many values come out right when the gold spans are given; one that touches no word is wrong."""
    words = [
        [word for word in range(len(annotation.forms)) if _touch(time_at, annotation.characters(word, word + 1))]
        for time_at in ((time.start, time.end) for time in document.times)
    ]
    kept = [(inside, time.value) for inside, time in zip(words, document.times, strict=True) if inside]
    found = resolved(annotation, [(inside[0], inside[-1] + 1) for inside, _ in kept])
    return sum(value == time.value for (_, value), (_, time) in zip(kept, found, strict=True))
