"""Decisions of people: in come rows of the log, out come decisions that stand, or a sentence about what is wrong.

A log is only ever added to. Undoing is a decision like the others, so an undoing can be undone.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

import msgspec

from truceline.review.anchors import Anchor

Action = Literal["accept", "reject", "correct", "add", "merge", "split", "note", "undo"]


class ReviewError(Exception):
    """What was asked of the review cannot be done; `str()` is one sentence: what, where, what to do."""


class Row(Protocol):
    """A row of the log as the store gives it; `anchor` and `value` are JSON texts."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def report_id(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def anchor(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...
    @property
    def why(self) -> str | None: ...
    @property
    def undoes(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who, when (an instant in UTC), what about which record, and why.

    `value` holds what the action needs: for `accept` and `reject` the record as it was `seen`; for `correct` the
    changed `fields` and the whole `record`; for `add` the `record`; for `merge` the anchors of those it is one `with`;
    for `split` the `mentions` that go and the `record` that they make.
    """

    number: int
    at: str
    who: str
    action: Action
    report_id: str
    anchor: Anchor
    value: dict[str, Any]
    why: str
    undoes: int | None


def decision(row: Row) -> Decision:
    """The decision that the row holds; `ReviewError` if this version cannot make sense of it."""
    try:
        if row.action not in get_args(Action):
            raise ValueError(f"unknown action {row.action!r}")
        anchor = msgspec.json.decode(row.anchor or "nothing", type=Anchor)
        value = msgspec.json.decode(row.value or "{}", type=dict[str, Any])
    except (ValueError, TypeError) as fault:
        raise ReviewError(
            f"Decision {row.number} on report {row.report_id} cannot be understood ({fault}): "
            "it was made by a newer Truceline, or the database is damaged."
        ) from fault
    action: Action = row.action  # type: ignore[assignment]  # looked up just above
    report, why = row.report_id or "", row.why or ""
    return Decision(row.number, row.at, row.who, action, report, anchor, value, why, row.undoes)


def packed_json(value: object) -> str:
    """The JSON text of an anchor or a value as it goes into a row."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False, sort_keys=True)


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that are not undone, by number; undoings themselves are left out, having done their work.

    An undoing is always younger than what it undoes, so the log is gone through from its end.
    """
    ordered = sorted(decisions, key=lambda one: one.number)
    gone = undone(ordered)
    return [one for one in ordered if one.number not in gone and one.action != "undo"]


def undone(decisions: Iterable[Decision]) -> dict[int, int]:
    """The numbers of the decisions that are undone at present, each with the number of the undoing."""
    gone: dict[int, int] = {}
    for one in sorted(decisions, key=lambda one: one.number, reverse=True):
        if one.action == "undo" and one.undoes is not None and one.number not in gone and one.undoes < one.number:
            gone[one.undoes] = one.number
    return gone
