"""What the store gives and takes besides readings: plain frozen types."""

from dataclasses import dataclass, field

from truceline.records import Span


@dataclass(frozen=True, slots=True)
class Added:
    """How many readings were new, how many replaced an earlier one of the same report, how many stood there already."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0

    def __add__(self, other: "Added") -> "Added":
        """Both counts together."""
        return Added(self.new + other.new, self.replaced + other.replaced, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report without its text; `added` is an ISO instant in UTC, `copy_of` the id of the report it is a copy of."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    added: str
    copy_of: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where the words of a report stood, character for character, at another address, on another day or elsewhere."""

    source: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    added: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or statement that has the words.

    `span` is the first place in the report's text, for a statement what was said; None where the words stand in the
    title. `marks` are the words' places in the snippet, as half-open pairs. A higher `rank` is a better hit.
    """

    report_id: str
    kind: str
    span: Span | None
    snippet: str
    rank: float
    marks: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    published: str | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the database that is not as it was written; `report_id` is empty where it concerns no one report."""

    report_id: str
    what: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far a resumable source has been read; what the fields mean is the reader's affair."""

    etag: str | None = None
    last_modified: str | None = None
    checked: str | None = None
    position: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A line of the log of people's decisions; what it means is the review's affair.

    `number` is given by the store (0 before), `at` is an ISO instant in UTC, `anchor` and `value` are JSON: the spans
    and fields by which the record is known whatever its local id, and what was decided. `undoes` is another's number.
    """

    at: str
    who: str
    action: str
    report_id: str | None = None
    kind: str | None = None
    anchor: str | None = None
    value: str | None = None
    why: str | None = None
    undoes: int | None = None
    number: int = field(default=0)
