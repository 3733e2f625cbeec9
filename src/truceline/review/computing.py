"""What people see: in come the machine's reading and the log, out comes the reading with the decisions applied.

Neither is changed. The same reading and the same log always give the same, in whatever order the log's rows come.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from truceline.records import Reading
from truceline.review import joining
from truceline.review.anchors import Anchor
from truceline.review.decisions import Decision, ReviewError, Row, decision, standing
from truceline.review.entries import Entries, Entry, Verdict
from truceline.review.kinds import KINDS, KindName, Packed, Record, unpacked, with_references

VOUCHED = 1.0
"""The confidence of a record that a person accepted, corrected or added."""
_VERDICTS: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}
_COMES_BACK: tuple[KindName, ...] = (
    "actor", "place", "proposal", "statement", "position", "commitment", "event", "time",
)  # fmt: skip
"""The order in which corrected records come back that a reading lacks: who is named before who names."""
_NOT_JUDGED = ("id", "mentions", "about", "confidence")
"""Fields that may differ between two models without a verdict on the record being about another record."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record with what people decided about it, and the anchor with which to decide more.

    `confidence` is the machine's own in the record as it came, None for kinds without one. `found` says that the
    machine found it in this reading; `on_view`, that people see it: it was neither rejected nor
    merged away. `verdict` is the last one, `by` whom it is, and `changed` says that it was given about a record with
    other fields, by an older model or before another decision. `merged_into` is the id of what it was merged into.
    """

    kind: KindName
    record: Record
    anchor: Anchor
    confidence: float | None
    found: bool
    on_view: bool
    verdict: Verdict | None
    by: str | None
    changed: bool
    merged_into: str | None
    decisions: tuple[Decision, ...]

    @property
    def open(self) -> bool:
        """Whether a person has still to look at this record: on view without a verdict, or with one about another."""
        return self.changed or (self.on_view and self.verdict is None)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report as its reviewers left it.

    `reading` is what people see, `items` every record, also those out of sight; `unattached` are the standing
    decisions whose record this reading does not hold, and `log` all decisions, undone ones too.
    """

    reading: Reading
    items: list[Item]
    unattached: list[Decision]
    log: list[Decision]

    def item(self, kind: KindName, id: str) -> Item | None:
        """The item of the record with this local id."""
        return next((item for item in self.items if item.kind == kind and getattr(item.record, "id", "") == id), None)


def reviewed(reading: Reading, decisions: Iterable[Row]) -> Reading:
    """What people see of a report: the machine's reading with every standing decision on it applied.

    A record that was accepted, corrected or added has confidence 1. A rejected record is left out; what named it names
    nobody, and positions on a rejected proposal or of a rejected actor go with it. Corrected and added records whose
    actors, proposals or own words a newer model no longer finds are there all the same. `ReviewError` if a decision
    cannot be understood.
    """
    return review(reading, decisions).reading


def review(reading: Reading, decisions: Iterable[Row], *, by: str | None = None) -> Reviewed:
    """The report as its reviewers left it; with `by`, as if that person's decisions were all that there are."""
    log = [decision(row) for row in decisions if row.report_id == reading.report.id]
    log.sort(key=lambda one: one.number)
    stands = [one for one in standing(log) if by in (None, one.who)]
    entries = Entries(reading)
    applied = _Applying(entries)
    applied.bring_back([one for one in stands if one.action == "correct"])
    for one in stands:
        applied.apply(one)
    shown = _shown(reading, entries) if stands else reading
    return Reviewed(shown, [_item(entry, entries, applied.changed) for entry in entries], applied.unattached, log)


class _Applying:
    """Applies decisions to entries one after the other, and keeps those that find no record."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.unattached: list[Decision] = []
        self.changed: set[Entry] = set()
        """Entries whose last verdict was about a record with other fields."""

    def bring_back(self, corrections: list[Decision]) -> None:
        """Makes entries for corrected records that this reading lacks.

        Who is named comes before who names; what is named by its own kind or a later one is filled in at the end.
        """
        brought: list[tuple[Entry, Packed]] = []
        for one in sorted(corrections, key=lambda one: _COMES_BACK.index(one.anchor.kind)):
            if self.entries.find(one.anchor) is None and one.anchor.made_by is None:
                kind, whole = one.anchor.kind, _part(one, "record")
                brought.append((self.entries.new(kind, self._early(kind, whole), one.anchor), whole))
                self.unattached.append(one)
        for entry, whole in brought:
            entry.first = entry.record = {**entry.first, **self.entries.rename(entry.kind, whole)}

    def _early(self, kind: KindName, whole: Packed) -> Packed:
        """The record, naming only what is of kinds that come back before its own."""

        def early(target: KindName, value: Any) -> Any:
            return value if _COMES_BACK.index(target) < _COMES_BACK.index(kind) else None

        return self.entries.rename(kind, with_references(kind, whole, early))

    def apply(self, one: Decision) -> None:
        steps: dict[str, Callable[[Decision], Entry | None]] = {
            "accept": self._judge, "reject": self._judge, "correct": self._correct, "add": self._add,
            "merge": self._merge, "split": self._split, "note": lambda one: self.entries.find(one.anchor),
        }  # fmt: skip
        try:
            entry = steps[one.action](one)
        except (ValueError, KeyError, TypeError) as fault:
            raise ReviewError(
                f"Decision {one.number} on report {one.report_id} cannot be applied ({fault}): "
                "it was made by a newer Truceline, or the database is damaged."
            ) from fault
        if entry is None:
            if one not in self.unattached:
                self.unattached.append(one)
            return
        entry.decisions.append(one)
        entry.verdict = _VERDICTS.get(one.action, entry.verdict)

    def _judge(self, one: Decision) -> Entry | None:
        entry = self.entries.find(one.anchor)
        if entry is not None:
            seen = one.value.get("seen")
            brought_back = not entry.found and entry.anchor.made_by is None
            same = seen is None or brought_back or _judged(self._local(entry.kind, seen)) == _judged(entry.record)
            (self.changed.discard if same else self.changed.add)(entry)
        return entry

    def _local(self, kind: KindName, portable: Packed) -> Packed:
        """With local ids, as `Entries.rename`, but nothing comes back for it."""

        def id_of(target: KindName, value: Any) -> str | None:
            entry = self.entries.find(msgspec.convert(value, Anchor))
            return None if entry is None else str(entry.first["id"])

        return with_references(kind, portable, id_of)

    def _correct(self, one: Decision) -> Entry | None:
        entry = self._judge(one)
        if entry is not None:
            entry.record = {**entry.record, **self.entries.rename(entry.kind, _part(one, "fields"))}
        return entry

    def _add(self, one: Decision) -> Entry:
        record = self.entries.rename(one.anchor.kind, _part(one, "record"))
        entry = self.entries.found_too(one.anchor)
        if entry is None or entry in self.entries.made.values():
            return self.entries.new(one.anchor.kind, record, replace(one.anchor, made_by=one.number))
        self.entries.made[one.number] = entry
        entry.record = {**entry.record, **record}
        return entry

    def _merge(self, one: Decision) -> Entry | None:
        kept = self.entries.find(one.anchor)
        found = [self.entries.find(msgspec.convert(other, Anchor)) for other in _part(one, "with")]
        others = [other for other in found if other is not None]
        if kept is None or not others:
            return None
        for other in others:
            if other.last is not kept.last:
                gone = other.last
                joining.merge(kept.last, gone)
                gone.decisions.append(one)
        return kept.last

    def _split(self, one: Decision) -> Entry | None:
        entry = self.entries.find(one.anchor)
        if entry is None:
            return None
        record = self.entries.rename(entry.kind, _part(one, "record"))
        anchor = replace(self.entries.anchor(entry.kind, record), made_by=one.number)
        made = self.entries.new(entry.kind, record, anchor)
        made.verdict = "added"
        made.decisions.append(one)
        joining.split(self.entries, entry.last, made)
        return entry


def _part(one: Decision, name: str) -> Any:
    """This part of the decision's value."""
    if name not in one.value:
        raise ReviewError(f"Decision {one.number} on report {one.report_id} lacks its {name}: the database is damaged.")
    return one.value[name]


def _judged(record: Packed) -> Packed:
    return {name: value for name, value in record.items() if name not in _NOT_JUDGED}


def _shown(reading: Reading, entries: Entries) -> Reading:
    """The reading with the records on view, and references only to those."""
    lists: dict[str, list[Record]] = {}
    for kind, of in KINDS.items():
        final = (_final(entry, entries) for entry in entries.of_kind[kind] if entry.on_view)
        lists[of.listed] = [_unpacked(kind, record) for record in final if record is not None]
    return replace(reading, **lists)  # type: ignore[arg-type]  # each list holds its own kind


def _final(entry: Entry, entries: Entries) -> Packed | None:
    """The entry's record with references as they are after all decisions; None where it cannot stand without them."""

    def final_id(target: KindName, id: str) -> str | None:
        named = entries.with_id(target, id)
        if named is None:
            return id
        return str(named.last.first["id"]) if named.last.on_view else None

    record = with_references(entry.kind, entry.record, final_id)
    if entry.kind == "position" and not (record["actor"] and record["proposal"]):
        return None
    if entry.kind == "actor" and record["of"] == record["id"]:
        record["of"] = None
    if entry.verdict in ("accepted", "corrected", "added") and "confidence" in record:
        record["confidence"] = VOUCHED
    return record


def _item(entry: Entry, entries: Entries, changed: set[Entry]) -> Item:
    record = _final(entry, entries) if entry.on_view else None
    judged = [one for one in entry.decisions if one.action in _VERDICTS]
    return Item(
        kind=entry.kind,
        record=_unpacked(entry.kind, record or entry.record),
        anchor=entry.anchor,
        confidence=entry.first.get("confidence"),
        found=entry.found,
        on_view=record is not None,
        verdict=entry.verdict,
        by=(judged or entry.decisions)[-1].who if entry.verdict else None,
        changed=entry in changed,
        merged_into=str(entry.last.first["id"]) if entry.into else None,
        decisions=tuple(entry.decisions),
    )


def _unpacked(kind: KindName, record: Packed) -> Record:
    try:
        return unpacked(kind, record)
    except ValueError as fault:
        raise ReviewError(f"A decision makes {fault}: look for it with truceline review --log and undo it.") from fault
