"""The twelve texts, and what is counted in them."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quality import __main__ as command
from quality import floors
from quality.tasks import noise
from truceline.records import Commitment, Event, Model, Position, Proposal, Reading, Report

# Words of negotiation that stand in the texts for something else.
TRAPS = """agreed|attack|ceasefire|deadline|deal|demand|draft|peace|plan|promise|propose|refused to sign|rejected|
    resolution|strike|summit|talks|threatened to|truce|two sides|veto|withdrew""".replace("\n    ", "").split("|")


def silent(report: Report) -> Reading:
    return Reading("0", Model("paper", ""), report, [], [], [], [], [], [], [], [])


def noisy(report: Report) -> Reading:
    """One record of each kind and a second event in the sports report, nothing in the others."""
    if "Mill Lane" not in report.text:
        return silent(report)
    span = report.span(0, 5)
    event = Event("ASSAULT", None, span, [], [], None, None, "actual", None, 0.5)
    return replace(
        silent(report),
        proposals=[Proposal("p1", "talks", "talks", [span], [], [], None, [], [], None, 0.5)],
        positions=[Position("a1", "p1", "opposes", span, None, 0.5)],
        commitments=[Commitment("threat", None, None, span, None, None, None, 0.5)],
        events=[event, event],
    )


def texts() -> list[Path]:
    return noise.part(Path(), "dev")


def test_twelve_texts_of_everyday_length_full_of_traps() -> None:
    assert len(texts()) == 12
    written = [path.read_text(encoding="utf-8") for path in texts()]
    assert [path.name for path, text in zip(texts(), written, strict=True) if not 120 <= len(text.split()) <= 250] == []
    everything = re.sub(r"\s+", " ", " ".join(written)).lower()
    assert [trap for trap in TRAPS if trap not in everything] == []


def test_counts_of_each_text_and_of_all() -> None:
    found = noise.noise(texts(), noisy)
    assert noise.totals(found) == {"proposals": 1, "positions": 1, "commitments": 1, "events": 2}
    assert [one.name for one in found if any(one.counts.values())] == ["sport"]
    lines = noise.table(found)
    assert lines[0].split() == list(noise.KINDS)
    assert [line.split() for line in lines if line.startswith("sport ")] == [["sport", "1", "1", "1", "2"]]
    assert [line.split()[-4:] for line in lines if line.startswith("at most")] == [["1", "0", "–", "2"]]
    assert "sport: event (ASSAULT): Harro" in lines


@pytest.mark.parametrize(
    ("sums", "broken"),
    [
        ({"proposals": 1, "positions": 0, "commitments": 9, "events": 2}, set()),
        ({"proposals": 2, "positions": 0, "commitments": 0, "events": 0}, {"proposals_within_bar"}),
        ({"proposals": 0, "positions": 1, "commitments": 0, "events": 0}, {"positions_within_bar"}),
        ({"proposals": 0, "positions": 0, "commitments": 0, "events": 3}, {"events_within_bar"}),
    ],
)
def test_the_bars(sums: dict[str, int], broken: set[str]) -> None:
    kept = noise.within_bars(sums)
    assert {name for name, value in kept.items() if value == 0} == broken
    assert {value for name, value in kept.items() if name not in broken} <= {100.0}
    assert len(kept) == 3


def test_the_command_needs_neither_data_nor_gold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "load_annotator", lambda threads, folder: None)
    monkeypatch.setattr(command, "report_reader", lambda annotator: noisy)
    assert command.main(["noise"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1].split() == ["events_within_bar", "100.00"]
    assert ["positions_within_bar", "0.00"] in [line.split() for line in printed]
    assert command.main(["noise", "--split", "test"]) == 2
    assert "no texts" in capsys.readouterr().err


def test_the_gate_holds_the_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved: dict[str, Any] = {}
    monkeypatch.setattr(floors, "load", lambda: saved)
    monkeypatch.setattr(floors, "save", saved.update)
    monkeypatch.setattr(command, "load_annotator", lambda threads, folder: None)
    monkeypatch.setattr(noise, "report_reader", lambda annotator: silent)
    one = ["--data", str(tmp_path), "--only", "noise"]
    assert command.main(["floors", *one, "--update"]) == 0
    assert command.main(["check", *one]) == 0
    assert "noise: 3 floors held" in capsys.readouterr().out
    monkeypatch.setattr(noise, "report_reader", lambda annotator: noisy)
    assert command.main(["check", *one]) == 1
    said = capsys.readouterr().err
    assert "noise: positions_within_bar is 0.00" in said
    assert len(said.splitlines()) == 1, "one proposal and two events are within their bars"


def test_a_text_that_cannot_be_read_ends_in_one_sentence(tmp_path: Path) -> None:
    def fails(report: Report) -> Any:
        raise RuntimeError("cannot")

    with pytest.raises(ValueError, match=r"sport\.txt: not read \(RuntimeError: cannot\)"):
        noise.noise([noise.TEXTS / "sport.txt"], fails)
