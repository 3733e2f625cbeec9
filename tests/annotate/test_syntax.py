"""From vectors to heads and relations: each word's head lies in its own sentence, its relation fits that head."""

import numpy as np
import pytest
from numpy.typing import NDArray

from truceline.annotate.syntax import BLOCK, parse

Floats = NDArray[np.float32]
KINDS = 5
LABELS = 7


def built(sentences: list[list[int]]) -> tuple[dict[str, Floats], list[tuple[int, int]], dict[str, Floats]]:
    """Outputs that ask for these heads (in each sentence 0 for the root, i + 1 for word i).

    Word i is of kind i % KINDS; relation r suits a word of kind d under a head of kind h if r is (2 d + h) % LABELS.
    The root is a head of kind KINDS.
    """
    longest, words = max(map(len, sentences)), sum(map(len, sentences))
    places = np.eye(longest + 1, dtype=np.float32)
    kinds = np.eye(KINDS + 1, dtype=np.float32)
    d, h = np.indices((KINDS + 1, KINDS + 1))
    suits = [(2 * d + h) % LABELS == relation for relation in range(LABELS)]
    ends = np.cumsum([len(heads) for heads in sentences]).tolist()
    outputs = {
        "arc_dependent": np.vstack([places[heads] for heads in sentences]),
        "arc_head": np.vstack([places[1 : len(heads) + 1] for heads in sentences]),
        "label_dependent": kinds[np.arange(words) % KINDS],
        "label_head": kinds[np.arange(words) % KINDS],
    }
    arrays = {
        "arc": np.eye(longest + 1, dtype=np.float32), "root.arc": places[0],
        "label": np.array(suits, np.float32), "root.label": kinds[KINDS],
    }  # fmt: skip
    return outputs, list(zip([0, *ends], ends, strict=False)), arrays


def expected_relations(heads: list[int]) -> list[int]:
    return [(2 * (i % KINDS) + (KINDS if head < 0 else head % KINDS)) % LABELS for i, head in enumerate(heads)]


def test_heads_are_numbered_through_the_report() -> None:
    outputs, sentences, arrays = built([[2, 0, 2], [0, 1], [0]])
    heads, relations = parse(outputs, sentences, arrays)
    assert heads.tolist() == [1, -1, 1, -1, 3, -1]
    assert relations.tolist() == expected_relations([1, -1, 1, -1, 3, -1])


@pytest.mark.parametrize("words", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 3])
def test_relations_are_the_same_wherever_a_block_of_words_ends(words: int) -> None:
    rng = np.random.default_rng(words)
    lengths = [9] * (words // 9) + ([words % 9] if words % 9 else [])
    outputs, sentences, arrays = built([[0, *(int(rng.integers(1, i + 1)) for i in range(1, n))] for n in lengths])
    heads, relations = parse(outputs, sentences, arrays)
    assert len(heads) == words
    for first, end in sentences:
        assert all(first <= head < end or head == -1 for head in heads[first:end])
        assert heads[first:end].tolist().count(-1) == 1
    assert relations.tolist() == expected_relations(heads.tolist())


def test_a_sentence_longer_than_a_block() -> None:
    outputs, sentences, arrays = built([[0, *range(1, BLOCK + 40)]])
    heads, relations = parse(outputs, sentences, arrays)
    assert heads.tolist() == list(range(-1, BLOCK + 39))
    assert relations.tolist() == expected_relations(heads.tolist())


def test_asking_for_no_tree_gives_the_nearest_one() -> None:
    outputs, sentences, arrays = built([[2, 1, 1]])  # words 1 and 2 head each other
    heads, _ = parse(outputs, sentences, arrays)
    assert heads.tolist().count(-1) == 1
    assert heads.tolist() in ([-1, 0, 0], [1, -1, 0])
