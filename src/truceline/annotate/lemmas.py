"""Lemmas: the dictionary form of a word, from its form and its part of speech.

What comes in is a word and its UPOS tag; what goes out is its lemma as the English treebanks of Universal Dependencies
write it: "met" → "meet", "'s" as AUX → "be" and as PART → "'s", "n't" → "not", "Americans" → "American".
Suffix rules and the words that break them stand in `lemmas.tsv`, which `training/lemmas.py` builds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

LONGEST_SUFFIX = 7  # letters that a rule looks at

_SMALL_ALWAYS = frozenset({"PRON", "AUX", "DET", "ADP", "SCONJ", "CCONJ", "PART", "INTJ", "ADV", "VERB", "X"})
_AS_WRITTEN = frozenset({"SYM", "PUNCT"})
_APOSTROPHES = str.maketrans("’‘`ʼ", "''''")
# An adjective in capitals that no table holds is taken for one of a country or people by these endings.
_DEMONYM = re.compile(r"[A-Z][a-z]{2,}(?:ian|ean|ese|[bdnqrt]i)\Z")
_GROUPED_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(slots=True)
class LemmaTable:
    """For one part of speech: suffix → (letters cut, letters added), and whole forms → lemma."""

    suffixes: dict[str, tuple[int, str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def edit(self, form: str) -> str:
        """The form with the rule of its longest known suffix applied; the form itself where none is known."""
        for size in range(min(LONGEST_SUFFIX, len(form) - 1), -1, -1):
            rule = self.suffixes.get(form[len(form) - size :])
            if rule is not None:
                cut, added = rule
                return form[: len(form) - cut] + added if cut < len(form) else form
        return form


@lru_cache(maxsize=1 << 17)
def lemma(form: str, upos: str) -> str:
    """The lemma of `form` used as part of speech `upos` (a UPOS tag such as "VERB"), never empty unless the form is.

    Conventions of the UD English Web Treebank: proper nouns and adjectives in names keep their capital, other words
    lose it; "10,000" gives "10000". An unknown tag gives the form itself. Pure and cached.
    """
    return lemma_from(form, upos, _tables())


def lemmas(words: Iterable[tuple[str, str]]) -> list[str]:
    """The lemmas of (form, UPOS) pairs, in order."""
    return [lemma(form, upos) for form, upos in words]


def small_form(form: str, upos: str) -> str:
    """The form as the table's keys write it: straight apostrophes, and small letters where the tag asks for them."""
    form = form.translate(_APOSTROPHES) if not form.isascii() or "`" in form else form
    if upos in _SMALL_ALWAYS or (upos == "NUM" and form.isalpha()):
        return form.lower()
    if upos == "PROPN":
        if form.islower() and form.isalpha():
            return form.capitalize()
        return form.capitalize() if len(form) > 4 and form.isupper() and form.isalpha() else form
    if upos == "ADJ" and _DEMONYM.match(form):
        return form
    if form.isupper() and len(form) > 5 and form.isalpha():
        return form.lower()
    if form.istitle() or (form.isupper() and len(form) == 1):
        return form.lower()
    return form


def lemma_from(form: str, upos: str, tables: dict[str, LemmaTable]) -> str:
    """The lemma that the given tables yield; `lemma` asks the shipped ones."""
    table = tables.get(upos)
    if table is None:
        return form
    known = table.words.get(form)
    if known is not None:
        return known
    if upos in _AS_WRITTEN:
        return form
    small = small_form(form, upos)
    known = table.words.get(small)
    if known is not None:
        return known
    if upos == "NUM" and _GROUPED_NUMBER.fullmatch(form):
        return form.replace(",", "")
    if upos in {"X", "NUM"}:
        return small
    return table.edit(small)


@cache
def _tables() -> dict[str, LemmaTable]:
    return read_tables(resources.files("truceline.annotate").joinpath("lemmas.tsv").read_text(encoding="utf-8"))


def read_tables(source: str) -> dict[str, LemmaTable]:
    """The tables in the text of `lemmas.tsv`, by part of speech.

    Each line holds a kind ("rule" or "word"), a tag, the number of letters cut, the letters added, and the suffixes
    or forms to which that applies, parted by spaces. Lines that begin with "#" are comments.
    """
    tables: dict[str, LemmaTable] = {}
    for line in source.splitlines():
        if line.startswith("# ") or not line:
            continue
        kind, upos, cut_text, added, forms = line.split("\t")
        table = tables.setdefault(upos, LemmaTable())
        cut = int(cut_text)
        if kind == "rule":
            table.suffixes.update((form.removeprefix("-"), (cut, added)) for form in forms.split(" "))
        elif cut:
            table.words.update((form, form[:-cut] + added) for form in forms.split(" "))
        else:
            table.words.update((form, form + added) for form in forms.split(" "))
    return tables
