"""The scene of a negotiation: the words of a report, who is meant where, who says what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.extract.clauses import Clauses
from truceline.extract.told_by import Told
from truceline.records import Actor, Place, Statement, Time
from truceline.records.reading import ActorKind

NEAR = 150  # words around a passage in which phrases may still be meant
PASSAGE = 800  # words that are looked at together; few reports have more


@dataclass(frozen=True, slots=True)
class Reference:
    """One phrase or pronoun that stands for an actor: its words (half-open), their head, the actor's id.

    `inner`: it only says somebody else's side ("Kenyan" in "the Kenyan envoy").
    """

    first: int
    end: int
    head: int
    actor: str
    pronoun: bool = False
    inner: bool = False


@dataclass(eq=False, slots=True)
class Scene:
    """All that is known of a report before its negotiation is read; `references` in the order of the text.

    `sentences` (words) holds the number of each word's sentence, `sides` the id of the actor for whom each speaks, his
    own if for nobody; `told` knows who tells what.
    """

    clauses: Clauses
    actors: Sequence[Actor]
    references: list[Reference]
    statements: list[Statement]
    times: list[Time]
    places: list[Place]
    sentences: NDArray[np.int64] = field(init=False)
    sides: dict[str, str] = field(init=False)
    kinds: dict[str, ActorKind] = field(init=False)
    told: Told = field(init=False)

    def __post_init__(self) -> None:
        ranges = self.clauses.annotation.sentences
        self.sentences = np.repeat(np.arange(len(ranges)), [end - first for first, end in ranges])
        self.kinds = {actor.id: actor.kind for actor in self.actors}
        self.told = Told(self.clauses, self.statements)
        known = {reference.actor for reference in self.references}
        self.sides = {actor.id: _side(actor, known) for actor in self.actors}


def _side(actor: Actor, known: set[str]) -> str:
    """Whose position an actor's words show: a person's side's, if the report names it, else his own. GUIDE §5, §10."""
    return actor.of if actor.kind == "person" and actor.of is not None and actor.of in known else actor.id


def passages(scene: Scene) -> Iterator[tuple[int, int]]:
    """The report's words in ranges of whole sentences of at most PASSAGE words, longer only if one sentence is."""
    first = last = 0
    for start, end in scene.clauses.annotation.sentences:
        if end - first > PASSAGE and start > first:
            yield first, start
            first = start
        last = end
    if last > first:
        yield first, last
