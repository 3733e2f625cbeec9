"""Phrases that refer to actors: the encoder's, trimmed to noun phrases, and what names, speakers and persons add.

A tagged phrase may hold too much ("the army killed four rebels") or several actors ("Kenya and Uganda"); names of the
registry and of persons that the tags leave out are actors too, where the sentence lets them act.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.annotate import Annotation, Tagged
from truceline.extract.clauses import Clauses
from truceline.extract.noun_groups import can_speak
from truceline.extract.report_names import ReportNames, is_title
from truceline.lexicon import entries
from truceline.records import Statement

Range = tuple[int, int]
SURE_ENOUGH = 0.4  # the model's probability from which a phrase counts as a mention
LIKELY_ENOUGH = 0.2  # the same where the registry, a person's name or a statement speaks for it too
_LAST_MEMBER = 5  # words from the last comma of a list to its "and"
LONGEST = 60  # words; longer phrases refer to no actor
PERSON = 0.5  # the probability from which a person's name is one
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "X", "SYM"})
_VERBS = frozenset({"VERB", "AUX"})
_EDGES = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "PART"})
_TAILS = _EDGES | {"DET"}
_OPENING = frozenset({"“", '"', "‘", "("})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that refers to one actor; `head` is its noun, `again` the phrase of the same actor beside it."""

    first: int
    end: int
    head: int
    label: str
    probability: float
    again: Range | None = None


def actor_phrases(clauses: Clauses, statements: list[Statement], names: ReportNames) -> list[Phrase]:
    """The phrases in the order of the text, longer ones before those inside them; no two of the same words."""
    a = clauses.annotation
    sources = speaker_ranges(clauses, statements)
    persons = person_names(a, names)
    support = bytearray(len(a.forms))
    for first, end in [*sources, *persons, *((n.first, n.end) for n in names.names if n.sense != "demonym")]:
        support[first:end] = b"\1" * (end - first)
    found: dict[Range, Phrase] = {}
    for tagged in a.actors:
        supported = any(support[tagged.first : tagged.end])
        sure = tagged.probability >= (LIKELY_ENOUGH if supported else SURE_ENOUGH)
        if sure and tagged.end - tagged.first <= LONGEST:
            for phrase in _parts(clauses, tagged, names, persons):
                found.setdefault((phrase.first, phrase.end), phrase)
    _add_speakers(clauses, sources, found, names, persons)
    taken = _taken(a, found)
    for first, end in persons:  # inside the phrase of somebody else, or alone in the text, then with their titles
        titled = first
        while titled > 0 and a.upos[titled - 1] == "PROPN" and not taken[first] and is_title(a.forms[titled - 1]):
            titled -= 1
        found.setdefault((titled, end), Phrase(titled, end, end - 1, "person", 0.0))
    _add_names(clauses, names, found)
    _add_bodies(clauses, names, found)
    kept = [phrase for phrase in found.values() if phrase.head not in names.dateline]
    return sorted(kept, key=lambda p: (p.first, -p.end))


def speaker_ranges(clauses: Clauses, statements: list[Statement]) -> list[Range]:
    """The words that stand for speakers, pronouns left out."""
    words = entries("descriptions")
    pronouns = words["he"] | words["she"] | words["it"] | words["they"] | words["we"] | words["i"]
    found = []
    for statement in statements:
        if statement.speaker_text is not None:
            first, end = clauses.words(statement.speaker_text.start, statement.speaker_text.end)
            if first < end <= first + LONGEST and not (
                end - first == 1 and clauses.annotation.forms[first].lower() in pronouns
            ):
                found.append((first, end))
    return found


def person_names(a: Annotation, names: ReportNames) -> list[Range]:
    """The names of persons, by either set of tags, in order and apart, without the sides and titles before them."""
    tagged = [t for t in (*a.entities, *a.names) if t.label == "PER" and t.probability >= PERSON]
    found: list[Range] = []
    for t in sorted(tagged, key=lambda t: (t.first, -t.end)):
        first, end = t.first, t.end
        while end > first and a.upos[end - 1] in ("PUNCT", "PART"):
            end -= 1
        while first < end and (names.at(first) is not None or is_title(a.forms[first])):
            first += 1
        if first < end and (not found or found[-1][1] <= first) and a.forms[first][:1].isupper():
            found.append((first, end))
    return found


def _parts(clauses: Clauses, tagged: Tagged, names: ReportNames, persons: list[Range]) -> Iterator[Phrase]:
    """The noun phrases of single actors in a tagged phrase."""
    a = clauses.annotation
    first, end = trimmed_edges(a, tagged.first, tagged.end)
    for piece in _without_verbs(clauses, first, end):
        for group in _apposed(clauses, *piece, persons, names):
            again = None
            for part in group:
                for one in _coordinated(clauses, *part, names):
                    head = noun_head(clauses, *one)
                    media = tagged.label == "media" and a.xpos[head] == "NNS"  # "news reports"
                    if a.lemmas[head].lower() in entries("descriptions")["documents"] and not media:
                        one, head = _author(clauses, one, head, names)
                        if one[0] == one[1]:
                            continue
                    yield Phrase(*one, head, tagged.label, tagged.probability, again if len(group) > 1 else None)
                again = part


def _author(clauses: Clauses, phrase: Range, text: int, names: ReportNames) -> tuple[Range, int]:
    """The words that name the author of a text, and their noun; an empty range if there is none.

    "The panel" in "the panel's report", "Kenyan Defence Ministry" in "a Kenyan Defence Ministry statement".
    """
    a = clauses.annotation
    for noun in clauses.with_relation(text, "nmod"):
        if a.deprels[noun] == "nmod:poss" or clauses.case(noun) in ("by", "from"):
            first, end = trimmed_edges(a, *clauses.noun_phrase(noun))
            if first < end and can_speak(noun, clauses) and a.upos[noun] != "PRON":
                return (first, end), noun
    first, end = trimmed_edges(a, phrase[0], text)
    while first < end and (a.upos[first] == "DET" or (a.upos[first] == "ADJ" and names.at(first) is None)):
        first += 1
    if first < end and a.upos[end - 1] in _NOUNS and (names.at(end - 1) is not None or can_speak(end - 1, clauses)):
        return (first, end), end - 1
    return (text, text), text


def trimmed_edges(a: Annotation, first: int, end: int) -> Range:
    """The words without prepositions, conjunctions and signs at their edges."""
    while first < end and a.upos[first] in _EDGES and a.forms[first] not in _OPENING:
        if first + 1 < end and a.forms[first + 1].lower() in ("least", "most"):
            break
        first += 1
    while end > first and a.upos[end - 1] in _TAILS and a.forms[end - 1] not in (")", "”"):
        end -= 1
    return first, end


def noun_head(clauses: Clauses, first: int, end: int) -> int:
    """The noun that the phrase is about: the one that governs it, or by position where the tree is of no help."""
    a = clauses.annotation
    outside = [w for w in range(first, end) if not first <= clauses.head(w) < end and a.upos[w] in _NOUNS]
    outside = [w for w in outside if w + 1 >= end or a.xpos[w + 1] != "POS"]  # the owner is not the head
    if outside:
        return outside[0] if clauses.annotation.deprels[outside[0]] != "compound" else outside[-1]
    last = first
    for w in range(first, end):
        if a.upos[w] in ("NOUN", "PROPN"):
            last = w
        elif (last > first and a.upos[w] in ("ADP", "SCONJ", "VERB")) or a.forms[w].lower() in _RELATIVE:
            break
    return last


def _without_verbs(clauses: Clauses, first: int, end: int) -> list[Range]:
    """The noun phrases around finite verbs that govern the run of words, and "by"; the run itself where none does."""
    a = clauses.annotation
    verbs = [w for w in range(first, end) if a.upos[w] in _VERBS and a.xpos[w] in ("VBD", "VBZ", "VBP", "MD")]
    verbs = [w for w in verbs if not a.deprels[w].startswith("acl") and not _relative(a, first, w)]
    verbs = sorted([*verbs, *(w for w in range(first + 1, end) if a.forms[w].lower() == "by")])  # brings in an agent
    if not verbs:
        while end - first > 1 and a.xpos[end - 1] == "VBN" and a.upos[end - 1] == "VERB":
            end -= 1  # "a delegation headed", by somebody who is tagged apart
        return [(first, end)] if first < end else []
    found, at = [], first
    for verb in [*verbs, end]:
        stop = verb - (verb > at and verb < end and a.forms[verb].lower() == "by" and a.xpos[verb - 1] == "VBN")
        piece = trimmed_edges(a, at, stop)
        if piece[0] < piece[1] and any(a.upos[w] in ("NOUN", "PROPN") for w in range(*piece)):
            found.append(piece)
        at = verb + 1
    return found


def _relative(a: Annotation, first: int, verb: int) -> bool:
    """Whether a relative pronoun stands before the verb in the phrase: "rebels who fled"."""
    return any(a.forms[w].lower() in _RELATIVE for w in range(first, verb))


def _apposed(clauses: Clauses, first: int, end: int, persons: list[Range], names: ReportNames) -> Iterator[list[Range]]:
    """The phrase in the parts that rename each other: "the envoy, Jan Okello", "the Free Party (FP)"."""
    a = clauses.annotation
    at = next((w for w in range(first + 1, end) if a.forms[w] in (",", "(") or _dash(a, w)), -1)
    if at < 0:
        yield [(first, end)]
        return
    left, right = trimmed_edges(a, first, at), trimmed_edges(a, at + 1, end)
    if right[1] > right[0] and a.forms[right[1] - 1] == ")":
        right = trimmed_edges(a, right[0], right[1] - 1)
    if left[0] == left[1] or right[0] == right[1]:
        yield [(first, end)]
        return
    if a.forms[right[0]].lower() in _RELATIVE:
        yield [left]  # "the envoy, who leads the mission"
        return
    if _explains_inside(clauses, left, right, names):
        yield [left]
        return
    if not _renames(clauses, left, right, persons):
        yield [(first, end)] if _listed(a, first, end) else [left]
        if a.forms[at] == "," and a.forms[at + 1].lower() in entries("descriptions")["examples"]:
            yield [trimmed_edges(a, at + (3 if a.forms[at + 1].lower() == "such" else 2), end)]
        return
    # A further comma ends the second name.
    stop = next((w for w in range(*right) if a.forms[w] in (",", ")") or _dash(a, w)), right[1])
    yield [left, trimmed_edges(a, right[0], stop)]


def _explains_inside(clauses: Clauses, left: Range, right: Range, names: ReportNames) -> bool:
    """Whether the acronym in brackets is that of a name inside the phrase: "rebels in the Republic of X (RX)"."""
    named = names.at(right[0])
    if named is None or right[1] - right[0] > 1 or names.at(noun_head(clauses, *left)) is not None:
        return False
    return any(inner.entry is named.entry for inner in names.inside(*left))


def _dash(a: Annotation, word: int) -> bool:
    """Whether a dash with space before it stands here; one without ties two words."""
    return a.forms[word] in ("–", "—", "-", "--") and a.spaced[word]


def _renames(clauses: Clauses, left: Range, right: Range, persons: list[Range]) -> bool:
    """Whether two runs of words beside each other name one actor: by the tree, an acronym, or a title and a person."""
    a = clauses.annotation
    bracket = a.forms[left[1]] == "(" or a.forms[left[1] + 1].lower() == "or"
    if right[1] - right[0] == 1 and bracket and a.forms[right[0]].isupper():
        return True
    named = [any(side[0] <= first and end <= side[1] for first, end in persons) for side in (left, right)]
    described = [
        any(a.upos[w] == "NOUN" or a.lemmas[w].lower() in entries("descriptions")["titles"] for w in range(*side))
        for side in (left, right)
    ]
    if _listed(a, left[0], right[1]):
        return False
    if (named[0] and described[1] and not named[1]) or (named[1] and described[0] and not named[0]):
        return True
    return any(a.deprels[w] == "appos" and left[0] <= clauses.head(w) < left[1] for w in range(*right))


def _listed(a: Annotation, first: int, end: int) -> bool:
    """Whether the words are a list with "and" behind its last comma: "the US, Britain and France"."""
    comma = max((w for w in range(first, end) if a.forms[w] == ","), default=-1)
    if comma < 0:
        return False
    tail = [w for w in range(comma + 1, end) if a.forms[w].lower() in ("and", "or")]
    acronym = bool(tail) and tail[0] == comma + 1 and end - tail[0] <= 3 and a.forms[end - 1].isupper()  # ", or PKK"
    return bool(tail) and tail[0] - comma <= _LAST_MEMBER and not acronym


def _coordinated(clauses: Clauses, first: int, end: int, names: ReportNames) -> Iterator[Range]:
    """The members of "Kenya, Uganda and Sudan", "the rebels and the army"; the phrase itself if it is no such list."""
    a = clauses.annotation
    whole = names.at(first)
    if whole is not None and whole.end >= end:
        yield first, end
        return
    cuts = []
    for w in range(first + 1, end - 1):
        if a.forms[w].lower() in ("and", "or", "&", ",") and _joins_actors(clauses, w, first, end, names):
            cuts.append(w)
    at = first
    for cut in [*cuts, end]:
        part = trimmed_edges(a, at, cut)
        if part[0] < part[1]:
            yield part
        at = cut + 1


def _joins_actors(clauses: Clauses, at: int, first: int, end: int, names: ReportNames) -> bool:
    """Whether the sign at `at` stands between two noun phrases that are actors of their own."""
    a = clauses.annotation
    covering = names.at(at)
    if covering is not None and covering.first < at < covering.end - 1:
        return False
    before, after = at - 1, at + 1
    if a.forms[after].lower() in ("and", "or"):
        return False
    if a.upos[before] not in _NOUNS or (a.forms[at] == "," and not _listed(a, first, end)):
        return False
    left, right = names.at(before), names.at(after)
    if any(a.upos[w] == "ADP" and names.at(w) is None for w in range(first, at)):
        # Not "the ministers of Kenya and Uganda".
        return (left is None or right is None) and _conjoined(clauses, first, at, end)
    if left is not None and right is not None:
        # Not "Iranian and EU negotiators", in which a demonym or an acronym describes the noun behind.
        tail = trimmed_edges(a, after, end)
        return right.end >= tail[1] or a.upos[right.end] in ("PUNCT", "CCONJ")
    owned = any(a.xpos[w] == "POS" for w in range(first, before)) and can_speak(before, clauses)
    determined = (
        owned or a.upos[after] in ("DET", "NUM") or a.xpos[after] == "PRP$" or a.lemmas[after].lower() == "several"
    )
    return determined or _conjoined(clauses, first, at, end)


def _conjoined(clauses: Clauses, first: int, at: int, end: int) -> bool:
    """Whether the tree joins a noun behind `at` to one before it that depends on no preposition in the phrase."""
    a = clauses.annotation
    for word in range(at + 1, end):
        head = clauses.head(word)
        if a.deprels[word] == "conj" and first <= head < at and a.upos[head] in _NOUNS:
            return not any(a.upos[w] == "ADP" for w in range(first, head))
    return False


def _add_speakers(
    clauses: Clauses, sources: list[Range], found: dict[Range, Phrase], names: ReportNames, persons: list[Range]
) -> None:
    """The speakers that no tagged phrase covers, if their nouns are of those who speak."""
    a = clauses.annotation
    taken = _taken(a, found)
    for first, end in sources:
        if any(taken[first:end]):
            continue
        label = "people" if a.xpos[end - 1] in ("NNS", "NNPS") else "person"
        for phrase in _parts(clauses, Tagged(first, end, label, 0.0), names, persons):
            known = names.at(phrase.head) is not None or any(phrase.first <= f < phrase.end for f, _ in persons)
            if known or can_speak(phrase.head, clauses):
                found.setdefault((phrase.first, phrase.end), phrase)


def _add_names(clauses: Clauses, names: ReportNames, found: dict[Range, Phrase]) -> None:
    """Names of the registry outside the phrases; a state may be a place, and only the encoder's tags tell."""
    a = clauses.annotation
    taken = _taken(a, found)
    for named in names.names:
        tied = a.forms[named.end : named.end + 1] in (["-"], ["–"]) and not a.spaced[named.end]  # "UN-led"
        known = named.sense == "name" and named.entry.kind not in ("people", "government")
        known = known or (named.entry.kind == "government" and _between(a, named.first, named.end, taken))
        if not known or tied or any(taken[named.first : named.end]):
            continue
        head = noun_head(clauses, named.first, named.end)
        found[named.first, named.end] = Phrase(named.first, named.end, head, named.entry.kind, 0.0)


def _between(a: Annotation, first: int, end: int, taken: bytearray) -> bool:
    """Whether a name stands in a list between two actors: "Egypt, New Zealand and Spain"."""
    if first < 2 or end + 1 >= len(a.forms):
        return False
    joined = a.forms[first - 1] in (",", "and") and a.forms[end] in (",", "and")
    return joined and bool(taken[first - 2] and taken[end + 1])


def _add_bodies(clauses: Clauses, names: ReportNames, found: dict[Range, Phrase]) -> None:
    """Names of organisations behind "of" or "from" in a person's phrase: "Jan Okello of the Savanna Institute"."""
    a = clauses.annotation
    own = [p for p in found.values() if p.probability == 0 and p.label == "person"]
    personal = {word for p in own for word in range(p.first, p.end)}
    persons = {word: p for p in found.values() if p.label == "person" for word in range(p.first, p.end)}
    for tagged in (*a.entities, *a.names):
        phrase = persons.get(tagged.first)
        if tagged.label != "ORG" or tagged.probability < PERSON or phrase is None or tagged.end > phrase.end:
            continue
        first = tagged.first - (a.upos[tagged.first - 1] == "DET")
        if first > phrase.first and a.forms[first - 1].lower() in ("of", "from", "at", "with", "for"):
            end = tagged.end + (a.forms[tagged.end : tagged.end + 1] == ["group"])
            if names.at(tagged.first) is None and personal.isdisjoint(range(first, end)):
                found.setdefault((first, end), Phrase(first, end, end - 1, "organisation", 0.0))


def _taken(a: Annotation, found: dict[Range, Phrase]) -> bytearray:
    taken = bytearray(len(a.forms))
    for first, end in found:
        taken[first:end] = b"\1" * (end - first)
    return taken
