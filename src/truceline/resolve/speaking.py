"""Who speaks and who is spoken to: the words at a cue to the actor for whom they stand, pronouns too."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from truceline.extract import Clauses, Mention, Reference
from truceline.lexicon import entries
from truceline.records import Span, Statement
from truceline.resolve.identities import Identities

_BODIES = frozenset({"government", "military", "armed group", "organisation", "party", "ngo", "media"})
_SENTENCES = 5  # back to the noun for which a pronoun stands
_LONGEST = 60  # words of a mention
_SPEAKERS = 12  # those who spoke last, among whom a pronoun's actor is sought
# What speaks for a candidate, in sentences of distance that it makes up for.
_SPOKE, _SUBJECT, _QUOTED, _MANY = 2.0, 1.5, -1.5, 1.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A word by which an actor is spoken of, before a pronoun."""

    word: int
    actor: str
    bonus: float
    plural: bool


def with_speakers(clauses: Clauses, statements: list[Statement], identities: Identities) -> list[Statement]:
    """The statements with `speaker` and `addressee` filled in where the report lets one tell."""
    speakers = Speakers(clauses, statements, identities)
    found = []
    for statement in statements:
        speaker = speakers.speaker(statement)
        addressee = speakers.actor_of(statement.addressee_text)
        found.append(replace(statement, speaker=speaker, addressee=addressee))
        speakers.heard(statement, speaker)
    return found


def references(clauses: Clauses, statements: list[Statement], identities: Identities) -> list[Reference]:
    """Every phrase and pronoun that stands for an actor, in the order of the text; statements with their speakers."""
    speakers = Speakers(clauses, statements, identities)
    for statement in statements:
        speakers.heard(statement, statement.speaker)
    found = [
        Reference(mention.first, mention.end, mention.head, actor, inner=mention.inner)
        for mention, actor in zip(identities.mentions, identities.ids, strict=True)
    ]
    for word, tag in enumerate(clauses.annotation.upos):
        if tag == "PRON" or clauses.annotation.xpos[word] == "PRP$":
            pronoun = speakers.pronoun(word)
            actor = speakers.antecedent(word, pronoun) if pronoun is not None else None
            if actor is not None:
                found.append(Reference(word, word + 1, word, actor, pronoun=True))
    return sorted(found, key=lambda reference: (reference.first, reference.end))


class Speakers:
    """Looks up who stands behind words of one report; remembers who has spoken."""

    def __init__(self, clauses: Clauses, statements: list[Statement], identities: Identities) -> None:
        self.clauses, self.a, self.identities = clauses, clauses.annotation, identities
        self.kinds = {actor.id: actor.kind for actor in identities.actors}
        self.sides = {actor.id: actor.of for actor in identities.actors}
        self.genders = dict(identities.genders)
        self.plurals = {key for mention, key in zip(identities.mentions, identities.ids, strict=True) if mention.plural}
        # "A diplomat" is one human being, whatever the kind of the side that diplomats are.
        self.officials = {
            key
            for mention, key in zip(identities.mentions, identities.ids, strict=True)
            if not mention.plural and self.a.lemmas[mention.head].lower() in entries("descriptions")["officials"]
        }
        self.firsts = [mention.first for mention in identities.mentions]
        self.sentences = [first for first, _ in self.a.sentences]
        self.quoted = bytearray(len(self.a.forms))
        for statement in statements:
            for piece in statement.content:
                first, end = clauses.words(piece.start, piece.end)
                self.quoted[first:end] = b"\1" * (end - first)
        self.spoken: list[_Candidate] = []  # the speakers so far, in the order of the statements

    def speaker(self, statement: Statement) -> str | None:
        """The id of the statement's speaker, None if the report does not let one tell."""
        words = statement.speaker_text
        if words is None:
            return self._goes_on(statement)
        speaker = self.actor_of(words)
        return speaker if speaker is not None else self._author(words)

    def _goes_on(self, statement: Statement) -> str | None:
        """Who speaks at "adding that …": who has spoken in the same sentence before; nobody at other verbs."""
        if statement.cue is None:
            return self._told_before(statement)
        first, end = self.clauses.words(statement.cue.start, statement.cue.end)
        participle = any(self.a.xpos[word] == "VBG" for word in range(first, end))
        if not participle and statement.content[0].start >= statement.cue.end:
            return self._only_one_before(first)
        if not self.spoken:
            return None
        same = bisect_right(self.sentences, first) == bisect_right(self.sentences, self.spoken[-1].word)
        return self.spoken[-1].actor if participle and same else None

    def _only_one_before(self, cue: int) -> str | None:
        """Who alone is named before an active verb of speech in its sentence, where the tree has lost the subject."""
        if self.a.upos[cue] != "VERB" or self.clauses.passive(cue):
            return None
        start = self.sentences[bisect_right(self.sentences, cue) - 1]
        near = range(bisect_left(self.firsts, start), bisect_left(self.firsts, cue))
        outer = self._outer([i for i in near if not self.identities.mentions[i].inner])
        alone = len(outer) == 1 and not any(self.quoted[start:cue])
        return self.identities.ids[outer[0]] if alone else None

    def _told_before(self, statement: Statement) -> str | None:
        """Who speaks where the cue went untagged: the mention before the verb in "Officials say the road is shut"."""
        first, _ = self.clauses.words(statement.content[0].start, statement.content[0].end)
        verb = first - 1 - (self.a.forms[first - 1].lower() == "that")
        if verb < 1 or self.a.breaks[first] or self.a.lemmas[verb].lower() not in entries("cues")["clause"]:
            return None
        for i in range(bisect_left(self.firsts, verb - _LONGEST), bisect_left(self.firsts, verb)):
            if self.identities.mentions[i].end == verb and not self.identities.mentions[i].inner:
                return self.identities.ids[i]
        return None

    def heard(self, statement: Statement, speaker: str | None) -> None:
        """Remembers who has spoken, and by which pronoun the report has called them."""
        words = statement.speaker_text
        if speaker is None or words is None:
            return
        first, end = self.clauses.words(words.start, words.end)
        self.spoken.append(_Candidate(first, speaker, 0.0 if statement.within else _SPOKE, speaker in self.plurals))
        lists = entries("descriptions")
        form = self.a.forms[first].lower()
        if end - first == 1 and self.kinds[speaker] == "person" and (form in lists["he"] or form in lists["she"]):
            self.genders.setdefault(speaker, "he" if form in lists["he"] else "she")

    def actor_of(self, words: Span | None) -> str | None:
        """The id of the actor for whom these words stand, None if the report does not let one tell."""
        if words is None:
            return None
        first, end = self.clauses.words(words.start, words.end)
        if end - first == 1 and (pronoun := self.pronoun(first)):
            return self.antecedent(first, pronoun)
        mentions, ids = self.identities.mentions, self.identities.ids
        near = range(bisect_left(self.firsts, first - _LONGEST), bisect_left(self.firsts, end))
        touching = self._outer([i for i in near if mentions[i].end > first and not mentions[i].inner])
        if not touching:
            return None
        head = self._head(first, end)
        about = [i for i in touching if mentions[i].first <= head < mentions[i].end]
        # Of joint speakers the first named.
        joint = any(self.a.upos[w] == "CCONJ" for w in range(mentions[touching[0]].end, mentions[touching[-1]].first))
        best = about[0] if about and not joint else touching[0]
        shared = min(mentions[best].end, end) - max(mentions[best].first, first)
        # No name inside a description may stand for it.
        return ids[best] if about or 2 * shared >= end - first or self.a.upos[head] != "NOUN" else None

    def _outer(self, indices: list[int]) -> list[int]:
        """Those mentions that neither stand inside another nor only say its side."""
        mentions = [self.identities.mentions[i] for i in indices]
        sides = {id(mention.side) for mention in mentions if mention.side is not None}
        kept, end = [], -1
        for i, mention in zip(indices, mentions, strict=True):
            if mention.end > end and id(mention) not in sides:
                kept.append(i)
                end = mention.end
        return kept or indices

    def _head(self, first: int, end: int) -> int:
        """The first noun of the words whose head stands outside them."""
        a = self.a
        outside = [w for w in range(first, end) if not first <= self.clauses.head(w) < end]
        nouns = [w for w in outside if a.upos[w] in ("NOUN", "PROPN", "ADJ", "NUM", "PRON")]
        return (nouns or outside or [first])[0]

    def pronoun(self, word: int) -> str | None:
        """Which pronoun a word is (he, she, it, they); None for any other word."""
        form = self.a.forms[word].lower()
        lists = entries("descriptions")
        return next((name for name in ("he", "she", "it", "they", "we", "i") if form in lists[name]), None)

    def antecedent(self, word: int, pronoun: str) -> str | None:
        """For whom a pronoun stands: the nearest actor that fits, those first who spoke or are subjects."""
        if pronoun in ("i", "we"):
            return None
        here = bisect_right(self.sentences, word) - 1
        earliest = self.sentences[max(0, here - _SENTENCES)]
        best: tuple[float, int] | None = None
        found = None
        for candidate in self._candidates(earliest, word):
            if not self._fits(pronoun, candidate):
                continue
            away = here - (bisect_right(self.sentences, candidate.word) - 1)
            suits = _MANY if pronoun == "they" and candidate.plural else 0.0
            rank = (candidate.bonus + suits - away, candidate.word)
            if best is None or rank > best:
                best, found = rank, candidate.actor
        return found

    def _candidates(self, earliest: int, word: int) -> list[_Candidate]:
        mentions, ids = self.identities.mentions, self.identities.ids
        found = []
        for i in range(bisect_left(self.firsts, earliest), bisect_left(self.firsts, word)):
            mention = mentions[i]
            if mention.end > word or mention.inner:
                continue
            bonus = self._grammar(mention, word)
            found.append(_Candidate(mention.first, ids[i], bonus, mention.plural))
        before = bisect_left(self.spoken, word, key=lambda spoken: spoken.word)
        found += [c for c in reversed(self.spoken[max(0, before - _SPEAKERS) : before]) if c.word >= earliest]
        return found

    def _grammar(self, mention: Mention, pronoun: int) -> float:
        """What the place of a mention in its sentence says for it."""
        a = self.a
        relation = a.deprels[mention.head]
        bonus = _SUBJECT if relation.startswith("nsubj") else 0.0
        if relation.startswith("nmod") or relation == "compound":
            bonus -= 0.5
        if self.quoted[mention.head] and not self.quoted[pronoun]:
            bonus += _QUOTED
        return bonus

    def _fits(self, pronoun: str, candidate: _Candidate) -> bool:
        kind = self.kinds[candidate.actor]
        if pronoun in ("he", "she"):
            human = kind == "person" or (candidate.actor in self.officials and candidate.bonus == _SPOKE)
            return human and self.genders.get(candidate.actor, pronoun) == pronoun
        if pronoun == "it":
            return kind in _BODIES and not candidate.plural
        return candidate.plural or kind in _BODIES or kind in ("people", "other")

    def _author(self, words: Span) -> str | None:
        """Who speaks in a text: the owner named in the phrase ("a U.N. statement"), else who spoke just before."""
        first, end = self.clauses.words(words.start, words.end)
        text = self.a.lemmas[self._head(first, end)].lower()
        if text not in entries("descriptions")["documents"]:
            return None
        mentions, ids = self.identities.mentions, self.identities.ids
        inside = range(bisect_left(self.firsts, first), bisect_left(self.firsts, end))
        owners = [i for i in inside if mentions[i].end <= end]
        if owners:
            return ids[owners[0]]
        here = bisect_right(self.sentences, first) - 1
        definite = self.a.forms[first].lower() in entries("descriptions")["definite"]
        if self.spoken and definite and text in entries("descriptions")["messages"]:
            last = self.spoken[-1]
            near = bisect_right(self.sentences, last.word) - 1 >= here - 2
            return last.actor if near else None
        return None
