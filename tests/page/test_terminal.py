"""What an analyst sees of the negotiation in the terminal: every section, at any width, with and without colour."""

import io
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tests.page.negotiated import READING, REPORT, TALKS, TRUCE, event, only, section, shown, span, stage, term
from tests.readings import short_report
from truceline.page import NOTHING_FOUND, print_negotiation
from truceline.page.negotiation import DOUBT, MARKS
from truceline.records import Commitment, Event, Position, from_json, misplaced_spans, to_json
from truceline.records.reading import Stance

HEADINGS = ["On the table", "Positions", "What is due when", "Commitments", "Events"]


def test_the_sections_stand_in_their_order_and_only_where_there_is_something() -> None:
    assert [line for line in shown().splitlines() if line in HEADINGS] == HEADINGS
    found = shown(only(events=READING.events[1:2])).splitlines()
    assert [line for line in found if line in HEADINGS] == ["Events"]


def test_nothing_on_the_table_is_one_sentence() -> None:
    assert shown(only()) == f"{NOTHING_FOUND}\n"
    assert NOTHING_FOUND not in shown()


def test_a_proposal_says_kind_status_parties_place_terms_and_stages() -> None:
    assert section(shown(), "On the table")[:9] == [
        "  p1   Norland's draft truce",
        "       ceasefire · handed over, 2016-12-03",
        "       Norland → Harbour Front · Port Selm",
        "       duration  ten days = P10D (replaced by: seven days)",
        "       duration  seven days = P7D",
        "       deadline  within 21 days = P21D",
        "       2016-12-03  handed over",
        "       no date     amended",
        "       no date     rejected · according to its spokesman",
    ]


def test_stages_say_their_modality_unless_they_happened_and_what_is_to_come_stands_last() -> None:
    stages = [
        stage("voted", "Talks", "2016-12-05", "planned", "s1"),
        stage("amended", "since cut"),
        stage("signed", "Norland", None, "denied"),
        stage("adopted", "League", "2017", "possible"),
    ]
    lines = section(shown(only(proposals=[replace(TALKS, terms=[], stages=stages)])), "On the table")
    assert [line.strip() for line in lines[2:]] == [
        "no date     signed · denied",
        "no date     amended",
        "2016-12-05  voted · planned · according to Ada Brekke",
        "2017        adopted · possible",
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"sponsors": ["a1"], "recipients": []}, "       by Norland · Port Selm"),
        ({"sponsors": [], "recipients": ["a2"]}, "       to Harbour Front · Port Selm"),
        (
            {"sponsors": ["a1", "a4"], "recipients": ["a2"]},
            "       Norland, Southern League → Harbour Front · Port Selm",
        ),
        ({"sponsors": [], "recipients": [], "place": "l1"}, "       Port Selm"),
        ({"sponsors": ["a9"], "recipients": [], "place": None}, "       by a9"),
        ({"status": None}, "       ceasefire · no stage reached"),
        ({"status": "amended"}, "       ceasefire · amended"),
        ({"confidence": 0.2}, "       ceasefire · handed over, 2016-12-03 · doubtful"),
        ({"label": ""}, "  p1   (no label)"),
    ],
)
def test_what_is_missing_or_one_sided_is_said_plainly(fields: dict[str, Any], line: str) -> None:
    assert line in shown(only(proposals=[replace(TRUCE, **fields)])).splitlines()


def test_a_schedule_says_for_which_day() -> None:
    fixed = replace(TALKS, status="scheduled", stages=[stage("scheduled", "Wednesday", "2016-12-07TMO")])
    assert "       talks · scheduled for 2016-12-07, morning · doubtful" in shown(only(proposals=[fixed])).splitlines()
    planned = replace(fixed, stages=[stage("scheduled", "Wednesday", "2016-12-07", "planned")])
    assert "       talks · scheduled · doubtful" in shown(only(proposals=[planned])).splitlines()


def test_a_replaced_term_is_struck_through_on_a_terminal_and_says_so_in_words_too() -> None:
    at_a_terminal = shown(force_terminal=True, color_system="standard")
    struck = [line for line in at_a_terminal.splitlines() if "\x1b[9m" in line]
    assert len(struck) == 1
    assert "\x1b[9mten days = P10D\x1b[0m" in struck[0]
    assert Text.from_ansi(struck[0]).plain.strip() == "duration  ten days = P10D (replaced by: seven days)"
    assert "\x1b" not in shown()


def test_a_term_replaced_by_itself_or_by_nothing_known_is_only_called_replaced() -> None:
    for odd in (0, 7, -1):
        lines = section(
            shown(only(proposals=[replace(TRUCE, terms=[term("duration", "ten days", None, odd)])])), HEADINGS[0]
        )
        assert "       duration  ten days (replaced)" in lines


def test_positions_are_a_table_of_sides_and_proposals() -> None:
    assert section(shown(), "Positions") == [
        "                   p1 ceasefire                   p2 talks",
        "  Norland          ++ sponsors                    ? undecided",
        "  Harbour Front    − opposes",
        "                   according to its spokesman",
        "  Southern League  + supports",
        "                   doubtful",
    ]


@pytest.mark.parametrize("layout", [{"width": 40}, {"width": 80, "evidence": True}])
def test_where_a_table_has_no_room_positions_stand_under_their_proposals(layout: dict[str, Any]) -> None:
    lines = [line for line in section(shown(**layout), "Positions") if "⟧" not in line and "⟦" not in line]
    assert lines[0] == "  p1 Norland's draft truce"
    assert "    ++ sponsors     Norland" in lines
    assert "  p2 talks on the truce" in lines


def test_many_proposals_are_no_table_even_on_a_wide_page() -> None:
    many = [replace(TRUCE, id=f"p{n}") for n in range(1, 9)]
    held = [replace(READING.positions[1], proposal=one.id) for one in many]
    lines = section(shown(only(proposals=many, positions=held), 100), "Positions")
    assert len(lines) == 16
    assert lines[:2] == [
        "  p1 Norland's draft truce",
        "    −  opposes      Harbour Front · according to its spokesman",
    ]


def test_the_surest_stands_first_among_equal_stances() -> None:
    held = [Position(actor, "p1", "opposes", span("rejected"), None, sure) for actor, sure in
            (("a1", 0.3), ("a2", 0.9), ("a4", 0.6))]  # fmt: skip
    lines = section(shown(only(positions=held)), "Positions")
    assert [line.split("opposes")[1].strip() for line in lines[1:]] == [
        "Harbour Front", "Southern League", "Norland · doubtful",
    ]  # fmt: skip


@pytest.mark.parametrize("stance", get_args(Stance))
def test_every_stance_has_a_sign_of_its_own_and_its_word(stance: Any) -> None:
    held = replace(READING.positions[1], stance=stance)
    line = section(shown(only(proposals=[TRUCE], positions=[held])), "Positions")[1]
    assert line.split()[:2] == [MARKS[stance], stance]
    assert list(MARKS.values()).count(MARKS[stance]) == 1


def test_doubt_is_a_word_and_explained_only_where_there_is_any() -> None:
    assert shown().splitlines()[-1] == DOUBT
    sure = shown(only(proposals=[TRUCE], positions=READING.positions[1:2]))
    assert "doubtful" not in sure
    assert DOUBT not in sure


def test_a_position_on_a_proposal_or_by_an_actor_nobody_knows_is_shown_by_id() -> None:
    held = Position("a9", "p9", "opposes", span("rejected"), "s9", 0.9)
    assert section(shown(only(positions=[held])), "Positions") == ["  p9", "    −  opposes      a9 · according to s9"]


def test_a_commitment_says_who_toward_whom_what_on_which_condition_and_until_when() -> None:
    assert section(shown(width=130), "Commitments") == [
        "  threat  Norland → Harbour Front: will be fought as pirates · unless it leaves Port Selm · by 2016-12-12 · "
        "according to Ada",
        "          Brekke",
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"toward": None, "condition": None, "deadline": None}, "Norland: will be fought as pirates"),
        ({"actor": None}, "(nobody named) → Harbour Front: will be fought as pirates"),
        ({"condition": span("the Harbour Front")}, "· if: the Harbour Front"),
        ({"condition": span("unless it leaves")}, "· unless it leaves"),
        ({"deadline": "P3D"}, "· within 3 days"),
        ({"deadline": "2016-12-12T10:00"}, "· by 2016-12-12, 10:00"),
        ({"actor": "a3"}, "· by own account"),
        ({"confidence": 0.1}, "· doubtful"),
    ],
)
def test_parts_of_a_commitment(fields: dict[str, Any], line: str) -> None:
    made = replace(READING.commitments[0], **fields)
    assert line in " ".join(" ".join(section(shown(only(commitments=[made])), "Commitments")).split())


def test_events_stand_by_date_and_the_undated_at_the_end() -> None:
    assert section(shown(), "Events") == [
        "  2016-12-04  CONSULT  Ada Brekke, Southern League · Port Selm",
        "  2016-12-08  CONSULT  Ada Brekke, Southern League · planned",
        "  no date     REJECT   Harbour Front → Norland · according to its spokesman",
    ]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (event("ASSAULT", "rejected", [], recipients=["a2"]), "(nobody named) → Harbour Front"),
        (event("PROTEST", "welcomed", []), "“welcomed”"),
        (event("AID", "met", ["a1"], modality="denied"), "Norland · denied"),
        (event("AID", "met", ["a1"], modality="actual"), "Norland"),
        (event("AID", "met", ["a1"] * 11), "Norland" + ", Norland" * 7 + " and 3 more"),
    ],
)
def test_parts_of_an_event(made: Event, words: str) -> None:
    (line,) = section(shown(only(events=[made]), 120), "Events")
    assert line == f"  no date  {made.type}  {words}"


def test_evidence_prints_the_words_under_every_line() -> None:
    page = shown(evidence=True, width=200)
    assert (
        "    Norland gave the Harbour Front ⟦a draft truce of ten days⟧ on Saturday, since cut to seven days." in page
    )
    records = [
        *(mention for proposal in READING.proposals for mention in proposal.mentions),
        *(term.text for proposal in READING.proposals for term in proposal.terms),
        *(stage.text for proposal in READING.proposals for stage in proposal.stages),
        *(position.evidence for position in READING.positions),
        *(made.action for made in READING.commitments),
        *(made.condition for made in READING.commitments if made.condition),
        *(made.trigger for made in READING.events),
    ]
    assert len(records) == 20
    for words in records:
        assert f"⟦{words.quote}⟧" in page
    assert " · confidence 0.90" in page
    assert "⟦" not in shown()


def test_evidence_stays_in_its_paragraph_and_cuts_no_word() -> None:
    page = shown(only(events=[event("CONSULT", "meet again", ["a3"])]), 200, evidence=True)
    assert (
        "    … met League delegates in Port Selm on Sunday. They will ⟦meet again⟧ on Thursday. · confidence 0.80"
        in page
    )
    at_its_start = shown(only(events=[event("AID", "Norland gave", ["a1"])]), 200, evidence=True)
    assert "    ⟦Norland gave⟧ the Harbour Front a draft truce of ten days on Saturday, … · " in at_its_start


def test_evidence_that_does_not_stand_there_is_shown_by_its_own_words() -> None:
    wrong = replace(span("rejected"), quote="never in the report")
    page = shown(only(events=[replace(READING.events[1], trigger=wrong)]), evidence=True)
    assert "    ⟦never in the report⟧ · confidence 0.80" in page.splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
@pytest.mark.parametrize("evidence", [False, True])
def test_no_line_is_wider_than_the_page_or_ends_in_blanks(width: int, evidence: bool) -> None:
    lines = shown(width=width, evidence=evidence).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert "".join(shown(width=width, evidence=evidence).split()).count("CONSULT") == 3


def test_nothing_is_said_by_colour_alone() -> None:
    in_colour = shown(force_terminal=True, color_system="standard", evidence=True)
    assert "\x1b[" in in_colour
    assert Text.from_ansi(in_colour).plain.split() == shown(evidence=True).split()


def test_two_hundred_proposals_are_all_there_and_most_of_them_on_a_line() -> None:
    many = [replace(TRUCE, id=f"p{n}", label=f"plan number {n}") for n in range(1, 201)]
    lines = section(shown(only(proposals=many)), "On the table")
    assert len(lines) < 400
    assert "  180 more, without their terms and stages:" in lines
    assert "  p200 plan number 200 · ceasefire · handed over, 2016-12-03" in lines
    assert all(any(f"plan number {n}" in line for line in lines) for n in range(1, 201))


def test_a_very_long_label_is_cut_and_says_so() -> None:
    long = replace(TRUCE, label="a plan to end all plans " * 400)
    page = shown(only(proposals=[long], positions=READING.positions))
    assert len(section(page, "On the table")) < 15
    assert "plan to…" in page
    unbroken = shown(only(proposals=[replace(TRUCE, label="x" * 5000)]), 40)
    assert unbroken.count("x") < 250


def test_other_scripts_and_emoji_keep_the_columns() -> None:
    actors = [replace(actor, name=name) for actor, name in zip(
        READING.actors, ("الجبهة", "和平委员会", "👩‍🚒🕊️", "התנועה"), strict=True)]  # fmt: skip
    for width in (20, 40, 80, 120):
        page = shown(replace(READING, actors=actors), width, evidence=True)
        assert all(cell_len(line) <= width for line in page.splitlines())
    wide = section(shown(replace(READING, actors=actors), 80), "Positions")
    chinese = next(line for line in wide if "和平委员会" in line)
    norland = next(line for line in wide if "++ sponsors" in line)
    assert cell_len(chinese.split("−")[0]) == cell_len(norland.split("++")[0])


def test_a_report_cannot_steer_the_terminal() -> None:
    report = short_report("They \x1b[2Jmet\x07 \x9b31m\u202etxet\x00 there")
    whole = report.span(0, len(report.text))
    bad = replace(TRUCE, label=report.text, mentions=[whole], terms=[replace(TRUCE.terms[0], text=whole)], stages=[])
    made = Commitment("threat", report.text, "\x1b[0m", whole, whole, "\x1b[1m", "\x1b", 0.9)
    made_too = replace(READING.events[0], trigger=whole, actors=[])
    reading = replace(only(proposals=[bad], commitments=[made], events=[made_too]), report=report)
    page = shown(reading, evidence=True)
    assert not set(page) & set("\x1b\x07\x9b\u202e\x00\r")
    assert "met" in page


def test_a_console_without_our_signs_gets_ascii() -> None:
    class Ascii(io.StringIO):
        encoding = "ascii"

    out = Ascii()
    print_negotiation(READING, Console(file=out, width=80), evidence=True)
    assert out.getvalue().isascii()
    assert "Norland -> Harbour Front" in out.getvalue()
    assert "-  opposes" in out.getvalue()
    assert "[[ten days]]" in out.getvalue()


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1), st.integers(1, 130), st.booleans())
def test_any_words_make_a_page(words: str, width: int, evidence: bool) -> None:
    report = short_report(words)
    whole = report.span(0, len(report.text))
    proposal = replace(
        TRUCE, label=words, mentions=[whole], terms=[replace(one, text=whole, value=words) for one in TRUCE.terms],
        stages=[replace(one, text=whole, date=words) for one in TRUCE.stages],
    )  # fmt: skip
    reading = replace(
        READING,
        report=report,
        actors=[replace(actor, name=words) for actor in READING.actors],
        proposals=[proposal, TALKS],
        commitments=[replace(READING.commitments[0], action=whole, condition=whole, deadline=words)],
        events=[replace(one, trigger=whole, date=words) for one in READING.events],
    )
    page = shown(reading, width, evidence=evidence)
    assert all(line == line.rstrip() for line in page.splitlines())
    assert "".join(page.split()).count("REJECT") >= 1


def test_the_reading_of_these_tests_is_sound() -> None:
    assert misplaced_spans(READING) == []
    assert from_json(to_json(READING)).report == REPORT
