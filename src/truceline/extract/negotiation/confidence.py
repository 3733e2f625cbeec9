"""How likely a record is to be right, from the probability that the learned part gives it.

The learned part knows how sure it is of words, not how often a whole record of these words is what a person would have
coded. A logistic curve for each kind of record (Platt 1999) turns the one into the other; `confidence.json` holds them,
fitted on the development reports by `training/confidence.py`.
"""

import json
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Literal

CURVES = "confidence.json"
_SURE = 1e-4  # nothing is surer than this far from nought or one
Kind = Literal["proposals", "positions", "commitments", "events"]


def confidence(kind: Kind, probability: float) -> float:
    """The share of records of this kind and probability that are right, 0 to 1, to three digits."""
    slope, intercept = curves().get(kind, (1.0, 0.0))
    p = min(max(probability, _SURE), 1 - _SURE)
    return round(1 / (1 + exp(-(slope * log(p / (1 - p)) + intercept))), 3)


@cache
def curves() -> dict[str, tuple[float, float]]:
    """Slope and intercept over the logarithm of the odds, by kind of record."""
    kept = json.loads(files(__package__).joinpath(CURVES).read_text(encoding="utf-8"))
    return {kind: (float(slope), float(intercept)) for kind, (slope, intercept) in kept.items()}
