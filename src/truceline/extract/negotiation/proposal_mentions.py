"""Mentions of proposals: phrases for what parties may agree to, refuse, vote on, carry out or break. GUIDE §4."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from truceline.extract.clauses import Clauses
from truceline.lexicon import entries
from truceline.records.reading import ProposalKind

KINDS: tuple[ProposalKind, ...] = (
    "ceasefire", "withdrawal", "talks", "resolution", "exchange", "access", "disarmament", "politics", "sanctions",
    "deployment", "peace",
)  # fmt: skip
Opening = Literal["new", "back", "owned", "verb", "plain"]
_OWNERS = frozenset({"'s", "’s", "its", "his", "her", "their", "our"})


@dataclass(eq=False, slots=True)
class ProposalMention:
    """One phrase for a proposal: its words (half-open), the word that governs them and that word's lemma.

    `kind` is what the words say, None where only the context tells. `content` are the lemmas of the words with meaning,
    the head's left out. `opening`: how the phrase begins: as something new, pointing back, somebody's, as a verb
    ("to withdraw its forces"), or with none of these.
    """

    first: int
    end: int
    head: int
    noun: str
    kind: ProposalKind | None
    content: frozenset[str]
    opening: Opening


def proposal_mention(clauses: Clauses, first: int, end: int) -> ProposalMention:
    """The mention that a run of words makes."""
    a = clauses.annotation
    head = clauses.governor(first, end)
    content = frozenset(
        a.lemmas[word].lower()
        for word in range(first, end)
        if word != head and a.upos[word] in ("NOUN", "PROPN", "ADJ", "VERB", "NUM")
    )
    kind = kind_of(clauses, first, end, head)
    return ProposalMention(first, end, head, a.lemmas[head].lower(), kind, content, _opening(clauses, first, head))


def _opening(clauses: Clauses, first: int, head: int) -> Opening:
    a, words = clauses.annotation, entries("proposals")
    form = a.forms[first].lower()
    if a.upos[head] == "VERB":
        return "verb"
    if form in words["new"]:
        return "new"
    if form in words["back"]:
        return "back"
    return "owned" if {form.lower() for form in a.forms[first:head]} & _OWNERS else "plain"


def kind_of(clauses: Clauses, first: int, end: int, head: int) -> ProposalKind | None:
    """The kind that a phrase's own words name: its head's, else that of the words nearest to the head.

    "Peace talks" are talks, "a truce offer" is a ceasefire, "a plan to send observers" a deployment. Things that many
    a proposal is about ("troops", "weapons", "elections") count when no word names what is to be done with them.
    """
    words = entries("proposals")
    weak: ProposalKind | None = None
    for word in _by_closeness(clauses, first, end, head):
        lemma = _verb_and_particle(clauses, word)
        kind = next((kind for kind in KINDS if lemma in words[kind]), None)
        if kind == "exchange" and lemma in ("release", "free") and not _holds(clauses, word, words["captives"]):
            continue
        if kind is not None and (word == head or lemma not in words["things"]):
            return _in_full(clauses, word, kind, words)
        weak = weak or kind
        if word == head and lemma not in words["general"] | words["light"] | {"draft"}:
            return None  # a head of its own meaning: what hangs on it is no longer the thing itself
    return weak


def _verb_and_particle(clauses: Clauses, word: int) -> str:
    """The lemma, with the particle that makes "pull" another verb: "pull out"."""
    a = clauses.annotation
    lemma = a.lemmas[word].lower()
    particles = [a.forms[c].lower() for c in clauses.children[word] if a.deprels[c] in ("compound:prt", "advmod")]
    return next((f"{lemma} {p}" for p in particles if p in ("out", "back", "down")), lemma)


def _in_full(clauses: Clauses, word: int, kind: ProposalKind, words: dict[str, frozenset[str]]) -> ProposalKind:
    """What a compound makes of its head: "aid convoy" is access, "arms embargo" sanctions, "peace conference" talks."""
    a = clauses.annotation
    if a.lemmas[word].lower() in ("process", "accord", "treaty", "settlement"):
        for child in clauses.children[word]:
            named = next((k for k in KINDS if child < word and a.lemmas[child].lower() in words[k]), None)
            if named is not None:
                return named
    return kind


def _holds(clauses: Clauses, word: int, lemmas: frozenset[str]) -> bool:
    first, end = clauses.subtree(word)
    return any(clauses.annotation.lemmas[i].lower() in lemmas for i in range(first, end))


def _by_closeness(clauses: Clauses, first: int, end: int, head: int) -> Iterator[int]:
    """The head, then what stands before it from right to left, then what hangs on it, level by level."""
    yield head
    before = [c for c in clauses.children[head] if first <= c < head]
    yield from reversed(before)
    level = [c for c in clauses.children[head] if head < c < end]
    while level:
        yield from level
        level = [c for word in level for c in clauses.children[word] if first <= c < end]
