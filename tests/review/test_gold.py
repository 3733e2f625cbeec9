"""Reviewed readings as gold files: the codebook's keys, exact words, and a scorer that finds no fault with them."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import short_report
from tests.review.talks import REPORT, Memory, item, packed_span, reading, reviewer, span, spans
from truceline.records import Actor, Reading, Span, to_json
from truceline.review import ReviewError, gold_name, gold_report, span_of
from truceline.review.gold import exact_words

# Where the gold reports lie beside the repository, as .ci/run looks for them too.
GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
KEYS = {
    "actors": ["key", "name", "kind", "country", "of", "role", "mentions"],
    "statements": ["speaker", "speaker_text", "cue", "content", "mode", "addressee", "date"],
    "proposals": [
        "key", "kind", "label", "mentions", "sponsors", "recipients", "place", "terms", "stages", "status",
    ],
    "positions": ["actor", "proposal", "stance", "evidence"],
    "commitments": ["kind", "actor", "toward", "action", "condition", "deadline"],
    "events": ["type", "trigger", "actors", "recipients", "date", "place", "modality"],
    "times": ["text", "value"],
    "places": ["text", "country"],
}  # fmt: skip


def test_a_gold_file_has_the_keys_of_the_codebook_and_the_words_of_the_report() -> None:
    gold = gold_report(reading())
    assert list(gold) == ["id", "source", "published", "text", *KEYS]
    for kind, keys in KEYS.items():
        assert gold[kind]
        assert all(list(record) == keys for record in gold[kind])
    assert (gold["id"], gold["source"], gold["published"]) == (gold_name(REPORT), "A draft for Port Selm", "2016-12-05")
    assert [actor["key"] for actor in gold["actors"]] == [
        "norland", "harbour-front", "brekke", "brekke-2", "spokesman", "league",
    ]  # fmt: skip
    assert gold["actors"][2]["of"] == "norland"
    assert gold["statements"][0]["cue"] == "said@1"
    assert gold["statements"][0]["addressee"] is None
    assert [time["text"] for time in gold["times"]] == ["Saturday", "Monday@1", "Monday@2"]
    assert gold["proposals"][0]["place"] == gold["events"][1]["place"] == "Port Selm"
    assert gold["proposals"][0]["terms"][0]["value"] == "P10D"


def test_replaced_terms_and_addressees_are_named_by_words() -> None:
    of = reading()
    terms = [*of.proposals[0].terms, replace(of.proposals[0].terms[0], text=span("Saturday"), replaced_by=0)]
    said = replace(of.statements[0], addressee_text=span("Port Selm@1"))
    gold = gold_report(replace(of, proposals=[replace(of.proposals[0], terms=terms)], statements=[said]))
    assert [term["replaced_by"] for term in gold["proposals"][0]["terms"]] == [None, "ten days"]
    assert gold["statements"][0]["addressee"] == "Port Selm"
    assert gold["positions"][1]["proposal"] is None


def test_mentions_are_distinct_strings_and_numbered_only_where_they_mean_several_actors() -> None:
    of = reading()
    both = [
        Actor("a1", "Norland", "government", None, None, None, spans("Norland@1", "Norland@2", "the envoy of Norland")),
        Actor("a2", "Front", "armed group", None, None, None, spans("the Front@1", "the draft@1")),
        Actor("a3", "other front", "armed group", None, None, None, spans("the Front@2")),
    ]
    gold = gold_report(replace(of, actors=both))
    assert [actor["mentions"] for actor in gold["actors"]] == [
        ["Norland", "the envoy of Norland"], ["the Front@1", "the draft"], ["the Front@2"],
    ]  # fmt: skip


def test_a_report_without_a_day_is_refused() -> None:
    with pytest.raises(ReviewError, match="no day of publication"):
        gold_report(replace(reading(), report=replace(REPORT, published=None)))


@pytest.mark.parametrize(
    ("text", "start", "end", "written"),
    [
        ("no and no and no", 0, 2, "no@1"),
        ("no and no and no", 14, 16, "no@3"),
        ("once", 0, 4, "once"),
        ("aaa", 1, 3, "aa@2"),  # occurrences overlap
        ("x or x@2", 0, 1, "x@1"),
        ("x or x@2", 5, 6, "x@02"),
        ("at a@1 once", 3, 6, "a@1"),
    ],
)
def test_exact_words_can_be_found_again(text: str, start: int, end: int, written: str) -> None:
    span = Span(start, end, text[start:end])
    assert exact_words(span, text) == written
    assert span_of(written, text) == span


@given(st.text("ab@12 ", min_size=1, max_size=30), st.data())
def test_whatever_stands_there_can_be_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end, text[start:end])
    assert span_of(exact_words(span, text), text) == span


def scored(found: Reading, folder: Path) -> dict[str, Any]:
    """The scorer's figures for a reading against the gold file written from it."""
    name = gold_name(found.report)
    for kind, text in (("gold", json.dumps(gold_report(found))), ("found", to_json(found))):
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name}.json").write_text(text, encoding="utf-8")
    check = [sys.executable, str(GOLD / "check.py"), str(folder / "gold" / f"{name}.json")]
    assert subprocess.run(check, capture_output=True, text=True, check=False).stdout == "1 sound, 0 faulty\n"
    score = [sys.executable, str(GOLD / "score.py"), str(folder / "gold"), str(folder / "found"), "--json"]
    figures: dict[str, Any] = json.loads(subprocess.run(score, capture_output=True, check=True).stdout)
    return figures


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold reports and their scorer are not beside the repository")
@pytest.mark.parametrize("which", ["as found", "reviewed", "repeated"])
def test_the_scorer_finds_what_was_written(which: str, tmp_path: Path) -> None:
    log = Memory()
    ada = reviewer(log)
    ada.merge(item(ada.view, "a3"), [item(ada.view, "a4")])
    ada.correct(item(ada.view, "s2"), {"speaker": "a2", "addressee_text": packed_span("Norland@3")})
    ada.reject(item(ada.view, "s3"))
    ada.add("event", {"type": "REJECT", "trigger": packed_span("rejected"), "actors": ["a2"], "modality": "actual"})
    repeated = short_report("Yes, said A. Yes, said B. Yes, said A. A@2 said yes.")
    said = replace(reading().statements[0], speaker_text=None, cue=None, about=[])
    content = [repeated.span(start, start + 4) for start in (0, 13, 26)]
    named = [repeated.span(start, start + 1) for start in (10, 23, 36, 39)]
    found = {
        "as found": reading(),
        "reviewed": ada.view.reading,
        "repeated": replace(
            reading(), report=repeated, proposals=[], positions=[], commitments=[], events=[], times=[], places=[],
            actors=[
                Actor("a1", "A", "person", None, None, None, [named[0], named[2]]),
                Actor("a2", "B", "person", None, "a1", None, [named[1]]),
                Actor("a3", "A", "person", None, None, None, [named[3]]),
            ],
            statements=[
                replace(said, id=f"s{n}", content=[one], speaker=who)
                for n, (one, who) in enumerate(zip(content, ("a1", "a2", "a3"), strict=True), 1)
            ],
        ),
    }[which]  # fmt: skip
    figures = scored(found, tmp_path)
    kinds = {name: figure for name, figure in figures.items() if isinstance(figure, dict)}
    assert len(kinds) == 20
    present = kinds if which != "repeated" else {name: kinds[name] for name in ("actors", "statements with speaker")}
    assert {name: figure["f1"] for name, figure in present.items()} == dict.fromkeys(present, 100.0)
