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


def stances(reading: Reading, stance: str) -> set[tuple[str, str]]:
    """Who has this stance, and a proposal's label, for every such position."""
    names = {actor.id: actor.name for actor in reading.actors}
    labels = {proposal.id: proposal.label for proposal in reading.proposals}
    return {(names[p.actor], labels[p.proposal]) for p in reading.positions if p.stance == stance}


def test_who_stands_where_on_aleppo(readings: dict[str, Reading]) -> None:
    against = stances(readings["aleppo"], "opposes")
    assert any(who == "Russia" and "draft" in label for who, label in against)
    assert any("Zenki" in who for who, _ in against)
    assert {who for who, _ in stances(readings["aleppo"], "sponsors")} >= {"Egypt", "New Zealand", "Spain"}
    assert not any(who in ("Egypt", "Spain") for who, _ in against)


def test_a_round_of_talks_and_its_day_are_found(readings: dict[str, Reading]) -> None:
    met = [event for event in readings["aleppo"].events if event.type == "CONSULT" and event.modality == "actual"]
    assert any(event.date == "2016-12-03" for event in met)


def test_records_of_the_negotiation_point_at_records_that_are_there(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        actors, proposals = {a.id for a in reading.actors}, {p.id for p in reading.proposals}
        told = {s.id for s in reading.statements}
        assert {p.actor for p in reading.positions} <= actors
        assert {p.proposal for p in reading.positions} <= proposals
        assert {about for s in reading.statements for about in s.about} <= proposals
        assert {e for event in reading.events for e in (*event.actors, *event.recipients)} <= actors
        assert {p.according_to for p in reading.positions} - {None} <= told
        assert len({(p.actor, p.proposal) for p in reading.positions}) == len(reading.positions)
        assert all(p.status is None or p.status in {stage.stage for stage in p.stages} for p in reading.proposals)


def test_a_recipe_is_no_negotiation() -> None:
    text = (
        "Peel the potatoes and let them rest in cold water. The butter and the flour must agree with each other before"
        " the milk joins them. Withdraw the pan from the heat as soon as bubbles threaten the rim. My grandmother, who"
        " wrote the book of the village, called the sauce a truce between sweet and sour."
    )
    reading = read_report(report_from_text(text, published="2019-03-11"), load_annotator(threads=1))
    assert reading.proposals == reading.positions == reading.commitments == []
