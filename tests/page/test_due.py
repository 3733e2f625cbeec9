"""What is due when: what counts, in which order, and what is left out."""

from dataclasses import replace
from typing import Any

import pytest

from tests.page.negotiated import READING, TALKS, TRUCE, event, only, stage, term
from truceline.page.due import due_lines
from truceline.records import Reading

SURE = replace(TALKS, confidence=0.9)


def due(reading: Reading) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(line.when, line.what, line.words, line.remarks) for line in due_lines(reading)]


def of_talks(**fields: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """When, what and remarks of what is due for one proposal with these fields."""
    proposal = replace(SURE, **{"terms": [], "stages": [], **fields})
    return [(when, what, remarks) for when, what, _, remarks in due(only(proposals=[proposal]))]


def test_all_records_in_the_order_of_time_and_lengths_at_the_end() -> None:
    assert due(READING) == [
        (
            "2016-12-07",
            "scheduled, start",
            "p2 talks on the truce",
            ("possible", "according to Ada Brekke", "doubtful"),
        ),
        ("2016-12-08", "CONSULT", "Ada Brekke, Southern League", ("planned",)),
        ("2016-12-12", "threat", "Norland → Harbour Front: will be fought as pirates", ("according to Ada Brekke",)),
        ("within 21 days", "deadline", "p1 Norland's draft truce", ()),
    ]


def test_every_line_keeps_the_words_it_rests_on() -> None:
    assert [[span.quote for span in line.spans] for line in due_lines(READING)] == [
        ["could open on Wednesday", "Wednesday"],
        ["They will meet again"],
        ["will be fought as pirates"],
        ["within 21 days"],
    ]


def test_what_has_neither_day_nor_length_is_left_out() -> None:
    assert of_talks(stages=[stage("scheduled", "Talks", None, "planned")]) == []
    assert of_talks(terms=[term("deadline", "within 21 days"), term("start", "Talks", "FUTURE_REF")]) == []
    assert due(only(events=[event("CONSULT", "met", ["a1"], modality="planned")])) == []
    assert due(only(commitments=[replace(READING.commitments[0], deadline=None)])) == []


@pytest.mark.parametrize(
    ("date", "modality", "found"),
    [
        ("2016-12-09", "planned", True),
        ("2016-12-01", "planned", True),
        ("2016-12-09", "possible", True),
        ("2016-12-01", "possible", False),
        ("2016-12-09", "denied", False),
        ("2016-12-09", "actual", False),
    ],
)
def test_which_stages_are_due(date: str, modality: str, found: bool) -> None:
    assert bool(of_talks(stages=[stage("voted", "Talks", date, modality)])) is found


def test_a_fixed_schedule_is_due_while_its_day_is_to_come() -> None:
    assert of_talks(stages=[stage("scheduled", "Talks", "2016-12-09")]) == [("2016-12-09", "scheduled", ())]
    assert of_talks(stages=[stage("scheduled", "Talks", "2016-12-01")]) == []


def test_past_plans_and_deadlines_say_so_and_past_starts_are_left_out() -> None:
    assert of_talks(stages=[stage("signed", "Talks", "2016-12-01", "planned")]) == [
        ("2016-12-01", "signed", ("planned", "already past"))
    ]
    assert of_talks(terms=[term("deadline", "Talks", "2016-11-30"), term("start", "Talks", "2016-11-30")]) == [
        ("2016-11-30", "deadline", ("already past",))
    ]


def test_where_the_day_of_publication_is_unknown_nothing_is_past() -> None:
    undated = replace(READING, report=replace(READING.report, published=None))
    proposal = replace(SURE, terms=[term("start", "Talks", "1990-01-01")], stages=[])
    assert due(replace(undated, proposals=[proposal], commitments=[], events=[])) == [
        ("1990-01-01", "start", "p2 talks on the truce", ())
    ]


def test_a_term_that_was_replaced_or_is_no_date_to_keep_is_not_due() -> None:
    replaced = [term("deadline", "ten days", "2016-12-10", 1), term("deadline", "seven days", "2016-12-08")]
    assert of_talks(terms=replaced) == [("2016-12-08", "deadline", ())]
    assert of_talks(terms=[term("duration", "ten days", "P10D"), term("area", "Port Selm", "2016-12-10")]) == []


def test_one_day_of_one_proposal_is_one_line_at_the_most_exact_value() -> None:
    found = of_talks(
        terms=[term("start", "Wednesday", "2016-12-07TMO")],
        stages=[stage("scheduled", "Talks", "2016-12-07", "planned", "s1")],
    )
    assert found == [("2016-12-07, morning", "scheduled, start", ("planned", "according to Ada Brekke"))]
    two_hours = [term("deadline", "Wednesday", "2016-12-07T10:00"), term("deadline", "Wednesday", "2016-12-07T18:00")]
    assert [when for when, _, _ in of_talks(terms=two_hours)] == ["2016-12-07, 10:00", "2016-12-07, 18:00"]
    two = only(proposals=[SURE, replace(SURE, id="p3")])
    assert len(due(two)) == 2


def test_lengths_of_time_say_from_when_to_when() -> None:
    terms = [term("start", "ten days", "P10D"), term("deadline", "within 21 days", "PT48H")]
    assert of_talks(terms=terms) == [("within 48 hours", "deadline", ()), ("in 10 days", "start", ())]


@pytest.mark.parametrize("status", ["vetoed", "rejected", "postponed", "collapsed"])
def test_dates_of_a_proposal_that_ended_or_is_held_up_say_so(status: Any) -> None:
    ended = replace(TRUCE, status=status)
    assert due(only(proposals=[ended]))[0][3] == (f"the proposal: {status}",)
    assert due(only(proposals=[TRUCE]))[0][3] == ()


def test_only_planned_events_are_due() -> None:
    for modality, found in {"planned": 1, "possible": 0, "actual": 0, "denied": 0}.items():
        assert len(due(only(events=[event("CONSULT", "met", ["a1"], date="2016-12-09", modality=modality)]))) == found
