"""A short name for a proposal, for lists and the terminal: its own words, as short as they can be."""

from collections.abc import Sequence

from truceline.extract.clauses import Clauses
from truceline.extract.shown_by import is_verbal
from truceline.lexicon import entries
from truceline.records.reading import ProposalKind

Range = tuple[int, int]
LONGEST = 70  # characters
_POINTING = frozenset({"a", "an", "the", "this", "that", "these", "those", "any", "such", "its", "his", "her", "their",
                       "our", "my", "your", "some"})  # fmt: skip
_MEANINGFUL = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LOOSE_ENDS = _POINTING | {"of", "to", "in", "on", "for", "with", "by", "at", "from", "and", "or", "which", "who",
                           "between", "into", "as", "over"}  # fmt: skip
_STOPS = ",;:–—-.\"“”'"


def label_of(clauses: Clauses, mentions: Sequence[Range], kind: ProposalKind) -> str:
    """The mention that says most in few words, without its article, cut at a word to about 70 characters.

    `mentions` are runs of words (half-open). A verb phrase comes as an infinitive: "withdraw its forces". Without
    mentions the label is the kind.
    """
    best = max(mentions, key=lambda words: _worth(clauses, words, kind), default=None)
    return (_shortened(_worded(clauses, best)) if best is not None else "") or kind


def _worth(clauses: Clauses, words: Range, kind: ProposalKind) -> tuple[float, int]:
    """How much a mention says: its words with meaning that fit, nouns before verbs; the earlier of two equals."""
    a = clauses.annotation
    start = a.starts[words[0]]
    said = {a.lemmas[w].lower() for w in range(*words) if a.upos[w] in _MEANINGFUL and a.ends[w] - start <= LONGEST}
    fits = bool(a.ends[words[1] - 1] - start <= LONGEST + 4)  # with an article that falls away
    verbal = is_verbal(clauses, clauses.governor(*words))
    named = bool(said & entries("proposals").get(kind, frozenset()))
    explained = any(a.deprels[w] == "acl:relcl" for w in range(*words))
    return min(len(said), 6) + 1.5 * named + fits - 2.0 * verbal - explained, -words[0]


def _worded(clauses: Clauses, words: Range) -> str:
    a = clauses.annotation
    first, end = words
    head = clauses.governor(first, end)
    helped = any(a.deprels[c].startswith("aux") and first <= c for c in clauses.children[head])
    if a.xpos[head] in ("VB", "VBP", "VBZ", "VBD") or (a.xpos[head] == "VBN" and helped):
        return _infinitive(clauses, first, end, head)
    relatives = [clauses.subtree(w)[0] for w in range(head + 1, end) if a.deprels[w] == "acl:relcl"]
    end = min([end, *(at for at in relatives if at > head)])  # "the accord, which ended the war"
    while first < end - 1 and a.forms[first].lower() in _POINTING:
        first += 1
    return _text(clauses, first, end)


def _infinitive(clauses: Clauses, first: int, end: int, verb: int) -> str:
    """ "Withdraw its forces"; with a subject of its own, "the army to withdraw its forces"."""
    a = clauses.annotation
    rest = f" {_text(clauses, verb + 1, end)}" if verb + 1 < end else ""
    verb_words = f"be {a.forms[verb]}" if clauses.passive(verb) else a.lemmas[verb].lower()
    adverbs = [c for c in clauses.with_relation(verb, "advmod") if first <= c < verb]
    negated = "not " if any(a.forms[c].lower() in ("not", "n't", "n’t") for c in adverbs) else ""
    subject = next((c for c in clauses.with_relation(verb, "nsubj", "csubj") if first <= c < verb), None)
    if subject is None or a.upos[subject] == "PRON":
        return f"{negated}{verb_words}{rest}"
    start, stop = clauses.noun_phrase(subject)
    start = max(start, first)
    while start < subject and a.forms[start].lower() in _POINTING:
        start += 1
    return f"{_text(clauses, start, min(stop, verb))} {negated}to {verb_words}{rest}"


def _text(clauses: Clauses, first: int, end: int) -> str:
    start, stop = clauses.annotation.characters(first, end)
    return " ".join(clauses.annotation.report.text[start:stop].split())


def _shortened(text: str) -> str:
    """The text cut at a word, without an open end."""
    text = text.strip(" ,;:–—-.")
    if len(text) <= LONGEST:
        return text
    kept = text[: LONGEST + 1].rsplit(" ", 1)[0].split(" ") if " " in text[: LONGEST + 1] else [text[:LONGEST]]
    while len(kept) > 1 and kept[-1].strip(_STOPS).lower() in _LOOSE_ENDS:
        kept.pop()
    return " ".join(kept).rstrip(_STOPS) + " …"
