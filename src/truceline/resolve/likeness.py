"""Features of a description beside each actor whom it might mean, and beside nobody known yet.

A description comes in with the actors known so far; a row of features goes out for each of them, and a last row for
an actor that the description brings in. `preferences` weighs them.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from truceline.annotate import Annotation
from truceline.extract import Mention
from truceline.lexicon import entries
from truceline.resolve.descriptions import counted, description, nouns_for
from truceline.resolve.identity import Identity
from truceline.resolve.preferences import Features

_CLASSES = ("government", "body", "fighters", "forces", "officials", "rulers", "members")
_FAR, _LOW, _OFTEN, _FEW = 6, 4, 5, 3  # where counting stops: sentences, ranks, mentions, candidates


class Likeness:
    """Compares one description with actors; `rule` is whom the rules would take, None for somebody new."""

    def __init__(
        self,
        a: Annotation,
        mention: Mention,
        side: Identity | None,
        sentence: Callable[[int], int],
        rule: Identity | None,
    ) -> None:
        self.a, self.mention, self.side, self.sentence, self.rule = a, mention, side, sentence, rule
        self.noun, self.before = description(a, mention)
        self.opening = a.forms[mention.first].lower()
        words = entries("descriptions")
        self.classes = [name for name in _CLASSES if self.noun in words[name]]
        self.role = _relation(a, mention.head)

    def rows(self, known: Sequence[Identity]) -> list[Features]:
        """The features of each of the actors, the latest last, and those of nobody known."""
        ranks: dict[str, list[Identity]] = defaultdict(list)
        for identity in reversed(known):
            ranks[identity.kind].append(identity)
        most = {kind: max(identity.often for identity in identities) for kind, identities in ranks.items()}
        place = {id(identity): n for identities in ranks.values() for n, identity in enumerate(identities)}
        rows = []
        for identity in known:
            rank = place[id(identity)]
            row = [*self._kind(identity, rank), *self._words(identity), *self._side(identity), *self._place(identity)]
            row.append(f"rank {min(rank, _LOW)}")
            if identity.kind == self.mention.kind and len(ranks[identity.kind]) == 1:
                row.append("only one of its kind")
            if 0 < identity.often == most[identity.kind]:
                row.append("most spoken of")
            if identity is self.rule:
                row.append("rule")
            rows.append(row)
        return [*rows, self._new(known)]

    def _kind(self, identity: Identity, rank: int) -> Features:
        mention = self.mention
        same = identity.kind == mention.kind
        named = bool(identity.names) or identity.entry is not None
        row = ["same kind"] if same else ["other kind", f"{mention.kind} for {identity.kind}"]
        row.append("named" if named else "described")
        if identity.entry is not None:
            row.append("in the registry")
        for name in self.classes:
            row.append(f"{name} for {identity.kind}")
            meant = identity.kind if same else "other"
            row.append(f"{name} for {meant}, named {named:d}, last {rank == 0:d}")
            if not self.before and self.side is None:
                row.append(f"{name} alone, same kind {same:d}, last {rank == 0:d}")
        if identity.mentions:
            row.append(f"plural {mention.plural:d} for {identity.plural:d}")
        return row

    def _words(self, identity: Identity) -> Features:
        """What the nouns that have described the actor say, and the words before them."""
        words = entries("descriptions")
        row = []
        if self.noun in identity.heads:
            described = identity.heads[self.noun]
            row.append("same noun")
            if self.before == described:
                row.append("same words before" if self.before else "no words before")
            else:
                smaller, larger = self.before < described, described < self.before
                row.append("fewer words before" if smaller else "more words before" if larger else "other words before")
            if described & words["lapsed"] - self.before:
                row.append("lapsed")
        elif not identity.heads.keys().isdisjoint(nouns_for(self.noun)):
            row.append("noun stands in")
        elif identity.heads:
            row.append("other noun")
        if self.noun not in identity.heads and self.noun in identity.nouns:
            row.append("same head")
        if any(word in name for name in identity.names for word in (self.noun, *self.before)):
            row.append("word of its name")
        against = words["female"] if identity.gender == "he" else words["male"] if identity.gender == "she" else ()
        if self.noun in against:
            row.append("other gender")
        return row

    def _side(self, identity: Identity) -> Features:
        if self.side is None:
            return ["no side, has one"] if identity.side is not None else []
        if identity is self.side:
            return ["is the side"]
        if identity.side is None:
            return ["has no side"]
        if identity.side is self.side:
            return ["same side"]
        return ["side within" if identity.side.side is self.side else "other side"]

    def _place(self, identity: Identity) -> Features:
        """How far away the actor was last spoken of, how often, and in what place of the sentence."""
        row = [f"mentions {min(identity.often, _OFTEN)}"]
        last = identity.last or next(reversed(identity.mentions), None)
        if last is not None:
            away = self.sentence(self.mention.first) - self.sentence(last.first)
            relation = _relation(self.a, last.head)
            row += [f"sentences {min(max(away, 0), _FAR)}", f"it is {relation}"]
            if relation == self.role == "nsubj":
                row.append("both subjects")
        return row

    def _new(self, known: Sequence[Identity]) -> Features:
        """What speaks for somebody new."""
        mention, sided = self.mention, self.side is not None
        kind = sum(identity.kind == mention.kind for identity in known)
        heard = any(self.noun in identity.heads for identity in known)
        start = self._opening()
        row = [
            "new", f"new, {start}", f"new, plural {mention.plural:d}", f"new, counted {counted(self.a, mention):d}",
            f"new, {mention.kind}", f"new, more behind {mention.end - mention.head > 1:d}", f"new, {self.role}",
            f"new, in the first sentence {self.sentence(mention.first) == 0:d}", f"new, noun heard {heard:d}",
            f"new, {start}, noun heard {heard:d}", f"new, of its kind {min(kind, _FEW)}", f"new, side {sided:d}",
            f"new, words before {min(len(self.before), 2)}",
            f"new, {start}, words before {min(len(self.before), 2)}, side {sided:d}",
        ]  # fmt: skip
        for name in self.classes:
            row += [f"new, {name}", f"new, {name}, {start}"]
            row.append(f"new, {name}, words before {bool(self.before):d}, side {sided:d}")
        if self.rule is None:
            row.append("new by rule")
        return row

    def _opening(self) -> str:
        """How the phrase begins, roughly."""
        words = entries("descriptions")
        if self.opening == "the" or self.opening in words["definite"]:
            return "the" if self.opening == "the" else "this"
        if self.opening in ("a", "an"):
            return "a"
        if self.opening in words["new"]:
            return "another"
        return "owner" if self.mention.owner is not None else "bare"


def _relation(a: Annotation, word: int) -> str:
    return a.deprels[word].partition(":")[0]
