"""Features of pronouns beside the actors for whom they might stand, for the comparison in `training.coref`.

Pronouns are taken in the order of the text, and one that has been resolved is a candidate for the next. Truceline
leaves them to the rules of `resolve.speaking`, which the table in training/README.md shows to do as well.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import exp

from truceline.annotate import Annotation
from truceline.extract import Mention
from truceline.lexicon import entries
from truceline.resolve.identities import Identities
from truceline.resolve.preferences import Features, scores

_BODIES = frozenset({"government", "military", "armed group", "organisation", "party", "ngo", "media"})
_KINDS = ("he", "she", "it", "they")
_BACK = 6  # sentences from a pronoun to its candidates
_LOW, _OFTEN = 5, 5  # where counting stops
_DEEP = 12  # words from a word to the root of its tree that are looked at
_CLAUSES = 8
_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of an actor before a pronoun, or an earlier pronoun (`mention` None) that stands for the actor."""

    first: int
    head: int
    actor: str
    mention: Mention | None


def third_person(a: Annotation, word: int) -> str | None:
    """Which pronoun a word is, whatever its case: "he" for "his"; None for any other word."""
    form = a.forms[word].lower()
    lists = entries("descriptions")
    return next((kind for kind in _KINDS if form in lists[kind]), None)


class Pronouns:
    """The pronouns of one report and their candidates; `actors` holds those resolved so far."""

    def __init__(self, a: Annotation, identities: Identities) -> None:
        self.a = a
        self.kinds = {actor.id: actor.kind for actor in identities.actors}
        self.genders = identities.genders
        pairs = list(zip(identities.mentions, identities.ids, strict=True))
        officials = entries("descriptions")["officials"]
        self.officials = {i for m, i in pairs if not m.plural and a.lemmas[m.head].lower() in officials}
        named = {i for m, i in pairs if m.name is not None or m.entry is not None}
        self.many = {i for m, i in pairs if m.plural} - named
        self.candidates_of_mentions = [Candidate(m.first, m.head, i, m) for m, i in pairs if not m.inner]
        self.firsts = [candidate.first for candidate in self.candidates_of_mentions]
        self.sentences = [first for first, _ in a.sentences]
        self.words = [w for w, tag in enumerate(a.upos) if tag in ("PRON", "DET") and third_person(a, w)]
        self.actors: dict[int, str] = {}
        self.resolved: list[Candidate] = []
        self.called: dict[str, set[str]] = defaultdict(set)  # by which pronouns an actor has been called
        # The statement (by the number of its cue, from 1) in whose content, and as whose source, a word stands.
        self.content, self.source = [0] * len(a.forms), [0] * len(a.forms)
        columns = {"content": self.content, "source": self.source}
        for n, (span, cue) in enumerate(zip(a.statements.spans, a.statements.cues, strict=True), start=1):
            if span.label in columns:
                number = cue + 1 if cue >= 0 else len(a.statements.spans) + n
                columns[span.label][span.first : span.end] = [number] * (span.end - span.first)

    def add(self, word: int, actor: str) -> None:
        """Remembers for whom a pronoun stands; pronouns are added in the order of the text."""
        self.actors[word] = actor
        self.resolved.append(Candidate(word, word, actor, None))
        self.called[actor].add(third_person(self.a, word) or "")

    def likeliest(self, word: int, weight: dict[str, float]) -> str | None:
        """The actor whose candidates have most of the probability; None if nobody fits."""
        candidates = self.candidates(word)
        if not candidates:
            return None
        found = scores(weight, self.features(word, candidates))
        top = max(found)
        shares: dict[str, float] = defaultdict(float)
        for candidate, score in zip(candidates, found, strict=True):
            shares[candidate.actor] += exp(score - top)
        return max(shares, key=lambda actor: shares[actor])

    def candidates(self, word: int) -> list[Candidate]:
        """The mentions and pronouns of the sentences before that the pronoun can stand for, the nearest last.

        Nobody who stands beside the pronoun at one verb: in "Okello told him", "him" is not Okello.
        """
        pronoun = third_person(self.a, word) or ""
        earliest = self.sentences[max(0, self._sentence(word) - _BACK)]
        near = self.candidates_of_mentions[bisect_left(self.firsts, earliest) : bisect_left(self.firsts, word)]
        found = [c for c in near if c.mention is not None and c.mention.end <= word and self._fits(pronoun, c)]
        for candidate in reversed(self.resolved):
            if candidate.first < earliest:
                break
            if self._fits(pronoun, candidate):
                found.append(candidate)
        beside = {candidate.actor for candidate in found if self._beside(word, candidate.head)}
        return sorted((c for c in found if c.actor not in beside), key=lambda candidate: candidate.first)

    def _beside(self, word: int, other: int) -> bool:
        """Whether two words depend on one verb as its subject, object or oblique, and neither is a reflexive."""
        if self.a.heads[word] != self.a.heads[other] or self.a.forms[word].lower().endswith(("self", "selves")):
            return False
        return self._role(word) in _ARGUMENTS and self._role(other) in _ARGUMENTS

    def _fits(self, pronoun: str, candidate: Candidate) -> bool:
        kind = self.kinds[candidate.actor]
        many = candidate.mention.plural if candidate.mention is not None else candidate.actor in self.many
        if pronoun in ("he", "she"):
            human = kind == "person" or candidate.actor in self.officials
            return human and self.genders.get(candidate.actor, pronoun) == pronoun
        if pronoun == "it":
            return kind in _BODIES and not many
        return many or kind in _BODIES or kind in ("people", "other")

    def features(self, word: int, candidates: list[Candidate]) -> list[Features]:
        """A row of features for each candidate of the pronoun."""
        often = Counter(candidate.actor for candidate in candidates)
        rank: dict[str, int] = {}
        for candidate in reversed(candidates):
            rank.setdefault(candidate.actor, len(rank))
        speeches = [c.first for c in candidates if self.source[c.first] and not self._own_words(word, c)]
        spoke_last = max(speeches, default=-1)
        rows = []
        for n, candidate in enumerate(candidates):
            row = [*self._place(word, candidate), *self._form(word, candidate), *self._speech(word, candidate)]
            row.append(f"rank {min(rank[candidate.actor], _LOW)}")
            row.append(f"often {min(often[candidate.actor], _OFTEN)}")
            row.append(f"mentions back {min(len(candidates) - 1 - n, _BACK)}")
            if candidate.first == spoke_last:
                row += ["spoke last", f"spoke last, speaks {bool(self.source[word]):d}"]
            rows.append(row)
        return rows

    def _place(self, word: int, candidate: Candidate) -> Features:
        """Distance, and the places of both in their trees."""
        here, there = self._sentence(word), self._sentence(candidate.first)
        role, own = self._role(candidate.head), self._role(word)
        row = [f"sentences {min(here - there, _BACK)}", f"it is {role}", f"it is {role}, here {here == there:d}"]
        if role.startswith("nsubj") and own.startswith("nsubj"):
            row.append("both subjects")
        if role == own:
            row.append("same role")
        if here == there:
            row += self._within(word, candidate, role, own)
        if candidate.first == self.sentences[there]:
            row.append("opens its sentence")
        if there == 0:
            row.append("in the first sentence")
        return row

    def _within(self, word: int, candidate: Candidate, role: str, own: str) -> Features:
        """Of a candidate in the pronoun's own sentence: who shares its clause, who stands above it."""
        row = [f"depth {max(-2, min(2, self._depth(candidate.head) - self._depth(word)))}"]
        if self._clause(candidate.head) == self._clause(word):
            if own == "nmod:poss":
                row += ["one clause, possessive", f"one clause, possessive, it is {role}"]
            elif self.a.forms[word].lower().endswith(("self", "selves")):
                row.append("one clause, reflexive")
            elif role in _ARGUMENTS:
                row.append("one clause")
        return row

    def _form(self, word: int, candidate: Candidate) -> Features:
        """What the candidate is, and how the report has called it."""
        mention, kind = candidate.mention, third_person(self.a, word)
        row: Features = [self.kinds[candidate.actor]]
        if mention is None:
            row.append("pronoun")
            if self.a.forms[candidate.first].lower() == self.a.forms[word].lower():
                row.append("same pronoun")
            if third_person(self.a, candidate.first) == kind:
                row.append("pronoun of one kind")
        else:
            row.append("named" if mention.name is not None or mention.entry is not None else "described")
            row += ["plural"] * mention.plural + ["office"] * (mention.role is not None)
        if candidate.actor in self.many:
            row.append("many")
        if kind in ("he", "she"):
            called = self.called[candidate.actor]
            row += ["called so"] * (kind in called) + ["called otherwise"] * bool(called & {"he", "she"} - {kind})
        if candidate.actor in self.genders:
            row.append("gender known")
        return row

    def _speech(self, word: int, candidate: Candidate) -> Features:
        """Who speaks, and who stands in somebody's words."""
        there, here = self.content[candidate.head], self.content[word]
        row = [f"quoted {bool(there):d}, pronoun {bool(here):d}, together {0 < there == here:d}"]
        if self.source[candidate.first]:
            row.append("speaks")
            row += ["both speak"] * bool(self.source[word])
            row += ["speaks these words"] * self._own_words(word, candidate)
        return row

    def _own_words(self, word: int, candidate: Candidate) -> bool:
        """Whether the pronoun stands in what the candidate says."""
        return 0 < self.content[word] == self.source[candidate.first]

    def _sentence(self, word: int) -> int:
        return bisect_right(self.sentences, word) - 1

    def _role(self, word: int) -> str:
        relation = self.a.deprels[word]
        return relation if relation in ("nsubj:pass", "nmod:poss") else relation.partition(":")[0]

    def _clause(self, word: int) -> int:
        """The verb over a word."""
        at = int(self.a.heads[word])
        for _ in range(_CLAUSES):
            if at < 0 or self.a.upos[at] in ("VERB", "AUX"):
                break
            at = int(self.a.heads[at])
        return at

    def _depth(self, word: int) -> int:
        depth = 0
        while word >= 0 and depth < _DEEP:
            word = int(self.a.heads[word])
            depth += 1
        return depth
