"""Texts as words to search by: in come text and queries, out go folded words, match expressions and snippets.

Both databases get the same words from here, so that a search finds the same in both: letters and digits, in lower
case, without accents; everything else parts words. A change of `folded_words` needs a migration
that makes the index anew.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Letters and digits, with the accents that some texts write as characters of their own.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_QUERY_PART = re.compile(r'"([^"]*)"?|(\S+)')
LONGEST = 200
# PostgreSQL's tsvector holds at most a megabyte, 256 places of a word, and places up to 16383.
_VECTOR_BYTES, _PLACES, _LAST_PLACE = 900_000, 255, 16_383
SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; of the last only the beginning where `open_ended`."""

    words: tuple[str, ...]
    open_ended: bool


def folded_words(text: str) -> list[str]:
    """The words of the text as the index has them, in order."""
    words = [word.lower() if word.isascii() else _folded(word) for word in _WORD.findall(text)]
    return [word[:LONGEST] for word in words if word]


def phrases(query: str) -> list[Phrase]:
    """What must all occur: words, "words in quotation marks" in their order, and beginnings with a star behind."""
    found = []
    for match in _QUERY_PART.finditer(query.replace("“", '"').replace("”", '"')):
        part = match[1] if match[1] is not None else match[2]
        words = folded_words(part)
        if words:
            found.append(Phrase(tuple(words), part.endswith("*")))
    return found


def for_fts5(query: Sequence[Phrase]) -> str:
    """The match expression of SQLite's FTS5."""
    return " AND ".join(f'"{" ".join(phrase.words)}"{" *" if phrase.open_ended else ""}' for phrase in query)


def for_tsquery(query: Sequence[Phrase]) -> str:
    """The tsquery of PostgreSQL; words are letters and digits only and need no escaping."""
    ands = []
    for phrase in query:
        words = [f"'{word}'" for word in phrase.words]
        ands.append("(" + " <-> ".join(words) + (":*" if phrase.open_ended else "") + ")")
    return " & ".join(ands)


def as_tsvector(words: Sequence[str]) -> str:
    """The tsvector of PostgreSQL; a text of more different words than that holds is found by its first part."""
    places: dict[str, list[str]] = {}
    size = 0
    for place, word in enumerate(words, 1):
        known = places.get(word)
        size += 2 if known else 12 + len(word.encode("utf-8"))
        if size > _VECTOR_BYTES:
            break
        if known is None:
            places[word] = [str(min(place, _LAST_PLACE))]
        elif len(known) < _PLACES and place <= _LAST_PLACE:
            known.append(str(place))
    return " ".join(f"'{word}':{','.join(numbers)}" for word, numbers in places.items())


def matches(text: str, query: Sequence[Phrase]) -> list[tuple[int, int, int]]:
    """Where phrases of the query stand in the text: start, end, and which phrase, in the order of the text."""
    placed = list(_placed_words(text))
    words = [word for word, _, _ in placed]
    found = []
    for number, phrase in enumerate(query):
        behind = len(phrase.words) - 1
        begin = phrase.words[0]
        for first, word in enumerate(words[: len(words) - behind]):
            if word.startswith(begin) and _stands(phrase, words[first : first + behind + 1]):
                found.append((placed[first][1], placed[first + behind][2], number))
    return sorted(found)


def snippet(text: str, places: Sequence[tuple[int, int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The piece of the text, about 160 characters, with most of the phrases, and where in it they stand.

    White space is one blank each; `…` stands where the text goes on.
    """
    start = _best_start(places)
    begin = max(0, start - SNIPPET // 4)
    end = min(len(text), begin + SNIPPET)
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    if end < len(text):
        blank = text.rfind(" ", start, end)
        reach = max([stop for first, stop, _ in places if first == start], default=start)
        end = blank if blank >= reach else max(end, reach)
    # Blanks are made one by one, so that the marks stay where they are.
    piece = re.sub(r"\s", " ", text[begin:end])
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(head) - begin
    marks = [(first + shift, stop + shift) for first, stop, _ in places if begin <= first and stop <= end]
    return head + piece + tail, tuple(dict.fromkeys(marks))


def _placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        word = match[0].lower() if match[0].isascii() else _folded(match[0])
        if word:
            yield word[:LONGEST], match.start(), match.end()


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _stands(phrase: Phrase, words: list[str]) -> bool:
    if not phrase.open_ended:
        return tuple(words) == phrase.words
    return tuple(words[:-1]) == phrase.words[:-1] and words[-1].startswith(phrase.words[-1])


def _best_start(places: Sequence[tuple[int, int, int]]) -> int:
    """Where the window begins that has the most different phrases; the first of equals."""
    best, most = 0, 0
    for first, _, _ in places:
        inside = len({number for start, _, number in places if first <= start <= first + SNIPPET // 2})
        if inside > most:
            best, most = first, inside
    return best
