"""Hearsay: statements reported inside other statements ("the envoy said that both sides had promised …").

The encoder's tags are flat, so the inner statement is found in the tree of the outer one's content: a verb of speech
with a speaker of its own and a clause, or an object that the codebook counts as content; and "according to".
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable

from truceline.extract.addressees import without_addressee
from truceline.extract.clauses import Clauses
from truceline.extract.drafts import Draft, Range
from truceline.extract.noun_groups import can_speak
from truceline.extract.speakers import own_subject, speaker_words
from truceline.lexicon import entries

_CLAUSES = ("ccomp", "xcomp", "parataxis")
_RELATIVE = frozenset({"who", "which", "that", "whom", "what"})
# Said in one's own voice, or not said at all: "I insist", "we must say", "they could not confirm".
_FIRST = frozenset({"i", "we"})
_NOT_SAID = frozenset({"may", "might", "can", "could", "must", "should", "shall", "will", "would", "'ll", "’ll", "not",
                       "n't", "n’t", "never", "no", "nobody", "none", "neither", "nor", "'d", "’d"})  # fmt: skip
_HYPOTHETICAL = frozenset({"if", "unless", "until", "whether", "lest", "without"})
_EDGES = frozenset({",", ";", ":", "–", "—", "-", "."})


def nested_drafts(outer: Draft, clauses: Clauses, cues: Collection[int] = ()) -> list[Draft]:
    """The statements inside the content of `outer` that no cue makes whose words are in `cues`, nor its own.

    Deeper ones are among them; `enclose` says in whose content each of them stands.
    """
    a = clauses.annotation
    found = []
    for start, end in outer.content:
        bounds = clauses.words(start, end)
        for word in range(*bounds):
            if word in cues or (outer.cue is not None and outer.cue[0] <= word < outer.cue[1]):
                continue
            if a.upos[word] == "VERB" and a.deprels[word] not in ("amod", "case", "compound", "aux"):
                draft = _statement_of(word, bounds, clauses)
            elif a.forms[word].lower() == "according":
                draft = _according_to(word, bounds, clauses)
            else:
                continue
            if draft is not None:
                draft.within, draft.confidence = outer, 0.8 * outer.confidence
                found.append(draft)
    return found


def enclose(drafts: Iterable[Draft], clauses: Clauses) -> None:
    """Sets `within` to the innermost statement in whose content the cue stands, or all the words if there is no cue."""
    waiting = list(drafts)
    reaches = [draft.reach for draft in waiting]
    pieces = sorted((start, -end, i) for i, draft in enumerate(waiting) for start, end in draft.content)
    places = []
    for i, draft in enumerate(waiting):
        start, end = clauses.annotation.characters(*draft.cue) if draft.cue is not None else reaches[i]
        places.append((start, end, i))
    opened: list[tuple[int, int, int]] = []  # pieces that have begun and not ended: size, end, whose
    at = 0
    for start, end, i in sorted(places):
        while at < len(pieces) and pieces[at][0] <= start:
            first, last, whose = pieces[at][0], -pieces[at][1], pieces[at][2]
            opened = [piece for piece in opened if piece[1] > first]
            opened.append((last - first, last, whose))
            at += 1
        first, last = reaches[i]
        around = [
            (size, whose)
            for size, stop, whose in opened
            if whose != i
            and stop >= end
            and reaches[whose][0] <= first
            and last <= reaches[whose][1]
            and (waiting[i].cue is not None or size > last - first)
        ]
        waiting[i].within = waiting[min(around)[1]] if around else None


def reported_words(draft: Draft, clauses: Clauses) -> list[Range]:
    """The words that the draft's cue reports by the tree: content that the tags leave out.

    Flat tags give the words of "she says the rebels told her that …" to the inner cue alone.
    """
    if draft.cue is None or draft.source is None:
        return []
    a = clauses.annotation
    verb = clauses.governor(*draft.cue)
    if a.upos[verb] != "VERB" or not _was_said(verb, clauses):
        return []
    sentence = a.sentences[bisect_right(a.sentences, (verb, len(a.forms))) - 1]
    found = _clause_content(verb, draft.source, sentence, clauses)
    found = found or _object_content(verb, draft.source, sentence, clauses)
    found = [(max(first, draft.cue[1]), end) if end > draft.cue[1] else (first, end) for first, end in found]
    return found if sum(end - first for first, end in found) > 2 else []


def stretch(drafts: Iterable[Draft], clauses: Clauses) -> None:
    """Lengthens contents by the relative clause behind them that tags have made a statement of its own.

    "They spoke for fighters who say they want peace": the fighters' statement is a part of what was said of them.
    """
    a = clauses.annotation
    tagged = [d for d in drafts if d.cue is not None]
    ends = {clauses.words(*d.content[0])[1]: d for d in tagged if len(d.content) == 1}
    for inner in tagged:
        verb = clauses.governor(*inner.cue) if inner.cue is not None else -1
        if not a.deprels[verb].startswith("acl"):
            continue
        noun = clauses.head(verb)
        for end in range(max(noun + 1, verb - 8), verb + 1):
            outer = ends.get(end)
            if outer is None or outer is inner or inner.reach[0] < outer.content[0][1]:
                continue
            if a.starts[noun] >= outer.content[0][0] and a.ends[noun] <= outer.content[0][1]:
                outer.content = [(outer.content[0][0], inner.reach[1])]


def _statement_of(verb: int, bounds: Range, clauses: Clauses) -> Draft | None:
    if not _was_said(verb, clauses):
        return None
    source = speaker_words(verb, clauses)
    if source is None or not bounds[0] <= source[0] < bounds[1]:
        return None
    pieces = _clause_content(verb, source, bounds, clauses) or _object_content(verb, source, bounds, clauses)
    if not pieces:
        return None
    draft = Draft((verb, verb + 1), source, [], 1.0)
    pieces = without_addressee(draft, pieces, clauses)
    pieces = [p for p in (_trimmed(p, clauses) for p in pieces) if p[0] < p[1]]
    if sum(end - first for first, end in pieces) < 2:
        return None
    draft.content = [clauses.annotation.characters(*piece) for piece in pieces]
    return draft


def _was_said(verb: int, clauses: Clauses) -> bool:
    """Whether the verb tells of words that were spoken: no modal, negation or "if", no order to speak, not "I say"."""
    a = clauses.annotation
    own = [c for c in clauses.children[verb] if c < verb]
    if any(a.forms[c].lower() in _NOT_SAID for c in own if a.deprels[c] in ("aux", "advmod", "cc:preconj", "det")):
        return False
    marks = {a.forms[c].lower() for c in own if a.deprels[c] == "mark"}
    if marks & _HYPOTHETICAL or ("to" in marks and a.deprels[verb] in ("xcomp", "acl", "advcl")):
        return False
    subject = own_subject(verb, clauses)
    if subject is None:
        return a.deprels[verb] != "xcomp"
    if any(a.forms[c].lower() in _NOT_SAID for c in clauses.with_relation(subject, "det")):
        return False
    present = a.xpos[verb] in ("VBP", "VB", "VBG") and not any(
        a.lemmas[c].lower() == "have" for c in clauses.with_relation(verb, "aux")
    )
    form = a.forms[subject].lower()
    return not (form in _FIRST and present) and form not in ("nobody", "none", "you")


def _clause_content(verb: int, source: Range, bounds: Range, clauses: Clauses) -> list[Range]:
    """The clause of a verb of speech; in "a group that Ankara says is …", the group and what is said of it."""
    a = clauses.annotation
    if a.lemmas[verb].lower() not in entries("cues")["clause"]:
        return []
    clause = next((c for c in clauses.with_relation(verb, *_CLAUSES) if c > verb), None)
    if clause is None or (a.deprels[clause] == "parataxis" and not _colon(verb, clause, clauses)):
        return []
    if a.lemmas[verb].lower() in entries("cues")["implying"] and not _speaks(source, clauses):
        return []
    content = _behind(verb, clauses.subtree(clause), bounds)
    antecedent = _antecedent(verb, clauses)
    subject = next(iter(clauses.with_relation(clause, "nsubj", "csubj")), None)
    open_subject = subject is None or (a.forms[subject].lower() in _RELATIVE and subject < verb)
    if antecedent is not None and open_subject and a.deprels[clause] == "ccomp":
        return [antecedent, content]
    return [content]


def _object_content(verb: int, source: Range, bounds: Range, clauses: Clauses) -> list[Range]:
    """The object of "welcomed" or "accused", with what is said of it: "accused Ankara of shelling the town"."""
    a = clauses.annotation
    lemma = a.lemmas[verb].lower()
    if lemma not in entries("cues")["object"] or not _speaks(source, clauses):
        return []
    noun = next((n for n in clauses.with_relation(verb, "obj") if n > verb), None)
    more = [c for c in clauses.with_relation(verb, "obl", "xcomp", "advcl", "ccomp") if c > verb]
    more = [c for c in more if a.deprels[c] == "xcomp" or _prepositional(c, clauses)]
    if noun is None:
        antecedent = _antecedent(verb, clauses)
        if clauses.passive(verb):  # "the army was accused by villagers of looting"
            patient = next(iter(clauses.with_relation(verb, "nsubj")), None)
            antecedent = clauses.noun_phrase(patient) if patient is not None else antecedent
        pieces = [clauses.subtree(c) for c in more if lemma in ("accuse", "blame", "urge")]
        return [antecedent, _behind(verb, pieces[0], bounds)] if antecedent is not None and pieces else []
    if a.lemmas[noun].lower() in entries("cues")["taken"]:
        return []  # "the war claimed many lives"
    first, end = _behind(verb, clauses.subtree(noun), bounds)
    for child in more:
        start, stop = clauses.subtree(child)
        if start <= end + 1 and lemma in ("accuse", "blame", "urge", "condemn", "denounce", "criticise", "criticize"):
            end = max(end, min(stop, bounds[1]))
    return [(first, end)]


def _prepositional(word: int, clauses: Clauses) -> bool:
    """Whether a phrase says what somebody is accused of or blamed for."""
    marks = {clauses.annotation.forms[c].lower() for c in clauses.with_relation(word, "case", "mark")}
    return bool(marks & {"of", "for", "on", "as"})


def _according_to(word: int, bounds: Range, clauses: Clauses) -> Draft | None:
    """ "According to Y, …" inside a content: the clause in which it stands, without the phrase."""
    a = clauses.annotation
    source = speaker_words(word, clauses)
    if source is None or source[1] > bounds[1] or word + 1 >= len(a.forms) or a.forms[word + 1].lower() != "to":
        return None
    top = clauses.head(clauses.governor(word, source[1]))
    if top < 0:
        return None
    first, end = clauses.subtree(top)
    first, end = max(first, bounds[0]), min(end, bounds[1])
    pieces = [_trimmed(p, clauses) for p in ((first, word), (source[1], end))]
    pieces = [p for p in pieces if p[1] - p[0] > 1]
    if not pieces:
        return None
    return Draft((word, word + 2), source, [a.characters(*p) for p in pieces], 1.0)


def _speaks(source: Range, clauses: Clauses) -> bool:
    return can_speak(clauses.governor(*source), clauses)


def _antecedent(verb: int, clauses: Clauses) -> Range | None:
    """The noun phrase on which the verb's relative clause hangs."""
    if not clauses.annotation.deprels[verb].startswith("acl") or clauses.head(verb) < 0:
        return None
    first, end = clauses.noun_phrase(clauses.head(verb))
    return first, min(end, verb)


def _colon(verb: int, clause: int, clauses: Clauses) -> bool:
    return ":" in clauses.annotation.forms[verb : clauses.subtree(clause)[0] + 1]


def _behind(verb: int, words: Range, bounds: Range) -> Range:
    return max(words[0], verb + 1), min(words[1], bounds[1])


def _trimmed(words: Range, clauses: Clauses) -> Range:
    """Without a complementiser and stops at the ends."""
    a = clauses.annotation
    first, end = words
    while first < end and (a.forms[first] in _EDGES or _complementiser(first, clauses)):
        first += 1
    while end > first and a.forms[end - 1] in _EDGES:
        end -= 1
    return first, end


def _complementiser(word: int, clauses: Clauses) -> bool:
    return clauses.annotation.forms[word].lower() == "that" and clauses.annotation.deprels[word] == "mark"
