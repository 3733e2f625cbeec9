"""Learned preferences: how much each feature of a candidate speaks for it, in weights that a person can read.

The weights are in `preferences.json`; `training/coref.py` learns them (a log-linear ranking of candidates: Denis and
Baldridge, "A ranking approach to pronoun resolution", 2007).
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

Features = list[str]


@cache
def weights(mention: str) -> dict[str, float]:
    """The weight of each feature by its name, for one kind of mention ("pronouns"); `KeyError` if none was learned."""
    record = json.loads(files(__package__).joinpath("preferences.json").read_text(encoding="utf-8"))
    return dict(record[mention])


def scores(weight: dict[str, float], rows: Sequence[Features]) -> list[float]:
    """The sum of the weights of each row's features; a feature without a weight counts nothing."""
    return [sum(weight.get(feature, 0.0) for feature in row) for row in rows]
