"""Counting and matching: what every task's figures are made of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Range = tuple[int, int]
Gold = TypeVar("Gold")
Found = TypeVar("Found")


@dataclass(slots=True)
class Tally:
    """Right, found and gold counts, added up over documents (micro average)."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right += right
        self.found += found
        self.gold += gold

    def f1(self) -> float:
        """F1 in percent; 0 where there is nothing to find and nothing found."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def percent(right: int, total: int) -> float:
    """`right` of `total` in percent; 0 of 0 is 0."""
    return 100 * right / total if total else 0.0


def overlap(a: Range, b: Range) -> int:
    """How many characters two half-open ranges share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def jaccard(a: Range, b: Range) -> float:
    """Shared characters over characters of either, 0 to 1."""
    shared = overlap(a, b)
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared else 0.0


def best_jaccards(gold: Sequence[Range], found: Sequence[Range]) -> list[float]:
    """For each gold range its best Jaccard with a found one, then a 0 for each found range that touches no gold one.

    The mean of these numbers over all documents is the Jaccard figure of quotation extraction, as CofeNet's
    authors count it (Wang et al., COLING 2022; there over tokens, here over characters).
    """
    best = [max((jaccard(g, f) for f in found), default=0.0) for g in gold]
    return best + [0.0 for f in found if not any(overlap(g, f) for g in gold)]


def matches(gold: Sequence[Gold], found: Sequence[Found], agree: Callable[[Gold, Found], bool]) -> int:
    """The greatest number of (gold, found) pairs that agree, each in one pair at most.

    Method: maximum bipartite matching by augmenting paths (Kuhn 1955).
    """
    edges = [[j for j, f in enumerate(found) if agree(g, f)] for g in gold]
    partner: dict[int, int] = {}

    def augment(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in partner or augment(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(augment(i, set()) for i in range(len(gold)))


def trimmed(text: str, ranges: Iterable[Range]) -> list[Range]:
    """The distinct ranges in the order of the text, without white space at either end; empty ones left out."""
    kept = set()
    for start, end in ranges:
        quote = text[start:end]
        if quote.strip():
            kept.add((start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())))
    return sorted(kept)
