"""Tag sequences: the best one and its probabilities, against every sequence there is; and the spans they make."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.annotate.built import transitions
from truceline.annotate import chains

Scores = NDArray[np.float32]
BIO = ["O", "B-source", "I-source", "B-cue", "I-cue"]


def total(tags: tuple[int, ...], scores: Scores, between: Scores) -> float:
    """The score of one tag sequence."""
    steps = zip([len(between) - 1, *tags], tags, strict=False)
    return float(sum(scores[i, tag] for i, tag in enumerate(tags)) + sum(between[a, b] for a, b in steps))


def every_sequence(scores: Scores, between: Scores) -> tuple[float, NDArray[np.float64]]:
    """The highest score of any tag sequence, and each tag's probability at each word, over all sequences."""
    words, labels = scores.shape
    sequences = list(itertools.product(range(labels), repeat=words))
    totals = np.array([total(tags, scores, between) for tags in sequences])
    weights = np.exp(totals - totals.max())
    marginals = np.zeros((words, labels))
    for tags, weight in zip(sequences, weights / weights.sum(), strict=True):
        marginals[np.arange(words), tags] += weight
    return totals.max(), marginals


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Scores], Scores]:
    """Some sequences of up to five words, up to four labels, scores gentle or sharp, some transitions impossible."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    labels = draw(st.integers(1, 4))
    sharpness = draw(st.sampled_from([0.1, 1, 10, 100]))
    between = rng.normal(size=(labels + 1, labels)) * draw(st.sampled_from([0, 1, 5]))
    forbidden = rng.random(between.shape) < draw(st.sampled_from([0, 0.3]))
    forbidden[:, 0] = False
    between[forbidden] = -1e4
    lengths = draw(st.lists(st.integers(0, 5), max_size=6))
    sequences = [(rng.normal(size=(n, labels)) * sharpness).astype(np.float32) for n in lengths]
    return sequences, between.astype(np.float32)


@given(problems())
@settings(deadline=None)
def test_the_best_of_all_sequences_is_found_whatever_stands_beside_it(problem: tuple[list[Scores], Scores]) -> None:
    sequences, between = problem
    found = chains.decode(sequences, between)
    assert [len(tags) for tags, _ in found] == [len(scores) for scores in sequences]
    for scores, (tags, probabilities) in zip(sequences, found, strict=True):
        if not len(scores):
            continue
        best, marginals = every_sequence(scores, between)
        assert total(tuple(tags.tolist()), scores, between) == pytest.approx(best, rel=1e-5, abs=1e-4)
        assert probabilities == pytest.approx(marginals[np.arange(len(tags)), tags], abs=1e-4)


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_a_sequence_is_tagged_alone_as_among_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    between = transitions(BIO)
    sequences = [rng.normal(size=(n, 5)).astype(np.float32) for n in rng.integers(0, 90, size=8)]
    for scores, (tags, probabilities) in zip(sequences, chains.decode(sequences, between), strict=True):
        [(alone, alone_probabilities)] = chains.decode([scores], between)
        assert tags.tolist() == alone.tolist()
        assert probabilities == pytest.approx(alone_probabilities, abs=1e-6)


def test_nothing_to_tag() -> None:
    assert chains.decode([], transitions(BIO)) == []
    [(tags, probabilities)] = chains.decode([np.zeros((0, 5), np.float32)], transitions(BIO))
    assert (len(tags), len(probabilities)) == (0, 0)


def test_an_inside_never_follows_an_outside_however_sure_it_is() -> None:
    scores = np.zeros((6, len(BIO)), np.float32)
    scores[:, BIO.index("I-cue")] = 300
    [(tags, probabilities)] = chains.decode([scores], transitions(BIO))
    assert [BIO[tag] for tag in tags] == ["B-cue", *["I-cue"] * 5]
    scores[0, 0] = 900  # the first word is outside, beyond doubt
    [(tags, probabilities)] = chains.decode([scores], transitions(BIO))
    assert [BIO[tag] for tag in tags] == ["O", "B-cue", *["I-cue"] * 4]
    assert probabilities == pytest.approx(1)


def test_words_that_contradict_each_other_still_have_probabilities() -> None:
    """The only tag that one word will have cannot follow the only one that the word before will have."""
    scores = np.full((3, len(BIO)), -500, np.float32)
    for word, label in enumerate(["O", "I-cue", "O"]):
        scores[word, BIO.index(label)] = 0
    [(tags, probabilities)] = chains.decode([scores], transitions(BIO))
    best, marginals = every_sequence(scores, transitions(BIO))
    assert total(tuple(tags.tolist()), scores, transitions(BIO)) == best
    assert probabilities == pytest.approx(marginals[np.arange(3), tags], abs=1e-4)


@pytest.mark.parametrize("height", [-80, 0, 80])
def test_a_long_text_is_tagged_as_well_at_its_end_as_at_its_beginning(height: float) -> None:
    """20,000 words whose scores add up to far more than single precision can tell apart."""
    once = np.random.default_rng(11).normal(size=(200, len(BIO))).astype(np.float32)
    once[-1, 0] = 200  # each repetition ends outside, so that the next begins as the first did
    scores = np.tile(once, (100, 1)) + np.float32(height)
    [(tags, probabilities)] = chains.decode([scores], transitions(BIO))
    assert np.isfinite(probabilities).all()
    assert (tags.reshape(100, 200) == tags[:200]).all()
    assert np.abs(probabilities.reshape(100, 200) - probabilities[:200]).max() < 1e-4
    assert ((probabilities > 0) & (probabilities <= 1 + 1e-6)).all()


SPANS = {
    "": [],
    "O O O": [],
    "B-cue": [(0, 1, "cue")],
    "O B-cue I-cue O": [(1, 3, "cue")],
    "B-cue B-cue": [(0, 1, "cue"), (1, 2, "cue")],
    "B-cue I-cue B-cue I-cue": [(0, 2, "cue"), (2, 4, "cue")],
    "B-source I-source B-cue": [(0, 2, "source"), (2, 3, "cue")],
    "O I-cue I-cue O": [(1, 3, "cue")],
    "B-source I-cue": [(0, 1, "source"), (1, 2, "cue")],
    "B-cue I-source I-source": [(0, 1, "cue"), (1, 3, "source")],
    "O O B-source": [(2, 3, "source")],
}


@pytest.mark.parametrize("row", SPANS)
def test_spans_of_a_row_of_tags(row: str) -> None:
    tags = np.array([BIO.index(label) for label in row.split()], np.int64)
    found = chains.spans(tags, np.ones(len(tags), np.float32), BIO)
    assert [(span.first, span.end, span.label) for span in found] == SPANS[row]


def test_a_span_is_numbered_from_the_offset_and_as_probable_as_its_least_probable_word() -> None:
    tags = np.array([0, 1, 2, 2, 3], np.int64)
    [source, cue] = chains.spans(tags, np.array([0.1, 0.9, 0.4, 0.7, 0.8], np.float32), BIO, offset=100)
    assert (source.first, source.end, cue.first, cue.end) == (101, 104, 104, 105)
    assert [source.probability, cue.probability] == pytest.approx([0.4, 0.8])
