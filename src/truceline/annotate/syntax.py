"""From the encoder's arc and label vectors to heads and relations, sentence by sentence (Dozat and Manning 2017)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.annotate.trees import best_tree

Floats = NDArray[np.float32]
BLOCK = 256  # words whose label scores are computed at once: they take 26 kB each


def parse(
    outputs: Mapping[str, Floats], sentences: Sequence[tuple[int, int]], arrays: Mapping[str, Floats]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The head of each word (its index in the report, -1 for a root) and the index of its relation.

    `outputs` holds `arc_dependent`, `arc_head`, `label_dependent`, `label_head` with one row for each word; `arrays`
    the bilinear forms and the root's vectors.
    """
    dependents = outputs["arc_dependent"] @ arrays["arc"]
    heads = np.empty(len(dependents), np.int32)
    for first, end in sentences:
        candidates = np.vstack([arrays["root.arc"][None], outputs["arc_head"][first:end]])
        found = best_tree((dependents[first:end] @ candidates.T).astype(np.float32, copy=False))
        heads[first:end] = np.where(found == 0, -1, found - 1 + first)
    return heads, _relations(outputs, heads, arrays)


def _relations(
    outputs: Mapping[str, Floats], heads: NDArray[np.int32], arrays: Mapping[str, Floats]
) -> NDArray[np.int64]:
    form = arrays["label"]  # (labels, size, size)
    labels, size, _ = form.shape
    flat = form.transpose(1, 0, 2).reshape(size, labels * size)
    head_vectors = np.where((heads < 0)[:, None], arrays["root.label"][None], outputs["label_head"][heads])
    found = np.empty(len(heads), np.int64)
    for first in range(0, len(heads), BLOCK):
        through = (outputs["label_dependent"][first : first + BLOCK] @ flat).reshape(-1, labels, size)
        scores = np.matmul(through, head_vectors[first : first + BLOCK, :, None])[:, :, 0]
        found[first : first + BLOCK] = scores.argmax(axis=1)
    return found
