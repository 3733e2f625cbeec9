"""The words of a time expression, each with what the lexicon says it is: a weekday, a unit, a number, a clock time.

Only the expression's own characters are looked at; its context comes later.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from truceline.lexicon import entries

_PIECES = re.compile(
    r"""
      (?P<date>\d{4}-\d{2}-\d{2}(?!\d) | \d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d) | \d{1,2}-\d{1,2}-\d{4}(?!\d))
    | (?P<yearmonth>\d{4}-(?:0[1-9]|1[0-2])(?![\d-]))(?=\s|$)
    | (?P<clock>\d{1,2}(?::\d{2}(?::\d{2})?|\.\d{2}(?=\s*[ap]\.?m))(?!\d))
    | (?P<decade>['’]?\d{1,3}0['’]?s(?!\w))
    | (?P<short>['’]\d{2}(?!\w))
    | (?P<ordinal>\d{1,4}(?:st|nd|rd|th)(?!\w))
    | (?P<fraction>(?:\d{1,3}[ -])?\d/\d(?![\d/]) | \d{0,3}[½¼¾])
    | (?P<number>\d{1,3}(?:,\d{3})+(?!\d) | \d{1,9}(?:\.\d{1,3})?)
    | (?P<meridiem>[ap]\.m\.? | [ap]m(?!\w))
    | (?P<era>b\.c\.?(?:e\.?)? | a\.d\.?)
    | (?P<possessive>'s(?!\w))
    | (?P<word>[^\W\d_]+(?:['’](?!s(?!\w))[^\W\d_]+)*)
    | (?P<mark>[-–—/,])
    """,
    re.VERBOSE,
)
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its kind (a key of the lexicon, or `date`, `clock`, `mark` and so on), its worth, its characters."""

    kind: str
    worth: str
    form: str


@cache
def _known() -> dict[str, tuple[str, str]]:
    keyed = [(key.split(), words) for key, words in entries("times").items()]
    return {word: (kind, worth) for (kind, worth), words in keyed for word in words}


@cache
def _named() -> list[tuple[str, str]]:
    """Names of days, the longest first."""
    names = [(word, worth) for word, (kind, worth) in _known().items() if kind == "named"]
    return sorted(names, key=lambda name: -len(name[0]))


def time_words(text: str) -> list[Word]:
    """The words of an expression in order, in lower case; what is neither word, number nor dash is left out."""
    text = " ".join(text.lower().replace("’", "'").split())
    words: list[Word] = []
    at = 0
    for name, worth in _named():
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if found:
            words.append(Word("named", worth, name))
            text = text[: found.start()] + " " + text[found.end() :]
            break
    while found := _PIECES.search(text, at):
        at = found.end()
        if found.lastgroup not in (None, "possessive"):
            words.append(_word(found.lastgroup, found[0]))
    return words


@lru_cache(maxsize=1 << 16)
def kind_of(form: str) -> str:
    """The kind of a single word in lower case, stop or no stop: `weekday`, `unit`, `number`, `date`; else `other`."""
    words = time_words(form)
    return words[0].kind if len(words) == 1 else "other"


def _word(kind: str, form: str) -> Word:
    if kind == "word":
        return Word(*_known().get(form, ("other", "")), form)
    if kind == "ordinal":
        return Word(kind, form[:-2], form)
    if kind == "decade":
        return Word(kind, form.strip("'s").replace("'", ""), form)
    if kind == "number":
        return Word(kind, form.replace(",", ""), form)
    if kind == "fraction":
        return Word("number", str(_fraction(form)), form)
    if kind == "meridiem":
        return Word(kind, "12" if form[0] == "p" else "0", form)
    if kind == "clock":
        return Word(kind, form.replace(".", ":"), form)
    return Word(kind, form, form)


def _fraction(form: str) -> float:
    if form[-1] in _HALVES:
        return float(form[:-1] or 0) + _HALVES[form[-1]]
    whole, _, part = form.replace("-", " ").rpartition(" ")
    over, under = part.split("/")
    return float(whole or 0) + (int(over) / int(under) if int(under) else 0)
