"""Dependency trees from arc scores: the best head of each word where that makes a tree, else the best tree."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """The head of each word, 0 for the root's one dependent and i + 1 for word i.

    `scores` (words, words + 1): how well each head, the root first, suits each word. The tree has exactly one root word
    and no cycle, and no other such tree has a higher total. The time grows at most with the square of the words.
    """
    words = np.arange(len(scores))
    arcs = scores.astype(np.float64)
    arcs[words, words + 1] = -np.inf
    heads: Heads = arcs.argmax(axis=1)
    if np.count_nonzero(heads == 0) == 1 and not _has_cycle(heads):
        return heads
    # Every arc from the root costs more than any other choice could gain: so the best tree has only one (the
    # reweighting of Stanojević and Cohen, EMNLP 2021).
    if len(words):
        arcs[:, 0] -= 1 + len(words) * (float(scores.max()) - float(scores.min()))
    return _arborescence(arcs)


def _has_cycle(heads: Heads) -> bool:
    """Whether some word does not lead to the root; every word is walked over once."""
    reached = [True] + [False] * len(heads)
    for start in range(1, len(heads) + 1):
        walk = []
        at = start
        while not reached[at]:
            reached[at] = True
            walk.append(at)
            at = int(heads[at - 1])
        if at in walk:
            return True
    return False


def _arborescence(arcs: NDArray[np.float64]) -> Heads:
    """The heads of the best tree (Chu and Liu 1965, Edmonds 1967), found along paths (Gabow et al. 1986).

    From a word its best head is followed, from there the next, until the root is reached or the path closes a cycle.
    A cycle becomes one new component; the arc that enters it will replace the arc of the member at which it ends.
    """
    words = len(arcs)
    room = max(2 * words - 1, 0)  # each cycle makes one component of at least two
    gains = np.full((room, words + 1), -np.inf)  # gains[c, u]: what an arc from word u, 0 the root, into c is worth
    members = np.zeros((room, words + 1), np.int64)  # members[c, u]: the component within c at which that arc ends
    gains[:words] = arcs
    owner = np.arange(-1, words)  # the outermost component of each word; the root's is -1
    chosen = [0] * room  # the word from which each component's arc comes
    reached = [False] * room + [True]  # what is known to lead to the root, which index -1 stands for
    count = words
    for start in range(words):
        path: list[int] = []
        at = int(owner[start + 1])
        while not reached[at]:
            if at in path:
                cycle = path[path.index(at) :]
                del path[-len(cycle) :]
                at, count = count, count + 1
                _unite(np.array(cycle), at, gains, members, owner, chosen)
            path.append(at)
            chosen[at] = int(gains[at].argmax())
            at = int(owner[chosen[at]])
        for component in path:
            reached[component] = True
    for component in range(count - 1, words - 1, -1):
        chosen[members[component, chosen[component]]] = chosen[component]
    return np.array(chosen[:words], np.int64)


def _unite(
    cycle: Heads, new: int, gains: NDArray[np.float64], members: Heads, owner: Heads, chosen: Sequence[int]
) -> None:
    """Makes the component `new` of the cycle's: an arc into it costs the arc that it replaces."""
    kept = gains[cycle, [chosen[c] for c in cycle]]
    through = gains[cycle] - kept[:, None]
    best = through.argmax(axis=0)
    gains[new] = through[best, np.arange(len(best))]
    members[new] = cycle[best]
    within = np.isin(owner, cycle)
    gains[new, within] = -np.inf
    owner[within] = new
