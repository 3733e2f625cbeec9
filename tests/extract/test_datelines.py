"""Datelines: their places name nobody, and what they open begins behind them."""

import pytest

from tests.extract.drawn import drawn, quoted, said
from tests.extract.mentioned import read
from tests.extract.timed import plain
from truceline.extract import statements
from truceline.extract.datelines import datelines

DATED = [
    ("JUBA, May 21 (AFP) - The envoy left.", "JUBA", "The"),
    ("ADEN/SANAA -- The envoy left.", "ADEN/SANAA", "The"),
    ("NEW YORK (Reuters) – Talks went on.", "NEW YORK", "Talks"),
    ("GENEVA, Switzerland — Talks went on.", "GENEVA", "Talks"),
    ("Talks fail\n\nCAIRO, 3 June 2014 (AP) -- The envoy left.", "CAIRO", "The"),
    ("ADDIS ABABA - Talks went on.", "ADDIS ABABA", "Talks"),
]


@pytest.mark.parametrize(("text", "place", "opened"), DATED)
def test_a_dateline_is_found_with_its_place(text: str, place: str, opened: str) -> None:
    annotation = plain(text)
    [found] = datelines(annotation)
    assert quoted(annotation, (found.first, found.place_end)) == place
    assert annotation.forms[found.end] == opened


@pytest.mark.parametrize(
    "text",
    ["Envoys met in JUBA - and left.", "UN and AU envoys met.", "NATO-led troops left.", "Juba is calm - for now.", "",
     "LRA leader: we stay", "A - B", "One\nTwo\nThree\nFour\nJUBA - The envoy left."],
)  # fmt: skip
def test_what_is_no_dateline(text: str) -> None:
    assert datelines(plain(text)) == []


def test_the_place_of_a_dateline_is_no_actor() -> None:
    tagged = (("JUBA", "government"), ("The envoy", "person"))
    assert read("JUBA, May 21 (AFP) - The envoy left.", actors=tagged).outer() == ["AFP", "The envoy"]
    assert read("Envoys met in JUBA yesterday.", actors=(("JUBA", "government"),)).outer() == ["JUBA"]


def test_content_begins_behind_the_dateline() -> None:
    text = "ADEN/SANAA -- The envoy left."
    one = said("officials", "say", "The road is open")
    annotation = drawn(text, "The road is open, officials say.", said=(said(None, None, text),))
    assert [piece.quote for s in statements(annotation) for piece in s.content] == ["The envoy left"]
    [plainly] = statements(drawn("The road is open, officials say.", said=(one,)))
    assert [piece.quote for piece in plainly.content] == ["The road is open"]
