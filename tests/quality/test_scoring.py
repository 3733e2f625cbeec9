"""Counting and matching."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring import Tally, best_jaccards, jaccard, matches, overlap, percent, trimmed

ranges = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=5
)


def touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return overlap(a, b) > 0


def test_figures_of_nothing_are_zero() -> None:
    assert Tally().f1() == 0
    assert percent(0, 0) == 0


def test_f1_is_twice_the_right_over_found_and_gold() -> None:
    tally = Tally()
    tally.add(1, 2, 2)
    tally.add(0, 0, 1)
    assert tally.f1() == pytest.approx(40)


def test_jaccard_of_ranges() -> None:
    assert jaccard((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert jaccard((0, 4), (4, 6)) == 0
    assert jaccard((3, 9), (3, 9)) == 1


def test_best_jaccards_count_gold_ranges_and_ranges_that_touch_none() -> None:
    assert best_jaccards([(0, 4), (10, 12)], [(0, 4), (2, 6), (20, 30)]) == [1.0, 0.0, 0.0]


def test_matching_is_not_greedy() -> None:
    # The first gold range touches both; taking its first partner would leave the second gold range alone.
    assert matches([(0, 10), (0, 2)], [(1, 3), (8, 9)], touch) == 2


@given(ranges, ranges)
def test_matching_is_the_best_of_all_pairings(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    small, large = sorted([gold, found], key=len)
    best = max(sum(map(touch, small, order)) for order in itertools.permutations(large, len(small)))
    assert matches(gold, found, touch) == matches(found, gold, touch) == best


def test_trimmed_ranges_are_distinct_and_sorted() -> None:
    assert trimmed(" a b  c ", [(5, 8), (0, 4), (1, 5), (4, 6)]) == [(1, 4), (6, 7)]
