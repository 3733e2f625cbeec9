"""Sentences: where one ends and the next begins.

What comes in is a text; what goes out is a list of character ranges that tile it. First the text falls into blocks
(paragraphs, headlines, list items), which needs a decision on every line break: in a text wrapped at a fixed width a
line break is a space. Then every stop inside a block is judged by what stands before it (an abbreviation, an initial,
a list number) and after it (a small letter, a closing quotation mark, the words that report who spoke).
At last a sentence too long for the model is cut at a clause mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.annotate.abbreviations import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    CLOCK,
    MAY_END,
    MONTHS,
    STARTERS,
    TITLES,
    WEEKDAYS,
)
from truceline.annotate.lines import split_blocks
from truceline.annotate.words import split_words

LONGEST_SENTENCE = 400  # words; the parser's cost grows with the square of a sentence's length

_EVENT = re.compile(r"""(?P<stop>[.!?…‽؟۔।॥。！？｡．]+)|(?P<quote>")|(?P<opening>[(\[])|(?P<closing>[)\]])""")
_CLOSERS = re.compile(r"""(?:['"”’»›)\]}」』）]|\s?\[(?:\d{1,3}(?:[,–-]\d{1,3}){0,5}|…|\.{3})\](?!\w)){0,12}""")
_SPACED_CLOSER = re.compile(r"\s?[”»›」』)\]](?=\s|\Z)")
_SPACED_STRAIGHT = re.compile(r'\s"(?=\s|\Z)')
_SPACE = re.compile(r"\s*+")
_OPENERS = re.compile(r"""["'“„‘«‹(\[{¿¡*_–—•\s-]{0,8}""")
_WORD = re.compile(r"[\w’'&-]{1,40}")
_TOKEN = re.compile(r"[^\s\"“”„‘«»()\[\]/–—-]{1,24}\Z")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxIVX]{1,5})\Z")
_ROMAN = re.compile(r"[IVXLC]{1,6}\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]\Z")
_NAME_IN_SMALL = re.compile(r"(?:al|el|an|ar|as|ash|ad|at)-[A-Z]|[a-z][A-Z]")
_GLUED = re.compile(r"[A-Z](?:[a-z’']|\s|,)")
_ADDRESS_ENDING = re.compile(r"(?:Com|Org|Net|Gov|Edu|Io|Js)\b")
_ZONE = re.compile(r"(?:[A-Z]{1,2}[DS]?T|GMT|UTC|CES?T|AES?T|MSK|EAT|WAT|SAST|[A-Z]\w+(?:\s[A-Z]\w+)?\stime)\b")
_WHOLE_CASELESS = frozenset("؟۔।॥。！？｡．")

# `"Where is it?" Haddad asked on Monday.` is one sentence; `"Where is it?" Haddad said he did not know.` is two.
_REPORTING = re.compile(
    r"""[A-Z][\w.’'-]{0,30}(?:\s[\w.’'-]{1,30}){0,3}?\s
    (?:said|says|asked|asks|told|replied|answered|added|wrote|writes|shouted|cried|warned|declared|exclaimed|demanded|
       wondered|continued|insisted|tweeted|posted|concluded|began)
    (?:[.,;:]|\s(?:on|in|at|after|before|during|as|when|to|by|from|with|him|her|them|me|us|reporters|journalists|
       the\s\w+|an?\s\w+|\w+day)\b)""",
    re.VERBOSE,
)


@dataclass(slots=True)
class _Block:
    """A stretch without paragraph breaks, and what is open at the point reached in it."""

    start: int  # of the sentence under way
    end: int
    quoted: bool = False  # inside straight quotation marks
    bracket: int | None = None  # where the outermost open bracket stands
    depth: int = 0


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Half-open ranges (code points) of the sentences; they tile the text: no gap, no overlap, nothing left over.

    White space after a sentence belongs to it, white space before the first to the first. An empty text has none, a
    text of white space one. A sentence has at most `LONGEST_SENTENCE` words as `split_words` counts them. Any string is
    accepted; time grows with its length only.
    """
    sentences: list[tuple[int, int]] = []
    for start, end in split_blocks(text):
        for cut in _ends(text, start, end):
            sentences.extend(_bounded(text, start, cut))
            start = cut
    return sentences


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where each sentence of the block `text[start:end]` ends, white space included; the last is the block's end."""
    block = _Block(start, end)
    for event in _EVENT.finditer(text, start, end):
        if event.lastgroup == "stop":
            cut = _cut_after(text, event.start(), event.end(), block)
            if cut is not None and block.start < cut < end and text[block.start : cut].strip():
                yield cut
                block.start = cut
        elif event.lastgroup == "quote":
            block.quoted = not block.quoted
        elif event.lastgroup == "opening":
            block.depth += 1
            if block.depth == 1:
                block.bracket = event.start()
        elif block.depth:
            block.depth -= 1
    yield end


def _cut_after(text: str, stop: int, after: int, block: _Block) -> int | None:
    """Where the next sentence begins if the stop `text[stop:after]` ends one, else None."""
    closed = _closers_end(text, after, block)
    following = _space_end(text, closed, block.end)
    if following >= block.end:
        return block.end
    sign = text[after - 1]
    if following == closed:
        return closed if sign in _WHOLE_CASELESS or _glued(text, stop, after, closed, block) else None
    if text[following] in ".!?…" or _in_brackets(text, stop, closed, block):
        return None
    first = _opening_end(text, following, block.end)
    if sign in "!?‽" or sign in _WHOLE_CASELESS:
        ends = _ends_after_mark(text, stop, after, closed, following, first)
    elif after - stop > 1 or sign == "…" or text[max(block.start, stop - 2) : stop] == ". ":
        ends = _ends_after_ellipsis(text, stop, first, block)
    else:
        ends = _ends_after_stop(text, stop, following if closed == after else -1, first, block)
    return following if ends else None


def _closers_end(text: str, after: int, block: _Block) -> int:
    """The end of the closing marks that follow a stop."""
    closers = _CLOSERS.match(text, after, block.end)
    end = closers.end() if closers else after
    # A straight mark before a letter opens, unless a quotation is open: `He left."We stay," she said.`
    while end > after and text[end - 1] in "\"'" and end < block.end and text[end].isalnum():
        if text[end - 1] == '"' and block.quoted:
            break
        end -= 1
    spaced = _SPACED_CLOSER.match(text, end, block.end)
    if spaced is None and block.quoted and '"' not in text[after:end]:
        spaced = _SPACED_STRAIGHT.match(text, end, block.end)
    return spaced.end() if spaced else end


def _space_end(text: str, at: int, end: int) -> int:
    space = _SPACE.match(text, at, end)
    return space.end() if space else at


def _opening_end(text: str, at: int, end: int) -> int:
    """Past the quotation marks, brackets, dashes and bullets with which the next sentence may open."""
    opening = _OPENERS.match(text, at, end)
    return opening.end() if opening and opening.end() < end else at


def _word_at(text: str, at: int) -> str:
    word = _WORD.match(text, at)
    return word[0] if word else ""


def _glued(text: str, stop: int, after: int, closed: int, block: _Block) -> bool:
    """Whether a sentence begins right after the stop, the space forgotten: "ended.The army", "over.”The"."""
    before = text[max(block.start, stop - 3) : stop]
    if len(before) < 2 or not before[-2:].isalpha() or not before[-2:].islower():
        return False
    first = text[closed]
    if first in "“„«‘" or (first == '"' and not block.quoted):
        return closed + 1 < block.end and text[closed + 1].isupper()
    if not _GLUED.match(text, closed, block.end) or (closed == after and not before.islower()):
        return False
    if _ADDRESS_ENDING.match(text, closed):
        return False
    # Nothing of an address or a path may stand in the same run of characters.
    left = text[max(block.start, stop - 60) : stop].split()[-1]
    right = text[closed : closed + 60].split()[0]
    return not any(mark in left or mark in right for mark in ("@", "://", "www.", "/", "_", "\\", "="))


def _in_brackets(text: str, stop: int, closed: int, block: _Block) -> bool:
    """Whether the stop stands in brackets that opened inside the sentence and close after it."""
    if not block.depth or block.bracket is None:
        return False
    opening = block.bracket
    if any(mark in ")]" for mark in text[stop:closed]):
        return stop - opening <= 4 and not text[opening + 1 : stop].strip(".!?… ")  # "(!)", "[...]"
    if opening - block.start <= 8 and not text[block.start : opening].strip("\"'“‘« \n\t"):
        return False  # whole sentences in brackets
    return text.find(")" if text[opening] == "(" else "]", stop, min(stop + 300, block.end)) != -1


def _ends_after_mark(text: str, stop: int, after: int, closed: int, following: int, first: int) -> bool:
    """Whether a question or exclamation mark ends the sentence."""
    quoted = any(mark in "\"”’»›'" for mark in text[after:closed])
    if text[first].islower() and not _NAME_IN_SMALL.match(text, first):
        if quoted or closed > after or first > following:
            return False
        token = _TOKEN.search(text[max(0, stop - 24) : stop])
        return not (text[stop:after] == "!" and token is not None and token[0][0].isupper())  # "Yahoo! said"
    return not (quoted and _REPORTING.match(text, following))


def _ends_after_ellipsis(text: str, stop: int, first: int, block: _Block) -> bool:
    """Whether "..." or "…" ends the sentence: when it hangs on a word and a capital follows."""
    if not text[first].isalpha() or text[first].islower():
        return False
    if stop > block.start and text[stop - 1].isspace():
        return _word_at(text, first) in STARTERS
    return True


def _ends_after_stop(text: str, stop: int, following: int, first: int, block: _Block) -> bool:
    """Whether a full stop ends the sentence, by the word before it and the one after."""
    begin = text[first]
    if begin in ",;:%&=+/<>|~^`":
        return False
    if begin.islower() and not _NAME_IN_SMALL.match(text, first):
        return first == following and _ends_before_small(text, stop, first, block)
    if stop - block.start <= 12 and _LIST_NUMBER.match(text[block.start : stop]):
        return False
    token = _TOKEN.search(text[max(block.start, stop - 24) : stop])
    return token is None or _ends_after_word(token[0].lstrip("'’."), text, stop, first)


def _ends_before_small(text: str, stop: int, first: int, block: _Block) -> bool:
    """Whether a stop ends the sentence though a small letter follows: after an ordinary long word, in hasty writing."""
    if _word_at(text, first) in {"i", "i'm", "i’m", "i've", "i’ve"}:
        return True
    token = _TOKEN.search(text[max(block.start, stop - 24) : stop])
    if token is None or len(token[0]) < 4 or not token[0].isalpha() or not token[0].islower():
        return False
    return token[0] not in ABBREVIATIONS and token[0].capitalize() not in ABBREVIATIONS


def _ends_after_word(word: str, text: str, stop: int, first: int) -> bool:
    """Whether the stop after `word` ends the sentence, a capital, a digit or a letter without case following."""
    following = _word_at(text, first)
    number = following[:1].isdigit()
    word = word.capitalize() if word.isupper() and len(word) > 1 else word  # a headline: "GEN."
    starts = following in STARTERS or following.split("'")[0].split("’")[0] in STARTERS
    if word.lower() in {"e.g", "i.e", "p.s"}:
        return False
    if word.lower() in CLOCK:
        return not (following in _DAYS_AND_MONTHS or _ZONE.match(text, first))
    if _ACRONYM.match(word) or (len(word) == 1 and word.isalpha() and word.isupper()):
        return starts
    if word in TITLES:
        at_end = word in {"St", "Ft", "Mt"} or (word == "al" and text[max(0, stop - 6) : stop].endswith("et al"))
        return starts and at_end
    if word in BEFORE_NUMBERS:
        return not (number or _ROMAN.match(following))
    if word in MONTHS or word in WEEKDAYS:
        return not (number or (word in WEEKDAYS and following[:3] in MONTHS))
    if word in MAY_END:
        return starts or (number and text[first - 1] != "(")
    return True


_DAYS_AND_MONTHS = (
    frozenset(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December".split()
    )
    | MONTHS
    | WEEKDAYS
)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or its pieces where it has more words than the model takes."""
    if end - start <= LONGEST_SENTENCE:
        yield start, end
        return
    words = split_words(text, start, end)
    at = 0
    while len(words) - at > LONGEST_SENTENCE:
        last = at + LONGEST_SENTENCE  # the first word that cannot stay
        near = range(last, last - LONGEST_SENTENCE // 4, -1)
        cut = next((i for i in near if text[words[i - 1][0]] in ";:"), None)
        cut = cut or next((i for i in near if text[words[i - 1][0]] in ",،、，؛–—"), None)
        cut = cut or next((i for i in near if words[i - 1][1] < words[i][0]), last)
        yield start, words[cut][0]
        start, at = words[cut][0], cut
    yield start, end
