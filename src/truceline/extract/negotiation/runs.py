"""Runs of words that one layer of tags marks: mentions of proposals, terms, commitments, conditions, events."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from truceline.annotate import chains
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.weights import Floats

Real = TypeVar("Real", np.float32, np.float64)
_TAGS = ("O", "B-run", "I-run")
_NEVER = -1e4
_PHRASES = frozenset({"proposal", "term"})  # layers whose runs are phrases
_NOT_LAST = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "AUX", "PART"})
_OPENING = frozenset({'"', "“", "‘", "'", "(", "[", "«", "„", "$", "€", "£"})
# A run cannot go on from outside or from the start of a sentence; nothing else is forbidden.
_TRANSITIONS = np.array([[0, 0, _NEVER], [0, 0, 0], [0, 0, 0], [0, 0, _NEVER]], np.float32)


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `end` (half-open) with the word that governs them, and how probable the run is."""

    first: int
    end: int
    head: int
    probability: float


def decoded(clauses: Clauses, emissions: dict[str, Floats]) -> dict[str, list[Run]]:
    """The runs of every layer in the order of the text, from its (words, 3) scores of tags; each in one sentence."""
    sentences = [(first, end) for first, end in clauses.annotation.sentences if first < end]
    parts = [(layer, first, end) for layer in emissions for first, end in sentences]
    found: dict[str, list[Run]] = {layer: [] for layer in emissions}
    tagged = chains.decode([emissions[layer][first:end] for layer, first, end in parts], _TRANSITIONS)
    for (layer, start, _), (tags, probabilities) in zip(parts, tagged, strict=True):
        for span in chains.spans(tags, probabilities, _TAGS, start):
            whole = layer in _PHRASES
            first, end = trimmed(clauses, span.first, span.end) if whole else (span.first, span.end)
            if first < end:
                found[layer].append(Run(first, end, clauses.governor(first, end), span.probability))
    return found


def trimmed(clauses: Clauses, first: int, end: int) -> tuple[int, int]:
    """The words without what begins or ends nothing: commas and conjunctions before, prepositions and articles behind.

    A participle at the end goes too if what it governs stands behind the run: "a draft resolution imposing".
    """
    a = clauses.annotation
    while first < end and a.upos[first] in ("PUNCT", "CCONJ") and a.forms[first] not in _OPENING:
        first += 1
    while end > first and (a.upos[end - 1] in _NOT_LAST or _cut_off(clauses, first, end)):
        end -= 1
    return first, end


def _cut_off(clauses: Clauses, first: int, end: int) -> bool:
    """Whether the last word is a verb that hangs on a noun before it, and governs what is no longer in the run."""
    a, last = clauses.annotation, end - 1
    if a.upos[last] != "VERB" or not first <= clauses.head(last) < last:
        return False
    return any(child >= end for child in clauses.children[last])


def sigmoid(x: NDArray[Real]) -> NDArray[Real]:
    """The logistic function."""
    result: NDArray[Real] = 0.5 * (1 + np.tanh(0.5 * x))
    return result


def softmax(x: NDArray[Real]) -> NDArray[Real]:
    """Shares along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    result: NDArray[Real] = e / e.sum(axis=-1, keepdims=True)
    return result


def log_softmax(x: NDArray[Real]) -> NDArray[Real]:
    """The logarithms of shares along the last axis."""
    result: NDArray[Real] = x - np.logaddexp.reduce(x, axis=-1, keepdims=True)
    return result


def log_sigmoid(x: NDArray[Real]) -> NDArray[Real]:
    """The logarithm of the logistic function."""
    result: NDArray[Real] = -np.logaddexp(0, -x)
    return result
