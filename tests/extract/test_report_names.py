"""Whom a report means by a name that several bear: its own countries and its own words decide."""

from dataclasses import replace

import pytest

from tests.extract.drawn import drawn
from tests.extract.mentioned import read
from truceline.extract.report_names import ReportNames, tie
from truceline.lexicon.registry import load_registry

FRONT = "The National Salvation Front signed the pact."
NSF = "The NSF signed the pact."
EXPLAINED = "The National Salvation Front (NSF) signed the pact."


def keys(*sentences: str, published: str = "2014-12-05") -> list[str]:
    """The registry's keys of the names in a report, in their order."""
    annotation = drawn(*sentences)
    annotation = replace(annotation, report=replace(annotation.report, published=published))
    return [named.entry.key for named in ReportNames(annotation, load_registry()).names]


NAMED = [
    ((FRONT, "Egypt shut the border."), ["nsf-egy", "EGY"]),
    ((FRONT, "South Sudan shut the border."), ["SSD"]),  # in 2014 only the Egyptian one is known
    ((FRONT,), []),  # nothing speaks for either
    ((FRONT, "The president of Kenya thanked them."), ["KEN"]),
    ((NSF, "Egypt shut the border."), ["nsf-egy", "EGY"]),
    ((EXPLAINED, NSF, "The president of Kenya thanked them."), ["KEN"]),  # what the acronym stands for is unknown
    (("The Lord's Resistance Army signed the pact.",), ["lra"]),  # a name of its own needs no country
]


@pytest.mark.parametrize(("sentences", "expected"), NAMED)
def test_a_name_that_anybody_may_bear_needs_its_country(sentences: tuple[str, ...], expected: list[str]) -> None:
    assert keys(*sentences) == expected


def test_of_two_the_one_of_the_report_s_country_is_meant() -> None:
    assert keys(FRONT, "South Sudan shut the border.", published="2019-12-05") == ["nas", "SSD"]
    assert keys(FRONT, "Egypt shut the border.", published="2019-12-05") == ["nsf-egy", "EGY"]
    assert keys(FRONT, published="2019-12-05") == []


EUROPE = [
    ("Europe urged both sides to talk.", ["eu"]),
    ("Europe and Kenya signed the pact.", ["eu", "KEN"]),
    ("Analysts from Europe left.", []),
    ("The talks in Europe failed.", []),
    ("Eastern Europe is cold.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), EUROPE)
def test_europe_is_the_union_where_it_acts(sentence: str, expected: list[str]) -> None:
    assert keys(sentence) == expected


def test_europe_is_an_actor_only_if_it_is_tagged_as_one() -> None:
    assert read("Europe urged both sides to talk.", actors=(("Europe", "government"),)).outer() == ["Europe"]
    assert read("Europe urged both sides to talk.").outer() == []


@pytest.mark.parametrize(
    ("sentence", "name", "word"),
    [
        ("US-backed rebels crossed the river.", "US", "backed"),
        ("The Aden-based council split.", "Aden", "based"),
        ("Egypt shut the border.", "Egypt", None),
        ("JUBA, May 21 (AFP) - The envoy left.", "JUBA", None),
        ("ADEN/SANAA -- The envoy left.", "SANAA", None),
    ],
)
def test_what_a_dash_ties_to_a_name(sentence: str, name: str, word: str | None) -> None:
    annotation = drawn(sentence)
    first = annotation.forms.index(name)
    assert tie(annotation, first, first + 1) == word
