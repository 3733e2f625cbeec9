"""Who speaks at a cue, by the tree: the subject of "said", the agent of "was told", the noun behind "according to"."""

from truceline.extract.clauses import Clauses
from truceline.extract.drafts import Draft, Range

_RELATIVE = frozenset({"who", "which", "that", "whom"})
# A verb without a subject of its own shares that of the verb on which it hangs: "met him and warned …, adding that …".
_SHARES = frozenset({"conj", "xcomp", "advcl", "parataxis"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})


def speaker_of(draft: Draft, clauses: Clauses) -> Range | None:
    """The words of a draft's speaker: its source, or what the clause of its cue says; behind "who" the noun meant."""
    if draft.cue is None:
        return draft.source
    forms = clauses.annotation.forms[slice(*draft.source)] if draft.source is not None else []
    if all(form.lower() in _RELATIVE for form in forms):
        return speaker_words(clauses.governor(*draft.cue), clauses) or draft.source
    return draft.source


def speaker_words(cue: int, clauses: Clauses) -> Range | None:
    """The words of the speaker at the cue that `cue` governs; none if the sentence does not name one."""
    a = clauses.annotation
    if a.forms[cue].lower() == "according":
        return _according_to(cue, clauses)
    if a.upos[cue] in ("NOUN", "PROPN"):
        return _of_noun(cue, clauses)
    found = _subject(cue, clauses)
    at = cue
    for _ in range(20):  # a longer chain of verbs is a broken tree
        relation = a.deprels[at]
        head = clauses.head(at)
        if found is not None or head < 0:
            return found
        if relation == "acl":  # "a letter accusing …"
            return clauses.noun_phrase(head)
        if clauses.passive(at) or relation.partition(":")[0] not in _SHARES or a.upos[head] not in ("VERB", "AUX"):
            return None
        found = _controller(at, head, clauses) or _subject(head, clauses)
        at = head
    return found


def own_subject(verb: int, clauses: Clauses) -> int | None:
    """The head noun of the verb's own subject in the active voice, a relative pronoun included; else none.

    Of two the nearer: the other is the place of a dateline ("GENEVA - The envoy said"). A verb without one takes that
    of a bare participle before it: "rebels holed up in the town said" misleads parsers into two clauses.
    """
    a = clauses.annotation
    active = [noun for noun in clauses.with_relation(verb, "nsubj") if a.deprels[noun] != "nsubj:pass"]
    if active:
        before = [noun for noun in active if noun < verb]
        return before[-1] if before else active[0]
    if verb and a.upos[verb - 1] != "PUNCT":
        for child in clauses.with_relation(verb, "ccomp"):
            bare = not any(True for _ in clauses.with_relation(child, "aux", "mark", "cop"))
            if child < verb and bare and (a.xpos[child] == "VBN" or a.forms[child].lower().endswith("ed")):
                return next(clauses.with_relation(child, "nsubj"), None)
    return None


def _controller(verb: int, head: int, clauses: Clauses) -> Range | None:
    """Who says what the complement `verb` says: "quoted the envoy as saying", "is reported to have told"."""
    quoted = any(clauses.annotation.forms[m].lower() == "as" for m in clauses.with_relation(verb, "mark"))
    if not quoted and clauses.annotation.deprels[verb] != "xcomp":
        return None
    relation = "nsubj" if clauses.passive(head) else "obj"
    noun = next(iter(clauses.with_relation(head, relation)), None)
    return None if noun is None else clauses.noun_phrase(noun)


def _subject(verb: int, clauses: Clauses) -> Range | None:
    a = clauses.annotation
    if clauses.passive(verb):
        agent = next((n for n in clauses.with_relation(verb, "obl") if clauses.case(n) == "by"), None)
        return clauses.noun_phrase(agent) if agent is not None and not clauses.timed[agent] else None
    noun = own_subject(verb, clauses)
    if noun is None:
        return None
    if a.forms[noun].lower() in _RELATIVE and a.deprels[verb].startswith("acl") and clauses.head(verb) >= 0:
        return clauses.noun_phrase(clauses.head(verb))
    if a.upos[noun] == "ADJ" and not any(True for _ in clauses.with_relation(noun, "det")):
        return None  # "the wounded said", but not "non-Syrian alleged members"
    return clauses.noun_phrase(noun) if a.upos[noun] in _NOMINAL else None


def _according_to(cue: int, clauses: Clauses) -> Range | None:
    a = clauses.annotation
    noun = clauses.head(cue) if a.deprels[cue] in ("case", "mark") else -1
    if noun < cue:
        noun = next((n for n in clauses.with_relation(cue, "obl", "nmod", "obj") if n > cue), -1)
    return clauses.noun_phrase(noun) if noun > cue and a.upos[noun] in _NOMINAL else None


def _of_noun(cue: int, clauses: Clauses) -> Range | None:
    """ "Ankara's warning that …", "charges by the minister that …"."""
    for noun in clauses.with_relation(cue, "nmod"):
        possessive = clauses.annotation.deprels[noun] == "nmod:poss"
        if possessive or clauses.case(noun) in ("by", "from"):
            first, end = clauses.noun_phrase(noun)
            return first, end
    return None
