"""The records of one reading while decisions are applied to them: in come anchors, out come the records they mean."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from truceline.records import Reading, Span
from truceline.review.anchors import SAME_FROM, Anchor, overlap
from truceline.review.decisions import Decision
from truceline.review.kinds import KINDS, KindName, Packed, own_spans, packed, telling_fields, with_references

Verdict = Literal["accepted", "rejected", "corrected", "added"]


@dataclass(slots=True, eq=False)
class Entry:
    """One record with what people decided about it; `first` is how it came, `record` how it is now.

    `found` says that the machine found it in this reading. `into` is the entry that it was merged into.
    """

    kind: KindName
    first: Packed
    record: Packed
    anchor: Anchor
    found: bool
    verdict: Verdict | None = None
    decisions: list[Decision] = field(default_factory=list)
    into: "Entry | None" = None

    @property
    def last(self) -> "Entry":
        """The entry that stands for this one after all merging; itself, if it was not merged."""
        entry = self
        while entry.into is not None:
            entry = entry.into
        return entry

    @property
    def on_view(self) -> bool:
        """Whether the record is one that people see: neither rejected nor merged into another."""
        return self.into is None and self.verdict != "rejected"


class Entries:
    """All records of one reading, those that the machine found and those that decisions made."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.of_kind: dict[KindName, list[Entry]] = {kind: [] for kind in KINDS}
        self.made: dict[int, Entry] = {}
        self._by_id: dict[tuple[KindName, str], Entry] = {}
        self._known: dict[bytes, Entry | None] = {}
        for kind, of in KINDS.items():
            for record in getattr(reading, of.listed):
                plain = packed(record)
                self._keep(Entry(kind, plain, plain, Anchor(kind, []), found=True))
        for entry in self:
            entry.anchor = self.anchor(entry.kind, entry.first)

    def __iter__(self) -> Iterator[Entry]:
        for entries in self.of_kind.values():
            yield from entries

    def with_id(self, kind: KindName, id: str) -> Entry | None:
        """The entry whose record has this local id."""
        return self._by_id.get((kind, id))

    def anchor(self, kind: KindName, record: Packed, *, made_by: int | None = None) -> Anchor:
        """The anchor of a record that names others by local ids."""
        parties = {}
        for name, target in KINDS[kind].parties.items():
            party = self.with_id(target, record.get(name) or "")
            if party is not None:
                parties[name] = party.anchor
        cue = msgspec.convert(record["cue"], Span) if record.get("cue") else None
        return Anchor(kind, own_spans(kind, record), telling_fields(kind, record), parties, cue, made_by)

    def find(self, anchor: Anchor) -> Entry | None:
        """The entry that the anchor means; None if there is none in this reading.

        Of the machine's records of the kind that share at least half of the anchor's words (`overlap` says how that is
        counted) it is the one with the greatest likeness; among equals the one with more telling fields and parties
        the same; then the one that stands earlier in the report; then the one that comes earlier in the reading. A
        position must besides be of the same actor on the same proposal. An anchor that a decision made means the
        record of that decision only.
        """
        if anchor.made_by is not None:
            return self.made.get(anchor.made_by)
        key = msgspec.json.encode(anchor)
        if key not in self._known:
            self._known[key] = self._best(anchor)
        return self._known[key]

    def new(self, kind: KindName, record: Packed, anchor: Anchor) -> Entry:
        """A new entry for this record, with the next free id, in its place by the order of the report."""
        if KINDS[kind].prefix is not None:
            record = {**record, "id": self._free_id(kind)}
        entry = Entry(kind, record, record, anchor, found=False)
        self._keep(entry)
        self._known.clear()
        if anchor.made_by is not None:
            self.made[anchor.made_by] = entry
        return entry

    def rename(self, kind: KindName, portable: Packed) -> Packed:
        """The record, or some of its fields, with the local ids of what its anchors mean."""
        return with_references(kind, portable, lambda target, value: self._id_of(value))

    def portable(self, kind: KindName, record: Packed) -> Packed:
        """The opposite: the record, or some of its fields, without local ids; what it names, named by anchors."""

        def anchored(target: KindName, id: str) -> Any:
            entry = self.with_id(target, id)
            return None if entry is None else msgspec.to_builtins(entry.anchor)

        free = with_references(kind, record, anchored)
        return {name: value for name, value in free.items() if name != "id"}

    def _best(self, anchor: Anchor) -> Entry | None:
        best, rank = None, (0.0, 0, 0)
        for entry in self.of_kind[anchor.kind]:
            if entry.anchor.made_by is not None:
                continue
            common = overlap(anchor, entry.anchor)
            if common.share < SAME_FROM:
                continue
            parties = [self._same_party(name, anchor, entry) for name in KINDS[anchor.kind].parties]
            if anchor.kind == "position" and not all(parties):
                continue
            alike = sum(entry.anchor.fields.get(name) == value for name, value in anchor.fields.items()) + sum(parties)
            first = entry.anchor.spans[0].start if entry.anchor.spans else 0
            here = common.likeness, alike, -first
            if best is None or here > rank:
                best, rank = entry, here
        return best

    def _same_thing(self, name: str, anchor: Anchor, entry: Entry) -> bool:
        if name in KINDS[anchor.kind].parties:
            return self._same_party(name, anchor, entry)
        return anchor.fields.get(name) == entry.anchor.fields.get(name)

    def _same_party(self, name: str, anchor: Anchor, entry: Entry) -> bool:
        wanted = self.find(anchor.parties[name]) if name in anchor.parties else None
        target = KINDS[anchor.kind].parties[name]
        return wanted is self.with_id(target, entry.first.get(name) or "")

    def found_too(self, anchor: Anchor) -> Entry | None:
        """The machine's record on the anchor's words (by likeness) that is not distinct from it.

        This is how an added record is recognised that a newer model has found by itself.
        """
        for entry in self.of_kind[anchor.kind]:
            if (
                entry.found
                and overlap(anchor, entry.anchor).likeness >= SAME_FROM
                and all(self._same_thing(name, anchor, entry) for name in KINDS[anchor.kind].distinct)
            ):
                return entry
        return None

    def _id_of(self, value: Any) -> str | None:
        """The id of what a packed anchor means. An actor or a proposal that this reading lacks comes back for it."""
        anchor = msgspec.convert(value, Anchor)
        entry = self.find(anchor)
        if entry is None and anchor.made_by is None and anchor.kind in ("actor", "proposal") and anchor.spans:
            entry = self.new(anchor.kind, _bare(anchor), anchor)
        return None if entry is None else str(entry.first["id"])

    def _free_id(self, kind: KindName) -> str:
        prefix, number = KINDS[kind].prefix, len(self.of_kind[kind]) + 1
        while (kind, f"{prefix}{number}") in self._by_id:
            number += 1
        return f"{prefix}{number}"

    def _keep(self, entry: Entry) -> None:
        entries = self.of_kind[entry.kind]
        place = len(entries)
        if not entry.found and entry.anchor.spans:
            start = entry.anchor.spans[0].start
            firsts = [other.anchor.spans[0].start if other.anchor.spans else start + 1 for other in entries]
            place = max((n for n, first in enumerate(firsts, 1) if first <= start), default=0)
        entries.insert(place, entry)
        if "id" in entry.first:
            self._by_id.setdefault((entry.kind, entry.first["id"]), entry)


def _bare(anchor: Anchor) -> Packed:
    """An actor or a proposal of which nothing is known any more but its mentions and its telling fields."""
    known = {"mentions": msgspec.to_builtins(anchor.spans), **anchor.fields}
    if anchor.kind == "actor":
        return {"country": None, "of": None, "role": None, **known}
    empty: Packed = {name: [] for name in ("sponsors", "recipients", "terms", "stages")}
    return {**empty, "place": None, "status": None, "confidence": 1.0, **known}
