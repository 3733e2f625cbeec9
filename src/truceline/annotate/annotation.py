"""What is known of a report before any record is looked for: its words, trees and tagged spans, in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.records import Report


@dataclass(frozen=True, slots=True)
class Tagged:
    """A labelled run of words, `first` to `end` (half-open), with the model's probability for it."""

    first: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Attributions:
    """Sources, cues and contents in the order of the text; `cues[i]` is the index of the cue of span i.

    A cue's own index stands at its place; -1 where a source or content has no cue.
    """

    spans: list[Tagged]
    cues: list[int]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A report and the layers over it. Words are numbered through the report, sentences are ranges of words.

    `starts` and `ends` are the words' characters; `heads` holds the index of the head word, -1 for a root. `spaced`
    says whether white space, `breaks` whether a line break stands before a word. `entities` follows Universal NER (PER,
    LOC, ORG), `names` the Groningen Meaning Bank (PER, ORG, LOC, NORP, EVE, ART, TIM); `actors` are the codebook's
    mentions of actors by kind; `times` are TIMEX3 types. `attributions` follows PolNeAR, which also counts beliefs and
    wishes; `statements` follows the codebook. `vectors` (words, 384) are for what is learned of a negotiation.
    """

    report: Report
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    forms: list[str]
    spaced: list[bool]
    breaks: list[bool]
    sentences: list[tuple[int, int]]
    sentence_spans: list[tuple[int, int]]
    upos: list[str]
    xpos: list[str]
    lemmas: list[str]
    heads: NDArray[np.int32]
    deprels: list[str]
    entities: list[Tagged]
    names: list[Tagged]
    actors: list[Tagged]
    times: list[Tagged]
    attributions: Attributions
    statements: Attributions
    vectors: NDArray[np.float16]

    def characters(self, first: int, end: int) -> tuple[int, int]:
        """The character range of words `first` to `end` (half-open)."""
        return int(self.starts[first]), int(self.ends[end - 1])


def joined(parts: Sequence[Annotation]) -> Annotation:
    """One annotation of the parts, which follow each other in one report; their words are numbered on."""
    if len(parts) == 1:
        return parts[0]
    offsets = np.cumsum([0, *(len(part.forms) for part in parts)]).tolist()
    numbered = list(zip(parts, offsets, strict=False))
    return Annotation(
        report=parts[0].report,
        starts=np.concatenate([part.starts for part in parts]),
        ends=np.concatenate([part.ends for part in parts]),
        forms=[form for part in parts for form in part.forms],
        spaced=[spaced for part in parts for spaced in part.spaced],
        breaks=[breaks for part in parts for breaks in part.breaks],
        sentences=[(first + n, end + n) for part, n in numbered for first, end in part.sentences],
        sentence_spans=[span for part in parts for span in part.sentence_spans],
        upos=[tag for part in parts for tag in part.upos],
        xpos=[tag for part in parts for tag in part.xpos],
        lemmas=[lemma for part in parts for lemma in part.lemmas],
        heads=np.concatenate([np.where(part.heads < 0, -1, part.heads + n).astype(np.int32) for part, n in numbered]),
        deprels=[relation for part in parts for relation in part.deprels],
        entities=[span for part, n in numbered for span in _moved(part.entities, n)],
        names=[span for part, n in numbered for span in _moved(part.names, n)],
        actors=[span for part, n in numbered for span in _moved(part.actors, n)],
        times=[span for part, n in numbered for span in _moved(part.times, n)],
        attributions=_joined([(part.attributions, n) for part, n in numbered]),
        statements=_joined([(part.statements, n) for part, n in numbered]),
        vectors=np.concatenate([part.vectors for part in parts]),
    )


def _moved(spans: list[Tagged], by: int) -> list[Tagged]:
    return [Tagged(span.first + by, span.end + by, span.label, span.probability) for span in spans]


def _joined(parts: list[tuple[Attributions, int]]) -> Attributions:
    spans: list[Tagged] = []
    cues: list[int] = []
    for part, words in parts:
        cues += [cue + len(spans) if cue >= 0 else -1 for cue in part.cues]
        spans += _moved(part.spans, words)
    return Attributions(spans, cues)
