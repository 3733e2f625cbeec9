"""What the encoder sees of each word: its word pieces and its shape; and how a report is cut into windows.

The pretrained encoder is uncased, and attribution hangs on quotation marks and paragraphs. So every word also
carries a shape code: letter case, whether it stands inside a quotation, and whether it opens a line. The same
functions serve training and reading; a model is valid only with the codes that it was trained on.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CASES = 6  # lower, Title, UPPER, mIxed, digits, no letters
SHAPES = CASES * 4
_OPENING = {"“", "«", "„", "``"}
_CLOSING = {"”", "»", "''"}
_STRAIGHT = '"'
_TURNED = {"„": "“", "»": "«"}  # German and Danish usage closes with a mark that opens elsewhere


def letter_case(form: str) -> int:
    """The case class of a word, 0 to 5: lower, Title, UPPER, mIxed, with digits but no letters, neither."""
    if form.islower():
        return 0
    if form.isupper():
        return 2 if len(form) > 1 else 1
    if form.istitle() or (form[:1].isupper() and form[1:].islower()):
        return 1
    if any(character.isalpha() for character in form):
        return 3
    return 4 if any(character.isdigit() for character in form) else 5


def quotation_states(forms: Sequence[str], spaced: Sequence[bool], breaks: Sequence[bool]) -> list[bool]:
    """Whether each word lies inside double quotation marks; the marks themselves count as inside.

    `spaced[i]` says that white space stands before word i, `breaks[i]` that a line break does. A paragraph that
    ends inside a quotation is followed either by a paragraph that opens with a mark again, or by none: so the
    state ends with the paragraph, and the mark that opens the next one opens it anew.
    """
    states = []
    inside = False
    opening = ""
    for i, form in enumerate(forms):
        if breaks[i]:
            inside = False
        mark = form in _OPENING or form in _CLOSING or form == _STRAIGHT
        if not mark:
            states.append(inside)
            continue
        tight_after = i + 1 < len(forms) and not spaced[i + 1]
        closes = inside and _TURNED.get(opening) == form
        opens = form in _OPENING or (not inside and (form == _STRAIGHT or ((spaced[i] or breaks[i]) and tight_after)))
        states.append(inside or opens)
        inside = opens and not closes
        opening = form if inside else ""
    return states


def shapes(forms: Sequence[str], spaced: Sequence[bool], breaks: Sequence[bool]) -> NDArray[np.int64]:
    """The shape code of each word, below `SHAPES`: letter case + 6 if inside a quotation + 12 if it opens a line."""
    inside = quotation_states(forms, spaced, breaks)
    codes = [
        letter_case(form) + CASES * quoted + 2 * CASES * opens
        for form, quoted, opens in zip(forms, inside, breaks, strict=True)
    ]
    return np.array(codes, dtype=np.int64)


class WordPieces:
    """Cuts words into the encoder's word pieces, each word once however often it comes."""

    def __init__(self, tokenizer_file: Path) -> None:
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.unknown, self.first, self.last = (_mark(tokenizer, name) for name in ("[UNK]", "[CLS]", "[SEP]"))

        @lru_cache(maxsize=1 << 17)
        def pieces(form: str) -> tuple[int, ...]:
            # A very long "word" (a key, a URL) says no more in its hundredth piece than in its first twelve.
            clean = form.encode("utf-8", "replace").decode("utf-8")
            return tuple(tokenizer.encode(clean, add_special_tokens=False).ids[:12]) or (self.unknown,)

        self.of = pieces


def _mark(tokenizer: Tokenizer, name: str) -> int:
    number: int | None = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}")
    return number


def windows(sentence_pieces: Sequence[int], *, limit: int, context: int) -> list[tuple[int, int, int, int]]:
    """Windows over sentences: (first, end, first own, end own), sentence indices, half-open.

    Each window holds at most `limit` word pieces (more only if one sentence alone has more). It shows up to
    `context` pieces of what precedes and follows its own sentences; every sentence is own to exactly one window.
    The pieces of all windows together grow with the length only.
    """
    found = []
    own = 0
    total = len(sentence_pieces)
    while own < total:
        size = sentence_pieces[own]
        first, before = own, min(context, limit - size)
        while first > 0 and sentence_pieces[first - 1] <= before:
            first -= 1
            before -= sentence_pieces[first]
            size += sentence_pieces[first]
        end, new = own + 1, sentence_pieces[own]
        while end < total and size + sentence_pieces[end] <= limit:
            size += sentence_pieces[end]
            new += sentence_pieces[end]
            end += 1
        # What follows helps too: the last sentences of a full window are read again, as own, in the next one. They are
        # the smaller half, so that short sentences before a long one do not make a window each.
        own_end, after = end, 0
        while end < total and (after := after + sentence_pieces[own_end - 1]) <= context and 2 * after < new:
            own_end -= 1
        found.append((first, end, own, own_end))
        own = own_end
    return found
