"""Floors, the gate and the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from quality import __main__ as command
from quality import floors, gate
from quality.floors import Measured, as_floors, faults, floor_under, lowered

MEASURED = Measured("ud", "dev", None, "d1" * 32, {"las": 88.74, "uas": 91.0, "news.las": 0.0})


def test_floors_lie_under_the_measured_values_and_never_under_zero() -> None:
    assert floor_under(88.74, 0.3) == 88.4
    assert floor_under(0.2, 1.0) == 0.0
    entry = as_floors(MEASURED, 0.3)
    assert entry["floors"] == {"las": 88.4, "uas": 90.7}
    assert faults(MEASURED, entry) == []


def test_each_figure_under_its_floor_is_named() -> None:
    entry = as_floors(MEASURED, 0.3)
    fallen = Measured("ud", "dev", None, MEASURED.data, {"las": 88.3})
    assert faults(fallen, entry) == [
        "ud: las is 88.30, under its floor of 88.4",
        "ud: the figure uas has a floor of 90.7 and was not measured",
    ]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Measured("ud", "dev", None, "e2" * 32, MEASURED.figures), "data differ"),
        (Measured("ud", "test", None, MEASURED.data, MEASURED.figures), "split dev limit None, not split test"),
        (Measured("ud", "dev", 5, MEASURED.data, MEASURED.figures), "limit None, not split dev limit 5"),
    ],
)
def test_floors_hold_for_the_same_data_only(other: Measured, said: str) -> None:
    (fault,) = faults(other, as_floors(MEASURED, 0.3))
    assert said in fault


def test_a_task_without_floors_is_a_fault() -> None:
    assert "no floors on file" in faults(MEASURED, None)[0]


def test_lowered_floors_are_listed() -> None:
    old = {"floors": {"las": 88.4, "uas": 90.0, "gone": 5.0}}
    assert lowered(old, {"floors": {"las": 88.0, "uas": 91.0}}) == ["gone: 5.0 → 0.0", "las: 88.4 → 88.0"]
    assert lowered(None, {"floors": {"las": 88.0}}) == []


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert floors.load(path) == {}
    floors.save({"full": {"ud": as_floors(MEASURED, 0.3)}}, path)
    assert floors.load(path)["full"]["ud"]["floors"]["uas"] == 90.7
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="not JSON"):
        floors.load(path)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one time document, a task whose figure stands in that document, and floors in the folder."""
    document = tmp_path / "time/test/x.tml"
    document.parent.mkdir(parents=True)
    document.write_text("90.5", encoding="utf-8")

    def measured(data: Path, split: str, annotator: Any, limit: int | None) -> dict[str, float]:
        return {"span_f1": float((data / "time" / split / "x.tml").read_text(encoding="utf-8"))}

    monkeypatch.setitem(gate.TASKS, "time", (gate.TASKS["time"][0], measured))
    monkeypatch.setattr(gate, "SPLIT", "test")
    monkeypatch.setattr(command, "load_annotator", lambda threads, folder: None)
    path = tmp_path / "floors.json"
    monkeypatch.setattr(floors, "load", lambda: json.loads(path.read_text("utf-8")) if path.exists() else {})
    monkeypatch.setattr(floors, "save", lambda entries: path.write_text(json.dumps(entries), encoding="utf-8"))
    return tmp_path


def test_a_figure_is_printed_as_json_and_as_a_table(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["time", "--data", str(house), "--split", "test"]
    assert command.main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"task": "time", "split": "test", "figures": {"span_f1": 90.5}}
    assert command.main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["span_f1", "90.50"]


def test_the_gate_from_floors_to_fall(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check", "--data", str(house), "--only", "time"]
    assert command.main(check) == 1
    assert "no floors on file" in capsys.readouterr().err
    assert command.main(["floors", "--data", str(house), "--only", "time"]) == 0
    assert command.main(check) == 1, "floors are written with --update only"
    assert command.main(["floors", "--data", str(house), "--only", "time", "--update"]) == 0
    assert command.main(check) == 0
    assert "time: 1 floors held" in capsys.readouterr().out
    (house / "time/test/x.tml").write_text("40", encoding="utf-8")
    assert command.main([*check, "--full"]) == 1
    assert "data differ" in capsys.readouterr().err
    assert command.main(["floors", "--data", str(house), "--only", "time", "--slice"]) == 0
    assert "lowers the floor of time (slice) span_f1: 89.5 → 39.0" in capsys.readouterr().err


def test_a_run_that_cannot_be_made_ends_in_one_sentence(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["time", "--data", str(house), "--split", "nowhere"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("quality: ")
    assert "no data for the task time, split nowhere" in said
    assert len(said.splitlines()) == 1


def test_a_limit_must_leave_something(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["time", "--data", str(house), "--limit", "0"])
    assert ended.value.code == 2
    assert "at least 1" in capsys.readouterr().err


def test_errors_in_kilometres_and_baselines_have_no_floor() -> None:
    figures = {"lgl.acc161": 80.0, "lgl.mean_km": 400.0, "lgl.acc161_population": 66.0}
    assert as_floors(Measured("places", "dev", None, "d", figures), 1.0)["floors"] == {"lgl.acc161": 79.0}
