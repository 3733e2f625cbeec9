"""Decisions made about one model's reading, applied to another's."""

from dataclasses import replace

import pytest

from tests.review.talks import Memory, ids, item, newer_reading, packed_span, reading, reviewer, span, spans
from truceline.records import Reading, Time
from truceline.review import Anchor, review, reviewed


def again(log: Memory, of: Reading | None = None) -> Reading:
    return reviewed(of or newer_reading(), log.rows)


def test_decisions_find_their_records_under_other_ids_and_other_spans() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.reject(item(ada.view, "s1"))
    ada.correct(item(ada.view, "s2"), {"speaker": "a2", "mode": "mixed"})
    ada.correct(item(ada.view, "position 1"), {"stance": "conditional"})
    ada.correct(item(ada.view, "time 1"), {"value": "2016-12"})
    ada.reject(item(ada.view, "event 2"))
    seen = again(log)
    assert ids(seen.statements) == ["s2", "s3"]
    assert (seen.statements[1].speaker, seen.statements[1].mode) == ("a1", "mixed")
    assert seen.positions == [replace(newer_reading().positions[0], stance="conditional", confidence=1.0)]
    assert seen.times == [Time(span("on Saturday"), "DATE", "2016-12")]
    assert seen.events == []
    assert review(newer_reading(), log.rows).unattached == []


def test_a_verdict_never_falls_on_what_stands_around_or_inside_its_record() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.reject(item(ada.view, "s3"))  # stands inside another, which the newer model keeps
    view = review(newer_reading(), log.rows)
    assert view.reading == newer_reading()
    assert [one.action for one in view.unattached] == ["reject"]


def test_a_verdict_without_its_record_is_kept_and_counts_again_when_the_record_is_back() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.reject(item(ada.view, "event 1"))
    assert [one.number for one in review(newer_reading(), log.rows).unattached] == [1]
    assert len(again(log, reading()).events) == 1


def test_a_corrected_record_that_the_newer_model_lacks_is_there_all_the_same() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.accept(item(ada.view, "event 1"))
    ada.correct(item(ada.view, "event 1"), {"date": "2016-12-04", "actors": ["a6", "a1"]})
    ada.correct(item(ada.view, "event 1"), {"modality": "planned"})
    view = review(newer_reading(), log.rows)
    met = next(event for event in view.reading.events if event.trigger.quote == "met")
    assert (met.date, met.actors, met.modality, met.mode) == ("2016-12-04", ["a5", "a2"], "planned", "meet")
    assert [one.number for one in view.unattached] == [2]  # what is back takes the other decisions
    reviewer(log, of=newer_reading()).undo(2)
    reviewer(log, of=newer_reading()).undo(3)
    assert again(log) == newer_reading()


def test_a_corrected_position_brings_back_the_proposal_that_it_is_on() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.correct(item(ada.view, "position 2"), {"stance": "conditional"})
    seen = again(log)
    back = next(proposal for proposal in seen.proposals if proposal.id != "p1")
    assert (back.kind, back.label, back.mentions) == ("resolution", "the draft", spans("the draft@3"))
    assert [(p.actor, p.proposal, p.stance) for p in seen.positions if p.proposal == back.id] == [
        ("a5", back.id, "conditional")
    ]


def test_a_corrected_proposal_comes_back_whole_even_where_a_position_needs_it_first() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.correct(item(ada.view, "position 2"), {"stance": "conditional"})
    ada.correct(item(ada.view, "p2"), {"label": "the League's draft", "sponsors": ["a6"]})
    back = [proposal for proposal in again(log).proposals if proposal.id != "p1"]
    assert [(one.label, one.sponsors) for one in back] == [("the League's draft", ["a5"])]


def test_an_added_record_stays_and_becomes_one_with_the_machines_when_it_finds_it_too() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.add("statement", {
        "speaker": "a2", "content": [packed_span("rejected the draft on Monday")], "mode": "indirect",
        "cue": packed_span("rejected"),
    })  # fmt: skip
    seen = again(log)
    assert len(seen.statements) == 4
    added = next(one for one in seen.statements if one.cue == span("rejected"))
    assert added.speaker == "a1"
    found = replace(added, id="s4", speaker=None, content=[span("the draft on Monday")], confidence=0.4)
    newest = replace(newer_reading(), statements=[*newer_reading().statements, found])
    seen = again(log, newest)
    assert len(seen.statements) == 4
    assert seen.statements[-1].speaker == "a1"
    assert seen.statements[-1].id == "s4"


def test_an_added_position_of_another_actor_on_the_same_words_stays_beside_the_machines() -> None:
    log = Memory()
    ada = reviewer(log)
    evidence = packed_span("the League welcomed the draft")
    ada.add("position", {"actor": "a2", "proposal": "p2", "stance": "opposes", "evidence": evidence})
    assert [position.actor for position in ada.view.reading.positions] == ["a2", "a6", "a1", "a2"]


def test_decisions_on_an_added_record_go_with_it() -> None:
    log = Memory()
    ada = reviewer(log)
    added = ada.add("actor", {"name": "all sides", "kind": "other", "mentions": [packed_span("the Front@1")]})
    ada.correct(item(ada.view, "a7"), {"name": "the sides"})
    assert "the sides" in [actor.name for actor in again(log).actors]
    ada.undo(added)
    view = ada.view
    assert view.reading == reading()
    assert [one.action for one in view.unattached] == ["correct"]
    assert again(log) == newer_reading()


def test_mergers_and_splits_survive() -> None:
    log = Memory()
    ada = reviewer(log)
    ada.merge(item(ada.view, "a6"), [item(ada.view, "a1")])
    ada.split(item(ada.view, "a2"), {"mentions": [packed_span("The Front")], "name": "other front"})
    seen = again(log)
    assert sorted(ids(seen.actors)) == ["a1", "a3", "a4", "a5", "a6"]
    assert seen.proposals[0].sponsors == ["a5"]
    assert next(actor.mentions for actor in seen.actors if actor.name == "other front") == spans("The Front")


def test_ties_are_broken_by_fields_then_by_order() -> None:
    first = reading()
    same = replace(first.events[1], type="REQUEST")
    for events in ([first.events[1], same], [same, first.events[1]]):
        log = Memory()
        of = replace(first, events=events)
        reviewer(log, of=of).reject(item(review(of, []), f"event {1 + events.index(same)}"))
        assert reviewed(of, log.rows).events == [first.events[1]]
        assert reviewed(replace(of, events=events[::-1]), log.rows).events == [first.events[1]]
    twins = replace(first, places=[first.places[0], replace(first.places[0], id="l2", latitude=1.0)])
    log = Memory()
    reviewer(log, of=twins).reject(item(review(twins, []), "l1"))
    assert ids(reviewed(twins, log.rows).places) == ["l2"]


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("actor", ["Norland@1", "Norland@2"], ["Norland@2", "Norland@3", "Norland@4"], True),
        ("actor", ["Norland@1"], ["the envoy of Norland"], False),
        ("actor", ["Norland@1"], ["Norland@2"], False),
        ("actor", ["Brekke@2"], ["Ada Brekke", "Brekke@2"], True),
        ("event", ["met"], ["met on Monday"], True),
        ("event", ["met"], ["welcomed"], False),
        ("time", ["Monday@1"], ["on Monday@1"], True),
        ("time", ["Monday@1"], ["Monday@2"], False),
        ("commitment", ["aid would stop"], ["aid would stop unless the Front signs"], False),
        ("commitment", ["aid would stop"], ["that aid would stop"], True),
        ("place", ["Port Selm@2"], ["shelling Port Selm"], True),
        ("statement", ["had accused the Front of shelling Port Selm"], ["the Front of shelling Port Selm"], True),
        ("statement", ["had accused the Front of shelling Port Selm"], ["shelling Port Selm"], False),
    ],
)  # fmt: skip
def test_what_counts_as_the_same_words(kind: str, one: list[str], other: list[str], same: bool) -> None:
    from truceline.review.anchors import SAME_FROM, overlap

    mine, theirs = (Anchor(kind, spans(*words)) for words in (one, other))  # type: ignore[arg-type]
    assert (overlap(mine, theirs).share >= SAME_FROM) is same
    assert overlap(mine, theirs) == overlap(theirs, mine)
