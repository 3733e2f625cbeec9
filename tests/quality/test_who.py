"""Countries, sides and addressees against gold: what is paired, and what counts as right."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quality.corpora.gold import GoldReport
from quality.reader import as_report
from quality.tasks import gold, who
from truceline.records import Actor, Model, Reading, Report, Statement, to_json

TEXT = "Kenya's envoy told reporters the road was shut. Rebels said it was open. The envoy urged the rebels to leave."
CODED: dict[str, Any] = {
    "text": TEXT,
    "published": "2016-12-05",
    "actors": [
        {"key": "kenya", "kind": "government", "country": "KEN", "of": None, "mentions": ["Kenya"]},
        {"key": "envoy", "kind": "person", "country": "KEN", "of": "kenya", "mentions": ["Kenya's envoy", "The envoy"]},
        {"key": "rebels", "kind": "armed group", "country": "KEN", "of": None, "mentions": ["Rebels", "the rebels"]},
        {"key": "missed", "kind": "ngo", "country": None, "of": None, "mentions": ["nobody here"]},
    ],
    "statements": [
        {"speaker": "envoy", "content": ["the road was shut"], "addressee": "reporters"},
        {"speaker": "rebels", "content": ["it was open"], "addressee": None},
        {"speaker": "envoy", "content": ["to leave"], "addressee": "rebels"},
    ],
}


def gold_report() -> GoldReport:
    return GoldReport("a", TEXT, "2016-12-05", CODED)


def reading(
    report: Report, *, country: str | None = "KEN", of: str | None = "a1", to: str | None = "reporters"
) -> Reading:
    """A reading that finds all but the statement of the rebels; the arguments change what it says of the envoy."""

    def span(words: str) -> Any:
        start = report.text.index(words)
        return report.span(start, start + len(words))

    def actor(id: str, *words: str, **fields: Any) -> Actor:
        plain = Actor(id, words[0], "person", "KEN", None, None, [span(word) for word in words])
        return replace(plain, **fields)

    def statement(id: str, content: str, addressee: str | None, key: str | None = None) -> Statement:
        words = span(addressee) if addressee else None
        return Statement(id, "a2", None, None, [span(content)], "indirect", key, words, None, [], None, 0.9)

    actors = [
        actor("a1", "Kenya"),
        actor("a2", "Kenya's envoy", "The envoy", country=country, of=of),
        actor("a3", "Rebels", "the rebels"),
    ]
    statements = [statement("s1", "the road was shut", to), statement("s2", "to leave", "the rebels", "a3")]
    return Reading("0", Model("paper", ""), report, actors, statements, [], [], [], [], [], [])


def figures(**changes: Any) -> dict[str, float]:
    read = json.loads(to_json(reading(as_report(TEXT, "2016-12-05"), **changes)))
    return who.figures([(gold_report(), read)])


def test_all_right_but_nothing_is_found_of_what_is_missed() -> None:
    assert figures() == {"actor country": 100, "actor side": 100, "addressee precision": 100, "addressee recall": 100}


@pytest.mark.parametrize(
    ("changes", "figure", "expected"),
    [
        ({"country": None}, "actor country", 200 / 3),
        ({"country": "UGA"}, "actor country", 200 / 3),
        ({"of": None}, "actor side", 200 / 3),
        ({"of": "a3"}, "actor side", 200 / 3),
        ({"to": None}, "addressee recall", 50),
        ({"to": "Kenya"}, "addressee precision", 50),
        ({"to": "Kenya"}, "addressee recall", 50),
    ],
)
def test_what_is_wrong_counts(changes: dict[str, Any], figure: str, expected: float) -> None:
    assert figures(**changes)[figure] == pytest.approx(expected)


def test_a_report_that_was_not_read_finds_no_addressee() -> None:
    read = json.loads(to_json(reading(as_report(TEXT, "2016-12-05"))))
    both = who.figures([(gold_report(), read), (gold_report(), None)])
    assert both["addressee recall"] == 50
    assert both["addressee precision"] == 100
    assert who.figures([(gold_report(), None)]) == {}, "nothing is paired"


def test_places_of_a_string_and_of_its_second_occurrence() -> None:
    assert who.places_of("a", "a b a") == [(0, 1), (4, 5)]
    assert who.places_of("a@2", "a b a") == [(4, 5)]
    assert who.places_of("a@2", "a@2") == [(0, 3)], "the words themselves"
    assert who.places_of("x", "a b a") == who.places_of("", "a") == who.places_of("a@9", "a b a") == []


def test_the_gold_task_prints_them(tmp_path: Path) -> None:
    scorer = "import json; print(json.dumps({'dossier score': 1.0, 'statements': {'f1': 2.0}}))"
    (tmp_path / "score.py").write_text(scorer, encoding="utf-8")
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/a.json").write_text(json.dumps(CODED), encoding="utf-8")
    found = gold.examine(tmp_path, "dev", reading).figures
    assert found == {"statements": 2.0, "dossier score": 1.0, **figures()}
