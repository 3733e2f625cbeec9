"""The page of a reading: what an analyst sees in the terminal, at any width, with and without colour."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tests.readings import read_quotations, reading_of, short_report, statement
from truceline.page import page_width, print_page, printable, voices
from truceline.records import Actor, Reading

TEXT = (
    "No deal before winter – envoy\n"
    "The minister told AFP the convoy would wait. The delegates would stay, the envoy said. "
    "“We will sign nothing,” the   Envoy added. “Not today.” According to her the rebels had agreed to leave."
)


def page(reading: Reading, width: int = 80, **console: object) -> str:
    out = io.StringIO()
    print_page(reading, Console(file=out, width=width, highlight=False, **console))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture
def reading() -> Reading:
    report = short_report(TEXT, outlet="The Courier", url="https://example.org/a")
    added = statement(report, "s3", "“We will sign nothing,”", speaker_text="the   Envoy", cue="added", mode="direct")
    return reading_of(
        report,
        [
            statement(
                report, "s1", "the convoy would wait", speaker_text="The minister", cue="told", addressee_text="AFP"
            ),
            statement(report, "s2", "The delegates would stay", speaker_text="the envoy", cue="said", confidence=0.3),
            replace(added, content=[*added.content, statement(report, "x", "“Not today.”").content[0]]),
            statement(report, "s4", "the rebels had agreed to leave", speaker_text="her", cue="According to"),
            statement(
                report, "s5", "to leave", speaker_text="the rebels", cue="agreed", within="s4", date="2016-12-03"
            ),
            statement(report, "s6", "No deal before winter", mode="mixed"),
        ],
    )


def test_the_head_names_the_report(reading: Reading) -> None:
    head = page(reading).splitlines()[:4]
    assert head[0] == "No deal before winter – envoy"
    assert head[1] == "The Courier · 2016-12-05 · language en · 38 words"
    assert head[2] == "https://example.org/a"
    assert set(head[3]) == {"─"}


def test_a_title_stands_before_the_first_line_and_what_is_unknown_says_so() -> None:
    report = short_report("Ja.", title="A short word", published=None)
    head = page(reading_of(report, [])).splitlines()
    assert head[:2] == ["A short word", "no date · language unknown · 1 word"]
    assert head[-1].startswith("No statements found.")


def test_the_name_of_the_source_is_shown_if_given(reading: Reading) -> None:
    out = io.StringIO()
    print_page(reading, Console(file=out, width=80), name="talks")
    assert out.getvalue().splitlines()[1].endswith(" · talks")


def test_statements_are_grouped_by_the_words_for_the_speaker(reading: Reading) -> None:
    found = [(voice.label, [s.id for s in voice.statements]) for voice in voices(reading)]
    assert found == [
        ("The minister", ["s1"]),
        ("the envoy", ["s2", "s3"]),
        ("her", ["s4"]),
        ("(no speaker named)", ["s6"]),
    ]
    assert "the envoy · 2 statements" in page(reading)


def test_resolved_actors_give_their_names_to_the_groups(reading: Reading) -> None:
    actor = Actor("a1", "Maria Torres", "person", None, None, "special envoy", [])
    said = [replace(s, speaker="a1") if s.id in ("s2", "s3", "s4") else s for s in reading.statements]
    resolved = replace(reading, actors=[actor], statements=said)
    found = {voice.label: [s.id for s in voice.statements] for voice in voices(resolved)}
    assert found["Maria Torres, special envoy"] == ["s2", "s3", "s4"]
    unknown = replace(reading, statements=[replace(reading.statements[0], speaker="a9")])
    assert [voice.label for voice in voices(unknown)] == ["The minister"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("  s1  indirect  told · to AFP", "mode, cue and addressee are words"),
        ("  s2  indirect  said · doubtful", "low confidence is a word"),
        ("  s3  direct    added", "modes stand in one column"),
        ("      “We will sign nothing,” … “Not today.”", "pieces are joined by an ellipsis"),
        ("      s5  indirect  the rebels · agreed · 2016-12-03 · within s4", "a nested one under its parent"),
        ("          to leave", "with its content under it"),
        ("  s6  mixed", "no cue, nothing in its place"),
    ],
)
def test_a_statement_says_what_it_is(reading: Reading, line: str, why: str) -> None:
    assert line in page(reading).splitlines(), why


def test_every_statement_is_shown_once_even_in_a_ring_or_without_a_parent(reading: Reading) -> None:
    one, two, three, *rest = reading.statements
    odd = [replace(one, within="s2"), replace(two, within="s1"), replace(three, within="s99"), *rest]
    lines = [line.split()[0] for line in page(replace(reading, statements=odd)).splitlines() if line.strip()]
    assert sorted(word for word in lines if word in {s.id for s in odd}) == sorted(s.id for s in odd)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_page_or_ends_in_blanks(reading: Reading, width: int) -> None:
    lines = page(reading, width).splitlines()
    assert all(cell_len(line) <= max(width, 21) for line in lines)  # 21: the address, which is never broken
    assert all(line == line.rstrip() for line in lines)
    kept = "".join(page(reading, width).split())
    assert "Thedelegateswouldstay" in kept


def test_nothing_is_said_by_colour_alone(reading: Reading) -> None:
    in_colour = page(reading, force_terminal=True, color_system="standard")
    assert "\x1b[" in in_colour
    plain = page(reading)
    assert "\x1b" not in plain
    assert Console().render_str("") is not None
    assert plain.split() == _without_escapes(in_colour).split()


def _without_escapes(text: str) -> str:
    from rich.text import Text

    return Text.from_ansi(text).plain


def test_a_report_cannot_steer_the_terminal() -> None:
    report = short_report("“\x1b[2Jclean\x07 \x9b31m\u202etxet” he said\r\x00")
    shown = page(read_quotations(report))
    assert not set(shown) & set("\x1b\x07\x9b\u202e\x00\r")
    assert "clean" in shown


@settings(deadline=None)
@given(st.text())
def test_printable_text_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    assert shown == " ".join(shown.split())
    assert all(ord(character) >= 32 and not 127 <= ord(character) < 160 for character in shown)
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=1), st.integers(1, 130))
def test_any_text_makes_a_page(text: str, width: int) -> None:
    report = short_report(text)
    whole = report.span(0, len(report.text))
    shown = statement(report, "s1", report.text, speaker_text=whole, cue=whole)
    assert "s1" in page(reading_of(report, [shown]), width).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("columns", "terminal", "is_terminal", "width"),
    [
        (None, 80, True, 80),
        (None, 60, True, 60),
        (None, 200, True, 100),
        (None, 60, False, 80),
        (None, 90, False, 90),
        (None, 200, False, 100),
        ("132", 80, True, 132),
        ("50", 80, False, 50),
        ("", 80, False, 80),
        ("wide", 80, False, 80),
        ("0", 80, True, 80),
        ("-5", 80, True, 80),
        ("²", 80, True, 80),
    ],
)
def test_the_width_of_a_page(columns: str | None, terminal: int, is_terminal: bool, width: int) -> None:
    assert page_width(columns, terminal, is_terminal) == width
