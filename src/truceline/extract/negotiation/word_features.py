"""What other layers say of each word, as columns of ones and noughts that the learned part is shown."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from truceline.extract.negotiation.scene import Reference, Scene
from truceline.records import reading as records
from truceline.records.reading import ActorKind

FEATURES = (
    "opens a time", "inside a time", "duration", "said", "cue", "actor", "head of an actor", "pronoun", "verb", "noun",
    "root", "past", "no", "negated", "modal",
)  # fmt: skip
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(records.ActorKind)
SORTS = 2 + len(ACTOR_KINDS)
_LONGEST = 400  # words of one piece of what somebody says
_NEGATIONS = frozenset({"not", "no", "n't", "never"})
_MODALS = frozenset({"will", "would", "may", "might", "could", "should", "must"})
_COLUMN = {name: number for number, name in enumerate(FEATURES)}


def word_features(scene: Scene) -> NDArray[np.float32]:
    """(words, len(FEATURES)), in the order of FEATURES."""
    a = scene.clauses.annotation
    found = np.zeros((len(a.forms), len(FEATURES)), np.float32)

    def mark(name: str, words: Iterable[int]) -> None:
        found[list(words), _COLUMN[name]] = 1

    mark("opens a time", (time.first for time in a.times))
    mark("inside a time", (word for time in a.times for word in range(time.first + 1, time.end)))
    durations = (time for time in a.times if time.label == "DURATION")
    mark("duration", (word for time in durations for word in range(time.first, time.end)))
    mark("pronoun", (r.first for r in scene.references if r.pronoun))
    mark("actor", (word for r in scene.references if not r.pronoun for word in range(r.first, r.end)))
    mark("head of an actor", (r.head for r in scene.references if not r.pronoun))
    for statement in scene.statements:
        for piece in statement.content:
            mark("said", range(*scene.clauses.words(piece.start, piece.end)))
        if statement.cue is not None:
            mark("cue", range(*scene.clauses.words(statement.cue.start, statement.cue.end)))
    lemmas = [lemma.lower() for lemma in a.lemmas]
    mark("verb", (word for word, tag in enumerate(a.upos) if tag == "VERB"))
    mark("noun", (word for word, tag in enumerate(a.upos) if tag in ("NOUN", "PROPN")))
    mark("root", (word for word, relation in enumerate(a.deprels) if relation == "root"))
    mark("past", (word for word, tag in enumerate(a.xpos) if tag in ("VBN", "VBD")))
    mark("no", (word for word, lemma in enumerate(lemmas) if lemma in _NEGATIONS or lemma == "without"))
    for name, lemmas_of in (("negated", _NEGATIONS), ("modal", _MODALS)):
        mark(
            name,
            (
                scene.clauses.head(word)
                for word, lemma in enumerate(lemmas)
                if lemma in lemmas_of and scene.clauses.head(word) >= 0
            ),
        )
    return found


def sorts(scene: Scene, references: Sequence[Reference]) -> NDArray[np.float32]:
    """(references, SORTS): whether each is a pronoun, whether it only says a side, and its actor's kind."""
    rows = [(r.pronoun, r.inner, *(scene.kinds[r.actor] == kind for kind in ACTOR_KINDS)) for r in references]
    return np.array(rows, np.float32).reshape(len(references), SORTS)


class Sayings:
    """Which words are part of what somebody says, and which phrases name who says it."""

    def __init__(self, scene: Scene) -> None:
        clauses = scene.clauses
        found = []
        for statement in scene.statements:
            if statement.speaker_text is not None:
                who = clauses.words(statement.speaker_text.start, statement.speaker_text.end)
                found += [(*clauses.words(p.start, p.end), who, statement.speaker) for p in statement.content]
        self._pieces = sorted(found, key=lambda piece: piece[0])
        self._firsts = [piece[0] for piece in self._pieces]

    def within(self, first: int, end: int, references: Sequence[Reference]) -> NDArray[np.float32]:
        """(words `first` to `end`, references): 1 where the reference names who says the word."""
        found = np.zeros((end - first, len(references)), np.float32)
        near = range(bisect_left(self._firsts, first - _LONGEST), bisect_left(self._firsts, end))
        for start, stop, who, speaker in (self._pieces[i] for i in near):
            if stop > first:
                found[max(start - first, 0) : stop - first, _naming(references, who, speaker)] = 1
        return found


def _naming(references: Sequence[Reference], who: tuple[int, int], speaker: str | None) -> list[int]:
    """The references in the words for the speaker; else the last one before them that means him."""
    columns = [n for n, r in enumerate(references) if r.first < who[1] and r.end > who[0]]
    if columns or speaker is None:
        return columns
    return [n for n, r in enumerate(references) if r.actor == speaker and r.first <= who[0]][-1:]
