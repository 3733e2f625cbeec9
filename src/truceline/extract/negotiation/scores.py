"""Scores between words and phrases: which stance a word shows, whose it is, on which proposal.

Every word has a vector as the one that shows something, and another as the one that is meant. A *role* ("holder",
"target", "stage" …) is a bilinear form between these two (Dozat and Manning 2017), to which the distance in sentences,
the path through the tree, and whether the phrase names who says the word add their parts. An actor or a proposal is
meant as much as all the phrases that stand for it together (the logarithm of the sum of their exponentials).
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.extract.negotiation.paths import OTHER_SENTENCE, Paths
from truceline.extract.negotiation.politics import apolitical
from truceline.extract.negotiation.runs import Run, decoded
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.extract.negotiation.weights import Floats, Weights
from truceline.extract.negotiation.word_features import Sayings, sorts, word_features

Range = tuple[int, int]
ROLES = (
    "holder", "target", "stage", "term", "actor", "recipient", "commits", "toward", "same", "asked",
    "pair0", "pair1", "pair2", "pair3", "pair4",
)  # fmt: skip
DISTANCES = 7
BLOCK = 4096  # words whose vectors are multiplied out at once
# Added to the score of being outside a run, lest too little or too much be found; chosen on the development reports.
OUTSIDE = {"proposal": 1.5, "term": 0.0, "commitment": 0.0, "condition": 0.0, "event": -0.3}
LAYERS = (
    *(f"bio.{layer}" for layer in OUTSIDE), "lab.proposal", "lab.term", "lab.commitment", "lab.event", "stage",
    "stance", "modal", "status",
)  # fmt: skip
_ROLE = {name: number for number, name in enumerate(ROLES)}


@dataclass(eq=False, slots=True)
class Phrases:
    """Phrases that may be meant, those of one actor or proposal side by side; `starts` is where each of these begins.

    `keys` names the actors or proposals; `paths` (words of the passage, phrases) are numbers of paths through the tree;
    `sorts` (phrases, SORTS) says what sort of phrase for what sort of actor each is; `spoken` (words of the passage,
    phrases) is 1 where a phrase names who says a word.
    """

    ranges: list[Range]
    heads: list[int]
    keys: list[Hashable]
    starts: list[int]
    vectors: Floats
    paths: NDArray[np.int64]
    sorts: Floats | None = None
    spoken: Floats | None = None

    def pooled(self, scores: Floats) -> Floats:
        """(rows, phrases) -> (rows, keys)."""
        result: Floats = np.logaddexp.reduceat(scores, self.starts, axis=1)
        return result


class Scores:
    """The scores of one report's words."""

    def __init__(self, scene: Scene, weights: Weights) -> None:
        self.scene, self.weights = scene, weights
        self.showing, self.meant, self._tags = self._multiplied()
        self.paths = Paths(scene.clauses, scene.sentences, weights.paths)
        self.sayings = Sayings(scene)
        self.asked: tuple[int, int, int, int] | None = None  # the passage and references last asked for
        self.answer: Phrases | None = None
        self._firsts = [r.first for r in scene.references]
        doubt = apolitical(scene)
        outside = {layer: np.array([bias + doubt, 0, 0], np.float32) for layer, bias in OUTSIDE.items()}
        self._runs = decoded(scene.clauses, {layer: self.tags(f"bio.{layer}") + outside[layer] for layer in OUTSIDE})

    def _multiplied(self) -> tuple[Floats, Floats, dict[str, Floats]]:
        """What every word shows, what it means, and the scores of every tagging layer; a block of words at a time."""
        weights, count = self.weights, len(self.scene.clauses.annotation.forms)
        rows = np.concatenate([weights[f"{name}.weight"] for name in LAYERS])
        biases = np.concatenate([weights[f"{name}.bias"] for name in LAYERS])
        ends = np.cumsum([len(weights[f"{name}.bias"]) for name in LAYERS])
        size = len(weights["q.bias"])
        showing, meant = (np.ones((count, size + 1), np.float32) for _ in range(2))
        tags = np.empty((count, len(biases)), np.float32)
        features = word_features(self.scene)
        for first in range(0, count, BLOCK):
            block = slice(first, first + BLOCK)
            x: Floats = self.scene.clauses.annotation.vectors[block] + features[block] @ weights["feat.weight"].T
            showing[block, :size], meant[block, :size] = (_gelu(weights.linear(name, x)) for name in ("q", "k"))
            tags[block] = x @ rows.T + biases
        return showing, meant, dict(zip(LAYERS, np.split(tags, ends[:-1], axis=1), strict=True))

    def tags(self, layer: str) -> Floats:
        """(words, labels): the scores of one tagging layer."""
        return self._tags[layer]

    def runs(self, layer: str) -> list[Run]:
        """The runs of words that a layer marks, in the order of the text."""
        return self._runs[layer]

    def labels(self, layer: str, found: Sequence[Run]) -> Floats:
        """(runs, labels): the scores of what each run is."""
        return means(self.tags(f"lab.{layer}"), [(run.first, run.end) for run in found])

    def references(self, first: int, end: int) -> list[Reference]:
        """The phrases and pronouns for actors that begin in these words."""
        low, high = bisect_left(self._firsts, first), bisect_left(self._firsts, end)
        return self.scene.references[low:high]

    def same(self, mention: Range, earlier: Sequence[Range], meant: Floats) -> Floats:
        """(earlier): how well each of the earlier phrases, with their vectors, fits what a mention means again."""
        number, sentences = _ROLE["same"], self.scene.sentences
        found: Floats = means(self.showing, [mention])[0] @ self.weights["form"][number] @ meant.T
        away = sentences[[first for first, _ in earlier]] - sentences[mention[0]]
        found = found + self.weights["dist"][number][distance_class(away)] + self.bias("same")
        return found

    def bias(self, role: str) -> float:
        """What speaks against anything being meant in this role."""
        return float(self.weights["bias"][_ROLE[role]])

    def none(self, role: str) -> float:
        """The score of nothing that the report names being meant."""
        return float(self.weights["none"][_ROLE[role]])


class Passage:
    """The words `first` to `end` of a report, and which phrases in and around them these mean."""

    def __init__(self, scores: Scores, first: int, end: int) -> None:
        self.scores, self.first, self.end = scores, first, end

    def phrases(self, ranges: Sequence[Range], heads: Sequence[int], keys: Sequence[Hashable]) -> Phrases:
        """The phrases put side by side by key, in the order in which the keys first come."""
        order, starts = _side_by_side(keys)
        ranges, heads = [ranges[i] for i in order], [heads[i] for i in order]
        paths = self.scores.paths.between(np.arange(self.first, self.end), heads)
        return Phrases(ranges, heads, list(dict.fromkeys(keys)), starts, means(self.scores.meant, ranges), paths)

    def referring(self, references: Sequence[Reference], keys: Sequence[Hashable]) -> Phrases:
        """Phrases and pronouns that stand for actors, by key; what is said is known to be said by whom."""
        near = self._near(references)
        order, starts = _side_by_side(keys)
        assert near.sorts is not None
        assert near.spoken is not None
        return Phrases(
            [near.ranges[i] for i in order], [near.heads[i] for i in order], list(dict.fromkeys(keys)), starts,
            near.vectors[order], near.paths[:, order], near.sorts[order], near.spoken[:, order],
        )  # fmt: skip

    def _near(self, references: Sequence[Reference]) -> Phrases:
        """The phrases each by itself; kept for the next asker, since sides, actors and events mean the same ones."""
        key = self.first, self.end, references[0].first, len(references)
        if self.scores.asked != key:
            ranges, heads = [(r.first, r.end) for r in references], [r.head for r in references]
            found = self.phrases(ranges, heads, range(len(references)))
            found.sorts = sorts(self.scores.scene, references)
            found.spoken = self.scores.sayings.within(self.first, self.end, references)
            self.scores.asked, self.scores.answer = key, found
        assert self.scores.answer is not None
        return self.scores.answer

    def of_words(self, role: str, phrases: Phrases) -> Floats:
        """(words, keys): how well each actor or proposal fits each word of the passage in this role."""
        words = np.arange(self.first, self.end)
        return phrases.pooled(self._scores(role, self.scores.showing[self.first : self.end], words, phrases))

    def of_ranges(self, role: str, ranges: Sequence[Range], heads: Sequence[int], phrases: Phrases) -> Floats:
        """(ranges, phrases): how well each phrase fits each run of words in this role, not pooled."""
        return self._scores(role, means(self.scores.showing, ranges), np.array(heads, np.int64), phrases)

    def _scores(self, role: str, rows: Floats, words: NDArray[np.int64], phrases: Phrases) -> Floats:
        number, weights, sentences = _ROLE[role], self.scores.weights, self.scores.scene.sentences
        found: Floats = rows @ weights["form"][number] @ phrases.vectors.T
        away = sentences[[first for first, _ in phrases.ranges]][None, :] - sentences[words][:, None]
        found = found + weights["dist"][number][distance_class(away)]
        # Words from outside the passage have no path to anything, and are said by nobody.
        inside = ((words >= self.first) & (words < self.end))[:, None]
        rows_of = np.clip(words - self.first, 0, self.end - self.first - 1)
        found += weights["path.weight"][:, number][np.where(inside, phrases.paths[rows_of], OTHER_SENTENCE)]
        if phrases.spoken is not None:
            found += weights["flag"][number] * phrases.spoken[rows_of] * inside
        if phrases.sorts is not None:
            found += phrases.sorts @ weights["sort"][number]
        return found


def _side_by_side(keys: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """The order that puts what has one key side by side, keys in the order of their first; where each key begins."""
    number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    order = sorted(range(len(keys)), key=lambda i: number[keys[i]])
    counts = np.bincount([number[key] for key in keys], minlength=len(number))
    return order, [0, *counts.cumsum()[:-1].tolist()]


def means(rows: Floats, ranges: Sequence[Range]) -> Floats:
    """(ranges, columns): the mean of the rows of each range."""
    if not ranges:
        return np.zeros((0, rows.shape[1]), np.float32)
    return np.stack([rows[first:end].mean(axis=0) for first, end in ranges])


def distance_class(away: NDArray[np.int64]) -> NDArray[np.int64]:
    """The DISTANCES classes of sentences from word to phrase, from "four or more before" to "four or more behind"."""
    return np.searchsorted([-3, -1, 0, 1, 2, 4], away, side="right")


def _gelu(x: Floats) -> Floats:
    result: Floats = 0.5 * x * (1 + _erf(x / np.float32(np.sqrt(2))))
    return result


def _erf(x: Floats) -> Floats:
    """The error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    result: Floats = (np.sign(x) * (1 - series * np.exp(-x * x))).astype(np.float32)
    return result
