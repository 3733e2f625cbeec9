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
_STEPS, _FURTHER = 3, 12  # times that a run is completed, words by which it grows at once
_HYPHENS = frozenset({"-", "–", "‐"})
_OPENS = frozenset({"DET", "NUM"})
_SAYING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})  # "it" or "will" alone is no action
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
            first, end = trimmed(clauses, *completed(clauses, span.first, span.end))
            if any(clauses.annotation.upos[word] in _SAYING for word in range(first, end)):
                found[layer].append(Run(first, end, clauses.governor(first, end), span.probability))
    return found


def completed(clauses: Clauses, first: int, end: int) -> tuple[int, int]:
    """The words, and what the last of them begins: the noun behind its article or number, a verb's object.

    So "a 14" becomes "a 14-day halt", and "a draft imposing" names what the draft imposes.
    """
    for _ in range(_STEPS):
        further = _goes_on(clauses, first, end)
        if not end < further <= end + _FURTHER:
            break
        end = further
    return first, end


def _goes_on(clauses: Clauses, first: int, end: int) -> int:
    """Where the phrase ends that the last word belongs to or opens; `end` if it is complete."""
    a, last = clauses.annotation, end - 1
    head = clauses.head(last)
    if end < len(a.forms) and not a.spaced[end] and (a.forms[last] in _HYPHENS or a.forms[end] in _HYPHENS):
        return end + 1
    if head >= end and a.upos[last] in _OPENS and not any(a.upos[word] == "VERB" for word in range(end, head)):
        return clauses.noun_phrase(head)[1] if a.upos[head] in ("NOUN", "PROPN") else head + 1
    if _cut_off(clauses, first, end):
        objects = [child for child in clauses.children[last] if child >= end and a.deprels[child] in ("obj", "xcomp")]
        return max((clauses.noun_phrase(child)[1] for child in objects[:1]), default=end)
    return end


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
