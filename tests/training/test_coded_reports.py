"""Coded reports in the program's own words and actors: what the learned part of a negotiation is to find."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.extract.negotiation.staged import annotated, scene
from training.coded_reports import (
    COMMITMENTS,
    EVENTS,
    KINDS,
    MODALITIES,
    STAGES,
    STANCES,
    TERMS,
    Coded,
    Run,
    coded_reports,
)
from truceline.annotate import Annotation, Tagged
from truceline.records import Report

SENTENCES = (
    "Norway/PROPN/2/nsubj offered:offer/VERB/0/root a/DET/5/det month-long/ADJ/5/amod truce/NOUN/2/obj",
    "The/DET/2/det rebels:rebel/NOUN/3/nsubj rejected:reject/VERB/0/root the/DET/5/det truce/NOUN/3/obj",
    "The/DET/2/det porters:porter/NOUN/4/nsubj will/AUX/4/aux strike/VERB/0/root if/SCONJ/7/mark "
    "wages:wage/NOUN/7/nsubj fall/VERB/4/advcl",
    "Monitors:monitor/NOUN/3/nsubj should/AUX/3/aux watch/VERB/0/root the/DET/5/det truce/NOUN/3/obj",
)
TEXT = annotated(*SENTENCES).report.text


class Reader:
    """Stands in for the annotator: gives the trees above for any report; `tagged` are its actors."""

    def __init__(self, *tagged: tuple[int, int, str]) -> None:
        self.tagged = tagged
        self.model = SimpleNamespace(pieces=SimpleNamespace(of=lambda form: tuple(map(ord, form))))

    def annotate_many(self, reports: Iterable[Report]) -> Iterator[Annotation]:
        for report in reports:
            words = annotated(*(SENTENCES if report.text else ()))
            actors = [Tagged(first, end, kind, 0.9) for first, end, kind in self.tagged if words.forms]
            yield replace(words, report=report, actors=actors)


def an_actor(key: str, kind: str, *mentions: str, of: str | None = None) -> dict[str, Any]:
    return {"key": key, "name": key, "kind": kind, "country": None, "of": of, "role": None, "mentions": list(mentions)}


def coding(**changes: Any) -> dict[str, Any]:
    return {
        "text": TEXT, "published": "2019-03-11", "statements": [],
        "actors": [
            an_actor("norway", "government", "Norway"), an_actor("rebels", "armed group", "The rebels"),
            an_actor("porters", "people", "The porters"),
        ],
        "proposals": [
            {
                "key": "truce", "kind": "ceasefire", "mentions": ["a month-long truce", "the truce"],
                "recipients": ["rebels"], "status": "rejected",
                "terms": [{"kind": "verification", "text": "Monitors should watch"}],
                "stages": [
                    {"stage": "proposed", "text": "Norway offered a month-long truce", "modality": "actual"},
                    {"stage": "rejected", "text": "The rebels rejected the truce", "modality": "actual"},
                ],
            },
            {"key": "gone", "kind": "talks", "mentions": ["words that are not there"], "recipients": [], "status": None,
             "terms": [], "stages": []},
            {"key": "watch", "kind": "deployment", "mentions": ["Monitors"], "recipients": ["nobody"], "status": None,
             "terms": [], "stages": []},
        ],
        "positions": [
            {"actor": "norway", "proposal": "truce", "stance": "sponsors", "evidence": "Norway offered"},
            {"actor": "rebels", "proposal": "truce", "stance": "opposes", "evidence": "rejected the truce"},
            {"actor": "porters", "proposal": "truce", "stance": "supports", "evidence": "not in the text"},
            {"actor": "rebels", "proposal": "gone", "stance": "opposes", "evidence": "rejected the truce"},
            {"actor": "unknown", "proposal": "truce", "stance": "opposes", "evidence": "rejected the truce"},
        ],
        "commitments": [
            {"kind": "threat", "actor": "porters", "toward": None, "action": "will strike",
             "condition": "if wages fall"},
            {"kind": "demand", "actor": None, "toward": "rebels", "action": "should watch", "condition": None},
        ],
        "events": [
            {"type": "REJECT", "actors": ["rebels"], "recipients": ["norway"], "trigger": "rejected",
             "modality": "actual"},
            {"type": "PROTEST", "actors": ["porters"], "recipients": [], "trigger": "strike",
             "modality": "possible"},
        ],
        **changes,
    }  # fmt: skip


def read(tmp_path: Path, reader: Reader, *reports: dict[str, Any]) -> list[Coded]:
    for number, report in enumerate(reports):
        (tmp_path / f"R-{number}.json").write_text(json.dumps(report), encoding="utf-8")
    annotator: Any = reader
    return list(coded_reports(tmp_path, annotator))


KNOWN = Reader((0, 1, "government"), (5, 7, "armed group"))


@pytest.fixture
def found(tmp_path: Path) -> Coded:
    (coded,) = read(tmp_path, KNOWN, coding())
    return coded


def ids(found: Coded) -> dict[str, str]:
    """The ids of the actors of the coding, by a word that names them."""
    forms = found.scene.clauses.annotation.forms
    return {forms[r.head]: r.actor for r in found.scene.references}


def words(found: Coded, run: Run) -> str:
    return " ".join(found.scene.clauses.annotation.forms[run.first : run.end])


def test_proposals_by_number_with_their_mentions(found: Coded) -> None:
    assert found.name == "R-0"
    assert [KINDS[kind] for kind in found.kinds] == ["ceasefire", "deployment"]
    assert [STAGES[s] if s >= 0 else None for s in found.statuses] == ["rejected", None]
    forms = found.scene.clauses.annotation.forms
    assert [(" ".join(forms[m.first : m.end]), number) for m, number in found.mentions] == [
        ("a month-long truce", 0), ("the truce", 0), ("the truce", 0), ("Monitors", 1),
    ]  # fmt: skip
    assert [(words(found, run), run.proposal) for run in found.runs["proposal"]] == [
        ("a month-long truce", 0), ("the truce", 0), ("the truce", 0), ("Monitors", 1),
    ]  # fmt: skip
    assert [(words(found, run), TERMS[run.label], run.proposal) for run in found.runs["term"]] == [
        ("Monitors should watch", "verification", 0)
    ]


def test_stages_and_positions_at_the_words_that_govern_them(found: Coded) -> None:
    forms, who = found.scene.clauses.annotation.forms, ids(found)
    assert [(STAGES[s.label], forms[s.head], s.proposal, MODALITIES[s.modality]) for s in found.stages] == [
        ("proposed", "offered", 0, "actual"), ("rejected", "rejected", 0, "actual"),
    ]  # fmt: skip
    assert [(a, p, STANCES[s], forms[w] if w >= 0 else None) for a, p, s, w in found.positions] == [
        (who["Norway"], 0, "sponsors", "offered"),
        (who["rebels"], 0, "opposes", "rejected"),
        (who["porters"], 0, "supports", None),
    ]


def test_commitments_conditions_and_events_with_their_actors(found: Coded) -> None:
    who = ids(found)
    assert [(words(found, r), COMMITMENTS[r.label], r.by, r.toward) for r in found.runs["commitment"]] == [
        ("will strike", "threat", frozenset({who["porters"]}), frozenset()),
        ("should watch", "demand", frozenset(), frozenset({who["rebels"]})),
    ]
    assert [words(found, r) for r in found.runs["condition"]] == ["if wages fall"]
    assert [
        (words(found, r), EVENTS[r.label], r.by, r.toward, MODALITIES[r.modality]) for r in found.runs["event"]
    ] == [
        ("rejected", "REJECT", frozenset({who["rebels"]}), frozenset({who["Norway"]}), "actual"),
        ("strike", "PROTEST", frozenset({who["porters"]}), frozenset(), "possible"),
    ]
    assert found.recipients == [{who["rebels"]}, frozenset()]


def test_actors_are_the_programs_own_and_those_it_misses_are_added(found: Coded) -> None:
    who = ids(found)
    assert who["porters"] == "missed porters"
    assert not who["Norway"].startswith("missed")
    assert not who["rebels"].startswith("missed")
    assert {a.id for a in found.scene.actors} >= set(who.values())
    assert found.scene.sides["missed porters"] == "missed porters"
    firsts = [r.first for r in found.scene.references]
    assert firsts == sorted(firsts)


def test_no_two_actors_of_the_coding_are_one_of_the_program(tmp_path: Path) -> None:
    twins = [an_actor("one", "government", "Norway"), an_actor("two", "government", "Norway")]
    (coded,) = read(tmp_path, KNOWN, coding(actors=twins, positions=[], proposals=[], commitments=[], events=[]))
    at_norway = [r.actor for r in coded.scene.references if r.first == 0]
    assert len(at_norway) == 2
    assert sum(actor.startswith("missed") for actor in at_norway) == 1


def test_of_runs_that_overlap_the_longest_is_tagged() -> None:
    found = Coded("made", scene(annotated(*SENTENCES)), [])
    found.runs["event"] = [Run(0, 2, 1, 0), Run(1, 5, 1, 0), Run(5, 7, 6, 0), Run(7, 8, 7, 0)]
    assert found.words == 22
    assert found.tags("event").tolist() == [0, 1, 2, 2, 2, 1, 2, 1] + [0] * 14


def test_reports_come_in_the_order_of_their_names_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    nothing = coding(text="", actors=[], proposals=[], positions=[], commitments=[], events=[])
    assert [c.name for c in read(tmp_path, KNOWN, coding(), nothing, coding())] == ["R-0", "R-2"]


def test_the_pieces_of_every_word(found: Coded) -> None:
    assert len(found.pieces) == found.words == 22
    assert found.pieces[2] == (ord("a"),)
