"""Places: every named place that the report uses as a place, once per name. GUIDE §8 and §10.

The encoder tags names of places; the grammar around a country or a capital tells whether the name stands for its
government, and then it is an actor and no place. What a name means is decided in `namesakes`; a name that is nowhere
in the gazetteer keeps its words, with no coordinates.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from truceline.annotate import Annotation, Tagged
from truceline.extract.namesakes import candidates_of, resolved
from truceline.lexicon import entries
from truceline.lexicon.gazetteer import Feature, folded, gazetteer
from truceline.records import Place

# States that the gazetteer knows, and to which they belonged in reports from before the day of their independence.
BORN = {"SSD": ("2011-07-09", "SDN"), "XKX": ("2008-02-17", "SRB"), "TLS": ("2002-05-20", "IDN")}

# How sure the model must be of a name that no gazetteer holds, where its words call it a place, and where they do not.
SURE_UNKNOWN, SURE_BARE = 0.6, 0.9
SURE_OTHER = 0.8  # so sure it must be that a name of our tables is an organisation

# Kinds of places whose names stand for governments; of towns only the capitals do.
GOVERNING = frozenset({"country", "continent", "state"})
POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place: words `first` to `end`, characters `start` to `stop`; `probability` is the model's."""

    first: int
    end: int
    start: int
    stop: int
    probability: float


def places(annotation: Annotation) -> list[Place]:
    """The places of a report in the order of their first mention as a place; ids `l1`, `l2` …

    `name` is the gazetteer's, or the report's where the gazetteer has none; country and coordinates are None where
    unknown or where several states share or dispute the place.
    """
    names = place_names(annotation)
    found = located(annotation, names)
    report = annotation.report
    listed: dict[str, Place] = {}
    for name, feature in zip(names, found, strict=True):
        words = report.text[name.start : name.stop]
        key = folded(words)
        if key in listed or not is_used_as_place(annotation, name, feature):
            continue
        span = report.span(name.start, name.stop)
        number = f"l{len(listed) + 1}"
        if feature is None:
            listed[key] = Place(number, span, words, None, None, None, None)
            continue
        country = _country_then(feature.country, report.published)
        nameless = feature.geonames is None and feature.kind == ""
        latitude, longitude = (None, None) if nameless else (feature.latitude, feature.longitude)
        listed[key] = Place(number, span, feature.name or words, country, latitude, longitude, feature.geonames)
    return list(listed.values())


def located(annotation: Annotation, names: list[Name]) -> list[Feature | None]:
    """The feature of each name, None where the gazetteer has none, or none that the report makes likely.

    A name unknown to the gazetteer that the text itself puts in a country ("Zarqan in Yemen") comes back as a feature
    of that country without kind: its coordinates mean nothing.
    """
    text = annotation.report.text
    return resolved(text, [(name.start, name.stop) for name in names], annotation.report.url, sure=True)


def place_names(annotation: Annotation) -> list[Name]:
    """The names of places that the encoder tags, bare, in the order of the text; not within names of organisations.

    A name that the encoder takes for a person or an organisation more surely elsewhere in the report is none.
    """
    tagged = [entity for entity in annotation.entities if entity.label == "LOC" or _mistaken(annotation, entity)]
    tagged += [n for n in annotation.names if n.label == "LOC" and not _overlaps(n, annotation.entities)]
    tagged = [part for span in tagged for part in _parts(annotation, span)]
    wider = [n for n in [*annotation.entities, *annotation.names] if n.label in ("ORG", "PER", "ART", "EVE")]
    wider = [n for n in wider if not _mistaken(annotation, n)]
    votes = _votes(annotation)
    names: list[Name] = []
    for entity in sorted(tagged, key=lambda e: (e.first, -e.end)):
        if any(_holds(w, entity) for w in wider):
            continue
        name = _bare(annotation, entity)
        words = annotation.report.text[name.start : name.stop]
        if (names and name.first < names[-1].end) or _is_other(words) or votes[folded(words)] < 0:
            continue
        names.append(name)
    return names


def _mistaken(annotation: Annotation, entity: Tagged) -> bool:
    """Whether a name of our tables is unsurely tagged as an organisation: "the West Bank"."""
    if entity.label != "ORG" or entity.probability >= SURE_OTHER or not _known(annotation, entity.first, entity.end):
        return False
    words = annotation.report.text[slice(*annotation.characters(entity.first, entity.end))]
    return words[:1].isupper() and not words.isupper()


def _parts(annotation: Annotation, span: Tagged) -> list[Tagged]:
    """The names that a tag runs together: "Kabul-Kandahar", "Sudan's western Darfur"."""
    if _known(annotation, span.first, span.end):
        return [span]
    cuts = [i for i in range(span.first + 1, span.end - 1) if annotation.forms[i] in ("-", "–", *POSSESSIVE)]
    edges = list(zip([span.first, *[cut + 1 for cut in cuts]], [*cuts, span.end], strict=True))
    words = [annotation.report.text[slice(*annotation.characters(a, b))] for a, b in edges]
    if len(edges) < 2 or not all(candidates_of(word) for word in words):
        return [span]
    return [replace(span, first=a, end=b) for a, b in edges]


def _votes(annotation: Annotation) -> Counter[str]:
    """For each tagged name the model's probabilities that it is a place, less those that it is something else."""
    votes: Counter[str] = Counter()
    for span in [*annotation.entities, *annotation.names]:
        if not _mistaken(annotation, span) and span.label in ("LOC", "PER", "ORG"):
            words = annotation.report.text[slice(*annotation.characters(span.first, span.end))]
            votes[folded(words)] += span.probability if span.label == "LOC" else -span.probability  # type: ignore[assignment]
    return votes


def _holds(wider: Tagged, entity: Tagged) -> bool:
    """Whether a place's name stands within a longer name of something else: "Kabul" in "Kabul University"."""
    longer = wider.end - wider.first > entity.end - entity.first
    return longer and wider.first <= entity.first and entity.end <= wider.end


def _said_to_be_place(annotation: Annotation, name: Name) -> bool:
    """Whether the words around an unknown name call it a place, and the model is fairly sure of it."""
    cues = entries("places/use")
    before = annotation.forms[max(0, name.first - 2) : name.first]
    after = annotation.forms[name.end : name.end + 1]
    called = any(word.lower() in cues["town_of"] for word in [*before, *after])
    preposition = bool(before) and before[-1].lower() in ("in", "at", "near", "around", "outside", "across", "inside")
    return name.probability >= (SURE_UNKNOWN if called or preposition else SURE_BARE)


def is_used_as_place(annotation: Annotation, name: Name, feature: Feature | None) -> bool:
    """Whether the name stands for the place here; only a country's or a capital's may stand for a government.

    A name that no gazetteer holds counts where its words call it a place ("in Zarqan", "the town of Zarqan").
    """
    if _names_accord(annotation, name):
        return False
    if feature is None or not feature.kind:
        return _said_to_be_place(annotation, name)
    capital = gazetteer().capitals.get(feature.country or "") == folded(annotation.report.text[name.start : name.stop])
    if not capital and feature.kind not in GOVERNING:
        return True
    if _owns(annotation, name):
        return _noun_owned(annotation, name) in entries("places/use")["ground"] or _owns_place(annotation, name)
    if _stands_after_its_town(annotation, name) or _is_named_as_ground(annotation, name):
        return True
    return _grammar_of_place(annotation, _head(annotation, name), capital)


def _grammar_of_place(annotation: Annotation, word: int, capital: bool) -> bool:
    """How the tree uses a country's or capital's name, as a place or as a government."""
    cues = entries("places/use")
    for _ in range(4):  # "in Syria and Iraq": what is joined on is used as what it is joined to
        relation, head = annotation.deprels[word].partition(":")[0], int(annotation.heads[word])
        if relation not in ("conj", "appos", "flat") or head < 0 or _preposition(annotation, word):
            break
        word = head
    full, head = annotation.deprels[word], int(annotation.heads[word])
    above = annotation.lemmas[head].lower() if head >= 0 else ""
    preposition = _preposition(annotation, word)
    if relation in ("root", "obj", "appos", "conj") and preposition in cues["place_preposition"]:
        return above not in cues["speak_to"]
    if relation == "obj":
        return above in cues["go_to"]
    if relation == "nsubj":
        return full == "nsubj:pass" and above in cues["happens_to_places"]
    if relation in ("compound", "amod"):
        if annotation.forms[word].replace(".", "") in ("US", "UK", "EU"):  # "U.S. ports": as good as an adjective
            return False
        return above in cues["ground"] or (capital and above in cues["meeting"])
    if relation in ("obl", "nmod"):
        return _after_preposition(preposition, above, full)
    return relation in ("parataxis", "dep", "list", "orphan", "advmod")


def _after_preposition(preposition: str, above: str, relation: str) -> bool:
    """Whether a country or capital after this preposition is a place; `above` is the word on which it hangs."""
    cues = entries("places/use")
    if preposition in cues["place_preposition"]:
        return above not in cues["speak_to"]
    if preposition in ("of", "with", "between"):
        return above in cues["ground"] and (preposition == "of" or above in ("border", "frontier"))
    if preposition in ("to", "for"):
        return above in cues["go_to"]
    if preposition in ("on", "against"):
        return above in cues["on_ground"]
    return preposition == "" and relation in ("obl", "nmod:unmarked", "obl:unmarked")


def _preposition(annotation: Annotation, word: int) -> str:
    """The preposition that stands with a noun, by the tree or right before it; empty if there is none."""
    near = range(max(0, word - 6), word)
    cases = [i for i in near if annotation.heads[i] == word and annotation.deprels[i] == "case"]
    if cases:  # "back to", "on to", but "out of", "north of"
        return annotation.forms[cases[0 if annotation.forms[cases[-1]] == "of" else -1]].lower()
    at = word - 1
    while at >= 0 and word - at < 4 and (annotation.upos[at] in ("DET", "ADJ", "PROPN") or annotation.forms[at] == "-"):
        at -= 1
    return annotation.forms[at].lower() if at >= 0 and annotation.upos[at] == "ADP" else ""


def _owns(annotation: Annotation, name: Name) -> bool:
    return name.end < len(annotation.forms) and annotation.forms[name.end] in POSSESSIVE


def _noun_owned(annotation: Annotation, name: Name) -> str:
    """The noun of what belongs to the name: `group` of "Colombia's main rebel group"."""
    at, noun = name.end + 1, ""
    size = len(annotation.forms)
    while at < size and annotation.upos[at] in ("ADJ", "ADV", "NOUN", "NUM", "PROPN", "VERB"):
        if annotation.forms[at + 1 : at + 2] == ["-"]:  # "violence-plagued" is no noun
            at += 2
        elif annotation.upos[at] == "NOUN":
            noun = annotation.lemmas[at].lower()
        elif noun:
            break
        at += 1
    return noun


def _owns_place(annotation: Annotation, name: Name) -> bool:
    """Whether what belongs to the name is a place too: "Sudan's western Darfur", but not "Israel's Gaza plan"."""
    for entity in annotation.entities:
        first = max(entity.first, name.end + 1)  # one tag may hold both names
        if entity.label == "LOC" and first < entity.end and first - name.end <= 6:
            between = annotation.upos[name.end + 1 : first]
            after = annotation.lemmas[entity.end : entity.end + 1]
            nouns = annotation.upos[entity.end : entity.end + 1] == ["NOUN"]
            return set(between) <= {"ADJ", "NOUN"} and (
                not nouns or after[0].lower() in entries("places/use")["ground"]
            )
    return False


def _is_named_as_ground(annotation: Annotation, name: Name) -> bool:
    """`Jordan` of "the border with Jordan", `Iraq` of "parts of Iraq", wherever the tree hangs it."""
    before = [lemma.lower() for lemma in annotation.lemmas[max(0, name.first - 2) : name.first]]
    if before in (["border", "with"], ["frontier", "with"]):
        return True
    return len(before) == 2 and before[1] == "of" and before[0] in entries("places/use")["ground"]


def _stands_after_its_town(annotation: Annotation, name: Name) -> bool:
    """Whether the name completes a town's: `Switzerland` of "in Davos, Switzerland"."""
    forms, before = annotation.forms, name.first - 2
    if before < 0 or forms[name.first - 1] != ",":
        return False
    towns = [e for e in annotation.entities if e.label == "LOC" and e.end == before + 1]
    words = [annotation.report.text[slice(*annotation.characters(e.first, e.end))] for e in towns]
    return any(c.kind not in GOVERNING for w in words for c in candidates_of(w)[:1])


def _head(annotation: Annotation, name: Name) -> int:
    """The word of a name that hangs on a word outside of it."""
    for word in range(name.first, name.end):
        if not name.first <= int(annotation.heads[word]) < name.end:
            return word
    return name.first


def _names_accord(annotation: Annotation, name: Name) -> bool:
    """Whether the name is part of the name of an accord: "the Dayton peace agreement", "the 2015 Minsk accords"."""
    text = annotation.report.text[name.stop : name.stop + 40]
    nouns = "|".join(sorted(entries("places/use")["accord"]))
    return re.match(rf"\s+(?:[Pp]eace\s+|[A-Z]\w+\s+)?(?:{nouns})\b", text) is not None


def _is_other(words: str) -> bool:
    """Whether what is tagged as a place is a people's name, or no name at all."""
    if gazetteer().by_demonym(words) is not None:
        return not any(not f.demonym for f in gazetteer().entries.get(folded(words), ()))
    letters = words.replace(".", "")
    if len(letters) < 5 and letters.isupper() and not letters.isdigit():  # UN, EU, AU, but US, UK, DRC are ours
        return folded(words) not in gazetteer().entries
    return not any(c.isupper() or c.isdigit() for c in words)


def _bare(annotation: Annotation, entity: Tagged) -> Name:
    """The name without article, side of the compass and word for its kind, where what is left is still a name.

    What our tables hold as a name of its own keeps them, or takes them in: "eastern Ghouta", "the West Bank".
    """
    cues = entries("places/use")
    first, end, forms = entity.first, entity.end, annotation.forms
    while end - first > 1 and not _known(annotation, first, end):
        if forms[first].lower() in ("the", "a", "an") or forms[first] in cues["side"]:
            first += 1
        elif forms[end - 1] in cues["kind"] or forms[end - 1] in (*POSSESSIVE, ",", "."):
            end -= 1
        else:
            break
    if first and forms[first - 1] in cues["side"] and _known(annotation, first - 1, end, "area"):
        first -= 1
    return Name(first, end, *annotation.characters(first, end), entity.probability)


def _known(annotation: Annotation, first: int, end: int, kind: str | None = None) -> bool:
    """Whether our own tables hold exactly these words, as a place of this kind."""
    start, stop = annotation.characters(first, end)
    words = annotation.report.text[start:stop]
    found = gazetteer().entries.get(folded(words), ())
    return not words.lower().startswith("the ") and any(kind in (None, feature.kind) for feature in found)


def _overlaps(span: Tagged, others: Sequence[Tagged]) -> bool:
    return any(span.first < other.end and other.first < span.end for other in others)


def _country_then(country: str | None, published: str | None) -> str | None:
    """The country to which the place belonged when the report came out."""
    day, before = BORN.get(country or "", ("", None))
    return before if published and day and published < day else country
