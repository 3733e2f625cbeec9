"""Mentions of actors: who acts or speaks, with name, side and role, before it is known who is who. GUIDE §2.

The encoder tags the phrases; the tree and the registry say what is inside them: the proper name, the demonym or capital
that gives the side ("Russian", "of the Free Aceh Movement"), the office. `resolve` makes actors of the mentions.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from truceline.annotate import Annotation
from truceline.extract.actor_phrases import Phrase, Range, actor_phrases, person_names
from truceline.extract.clauses import Clauses
from truceline.extract.report_names import Named, ReportNames, folded
from truceline.lexicon import entries
from truceline.lexicon.registry import Entry, Registry
from truceline.records import Statement
from truceline.records.reading import ActorKind

_PLURAL = frozenset({"NNS", "NNPS"})
_CERTAIN = 0.8  # the model's probability from which its kind counts more than that of the noun
_DEEP = 6  # nouns that hang on each other with "of"
_INNER = frozenset({"of", "al", "-", "al-", "el", "de", "the", "bin", "for", "’s", "'s"})


@dataclass(eq=False, slots=True)
class Mention:
    """A phrase that refers to an actor; ranges are of words, half-open.

    `name` is the proper name in it, `role` the office before or behind the name, `entry` whom the registry knows by the
    name. `side` is the mention of whom the phrase says that the actor belongs to. `owner` is the word of a possessive
    pronoun ("its spokesman"); `again` the mention of the same actor that this one renames or stands in. `inner`
    mentions are names that only say the side of somebody else ("Kenyan" in "the Kenyan envoy"). `local` is
    the state that the report names most, which "the government" without a side means;
    `country` its code, if it is named more often than all others together.
    """

    first: int
    end: int
    head: int
    kind: ActorKind
    name: Range | None = None
    role: Range | None = None
    entry: Entry | None = None
    side: "Mention | None" = None
    owner: int | None = None
    again: "Mention | None" = None
    plural: bool = False
    inner: bool = False
    local: Entry | None = None
    country: str | None = None


def mentions(clauses: Clauses, statements: list[Statement], registry: Registry) -> list[Mention]:
    """The mentions of a report in the order of the text, of two that begin together the longer one first."""
    names = ReportNames(clauses.annotation, registry)
    reader = _Reader(clauses, names)
    phrases = actor_phrases(clauses, statements, names)
    found = [reader.mention(phrase) for phrase in phrases if reader.refers(phrase)]
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
    for mention in list(found):
        reader.set_side(mention, inside)
    return sorted([*found, *reader.inner.values()], key=lambda m: (m.first, -m.end))


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

    def __init__(self, clauses: Clauses, names: ReportNames) -> None:
        self.clauses, self.names, self.a = clauses, names, clauses.annotation
        self.persons: dict[int, Range] = {}
        self.inner: dict[int, Mention] = {}
        most = max(names.counts, key=lambda key: names.counts[key], default=None)
        self.local = names.registry[most] if most is not None else None
        clear = most is not None and 2 * names.counts[most] > names.counts.total()
        self.country = self.local.country if self.local is not None and clear else None
        self.located: set[int] = set()
        for first, end in person_names(self.a, names):
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
            mention.role = self._role(mention)
        mention.owner = self._owner(phrase)
        mention.local, mention.country = self.local, self.country
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
        surnames = {folded(self.a.forms[word]) for word in range(phrase.first, phrase.end) if word in self.persons}
        for key, leaders in entries("leaders").items():
            if surnames & leaders and key in self.names.registry:
                return self.names.registry[key]
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
        if lemma in words["government"] and phrase.label not in ("organisation", "media"):
            return "government"
        if phrase.probability < _CERTAIN and (collective := self._collective(phrase)) is not None:
            return collective.kind
        if phrase.label == "person" and self.a.xpos[phrase.head] in _PLURAL:
            return "government" if lemma in words["officials"] else "people"
        return cast(ActorKind, phrase.label)

    def _collective(self, phrase: Phrase) -> Entry | None:
        """The registry's entry for the noun and the words just before it: "rebel group", "aid workers"."""
        forms = self.a.forms
        for first in range(max(phrase.first, phrase.head - 2), phrase.head + 1):
            found = self.names.collective(" ".join(forms[first : phrase.head + 1]).lower())
            if found is not None:
                return found
        return None

    def _role(self, mention: Mention) -> Range | None:
        """The office before the name ("Foreign Minister"), without article, side and "Mr"; none if there is none."""
        a = self.a
        first, end = mention.first, mention.name[0] if mention.name is not None else mention.end
        for word in range(first, min(end, mention.head)):
            if a.xpos[word] == "POS":  # behind the owner: "Okello's aide"
                first = word + 1
        while first < end:
            named = self.names.at(first)
            if named is not None and named.end < end:
                first = named.end
            elif a.upos[first] in ("DET", "PUNCT", "PART") or a.xpos[first] == "PRP$":
                first += 1
            else:
                break
        while end > first and a.upos[end - 1] in ("PUNCT", "PART"):
            end -= 1
        words = [a.forms[i].lower().rstrip(".") for i in range(first, end) if a.upos[i] in ("NOUN", "PROPN")]
        return (first, end) if any(word not in entries("descriptions")["forms_of_address"] for word in words) else None

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

    def set_side(self, mention: Mention, inside: dict[int, list[Mention]]) -> None:
        """Gives the mention its side: the name or mention before its noun, or behind it with "of", "for", "from"."""
        for at in self._before(mention):
            if self._take(mention, at, inside):
                return
        if (owner := self._government(mention)) is not None:
            mention.side = owner
            return
        for at in (*self._behind(mention), *self._after_name(mention)):
            if self._take(mention, at, inside):
                return

    def _government(self, mention: Mention) -> Mention | None:
        """The inner mention of an untagged government that owns the phrase's noun: "the government's negotiator"."""
        for word in range(mention.first, mention.head - 1):
            government = self.a.lemmas[word].lower() in entries("descriptions")["government"]
            if government and self.a.xpos[word + 1] == "POS":
                found = Mention(mention.first, word + 1, word, "government", local=self.local, inner=True)
                return self.inner.setdefault(mention.first, found)
        return None

    def _take(self, mention: Mention, at: int, inside: dict[int, list[Mention]]) -> bool:
        named = self.names.at(at)
        own = mention.name is not None and mention.name[0] <= at < mention.name[1]
        if own or (named is not None and named.first <= mention.head < named.end):
            return False
        for other in reversed(inside.get(at, [])):  # the innermost first
            holds = other.first <= mention.first and mention.end <= other.end
            if other is mention or holds or other.again is mention or mention.again is other:
                continue
            if other.entry is None or other.entry is not mention.entry:
                mention.side = other
                return True
        if named is not None and named.entry is not mention.entry and named.entry.kind != "people":
            mention.side = self.inner.setdefault(named.first, _inner(named))
            return True
        return False

    def _before(self, mention: Mention) -> Iterator[int]:
        """The words before the phrase's noun, up to the first preposition other than "of"."""
        for word in range(mention.first, mention.head):
            if self.a.upos[word] in ("ADP", "VERB") and self.a.forms[word].lower() != "of":
                return
            yield word

    def _behind(self, mention: Mention) -> Iterator[int]:
        """The nouns behind the phrase's noun that hang on it with a preposition of belonging, the nearest first.

        An envoy "to" or "for" a state is not of that state; what is only "in" a place is of a state at most.
        """
        a, clauses = self.a, self.clauses
        waiting = [mention.head]
        while waiting and len(waiting) < _DEEP:
            at = waiting.pop(0)
            sent = a.lemmas[at].lower() in entries("descriptions")["sent"]
            for child in clauses.with_relation(at, "nmod"):
                case = clauses.case(child)
                state = self._is_state(child)
                belongs = case in ("of", "from") or (case == "for" and not (sent and state))
                unnamed = mention.name is None and not sent
                belongs = belongs or (case == "to" and not state) or (case in ("in", "at") and state and unnamed)
                if child > at and belongs:
                    yield child
                    waiting.append(child)

    def _after_name(self, mention: Mention) -> range:
        """The words behind a person's name and "of" or "from": "Jan Okello of the Free Savanna Front"."""
        if mention.name is None or mention.kind != "person" or mention.name[1] >= mention.end:
            return range(0)
        at = mention.name[1]
        return range(at + 1, mention.end) if self.a.forms[at].lower() in ("of", "from") else range(0)

    def _is_state(self, word: int) -> bool:
        """Whether a noun names a state, or at least nobody else that the registry knows."""
        named = self.names.at(word)
        return named is None or named.entry.kind == "government"


def _inner(named: Named) -> Mention:
    span = (named.first, named.end)
    return Mention(*span, named.end - 1, named.entry.kind, name=span, entry=named.entry, inner=True)


def _without_titles(a: Annotation, first: int, end: int) -> Range:
    """The name without the titles that silver annotation takes into it ("President Bush" → Bush)."""
    while end - first > 1 and a.forms[first].lower().rstrip(".") in entries("descriptions")["titles"]:
        first += 1
    return first, end
