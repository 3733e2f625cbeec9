"""The parameters that the parts of this package have learned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.extract.negotiation.paths import UNNAMED

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by name, as `training/negotiation.py` leaves them, and the numbers of the tree's known paths."""

    arrays: dict[str, Floats]
    paths: dict[str, int]

    @classmethod
    def of(cls, arrays: dict[str, Floats], named: list[str]) -> "Weights":
        """Weights from a model's files; paths are numbered in the order in which the model names them."""
        return cls(arrays, {path: number for number, path in enumerate(named, UNNAMED + 1)})

    def __getitem__(self, name: str) -> Floats:
        return self.arrays[name]

    def linear(self, name: str, x: Floats) -> Floats:
        """A linear layer over rows (n, in) -> (n, out)."""
        result: Floats = x @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return result
