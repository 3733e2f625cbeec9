"""The gate: every task measured, in full or on a small fixed slice, and held against the floors."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quality.floors import Measured
from quality.parts import digest
from quality.tasks import attribution, coref, doubt, events, gold, ner, noise, places, time, ud
from truceline.annotate import Annotator

Measure = Callable[[Path, str, Annotator, int | None], dict[str, float]]
Part = Callable[[Path, str], list[Path]]

TASKS: dict[str, tuple[Part, Measure]] = {
    "ud": (ud.part, ud.measure),
    "ner": (ner.part, ner.measure),
    "attribution": (attribution.part, attribution.measure),
    "time": (time.part, time.measure),
    "places": (places.part, places.measure),
    "coref": (coref.part, coref.measure),
    "gold": (gold.part, gold.measure),
    "doubt": (gold.part, doubt.measure),
    "events": (events.part, events.measure),
    "noise": (noise.part, noise.measure),
}
# Sentences of each corpus for `ud` and `ner`, of each round for `events`, documents for the others: seconds of work
# each, whole documents only.
SLICE = {
    "ud": 300, "ner": 300, "attribution": 12, "time": 15, "places": 40, "coref": 20, "gold": 20, "doubt": 20,
    "events": 40, "noise": 12,
}  # fmt: skip
ON_GOLD = ("gold", "doubt")  # these measure the gold reports, not the data sets
SPLIT = "dev"


def measure(task: str, root: Path, split: str, annotator: Annotator, limit: int | None = None) -> Measured:
    """The figures of one task over the part of this name; `ValueError` if no file of that part lies there.

    `root` is the folder of the data sets, for `gold` and `doubt` the folder of gold reports.
    """
    part, run = TASKS[task]
    files = [path for path in part(root, split) if path.is_file()]
    if not [path for path in files if path.name != "score.py"]:
        raise ValueError(f"{root}: no data for the task {task}, split {split}; quality/README.md shows the layout")
    return Measured(task, split, limit, digest(files, root), run(root, split, annotator, limit))


def runs(which: str, tasks: Iterable[str], data: Path, gold_folder: Path, annotator: Annotator) -> Iterator[Measured]:
    """The tasks measured one after the other; `which` is `full` or `slice`."""
    for task in tasks:
        limit = SLICE[task] if which == "slice" else None
        yield measure(task, gold_folder if task in ON_GOLD else data, SPLIT, annotator, limit)
