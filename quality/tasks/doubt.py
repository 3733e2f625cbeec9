"""Doubt: does a record's confidence say how likely it is to be right, and can a reader sort by it?

Records are paired with the gold reports by the scorer that lies beside them, the same code that gives the figures of
the `gold` task: a record is right if the scorer pairs it (a proposal only with the right kind).
"""

import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol, cast

from quality.corpora.gold import GoldReport, read_gold
from quality.reader import as_report, report_reader
from quality.scoring import percent
from quality.tasks.gold import Read
from truceline.annotate import Annotator
from truceline.records import to_json

KINDS = ("statements", "proposals", "positions", "commitments", "events")
BINS = 10
Record = dict[str, Any]


class Scorer(Protocol):
    """What is used of the scorer beside the gold reports."""

    def Tally(self) -> Any: ...

    def score_report(self, gold: Record, pred: Record, tally: Any, errors: list[tuple[str, str, Record]]) -> None: ...

    def pair(self, gold: list[Record], pred: list[Record], weight: Any) -> dict[int, int]: ...

    def mentions_weight(self, text: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A record's confidence, 0 to 1, and whether the record is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The records whose confidence is at least `low` and less than `high` (the last bin holds 1 too)."""

    low: float
    high: float
    number: int
    confidence: float  # mean
    right: float  # share


@dataclass(slots=True)
class DoubtResult:
    """Figures in percent, the reliability tables as lines, and the reports that could not be read, with why."""

    figures: dict[str, float]
    lines: list[str]
    unread: list[str]


def measure(gold: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """For the floors, `right`, `right_top_half` and `calibration` of each kind, by `examine`. `limit` is reports."""
    return examine(gold, split, report_reader(annotator), limit).figures


def examine(gold: Path, split: str, read: Read, limit: int | None = None) -> DoubtResult:
    """How far confidence can be trusted, for each kind of record that was found at all.

    `KIND.right`: of the records found, those that are right; `KIND.right_top_half`: of the half with more confidence;
    `KIND.calibration`: 100 less the expected calibration error. A report that cannot be read counts for nothing.
    """
    scorer = load_scorer(gold / "score.py")
    judged: dict[str, list[Judged]] = {kind: [] for kind in KINDS}
    unread = []
    for report in read_gold(gold / split)[:limit]:
        try:
            found: Record = json.loads(to_json(read(as_report(report.text, report.published))))
        except Exception as fault:  # one bad report must not cost the figures of the others
            unread.append(f"{report.id}: {type(fault).__name__}: {fault}")
            continue
        for kind, records in judge(scorer, report, found).items():
            judged[kind] += records
    figures = {name: value for kind, records in judged.items() for name, value in _figures(kind, records)}
    return DoubtResult(figures, [line for kind, records in judged.items() for line in table(kind, records)], unread)


def judge(scorer: Scorer, report: GoldReport, found: Record) -> dict[str, list[Judged]]:
    """Every record of a reading (as JSON) that carries a confidence, by its kind, and whether it is right."""
    errors: list[tuple[str, str, Record]] = []
    try:
        scorer.score_report(report.record, found, scorer.Tally(), errors)
        pairs = scorer.pair(report.record["proposals"], found["proposals"], scorer.mentions_weight(report.text))
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise ValueError(f"{report.id}: the scorer cannot score it ({type(fault).__name__}: {fault})") from None
    wrong = {id(record) for _, how, record in errors if how == "wrong"}
    gold = report.record["proposals"]
    of_its_kind = {
        id(found["proposals"][j]) for j, i in pairs.items() if found["proposals"][j]["kind"] == gold[i]["kind"]
    }
    wrong |= {id(proposal) for proposal in found["proposals"] if id(proposal) not in of_its_kind}
    return {kind: [Judged(one["confidence"], id(one) not in wrong) for one in found[kind]] for kind in KINDS}


def load_scorer(path: Path) -> Scorer:
    """The scorer as a module; `ValueError` if none lies there or it lacks what is used of it."""
    if not path.is_file():
        raise ValueError(f"{path.parent}: no score.py here; name the folder of gold reports with --gold")
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    assert spec is not None  # for a path that ends in .py there is always a loader
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as fault:  # whatever is wrong in that file, it ends in one sentence
        raise ValueError(f"{path} failed: {type(fault).__name__}: {fault}") from None
    if missing := [name for name in ("Tally", "score_report", "pair", "mentions_weight") if not hasattr(module, name)]:
        raise ValueError(f"{path}: has no {missing[0]}, so it is not the scorer of the gold reports")
    return cast(Scorer, module)


def reliability(records: Sequence[Judged]) -> list[Bin]:
    """The bins of equal width that hold records, from the lowest; `ValueError` if a confidence is not from 0 to 1."""
    filled: dict[int, list[Judged]] = {}
    for record in records:
        if not 0 <= record.confidence <= 1:
            raise ValueError(f"a confidence of {record.confidence} is not from 0 to 1")
        filled.setdefault(min(int(record.confidence * BINS), BINS - 1), []).append(record)
    return [
        Bin(at / BINS, (at + 1) / BINS, len(held), _mean(r.confidence for r in held), _mean(r.right for r in held))
        for at, held in sorted(filled.items())
    ]


def calibration_error(records: Sequence[Judged]) -> float:
    """Expected calibration error, 0 to 1: the mean distance of share right from mean confidence, bins by their size.

    Source: Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning (AAAI 2015).
    """
    return sum(b.number * abs(b.right - b.confidence) for b in reliability(records)) / len(records) if records else 0.0


def top_half(records: Sequence[Judged]) -> float:
    """The share right in the half of the records with more confidence, 0 to 1.

    Where records of equal confidence stand at the cut, it is the share that is to be expected whichever are taken.
    """
    left = len(records) / 2
    right = 0.0
    ordered = sorted(records, key=lambda record: -record.confidence)
    for _, equal in groupby(ordered, key=lambda record: record.confidence):
        held = list(equal)
        taken = min(left, len(held))
        right += taken * _mean(record.right for record in held)
        left -= taken
    return 2 * right / len(records) if records else 0.0


def table(kind: str, records: Sequence[Judged]) -> list[str]:
    """The reliability table of one kind of record as lines of text."""
    if not records:
        return [f"{kind}: none found", ""]
    whole = percent(sum(record.right for record in records), len(records))
    half = 100 * top_half(records)
    lines = [f"{kind:14}  number  confidence   right"]
    lines += [
        f"{b.low:6.1f} to {b.high:.1f}  {b.number:7}  {b.confidence:10.2f}  {100 * b.right:5.1f}%"
        for b in reliability(records)
    ]
    lines += [
        f"{'all':14} {len(records):7}  {_mean(record.confidence for record in records):10.2f}  {whole:5.1f}%",
        f"expected calibration error {calibration_error(records):.3f}; "
        f"right in the more confident half {half:.1f}%, {half - whole:+.1f} against the whole",
        "",
    ]
    return lines


def _figures(kind: str, records: Sequence[Judged]) -> Iterator[tuple[str, float]]:
    if records:
        yield f"{kind}.right", percent(sum(record.right for record in records), len(records))
        yield f"{kind}.right_top_half", 100 * top_half(records)
        yield f"{kind}.calibration", 100 * (1 - calibration_error(records))


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)
