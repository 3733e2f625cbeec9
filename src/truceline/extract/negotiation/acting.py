"""Who does what a word tells, and to whom."""

from collections.abc import Sequence

from truceline.extract.negotiation.runs import Run, sigmoid
from truceline.extract.negotiation.scene import NEAR, passages
from truceline.extract.negotiation.scores import Passage, Scores


def acting(scores: Scores, found: Sequence[Run], role: str) -> list[dict[str, float]]:
    """For each run of words the probability of each near actor's taking this role, by the actors' ids."""
    of: dict[Run, dict[str, float]] = {}
    for first, end in passages(scores.scene):
        here = [run for run in found if first <= run.first < end]
        near = scores.references(first - NEAR, end + NEAR)
        if not here or not near:
            continue
        passage = Passage(scores, first, end)
        actors = passage.referring(near, [r.actor for r in near])
        rows = passage.of_ranges(role, [(r.first, r.end) for r in here], [r.head for r in here], actors)
        shares = sigmoid(actors.pooled(rows) + scores.bias(role))
        for run, row in zip(here, shares.tolist(), strict=True):
            of[run] = dict(zip(map(str, actors.keys), row, strict=True))
    return [of.get(run, {}) for run in found]
