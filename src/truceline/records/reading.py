"""The records of one reading, in the words of the codebook.

Ids (`a1`, `s1`, `p1`, `l1`) are local to the reading. Dates are ISO 8601 strings, as precise as the report is.
Field for field this is the output contract: `json_schema()` is generated from these types.
"""

from dataclasses import dataclass
from typing import Literal

Mode = Literal["direct", "indirect", "mixed"]
Modality = Literal["actual", "planned", "possible", "denied"]
Stance = Literal["sponsors", "supports", "conditional", "undecided", "opposes"]
CommitmentKind = Literal["promise", "threat", "demand", "offer"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ActorKind = Literal[
    "person", "government", "military", "armed group", "organisation", "party", "ngo", "media", "people", "other"
]  # fmt: skip
ProposalKind = Literal[
    "ceasefire", "withdrawal", "peace", "talks", "resolution", "exchange", "access", "disarmament", "politics",
    "sanctions", "deployment", "other",
]  # fmt: skip
TermKind = Literal[
    "duration", "start", "deadline", "area", "route", "sequence", "condition", "obligation", "verification", "quantity"
]  # fmt: skip
StageKind = Literal[
    "proposed", "handed over", "tabled", "discussed", "scheduled", "postponed", "amended", "voted", "adopted",
    "vetoed", "rejected", "accepted", "agreed", "signed", "in effect", "implemented", "violated", "extended",
    "suspended", "expired", "collapsed", "withdrawn",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (half-open, code points) of the report's text, and the words that stand there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report, frozen: `id` is `sha256:` and the hex digest of `text` in UTF-8."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str | None
    text: str

    def span(self, start: int, end: int) -> Span:
        """The span of these code points, with its words; `ValueError` if they lie outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}–{end} in a text of {len(self.text)} characters")
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Model:
    """The model that read the report: its name and the SHA-256 of its file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or speaks; `of` is the actor for whom, `country` an ISO 3166-1 alpha-3 code."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    of: str | None
    role: str | None
    mentions: list[Span]


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said; `content` in contiguous pieces, `within` the statement that reports this one."""

    id: str
    speaker: str | None
    speaker_text: Span | None
    cue: Span | None
    content: list[Span]
    mode: Mode
    addressee: str | None
    addressee_text: Span | None
    date: str | None
    about: list[str]
    within: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a proposal; `replaced_by` is the index of the term of the same proposal that replaced it."""

    kind: TermKind
    text: Span
    value: str | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Something that happened, or is due to happen, to a proposal."""

    stage: StageKind
    text: Span
    date: str | None
    modality: Modality
    according_to: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A course of action that parties may agree to, refuse, vote on, carry out or break."""

    id: str
    kind: ProposalKind
    label: str
    mentions: list[Span]
    sponsors: list[str]
    recipients: list[str]
    place: str | None
    terms: list[Term]
    stages: list[Stage]
    status: StageKind | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on a proposal."""

    actor: str
    proposal: str
    stance: Stance
    evidence: Span
    according_to: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """A party binds itself or another to future conduct; `deadline` is a date or a duration."""

    kind: CommitmentKind
    actor: str | None
    toward: str | None
    action: Span
    condition: Span | None
    deadline: str | None
    according_to: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Event:
    """An interaction between political actors, one of PLOVER's sixteen types; `place` is a place's id."""

    type: EventType
    mode: str | None
    trigger: Span
    actors: list[str]
    recipients: list[str]
    date: str | None
    place: str | None
    modality: Modality
    according_to: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Time:
    """An expression for a date, time of day, duration or recurring time, with its TIMEX3 value."""

    text: Span
    type: TimeType
    value: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; coordinates in degrees, `geonames` its id there."""

    id: str
    text: Span
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one report; `truceline` is the version of the program that read it."""

    truceline: str
    model: Model
    report: Report
    actors: list[Actor]
    statements: list[Statement]
    proposals: list[Proposal]
    positions: list[Position]
    commitments: list[Commitment]
    events: list[Event]
    times: list[Time]
    places: list[Place]
