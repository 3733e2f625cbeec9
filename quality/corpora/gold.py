"""Our own gold reports: one JSON file each, coded by the codebook."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report as it was coded; `record` is the whole file: actors, statements, proposals and so on."""

    id: str
    text: str
    published: str | None
    record: dict[str, Any]


def read_gold(folder: Path) -> list[GoldReport]:
    """The reports of one part, sorted by file name; `ValueError` if there are none or one is no gold report."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise ValueError(f"{folder}: no gold reports (*.json) here")
    reports = []
    for path in files:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            reports.append(GoldReport(path.stem, record["text"], record.get("published"), record))
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f"{path}: not a gold report ({fault})") from None
    return reports
