"""Offices: the role of a person as the report words it, "Foreign Minister" of "Kenyan Foreign Minister". GUIDE §2."""

from truceline.annotate import Annotation
from truceline.extract.drafts import Range
from truceline.extract.mention import Mention
from truceline.extract.report_names import ReportNames
from truceline.lexicon import entries

_NOUNS = frozenset({"NOUN", "PROPN"})
_BETWEEN = _NOUNS | {"ADJ", "DET"}
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SERVING = frozenset({"for", "at", "with", "from"})


def office(a: Annotation, names: ReportNames, mention: Mention) -> Range | None:
    """The office before the name or in the description, without article, number, side and "Mr"; None if there is none.

    It ends where a clause about the person begins ("an official close to the talks").
    """
    first, end = mention.first, mention.name[0] if mention.name is not None else mention.end
    for word in range(first, min(end, mention.head)):
        if a.xpos[word] == "POS":  # behind the owner: "Okello's aide"
            first = word + 1
    while first < end:
        named = names.at(first)
        if named is not None and named.end < end:
            first = named.end
        elif a.upos[first] in ("DET", "NUM", "PUNCT", "PART") or a.xpos[first] == "PRP$":
            first += 1
        else:
            break
    end = _before_clause(a, max(first, mention.head if mention.name is None else first), end)
    while end > first and a.upos[end - 1] in ("ADP", "PART", "PUNCT", "SCONJ"):
        end -= 1
    words = entries("descriptions")
    last = next((w for w in range(first + 1, end) if a.upos[w] == "ADP"), end) - 1
    if last < first or a.lemmas[last].lower() in words["no_office"]:
        return None
    nouns = [a.forms[i].lower().rstrip(".") for i in range(first, end) if a.upos[i] in _NOUNS]
    return (first, end) if any(noun not in words["forms_of_address"] for noun in nouns) else None


def office_alone(a: Annotation, mention: Mention) -> Range | None:
    """The office without the side behind it: "spokesman" of "a spokesman for the Front", "president" of one of Kenya.

    "Head of the Institute" stays whole: "head" alone would say nothing.
    """
    if mention.role is None or mention.side is None:
        return mention.role
    first, end = mention.role
    for word in range(first + 1, end - 1):
        form, side = a.forms[word].lower(), mention.side
        if form == "of" and side.kind != "government":
            return mention.role
        serves = form in _SERVING or form == "of" or (form == "to" and side.kind == "person")
        between = range(word + 1, side.first) if word < side.first < end else None
        if between is None and side.kind == "government":  # "a spokesman for the government"
            noun = next((w for w in range(word + 1, end) if a.upos[w] in _NOUNS), word)
            named = noun > word + 1 and a.lemmas[noun].lower() in entries("descriptions")["government"]
            between = range(0) if named else None  # not "secretary of state"
        if serves and between is not None and all(a.upos[w] in _BETWEEN for w in between):
            return first, word
    return mention.role


def _before_clause(a: Annotation, noun: int, end: int) -> int:
    """Where the words about the office end: before a relative clause, a participle or an adjective behind the noun."""
    for word in range(noun + 1, end):
        behind = a.upos[word] == "ADJ" and a.upos[word - 1] in _NOUNS and int(a.heads[word]) < word
        verb = a.upos[word] in ("VERB", "AUX") and int(a.heads[word]) < word
        if verb or behind or a.forms[word].lower() in _RELATIVE:
            return word
    return end
