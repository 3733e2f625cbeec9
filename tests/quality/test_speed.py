"""What the benchmark is made of; the times themselves are no business of a test."""

import os
import sys
import time
import types
from pathlib import Path
from typing import cast

import pytest

from quality.child import cost
from quality.reader import as_report
from quality.tasks import speed
from truceline.annotate import Annotator
from truceline.records import Report


def test_repeated_text_has_exactly_the_length() -> None:
    for length in (1, 7, 250, 1000):
        text = speed.repeated(["One speech.", " ", "Another speech."], length)
        assert len(text) == length
    assert text.startswith("One speech.\n\nAnother speech.\n\nOne")


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
def test_the_cost_of_a_child_is_its_own() -> None:
    held = bytearray(200_000_000)
    small = cost([sys.executable, "-c", "print('x')"])
    large = cost([sys.executable, "-c", "x = bytearray(b'x') * 120_000_000; raise SystemExit(3)"])
    assert (small["exit"], large["exit"]) == (0, 3)
    assert large["megabytes"] > 120
    assert 0 < small["seconds"] < 60
    assert len(held) == 200_000_000


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="needs processor affinity")
def test_cores_are_given_back() -> None:
    before = os.sched_getaffinity(0)
    with speed.on_cores(1):
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_a_program_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "_truceline", lambda: [sys.executable, "-c", "raise SystemExit('no model')"])
    with pytest.raises(ValueError, match="exit code 1: no model"):
        speed.measure_program(["One speech."])


def test_the_warm_up_is_not_counted() -> None:
    calls: list[str] = []
    seconds = speed.seconds_for(lambda report: calls.append(report.text), [as_report("a"), as_report("b")])
    assert calls == ["a", "a", "b"]
    assert seconds >= 0


def test_every_figure_of_the_benchmark_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a reader that sleeps twice as long as its encoder, and a program that sleeps by the length of its text."""
    polnear = tmp_path / "attribution/polnear/dev"
    for path, text in [
        (tmp_path / "bulk/unsc-speeches/meeting/speech.txt", "We met. " * 20),
        (polnear / "text/a.txt", "He said so."),
        (polnear / "attributions/a_x1.ann", "T1\tCue 3 7\tsaid\n"),
    ]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    class Sleeper:
        def encode_only(self, report: Report) -> None:
            time.sleep(0.02)

    program = "import sys, time; time.sleep(len(open(sys.argv[2]).read()) / 20_000)"
    monkeypatch.setattr(speed, "load_annotator", lambda threads: Sleeper())
    monkeypatch.setattr(speed, "report_reader", lambda annotator: lambda report: time.sleep(0.04))
    monkeypatch.setattr(speed, "_truceline", lambda: [sys.executable, "-c", program])
    monkeypatch.setattr(speed, "MEGABYTE", 20_000)
    monkeypatch.setattr(speed, "share_of_layer", lambda annotator, reports, steps: 12.5)
    figures = speed.measure(tmp_path, "dev")
    assert 5 < figures["unsc.1_core.reports_per_s"] < 25.1
    assert 5 < figures["polnear.2_cores.reports_per_s"] < 25.1
    assert 1.2 < figures["reading_to_encoder"] < 4
    assert figures["layer_actors_times_places"] == figures["layer_negotiation"] == 12.5
    assert figures["megabyte_s"] > 1 > figures["short_s"]
    assert 2 < figures["length_ratio"] < 8
    assert 1 < figures["megabyte_mb"] < 200


class Clock:
    """A clock that goes on only when told to."""

    now = 0.0

    def go_on(self, seconds: float) -> None:
        self.now += seconds


def test_the_layer_of_who_when_and_where_is_timed_in_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    steps, clock = [f"step{n}" for n in range(4)], Clock()
    module = types.ModuleType("steps_of_a_reading")
    for step in steps:
        setattr(module, step, lambda: clock.go_on(1))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(speed, "LAYER", tuple(f"{module.__name__}.{step}" for step in steps))
    monkeypatch.setattr("quality.tasks.speed.time.perf_counter", lambda: clock.now)
    plain = [getattr(module, step) for step in steps]

    def read(report: Report) -> None:
        clock.go_on(16)  # what the layer does not count
        for step in steps:
            getattr(module, step)()

    monkeypatch.setattr(speed, "report_reader", lambda annotator: read)
    assert speed.share_of_layer(cast(Annotator, None), [as_report("a"), as_report("b")], speed.LAYER) == 20
    assert [getattr(module, step) for step in steps] == plain, "the clocks are taken off again"
    steps.pop()
    with pytest.raises(ValueError, match=r"no reading takes the step steps_of_a_reading\.step3; correct the steps"):
        speed.share_of_layer(cast(Annotator, None), [as_report("a")], speed.LAYER)


def test_the_steps_of_the_layer_are_functions_of_the_package() -> None:
    with speed.clocked((*speed.LAYER, *speed.NEGOTIATION)) as seconds:
        assert set(seconds) == {*speed.LAYER, *speed.NEGOTIATION}
        assert set(seconds.values()) == {0.0}
