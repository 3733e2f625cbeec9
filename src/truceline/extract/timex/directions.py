"""Whether a time expression points behind the report or ahead, by the verb that governs it. GUIDE §8.

"Talks resumed on Tuesday" lies behind, "talks will resume on Tuesday" and "talks due on Tuesday" ahead. The verb is
found in the dependency tree; auxiliaries, the verb's form, and words that plan ("scheduled", "expected") decide.
"""

from typing import Literal

from truceline.extract.clauses import Clauses
from truceline.lexicon import entries

Direction = Literal[-1, 0, 1]
_LONGEST_PATH = 12  # steps up the tree


def direction(clauses: Clauses, first: int, end: int) -> Direction:
    """-1 where words `first` to `end` (half-open) lie behind, 1 where they lie ahead, 0 where nothing tells."""
    words = entries("tenses")
    head = head_of(clauses, first, end)
    preposition = _preposition(clauses, head, first)
    a = clauses.annotation
    if preposition in words["since"] or _just_told(clauses, first):
        return -1
    before = a.report.text[max(0, int(a.starts[first]) - 30) : int(a.starts[first])].lower().rstrip()
    if before.removesuffix(" the").endswith(tuple(words["ahead"])):
        return 1
    while a.deprels[head] == "conj" and a.heads[head] >= 0:  # "Saturday and Sunday" hang on the same word
        head = int(a.heads[head])
    at, in_noun = int(a.heads[head]), False
    for _ in range(_LONGEST_PATH):
        if at < 0:
            break
        found = _of_word(clauses, _nearer(clauses, at, first), preposition, in_noun)
        if found is not None:
            return found
        in_noun |= a.upos[at] in ("NOUN", "PROPN")
        at = int(a.heads[at])
    return 0


def _nearer(clauses: Clauses, verb: int, first: int) -> int:
    """The infinitive that stands between a verb and the time: "agreed to meet on Friday" is about the meeting."""
    a = clauses.annotation
    words = entries("tenses")
    if a.lemmas[verb].lower() in words["implied"] | words["planned"]:
        return verb
    between = [
        child for child in clauses.with_relation(verb, "xcomp") if verb < child < first and a.upos[child] == "VERB"
    ]
    marked = [c for c in between if any(a.forms[m].lower() == "to" for m in clauses.with_relation(c, "mark"))]
    return marked[-1] if marked else verb


def _just_told(clauses: Clauses, first: int) -> bool:
    """Whether a verb in the past tense stands right before: "said on Monday", "arrived late Tuesday"."""
    a = clauses.annotation
    at = first - 1
    while at > 0 and a.forms[at].lower() in ("on", "late", "early", "earlier", "later"):
        at -= 1
    if at < 1 or a.upos[at] != "VERB" or _shape(clauses, at) != "past":
        return False
    planned = a.lemmas[at].lower() in entries("tenses")["planned"]
    return not planned and a.forms[at - 1].lower() not in ("be", "is", "are", "'s", "’s", "being")


def head_of(clauses: Clauses, first: int, end: int) -> int:
    """The word of the range on which the others hang: the one whose own head lies outside."""
    heads = clauses.annotation.heads
    return next((word for word in range(first, end) if not first <= heads[word] < end), end - 1)


def _preposition(clauses: Clauses, head: int, first: int) -> str:
    case = clauses.case(head)
    before = clauses.annotation.forms[first - 1].lower() if first else ""
    return case or before


def _of_word(clauses: Clauses, at: int, preposition: str, in_noun: bool) -> Direction | None:
    """What the word says of the times that hang on it; none if it says nothing and its head is to be asked."""
    a = clauses.annotation
    words = entries("tenses")
    verbal = a.upos[at] in ("VERB", "AUX")
    helpers = list(clauses.with_relation(at, "aux", "cop"))
    shape = _shape(clauses, at) if verbal else "noun"
    lemma = a.lemmas[at].lower()
    if lemma in words["planned"]:
        return -1 if any(a.forms[child].lower() == "had" for child in helpers) else 1  # "had been due on Friday"
    if lemma in words["moved"] and preposition in words["end"]:
        return 1
    if not verbal and any(a.lemmas[child].lower() in words["planned"] for child in clauses.with_relation(at, "amod")):
        return 1  # "Sunday's scheduled meeting"
    if a.xpos[at] == "VB" and any(a.forms[child].lower() == "due" for child in clauses.children[at] if child < at):
        return 1  # "are due to meet": parsers take "due to" for the preposition
    if verbal or helpers:
        found = _of_verb(clauses, at, shape, helpers, preposition)
        # What hangs on a noun ("Monday's vote ends the debate") need not lie where the present points.
        return 0 if in_noun and found == 1 and not _modal(clauses, helpers) else found
    return None


def _modal(clauses: Clauses, helpers: list[int]) -> bool:
    return any(clauses.annotation.forms[child].lower() in entries("tenses")["modal"] for child in helpers)


def _shape(clauses: Clauses, verb: int) -> str:
    """base, present, gerund or past, by the form; a tagger's mistake between "said" and "says" does no harm so."""
    form, lemma = clauses.annotation.forms[verb].lower(), clauses.annotation.lemmas[verb].lower()
    if form.endswith("ing") and not lemma.endswith("ing"):
        return "gerund"
    if form == lemma:
        return "base" if clauses.annotation.xpos[verb] in ("VB", "VBP") else "past"
    if form.endswith("s") and not clauses.annotation.xpos[verb].startswith("VBD"):
        return "present"
    return "past"


def _of_verb(clauses: Clauses, verb: int, shape: str, helpers: list[int], preposition: str) -> Direction | None:
    a = clauses.annotation
    words = entries("tenses")
    forms = {a.forms[child].lower() for child in helpers}
    if forms & words["modal"]:
        return -1 if shape == "past" and "have" in forms and preposition not in words["deadline"] else 1
    to = any(a.forms[child].lower() == "to" for child in clauses.with_relation(verb, "mark"))
    if to and "have" not in forms:  # "is to meet", "to be discussed"
        return 1 if forms & words["present"] else _of_infinitive(clauses, verb)
    marks = {a.forms[child].lower() for child in clauses.with_relation(verb, "mark")}
    if preposition in words["deadline"] and marks & words["conditional"] and "had" not in forms:
        return 1  # "would return only if they left by Friday"
    if forms & words["past"] or shape == "past":
        return -1
    if forms & words["present"]:
        return 1 if shape == "gerund" or preposition in words["end"] else 0  # "is on the table for Tuesday"
    if shape == "present" or (shape == "base" and _finite(clauses, verb)):
        return 1
    return _of_infinitive(clauses, verb) if shape == "base" else None


def _finite(clauses: Clauses, verb: int) -> bool:
    """Whether a verb in its base form is a present ("they meet"), not an infinitive."""
    a = clauses.annotation
    marked = any(a.forms[child].lower() == "to" for child in clauses.with_relation(verb, "mark"))
    return not marked and any(True for _ in clauses.with_relation(verb, "nsubj"))


def _of_infinitive(clauses: Clauses, verb: int) -> Direction | None:
    """What is to happen lies ahead, unless the governing verb says that it happened: "began to leave on Friday"."""
    a = clauses.annotation
    governor = int(a.heads[verb])
    if governor < 0:
        return 1
    lemma = a.lemmas[governor].lower()
    planned = lemma in entries("tenses")["planned"]
    return None if planned or lemma in entries("tenses")["implied"] else 1
