"""The reviewer's desk, with keys from a list: what is shown, what is kept, and how it says no."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from rich.console import Console

from tests.readings import short_report, statement
from tests.review.talks import REPORT, Memory, ids, item, packed_span, reading, reviewer, span, spans
from truceline.desk import Desk, print_record
from truceline.records import Reading
from truceline.review import KindName, queue, review


class Pressed:
    """Keys and lines that were decided beforehand; then nobody is there any more."""

    def __init__(self, presses: Iterable[str]) -> None:
        self.presses = list(presses)

    def key(self, ask: Callable[[], None]) -> str:
        ask()
        return self.presses.pop(0) if self.presses else ""

    def line(self, prompt: str) -> str:
        return self.presses.pop(0) if self.presses else ""


def console(**options: object) -> Console:
    return Console(file=io.StringIO(), width=100, highlight=False, emoji=False, markup=False, **options)  # type: ignore[arg-type]


def sit(
    log: Memory, *presses: str, who: str = "ada", blind: bool = False, kinds: tuple[KindName, ...]
) -> tuple[int, str]:
    """How many decisions were made, and what was shown, when somebody presses these keys over these kinds."""
    screen = console()
    waiting = queue([reading()], log.decisions, kinds=kinds, by=who if blind else None)
    desk = Desk(screen, Pressed(presses), waiting, lambda report_id: reviewer(log, who, blind=blind))
    made = desk.run()
    return made, screen.file.getvalue()  # type: ignore[attr-defined]


def actions(log: Memory) -> list[str]:
    return [row.action for row in log.rows]


def test_the_most_doubtful_comes_first_and_each_key_goes_on() -> None:
    log = Memory()
    made, shown = sit(log, "r", "a", "s", "a", kinds=("statement",))
    assert made == 3
    assert actions(log) == ["reject", "accept", "accept"]
    assert [line.split(" · ")[1] for line in shown.splitlines() if " of 4 · " in line] == [
        "statement s3", "statement s2", "statement s4", "statement s1",
    ]  # fmt: skip
    seen = review(reading(), log.rows)
    assert [item(seen, id).verdict for id in ("s3", "s2", "s4", "s1")] == ["rejected", "accepted", None, "accepted"]
    assert "That was the last record" in shown
    assert sit(log, "q", kinds=("statement",))[1].count(" of 1 · ") == 1


def test_correcting_stays_at_the_record_until_it_is_left() -> None:
    log = Memory()
    made, shown = sit(
        log, "c", "speaker", "Harbour Front", "c", "cont", "the Front of shelling", "c", "mode", "direct", "s", "q",
        kinds=("statement",),
    )  # fmt: skip
    assert made == 3
    corrected = review(reading(), log.rows).reading.statements[2]
    assert (corrected.speaker, corrected.content, corrected.mode) == ("a2", spans("the Front of shelling"), "direct")
    assert "speaker is: Norland" in shown
    assert "mode is: indirect (direct, indirect, mixed)" in shown
    assert shown.count("1 of 4") == 4
    assert shown.count("2 of 4") == 1


@pytest.mark.parametrize(
    ("presses", "says"),
    [
        (["c", "tone"], "has no field 'tone'"),
        (["c", "speaker", "Nobody"], "There is no actor 'Nobody'"),
        (["c", "content", "words that nobody wrote"], "are not in the report"),
        (["c", "content", "Norland"], "are there 4 times: write Norland@1"),
        (["c", "content", "Norland@7"], "4 times only"),
        (["c", "mode", "sung"], "no statement"),
        (["c", ""], "Nothing was changed"),
        (["c", "mode", ""], "Nothing was changed"),
        (["m"], "cannot be merged"),
        (["/"], "cannot be split"),
        (["u"], "You have no decision on this report to undo"),
        (["x"], "The key 'x' does nothing here"),
        (["\x1b"], "does nothing here"),
        (["?"], "q  quit; everything is kept"),
        (["+", "treaty"], "there is no such kind"),
        (["+", "time", "Friday"], "are not in the report"),
        (["n", "  "], "1 of 4"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_is_kept(presses: list[str], says: str) -> None:
    log = Memory()
    made, shown = sit(log, *presses, "q", kinds=("statement",))
    assert made == 0
    assert log.rows == []
    assert says in shown
    assert shown.count("1 of 4") == 2


def test_merging_and_splitting_at_the_desk() -> None:
    log = Memory()
    made, shown = sit(log, "m", "a9", "s", "s", "m", "a4", "s", "q", kinds=("actor",))
    assert made == 1
    assert "no other actor 'a9'" in shown
    assert ids(review(reading(), log.rows).reading.actors) == ["a1", "a2", "a3", "a5", "a6"]
    sit(log, "/", "Norland@2", "Norland in words", "q", kinds=("actor",))
    sit(log, "/", "", "q", kinds=("actor",))
    split = review(reading(), log.rows).reading.actors
    assert [actor.mentions for actor in split if "Norland" in actor.name] == [spans("Norland@1"), spans("Norland@2")]


def test_adding_at_the_desk_asks_field_by_field() -> None:
    log = Memory()
    made, shown = sit(log, "+", "time", "ten days", "DURATION", "P10D", "q", kinds=("statement",))
    assert made == 1
    assert review(reading(), log.rows).reading.times[0].text == span("ten days")
    assert "Added a time (decision 1)." in shown


def test_undo_goes_back_through_the_session_and_then_through_earlier_ones() -> None:
    log = Memory()
    sit(log, "n", "look again", "q", kinds=("statement",))
    made, shown = sit(log, "r", "a", "u", "u", "u", "u", "q", kinds=("statement",))
    assert made == 0
    assert [row.undoes for row in log.rows] == [None, None, None, 3, 2, 1]
    assert review(reading(), log.rows).reading == reading()
    assert "You have no decision on this report to undo" in shown


def test_somebody_elses_decision_is_not_undone_by_the_key() -> None:
    log = Memory()
    reviewer(log, "ben").reject(item(reviewer(log).view, "s3"))
    assert "You have no decision" in sit(log, "u", "q", kinds=("statement",))[1]
    assert len(log.rows) == 1


def test_what_somebody_else_decides_meanwhile_is_passed_over() -> None:
    log = Memory()
    waiting = queue([reading()], log.decisions, kinds=("statement",))
    for id in ("s3", "s2"):
        reviewer(log, "ben").accept(item(reviewer(log).view, id))
    screen = console()
    Desk(screen, Pressed("q"), waiting, lambda report_id: reviewer(log)).run()
    assert "3 of 4 · statement s4" in screen.file.getvalue()  # type: ignore[attr-defined]


def test_the_blind_see_their_own_decisions_only() -> None:
    log = Memory()
    ben = reviewer(log, "ben")
    ben.correct(item(ben.view, "s3"), {"speaker": "a2"})
    assert "statement s2" in sit(log, "q", kinds=("statement",))[1]
    shown = sit(log, "q", blind=True, kinds=("statement",))[1]
    assert "statement s3" in shown
    assert "speaker         Norland" in shown


def page(of: Reading, number: int, **options: object) -> str:
    screen = console(**options)
    print_record(screen, of, review(of, []).items[number], where="1 of 1")
    return screen.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_evidence_stands_between_marks_in_its_context() -> None:
    shown = sit(Memory(), "q", kinds=("statement",))[1]
    assert "accused ⟦the Front of shelling Port Selm⟧. Brekke warned" in " ".join(shown.split())
    assert shown.splitlines()[1] == "1 of 4 · statement s3 · confidence 0.30 · A draft for Port Selm · 2016-12-05"
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_a_name_in_many_places_is_shown_in_some_of_them() -> None:
    report = short_report("\n".join(f"Line {n}: the Front spoke." for n in range(9)))
    actor = replace(reading().actors[1], mentions=[])
    found = [report.span(at, at + 9) for at in range(len(report.text)) if report.text.startswith("the Front", at)]
    shown = page(replace(reading(), report=report, actors=[replace(actor, mentions=found)]), 0)
    assert shown.count("⟦the Front⟧") == 4
    assert "and in 5 more places" in shown


def test_words_of_a_report_never_steer_the_terminal() -> None:
    report = short_report("The \x1b[31mred\x1b[0m envoy \u202esaid\u202c “no”.", title="a\x1b]0;title\x07")
    one = statement(report, "s1", "“no”", cue="said")
    shown = page(Reading("0.1.0", reading().model, report, [], [one], [], [], [], [], [], []), 0)
    assert not set(shown) & set("\x1b\x07\u202e\u202c")
    assert "⟦“no”⟧" in shown


def test_notes_and_changes_are_shown_with_the_record() -> None:
    log = Memory()
    ada, ben = reviewer(log), reviewer(log, "ben", blind=True)
    ada.correct(item(ada.view, "s3"), {"speaker": "a2", "content": [packed_span("the Front of shelling")]})
    ben.accept(item(ben.view, "s3"))
    ada.note(item(ada.view, "s3"), "who says so?")
    shown = sit(log, "q", kinds=("statement",))[1]
    assert "accepted by ben when it read otherwise: look again" in shown
    assert "note by ada: who says so?" in shown
    assert REPORT.title in shown  # type: ignore[operator]
