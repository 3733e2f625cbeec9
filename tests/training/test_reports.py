"""The reports written for training obey the codebook: every word of a record stands in the text, every key is known."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from truceline.records import reading as records

FOLDER = Path(__file__).parents[2] / "training" / "reports"
REPORTS = sorted(FOLDER.glob("*.json"))
KINDS = ("actors", "statements", "proposals", "positions", "commitments", "events", "times", "places")


def read(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def quoted(report: dict[str, Any]) -> list[str]:
    """Every string of the records that must stand in the text."""
    found = [m for kind in ("actors", "proposals") for record in report[kind] for m in record["mentions"]]
    for statement in report["statements"]:
        found += [*statement["content"], statement["cue"], statement["speaker_text"]]
    for proposal in report["proposals"]:
        found += [part["text"] for part in (*proposal["terms"], *proposal["stages"])]
    found += [position["evidence"] for position in report["positions"]]
    found += [words for c in report["commitments"] for words in (c["action"], c["condition"])]
    found += [event["trigger"] for event in report["events"]]
    found += [record["text"] for kind in ("times", "places") for record in report[kind]]
    return [words for words in found if words is not None]


def keys_of(report: dict[str, Any]) -> list[str]:
    """Every reference to an actor."""
    found = [actor["of"] for actor in report["actors"]] + [s["speaker"] for s in report["statements"]]
    found += [key for p in report["proposals"] for key in (*p["sponsors"], *p["recipients"])]
    found += [position["actor"] for position in report["positions"]]
    found += [commitment["actor"] for commitment in report["commitments"]]
    found += [key for event in report["events"] for key in (*event["actors"], *event["recipients"])]
    return [key for key in found if key is not None]


def test_there_are_many() -> None:
    assert len(REPORTS) >= 500


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_word_of_a_record_stands_in_the_text(path: Path) -> None:
    report = read(path)
    for words in quoted(report):
        numbered = re.fullmatch(r"(.*)@(\d+)", words, re.DOTALL)
        if numbered and words not in report["text"]:
            assert report["text"].count(numbered[1]) >= int(numbered[2]), words
        else:
            assert words in report["text"], words


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_keys_and_words_of_the_codebook(path: Path) -> None:
    report = read(path)
    assert set(report) == {"id", "source", "published", "text", *KINDS}
    assert report["id"] == path.stem
    date.fromisoformat(report["published"])
    actors = {actor["key"] for actor in report["actors"]}
    assert len(actors) == len(report["actors"])
    assert set(keys_of(report)) <= actors
    proposals = {proposal["key"] for proposal in report["proposals"]}
    assert {position["proposal"] for position in report["positions"]} <= proposals
    held = [(position["actor"], position["proposal"]) for position in report["positions"]]
    assert len(set(held)) == len(held)


ALLOWED = [
    ("actors", "kind", records.ActorKind), ("statements", "mode", records.Mode),
    ("proposals", "kind", records.ProposalKind),
    ("positions", "stance", records.Stance), ("commitments", "kind", records.CommitmentKind),
    ("events", "type", records.EventType), ("events", "modality", records.Modality),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "words"), ALLOWED, ids=[f"{kind} {field}" for kind, field, _ in ALLOWED])
def test_enumerations(kind: str, field: str, words: Any) -> None:
    assert {record[field] for path in REPORTS for record in read(path)[kind]} <= set(get_args(words))


def test_terms_and_stages() -> None:
    for path in REPORTS:
        for proposal in read(path)["proposals"]:
            assert {term["kind"] for term in proposal["terms"]} <= set(get_args(records.TermKind))
            assert {stage["stage"] for stage in proposal["stages"]} <= set(get_args(records.StageKind))
            happened = [stage["stage"] for stage in proposal["stages"] if stage["modality"] == "actual"]
            assert proposal["status"] in (None, *happened)
