"""The eight kinds of record as review needs them: which words are a record's own, what tells two apart, whom it names.

Review changes single fields of records of every kind, so it works on *packed* records: the plain dictionaries of the
JSON contract, spans as `{"start", "end", "quote"}`. `unpacked` makes the frozen type of one, and checks it doing so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from truceline.records import Actor, Commitment, Event, Place, Position, Proposal, Span, Statement, Time

KindName = Literal["actor", "statement", "proposal", "position", "commitment", "event", "time", "place"]
Record = Actor | Statement | Proposal | Position | Commitment | Event | Time | Place
Packed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its list in a reading, its own words, the fields that tell records on the same words apart."""

    name: KindName
    type: type[Record]
    listed: str
    prefix: str | None
    """The letter of its local ids; None for kinds without ids."""
    words: tuple[str, ...]
    """Fields whose spans are the record's own words; decisions are anchored to them."""
    telling: tuple[str, ...]
    parties: Mapping[str, KindName] = field(default_factory=dict)
    """Of `references`, those that tell records on the same words apart."""
    references: Mapping[str, KindName] = field(default_factory=dict)
    """Fields that name other records by their ids, and of which kind those are; `list.field` is within a list."""
    distinct: tuple[str, ...] = ()
    """Of `telling` and `parties`, those that make two records of two that stand on the same words."""


_STATED: dict[str, KindName] = {"according_to": "statement"}
_ALL = [
    Kind("actor", Actor, "actors", "a", ("mentions",), ("name", "kind"), references={"of": "actor"}),
    Kind(
        "statement", Statement, "statements", "s", ("content",), ("cue", "mode"), {"speaker": "actor"},
        {"speaker": "actor", "addressee": "actor", "about": "proposal", "within": "statement"},
    ),
    Kind(
        "proposal", Proposal, "proposals", "p", ("mentions",), ("kind", "label"),
        references={
            "sponsors": "actor", "recipients": "actor", "place": "place", "stages.according_to": "statement",
        },
        distinct=("kind",),
    ),
    Kind(
        "position", Position, "positions", None, ("evidence",), ("stance",),
        {"actor": "actor", "proposal": "proposal"}, {"actor": "actor", "proposal": "proposal", **_STATED},
        ("actor", "proposal"),
    ),
    Kind(
        "commitment", Commitment, "commitments", None, ("action",), ("kind",), {"actor": "actor"},
        {"actor": "actor", "toward": "actor", **_STATED}, ("kind", "actor"),
    ),
    Kind(
        "event", Event, "events", None, ("trigger",), ("type", "mode", "modality"),
        references={"actors": "actor", "recipients": "actor", "place": "place", **_STATED},
        distinct=("type",),
    ),
    Kind("time", Time, "times", None, ("text",), ("type", "value")),
    Kind("place", Place, "places", "l", ("text",), ("name", "country")),
]  # fmt: skip
KINDS: dict[KindName, Kind] = {kind.name: kind for kind in _ALL}


def packed(record: Record) -> Packed:
    """The record as the dictionary of its JSON."""
    plain: Packed = msgspec.to_builtins(record)
    return plain


def unpacked(kind: KindName, record: Packed) -> Record:
    """The frozen record that the dictionary holds; `ValueError` if it is no record of this kind."""
    try:
        made: Record = msgspec.convert(record, KINDS[kind].type)
    except msgspec.ValidationError as fault:
        raise ValueError(f"no {kind}: {fault}") from fault
    return made


def own_spans(kind: KindName, record: Packed) -> list[Span]:
    """The spans of the record's own words, in the order of the report, each once; a statement's without its cue."""
    found: list[Span] = []
    for name in KINDS[kind].words:
        value = record.get(name)
        for piece in value if isinstance(value, list) else [value]:
            if piece is not None:
                found.append(msgspec.convert(piece, Span))
    return sorted(set(found), key=lambda span: (span.start, span.end))


def telling_fields(kind: KindName, record: Packed) -> dict[str, str | None]:
    """What tells the record apart from others on the same words: each telling field, spans as their words."""
    values = {name: record.get(name) for name in KINDS[kind].telling}
    return {name: value["quote"] if isinstance(value, dict) else value for name, value in values.items()}


def with_references(kind: KindName, record: Packed, change: Callable[[KindName, Any], Any]) -> Packed:
    """A copy of the record, or of some of its fields, in which every reference is what `change` makes of it.

    None stays None. What becomes None drops out of a list, and so does what becomes a repetition there.
    """
    changed = dict(record)
    for path, target in KINDS[kind].references.items():
        name, _, inner = path.partition(".")
        if name not in changed:
            continue
        if inner:
            changed[name] = [{**part, inner: _changed(part.get(inner), target, change)} for part in changed[name]]
        else:
            changed[name] = _changed(changed[name], target, change)
    return changed


def _changed(value: Any, target: KindName, change: Callable[[KindName, Any], Any]) -> Any:
    if not isinstance(value, list):
        return None if value is None else change(target, value)
    after = [change(target, one) for one in value]
    if after == value:
        return value
    kept: list[Any] = []
    for one in after:
        if one is not None and one not in kept:
            kept.append(one)
    return kept
