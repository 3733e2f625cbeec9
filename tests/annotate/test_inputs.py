"""What the encoder sees: letter case, quotations, shapes, word pieces, and the windows over a report."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.annotate.built import MARKS, write_tokenizer
from truceline.annotate.inputs import CASES, SHAPES, WordPieces, letter_case, quotation_states, shapes, windows
from truceline.annotate.words import split_words

LOWER, TITLE, UPPER, MIXED, DIGITS, NO_LETTERS = range(CASES)
LETTER_CASES = {
    "talks": LOWER, "’s": LOWER, "3rd": LOWER, "ceasefire-monitoring": LOWER, "ёж": LOWER,
    "Talks": TITLE, "A": TITLE, "Al-Assad": TITLE, "Élysée": TITLE, "Co-chair": TITLE, "ǅ": TITLE,
    "UN": UPPER, "U.N.": UPPER, "B-52": UPPER, "НАТО": UPPER,
    "McDonald": MIXED, "iPhone": MIXED, "US-led": MIXED, "سلام": MIXED, "和平": MIXED,
    "2016": DIGITS, "10,000": DIGITS, "٣": DIGITS,
    "—": NO_LETTERS, "“": NO_LETTERS, "🕊️": NO_LETTERS, "\ud83d": NO_LETTERS, "": NO_LETTERS,
}  # fmt: skip


@pytest.mark.parametrize("form", LETTER_CASES)
def test_letter_case(form: str) -> None:
    assert letter_case(form) == LETTER_CASES[form]


def laid_out(text: str) -> tuple[list[str], list[bool], list[bool]]:
    """A text's words, and whether a space and whether a line break stand before each."""
    ranges = split_words(text)
    gaps = [text[a:b] for a, b in zip([0, *(end for _, end in ranges)], [start for start, _ in ranges], strict=False)]
    forms = [text[start:end] for start, end in ranges]
    return forms, [bool(g) or i == 0 for i, g in enumerate(gaps)], ["\n" in g or i == 0 for i, g in enumerate(gaps)]


# Each text with the words of it that stand inside a quotation, the marks being part of it.
QUOTATIONS = {
    "": "",
    "No mark at all.": "",
    "“We agree,” he said.": "“ We agree , ”",
    'He said: "We agree." She left.': '" We agree . "',
    "He called it “peace”.": "“ peace ”",
    "« Nous acceptons », dit le ministre.": "« Nous acceptons »",
    "``We agree,'' he said.": "`` We agree , ''",
    '"Go," he said, "now."': '" Go , " " now . "',
    "‘We agree,’ he said.": "",  # single marks are apostrophes too
    "It’s the envoy’s ‘plan’.": "",
    "“We agree.\n\n“We sign today,” he said.": "“ We agree . “ We sign today , ”",
    "“We agree, he said.\n\nThe talks go on.": "“ We agree , he said .",
    '"We agree, he said.\nThe talks go on.': '" We agree , he said .',
    "We agree,” he said. “Never,” she said.": "“ Never , ”",
    "“The word is “peace” now,” he said.": "“ The word is “ peace ”",
    "”We agree,” he said.": "” We agree , ”",  # as some languages write it
    "„We agree,“ he said, „now.“ The talks go on.": "„ We agree , “ „ now . “",
    "»We agree,« he said, »now.« The talks go on.": "» We agree , « » now . «",
    "“”": "“ ”",
    '"': '"',
    "“": "“",
    "”": "",
}


@pytest.mark.parametrize("text", QUOTATIONS)
def test_words_inside_a_quotation(text: str) -> None:
    forms, spaced, breaks = laid_out(text)
    inside = [form for form, state in zip(forms, quotation_states(forms, spaced, breaks), strict=True) if state]
    assert inside == QUOTATIONS[text].split()


@given(st.text(alphabet='ab“”"«» \n', max_size=60))
def test_no_quotation_reaches_over_the_end_of_a_paragraph(text: str) -> None:
    """What stands before a line break has no say in what stands after it."""
    forms, spaced, breaks = laid_out(text)
    states = quotation_states(forms, spaced, breaks)
    for at in (i for i, opens in enumerate(breaks) if opens):
        assert quotation_states(forms[at:], spaced[at:], breaks[at:]) == states[at:]


def test_shapes_tell_case_quotation_and_line() -> None:
    codes = shapes(*laid_out("“Peace,” said UN envoys.\nTalks failed."))
    case, inside, opens = codes % CASES, codes // CASES % 2, codes // (2 * CASES)
    assert case.tolist() == [
        NO_LETTERS, TITLE, NO_LETTERS, NO_LETTERS, LOWER, UPPER, LOWER, NO_LETTERS, TITLE, LOWER, NO_LETTERS
    ]  # fmt: skip
    assert inside.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert opens.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]


@given(st.text(max_size=60))
def test_every_word_has_a_shape_that_the_model_knows(text: str) -> None:
    codes = shapes(*laid_out(text))
    assert len(codes) == len(split_words(text))
    assert all(0 <= code < SHAPES for code in codes)


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    write_tokenizer(tmp_path / "tokenizer.json", ["envoy"])
    return WordPieces(tmp_path / "tokenizer.json")


def test_a_word_has_the_pieces_of_the_tokenizer(pieces: WordPieces) -> None:
    assert len(pieces.of("Envoy")) == 1
    assert len(pieces.of("plan")) == 4
    assert pieces.of("plan")[0] == pieces.of("p")[0]
    assert (pieces.first, pieces.last) == (MARKS.index("[CLS]"), MARKS.index("[SEP]"))


@pytest.mark.parametrize("form", ["", " ", "🕊️", "سلام", "\ud83d", "\x00", "x" * 3000, "🕊" * 3000])
def test_every_word_has_a_piece_and_none_too_many(pieces: WordPieces, form: str) -> None:
    assert 1 <= len(pieces.of(form)) <= 12


@pytest.mark.parametrize("lacking", ["[UNK]", "[CLS]", "[SEP]"])
def test_a_tokenizer_without_its_marks_is_refused(tmp_path: Path, lacking: str) -> None:
    write_tokenizer(tmp_path / "tokenizer.json", marks=[mark for mark in MARKS if mark != lacking])
    with pytest.raises(ValueError, match=rf"no \{lacking}"):
        WordPieces(tmp_path / "tokenizer.json")


REPORTS = st.lists(st.integers(0, 60) | st.integers(1, 3) | st.integers(200, 480), max_size=60)
SHORT_BEFORE_LONG = [*[1] * 32, 286] * 8


@given(REPORTS, st.integers(1, 300), st.integers(0, 64))
@example(SHORT_BEFORE_LONG, 286, 32)
@example([0] * 40 + [286], 286, 32)
@example([286, 1] * 20, 286, 32)
@example([1] * 10, 1, 32)
def test_windows(sizes: list[int], limit: int, context: int) -> None:
    found = windows(sizes, limit=limit, context=context)
    owned = [sentence for _, _, own, own_end in found for sentence in range(own, own_end)]
    assert owned == list(range(len(sizes)))  # each sentence once, in order
    for first, end, own, own_end in found:
        assert first <= own < own_end <= end
        assert sum(sizes[first:end]) <= limit or end - first == 1
        assert sum(sizes[first:own]) <= context
        assert sum(sizes[own_end:end]) <= context


@given(REPORTS)
@example(SHORT_BEFORE_LONG)
@example([286, 1] * 20)
def test_windows_show_no_more_than_a_few_times_the_report(sizes: list[int]) -> None:
    shown = sum(sum(sizes[first:end]) for first, end, _, _ in windows(sizes, limit=286, context=32))
    assert shown <= 3 * sum(sizes)


def test_sentences_of_usual_length_see_what_stands_around_them() -> None:
    found = windows([25] * 100, limit=286, context=32)
    assert found[0] == (0, 11, 0, 10)
    assert found[1] == (9, 20, 10, 19)
    assert found[-1][1] == 100
    assert len(found) <= 12
