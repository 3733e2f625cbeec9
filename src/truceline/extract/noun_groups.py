"""Noun groups by parts of speech alone: in a short stretch that must be read surely, one wrong arc costs too much."""

from truceline.extract.clauses import Clauses
from truceline.extract.drafts import Range
from truceline.lexicon import entries

_BEFORE = frozenset({"DET", "ADJ", "NUM", "ADV"})
_NOUNS = frozenset({"NOUN", "PROPN", "SYM", "X"})
_NOMINATIVE = frozenset({"i", "he", "she", "we", "they", "who", "there", "what", "which", "that", "this"})


def noun_group(at: int, end: int, clauses: Clauses) -> Range:
    """The noun group that begins at word `at` and ends by `end`, with what "of" and "and" add; empty if there is none.

    Dates are no part of it ("told the Council Wednesday"), nor a pronoun that can only be a subject ("warned they …").
    """
    stop = _simple(at, end, clauses)
    while at < stop < end - 1:
        form, tag = clauses.annotation.forms[stop].lower(), clauses.annotation.upos[stop]
        possessive = form in ("'s", "’s", "'", "’") and tag in ("PART", "PUNCT")
        if not (form in ("of", "for") or tag == "CCONJ" or possessive):
            break
        if form == "for" and clauses.annotation.upos[stop + 1] != "PROPN":
            break
        further = _simple(stop + 1, end, clauses)
        if further <= stop + 1:
            break
        stop = further
    return at, stop


def head_noun(group: Range, clauses: Clauses) -> int:
    """The last noun or pronoun of a group's first part: of "the leaders of both sides", "leaders"."""
    a = clauses.annotation
    last = group[0]
    for word in range(*group):
        if a.forms[word].lower() in ("of", "for") or a.upos[word] == "CCONJ":
            break
        if a.upos[word] in _NOUNS or a.upos[word] == "PRON":
            last = word
    return last


def can_speak(noun: int, clauses: Clauses) -> bool:
    """Whether a noun stands for people or a body that speaks and is spoken to: a name, a pronoun, "officials"."""
    a = clauses.annotation
    if a.upos[noun] == "PRON":
        return a.lemmas[noun].lower() not in ("this", "that", "what", "which", "there")
    return a.upos[noun] == "PROPN" or a.lemmas[noun].lower() in entries("cues")["speaking"]


def _simple(at: int, end: int, clauses: Clauses) -> int:
    """The end of the run of determiners, adjectives and nouns from `at`; `at` if it holds no noun."""
    a = clauses.annotation
    noun = at
    word = at
    while word < end and not clauses.timed[word]:
        tag, form = a.upos[word], a.forms[word].lower()
        if tag == "PRON":
            possessive = a.xpos[word] == "PRP$" or a.deprels[word] == "nmod:poss"
            if noun > at or (not possessive and form in _NOMINATIVE):
                break
            if not possessive:
                return word + 1
        elif tag in _NOUNS:
            noun = word + 1
        elif form in ("-", "'s", "’s") and noun == word and word + 1 < end and a.upos[word + 1] in (_NOUNS | _BEFORE):
            pass  # "al-Assad", "the country's leaders"
        elif tag not in _BEFORE or (noun > at and (tag in ("DET", "ADV") or (noun == word and tag == "ADJ"))):
            break
        word += 1
    return noun
