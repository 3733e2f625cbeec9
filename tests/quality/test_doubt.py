"""Reliability by hand, and records judged by a scorer made of paper."""

import json
from pathlib import Path
from typing import Any

import pytest

from quality import __main__ as command
from quality import gate
from quality.corpora.gold import GoldReport
from quality.tasks import doubt
from quality.tasks.doubt import Bin, Judged
from truceline.records import Event, Model, Proposal, Reading, Report, Statement

# Pairs records of the same words, and complains in the scorer's way of whatever has no partner.
SCORER = """
import collections

def quotes(record):
    held = record.get("mentions") or record.get("content") or [record.get("trigger") or record.get("action")]
    return {one["quote"] if isinstance(one, dict) else one for one in held}

class Tally(collections.Counter):
    pass

def mentions_weight(text):
    return lambda g, p: len(quotes(g) & quotes(p))

def pair(gold, pred, weight):
    out = {}
    for j, p in enumerate(pred):
        for i, g in enumerate(gold):
            if weight(g, p) and i not in out.values():
                out[j] = i
                break
    return out

def score_report(gold, pred, tally, errors):
    for kind in ("statements", "proposals", "commitments", "events"):
        found = pair(gold[kind], pred[kind], mentions_weight(gold["text"]))
        errors += [(kind, "missed", g) for i, g in enumerate(gold[kind]) if i not in found.values()]
        errors += [(kind, "wrong", p) for j, p in enumerate(pred[kind]) if j not in found]
"""
TEXT = "Oz offered a truce. Utopia said no."
CODED: dict[str, Any] = {
    "text": TEXT,
    "published": "2016-12-05",
    "statements": [{"content": ["no"]}],
    "proposals": [{"key": "p", "kind": "ceasefire", "mentions": ["a truce"]}],
    "positions": [],
    "commitments": [],
    "events": [{"trigger": "offered"}],
}


def reading(report: Report, kind: str = "ceasefire") -> Reading:
    def span(words: str) -> Any:
        return report.span(report.text.index(words), report.text.index(words) + len(words))

    def statement(id: str, words: str, confidence: float) -> Statement:
        return Statement(id, None, None, None, [span(words)], "indirect", None, None, None, [], None, confidence)

    truce = Proposal("p1", kind, "truce", [span("a truce")], [], [], None, [], [], None, 0.7)  # type: ignore[arg-type]
    event = Event("AGREE", None, span("said"), [], [], None, None, "actual", None, 0.25)
    said = [statement("s1", "no", 0.9), statement("s2", "Utopia", 0.3)]
    return Reading("0", Model("paper", ""), report, [], said, [truce], [], [], [event], [], [])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/a.json").write_text(json.dumps(CODED), encoding="utf-8")
    return tmp_path


def test_bins_hold_their_lower_end_and_the_last_one_holds_one() -> None:
    records = [Judged(0.0, False), Judged(0.3, True), Judged(0.95, True), Judged(1.0, False)]
    assert doubt.reliability(records) == [
        Bin(0.0, 0.1, 1, 0.0, 0.0),
        Bin(0.3, 0.4, 1, 0.3, 1.0),
        Bin(0.9, 1.0, 2, pytest.approx(0.975), 0.5),  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("confidence", [-0.1, 1.01, float("nan")])
def test_a_confidence_that_is_none(confidence: float) -> None:
    with pytest.raises(ValueError, match="not from 0 to 1"):
        doubt.reliability([Judged(confidence, True)])


def test_expected_calibration_error() -> None:
    honest = [Judged(0.75, True)] * 3 + [Judged(0.75, False)]
    assert doubt.calibration_error(honest) == 0
    assert doubt.calibration_error([Judged(1.0, False)] * 5) == 1
    boastful = [Judged(0.9, n < 3) for n in range(6)]  # says 0.9, is right in half: off by 0.4
    assert doubt.calibration_error(boastful) == pytest.approx(0.4)
    assert doubt.calibration_error([*honest, *honest, *boastful]) == pytest.approx(0.4 * 6 / 14)
    assert doubt.calibration_error([]) == 0


def test_the_more_confident_half() -> None:
    sorted_well = [Judged(0.9, True), Judged(0.8, True), Judged(0.3, False), Judged(0.2, False)]
    assert doubt.top_half(sorted_well) == 1
    assert doubt.top_half([Judged(1 - one.confidence, one.right) for one in sorted_well]) == 0
    assert doubt.top_half([*sorted_well, Judged(0.5, False)]) == pytest.approx(2 / 2.5), "half of the third"
    assert doubt.top_half([]) == 0


def test_equal_confidence_gives_the_whole_in_whatever_order() -> None:
    equal = [Judged(0.5, n < 3) for n in range(10)]
    assert doubt.top_half(equal) == doubt.top_half(equal[::-1]) == pytest.approx(0.3)


def test_records_are_right_as_the_scorer_pairs_them(gold: Path) -> None:
    scorer = doubt.load_scorer(gold / "score.py")
    report = GoldReport("a", TEXT, "2016-12-05", CODED)

    def judged(kind: str) -> Any:
        result = doubt.examine(gold, "dev", lambda one: reading(one, kind))
        return result.figures

    assert judged("ceasefire")["proposals.right"] == 100
    assert judged("talks")["proposals.right"] == 0, "the right words, but another kind"
    figures = judged("ceasefire")
    assert (figures["statements.right"], figures["statements.right_top_half"]) == (50, 100)
    assert figures["statements.calibration"] == pytest.approx(100 * (1 - (0.1 + 0.3) / 2))
    assert figures["events.right"] == 0
    assert not [name for name in figures if name.startswith(("positions", "commitments"))]
    with pytest.raises(ValueError, match="a: the scorer cannot score it"):
        doubt.judge(scorer, report, {"statements": []})


def test_the_command_needs_no_data(
    gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "load_annotator", lambda threads, folder: None)
    monkeypatch.setattr(command, "report_reader", lambda annotator: reading)
    assert command.main(["doubt", "--gold", str(gold)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert "   0.9 to 1.0        1        0.90  100.0%" in printed
    assert "positions: none found" in printed
    assert printed[-1].split() == ["events.calibration", "75.00"]
    assert command.main(["doubt"]) == 2
    assert capsys.readouterr().err == "quality: name the folder of gold reports with --gold\n"


def test_the_gate_measures_it_on_the_gold_reports(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubt, "report_reader", lambda annotator: reading)
    nothing: Any = None
    (measured,) = gate.runs("slice", ["doubt"], gold / "no data", gold, nothing)
    assert (measured.task, measured.figures["statements.right"]) == ("doubt", 50)


def test_a_report_that_cannot_be_read_is_named(gold: Path) -> None:
    def fails(report: Report) -> Reading:
        raise RuntimeError("cannot")

    result = doubt.examine(gold, "dev", fails)
    assert result.unread == ["a: RuntimeError: cannot"]
    assert result.figures == {}


@pytest.mark.parametrize(
    ("source", "said"),
    [("x = 1", "has no Tally"), ("raise RuntimeError('no')", "failed: RuntimeError: no"), ("(", "failed: SyntaxError")],
)
def test_something_else_beside_the_gold_reports(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "score.py").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        doubt.load_scorer(tmp_path / "score.py")
    with pytest.raises(ValueError, match=r"no score\.py"):
        doubt.load_scorer(tmp_path / "dev/score.py")
