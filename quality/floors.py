"""Floors: the figures under which a change must not fall, with a digest of the data on which they were measured.

`floors.json` holds two runs, `full` and `slice`; each maps a task to its split, the limit of the run, the data's
digest, and a floor for every figure. Floors lie a little below what was measured, since int8 arithmetic differs
between processors; more so for the slice, where one sentence weighs more.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

FILE = Path(__file__).with_name("floors.json")
NO_FLOOR = ("_km", "unnamed", "_population")  # less is better; and a baseline that is not ours to hold
MARGINS = {"full": 0.3, "slice": 1.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """One task's figures, with what they were measured on."""

    task: str
    split: str
    limit: int | None
    data: str
    figures: dict[str, float]


Floors = dict[str, dict[str, dict[str, Any]]]


def load(path: Path = FILE) -> Floors:
    """The floors on file; none if there is no file. `ValueError` if the file is no JSON."""
    if not path.exists():
        return {}
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ValueError(f"{path}: not JSON ({fault})") from None
    return cast(Floors, floors)


def save(floors: Floors, path: Path = FILE) -> None:
    """Writes the floors, sorted, so that a change of one floor is a change of one line."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def floor_under(value: float, margin: float) -> float:
    """A floor with one decimal, at least `margin` below the value; never below zero."""
    return max(0.0, math.floor((value - margin) * 10) / 10)


def as_floors(measured: Measured, margin: float) -> dict[str, Any]:
    """The entry of the file for one task. A figure of zero has nothing to lose and gets no floor."""
    floors = {
        name: floor_under(value, margin) for name, value in measured.figures.items() if not name.endswith(NO_FLOOR)
    }
    kept = {name: floor for name, floor in floors.items() if floor > 0}
    return {"split": measured.split, "limit": measured.limit, "data": measured.data, "floors": kept}


def faults(measured: Measured, entry: dict[str, Any] | None) -> list[str]:
    """One sentence for each thing that is wrong with the figures, in the light of the floors; none if all is well."""
    task = measured.task
    if entry is None:
        return [f"{task}: no floors on file; write them with: python -m quality floors --update"]
    if entry["data"] != measured.data:
        digests = f"digest {measured.data[:12]}…, expected {entry['data'][:12]}…"
        return [f"{task}: the data differ from those the floors were measured on ({digests})"]
    if (entry["split"], entry["limit"]) != (measured.split, measured.limit):
        runs = f"split {entry['split']} limit {entry['limit']}, not split {measured.split} limit {measured.limit}"
        return [f"{task}: the floors on file are for {runs}"]
    found = []
    for name, floor in sorted(entry["floors"].items()):
        if name not in measured.figures:
            found.append(f"{task}: the figure {name} has a floor of {floor:.1f} and was not measured")
        elif measured.figures[name] < floor:
            found.append(f"{task}: {name} is {measured.figures[name]:.2f}, under its floor of {floor:.1f}")
    return found


def lowered(old: dict[str, Any] | None, new: dict[str, Any]) -> list[str]:
    """The floors that the new entry lowers or drops: each deserves a line of the changelog."""
    before: dict[str, float] = (old or {}).get("floors", {})
    return [
        f"{name}: {floor:.1f} → {new['floors'].get(name, 0.0):.1f}"
        for name, floor in sorted(before.items())
        if new["floors"].get(name, 0.0) < floor
    ]
