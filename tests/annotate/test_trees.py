"""Dependency trees: always a tree with one root, the best there is, and found quickly."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from truceline.annotate.trees import best_tree

Scores = NDArray[np.float32]


def is_tree(heads: tuple[int, ...]) -> bool:
    """Whether exactly one word hangs on the root and every word reaches it."""
    reached = {0}
    for _ in heads:
        reached |= {word for word, head in enumerate(heads, 1) if head in reached}
    return heads.count(0) == 1 and len(reached) == len(heads) + 1


TREES = {n: [h for h in itertools.product(range(n + 1), repeat=n) if is_tree(h)] for n in range(1, 6)}


def total(heads: tuple[int, ...], scores: Scores) -> float:
    return float(scores[np.arange(len(heads)), heads].astype(np.float64).sum())


@st.composite
def scored(draw: st.DrawFn) -> Scores:
    """Scores of one to five words: any, or few different ones so that many trees are equally good."""
    words = draw(st.integers(1, 5))
    numbers = st.floats(-50, 50, width=32) | st.integers(-2, 2).map(float)
    return draw(arrays(np.float32, (words, words + 1), elements=numbers))


def test_there_are_as_many_trees_as_there_should_be() -> None:
    assert [len(trees) for trees in TREES.values()] == [n ** (n - 1) for n in TREES]  # Cayley's formula, rooted


@given(scored())
@settings(max_examples=300, deadline=None)
def test_no_other_tree_with_one_root_scores_higher(scores: Scores) -> None:
    heads = tuple(best_tree(scores).tolist())
    assert is_tree(heads)
    assert total(heads, scores) == pytest.approx(max(total(tree, scores) for tree in TREES[len(heads)]), abs=1e-4)


def test_the_best_head_of_each_word_is_kept_where_that_makes_a_tree() -> None:
    heads = [2, 0, 2, 3, 3, 5]
    scores = np.random.default_rng(5).normal(size=(6, 7)).astype(np.float32)
    scores[np.arange(6), heads] = 9
    assert best_tree(scores).tolist() == heads


def test_the_root_word_need_not_be_among_those_that_suit_the_root_best() -> None:
    """Every other word scores higher under the root, yet only word 5 can be there without breaking a better arc."""
    scores = np.full((5, 6), -10, np.float32)
    scores[:4, 0] = [5, 4, 3, 2]
    scores[:4, 5] = 100
    scores[4, 0] = 0
    scores[4, 1:5] = 1
    assert best_tree(scores).tolist() == [5, 5, 5, 5, 0]


def test_one_word_is_the_root() -> None:
    assert best_tree(np.array([[-3, 8]], np.float32)).tolist() == [0]


def test_no_words_have_no_heads() -> None:
    assert best_tree(np.zeros((0, 1), np.float32)).tolist() == []


def test_the_scores_given_are_left_as_they_were() -> None:
    scores = np.random.default_rng(6).normal(size=(8, 9)).astype(np.float32)
    before = scores.copy()
    best_tree(scores)
    assert (scores == before).all()


def nested(words: int) -> Scores:
    """Each word suits the next best: one cycle within another, as many as there are words."""
    distance = np.abs(np.arange(words)[:, None] - np.arange(words)[None])
    inner = -distance - 0.01 * np.arange(words)[:, None]
    return np.hstack([np.full((words, 1), -500.0), inner]).astype(np.float32)


def paired(words: int) -> Scores:
    """Words two by two in cycles, those pairs in pairs, and so on."""
    i, j = np.arange(words)[:, None], np.arange(words)[None]
    return np.hstack([np.full((words, 1), -50.0), -np.log2(1.0 + (i ^ j))]).astype(np.float32)


def many_roots(words: int) -> Scores:
    """Every word suits the root best."""
    scores = np.random.default_rng(1).normal(size=(words, words + 1))
    scores[:, 0] += 20
    return scores.astype(np.float32)


LONG = {
    "noise": np.random.default_rng(2).normal(size=(400, 401)).astype(np.float32),
    "all alike": np.zeros((400, 401), np.float32),
    "cycles within cycles": nested(400),
    "pairs of pairs": paired(400),
    "every word a root": many_roots(400),
}


@pytest.mark.parametrize("name", LONG)
def test_a_sentence_of_400_words_takes_less_than_a_second(name: str) -> None:
    began = time.process_time()
    heads = best_tree(LONG[name])
    assert time.process_time() - began < 1
    assert is_tree(tuple(heads.tolist()))


@pytest.mark.parametrize("scores", [nested(2000), paired(2000)], ids=["nested", "paired"])
def test_no_depth_of_cycles_is_too_deep(scores: Scores) -> None:
    heads = best_tree(scores)
    assert int((heads == 0).sum()) == 1
    at = np.arange(1, len(heads) + 1)
    above = np.concatenate([[0], heads])
    for _ in range(11):  # 2 to the 11th steps up
        above = above[above]
    assert (above[at] == 0).all()
