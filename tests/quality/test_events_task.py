"""Who to whom: majorities and agreement worked out by hand; the types of PLV; the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from quality import __main__ as command
from quality.corpora.cameo_rounds import Act, CodedSentence, Round
from quality.corpora.plv import Marked
from quality.reader import as_report
from quality.scoring import Range
from quality.tasks import events
from quality.tasks.events import Dyad
from tests.quality.test_cameo_rounds import BLAME, BOTH, write_round
from tests.quality.test_plv import ROWS, table
from truceline.records import Actor, Event, Model, Reading, Report

ROOTS = {"11": frozenset({"ACCUSE"}), "08": frozenset({"CONCEDE", "RETREAT"}), "18": frozenset({"ASSAULT"})}
A, B, C = (0, 6), (14, 16), (42, 57)


def act(source: Range, target: Range, root: str | None = "11") -> Act:
    return Act((source,), (target,), root)


def sentence(**acts: list[Act]) -> CodedSentence:
    return CodedSentence("x" * 60, {int(name[1:]): coded for name, coded in acts.items()})


def test_dyads_are_alike_when_both_ends_share_characters() -> None:
    one = Dyad((A,), (B,), "ACCUSE")
    assert one.alike(Dyad(((3, 8),), ((15, 20),), "ACCUSE"))
    assert not one.alike(Dyad(((6, 8),), (B,), "ACCUSE")), "half-open ranges that only meet"
    assert not one.alike(Dyad((A,), (B,), "REJECT"))
    assert not one.alike(Dyad((B,), (A,), "ACCUSE"))
    assert one.alike(Dyad((B,), (A,), "ACCUSE", mutual=True))
    assert one.alike(Dyad((C, A), (B, C), "ACCUSE")), "any of several places"


def test_a_coders_dyads() -> None:
    acts = [act(A, B, "11"), act(A, B, "18"), act(B, C, "01"), act(C, A, None), Act((A,), (), "11")]
    assert events.coded_dyads(acts, ROOTS) == [Dyad((A,), (B,), None), Dyad((C,), (A,), None)]
    assert events.coded_dyads(acts, ROOTS, typed=True) == [Dyad((A,), (B,), "ACCUSE"), Dyad((A,), (B,), "ASSAULT")]
    compound = [Act((A,), (B, C), "08")]
    assert events.coded_dyads(compound, ROOTS, typed=True) == [Dyad((A,), (B,), "YIELD"), Dyad((A,), (C,), "YIELD")]


def test_a_majority_is_more_than_half() -> None:
    one, other = Dyad((A,), (B,), None), Dyad((B,), (C,), None)
    longer = Dyad(((0, 9),), (B,), None)
    assert events.majority([[one], [longer, other], [other]]) == [one, other]
    assert events.majority([[one], [], [other], [one]]) == [], "two of four are not more than half"
    assert events.majority([[one, longer], [], []]) == [], "one coder counts once"


def test_agreement_leaves_each_coder_out_in_turn() -> None:
    # Coders 1 and 2 see A→B, coder 3 nothing: the others of 1 are 2 and 3, of whom one is no majority.
    split = sentence(c1=[act(A, B)], c2=[act(A, B)], c3=[])
    met = events.agreement([split], ROOTS)
    assert (met.coders, met.dyads) == ({1: 0.0, 2: 0.0, 3: 0.0}, 1), "for coder 3 alone the others agree"
    # All three see A→B; coder 3 sees B→C besides.
    close = sentence(c1=[act(A, B)], c2=[act(A, B)], c3=[act(A, B), act(B, C)])
    met = events.agreement([close], ROOTS)
    assert met.coders == {1: 100.0, 2: 100.0, 3: pytest.approx(200 / 3)}
    assert met.people == pytest.approx(200 * 3 / (4 + 3))
    assert (met.program, met.dyads) == (None, 3)


def test_the_program_meets_the_same_majorities() -> None:
    close = sentence(c1=[act(A, B)], c2=[act(A, B)], c3=[act(A, B)], c4=[act(B, C)])
    right, wrong = Dyad((A,), (B,), "ACCUSE"), Dyad((C,), (B,), "ACCUSE")
    assert events.agreement([close], ROOTS, lambda text: [right]).program == 100
    assert events.agreement([close], ROOTS, lambda text: [right, wrong]).program == pytest.approx(200 * 4 / (8 + 4))
    assert events.agreement([close], ROOTS, lambda text: []).program == 0
    other_type = Dyad((A,), (B,), "ASSAULT")
    assert events.agreement([close], ROOTS, lambda text: [other_type]).program == 100
    assert events.agreement([close], ROOTS, lambda text: [other_type], typed=True).program == 0


def test_two_coders_are_no_majority() -> None:
    pair = sentence(c1=[act(A, B)], c2=[act(A, B)])
    assert events.agreement([pair], ROOTS).dyads == 0


def test_the_last_full_round_of_the_same_sentences() -> None:
    full: dict[int, list[Act]] = {1: [], 2: [], 3: []}
    half: dict[int, list[Act]] = {1: [], 2: []}
    one, two = CodedSentence("one", full), CodedSentence("two", full)
    rounds = [Round(1, [one, two]), Round(2, [two, one]), Round(3, [CodedSentence("one", half), two])]
    other = Round(4, [CodedSentence("three", full)])
    assert [r.number for r in events.settled([*rounds, other])] == [2, 4]
    assert [len(r.sentences) for r in events.settled(rounds, limit=1)] == [1]


TEXT = "Utopia blamed Oz. Ruritania and Oz met. Oz did not shell Utopia."


def reading(*happened: tuple[str, list[str], list[str], str]) -> Reading:
    report: Report = as_report(TEXT)

    def places(word: str) -> list[Any]:
        starts = [i for i in range(len(TEXT)) if TEXT.startswith(word, i)]
        return [report.span(start, start + len(word)) for start in starts]

    names = ("Utopia", "Oz", "Ruritania")
    actors = [Actor(name, name, "government", None, None, None, places(name)) for name in names]
    found = [
        Event(kind, None, report.span(0, 6), who, whom, None, None, modality, None, 0.5)  # type: ignore[arg-type]
        for kind, who, whom, modality in happened
    ]
    return Reading("0", Model("paper", ""), report, actors, [], [], [], [], found, [], [])


def test_the_programs_dyads() -> None:
    (blame,) = events.found_dyads(reading(("ACCUSE", ["Utopia"], ["Oz"], "actual")))
    assert blame.source == ((0, 6), (57, 63)), "every mention"
    assert (blame.type, blame.mutual, len(blame.target)) == ("ACCUSE", False, 3)
    (met,) = events.found_dyads(reading(("CONSULT", ["Ruritania", "Oz"], [], "planned")))
    assert (met.type, met.mutual) == ("CONSULT", True)
    (fight,) = events.found_dyads(reading(("ASSAULT", ["Oz", "Utopia"], ["Utopia", "Oz"], "actual")))
    assert fight.mutual
    (left,) = events.found_dyads(reading(("RETREAT", ["Oz"], ["Utopia"], "possible")))
    assert left.type == "YIELD"
    compound = events.found_dyads(reading(("ACCUSE", ["Utopia", "Ruritania"], ["Oz"], "actual")))
    assert len(compound) == 2
    assert events.found_dyads(reading(("ASSAULT", ["Oz"], ["Utopia"], "denied"))) == []
    assert events.found_dyads(reading(("PROTEST", ["Oz"], [], "actual"))) == [], "nobody to whom"


def test_macro_f1_weighs_types_alike() -> None:
    gold = ["AID", "AID", "AID", "REJECT"]
    assert events.macro_f1(gold, gold) == 100
    assert events.macro_f1(gold, ["AID"] * 4) == pytest.approx((100 * 6 / 7 + 0) / 2)
    assert events.macro_f1(gold, ["AID", "AID", "AGREE", "REJECT"]) == pytest.approx((80 + 100) / 2)
    assert events.macro_f1([], []) == 0


def examples(number: int) -> list[Marked]:
    kinds = ("AID", "AID", "REJECT")
    return [
        Marked(str(n), f"Oz thanked envoy {n}.", (), (), kinds[n % 3], (kinds[n % 3], kinds[n % 2]))
        for n in range(number)
    ]


def test_nobody_learns_from_what_they_are_asked() -> None:
    asked = examples(60)
    told = events.five_fold(asked, lambda taught: lambda one: "AID" if one in taught else "REJECT")
    assert told == {example.id: "REJECT" for example in asked}
    sizes: list[int] = []

    def count(taught: Any) -> Any:
        sizes.append(len(taught))
        return events.commonest(taught)

    assert set(events.five_fold(asked, count).values()) == {"AID"}
    assert sum(60 - size for size in sizes) == 60, "each is held out once"


def test_types_told_elsewhere_are_scored() -> None:
    asked = examples(30)
    figures = events.plv_figures(asked, {example.id: example.type for example in asked})
    assert figures["plv_macro_f1"] == 100
    assert figures["plv_commonest"] == pytest.approx(40)
    assert "plv_macro_f1" not in events.plv_figures(asked)
    # CONCEDE and RETREAT are one type there.
    left = [Marked("1", "Oz left.", (), (), "YIELD", ("YIELD", "YIELD"))]
    assert events.plv_figures(left, {"1": "RETREAT"})["plv_macro_f1"] == 100
    with pytest.raises(ValueError, match=r"no type for the PLV example 0 \(30 of 30 lack one\)"):
        events.plv_figures(asked, {})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one coded sentence and four examples, and a reader that finds nothing."""
    write_round(tmp_path / "events/cameo_rounds/training_round_1/summary.csv", {1: BLAME, 2: BLAME, 3: BOTH})
    (tmp_path / "events/plover").mkdir()
    (tmp_path / "events/plover/CAMEO2PLOVER-2021.txt").write_text("09: ACCUSE\n11: ACCUSE\n", encoding="utf-8")
    (tmp_path / "events/plv").mkdir()
    (tmp_path / "events/plv/PLV_train.tsv").write_text(table(ROWS), encoding="utf-8")

    def silent(report: Report) -> Reading:
        return Reading("0", Model("paper", ""), report, [], [], [], [], [], [], [], [])

    monkeypatch.setattr(command, "load_annotator", lambda threads, folder: None)
    monkeypatch.setattr(command, "report_reader", lambda annotator: silent)
    return tmp_path


def test_the_command_prints_people_and_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    types = data / "types.json"
    types.write_text(json.dumps({"7": "SUPPORT", "7.2": "SUPPORT", "12": "RETREAT", "13": "AID"}), encoding="utf-8")
    assert command.main(["events", "--data", str(data), "--types", str(types), "--json"]) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)["figures"]
    assert figures["who_to_whom"] == 0
    assert figures["who_to_whom_people"] == pytest.approx(200 * 3 / (4 + 3))
    assert figures["who_to_whom_typed_people"] == 100
    assert figures["plv_macro_f1"] == 100
    assert figures["plv_coders_agree"] == 50
    assert "who_to_whom, round  1: people 85.7 over 3 dyads  (coder 1 100.0" in printed.err


@pytest.mark.parametrize("text", ["[]", '{"7": 3}', "{"])
def test_a_file_of_types_that_is_none(data: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "types.json").write_text(text, encoding="utf-8")
    assert command.main(["events", "--data", str(data), "--types", str(data / "types.json")]) == 2
    said = capsys.readouterr().err
    assert f"{data / 'types.json'}: not " in said
    assert len(said.splitlines()) == 1


def test_without_rounds_it_says_so(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["events", "--data", str(data), "--split", "test"]) == 2
    assert "events has sentences in dev only" in capsys.readouterr().err
    assert command.main(["events", "--data", str(tmp_path / "nowhere")]) == 2
    assert "no round of coding that at least 3 people finished" in capsys.readouterr().err
