"""The shortest clause that shows a stage or a position, given the word that tells it. GUIDE §4 and §5.

The subject, the verb with its auxiliaries and negation, its objects and closest complements: "Russia would not support
the draft". What leads up to it ("the envoy said that"), what follows from it ("after weeks of fighting") and what
explains its nouns ("which was tabled on Monday") is left out. Of a noun, its noun phrase.
"""

from truceline.extract.clauses import Clauses

# What stands before a predicate and belongs to its clause.
_BEFORE = ("nsubj", "csubj", "expl", "aux", "cop", "advmod", "obj", "iobj", "obl", "det", "amod", "nummod", "case")
# What stands behind it and belongs to its clause.
_BEHIND = ("nsubj", "obj", "iobj", "obl", "xcomp", "ccomp", "advmod", "compound", "expl", "cop", "nmod", "fixed",
           "flat")  # fmt: skip
# What the clause does not need, wherever it hangs.
_EXPLAINING = ("acl:relcl", "parataxis", "discourse", "appos", "dep", "vocative", "list")
_KEPT_MARKS = frozenset({"to", "if", "unless", "until", "till", "when", "once", "before"})
_CONDITIONS = frozenset({"if", "unless", "until", "till"})
_RELATIVES = frozenset({"that", "which", "whom"})
_STOPS = frozenset({",", ";", ":", "–", "—", "-", ".", "!", "?"})


def clause_of(clauses: Clauses, word: int) -> tuple[int, int]:
    """The words (half-open) of the shortest clause around a predicate; of a noun, those of its noun phrase."""
    copula = any(True for _ in clauses.with_relation(word, "cop"))
    if is_verbal(clauses, word) or copula:
        first, end = _of_predicate(clauses, word)
    else:
        first, end = _of_noun(clauses, word)
    return _trimmed(clauses, first, end, word)


def _of_predicate(clauses: Clauses, word: int) -> tuple[int, int]:
    a = clauses.annotation
    first, last = word, word
    comma = _last_comma(clauses, word)
    for child in clauses.children[word]:
        relation = a.deprels[child]
        start, end = _core(clauses, child)
        if child > word:
            if relation.startswith(("obl", "nmod")) and a.forms[start - 1] == ",":
                continue  # ", amid fears for the rest"
            if relation.startswith(_BEHIND) or (relation == "advcl" and _completes(clauses, child)):
                last = max(last, end - 1)
        elif relation == "mark":
            if a.forms[child].lower() in _KEPT_MARKS:
                first = min(first, child)
        elif relation.startswith(_BEFORE) and a.forms[child].lower() not in _RELATIVES:
            fronted = relation.startswith(("obl", "advmod")) and end - 1 < comma
            interrupted = relation.startswith("nsubj") and "," in a.forms[end:word]
            if not fronted and not interrupted:
                first = min(first, start)
    if a.deprels[word] == "acl" and a.xpos[word] in ("VBN", "VBD"):  # "a truce agreed by both sides"
        first = min(first, clauses.noun_phrase(clauses.head(word))[0])
    return first, last + 1


def is_verbal(clauses: Clauses, word: int) -> bool:
    """Whether a word is a predicate by itself: by its part of speech or, where that is a mistake, by its form."""
    a = clauses.annotation
    return a.upos[word] in ("VERB", "AUX", "ADJ", "ADV") or a.xpos[word].startswith("VB")


def _completes(clauses: Clauses, clause: int) -> bool:
    """Whether a clause behind belongs to what is shown: "will not disarm unless …", "is committed to leaving"."""
    a = clauses.annotation
    marks = {a.forms[c].lower() for c in clauses.with_relation(clause, "mark", "case")}
    return bool(marks & _CONDITIONS) or ("to" in marks and a.xpos[clause] == "VBG")


def _last_comma(clauses: Clauses, word: int) -> int:
    """The last comma before the subject of a predicate: what stands before it leads up to the clause."""
    a = clauses.annotation
    subject = next((c for c in clauses.with_relation(word, "nsubj", "csubj", "expl") if c < word), word)
    start = clauses.subtree(subject)[0] if subject != word else word
    return next((at for at in range(start - 1, max(start - 40, -1), -1) if a.forms[at] == ","), -1)


def _of_noun(clauses: Clauses, noun: int) -> tuple[int, int]:
    """The noun phrase, with what it is about: "his rejection of the plan", "the decision to withdraw"."""
    first, end = clauses.noun_phrase(noun)
    for child in clauses.children[noun]:
        if child > noun and clauses.annotation.deprels[child] in ("acl", "nmod", "ccomp"):
            end = max(end, _core(clauses, child)[1])
    return first, end


def _core(clauses: Clauses, word: int) -> tuple[int, int]:
    """The words from the first to the last descendant of `word` that its clause needs."""
    a = clauses.annotation
    first, last, waiting = word, word, [word]
    while waiting:
        at = waiting.pop()
        first, last = min(first, at), max(last, at)
        for child in clauses.children[at]:
            relation = a.deprels[child]
            if relation in _EXPLAINING or relation == "punct":
                continue
            if relation == "advcl" and child > at:
                continue
            waiting.append(child)
    return first, last + 1


def _trimmed(clauses: Clauses, first: int, end: int, word: int) -> tuple[int, int]:
    """Without stops at the ends, and without a conjunction or complementiser in front."""
    a = clauses.annotation
    while first < word and (a.forms[first] in _STOPS or a.upos[first] == "CCONJ" or _complementiser(clauses, first)):
        first += 1
    relative = (at for at in range(word + 1, end - 1) if a.forms[at] == "," and a.xpos[at + 1] in ("WDT", "WP", "WRB"))
    end = next(relative, end)
    while end > word + 1 and a.forms[end - 1] in _STOPS:
        end -= 1
    return first, end


def _complementiser(clauses: Clauses, word: int) -> bool:
    a = clauses.annotation
    return a.deprels[word] == "mark" and a.forms[word].lower() not in _KEPT_MARKS
