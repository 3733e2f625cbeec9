"""Whatever reviewers do: what they see is sound, the machine's reading stays, and all of it undone gives the start."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.talks import TEXT, Memory, newer_reading, reading, reviewer, span_of
from truceline.records import Reading, from_json, misplaced_spans, to_json
from truceline.review import KINDS, KindName, Reviewer, ReviewError, review, reviewed, undone

WORDS = [
    "Norland@1",
    "the Front@1",
    "Brekke@2",
    "the draft@1",
    "the draft@2",
    "met",
    "ten days",
    "Port Selm@2",
    "rejected",
]
CHANGES: dict[KindName, list[dict[str, Any]]] = {
    "actor": [{"name": "somebody"}, {"of": "a2"}, {"kind": "other", "role": None}],
    "statement": [{"speaker": "a2"}, {"speaker": None, "mode": "mixed"}, {"about": ["p1", "p2"]}, {"within": "s1"}],
    "proposal": [{"sponsors": ["a6", "a2"]}, {"place": None}, {"status": "agreed"}],
    "position": [{"stance": "conditional"}, {"actor": "a2"}, {"proposal": "p1"}],
    "commitment": [{"kind": "promise"}, {"toward": None}],
    "event": [{"actors": []}, {"type": "REQUEST", "according_to": "s1"}],
    "time": [{"value": None}],
    "place": [{"name": "elsewhere"}],
}
STEP = st.tuples(
    st.sampled_from(["accept", "reject", "correct", "add", "merge", "split", "note", "undo"]),
    st.integers(0, 99), st.integers(0, 99), st.sampled_from(["ada", "ben"]), st.booleans(),
)  # fmt: skip


def added(kind: KindName, words: str) -> dict[str, Any]:
    """A record of this kind on these words."""
    span = {"start": span_of(words, TEXT).start, "end": span_of(words, TEXT).end, "quote": span_of(words, TEXT).quote}
    named: dict[KindName, dict[str, Any]] = {
        "actor": {"name": "added", "kind": "other", "mentions": [span]},
        "statement": {"speaker": "a1", "content": [span], "mode": "indirect"},
        "proposal": {"kind": "talks", "label": "added", "mentions": [span], "sponsors": ["a2"]},
        "position": {"actor": "a1", "proposal": "p1", "stance": "supports", "evidence": span},
        "commitment": {"kind": "offer", "action": span},
        "event": {"type": "AID", "trigger": span, "actors": ["a3"], "modality": "denied"},
        "time": {"text": span, "type": "DATE"},
        "place": {"name": "added", "text": span},
    }
    return named[kind]


def take(step: tuple[str, int, int, str, bool], log: Memory, of: Reading) -> None:
    """One decision of one person, where it can be made."""
    action, one, other, who, blind = step
    person = reviewer(log, who, of, blind=blind)
    view = person.view
    items = [item for item in view.items if action not in ("merge", "split") or item.kind in ("actor", "proposal")]
    item = items[one % len(items)]
    try:
        if action == "correct":
            person.correct(item, CHANGES[item.kind][other % len(CHANGES[item.kind])])
        elif action == "add":
            kind = list(KINDS)[one % len(KINDS)]
            person.add(kind, added(kind, WORDS[other % len(WORDS)]))
        elif action == "merge":
            same = [known for known in view.items if known.kind == item.kind]
            person.merge(item, [same[other % len(same)]])
        elif action == "split":
            mentions = mentions_of(item.record)
            person.split(item, {"mentions": mentions[: 1 + other % 2]})
        elif action == "undo":
            person.undo(1 + other % max(len(log.rows), 1))
        elif action == "note":
            person.note(item, "seen")
        else:
            (person.accept if action == "accept" else person.reject)(item)
    except ReviewError:
        pass


def mentions_of(record: object) -> list[dict[str, Any]]:
    spans = getattr(record, "mentions", [])
    return [{"start": span.start, "end": span.end, "quote": span.quote} for span in spans]


def undo_all(person: Reviewer, log: Memory, order: st.DataObject) -> None:
    """Undoes what stands, in any order."""
    while True:
        decisions = person.view.log
        gone = undone(decisions)
        left = [one.number for one in decisions if one.action != "undo" and one.number not in gone]
        if not left:
            return
        person.undo(order.draw(st.sampled_from(left)))


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEP, max_size=14), newer=st.booleans(), data=st.data())
def test_any_sequence_of_decisions_undone_gives_the_start(steps: list[Any], newer: bool, data: st.DataObject) -> None:
    log = Memory()
    of = newer_reading() if newer else reading()
    for step in steps:
        take(step, log, of)
    undo_all(reviewer(log, of=of), log, data)
    for start in (reading(), newer_reading()):
        view = review(start, log.rows)
        assert view.reading == start
        assert view.unattached == []
        assert not any(item.changed for item in view.items)


@settings(max_examples=80, deadline=None)
@given(steps=st.lists(STEP, max_size=14), data=st.data())
def test_what_people_see_is_sound_and_computed_anew_each_time(steps: list[Any], data: st.DataObject) -> None:
    log = Memory()
    for n, step in enumerate(steps):
        take(step, log, newer_reading() if n % 3 == 2 else reading())
    shuffled = data.draw(st.permutations(log.rows))
    for start in (reading(), newer_reading()):
        seen = reviewed(start, log.rows)
        assert misplaced_spans(seen) == []
        assert from_json(to_json(seen)) == seen
        assert reviewed(start, shuffled) == seen
        assert_references_hold(seen)
    assert reviewed(reading(), log.rows).report == reading().report


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=10), number=st.integers(0, 99))
def test_an_undoing_undone_is_as_if_nothing_had_happened(steps: list[Any], number: int) -> None:
    log = Memory()
    for step in steps:
        take(step, log, reading())
    person = reviewer(log)
    before = person.view
    gone = undone(before.log)
    standing = [one.number for one in before.log if one.number not in gone]
    if standing:
        undoing = person.undo(standing[number % len(standing)])
        person.undo(undoing)
        assert person.view.reading == before.reading
        assert person.view.items == before.items


def assert_references_hold(seen: Reading) -> None:
    known = {kind.name: [record.id for record in getattr(seen, kind.listed)] for kind in KINDS.values() if kind.prefix}
    for kind, ids in known.items():
        assert len(set(ids)) == len(ids), kind
    for kind in KINDS.values():
        for record in getattr(seen, kind.listed):
            for path, target in kind.references.items():
                name, _, inner = path.partition(".")
                value = getattr(record, name)
                holders = [getattr(one, inner) for one in value] if inner else value
                for id in holders if isinstance(holders, list) else [holders]:
                    assert id is None or id in known[target], (kind.name, path, id)
