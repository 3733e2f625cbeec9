"""How fast reports are read, how much of that is the encoder, and what one run of the program costs.

Times are wall times on the machine at hand, so these figures have no floors. Let nothing else run meanwhile.
"""

import importlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quality import child
from quality.corpora.polnear import read_polnear
from quality.reader import as_report, report_reader
from truceline.annotate import Annotator, load_annotator
from truceline.records import Report

SHORT = """Two delegations met in Geneva on Tuesday to discuss a local truce, the mediator's office said.

"We have handed over a text with three steps," its spokeswoman told reporters. "Both sides have until Friday."
A rebel commander, reached by telephone, said that his group would not leave the town before prisoners were freed.
"""
MEGABYTE = 1_000_000
# The steps of the main path that say who, when and where.
LAYER = (
    "truceline.extract.mentions",
    "truceline.extract.places",
    "truceline.extract.times",
    "truceline.extract.with_days",
    "truceline.resolve.identified",
    "truceline.resolve.with_speakers",
)
NEGOTIATION = (
    "truceline.resolve.references",
    "truceline.extract.Scene",
    "truceline.extract.Scores",
    "truceline.extract.OnTheTable",
    "truceline.extract.with_about",
    "truceline.extract.proposals",
    "truceline.extract.positions",
    "truceline.extract.commitments",
    "truceline.extract.events",
)


def part(data: Path, split: str) -> list[Path]:
    """The speeches and the articles that are read."""
    texts = data / "attribution" / "polnear" / split / "text"
    return [*sorted((data / "bulk" / "unsc-speeches").rglob("*.txt")), *sorted(texts.glob("*.txt"))]


def measure(data: Path, split: str, limit: int | None = None) -> dict[str, float]:
    """Reports a second on one core and two, seconds, megabytes (10⁶ bytes) and ratios, by name.

    `unsc.1_core.reports_per_s` …; `reading_to_encoder` (whole readings over bare encoder passes, two cores, PolNeAR);
    `layer_actors_times_places` (percent of the readings' time that goes to who, when and where; the same articles);
    `layer_negotiation` likewise (proposals, positions, commitments, events, without the encoder's part);
    `short_s` (the program reads one short report: median of five runs) and `short_mb` (its peak memory);
    `megabyte_s`, `megabyte_mb` (a text of a million characters); `length_ratio` (seconds for it over seconds for a
    quarter of it, start-up taken off both: 4 is linear). `limit` is speeches and articles.
    """
    files = part(data, split)
    speeches = [path.read_text(encoding="utf-8", errors="replace") for path in files if "unsc-speeches" in path.parts]
    articles = [article.text for article in read_polnear(data / "attribution" / "polnear" / split)]
    if not speeches:
        raise ValueError(f"{data}: no speeches in bulk/unsc-speeches")
    corpora = {"unsc": _reports(speeches[:limit]), "polnear": _reports(articles[:limit])}
    figures: dict[str, float] = {}
    for cores in (1, 2):
        with on_cores(cores):
            annotator = load_annotator(cores)
            for name, reports in corpora.items():
                seconds = seconds_for(report_reader(annotator), reports)
                figures[f"{name}.{cores}_core{'s' * (cores > 1)}.reports_per_s"] = len(reports) / seconds
            if cores == 2:
                figures["reading_to_encoder"] = ratio_to_encoder(annotator, corpora["polnear"])
                figures["layer_actors_times_places"] = share_of_layer(annotator, corpora["polnear"], LAYER)
                figures["layer_negotiation"] = share_of_layer(annotator, corpora["polnear"], NEGOTIATION)
    return {**figures, **measure_program(speeches)}


def ratio_to_encoder(annotator: Annotator, reports: Sequence[Report]) -> float:
    """Seconds for whole readings over seconds for the bare encoder passes, report by report in turn."""
    read = report_reader(annotator)
    read(reports[0])
    whole = bare = 0.0
    for report in reports:  # in turn, so that a busy moment of the machine falls on both
        whole += _seconds(read, report)
        bare += _seconds(annotator.encode_only, report)
    return whole / bare


def share_of_layer(annotator: Annotator, reports: Sequence[Report], steps: Sequence[str]) -> float:
    """Percent of the seconds of whole readings that these steps take, all measured in the same run.

    `ValueError` if one of the steps is not taken: the main path has changed, and the list of steps must follow it.
    """
    read = report_reader(annotator)
    read(reports[0])
    with clocked(steps) as seconds:
        whole = sum(_seconds(read, report) for report in reports)
    idle = [step for step, spent in seconds.items() if spent == 0]
    if idle:
        raise ValueError(f"no reading takes the step {idle[0]}; correct the steps in quality/tasks/speed.py")
    return 100 * sum(seconds.values()) / whole


@contextmanager
def clocked(steps: Sequence[str]) -> Iterator[dict[str, float]]:
    """The seconds spent in these functions, by the names given, `module.function`, while the context lasts.

    Callers must fetch the functions from their modules when they call them, as the main path does.
    """
    seconds = dict.fromkeys(steps, 0.0)
    places = [(importlib.import_module(step.rpartition(".")[0]), step.rpartition(".")[2]) for step in steps]
    plain = [getattr(module, name) for module, name in places]

    def watched(step: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **named: object) -> object:
            begin = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                seconds[step] += time.perf_counter() - begin

        return run

    try:
        for step, (module, name), function in zip(steps, places, plain, strict=True):
            setattr(module, name, watched(step, function))
        yield seconds
    finally:
        for (module, name), function in zip(places, plain, strict=True):
            setattr(module, name, function)


def seconds_for(step: Callable[[Report], object], reports: Sequence[Report]) -> float:
    """Wall seconds for all the reports, after one to warm up."""
    step(reports[0])
    return sum(_seconds(step, report) for report in reports)


@contextmanager
def on_cores(number: int) -> Iterator[None]:
    """The process confined to so many cores, where the system can do that; nothing changes elsewhere."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(before)[:number]))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def repeated(texts: Sequence[str], length: int) -> str:
    """A text of exactly this many characters: the texts as paragraphs, from the front again when they run out."""
    pieces: list[str] = []
    total = 0
    for text in itertools.cycle([text for text in texts if text.strip()]):
        pieces.append(text.strip())
        total += len(pieces[-1]) + 2
        if total >= length:
            break
    return "\n\n".join(pieces).ljust(length)[:length]


def measure_program(texts: Sequence[str]) -> dict[str, float]:
    """The figures of the program run as a user runs it; the texts fill the long reports."""
    with tempfile.TemporaryDirectory() as scratch:
        runs = [_run(SHORT, scratch) for _ in range(5)]
        short = statistics.median(seconds for seconds, _ in runs)
        quarter, _ = _run(repeated(texts, MEGABYTE // 4), scratch)
        whole, memory = _run(repeated(texts, MEGABYTE), scratch)
    return {
        "short_s": short,
        "short_mb": max(peak for _, peak in runs),
        "megabyte_s": whole,
        "megabyte_mb": memory,
        "length_ratio": (whole - short) / max(quarter - short, 1e-9),
    }


def _run(text: str, scratch: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of the program on this text."""
    path = Path(scratch, "report.txt")
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, child.__file__, *_truceline(), "read", str(path)]
    command += ["--published", "2016-12-05", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        cost = json.loads(done.stdout)
    except ValueError:
        raise ValueError(f"the program could not be run: {done.stderr.strip()[-300:]}") from None
    if cost["exit"]:
        raise ValueError(f"truceline read ended with exit code {cost['exit']}: {done.stderr.strip()[-300:]}")
    return float(cost["seconds"]), float(cost["megabytes"])


def _truceline() -> list[str]:
    """The command installed beside this interpreter, or else the package as a module."""
    installed = Path(sys.executable).with_name("truceline")
    return [str(installed)] if installed.is_file() else [sys.executable, "-m", "truceline"]


def _seconds(step: Callable[[Report], object], report: Report) -> float:
    begin = time.perf_counter()
    step(report)
    return time.perf_counter() - begin


def _reports(texts: Sequence[str]) -> list[Report]:
    return [as_report(text) for text in texts if text.strip()]
