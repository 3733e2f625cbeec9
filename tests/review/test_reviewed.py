"""What people see after decisions: by action, after undoing, and after a newer model has read the report again."""

import json
from dataclasses import replace

import pytest

from tests.review.talks import (
    REPORT,
    TEXT,
    Memory,
    ids,
    item,
    newer_reading,
    packed_span,
    reading,
    reviewer,
    span,
    spans,
)
from truceline.records import Actor, from_json, misplaced_spans, to_json
from truceline.review import ReviewError, review, reviewed


def test_without_decisions_people_see_what_the_machine_found() -> None:
    assert reviewed(reading(), []) == reading()
    assert misplaced_spans(reading()) == misplaced_spans(newer_reading()) == []


def test_decisions_on_another_report_change_nothing() -> None:
    log = Memory()
    reviewer(log).reject(item(reviewer(log).view, "s1"))
    other = replace(log.rows[0], report_id="sha256:" + "0" * 64)
    assert reviewed(reading(), [other]) == reading()


def test_an_accepted_record_stays_and_is_no_longer_doubtful() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.accept(item(ada.view, "s3"), why="the spokesman says so")
    seen = item(ada.view, "s3")
    assert (seen.verdict, seen.by, seen.open) == ("accepted", "ada", False)
    assert seen.record == replace(reading().statements[2], confidence=1.0)
    row = log.rows[0]
    assert (row.number, row.who, row.at, row.action) == (1, "ada", "2026-01-02T03:04:05Z", "accept")
    assert (row.report_id, row.kind, row.why) == (REPORT.id, "statement", "the spokesman says so")
    assert '"s3"' not in f"{row.anchor}{row.value}"


def test_a_rejected_record_goes_and_nothing_names_it_any_more() -> None:
    log = Memory()
    ada = reviewer(log)
    for id in ("s2", "p2", "a4"):
        ada.reject(item(ada.view, id))
    seen = ada.view.reading
    assert ids(seen.statements) == ["s1", "s3", "s4"]
    assert seen.statements[1].within is None
    assert seen.statements[2].speaker is None
    assert [event.according_to for event in seen.events] == [None, None]
    assert [position.proposal for position in seen.positions] == ["p1"]
    assert seen.proposals[0].stages[1].according_to is None
    assert item(ada.view, "s2").verdict == "rejected"
    assert not item(ada.view, "s2").on_view
    assert [one.open for one in ada.view.items if one.kind == "position"] == [True, False, False]


def test_the_last_verdict_counts() -> None:
    log = Memory()
    ada, ben = reviewer(log), reviewer(log, "ben")
    ada.reject(item(ada.view, "s1"))
    ben.accept(item(ben.view, "s1"))
    assert ids(ada.view.reading.statements) == ids(reading().statements)
    assert item(ada.view, "s1").by == "ben"


def test_a_correction_changes_its_fields_and_the_machines_record_stays() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.correct(item(ada.view, "s2"), {"speaker": "a2", "content": [packed_span("Norland had accused the Front")]})
    ada.correct(item(ada.view, "s2"), {"date": None})
    seen = ada.view.reading.statements[1]
    assert (seen.speaker, seen.content, seen.date) == ("a2", [span("Norland had accused the Front")], None)
    assert ada.reading == reading()
    assert ada.view.reading.statements[0] == reading().statements[0]


@pytest.mark.parametrize(
    ("id", "changes", "says"),
    [
        ("s1", {"mode": "sung"}, "no statement"),
        ("s1", {"speaker": "a99"}, "no actor 'a99'"),
        ("s1", {"tone": "cold"}, "no field 'tone'"),
        ("s1", {"id": "s9"}, "no field 'id'"),
        ("s1", {"content": [{"start": 0, "end": 4, "quote": "Never"}]}, "do not stand at 0–4"),
        ("s1", {"content": [{"start": 9000, "end": 9004, "quote": ""}]}, "do not stand"),
        ("s1", {"content": []}, "needs words"),
        ("a1", {"mentions": []}, "needs words"),
        ("position 1", {"proposal": None}, "no position"),
        ("p1", {"stages": [{"stage": "sung"}]}, "no proposal"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_and_not_kept(
    id: str, changes: dict[str, object], says: str
) -> None:
    log = Memory()
    ada = reviewer(log)
    with pytest.raises(ReviewError, match=says):
        ada.correct(item(ada.view, id), changes)
    assert log.rows == []


def test_an_added_record_stands_in_its_place_and_names_others() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.add(
        "actor", {"name": "Front fighters", "kind": "armed group", "mentions": [packed_span("the Front@2")], "of": "a2"}
    )
    added = next(actor for actor in ada.view.reading.actors if actor.name == "Front fighters")
    assert added == Actor("a7", "Front fighters", "armed group", None, "a2", None, [span("the Front@2")])
    ada.add(
        "statement",
        {
            "speaker": "a7",
            "content": [packed_span("the Front signs")],
            "mode": "indirect",
            "cue": packed_span("unless"),
        },
    )
    statement = next(one for one in ada.view.reading.statements if one.speaker == "a7")
    assert (statement.id, statement.confidence, statement.about, statement.within) == ("s5", 1.0, [], None)
    ada.add("time", {"text": packed_span("ten days"), "type": "DURATION", "value": "P10D"})
    assert [time.text.quote for time in ada.view.reading.times] == ["ten days", "Saturday", "Monday", "Monday"]
    assert item(ada.view, "a7").verdict == "added"


@pytest.mark.parametrize(
    ("kind", "record", "says"),
    [
        ("statement", {"mode": "indirect"}, "needs words"),
        ("statement", {"content": [packed_span("Port Selm@1")]}, "no statement"),
        (
            "position",
            {"actor": "a1", "proposal": "p1", "stance": "likes", "evidence": packed_span("put")},
            "no position",
        ),
        ("position", {"actor": "a1", "proposal": "p9", "stance": "opposes", "evidence": packed_span("put")}, "'p9'"),
        ("time", {"text": packed_span("ten days"), "type": "DURATION", "colour": "red"}, "no field 'colour'"),
    ],
)
def test_an_addition_that_is_no_record_is_refused(kind: str, record: dict[str, object], says: str) -> None:
    log = Memory()
    with pytest.raises(ReviewError, match=says):
        reviewer(log).add(kind, record)  # type: ignore[arg-type]
    assert log.rows == []


def test_merged_actors_are_one_everywhere() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.merge(item(ada.view, "a3"), [item(ada.view, "a4")])
    seen = ada.view.reading
    assert ids(seen.actors) == ["a1", "a2", "a3", "a5", "a6"]
    assert seen.actors[2].mentions == spans("Ada Brekke", "Brekke@2")
    assert seen.statements[3].speaker == "a3"
    assert item(ada.view, "a4").merged_into == "a3"
    # A chain of mergers ends at the one that is left, from whichever end it is made.
    ada.merge(item(ada.view, "a1"), [item(ada.view, "a3")])
    assert ada.view.reading.statements[3].speaker == ada.view.reading.statements[0].speaker == "a1"
    assert ada.view.reading.actors[0].role == "envoy of Norland"
    assert ada.view.reading.actors[0].of is None


def test_merged_proposals_have_the_terms_stages_and_sponsors_of_both() -> None:
    log = Memory()
    ada = reviewer(log)
    term = {"kind": "deadline", "text": packed_span("Monday@2"), "value": "2016-12-05", "replaced_by": None}
    ada.correct(item(ada.view, "p2"), {"terms": [term, {**term, "replaced_by": 0}], "sponsors": ["a6", "a1"]})
    ada.merge(item(ada.view, "p1"), [item(ada.view, "p2")])
    (proposal,) = ada.view.reading.proposals
    assert proposal.sponsors == ["a1", "a6"]
    assert [one.replaced_by for one in proposal.terms] == [None, None, 1]
    assert proposal.mentions == spans("a draft truce of ten days", "the draft@2", "the draft@3")
    assert {position.proposal for position in ada.view.reading.positions} == {"p1"}


def test_a_split_actor_takes_its_mentions_and_what_is_said_under_them() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.merge(item(ada.view, "a5"), [item(ada.view, "a4")])
    ada.split(item(ada.view, "a5"), {"mentions": [packed_span("Brekke@2")], "name": "Brekke the elder"})
    seen = ada.view.reading
    new = next(actor for actor in seen.actors if actor.name == "Brekke the elder")
    assert (new.id, new.mentions, new.kind) == ("a7", [span("Brekke@2")], "person")
    assert next(actor for actor in seen.actors if actor.id == "a5").mentions == [span("its spokesman")]
    assert seen.statements[3].speaker == "a7"
    assert seen.statements[1].speaker == "a5"


def test_a_split_proposal_takes_the_terms_and_stages_that_are_named() -> None:
    log = Memory()
    ada = reviewer(log)
    first = json.loads(to_json(reading()))["proposals"][0]
    ada.split(
        item(ada.view, "p1"),
        {
            "mentions": [packed_span("the draft@2")],
            "label": "second draft",
            "stages": first["stages"][1:],
            "status": "rejected",
        },
    )
    old, new, _ = ada.view.reading.proposals
    assert (old.label, old.mentions, len(old.terms)) == (
        "draft truce of ten days",
        spans("a draft truce of ten days"),
        1,
    )
    assert (new.label, new.mentions, new.terms) == ("second draft", spans("the draft@2"), [])
    assert ([s.stage for s in old.stages], [s.stage for s in new.stages]) == (["handed over"], ["rejected"])


def test_merging_and_splitting_what_cannot_be_is_refused() -> None:
    log = Memory()
    ada = reviewer(log)
    view = ada.view
    for one, others in (("s1", ["s2"]), ("a1", ["p1"]), ("a1", ["a1"]), ("a1", [])):
        with pytest.raises(ReviewError, match="can be merged"):
            ada.merge(item(view, one), [item(view, other) for other in others])
    with pytest.raises(ReviewError, match="cannot be split"):
        ada.split(item(view, "s1"), {})
    for words in ([], ["Norland@1", "Norland@2"], ["Port Selm@1"]):
        with pytest.raises(ReviewError, match="some of the mentions"):
            ada.split(item(view, "a1"), {"mentions": [packed_span(one) for one in words]})
    assert log.rows == []


def test_a_note_changes_nothing_and_is_kept() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.note(item(ada.view, "s1"), "Ask the desk\nabout this.")
    assert ada.view.reading == reading()
    assert [one.why for one in item(ada.view, "s1").decisions] == ["Ask the desk about this."]
    assert item(ada.view, "s1").open
    with pytest.raises(ReviewError, match="needs words"):
        ada.note(item(ada.view, "s1"), "  ")


def test_undoing_and_undoing_that() -> None:
    log = Memory()
    ada, ben = reviewer(log), reviewer(log, "ben")
    first = ada.reject(item(ada.view, "s1"))
    undoing = ben.undo(first, why="she did say it")
    assert ada.view.reading == reading()
    again = ada.undo(undoing)
    assert "s1" not in ids(ada.view.reading.statements)
    ada.undo(again)
    assert ada.view.reading == reading()
    with pytest.raises(ReviewError, match=f"undone already, by decision {undoing}"):
        ada.undo(first)
    with pytest.raises(ReviewError, match="no decision 99"):
        ada.undo(99)


def test_a_verdict_about_other_fields_puts_the_record_back_into_the_queue() -> None:
    log = Memory()
    ada, ben = reviewer(log), reviewer(log, "ben", blind=True)
    ada.correct(item(ada.view, "s2"), {"speaker": "a2"})
    ben.accept(item(ben.view, "s2"))  # who was shown the machine's record
    assert not item(ben.view, "s2").open
    seen = item(ada.view, "s2")
    assert seen.changed
    assert seen.open
    ada.accept(seen)
    assert not item(ada.view, "s2").open


@pytest.mark.parametrize("field", ["anchor", "value", "action"])
@pytest.mark.parametrize("text", [None, "{", "[1, 2]", '{"kind": "treaty", "spans": []}', "sing"])
def test_a_damaged_decision_is_named(field: str, text: str | None) -> None:
    if field == "action" and text is None:
        pytest.skip("an action is never null")
    log = Memory()
    ada = reviewer(log)
    ada.correct(item(ada.view, "s2"), {"speaker": "a2"})
    damaged = replace(log.rows[0], **{field: text})  # type: ignore[arg-type]
    with pytest.raises(ReviewError, match=r"Decision 1 on report sha256:.*"):
        reviewed(reading(), [damaged])


def test_what_people_see_is_a_sound_reading() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.merge(item(ada.view, "a3"), [item(ada.view, "a4")])
    ada.split(item(ada.view, "a1"), {"mentions": [packed_span("Norland@2")]})
    ada.reject(item(ada.view, "p2"))
    ada.add("event", {"type": "REJECT", "trigger": packed_span("rejected"), "actors": ["a2"], "modality": "actual"})
    seen = ada.view.reading
    assert from_json(to_json(seen)) == seen
    assert misplaced_spans(seen) == []
    assert seen.report.text == TEXT


def test_the_order_of_rows_does_not_matter() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.reject(item(ada.view, "s1"))
    ada.undo(1)
    ada.correct(item(ada.view, "s2"), {"speaker": "a2"})
    ada.merge(item(ada.view, "p2"), [item(ada.view, "p1")])
    assert review(reading(), reversed(log.rows)).reading == ada.view.reading
