"""Decoding of linear-chain random fields: the best tag sequence, and how probable each of its tags is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.annotate.annotation import Tagged

_NOTHING = 1e-300

Scores = NDArray[np.float32]
Tags = NDArray[np.int64]
Found = tuple[Tags, Scores]


def decode(sequences: Sequence[Scores], transitions: Scores) -> list[Found]:
    """For each sequence its best tags (words) and their marginal probabilities (words).

    Each of `sequences` holds scores (words, labels); `transitions` is (labels + 1, labels), the last row being the
    start. All sequences are decoded side by side: the time goes with the longest one and the total length.
    """
    results: list[Found] = [(np.zeros(0, np.int64), np.zeros(0, np.float32))] * len(sequences)
    order = sorted((i for i, s in enumerate(sequences) if len(s)), key=lambda i: -len(sequences[i]))
    # Sequences of like length go together, so that padding never more than doubles the work.
    while order:
        longest = len(sequences[order[0]])
        group = [i for i in order if 2 * len(sequences[i]) >= longest]
        order = order[len(group) :]
        for i, found in zip(group, _side_by_side([sequences[i] for i in group], transitions), strict=True):
            results[i] = found
    return results


def _side_by_side(sequences: list[Scores], transitions: Scores) -> list[Found]:
    lengths = np.array([len(s) for s in sequences])
    scores = np.zeros((max(lengths), len(sequences), transitions.shape[1]))  # words first: each step is one block
    for i, s in enumerate(sequences):
        scores[: len(s), i] = s
    tags = _best(scores, lengths, transitions)
    marginals = _marginals(scores, lengths, transitions)
    chosen = np.take_along_axis(marginals, tags[:, :, None], axis=2)[:, :, 0].astype(np.float32)
    return [(tags[:n, i], chosen[:n, i]) for i, n in enumerate(lengths.tolist())]


def _best(scores: NDArray[np.float64], lengths: NDArray[np.int64], transitions: Scores) -> Tags:
    """Viterbi: the best tags of each sequence (words, sequences)."""
    words, rows, labels = scores.shape
    inner = transitions[:labels].T[None]  # (1, after, before)
    back = np.zeros((words, rows, labels), np.int16)
    best = scores[0] + transitions[labels]
    tag = best.argmax(axis=1)  # of each sequence's last word
    for t in range(1, words):
        through = best[:, None, :] + inner
        back[t] = through.argmax(axis=2)
        best = through.max(axis=2) + scores[t]
        tag = np.where(t < lengths, best.argmax(axis=1), tag)
    tags = np.zeros((words, rows), np.int64)
    for t in range(words - 1, -1, -1):
        tags[t] = tag
        tag = np.where(t < lengths, back[t, np.arange(rows), tag], tag)
    return tags


def _marginals(scores: NDArray[np.float64], lengths: NDArray[np.int64], transitions: Scores) -> NDArray[np.float64]:
    """Forward and backward: the probability of each tag at each word, (words, sequences, labels).

    Sums are kept as logarithms, so that no emission, however sure, leaves a word without a possible tag.
    """
    words, _, labels = scores.shape
    inner = np.exp(transitions[:labels].astype(np.float64))
    forward = np.empty_like(scores)
    forward[0] = scores[0] + transitions[labels]
    for t in range(1, words):
        forward[t] = _through(forward[t - 1], inner) + scores[t]
    backward = np.zeros_like(scores[0])
    for t in range(words - 2, -1, -1):
        backward = np.where((t + 1 < lengths)[:, None], _through(scores[t + 1] + backward, inner.T), 0.0)
        forward[t] += backward
    forward -= forward.max(axis=2, keepdims=True)
    np.exp(forward, out=forward)
    forward /= forward.sum(axis=2, keepdims=True)
    return forward


def _through(state: NDArray[np.float64], transitions: NDArray[np.float64]) -> NDArray[np.float64]:
    """One step: the logarithm of what reaches each tag; never minus infinity, so that impossible stays a number."""
    highest = state.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = np.log(np.exp(state - highest) @ transitions + _NOTHING) + highest
    return found


def spans(tags: NDArray[np.int64], probabilities: Scores, labels: Sequence[str], offset: int = 0) -> list[Tagged]:
    """The spans of a BIO tag sequence, numbered from `offset`; a span is as probable as its least probable word."""
    found = []
    first = -1
    kind = ""
    for i, tag in enumerate([*tags.tolist(), -1]):
        label = labels[tag] if tag >= 0 else "O"
        if first >= 0 and (label[:1] != "I" or label[2:] != kind):
            found.append(Tagged(offset + first, offset + i, kind, float(probabilities[first:i].min())))
            first = -1
        if label != "O" and first < 0:
            first, kind = i, label[2:]
    return found
