"""Whole readings against our own gold reports, scored by the scorer that lies beside them."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quality.corpora.gold import GoldReport, read_gold
from quality.reader import as_report, report_reader
from quality.tasks.who import figures as who_figures
from truceline.annotate import Annotator
from truceline.records import Reading, Report, to_json

Read = Callable[[Report], Reading]


@dataclass(slots=True)
class GoldResult:
    """The scorer's figures, its lines about one kind of record, and the reports that could not be read, with why."""

    figures: dict[str, float]
    errors: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def part(gold: Path, split: str) -> list[Path]:
    """The gold reports of this part and the scorer."""
    return [*sorted((gold / split).glob("*.json")), gold / "score.py"]


def measure(gold: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """The scorer's F1 of every kind of record by its name there (`statements` …), `dossier score`, and `details`.

    A report that cannot be read counts as an empty reading. `limit` is reports.
    """
    return examine(gold, split, report_reader(annotator), limit).figures


def examine(gold: Path, split: str, read: Read, limit: int | None = None, errors: str | None = None) -> GoldResult:
    """The same with what was missed or wrong of one kind of record (`errors`), as lines of the scorer."""
    scorer = gold / "score.py"
    if not scorer.is_file():
        raise ValueError(f"{gold}: no score.py here; name the folder of gold reports with --gold")
    reports = read_gold(gold / split)[:limit]
    with tempfile.TemporaryDirectory() as scratch:
        coded, found = Path(scratch, "gold"), Path(scratch, "found")
        coded.mkdir()
        found.mkdir()
        unread = _read_all(reports, read, found)
        for report in reports:
            shutil.copy(gold / split / f"{report.id}.json", coded)
        scores = json.loads(_run(scorer, coded, found, "--json"))
        who = details(reports, found)
        lines = _run(scorer, coded, found, "--errors", errors).splitlines() if errors else []
    figures = {name: float(score["f1"]) for name, score in scores.items() if isinstance(score, dict)}
    lines = [line for line in lines if line.split(" ")[1:2] in (["missed"], ["wrong"])]  # without its table
    return GoldResult({**figures, **who, "dossier score": float(scores["dossier score"])}, lines, unread)


def details(reports: Sequence[GoldReport], folder: Path) -> dict[str, float]:
    """What the scorer leaves out, by `quality.tasks.who`, of the readings in this folder."""
    paths = [folder / f"{report.id}.json" for report in reports]
    readings = [json.loads(path.read_text(encoding="utf-8")) if path.exists() else None for path in paths]
    return who_figures(zip(reports, readings, strict=True))


def _read_all(reports: Sequence[GoldReport], read: Read, folder: Path) -> list[str]:
    unread = []
    for report in reports:
        try:
            reading = to_json(read(as_report(report.text, report.published)))
        except Exception as fault:  # one bad report must not cost the figures of the others
            unread.append(f"{report.id}: {type(fault).__name__}: {fault}")
            continue
        (folder / f"{report.id}.json").write_text(reading, encoding="utf-8")
    return unread


def _run(scorer: Path, *arguments: str | Path) -> str:
    command = [sys.executable, scorer, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(f"{scorer} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ''}")
    return done.stdout
