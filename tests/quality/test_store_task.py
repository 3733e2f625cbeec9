"""What the benchmark of the store is made of; the times themselves are no business of a test."""

import json
import random
from pathlib import Path

import pytest

from quality import __main__ as program
from quality.tasks import store
from tests.store.kept import full_reading
from truceline.records import misplaced_spans


def test_variations_are_sound_readings_of_reports_of_their_own() -> None:
    made = list(store.variations([full_reading()], 40))
    assert len({reading.report.id for reading in made}) == 40
    assert all(misplaced_spans(reading) == [] for reading in made)
    assert all(len(reading.report.text) == len(full_reading().report.text) for reading in made)
    assert made == list(store.variations([full_reading()], 40))


def test_a_word_is_made_up_alike_throughout() -> None:
    text = full_reading().report.text
    reading = full_reading(f"{text} Reporters asked the reporters about reporters.")
    varied = store.varied(reading, store._made_up_words(random.Random(1)), random.Random(3))
    words = varied.report.text.split()
    assert words[-1].rstrip(".") == words[-3]
    assert varied.report.text != reading.report.text


def test_every_figure_of_the_store_is_measured(tmp_path: Path) -> None:
    figures = store.measure([full_reading()], 60, tmp_path)
    assert figures["reports"] == 60
    assert figures["faults"] == 0
    assert all(figures[name] > 0 for name in ("add_per_s", "verify_per_s", "search_p50_ms", "megabytes"))
    assert figures["search_p95_ms"] >= figures["search_p50_ms"]
    assert list(tmp_path.iterdir()) == []


def test_the_task_needs_no_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(program, "_annotator", lambda options: None)
    monkeypatch.setattr(store, "sample_readings", lambda annotator: [full_reading()])
    assert program.main(["store", "--limit", "20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["reports"] == 20
