"""The nouns of the codebook as plain frozen types, and their JSON.

Nothing comes in from other rooms; everything else speaks in these types. A `Span` is half-open, in code
points of `Report.text`, and always carries the words it covers, so that a record can be checked by itself.
"""

from truceline.records.contract import from_json, json_schema, misplaced_spans, to_json
from truceline.records.reading import (
    Actor,
    Commitment,
    Event,
    Model,
    Place,
    Position,
    Proposal,
    Reading,
    Report,
    Span,
    Stage,
    Statement,
    Term,
    Time,
)

__all__ = [
    "Actor",
    "Commitment",
    "Event",
    "Model",
    "Place",
    "Position",
    "Proposal",
    "Reading",
    "Report",
    "Span",
    "Stage",
    "Statement",
    "Term",
    "Time",
    "from_json",
    "json_schema",
    "misplaced_spans",
    "to_json",
]
