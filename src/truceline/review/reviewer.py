"""A person deciding: in come items and what is to be said about them, out go rows of the log.

Everything is checked before it is written: a decision in the log can be applied.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from truceline.records import Reading, Span
from truceline.review.anchors import Anchor
from truceline.review.computing import VOUCHED, Item, Reviewed, review
from truceline.review.decisions import Action, Decision, ReviewError, packed_json, undone
from truceline.review.entries import Entries
from truceline.review.joining import JOINED
from truceline.review.kinds import KINDS, KindName, Packed, own_spans, packed, unpacked, with_references
from truceline.store import DecisionRow


class Log(Protocol):
    """Where decisions are kept: a `truceline.store.Store`, or anything else that does these two things."""

    def append_decision(self, decision: DecisionRow) -> int:
        """The number under which the decision is now kept; numbers only grow."""
        ...

    def decisions(self, report_id: str | None = None) -> list[DecisionRow]:
        """All decisions on this report, or on every one."""
        ...


def this_instant() -> str:
    """The instant in UTC to the second, as in `2016-12-05T14:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Reviewer:
    """One person at one report: what they see, and what they decide.

    Each decision is kept at once and gives its number; `view` then shows the report with it. With `blind`, the view is
    as if nobody else had decided anything. `ReviewError`, in one sentence, for what cannot be done; then nothing is
    kept.
    """

    log: Log
    reading: Reading
    who: str
    blind: bool = False
    now: Callable[[], str] = this_instant
    _last: tuple[list[DecisionRow], Reviewed] | None = field(default=None, init=False, repr=False)

    @property
    def view(self) -> Reviewed:
        """The report as it is now, with all decisions that are in the log."""
        rows = self.log.decisions(self.reading.report.id)
        if self._last is None or self._last[0] != rows:
            self._last = rows, review(self.reading, rows, by=self.who if self.blind else None)
        return self._last[1]

    def accept(self, item: Item, *, why: str = "") -> int:
        """The record is right as it is."""
        return self._keep("accept", item.anchor, {"seen": self._portable(item)}, why)

    def reject(self, item: Item, *, why: str = "") -> int:
        """The report does not say this; the record goes out of sight."""
        return self._keep("reject", item.anchor, {"seen": self._portable(item)}, why)

    def note(self, item: Item, text: str) -> int:
        """A remark on the record; it changes nothing."""
        if not text.strip():
            raise ReviewError("A note needs words: write what is to be remembered.")
        return self._keep("note", item.anchor, {}, text)

    def correct(self, item: Item, changes: Mapping[str, Any], *, why: str = "") -> int:
        """Other values for fields of the record, as the JSON contract writes them, with the view's local ids."""
        whole = {**packed(item.record), **changes}
        unknown = next((name for name in changes if name == "id" or name not in packed(item.record)), None)
        if unknown is not None:
            names = ", ".join(one.name for one in fields(KINDS[item.kind].type) if one.name != "id")
            raise ReviewError(f"A {item.kind} has no field {unknown!r} to correct: it has {names}.")
        record = self._checked(item.kind, whole)
        entries = self._entries()
        value = {
            "seen": self._portable(item),
            "fields": entries.portable(item.kind, {name: record[name] for name in changes}),
            "record": entries.portable(item.kind, record),
        }
        return self._keep("correct", item.anchor, value, why)

    def add(self, kind: KindName, record: Mapping[str, Any], *, why: str = "") -> int:
        """A record that the machine missed, as the JSON contract writes it, with the view's local ids.

        Fields that are not given are empty; `id` is not needed, `confidence` is 1.
        """
        whole: Packed = {"id": "new"} if KINDS[kind].prefix else {}
        for one in fields(KINDS[kind].type):
            if one.name not in whole:
                whole[one.name] = record.get(one.name, _empty(one))
        unknown = next((name for name in record if name not in whole), None)
        if unknown is not None:
            raise ReviewError(f"A {kind} has no field {unknown!r}: it has {', '.join(whole)}.")
        checked = self._checked(kind, whole)
        entries = self._entries()
        portable = {name: value for name, value in entries.portable(kind, checked).items() if name != "id"}
        return self._keep("add", entries.anchor(kind, checked), {"record": portable}, why)

    def merge(self, item: Item, others: Sequence[Item], *, why: str = "") -> int:
        """The others are the same actor or proposal as `item`, which keeps its name."""
        same = [other for other in others if other.kind == item.kind and other.anchor != item.anchor]
        if item.kind not in JOINED or len(same) != len(others) or not same:
            raise ReviewError(
                "Only actors with actors, or proposals with proposals, can be merged: name two of a kind."
            )
        return self._keep("merge", item.anchor, {"with": [other.anchor for other in same]}, why)

    def split(self, item: Item, record: Mapping[str, Any], *, why: str = "") -> int:
        """Part of the actor or proposal is another one: `record` has its `mentions`, all of them `item`'s.

        Fields that are not given are those of `item`, but an actor is named by its first mention; of a proposal's
        terms and stages go only those given.
        """
        if item.kind not in JOINED:
            raise ReviewError(f"A {item.kind} cannot be split: only actors and proposals can.")
        whole = packed(item.record)
        mentions = record.get("mentions") or []
        if (
            not mentions
            or not all(span in whole["mentions"] for span in mentions)
            or len(mentions) >= len(whole["mentions"])
        ):
            raise ReviewError("A split takes some of the mentions, and leaves some: name mentions that the record has.")
        bare: Packed = {"name": mentions[0]["quote"]} if item.kind == "actor" else {"terms": [], "stages": []}
        checked = self._checked(item.kind, {**whole, **bare, **record})
        portable = self._entries().portable(item.kind, checked)
        return self._keep("split", item.anchor, {"record": portable}, why)

    def undo(self, number: int, *, why: str = "") -> int:
        """The decision of this number, anybody's, counts no more; undoing an undoing brings back what it undid."""
        log = {one.number: one for one in self.view.log}
        if number not in log:
            raise ReviewError(f"There is no decision {number} on this report: truceline review --log lists them.")
        gone = undone(log.values())
        if number in gone:
            raise ReviewError(
                f"Decision {number} is undone already, by decision {gone[number]}: undo that one instead."
            )
        return self._keep("undo", log[number].anchor, {}, why, undoes=number)

    def last_own(self) -> Decision | None:
        """The last decision of this person that stands and is no undoing."""
        log = self.view.log
        gone = undone(log)
        own = [one for one in log if one.who == self.who and one.action != "undo" and one.number not in gone]
        return own[-1] if own else None

    def _entries(self) -> Entries:
        """The records on view, from whose local ids references are written down without them."""
        view = self.view
        entries = Entries(view.reading)
        for item in view.items:
            entry = entries.with_id(item.kind, getattr(item.record, "id", "")) if item.on_view else None
            if entry is not None:
                entry.anchor = item.anchor
        return entries

    def _portable(self, item: Item) -> Packed:
        return self._entries().portable(item.kind, packed(item.record))

    def _checked(self, kind: KindName, record: Packed) -> Packed:
        """The record as the contract has it; `ReviewError` where it is no such record or names what is not there."""
        try:
            sound = packed(unpacked(kind, record))
        except ValueError as fault:
            raise ReviewError(f"That is {fault}.") from fault
        text = self.reading.report.text
        for span in _spans(sound):
            if text[span.start : span.end] != span.quote or not span.quote:
                raise ReviewError(f"The words {span.quote!r} do not stand at {span.start}–{span.end} of the report.")
        if not own_spans(kind, sound):
            raise ReviewError(f"A {kind} needs words of the report: give {' or '.join(KINDS[kind].words)}.")
        entries = self._entries()

        def known(target: KindName, id: str) -> str:
            if entries.with_id(target, id) is None:
                raise ReviewError(f"There is no {target} {id!r} in this report: name one that is there.")
            return id

        return with_references(kind, sound, known)

    def _keep(
        self, action: Action, anchor: Anchor, value: Mapping[str, Any], why: str, *, undoes: int | None = None
    ) -> int:
        row = DecisionRow(
            number=0,  # the log gives it
            at=self.now(),
            who=self.who,
            action=action,
            report_id=self.reading.report.id,
            kind=anchor.kind,
            anchor=packed_json(anchor),
            value=packed_json(value),
            why=" ".join(why.split()),
            undoes=undoes,
        )
        return self.log.append_decision(row)


def _empty(one: "Field[Any]") -> Any:
    if one.name == "confidence":
        return VOUCHED
    return [] if str(one.type).startswith("list") else None


def _spans(value: object) -> list[Span]:
    if isinstance(value, list):
        return [span for one in value for span in _spans(one)]
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            return [msgspec.convert(value, Span)]
        return [span for one in value.values() for span in _spans(one)]
    return []
