"""The dependency tree as extraction asks it: children, subtrees, noun phrases."""

from collections.abc import Iterator

import numpy as np

from truceline.annotate import Annotation

# What hangs on a noun but does not name what it stands for.
_BEHIND_A_NOUN = frozenset(
    {"acl", "acl:relcl", "parataxis", "punct", "cc", "appos", "dep", "ccomp", "advcl", "discourse", "orphan"}
)
_NAMING = ("nmod", "flat", "compound", "conj", "nummod", "goeswith", "fixed", "list")


class Clauses:
    """Children and subtrees of one annotation, and which of its words name a time; computed once."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.children: list[list[int]] = [[] for _ in annotation.forms]
        for word, head in enumerate(annotation.heads.tolist()):
            if head >= 0:
                self.children[head].append(word)
        self.timed = bytearray(len(annotation.forms))
        for time in annotation.times:
            self.timed[time.first : time.end] = b"\1" * (time.end - time.first)

    def with_relation(self, word: int, *relations: str) -> Iterator[int]:
        """The children of `word` that have one of these relations, in order; `"nsubj"` also means its subtypes."""
        for child in self.children[word]:
            relation = self.annotation.deprels[child]
            if relation in relations or relation.partition(":")[0] in relations:
                yield child

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words (half-open) that share characters with `start` to `end`."""
        # Numbers of the column's own type: for any other NumPy would first copy the whole column.
        first = self.annotation.ends.searchsorted(np.int32(start), side="right")
        return int(first), int(self.annotation.starts.searchsorted(np.int32(end)))

    def head(self, word: int) -> int:
        """The word that `word` depends on, -1 for a root."""
        return int(self.annotation.heads[word])

    def subtree(self, word: int) -> tuple[int, int]:
        """The words from the first to the last descendant of `word` (half-open)."""
        first, last = word, word
        waiting = [word]
        while waiting:
            at = waiting.pop()
            first, last = min(first, at), max(last, at)
            waiting += self.children[at]
        return first, last + 1

    def noun_phrase(self, noun: int, without: frozenset[str] = frozenset()) -> tuple[int, int]:
        """The words of the noun phrase around `noun` (half-open): its modifiers, no clauses, no preposition before it.

        Modifiers behind the noun that begin with one of the prepositions in `without` are left out.
        """
        first, last = noun, noun
        for child in self.children[noun]:
            relation = self.annotation.deprels[child]
            if relation in _BEHIND_A_NOUN or relation in ("case", "mark"):
                continue
            if child < noun:
                first = min(first, self.subtree(child)[0])
            elif relation.startswith(_NAMING) and self.case(child) not in without and not self.timed[child]:
                last = max(last, self.subtree(child)[1] - 1)
        return first, last + 1

    def case(self, word: int) -> str:
        """The preposition of a nominal, in lower case; empty if it has none."""
        return next((self.annotation.forms[c].lower() for c in self.with_relation(word, "case")), "")

    def passive(self, verb: int) -> bool:
        """Whether a verb is in the passive voice."""
        a = self.annotation
        relations = {a.deprels[c] for c in self.children[verb]}
        if "aux:pass" in relations:
            return True
        perfect = any(a.lemmas[c].lower() == "have" for c in self.with_relation(verb, "aux"))
        return bool(relations & {"nsubj:pass", "csubj:pass"}) and not perfect and a.xpos[verb] == "VBN"

    def governor(self, first: int, end: int) -> int:
        """The word of a run of words that governs the others: the first verb or noun whose head stands outside."""
        outside = [w for w in range(first, end) if not first <= self.head(w) < end]
        content_words = [w for w in outside if self.annotation.upos[w] in ("VERB", "NOUN", "PROPN", "AUX", "ADJ")]
        return (content_words or outside or [first])[0]
