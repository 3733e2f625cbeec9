"""The place of something told in a report: the name of a place that modifies its word. GUIDE §4 and §7.

"Met in Rome" and "the Rome meeting" are in Rome; "met the minister from Rome" is not. Where the sentence leaves it
open, no place is given.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from truceline.extract.clauses import Clauses
from truceline.extract.shown_by import is_verbal
from truceline.lexicon import entries
from truceline.lexicon.gazetteer import folded, gazetteer
from truceline.records import Place, Span

Range = tuple[int, int]
_BEFORE = frozenset({"compound", "nmod:poss", "amod", "nmod", "nmod:unmarked", "flat", "nummod"})

Names = dict[int, tuple[Place, Range]]  # for each word of a place's name, the place and the words of the name


def place_of(clauses: Clauses, places: Sequence[Place], word: int) -> str | None:
    """The id of the place where what `word` tells happens; None where its sentence names none for it.

    `word` is the index of a predicate or of a noun for an event; `places` are the report's.
    """
    names = _names_around(clauses, places, word)
    found = _place_at(clauses, names, word) if names else None
    return found[0].id if found is not None else None


def place_of_mentions(clauses: Clauses, places: Sequence[Place], mentions: Sequence[Range]) -> str | None:
    """The id of the place that a proposal is about: the first that its mentions name or that modifies one of them.

    `mentions` are runs of words (half-open). Names in the mentions themselves come before what stands around them.
    """
    found = _of_mentions(clauses, places, mentions)
    return found[0].id if found is not None else None


def place_words(clauses: Clauses, places: Sequence[Place], mentions: Sequence[Range]) -> Span | None:
    """The words for the place that a proposal is about, where they stand in or beside its mentions."""
    found = _of_mentions(clauses, places, mentions)
    if found is None:
        return None
    a = clauses.annotation
    return a.report.span(*a.characters(*found[1]))


def _of_mentions(clauses: Clauses, places: Sequence[Place], mentions: Sequence[Range]) -> tuple[Place, Range] | None:
    spans = [(first, end, clauses.governor(first, end)) for first, end in mentions]
    names = [_names_around(clauses, places, head) for _, _, head in spans]
    pairs = [(mention, known) for mention, known in zip(spans, names, strict=True) if known]
    inside = next((found for mention, known in pairs if (found := _inside(clauses, known, mention))), None)
    return inside or next((found for mention, known in pairs if (found := _place_at(clauses, known, mention[2]))), None)


def _names_around(clauses: Clauses, places: Sequence[Place], word: int) -> Names:
    """The names of the report's places wherever they stand in the sentence of a word, longer names first."""
    a = clauses.annotation
    sentence = a.sentences[bisect_right(a.sentences, (word, len(a.forms))) - 1]
    start, end = a.characters(*sentence)
    text = a.report.text[start:end]
    names: Names = {}
    for place in sorted(places, key=lambda place: -len(place.text.quote)):
        if place.text.quote not in text:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(place.text.quote)}(?!\w)", text):
            words = clauses.words(start + match.start(), start + match.end())
            for at in range(*words):
                names.setdefault(at, (place, words))
    return names


def _place_at(clauses: Clauses, names: Names, word: int) -> tuple[Place, Range] | None:
    """The place that modifies a word; else the one of what it takes place in, "held talks in Rome"."""
    for route in _routes(clauses, word):
        found = [name for child in clauses.children[route] if (name := _named(clauses, names, route, child))]
        if found:
            return min(found, key=lambda name: (name[1][0] < word, abs(name[1][0] - word)))
    return None


def _routes(clauses: Clauses, word: int) -> Iterator[int]:
    """The words whose modifiers place `word`, the surest first."""
    a = clauses.annotation
    words = entries("happenings")
    yield word
    if is_verbal(clauses, word):
        for noun in clauses.with_relation(word, "obj", "nsubj:pass"):
            # "held talks in Rome": the tree hangs the place on the noun
            if noun > word and (_of(a.lemmas[word], "light") or _of(a.lemmas[noun], "occasion")):
                yield noun
        for noun in clauses.with_relation(word, "obl"):
            if _of(a.lemmas[noun], "occasion") and clauses.case(noun) in words["during"]:
                yield noun
        if _of(a.lemmas[word], "introducing"):
            yield from clauses.with_relation(word, "xcomp")
        above = clauses.head(word)
        if above >= 0 and a.deprels[word] == "xcomp" and _of(a.lemmas[above], "introducing"):
            yield above
        return
    for participle in clauses.with_relation(word, "acl"):
        if a.deprels[participle] == "acl":
            yield participle
            yield from clauses.with_relation(participle, "xcomp")
    above, relation = clauses.head(word), a.deprels[word]
    if above >= 0 and relation.startswith("nmod") and _of(a.lemmas[above], "holding"):
        yield above
        word, above, relation = above, clauses.head(above), a.deprels[above]
    if above >= 0 and is_verbal(clauses, above):
        light = _of(a.lemmas[above], "light") or _of(a.lemmas[above], "introducing")
        occasion = relation.startswith("obl") and clauses.case(word) in words["during"]
        if occasion or (light and relation.startswith(("nsubj", "obj"))):
            yield above
            if _of(a.lemmas[above], "introducing"):
                yield from clauses.with_relation(above, "xcomp")


def _of(lemma: str, group: str) -> bool:
    return lemma.lower() in entries("happenings")[group]


def _named(clauses: Clauses, names: Names, word: int, child: int) -> tuple[Place, Range] | None:
    """The place that a modifier of `word` names, if the modifier says where."""
    a = clauses.annotation
    relation = a.deprels[child]
    if relation.startswith(("obl", "nmod", "advcl")) and clauses.case(child):
        return _innermost(clauses, names, child) if _says_where(clauses, word, child) else None
    if child < word and relation in _BEFORE and a.upos[word] in ("NOUN", "PROPN") and child in names:
        where = _of(a.lemmas[word], "occasion") or _of(a.lemmas[word], "befalling")
        return names[child] if where and not _is_country(names[child][0]) else None  # "the Rome meeting"
    if not _of(a.lemmas[word], "befalling") or not is_verbal(clauses, word):
        return None
    fallen = a.lemmas[word].lower() == "fall" or clauses.passive(word)
    if relation == "obj" or (relation.startswith("nsubj") and fallen):
        return _innermost(clauses, names, child)
    return None


def _says_where(clauses: Clauses, word: int, child: int) -> bool:
    """Whether the preposition of `child` says where `word` is told to happen."""
    a = clauses.annotation
    words = entries("happenings")
    lemma, case = a.lemmas[word], clauses.case(child)
    at = next(c for c in clauses.with_relation(child, "case"))
    if clauses.timed[child] or (at > 0 and a.forms[at - 1].lower() in ("as", "like", "unlike")):
        return False  # "as in the valley" compares
    if case in words["at_a_place"]:
        return True
    if case in words["toward_a_place"] and _of(lemma, "befalling"):
        return True
    return case in words["out_of_a_place"] and _of(lemma, "leaving")


def _is_country(place: Place) -> bool:
    return place.country is not None and folded(place.name) == folded(gazetteer().countries[place.country].name)


def _innermost(clauses: Clauses, names: Names, noun: int) -> tuple[Place, Range] | None:
    """The name in a phrase for a place: "Rome", "the town of Rome", "Italy's capital, Rome"."""
    a = clauses.annotation
    if noun in names:
        return names[noun]
    part = _of(a.lemmas[noun], "part_of_place")
    for relations in (("appos", "flat", "compound"), ("nmod", "conj")) if part else (("appos", "flat", "compound"),):
        for child in clauses.with_relation(noun, *relations):
            if a.deprels[child] == "nmod:poss":
                continue
            if child in names:
                return names[child]
            if clauses.case(child) in ("of", "in") and (found := _innermost(clauses, names, child)):
                return found
    owners = [child for child in clauses.with_relation(noun, "nmod:poss") if child in names]
    return names[owners[0]] if part and owners else None


def _inside(clauses: Clauses, names: Names, mention: tuple[int, int, int]) -> tuple[Place, Range] | None:
    """The place that a mention itself names, the one nearest to its head in the tree."""
    first, end, head = mention
    level = [head]
    while level:
        below = []
        for word in level:
            for child in clauses.children[word]:
                if not first <= child < end:
                    continue
                if found := _named(clauses, names, word, child):
                    return found
                if clauses.annotation.deprels[child] != "acl:relcl":
                    below.append(child)
        level = below
    return None
