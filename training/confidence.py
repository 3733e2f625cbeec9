"""Fits what confidence means: `python -m training.confidence --gold DIR`, on the development reports in DIR/dev.

Leaves `confidence.json` beside `truceline.extract.negotiation.confidence`: for each kind of record slope and intercept
of a logistic curve (Platt 1999, with his targets) from the learned part's probability to the share that is right.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality.corpora.gold import read_gold
from quality.reader import as_report, report_reader
from quality.tasks.doubt import Judged, judge, load_scorer
from truceline.annotate import load_annotator
from truceline.extract.negotiation import confidence
from truceline.records import to_json

KINDS = ("proposals", "positions", "commitments", "events")
STEPS = 50  # of Newton's method


def curve(records: list[Judged]) -> tuple[float, float]:
    """Slope and intercept over the logarithm of the odds; the slope is never below nought."""
    p = np.clip([r.confidence for r in records], 1e-4, 1 - 1e-4)
    right = np.array([r.right for r in records])
    # Platt's targets: not quite one and nought, so that few records do not make a step of the curve.
    target = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2))
    x = np.column_stack([np.log(p / (1 - p)), np.ones(len(p))])
    weights: NDArray[np.float64] = np.zeros(2)
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (share * (1 - share))[:, None]).T @ x + 1e-6 * np.eye(2)
        weights = weights - np.linalg.solve(hessian, x.T @ (share - target))
    return max(float(weights[0]), 0.0), float(weights[1])


def main() -> None:
    """Reads the development reports with bare probabilities, and writes the curves."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, required=True)
    a = ap.parse_args()
    file = Path(confidence.__file__).with_name(confidence.CURVES)
    file.write_text("{}\n", encoding="utf-8")
    confidence.curves.cache_clear()
    scorer, read = load_scorer(a.gold / "score.py"), report_reader(load_annotator())
    judged: dict[str, list[Judged]] = {kind: [] for kind in KINDS}
    for report in read_gold(a.gold / "dev"):
        found = json.loads(to_json(read(as_report(report.text, report.published))))
        for kind, records in judge(scorer, report, found).items():
            if kind in judged:
                judged[kind] += records
    curves = {kind: [round(value, 3) for value in curve(records)] for kind, records in judged.items()}
    file.write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
