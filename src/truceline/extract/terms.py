"""Terms of a proposal: their words as the codebook has them, their values, and what replaced what. GUIDE §4."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from truceline.extract.clauses import Clauses
from truceline.extract.shown_by import is_verbal
from truceline.lexicon import entries
from truceline.records import Term, Time
from truceline.records.reading import TermKind

Range = tuple[int, int]
Found = tuple[int, int, TermKind]
_STOPS = frozenset({",", ";", ":", "–", "—", "-", "."})
_TIMED: frozenset[TermKind] = frozenset({"duration", "start", "deadline"})
_DATE = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?")
_NEAR = 6  # words between a word such as "now" and the term that it marks


def terms(clauses: Clauses, times: Sequence[Time], found: Sequence[Found]) -> list[Term]:
    """The terms of one proposal in the order of `found`, runs of words (half-open) with their kinds.

    `value` is ISO 8601 for a duration, a start or a deadline, from the time expression in the words, and None for other
    kinds. A kind that the words contradict is corrected; a run without words is dropped. `replaced_by` counts in the
    list that is returned.
    """
    runs: list[tuple[Range, Term]] = []
    for first, end, kind in found:
        words = _trimmed(clauses, first, end)
        if words is None:
            continue
        inside = _times_in(clauses, times, words)
        kind = _kind(clauses, words, kind, inside)
        words = _worded(clauses, words, kind, inside)
        span = clauses.annotation.report.span(*clauses.annotation.characters(*words))
        runs.append((words, Term(kind, span, _value(kind, inside), None)))
    return [replace(term, replaced_by=_successor(clauses, runs, i)) for i, (_, term) in enumerate(runs)]


def times_between(clauses: Clauses, times: Sequence[Time], first: int, end: int) -> Sequence[Time]:
    """The times that begin in words `first` to `end` (half-open); `times` are in the order of the text."""
    start, stop = clauses.annotation.characters(first, end)
    low = bisect_left(times, start, key=lambda time: time.text.start)
    return times[low : bisect_left(times, stop, key=lambda time: time.text.start)]


def _trimmed(clauses: Clauses, first: int, end: int) -> Range | None:
    forms = clauses.annotation.forms
    while first < end and (forms[first] in _STOPS or forms[first].lower() in ("and", "or", "but")):
        first += 1
    while end > first and forms[end - 1] in _STOPS:
        end -= 1
    return (first, end) if first < end else None


def _times_in(clauses: Clauses, times: Sequence[Time], words: Range) -> list[Time]:
    start, stop = clauses.annotation.characters(*words)
    return [time for time in times if time.text.start < stop and start < time.text.end]


def _kind(clauses: Clauses, words: Range, kind: TermKind, inside: list[Time]) -> TermKind:
    """The kind that the words allow: ten days are no first day, "by Friday" is the last one."""
    if not inside or (kind not in _TIMED and (kind != "quantity" or not _only_time(clauses, words))):
        return kind
    lengths = all(time.type == "DURATION" for time in inside)
    lead = _lead(clauses, words)
    until = lead in ("until", "till", "through", "throughout")
    if lead in entries("terms")["deadline"] and kind != "duration":
        return "deadline"
    if lengths and kind in ("start", "quantity"):
        return "duration"
    if kind == "duration" and not lengths and not until and all(_DATE.match(time.value or "") for time in inside):
        return "deadline" if lead in entries("terms")["deadline"] else "start"
    return kind


def _only_time(clauses: Clauses, words: Range) -> bool:
    a = clauses.annotation
    return all(clauses.timed[w] or a.upos[w] in ("DET", "ADP") for w in range(*words))


def _lead(clauses: Clauses, words: Range) -> str:
    """The preposition with which a term begins, or that stands before it."""
    a = clauses.annotation
    inside = a.forms[words[0]].lower()
    if a.upos[words[0]] in ("ADP", "SCONJ"):
        return inside
    return a.forms[words[0] - 1].lower() if words[0] and a.upos[words[0] - 1] in ("ADP", "SCONJ") else ""


def _worded(clauses: Clauses, words: Range, kind: TermKind, inside: list[Time]) -> Range:
    """The words that the codebook copies: "by Friday" for a deadline, "Friday" for a start, "ten days" for a length."""
    first, end = words
    lead = _lead(clauses, words)
    forms = clauses.annotation.forms
    if kind == "deadline" and forms[first].lower() != lead:
        day = any(time.type in ("DATE", "TIME") for time in inside)
        # "By 48 hours" says by how much, not until when.
        return (first - 1, end) if lead in ("within", "before") or (lead == "by" and day) else words
    bare = entries("terms")["on_the_day"] if kind == "start" else {"for", "of"} if kind == "duration" else ()
    return (first + 1, end) if end - first > 1 and forms[first].lower() in bare else words


def _value(kind: TermKind, inside: list[Time]) -> str | None:
    """The ISO value: a length (or the last day) for a duration, a day for a start, a day or a length for a deadline."""
    if kind not in _TIMED:
        return None
    lengths = [time.value for time in inside if time.value and time.type == "DURATION"]
    days = [m[0] for time in inside if time.type in ("DATE", "TIME") and (m := _DATE.match(time.value or ""))]
    wanted = {"duration": lengths + days, "start": days, "deadline": days + lengths}[kind]
    return wanted[0] if wanted else None


def _successor(clauses: Clauses, runs: list[tuple[Range, Term]], i: int) -> int | None:
    """The index of the term that took the place of term `i`; None while it stands."""
    old_words, old = runs[i]
    rivals = [
        (abs(words[0] - old_words[0]), j)
        for j, (words, term) in enumerate(runs)
        if j != i and term.kind == old.kind and _differs(old, term) and _replaces(clauses, words, old_words)
    ]
    return min(rivals)[1] if rivals else None


def _differs(one: Term, other: Term) -> bool:
    if one.value is not None and other.value is not None:
        return one.value != other.value
    return one.text.quote.lower() != other.text.quote.lower()


def _replaces(clauses: Clauses, new: Range, old: Range) -> bool:
    """Whether the words of `new` are said to stand now where those of `old` stood."""
    if _from_to(clauses, old, new) or _rather_than(clauses, new, old):
        return True
    # Marks may stand apart: "the first text spoke of ten days … the present one has a reduced length of seven".
    was_marked = _marked(clauses, old, "former") and not _marked(clauses, old, "present")
    now_marked = _marked(clauses, new, "present") or _changed_to(clauses, new)
    if old[0] > new[0]:  # "now seven days, originally ten"
        return now_marked and was_marked
    if _marked(clauses, new, "former"):
        return False
    return now_marked or (was_marked and _near(clauses, old, new))


def _near(clauses: Clauses, one: Range, other: Range) -> bool:
    return abs(_sentence(clauses, one[0]) - _sentence(clauses, other[0])) <= 1


def _sentence(clauses: Clauses, word: int) -> int:
    a = clauses.annotation
    return bisect_right(a.sentences, (word, len(a.forms))) - 1


def _forms(clauses: Clauses, first: int, end: int) -> list[str]:
    return [form.lower() for form in clauses.annotation.forms[max(first, 0) : end]]


def _from_to(clauses: Clauses, old: Range, new: Range) -> bool:
    """ "Reduced from ten days to seven", "up to seven days from ten", under a verb or noun of change."""
    if _sentence(clauses, old[0]) != _sentence(clauses, new[0]) or not _change_before(clauses, min(old[0], new[0])):
        return False
    led = _lead(clauses, old) == "from" and _lead(clauses, new) in ("to", "until", "by")
    return led and abs(old[0] - new[0]) <= 2 * _NEAR


def _change_before(clauses: Clauses, word: int) -> bool:
    a = clauses.annotation
    first = a.sentences[_sentence(clauses, word)][0]
    near = range(max(first, word - 2 * _NEAR), word)
    return any(_changes(clauses, w) for w in near)


def _changes(clauses: Clauses, word: int) -> bool:
    """Whether a word tells of a change: "was cut", "the extension"; "the shift from Monday to Friday" is none."""
    lemma = clauses.annotation.lemmas[word].lower()
    return lemma in entries("terms")["change"] or (lemma in entries("terms")["changing"] and is_verbal(clauses, word))


def _rather_than(clauses: Clauses, new: Range, old: Range) -> bool:
    """ "Seven days instead of ten", "seven, not ten", "seven, down from ten", "instead of ten days, seven"."""
    lead = " ".join(_forms(clauses, old[0] - 3, old[0] + 1))
    contrast = re.search(r"\b(instead of|rather than|in place of|down from|up from|, not)\b", lead)
    if contrast is None or _sentence(clauses, old[0]) != _sentence(clauses, new[0]):
        return False
    return abs(old[0] - new[0]) <= 2 * _NEAR


def _marked(clauses: Clauses, words: Range, mark: str) -> bool:
    """Whether a word such as "originally" or "now" stands before the term, or right behind, in its part of the text."""
    a = clauses.annotation
    first, end = a.sentences[_sentence(clauses, words[0])]
    reach = range(max(first, words[0] - 2 * _NEAR), words[1])
    before = [a.lemmas[w].lower() for w in reach if a.forms[w + 1 : w + 2] != ["of"]]  # not "instead of"
    cut = max((i for i, lemma in enumerate(before) if lemma in (",", ";", "but")), default=-1)
    behind = _forms(clauses, words[1], min(end, words[1] + 2)) if mark == "former" else []
    return bool(set(before[cut + 1 :] + behind) & entries("terms")[mark])


def _changed_to(clauses: Clauses, new: Range) -> bool:
    """ "Extended to Friday", "a reduced length of seven days"."""
    a = clauses.annotation
    first = a.sentences[_sentence(clauses, new[0])][0]
    near = range(max(first, new[0] - _NEAR), new[0])
    if not any(_changes(clauses, w) for w in near):
        return False
    participle = any(a.deprels[w] == "amod" and _changes(clauses, w) for w in near)
    return participle or _lead(clauses, new) in ("to", "until")
