"""To whom something was said: "told the agency", "urged both sides to …", "in an interview with the daily"."""

from collections.abc import Iterator

from truceline.extract.clauses import Clauses
from truceline.extract.drafts import Draft, Range
from truceline.extract.noun_groups import can_speak, head_noun, noun_group
from truceline.lexicon import entries

# The preposition that marks the addressee after these verbs, and no other does.
_CALLED = {"call": "on", "appeal": "to", "plead": "with"}
# Where and when it was said does not name the addressee: "reporters in Geneva".
_PLACES = frozenset({"in", "at", "on", "outside", "near", "after", "before", "during", "inside", "aboard"})
# The content begins here once the addressee is named: "told them that …", "asked the envoy whether …".
_OPENINGS = frozenset({"that", "if", "whether", "how", "what", "why", "when", "where", "who", "not", "never", ":"})
_TOPICS = frozenset({"of", "about", "on", "against", "over"})  # "warned them against …"
_MARKS = frozenset({"“", '"', "‘", "«", "„", "``"})
_REACH = 40  # words from a cue to the end of its addressee


def addressee_words(draft: Draft, clauses: Clauses) -> Range | None:
    """The words that name whom the speaker addresses at the draft's cue; none if the sentence does not say."""
    if draft.cue is None:
        return None
    group = _behind_cue(draft.cue, clauses)
    if group is not None:
        return group
    noun = next((n for n in _addressed(draft.cue, clauses) if not clauses.timed[n]), None)
    return None if noun is None else clauses.noun_phrase(noun, without=_PLACES)


def without_addressee(draft: Draft, content: list[Range], clauses: Clauses) -> list[Range]:
    """The words of a draft's content without the addressee, whom the draft is given: of "them to stop", "to stop"."""
    addressee = addressee_words(draft, clauses)
    if draft.cue is None or addressee is None:
        return content
    rest = [after_addressee(piece, draft.cue, addressee, clauses) for piece in content]
    if None in rest:
        return content
    draft.addressee = addressee
    return [piece for piece in rest if piece is not None]


def after_addressee(content: Range, cue: Range, addressee: Range, clauses: Clauses) -> Range | None:
    """The words of a content once the addressee before it is taken off.

    The content as it is where the addressee stands outside. None where what looks like an addressee belongs to the
    content: of "urged restraint" nothing would be left, "promised aid to refugees" does not address the aid.
    """
    first, end = content
    if addressee[1] <= first or addressee[0] >= end:
        return content
    a = clauses.annotation
    before = [a.forms[w].lower() for w in range(first, addressee[0])]
    if any(form not in (",", ":") and form not in _CALLED.values() for form in before):
        return None
    noun = head_noun(addressee, clauses)
    for at in _past_details(addressee[1], end, clauses):
        if end - at > 1 and _opens_content(at, cue, noun, clauses):
            return at, end
    return None


def _behind_cue(cue: Range, clauses: Clauses) -> Range | None:
    """The noun group right behind "told", "urged", "called on", if what follows it shows that it is the addressee."""
    a = clauses.annotation
    verb = clauses.governor(*cue)
    lemma, at = a.lemmas[verb].lower(), cue[1]
    limit = min(len(a.forms), at + _REACH)
    if clauses.passive(verb) or at >= limit:
        return None
    preposition = _CALLED.get(lemma)
    if preposition is not None:
        if a.forms[at].lower() == preposition:
            at += 1
        elif a.forms[at - 1].lower() != preposition:
            return None
    elif lemma not in entries("cues")["addressed"] or a.upos[cue[1] - 1] not in ("VERB", "AUX", "ADV"):
        return None
    group = noun_group(at, limit, clauses)
    if group[0] == group[1] or a.lemmas[head_noun(group, clauses)].lower() in entries("cues")["unheard"]:
        return None
    if lemma == "tell":
        return group
    noun = head_noun(group, clauses)
    for rest in _past_details(group[1], limit, clauses):
        closed = rest >= limit or a.forms[rest] in (".", "”") or a.breaks[rest]
        if _opens_content(rest, cue, noun, clauses) if not closed else can_speak(noun, clauses):
            return group
    return None


def _opens_content(at: int, cue: Range, noun: int, clauses: Clauses) -> bool:
    """Whether the words from `at` are what was said to `noun`, rather than a part of the phrase around it."""
    a = clauses.annotation
    if at >= len(a.forms) - 1:
        return False
    form, lemma = a.forms[at].lower(), a.lemmas[clauses.governor(*cue)].lower()
    if form in _OPENINGS:
        return can_speak(noun, clauses) or a.deprels[at] == "mark"  # not "urged reforms that would …"
    if form in _MARKS:
        return True
    if form == "to":
        verb_follows = a.upos[at + 1] in ("VERB", "AUX", "ADV", "PART")
        return verb_follows and (can_speak(noun, clauses) or a.xpos[noun] == "NNS")
    if form in _TOPICS:
        # "told them on Monday" does not say of what.
        return lemma in entries("cues")["informing"] and can_speak(noun, clauses) and not clauses.timed[at + 1]
    reports = lemma in entries("cues")["clause"] and can_speak(noun, clauses)
    return reports and (a.upos[at] == "PRON" or _clause_begins(at, cue, clauses))


def _addressed(cue: Range, clauses: Clauses) -> Iterator[int]:
    """The nouns that may name the addressee by the tree, the likeliest first."""
    upos = clauses.annotation.upos
    for word in range(*cue):
        if upos[word] in ("VERB", "AUX"):
            yield from _of_verb(word, clauses)
    for word in range(*cue):
        if upos[word] == "NOUN":  # "issued a statement to the president"
            yield from _of_occasion(word, clauses)


def _of_verb(verb: int, clauses: Clauses) -> Iterator[int]:
    a = clauses.annotation
    lemma = a.lemmas[verb].lower()
    words = entries("cues")
    if lemma in words["addressed"]:
        passive = clauses.passive(verb)
        for noun in clauses.with_relation(verb, *(("nsubj",) if passive else ("iobj", "obj"))):
            if can_speak(noun, clauses) and (passive or a.lemmas[noun].lower() not in words["unheard"]):
                yield noun
    if lemma in words["directed"]:
        for noun in clauses.with_relation(verb, "obl"):
            if clauses.case(noun) in ("to", "before") and can_speak(noun, clauses):
                yield noun
    for noun in clauses.with_relation(verb, "obl"):
        yield from _of_occasion(noun, clauses)
    for speaking in clauses.with_relation(verb, "advcl"):
        yield from _of_speech(speaking, clauses)


def _of_occasion(noun: int, clauses: Clauses) -> Iterator[int]:
    """ "in an interview with the broadcaster", "in a letter to the Council"."""
    if clauses.annotation.lemmas[noun].lower() in entries("cues")["occasion"]:
        for partner in clauses.with_relation(noun, "nmod"):
            if clauses.case(partner) in ("with", "to", "before") and can_speak(partner, clauses):
                yield partner


def _of_speech(verb: int, clauses: Clauses) -> Iterator[int]:
    """ "Speaking to reporters, she said …", "Addressing parliament, he …"."""
    lemma = clauses.annotation.lemmas[verb].lower()
    if clauses.annotation.xpos[verb] != "VBG" or any(True for _ in clauses.with_relation(verb, "mark")):
        return  # "after she had spoken to reporters"
    if lemma in ("address", "brief"):
        yield from (n for n in clauses.with_relation(verb, "obj") if can_speak(n, clauses))
    elif lemma in ("speak", "talk", "write", "testify"):
        for noun in clauses.with_relation(verb, "obl"):
            if clauses.case(noun) in ("to", "with", "before") and can_speak(noun, clauses):
                yield noun
            yield from _of_occasion(noun, clauses)


def _past_details(at: int, limit: int, clauses: Clauses) -> Iterator[int]:
    """The places where the content may begin, behind what hangs on the addressee: places, dates, an apposition."""
    a = clauses.annotation
    yield at
    while at < limit:
        form = a.forms[at].lower()
        if clauses.timed[at] or form in (",", ")"):
            at += 1
        elif form in _PLACES or form in ("from", "with"):
            end = noun_group(at + 1, limit, clauses)[1]
            at = max(end, at + 1)
        elif form == "(" or a.forms[at - 1] == ",":
            end = noun_group(at + (form == "("), limit, clauses)[1]
            if end <= at or end >= limit or a.forms[end] not in (",", ")"):
                return
            at = end + 1
        else:
            return
        if at < limit:
            yield at


def _clause_begins(at: int, cue: Range, clauses: Clauses) -> bool:
    """Whether a clause of the cue's verb begins here: "told them the talks had failed"."""
    return any(clauses.subtree(c)[0] == at for w in range(*cue) for c in clauses.with_relation(w, "ccomp", "parataxis"))
