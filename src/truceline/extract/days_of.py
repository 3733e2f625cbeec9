"""The day on which something told in a report happened or is due: the time expression that modifies its word.

A day belongs to the word that it modifies in the dependency tree, and to what that word stands for: "held talks on
Monday" dates the talks, "agreed on Monday to leave" does not date the leaving. Where the tree leaves it open, no day
is given. GUIDE §4 and §7.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from truceline.extract.clauses import Clauses
from truceline.extract.shown_by import is_verbal
from truceline.lexicon import entries
from truceline.records import Time

_DATE = re.compile(r"(\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?)(?:T.*)?")
_MODIFIERS = ("obl", "nmod", "advmod", "compound", "amod", "nummod")
_SUBJECTS = ("nsubj", "csubj")

Days = dict[int, tuple[str, Time]]  # for each word of a time expression, the date that it names and the expression


def day_of(clauses: Clauses, times: Sequence[Time], word: int) -> str | None:
    """The ISO date, as precise as the report is, of what `word` tells: `2006-10-21`, `2006-10`, `2006-W29` or `2006`.

    None where no expression for a date modifies the word. `word` is the index of a predicate or of a noun for an
    event; `times` are the report's.
    """
    found = dated(clauses, times, word)
    return found[0] if found is not None else None


def dated(clauses: Clauses, times: Sequence[Time], word: int) -> tuple[str, Time] | None:
    """The date of what `word` tells, with the expression that names it."""
    days = _days_around(clauses, times, word)
    if not days:
        return None
    return next((day for route in _routes(clauses, word) if (day := _nearest(clauses, days, word, route))), None)


def is_over(day: str, published: str | None) -> bool:
    """Whether a day, week, month or year (ISO 8601) had ended when the report appeared; False where that is unknown."""
    if published is None:
        return False
    if "W" in day:
        year, week, _ = date.fromisoformat(published[:10]).isocalendar()
        return day < f"{year}-W{week:02}"
    return day < published[: len(day)]


def _days_around(clauses: Clauses, times: Sequence[Time], word: int) -> Days:
    """The dates named in the sentence of a word, by the words that name them; lengths of time and "now" are none."""
    a = clauses.annotation
    sentence = a.sentences[bisect_right(a.sentences, (word, len(a.forms))) - 1]
    start, end = a.characters(*sentence)
    days: Days = {}
    for time in times:
        match = _DATE.fullmatch(time.value or "") if start <= time.text.start < end else None
        if match is not None and time.type in ("DATE", "TIME"):
            named = range(*clauses.words(time.text.start, time.text.end))
            days.update(dict.fromkeys(named, (match[1], time)))
    return days


def _routes(clauses: Clauses, word: int) -> Iterator[Iterable[int]]:
    """Groups of words that may date `word`, the surest first: its own modifiers, then those of what shares its day."""
    if is_verbal(clauses, word):
        that = _complementiser(clauses, word)
        yield [day for day in _modifiers(clauses, word) if day > that]
        yield _next_to(clauses, word)
        yield from _routes_of_verb(clauses, word)
    else:
        yield range(clauses.noun_phrase(word)[0], word)  # "the 2002 truce", "next week's election"
        yield _modifiers(clauses, word)
        yield _right_behind(clauses, word)
        yield from _routes_of_noun(clauses, word)


def _modifiers(clauses: Clauses, word: int) -> Iterator[int]:
    return clauses.with_relation(word, *_MODIFIERS)


def _routes_of_verb(clauses: Clauses, verb: int) -> Iterator[Iterable[int]]:
    for noun in clauses.with_relation(verb, "obj", "nsubj:pass"):
        if noun > verb:  # the tree hangs "on Monday" on the noun before it: "signed the accord on Monday"
            yield _behind(clauses, noun)
    for clause in clauses.with_relation(verb, "ccomp"):  # "said on Monday that …", hung on what was said
        yield [day for day in _modifiers(clauses, clause) if verb < day < _complementiser(clauses, clause)]
    yield from _occasions(clauses, verb)
    if _introduces(clauses, verb):
        for infinitive in clauses.with_relation(verb, "xcomp"):
            yield _modifiers(clauses, infinitive)
    if clauses.head(verb) < 0:
        yield _opening(clauses, verb)
    yield from _routes_above(clauses, verb)


def _routes_above(clauses: Clauses, verb: int) -> Iterator[Iterable[int]]:
    """The day of the clause above, where it is the verb's too."""
    above, relation = clauses.head(verb), clauses.annotation.deprels[verb]
    if above < 0:
        return
    if relation == "xcomp" and _introduces(clauses, above):
        yield _modifiers(clauses, above)
    elif relation == "conj":  # "on Monday rebels entered the town and freed the captives"
        yield [day for day in _modifiers(clauses, above) if day < above]
    # "Raided the camp on Monday, arresting eight"; "was signed on Monday after they met"
    elif relation == "advcl" and (_without_subject(clauses, verb) or _at_the_time(clauses, verb)):
        yield _modifiers(clauses, above)
    elif relation in ("ccomp", "parataxis") and _utters(clauses, verb, above):
        yield _modifiers(clauses, above)
        that = _complementiser(clauses, verb)
        yield [day for day in _modifiers(clauses, verb) if above < day < that]
        yield from _occasions(clauses, above)
        for speaking in clauses.with_relation(above, "advcl"):
            if clauses.annotation.forms[speaking].lower() == "speaking":
                yield _modifiers(clauses, speaking)


def _complementiser(clauses: Clauses, verb: int) -> int:
    """The "that" of a clause, -1 without: in "said on Monday that …" the day is the saying's, whatever the tree."""
    marks = clauses.with_relation(verb, "mark")
    return next((mark for mark in marks if clauses.annotation.forms[mark].lower() == "that"), -1)


def _occasions(clauses: Clauses, verb: int) -> Iterator[Iterable[int]]:
    """What hangs on the occasion of a verb: "agreed at a meeting on Friday"."""
    a = clauses.annotation
    words = entries("happenings")
    for noun in clauses.with_relation(verb, "obl"):
        if a.lemmas[noun].lower() in words["occasion"] and clauses.case(noun) in words["during"]:
            yield _behind(clauses, noun, "in")
            for held in clauses.with_relation(noun, "nmod"):  # "at a round of talks in September"
                if a.lemmas[noun].lower() in words["holding"]:
                    yield _behind(clauses, held, "in")


def _behind(clauses: Clauses, noun: int, *more: str) -> list[int]:
    """The times that modify a noun and stand behind it, not those of a possessor: not "Tuesday's meeting"."""
    return [day for day in clauses.with_relation(noun, "nmod") if day > noun and clauses.case(day) in ("", "on", *more)]


def _opening(clauses: Clauses, verb: int) -> range:
    """The time at the start of a sentence, before a comma: it dates the main clause, whatever the tree says."""
    a = clauses.annotation
    first, _ = a.sentences[bisect_right(a.sentences, (verb, len(a.forms))) - 1]
    at = first + (a.forms[first].lower() in ("on", "in", "earlier", "late", "early", "also"))
    end = at
    while end < verb and clauses.timed[end]:
        end += 1
    return range(at, end) if end < len(a.forms) and a.forms[end] == "," else range(at, at)


def _next_to(clauses: Clauses, verb: int) -> range:
    """The words of the time right behind a verb: "said on Monday", "agreed Wednesday to meet"."""
    forms = clauses.annotation.forms
    at = verb + 1 + (forms[verb + 1 : verb + 2] == ["on"])
    end = at
    while end < len(forms) and clauses.timed[end]:
        end += 1
    return range(at, end)


def _right_behind(clauses: Clauses, noun: int) -> range:
    """The words of the time right behind a noun, or behind the noun and its place: "a raid in the south Saturday".

    Also behind a participle in between: "the accord reached last week", "a round scheduled for September".
    """
    a = clauses.annotation
    at, size = noun + 1, len(a.forms)
    while at < size and a.forms[at].lower() in ("in", "to"):
        end = at + 1
        while end < size and (a.upos[end] in ("PROPN", "DET") and not clauses.timed[end]):
            end += 1
        if end == at + 1:
            break
        at = end
    if at < size and at == noun + 1 and (a.xpos[at] == "VBN" or (a.xpos[at] == "VBD" and _lets_happen(clauses, at))):
        at += 1
    if at < size - 1 and a.forms[at].lower() in ("on", "in", "for"):
        at += 1
    end = at
    while end < size and clauses.timed[end]:
        end += 1
    return range(at, end)


def _routes_of_noun(clauses: Clauses, noun: int) -> Iterator[Iterable[int]]:
    a = clauses.annotation
    for verb in clauses.with_relation(noun, "acl"):
        if a.deprels[verb] != "acl":  # "talks that began on Monday"
            own = next(iter(clauses.with_relation(verb, *_SUBJECTS)), verb)
            if a.forms[own].lower() in ("that", "which") and _lets_happen(clauses, verb):
                yield _modifiers(clauses, verb)
        else:  # "talks held on Monday", "talks due to open on Monday"
            yield _modifiers(clauses, verb)
            for infinitive in clauses.with_relation(verb, "xcomp"):
                yield _modifiers(clauses, infinitive)
    above, relation = clauses.head(noun), a.deprels[noun]
    if a.lemmas[noun].lower() in entries("happenings")["holding"]:
        for held in clauses.with_relation(noun, "nmod"):
            yield _behind(clauses, held, "in")
    if above >= 0 and relation.startswith("nmod") and a.lemmas[above].lower() in entries("happenings")["holding"]:
        yield _modifiers(clauses, above)
        noun, above, relation = above, clauses.head(above), a.deprels[above]
    if above < 0 or not is_verbal(clauses, above):
        return
    own_clause = relation.startswith((*_SUBJECTS, "obj")) and _lets_happen(clauses, above)
    occasion = relation.startswith("obl") and clauses.case(noun) in entries("happenings")["during"]
    if own_clause or occasion:
        yield _modifiers(clauses, above)
    if own_clause and _introduces(clauses, above):
        for infinitive in clauses.with_relation(above, "xcomp"):
            yield _modifiers(clauses, infinitive)
    if own_clause and a.deprels[above] == "xcomp" and _introduces(clauses, clauses.head(above)):
        yield _modifiers(clauses, clauses.head(above))
    if own_clause and clauses.head(above) < 0:
        yield _opening(clauses, above)


def _lets_happen(clauses: Clauses, verb: int) -> bool:
    """Whether a verb only says that its subject or object takes place."""
    return clauses.annotation.lemmas[verb].lower() in entries("happenings")["light"] or _introduces(clauses, verb)


def _introduces(clauses: Clauses, verb: int) -> bool:
    return clauses.annotation.lemmas[verb].lower() in entries("happenings")["introducing"]


def _without_subject(clauses: Clauses, verb: int) -> bool:
    """Whether a clause shares the subject of the one above: "meeting the envoy", "to meet the envoy"."""
    a = clauses.annotation
    marks = {a.forms[c].lower() for c in clauses.with_relation(verb, "mark", "case")}
    if next(iter(clauses.with_relation(verb, *_SUBJECTS)), None) is not None:
        return False
    return marks <= {"to"} and (a.xpos[verb] == "VBG" or bool(marks))


def _at_the_time(clauses: Clauses, verb: int) -> bool:
    marks = {clauses.annotation.forms[c].lower() for c in clauses.with_relation(verb, "mark", "advmod")}
    return bool(marks & entries("happenings")["at_the_time"]) and clauses.annotation.xpos[verb] in ("VBD", "VBN")


def _utters(clauses: Clauses, verb: int, cue: int) -> bool:
    """Whether saying it is doing it: "said on Sunday that it would not sign" is a refusal of Sunday.

    What is told in the past tense is of another day, unless it has one.
    """
    a = clauses.annotation
    if a.lemmas[cue].lower() not in entries("cues")["clause"]:
        return False
    helpers = {a.forms[c].lower() for c in clauses.with_relation(verb, "aux", "cop")}
    if helpers & (entries("tenses")["past"] | {"have", "has"}):
        return False
    return bool(helpers & entries("tenses")["modal"]) or a.xpos[verb] in ("VB", "VBP", "VBZ")


def _nearest(clauses: Clauses, days: Days, word: int, among: Iterable[int]) -> tuple[str, Time] | None:
    """The date of the nearest of these words that names one, behind the word before in front of it."""
    without = entries("happenings")["not_the_day"]
    verbal = is_verbal(clauses, word)
    found = []
    for time in among:
        if time not in days or (verbal and _possesses(clauses, time)) or _is_of_speech(clauses, time, word):
            continue
        # Of "before the 2002 truce" the preposition is the noun's.
        if _case(clauses, time) not in without or (time < word and not verbal):
            found.append(time)
    return days[min(found, key=lambda w: (w < word, abs(w - word)))] if found else None


def _is_of_speech(clauses: Clauses, time: int, word: int) -> bool:
    """Whether a time right behind a verb of speech, "said on Monday", is the day of speaking and not that of `word`."""
    a = clauses.annotation
    at = time - 1
    while at > 0 and (clauses.timed[at] or a.forms[at].lower() in ("on", "late", "early", "earlier", "later")):
        at -= 1
    if at < 0 or a.lemmas[at].lower() not in entries("cues")["clause"] or a.xpos[at] != "VBD":
        return False
    return at != word and not (clauses.head(word) == at and _utters(clauses, word, at))


def _possesses(clauses: Clauses, time: int) -> bool:
    """Whether a time has something: "Tuesday's meeting" dates no verb."""
    a = clauses.annotation
    end = time + 1
    while end < len(a.forms) and clauses.timed[end] and a.forms[end] not in ("'s", "’s"):
        end += 1
    return end < len(a.forms) and a.forms[end] in ("'s", "’s")


def _case(clauses: Clauses, word: int) -> str:
    """The preposition of a time, also where the tree hangs it on another word of the expression."""
    a = clauses.annotation
    first = word
    while first > 0 and clauses.timed[first] and clauses.timed[first - 1]:
        first -= 1
    before = a.forms[first - 1].lower() if first > 0 and a.upos[first - 1] in ("ADP", "SCONJ") else ""
    return clauses.case(word) or before
