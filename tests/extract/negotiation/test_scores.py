"""Scores between words and phrases, against sums done by hand."""

import math

import numpy as np
import pytest

from tests.extract.negotiation.staged import (
    SIZE,
    WIDTH,
    actor,
    annotated,
    at,
    drawn_by_lot,
    noughts,
    paths,
    role,
    scene,
    shapes,
    silent,
    span_of,
    statement,
    word,
)  # fmt: skip
from truceline.extract.negotiation.commitments import commitments
from truceline.extract.negotiation.events import events
from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.extract.negotiation.scores import DISTANCES, ROLES, Passage, Phrases, Scores, distance_class, means
from truceline.extract.negotiation.weights import Floats, Weights
from truceline.extract.negotiation.word_features import SORTS, word_features

SENTENCES = (
    "Mali/PROPN/2/nsubj refused/VERB/0/root talks/NOUN/2/obj",
    "Chad/PROPN/2/nsubj hesitated/VERB/0/root",
    "Bamako/PROPN/2/nsubj shrugged/VERB/0/root",
)


def stage_of(weights: Weights, vectors: np.ndarray | None = None, *, told: bool = False) -> tuple[Scores, Scene]:
    annotation = annotated(*SENTENCES)
    if vectors is not None:
        annotation.vectors[:] = vectors
    references = [*at(annotation, "a1", "Mali", "Bamako"), *at(annotation, "a2", "Chad")]
    by, content = span_of(annotation, "Chad"), [span_of(annotation, "refused", "talks")]
    said = [statement("s1", content, by=by, speaker="a2")] if told else []
    found = scene(annotation, [actor("a1"), actor("a2", "armed group")], references, said)
    return Scores(found, weights), found


@pytest.mark.parametrize(
    ("away", "number"),
    [(-90, 0), (-4, 0), (-3, 1), (-2, 1), (-1, 2), (0, 3), (1, 4), (2, 5), (3, 5), (4, 6), (90, 6)],
)
def test_distances_in_sentences(away: int, number: int) -> None:
    assert distance_class(np.array([away])).tolist() == [number]
    assert 0 <= number < DISTANCES


def test_an_actor_is_meant_as_much_as_all_his_phrases_together() -> None:
    distances = noughts(len(ROLES), DISTANCES)
    distances[role("holder")] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    scores, found = stage_of(silent(dist=distances))
    passage = Passage(scores, 0, 7)
    actors = passage.referring(found.references, [r.actor for r in found.references])
    assert actors.keys == ["a1", "a2"]
    assert actors.ranges == [(0, 1), (5, 6), (3, 4)]
    of_words = passage.of_words("holder", actors)
    assert of_words.shape == (7, 2)
    # From the first sentence: Mali in it, Bamako two behind, Chad one behind.
    assert of_words[1] == pytest.approx([np.logaddexp(0.4, 0.6), 0.5], abs=1e-6)
    # From the last one: Mali two before, Bamako in it, Chad one before.
    assert of_words[6] == pytest.approx([math.log(math.exp(0.2) + math.exp(0.4)), 0.3], abs=1e-6)
    assert passage.of_words("target", actors)[0] == pytest.approx([math.log(2), 0], abs=1e-6)


def test_runs_are_scored_at_their_heads_phrase_by_phrase() -> None:
    weights = noughts(len(paths()) + 2, len(ROLES))
    weights[2 + paths().index("nsubj<"), role("actor")] = 5
    weights[0, role("actor")] = -1  # in another sentence
    scores, found = stage_of(silent(path__weight=weights))
    passage = Passage(scores, 0, 7)
    actors = passage.referring(found.references, [r.actor for r in found.references])
    rows = passage.of_ranges("actor", [(1, 3), (3, 5)], [1, 4], actors)
    assert rows.tolist() == [[5, -1, -1], [-1, -1, 5]]
    assert passage.of_ranges("recipient", [(1, 3)], [1], actors).tolist() == [[0, 0, 0]]
    assert passage.of_ranges("actor", [], [], actors).shape == (0, 3)


def test_words_from_outside_the_passage_have_no_path_and_no_speaker() -> None:
    weights, flags = noughts(len(paths()) + 2, len(ROLES)), noughts(len(ROLES))
    weights[[2 + paths().index("<"), 2 + paths().index("nsubj<")], role("pair0")] = [7, 5]
    flags[role("pair0")] = 3
    annotation = annotated(*SENTENCES)
    references = [*at(annotation, "a1", "Mali", "Bamako"), *at(annotation, "a2", "Chad")]
    said = [statement("s1", [span_of(annotation, "refused", "shrugged")], span_of(annotation, "Mali"), "a1")]
    scores = Scores(
        scene(annotation, [actor("a1"), actor("a2")], references, said), silent(path__weight=weights, flag=flags)
    )
    references.sort(key=lambda r: r.first)
    keys = [r.actor for r in references]
    whole, last = Passage(scores, 0, 7), Passage(scores, 3, 7)
    ours = whole.referring(references, keys)
    assert ours.ranges == [(0, 1), (5, 6), (3, 4)]
    assert whole.of_ranges("pair0", [(1, 2), (3, 4)], [1, 3], ours).tolist() == [[8, 0, 0], [3, 0, 7]]
    rows = last.of_ranges("pair0", [(1, 2), (3, 4)], [1, 3], last.referring(references, keys))
    assert rows.tolist() == [[0, 0, 0], [3, 0, 7]]


def test_who_says_the_word_is_flagged() -> None:
    flags = noughts(len(ROLES))
    flags[role("holder")] = 2
    scores, found = stage_of(silent(flag=flags), told=True)
    passage = Passage(scores, 0, 7)
    actors = passage.referring(found.references, [r.actor for r in found.references])
    assert passage.of_words("holder", actors)[:, 1].tolist() == [0, 2, 2, 0, 0, 0, 0]


def test_the_sort_of_a_phrase_adds_to_every_word() -> None:
    added = noughts(len(ROLES), SORTS)
    added[role("toward")] = np.arange(SORTS)
    scores, found = stage_of(silent(sort=added))
    passage = Passage(scores, 0, 7)
    actors = passage.referring(found.references, [r.actor for r in found.references])
    rows = passage.of_ranges("toward", [(1, 2)], [1], actors)
    assert actors.sorts is not None
    assert rows[0].tolist() == [float(np.flatnonzero(sort)[0]) for sort in actors.sorts]
    assert rows[0, 0] != rows[0, 2], "a government and an armed group are not of one sort"


def test_the_bilinear_form_lies_between_what_shows_and_what_is_meant() -> None:
    changes = {name: noughts(*shapes()[name.replace("__", ".")]) for name in ("q__weight", "k__weight", "form")}
    changes["q__weight"][0, 0] = changes["k__weight"][1, 1] = 1
    changes["form"][role("stage")][0, 1] = 2.0
    changes["form"][role("stage")][SIZE, SIZE] = 0.25  # of the constant ones
    vectors = np.zeros((7, WIDTH))
    vectors[1, 0] = 3.0  # "refused" shows
    vectors[2, 1] = 1.5  # "talks" is meant
    scores, _ = stage_of(silent(**changes), vectors)
    passage = Passage(scores, 0, 7)
    phrases = passage.phrases([(2, 3), (1, 3)], [2, 2], ["p1", "p2"])

    def gelu(x: float) -> float:
        return 0.5 * x * (1 + math.erf(x / math.sqrt(2)))

    meant = gelu(1.5)
    expected = [2 * gelu(3.0) * meant + 0.25, 2 * gelu(3.0) * meant / 2 + 0.25]
    assert passage.of_words("stage", phrases)[1] == pytest.approx(expected, abs=1e-4)
    assert passage.of_words("stage", phrases)[0] == pytest.approx([0.25, 0.25], abs=1e-4)


def test_phrases_of_one_key_stand_side_by_side() -> None:
    scores, _ = stage_of(drawn_by_lot(3))
    passage = Passage(scores, 0, 7)
    phrases = passage.phrases([(0, 1), (2, 3), (3, 4), (5, 6)], [0, 2, 3, 5], [7, 8, 7, 9])
    assert phrases.keys == [7, 8, 9]
    assert phrases.starts == [0, 2, 3]
    assert phrases.heads == [0, 3, 2, 5]
    assert phrases.vectors.shape == (4, SIZE + 1)
    rows = np.array([[1.0, 2.0, 3.0, 4.0]], np.float32)
    assert phrases.pooled(rows)[0] == pytest.approx([np.logaddexp(1, 2), 3, 4])


def test_layers_are_linear_in_the_words() -> None:
    weights = drawn_by_lot(5)
    scores, found = stage_of(weights, np.random.default_rng(1).normal(size=(7, WIDTH)))
    x = found.clauses.annotation.vectors + word_features(found) @ weights["feat.weight"].T
    for layer in ("stage", "stance", "modal", "status", "lab.event", "bio.term"):
        assert scores.tags(layer) == pytest.approx(weights.linear(layer, x), abs=1e-4)
    assert scores.bias("holder") == pytest.approx(weights["bias"][role("holder")])
    assert scores.none("target") == pytest.approx(weights["none"][role("target")])


def test_the_references_that_begin_in_a_range_of_words() -> None:
    scores, found = stage_of(silent())
    assert scores.references(0, 7) == found.references
    assert [r.first for r in scores.references(1, 6)] == [3, 5]
    assert [r.first for r in scores.references(-100, 3)] == [0]
    assert scores.references(6, 400) == []


def test_the_mean_of_runs() -> None:
    rows = np.arange(12, dtype=np.float32).reshape(4, 3)
    assert means(rows, [(0, 2), (3, 4)]).tolist() == [[1.5, 2.5, 3.5], [9, 10, 11]]
    assert means(rows, []).shape == (0, 3)


def test_a_run_ends_with_its_sentence() -> None:
    begins = noughts(*shapes()["bio.commitment.weight"])
    begins[1, 0] = begins[2, 1] = 60
    vectors = np.zeros((7, WIDTH))
    vectors[1, 0] = vectors[[2, 3, 4], 1] = 1
    scores, found = stage_of(silent(bio__commitment__weight=begins), vectors)
    assert [(run.first, run.end) for run in scores.runs("commitment")] == [(1, 3)]
    assert scores.runs("commitment")[0].head == word(found.clauses.annotation, "refused")
    assert scores.runs("term") == []


def test_a_report_of_5000_words_is_read_in_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """No table of scores has a row for every word and a column for every phrase of a long report."""
    shapes_seen: set[tuple[int, ...]] = set()
    pooled = Phrases.pooled

    def watched(self: Phrases, scores: Floats) -> Floats:
        assert self.spoken is None or self.spoken.shape == self.paths.shape
        shapes_seen.update((scores.shape, self.paths.shape))
        return pooled(self, scores)

    monkeypatch.setattr(Phrases, "pooled", watched)
    annotation = annotated(*SENTENCES * 700)
    annotation.vectors[:] = np.random.default_rng(2).normal(size=annotation.vectors.shape)
    found = scene(annotation, [actor("a1"), actor("a2")], at_every(annotation.forms))
    weights = drawn_by_lot(4, 0.5)
    for layer in ("proposal", "commitment", "event"):
        weights[f"bio.{layer}.bias"][0] += 2  # fewer runs: it is the tables that are looked at
    scores = Scores(found, weights)
    assert OnTheTable(scores).positions()
    assert commitments(scores)
    assert events(scores)
    assert len(annotation.forms) == 4900
    assert len(shapes_seen) > 10
    assert max(map(max, shapes_seen)) <= 1100


def at_every(forms: list[str]) -> list[Reference]:
    """A reference at every name."""
    keys = {"Mali": "a1", "Bamako": "a1", "Chad": "a2"}
    return [Reference(i, i + 1, i, keys[form]) for i, form in enumerate(forms) if form in keys]
