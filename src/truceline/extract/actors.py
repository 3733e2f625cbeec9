"""Mentions of actors: who acts or speaks, with name, side and role, before it is known who is who. GUIDE §2.

The encoder tags the phrases; the tree and the registry say what is inside them: the proper name, the demonym or capital
that gives the side ("Russian", "of the Free Aceh Movement"), the office. `resolve` makes actors of the mentions.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from truceline.annotate import Annotation
from truceline.extract.actor_phrases import Phrase, Range, actor_phrases, person_names
from truceline.extract.clauses import Clauses
from truceline.extract.countries import Countries
from truceline.extract.mention import Mention
from truceline.extract.offices import office, office_alone
from truceline.extract.report_names import Named, ReportNames, tie
from truceline.extract.sides import Sides
from truceline.lexicon import entries
from truceline.lexicon.leaders import state_led
from truceline.lexicon.registry import Entry, Registry
from truceline.records import Place, Statement
from truceline.records.reading import ActorKind

__all__ = ["Mention", "mentions"]

_PLURAL = frozenset({"NNS", "NNPS"})
_CERTAIN = 0.8  # the model's probability from which its kind counts more than that of the noun
_INNER = frozenset({"of", "al", "-", "al-", "el", "de", "the", "bin", "for", "’s", "'s"})


def mentions(
    clauses: Clauses, statements: list[Statement], registry: Registry, where: Sequence[Place] = ()
) -> list[Mention]:
    """The mentions of a report in the order of the text, of two that begin together the longer one first.

    `where` are the report's places: with them more actors without a name get a country.
    """
    names = ReportNames(clauses.annotation, registry, where)
    persons = person_names(clauses.annotation, names)
    countries = Countries(clauses.annotation, names, where, persons)
    reader = _Reader(clauses, names, persons, countries.state())
    phrases = actor_phrases(clauses, statements, names)
    phrases = [p for p in phrases if reader.refers(p) and not countries.is_place(p.first, p.end)]
    found = [reader.mention(phrase) for phrase in phrases]
    by_range = {(m.first, m.end): m for m in found}
    for phrase in phrases:
        mention = by_range.get((phrase.first, phrase.end))
        other = by_range.get(phrase.again) if phrase.again is not None else None
        if mention is not None and other is not None:
            _rename(other, mention)
    for before, behind in pairwise(m for m in found if m.kind == "person"):
        if reader.beside(before, behind):
            _rename(before, behind)
    inside = _by_word(found)
    for mention in found:
        reader.renamed_within(mention, inside)
    sides = Sides(clauses, names, found, countries)
    for mention in found:
        sides.set_side(mention)
        mention.role = office_alone(clauses.annotation, mention)
        mention.country = countries.of(mention)
        if countries.divided:
            mention.local = None
    return sorted([*found, *sides.inner.values()], key=lambda m: (m.first, -m.end))


def _rename(one: Mention, other: Mention) -> None:
    """Makes two mentions ones of the same actor; the one with a name leads."""
    leads, follows = (other, one) if one.name is None and other.name is not None else (one, other)
    if follows.again is None and leads.again is None:
        follows.again = leads


def _by_word(found: list[Mention]) -> dict[int, list[Mention]]:
    """The mentions that cover each word, the longest first."""
    covering: dict[int, list[Mention]] = defaultdict(list)
    for mention in found:
        for word in range(mention.first, mention.end):
            covering[word].append(mention)
    return covering


class _Reader:
    """Reads what the phrases of one report hold."""

    def __init__(self, clauses: Clauses, names: ReportNames, persons: list[Range], local: Entry | None) -> None:
        self.clauses, self.names, self.a, self.local = clauses, names, clauses.annotation, local
        self.persons: dict[int, Range] = {}
        self.located: set[int] = set()
        for first, end in persons:
            self.persons.update(dict.fromkeys(range(first, end), (first, end)))
        for t in (*self.a.names, *self.a.entities):
            if t.label == "LOC":
                self.located.update(range(t.first, t.end))

    def refers(self, phrase: Phrase) -> bool:
        """Whether the phrase can refer to an actor: not a place that is tagged as a person, nor a bare pronoun."""
        a = self.a
        if all(a.upos[i] in ("PRON", "DET", "PUNCT", "ADP") for i in range(phrase.first, phrase.end)):
            return self.names.at(phrase.head) is not None
        known = any(word in self.persons for word in range(phrase.first, phrase.end)) or self.names.at(phrase.head)
        if phrase.label != "person" or a.upos[phrase.head] != "PROPN" or known:
            return True
        alone = phrase.end - phrase.first == 1 and phrase.probability < _CERTAIN
        return not alone and phrase.head not in self.located

    def mention(self, phrase: Phrase) -> Mention:
        """The mention with its name, kind and role; its side is looked for later."""
        a = self.a
        mention = Mention(phrase.first, phrase.end, phrase.head, cast(ActorKind, phrase.label))
        person = self._person(phrase)
        if person is None:
            mention.entry = self._entry(phrase)
        mention.plural = a.xpos[phrase.head] in _PLURAL and mention.entry is None  # "the United States" is one
        mention.kind = self._kind(phrase, mention.entry, person)
        mention.name = person or (None if mention.kind == "person" and mention.entry is None else self._name(phrase))
        if mention.kind == "person":
            mention.name = mention.name or self._lone_name(phrase)
            mention.role = office(self.a, self.names, mention)
        mention.owner = self._owner(phrase)
        mention.local = self.local
        return mention

    def _person(self, phrase: Phrase) -> Range | None:
        """The name of the person to whom the phrase refers; not of one who owns, or describes, its noun."""
        at = phrase.first
        while at < phrase.end:
            person = self.persons.get(at)
            if person is None or person[0] < phrase.first or person[1] > phrase.end:
                at += 1
                continue
            if self._is_own(phrase, person):
                return person
            at = person[1]
        return None

    def _is_own(self, phrase: Phrase, person: Range) -> bool:
        """Whether the phrase is about the person: not "Okello's aide", "the Okello plan", "an aide of Okello"."""
        a = self.a
        before = {a.forms[w].lower() for w in range(phrase.first, person[0]) if a.upos[w] == "ADP"} - _INNER
        of = any(a.forms[w].lower() == "of" for w in range(phrase.first, person[0]))
        if before or (of and not person[0] <= phrase.head < person[1] and a.upos[person[0] - 1] in ("ADP", "DET")):
            return False
        if person[1] == phrase.end:
            return True
        possessive = a.forms[person[1]].lower() in ("'s", "’s", "'", "’", "-", "–")
        return not possessive and a.upos[person[1]] not in ("NOUN", "PROPN", "ADJ", "VERB")

    def _name(self, phrase: Phrase) -> Range | None:
        """The longest run of proper nouns in the phrase, the later of two."""
        a = self.a
        runs: list[Range] = []
        start = -1
        for i in range(phrase.first, phrase.end + 1):
            proper = i < phrase.end and (a.upos[i] == "PROPN" or (start >= 0 and a.forms[i].lower() in _INNER))
            if proper and start < 0:
                start = i
            elif not proper and start >= 0:
                stop = i
                while stop > start and a.upos[stop - 1] != "PROPN":
                    stop -= 1
                runs.append((start, stop))
                start = -1
        best = max(runs, key=lambda r: (r[1] - r[0], r[0]), default=None)
        if best is None or not best[0] <= phrase.head < best[1]:
            return None
        words = entries("descriptions")
        nouns = words["body"] | words["government"] | words["officials"] | words["forces"] | words["documents"]
        nouns |= words["titles"]
        telling = [w for w in range(*best) if a.forms[w][:1].isupper() and a.lemmas[w].lower() not in nouns]
        return best if telling else None  # "the Council" is a description

    def _lone_name(self, phrase: Phrase) -> Range | None:
        """The proper name of a person that no tag of names covers."""
        run = self._name(phrase)
        if run is None or self.names.at(run[1] - 1) is not None:
            return None
        first, end = _without_titles(self.a, *run)
        title = self.a.forms[end - 1].lower().rstrip(".") in entries("descriptions")["titles"]
        return None if title else (first, end)

    def _entry(self, phrase: Phrase) -> Entry | None:
        """Whom the registry knows by the phrase: by its head, or by the name before "rebels" or "government"."""
        a, words = self.a, entries("descriptions")
        named = self.names.at(phrase.head)
        lemma = a.lemmas[phrase.head].lower()
        if named is not None and phrase.first <= named.first and named.end <= phrase.end:
            if named.sense == "demonym" and a.xpos[phrase.head] in _PLURAL and phrase.label in ("people", "person"):
                return None
            return named.entry
        if named is not None and (whole := self.names.whole(" ".join(a.forms[phrase.first : phrase.end]))) is not None:
            return whole
        if lemma in words["government"] and (led := self._led_by(phrase)) is not None:
            return led
        for inner in reversed(self.names.inside(phrase.first, phrase.end)):
            if not self._describes(inner, phrase):
                continue
            if inner.entry.kind == "government":
                if lemma in words["government"]:
                    return inner.entry
            elif lemma in words["members"] and inner.entry.kind not in ("organisation", "people"):
                return inner.entry
        return None

    def _led_by(self, phrase: Phrase) -> Entry | None:
        """The state whose government the press calls by the name of its leader: "the Obama administration"."""
        for person in dict.fromkeys(self.persons[w] for w in range(phrase.first, phrase.end) if w in self.persons):
            led = state_led(" ".join(self.a.forms[slice(*person)]), self.names.year)
            if led is not None and led.state in self.names.registry:
                return self.names.registry[led.state]
        return None

    def _describes(self, inner: Named, phrase: Phrase) -> bool:
        """Whether the name stands before the phrase's noun, right behind it, or behind it with "of"."""
        if inner.end <= phrase.head:
            between = range(inner.end, phrase.head)
            return all(self.a.upos[w] not in ("ADP", "VERB", "CCONJ") for w in between)
        before = [self.a.forms[w].lower() for w in range(phrase.head + 1, inner.first)]
        return before in (["of"], ["of", "the"], ["in"]) or (not before and inner.entry.kind != "government")

    def _kind(self, phrase: Phrase, entry: Entry | None, person: Range | None) -> ActorKind:
        words = entries("descriptions")
        lemma = self.a.lemmas[phrase.head].lower()
        if entry is not None:
            return entry.kind
        if person is not None:
            return "person"
        if lemma in words["officials"] | words["male"] | words["female"] and self.a.xpos[phrase.head] not in _PLURAL:
            return "person"
        if lemma in words["forces"] and self._sponsored(phrase):
            return "armed group"
        if lemma in words["government"] and phrase.label not in ("organisation", "media"):
            return "government"
        if phrase.probability < _CERTAIN and (collective := self._collective(phrase)) is not None:
            return collective.kind
        if phrase.label == "person" and lemma in words["company"]:
            return "other"
        if phrase.label == "person" and self.a.xpos[phrase.head] in _PLURAL:
            return "government" if lemma in words["officials"] else "people"
        return cast(ActorKind, phrase.label)

    def _sponsored(self, phrase: Phrase) -> bool:
        """Whether forces are called after whom they fight for and by no state: "Iranian-backed forces"."""
        a = self.a
        before = range(phrase.first, phrase.head)
        tied = any(
            a.forms[w].lower() in entries("descriptions")["sponsored"] and a.forms[w - 1] in "-–" for w in before[1:]
        )
        own = any(
            n.entry.kind == "government" and tie(a, n.first, n.end) is None
            for n in self.names.inside(phrase.first, phrase.head)
        )
        return (
            tied and not own and not any(a.lemmas[w].lower() in entries("descriptions")["government"] for w in before)
        )

    def _collective(self, phrase: Phrase) -> Entry | None:
        """The registry's entry for the noun and the words just before it: "rebel group", "aid workers"."""
        forms = self.a.forms
        for first in range(max(phrase.first, phrase.head - 2), phrase.head + 1):
            found = self.names.collective(" ".join(forms[first : phrase.head + 1]).lower())
            if found is not None:
                return found
        return None

    def _owner(self, phrase: Phrase) -> int | None:
        """The possessive pronoun that hangs on the phrase's noun."""
        for word in range(phrase.first, phrase.head):
            if self.a.xpos[word] == "PRP$":
                return word
        return None

    def beside(self, before: Mention, behind: Mention) -> bool:
        """Whether a title and a name stand beside each other, parted by a comma: "the envoy, Jan Okello, said"."""
        forms = self.a.forms
        if behind.first != before.end + 1 or forms[before.end] != "," or before.plural or behind.plural:
            return False
        closed = behind.end >= len(forms) or forms[behind.end] in (",", ".", ")", "–", "—", ";", ":", "”", "'s", "’s")
        return closed and (before.name is None) != (behind.name is None)

    def renamed_within(self, mention: Mention, inside: dict[int, list[Mention]]) -> None:
        """Marks the mention of the bare name inside a person's phrase as one of the same person."""
        if mention.name is None or mention.kind != "person":
            return
        for inner in inside[mention.name[1] - 1]:
            within = mention.first <= inner.first and inner.end <= mention.end
            if inner is not mention and within and inner.kind == "person" and inner.again is None:
                inner.again = mention


def _without_titles(a: Annotation, first: int, end: int) -> Range:
    """The name without the titles that silver annotation takes into it ("President Bush" → Bush)."""
    while end - first > 1 and a.forms[first].lower().rstrip(".") in entries("descriptions")["titles"]:
        first += 1
    return first, end
