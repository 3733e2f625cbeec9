"""How far reviewers agree: in come reports and their log, out comes Krippendorff's alpha for each kind of record."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from truceline.records import Reading
from truceline.review.anchors import SAME_FROM, Anchor, overlap
from truceline.review.computing import Item, Reviewed, review
from truceline.review.decisions import Row, decision, packed_json, standing
from truceline.review.kinds import KINDS, KindName, packed, with_references

Unit = Mapping[str, Hashable]
"""What each reviewer said of one record; who said nothing is not in it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one kind of record: alpha, and how many records at least two of how many reviewers judged.

    `alpha` is None where nothing can be said: no record that two judged, or no two different judgements at all.
    `same` is the share (0 to 1) of pairs of judgements of a record that are the same, None without any.
    """

    alpha: float | None
    same: float | None
    records: int
    reviewers: int


def alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 is full agreement, 0 what chance gives, below 0 is worse than chance.

    Any number of reviewers, and any may be missing at any unit. None where no unit has two values, or where all
    values are the same, so that there is nothing to disagree about. From the coincidences of values within units:
    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C.
    """
    coincidences, values = _coincidences(units)
    total = sum(values.values())
    expected = total * total - sum(count * count for count in values.values())
    if not expected:
        return None
    observed = sum(count for (one, other), count in coincidences.items() if one != other)
    return 1 - (total - 1) * observed / expected


def _coincidences(units: Iterable[Unit]) -> tuple[dict[tuple[Hashable, Hashable], float], Counter[Hashable]]:
    """How often values met in a unit, each unit counting as many values as it has, and how often each value did."""
    met: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    values: Counter[Hashable] = Counter()
    for unit in units:
        counts = Counter(unit.values())
        size = sum(counts.values())
        if size < 2:
            continue
        values += counts
        for one, ones in counts.items():
            for other, others in counts.items():
                met[one, other] += ones * (others - (one == other)) / (size - 1)
    return met, values


def agreement(readings: Iterable[Reading], decisions: Callable[[str], Iterable[Row]]) -> dict[KindName, Agreement]:
    """How far the reviewers of these reports agree on each kind of record, each one's decisions taken by themselves.

    The units are the machine's records and those that reviewers added. Judgements are the same where both left the
    record as found, both rejected it, both merged it with the same records, or both corrected it to the same thing. An
    added record is judged by those who added it, and, as absent, by those who judged every record of that report.
    """
    units: dict[KindName, list[Unit]] = {kind: [] for kind in KINDS}
    for reading in readings:
        rows = list(decisions(reading.report.id))
        stand = standing(decision(row) for row in rows if row.report_id == reading.report.id)
        people = sorted({one.who for one in stand if one.action != "note"})
        if len(people) > 1:
            views = {who: review(reading, rows, by=who) for who in people}
            for kind in KINDS:
                units[kind] += _units(kind, views)
    return {kind: _agreement(judged) for kind, judged in units.items()}


def _agreement(units: list[Unit]) -> Agreement:
    pairable = [unit for unit in units if len(unit) > 1]
    met, values = _coincidences(pairable)
    total = sum(values.values())
    same = sum(count for (one, other), count in met.items() if one == other)
    people = {who for unit in pairable for who in unit}
    return Agreement(alpha(pairable), same / total if total else None, len(pairable), len(people))


def _units(kind: KindName, views: Mapping[str, Reviewed]) -> list[Unit]:
    """The machine's records of one kind in one report, then the added ones, with each reviewer's judgement."""
    found = {who: [item for item in view.items if item.kind == kind and item.found] for who, view in views.items()}
    units: list[dict[str, Hashable]] = [{} for _ in next(iter(found.values()))]
    for who, items in found.items():
        for unit, item in zip(units, items, strict=True):
            judged = _judgement(item, items, views[who])
            if judged is not None:
                unit[who] = judged
    added: list[tuple[Anchor, dict[str, Hashable]]] = []
    for who, view in views.items():
        for item in view.items:
            if item.kind == kind and item.verdict == "added" and item.on_view and not item.found:
                _unit_of(item, added, who)[who] = "added"
    finished = [who for who, view in views.items() if not any(item.open for item in view.items if item.found)]
    for _, unit in added:
        units.append({**dict.fromkeys(finished, "absent"), **unit})
    return list(units)


def _unit_of(item: Item, added: list[tuple[Anchor, dict[str, Hashable]]], who: str) -> dict[str, Hashable]:
    """The unit of an added record: that of another reviewer's on the same words and not distinct from it."""
    plain = replace(item.anchor, made_by=None)
    for anchor, unit in added:
        alike = overlap(anchor, plain).likeness >= SAME_FROM
        if alike and who not in unit and all(_same(name, anchor, plain) for name in KINDS[item.kind].distinct):
            return unit
    added.append((plain, {}))
    return added[-1][1]


def _same(name: str, one: Anchor, other: Anchor) -> bool:
    if name in KINDS[one.kind].parties:
        mine, theirs = one.parties.get(name), other.parties.get(name)
        return mine == theirs or (mine is not None and theirs is not None and overlap(mine, theirs).share >= SAME_FROM)
    return one.fields.get(name) == other.fields.get(name)


def _judgement(item: Item, items: list[Item], view: Reviewed) -> Hashable | None:
    """What this reviewer made of the machine's record; None if nothing was said of it."""
    keeper = item.merged_into or (item.on_view and getattr(item.record, "id", None))
    group = [n for n, one in enumerate(items) if keeper in (one.merged_into, getattr(one.record, "id", ""))]
    if item.merged_into or (keeper and len(group) > 1):
        return "one", *group
    if item.verdict is None:
        return None
    if item.verdict == "rejected":
        return "rejected"
    corrected = {
        name for one in item.decisions for name in one.value.get("fields", {}) if one.action in ("correct", "add")
    }
    if item.verdict == "added":
        corrected |= {name for one in item.decisions if one.action == "add" for name in one.value["record"]}
    if not corrected:
        return "as found"
    return packed_json({name: value for name, value in _by_words(item, view).items() if name in corrected})


def _by_words(item: Item, view: Reviewed) -> dict[str, object]:
    """The record with what it names given by words, since local ids of added records differ between reviewers."""

    def words(target: KindName, id: str) -> object:
        named = view.item(target, id)
        return None if named is None else [[span.start, span.end] for span in named.anchor.spans]

    return with_references(item.kind, packed(item.record), words)
