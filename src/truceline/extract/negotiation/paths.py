"""The way through the dependency tree from a phrase to a word: "nsubj" from the subject to its verb.

A path climbs from the phrase's head to the first word that stands above both and down to the word: `obl:by<` leads
from "by the envoys" to the verb, `nsubj<xcomp` from a subject to the infinitive below its verb. Coordination is stepped
over, so that every one of several subjects is one.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.extract.clauses import Clauses

KEPT = 4096  # words whose ways up are remembered: more than a passage has
DEPTH = 4  # steps up from either end
OTHER_SENTENCE, UNNAMED = 0, 1  # numbers that no path has
_WITH_SUBTYPE = frozenset({"nsubj:pass", "obl:agent", "acl:relcl", "aux:pass", "nmod:poss"})


def step(clauses: Clauses, word: int) -> str:
    """What a word is to its head: its relation, with the preposition of an oblique or of a noun's modifier."""
    relation = clauses.annotation.deprels[word]
    plain = relation.partition(":")[0]
    if plain in ("obl", "nmod"):
        case = clauses.case(word)
        return f"{plain}:{case}" if case else relation
    return relation if relation in _WITH_SUBTYPE else plain


Ascent = list[tuple[int, tuple[str, ...]]]  # words above, nearest first, and the steps to each


def ascent(clauses: Clauses, word: int) -> Ascent:
    """The word itself and those above it, as far as DEPTH steps lead."""
    found: Ascent = [(word, ())]
    steps: tuple[str, ...] = ()
    at = word
    for _ in range(DEPTH + 2):
        above = clauses.head(at)
        if above < 0:
            break
        if clauses.annotation.deprels[at] != "conj":
            steps = (*steps, step(clauses, at))
        if len(steps) > DEPTH:
            break
        at = above
        found.append((at, steps))
    return found


def path(phrase: Ascent, word: Ascent) -> str | None:
    """The path from a phrase's head to a word; None if none is short enough."""
    above = dict(reversed(phrase))
    for at, steps in word:
        if at in above:
            return ">".join(above[at]) + "<" + "<".join(reversed(steps))
    return None


class Paths:
    """The paths of one report's words, each looked up once; `numbers` are those of the paths that have one."""

    def __init__(self, clauses: Clauses, sentences: NDArray[np.int64], numbers: dict[str, int]) -> None:
        self.clauses, self.sentences, self.numbers = clauses, sentences, numbers
        self._ascents: dict[int, Ascent] = {}
        self._columns: dict[int, tuple[int, NDArray[np.int64]]] = {}

    def to(self, head: int) -> Iterator[tuple[int, str]]:
        """Every word of the sentence that a phrase's head stands in, with the path from the phrase to it."""
        first, end = self.clauses.annotation.sentences[self.sentences[head]]
        for word in range(first, end):
            found = path(self._ascent(head), self._ascent(word))
            if found is not None:
                yield word, found

    def between(self, words: NDArray[np.int64], heads: Sequence[int]) -> NDArray[np.int64]:
        """(words, heads): the number of each path; OTHER_SENTENCE where there is none, UNNAMED where it has none."""
        found = np.full((len(words), len(heads)), OTHER_SENTENCE, np.int64)
        for column, head in enumerate(heads):
            first, numbers = self._column(head)
            rows = np.flatnonzero((words >= first) & (words < first + len(numbers)))
            found[rows, column] = numbers[words[rows] - first]
        return found

    def _column(self, head: int) -> tuple[int, NDArray[np.int64]]:
        """The first word of the head's sentence, and the numbers of the paths from the head to each of its words."""
        if len(self._ascents) > KEPT:
            self._ascents, self._columns = {}, {}
        if head not in self._columns:
            first, end = self.clauses.annotation.sentences[self.sentences[head]]
            numbers = np.full(end - first, OTHER_SENTENCE, np.int64)
            for word, steps in self.to(head):
                numbers[word - first] = self.numbers.get(steps, UNNAMED)
            self._columns[head] = first, numbers
        return self._columns[head]

    def _ascent(self, word: int) -> Ascent:
        if word not in self._ascents:
            self._ascents[word] = ascent(self.clauses, word)
        return self._ascents[word]
