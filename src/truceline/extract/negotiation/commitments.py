"""Commitments: who has bound himself or another to what, under which condition, until when. GUIDE §6."""

from bisect import bisect_left
from typing import get_args

import numpy as np

from truceline.extract.deadlines import condition_of, deadline_of
from truceline.extract.negotiation.acting import acting
from truceline.extract.negotiation.confidence import confidence
from truceline.extract.negotiation.runs import Run, softmax
from truceline.extract.negotiation.scene import Scene
from truceline.extract.negotiation.scores import Scores
from truceline.records import Commitment, Span
from truceline.records import reading as records
from truceline.records.reading import CommitmentKind

KINDS: tuple[CommitmentKind, ...] = get_args(records.CommitmentKind)
BY, TOWARD = 0.2, 0.5  # probabilities from which an actor is taken; chosen on the development reports


def commitments(scores: Scores) -> list[Commitment]:
    """The commitments in the order of the text."""
    scene = scores.scene
    found = scores.runs("commitment")
    conditions = scores.runs("condition")
    kinds = softmax(scores.labels("commitment", found))
    by, toward = acting(scores, found, "commits"), acting(scores, found, "toward")
    return [
        _commitment(scene, run, kinds[n], by[n], _likeliest(toward[n], TOWARD), conditions)
        for n, run in enumerate(found)
    ]


def _likeliest(actors: dict[str, float], least: float) -> str | None:
    best = max(actors, key=lambda actor: actors[actor], default=None)
    return best if best is not None and actors[best] >= least else None


def _commitment(
    scene: Scene,
    run: Run,
    kinds: np.ndarray[tuple[int], np.dtype[np.float32]],
    by: dict[str, float],
    toward: str | None,
    conditions: list[Run],
) -> Commitment:
    clauses = scene.clauses
    words = condition_of(clauses, run.first, run.end) or _beside(scene, run, conditions)
    whose = _likeliest(by, BY)
    side = scene.sides[whose] if whose is not None else None
    sureness = by[whose] if whose is not None else 1 - max(by.values(), default=0.0)
    return Commitment(
        kind=KINDS[int(kinds.argmax())],
        actor=side,
        toward=toward if toward != side else None,
        action=_span(scene, run.first, run.end),
        condition=_span(scene, *words) if words else None,
        deadline=deadline_of(clauses, scene.times, run.first, run.end),
        according_to=scene.told.by(run.head),
        confidence=confidence("commitments", float(run.probability * kinds.max()) * sureness),
    )


def _beside(scene: Scene, run: Run, conditions: list[Run]) -> tuple[int, int] | None:
    """A condition that the learned part finds in the same sentence, outside the action."""
    sentence = scene.sentences[run.first]
    start = bisect_left(conditions, sentence, key=lambda condition: int(scene.sentences[condition.first]))
    for number in range(start, len(conditions)):
        condition = conditions[number]
        if scene.sentences[condition.first] != sentence:
            break
        if condition.end <= run.first or condition.first >= run.end:
            return condition.first, condition.end
    return None


def _span(scene: Scene, first: int, end: int) -> Span:
    a = scene.clauses.annotation
    return a.report.span(*a.characters(first, end))
