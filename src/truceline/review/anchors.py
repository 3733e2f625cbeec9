"""How a decision finds its record again: in come the words it was made about, out comes how much a record shares them.

Local ids change with every reading, so a decision holds on to spans, to the record's kind, and to the few fields that
tell apart records on the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.records import Span
from truceline.review.kinds import KindName

SAME_FROM = 0.5
"""From this share on, a record stands on the words of an anchor."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a decision is about, independent of local ids.

    `spans` are the record's own words, `fields` and `parties` tell it apart from others on the same words, and `cue` is
    a statement's. `made_by` is the number of the decision that made the record (an addition, a split); such an anchor
    means that record and no other.
    """

    kind: KindName
    spans: list[Span]
    fields: dict[str, str | None] = field(default_factory=dict)
    parties: dict[str, "Anchor"] = field(default_factory=dict)
    cue: Span | None = None
    made_by: int | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """`share` decides whether two records stand on the same words, `likeness` which of several does so best; 0 to 1."""

    share: float
    likeness: float


def overlap(one: Anchor, other: Anchor) -> Overlap:
    """How much of their words two anchors of the same kind have in common.

    Actors and proposals are compared by their mentions: two mentions are the same where they have half of their
    characters in common, and the share is that of the record with fewer mentions, since a newer model may find more of
    them. The other kinds are compared by characters: the share is that of the shorter, since a newer model may take a
    word more. But statements may stand inside one another, and so may commitments: statements with different cues are
    never the same, and without two cues to compare, and for commitments, the share is that of both together (Jaccard).
    """
    if not one.spans or not other.spans:
        alike = float(not one.spans and not other.spans and one.fields == other.fields)
        return Overlap(alike, alike)
    if one.kind in ("actor", "proposal"):
        mine, theirs = len(one.spans), len(other.spans)
        shared = min(_found_in(one.spans, other.spans), _found_in(other.spans, one.spans))
        return Overlap(shared / min(mine, theirs), shared / (mine + theirs - shared))
    cued = one.cue is not None and other.cue is not None
    if one.cue is not None and other.cue is not None and not _likeness(one.cue, other.cue):
        return Overlap(0.0, 0.0)
    here, there = _characters(one.spans), _characters(other.spans)
    both = len(here & there)
    likeness = both / len(here | there)
    nested = one.kind in ("statement", "commitment") and not cued
    return Overlap(likeness if nested else both / min(len(here), len(there)), likeness)


def _found_in(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(any(_likeness(mine, theirs) >= SAME_FROM for theirs in other) for mine in one)


def _likeness(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start)) if both > 0 else 0.0


def _characters(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}
