"""The whole way with the model of the package, from a report to its statements.

These tests fail, rather than pass by, where the model file is not there: a package without it is broken.
"""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import truceline
from truceline import read_report
from truceline.annotate import load_annotator
from truceline.read import report_from_text
from truceline.records import Reading, Statement, from_json, json_schema, misplaced_spans, to_json
from truceline.samples import sample_reports, samples

pytestmark = pytest.mark.model
# Where the package under test is, for a process that starts in another folder.
PACKAGE = str(Path(truceline.__file__).resolve().parents[1])


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    annotator = load_annotator(threads=1)
    return {received.name: read_report(received.report, annotator) for received in sample_reports()}


def said_by(reading: Reading, speaker: str) -> list[Statement]:
    return [s for s in reading.statements if s.speaker_text and speaker in s.speaker_text.quote]


def words(statements: list[Statement]) -> str:
    return "\n".join(piece.quote for statement in statements for piece in statement.content)


def test_the_model_is_in_the_package() -> None:
    sizes = [file.stat().st_size for file in Path(str(files("truceline.annotate"))).rglob("*.onnx")]
    assert sizes
    assert max(sizes) <= 50_000_000


def test_every_sample_is_read_and_every_span_stands_where_it_says(readings: dict[str, Reading]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert list(readings) == [sample.name for sample in samples()]
    for name, reading in readings.items():
        assert len(reading.statements) >= 5, name
        assert misplaced_spans(reading) == [], name
        validator.validate(json.loads(to_json(reading)))
        assert len({statement.id for statement in reading.statements}) == len(reading.statements)


def test_refusals_are_found_with_those_who_refuse(readings: dict[str, Reading]) -> None:
    aleppo = readings["aleppo"]
    assert "“unacceptable”" in words(said_by(aleppo, "Yasser al-Youssef"))
    assert "last drop of blood" in words(said_by(aleppo, "al-Hamawi"))
    assert "AFP" in {s.addressee_text.quote for s in aleppo.statements if s.addressee_text}
    assert "would not back" in words(said_by(aleppo, "Lavrov"))


def test_modes_are_told_apart(readings: dict[str, Reading]) -> None:
    statements = [statement for reading in readings.values() for statement in reading.statements]
    for statement in statements:
        pieces = [piece.quote for piece in statement.content]
        if all(piece[0] == "“" and piece[-1] == "”" and piece.count("“") == 1 for piece in pieces):
            assert statement.mode == "direct", statement
        if any("“" in piece for piece in pieces):
            assert statement.mode != "indirect", statement
    assert {statement.mode for statement in statements} == {"direct", "indirect", "mixed"}


def test_another_text_on_another_conflict() -> None:
    text = (
        "The foreign minister of Cyprus told lawmakers on Tuesday that the buffer zone would stay open. “Nobody has "
        "asked us to close it,” she said. A spokesman for the peacekeepers denied that patrols had been reduced."
    )
    reading = read_report(report_from_text(text, published="2021-04-27"), load_annotator(threads=1))
    assert "the buffer zone would stay open" in words(said_by(reading, "foreign minister"))
    assert "“Nobody has asked us to close it,”" in words(said_by(reading, "she"))
    assert "patrols had been reduced" in words(said_by(reading, "spokesman"))
    assert reading.report.published == "2021-04-27"


def test_the_same_report_gives_the_same_reading_twice(readings: dict[str, Reading]) -> None:
    first = next(sample_reports())
    assert read_report(first.report, load_annotator(threads=1)) == readings[first.name]


def test_the_command_line_reads_the_samples(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path)}
    start = f"import sys; sys.path[:0] = [{PACKAGE!r}]; from truceline.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, "demo", "--json"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len([from_json(line) for line in done.stdout.splitlines()]) == len(samples())
