"""The bounds of a content, and its mode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.drawn import characters, drawn, words
from truceline.extract.contents import mode_of, trimmed
from truceline.extract.quotations import find_quotations

# sentence, words as tagged, content by the codebook
BOUNDS = [
    ("The envoy told AFP that both armies had pulled back.", "that both armies had pulled back.",
     "both armies had pulled back"),
    ("The envoy said that that offer is dead.", "that that offer is dead", "that offer is dead"),
    ("That offer is dead, the envoy said.", "That offer is dead,", "That offer is dead"),
    ("The envoy said that that offer is dead.", "that offer is dead.", "that offer is dead"),
    ("The general said he would “resign”.", "he would “resign”.", "he would “resign”"),
    ("The general said he would “resign”.", "he would “resign", "he would “resign”"),
    ("The general said: “I will resign.”", "I will resign.", "“I will resign.”"),
    ("The general said: “I will resign.”", ": “I will resign.”", "“I will resign.”"),
    ("The general said: “I will resign.”", "“I will resign", "“I will resign.”"),
    ("“We stay,” the mayor said, “and we vote.”", "We stay", "“We stay,”"),
    ("“We stay,” the mayor said, “and we vote.”", ", “and we vote.”", "“and we vote.”"),
    ("The consul said talks will be held in the U.S.", "talks will be held in the U.S.",
     "talks will be held in the U.S."),
    ("“We will wait and see...” the mayor said.", "“We will wait and see...", "“We will wait and see...”"),
    ("The judge asked whether the truce would hold?", "whether the truce would hold?", "whether the truce would hold?"),
    ("The envoy said the deal, according to Cairo, was dead.", ", was dead.", "was dead"),
    ("Truce to begin at dawn – envoy", "Truce to begin at dawn –", "Truce to begin at dawn"),
    ("Brussels urged reforms that would end the dispute.", "that would end the dispute", "that would end the dispute"),
    ("The bishops called on the rebels to free the hostages.", "to free the hostages.", "to free the hostages"),
]  # fmt: skip

# sentences, cue, content, mode
MODES = [
    (("The general said: “I will resign.”",), "said", ("“I will resign.”",), "direct"),
    (("“We stay,” the mayor said, “and we vote.”",), "said", ("“We stay,”", "“and we vote.”"), "direct"),
    (("The general said he would “resign”.",), "said", ("he would “resign”",), "mixed"),
    (("The senator called the plan a “road map”.",), "called", ("the plan a “road map”",), "mixed"),
    (("The envoy said that that offer is dead.",), "said", ("that offer is dead",), "indirect"),
    (("The statement read: The parties will meet in Tunis.", "They will bring maps."), "read",
     ("The parties will meet in Tunis. They will bring maps.",), "direct"),
    (("The statement read: The parties will meet in Tunis.",), "read", ("The parties will meet in Tunis",), "direct"),
    (("The statement read: The parties will meet in Tunis.",), None, ("The parties will meet in Tunis",), "indirect"),
    (("The guerrillas made one demand: the road must reopen.",), "made one demand", ("the road must reopen",),
     "indirect"),
    (("The minister said: I say to you that the war is over.",), "said", ("I say to you that the war is over.",),
     "direct"),
    (("The minister said: I say to you that the war is over.",), "said", ("I say",), "indirect"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "tagged", "expected"), BOUNDS)
def test_bounds(sentence: str, tagged: str, expected: str) -> None:
    annotation = drawn(sentence)
    start, end = trimmed(annotation, find_quotations(sentence), *words(annotation, tagged))
    assert sentence[start:end] == expected


@pytest.mark.parametrize("nothing", ["that", "that@2", ",", "."])
def test_nothing_is_left_of_stops_and_complementisers(nothing: str) -> None:
    annotation = drawn("The envoy said that that offer is dead.", "That offer is dead, the envoy said.")
    start, end = trimmed(annotation, find_quotations(annotation.report.text), *words(annotation, nothing))
    assert annotation.report.text[start:end] in ("", "that")
    assert (start == end) == (nothing != "that@2")


@pytest.mark.parametrize(("sentences", "cue", "content", "expected"), MODES)
def test_mode(sentences: tuple[str, ...], cue: str | None, content: tuple[str, ...], expected: str) -> None:
    annotation = drawn(*sentences)
    text = annotation.report.text
    pieces = [characters(annotation, piece) for piece in content]
    cue_end = characters(annotation, cue)[1] if cue else None
    assert mode_of(text, find_quotations(text), pieces, cue_end) == expected


@given(st.text(alphabet="ab1 .,:“”\n", min_size=1, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_mode_counts_quoted_letters(text: str, one: int, other: int) -> None:
    quotations = find_quotations(text)
    start, end = min(one, other, len(text)), min(max(one, other), len(text))
    inside = [quotations.at(i) is not None for i in range(start, end) if text[i].isalnum()]
    expected = "indirect" if not any(inside) else "direct" if all(inside) else "mixed"
    assert mode_of(text, quotations, [(start, end)]) == expected
