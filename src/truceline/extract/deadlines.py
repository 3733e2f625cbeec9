"""Until when a commitment is due, and on what it depends. GUIDE §6.

A commitment is given by the words of its action. The condition is the clause that the action's predicate governs, or
that one of the predicates above it does: "threatened to leave the talks unless the siege ended".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from truceline.extract.clauses import Clauses
from truceline.extract.days_of import is_over
from truceline.extract.shown_by import is_verbal
from truceline.extract.terms import times_between
from truceline.lexicon import entries
from truceline.records import Time

Range = tuple[int, int]
_DATE = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?")
_STOPS = frozenset({",", ";", ":", "–", "—", "-", ".", '"', "“", "”"})
_LEADING_UP = 4  # predicates above the action that may carry its condition
_WORDS_OF_DAY = frozenset({"by", "before", "until", "till"})


def deadline_of(clauses: Clauses, times: Sequence[Time], first: int, end: int) -> str | None:
    """The ISO date or duration by which the action in words `first` to `end` is due; None if none is stated.

    "By Friday" and "this week" are dates, "within 48 hours" and "gave them a day" durations. A day that was over when
    the report appeared is no deadline.
    """
    head = clauses.governor(first, end)
    sentence = _sentence(clauses, head)
    near = times_between(clauses, times, *sentence)
    ours = [(time, clauses.words(time.text.start, time.text.end)) for time in near if time.value]
    condition = condition_of(clauses, first, end)
    ours = [(t, w) for t, w in ours if condition is None or not condition[0] <= w[0] < condition[1]]
    for time, words in ours:
        if _limits(clauses, time, words) and _belongs(clauses, words, (first, end), head):
            return _value(clauses, time)
    for time, words in ours:
        if time.type == "DURATION" and _given(clauses, words, head):
            return time.value
    for time, words in ours:
        if (day := _due(clauses, time, words, head)) is not None:
            return day
    return None


def _due(clauses: Clauses, time: Time, words: Range, head: int) -> str | None:
    """The day to come that modifies the action's predicate, and no noun in it: "table a text this week".

    Also the day of an occasion by which something is due: "reply before the summit on 5 May".
    """
    match = _DATE.match(time.value or "")
    if time.type == "DURATION" or match is None or is_over(match[0], clauses.annotation.report.published):
        return None
    above = [clauses.head(at) for at in range(*words) if not words[0] <= clauses.head(at) < words[1]]
    lead = clauses.annotation.forms[words[0] - 1].lower() if words[0] else ""
    own = head in above and head < words[0] and is_verbal(clauses, head)
    occasion = any(clauses.case(at) in ("before", "by") and clauses.head(at) == head for at in above if at >= 0)
    return match[0] if occasion or (own and lead not in entries("happenings")["not_the_day"]) else None


def _limits(clauses: Clauses, time: Time, words: Range) -> bool:
    """Whether a preposition makes a time the last one: "by Friday", "within 48 hours"."""
    before = clauses.annotation.forms[words[0] - 1].lower() if words[0] else ""
    if time.type == "DURATION":
        return before == "within"
    day = _DATE.match(time.value or "")
    return (
        before in _WORDS_OF_DAY - {"until", "till"}
        and day is not None
        and not is_over(day[0], clauses.annotation.report.published)
    )


def _belongs(clauses: Clauses, words: Range, action: Range, head: int) -> bool:
    """Whether a time stands in the action, right behind it, or hangs on its predicate."""
    above = [w for w in (clauses.head(at) for at in range(*words)) if not words[0] <= w < words[1]]
    return action[0] <= words[0] <= action[1] + 1 or head in above


def _given(clauses: Clauses, words: Range, head: int) -> bool:
    """Whether a length of time is given for the action: "gave them 24 hours to leave", "a 72-hour deadline"."""
    a = clauses.annotation
    governs = clauses.governor(*words)
    above = clauses.head(governs)
    if above < 0:
        return False
    if a.lemmas[above].lower() in entries("terms")["ultimatum"]:
        return _near(clauses, above, head)
    given = a.lemmas[above].lower() in entries("terms")["giving"] and a.deprels[governs].startswith(("obj", "obl"))
    return given and (above == head or clauses.head(head) in (above, governs))


def _near(clauses: Clauses, noun: int, head: int) -> bool:
    """Whether a noun is the action's own, or an argument of its predicate or of the one above."""
    above = clauses.head(head)
    return noun == head or clauses.head(noun) in (head, above) or above == noun


def _value(clauses: Clauses, time: Time) -> str | None:
    if time.type == "DURATION":
        return time.value
    match = _DATE.match(time.value or "")
    return match[0] if match else None


def condition_of(clauses: Clauses, first: int, end: int) -> Range | None:
    """The words (half-open) on which the action in words `first` to `end` depends; None if nothing is said of it.

    An if-, unless-, once- or until-clause, "in return for …", or whoever does something: "any group that stays".
    """
    head = clauses.governor(first, end)
    for predicate in _predicates(clauses, head, (first, end)):
        # "As long as" puts its clause under "long".
        below = [c for adverb in clauses.with_relation(predicate, "advmod") for c in clauses.children[adverb]]
        for child in [*clauses.children[predicate], *below]:
            found = _clause(clauses, child) or _case(clauses, child)
            if found is not None and not found[0] <= head < found[1]:
                return found
    return _right_behind(clauses, end) or _whoever(clauses, (first, end), head)


def _predicates(clauses: Clauses, head: int, action: Range) -> Iterator[int]:
    """The action's predicate, its other predicates, and those above that only lead up to it."""
    yield head
    yield from (word for word in range(*action) if word != head and is_verbal(clauses, word))
    at = head
    for _ in range(_LEADING_UP):
        relation, above = clauses.annotation.deprels[at], clauses.head(at)
        if above < 0 or not relation.startswith(("xcomp", "ccomp", "conj", "obj", "obl", "parataxis", "acl", "nmod")):
            return
        at = above
        yield at


def _clause(clauses: Clauses, child: int) -> Range | None:
    """The clause of a condition that hangs on a predicate: "unless …", "only if …", "as long as …"."""
    a = clauses.annotation
    words = entries("terms")["depending"]
    for mark in clauses.with_relation(child, "mark", "advmod", "case"):
        form = a.forms[mark].lower()
        long = form == "as" and mark > 1 and a.forms[mark - 1].lower() in ("long", "soon")
        present = form == "when" and a.xpos[child] in ("VBZ", "VBP")
        bare = child == mark + 1 and a.upos[child] == "ADJ"  # "if necessary", "once again"
        depends = long or present or (form in words and (form != "once" or a.deprels[mark] == "mark"))
        if mark < child and depends and not clauses.timed[child] and not bare:
            return _trimmed(clauses, mark - 2 * long, clauses.subtree(child)[1])
    return None


def _case(clauses: Clauses, child: int) -> Range | None:
    """ "In case of an attack", "in return for aid": the phrase, however the tree divides it."""
    a = clauses.annotation
    first, end = clauses.subtree(child)
    for at in range(first, min(end, first + 4)):
        if a.lemmas[at].lower() in entries("terms")["in_case"] and at + 1 < end and at > 0:
            before = at - (a.upos[at - 1] == "DET") - 1
            if a.forms[before].lower() == "in" and a.forms[at + 1].lower() in ("of", "for"):
                return _trimmed(clauses, before, end)
    return None


def _right_behind(clauses: Clauses, end: int) -> Range | None:
    """The condition whose conjunction stands right behind the action, if the tree hangs it elsewhere."""
    a = clauses.annotation
    at = end
    while at < len(a.forms) and a.forms[at].lower() in (",", "but", "only"):
        at += 1
    sentence = _sentence(clauses, end - 1)
    if at < sentence[1] - 2 and a.forms[at].lower() == "in" and a.forms[at + 2].lower() in ("of", "for"):
        if a.lemmas[at + 1].lower() not in entries("terms")["in_case"]:
            return None
        return _trimmed(clauses, at, max(clauses.subtree(w)[1] for w in (at, at + 1, at + 2)))  # "in return for aid"
    if at >= sentence[1] or a.forms[at].lower() not in entries("terms")["depending"]:
        return None
    verb = clauses.head(at)
    return _trimmed(clauses, at, clauses.subtree(verb)[1]) if verb > at and not clauses.timed[at] else None


def _whoever(clauses: Clauses, action: Range, head: int) -> Range | None:
    """ "Anyone who breaks the truce", as the subject of the action or inside it."""
    a = clauses.annotation
    words = entries("terms")["whoever"]
    subjects = [*clauses.with_relation(head, "nsubj", "csubj"), *clauses.with_relation(clauses.head(head), "nsubj")]
    stop = min(action[1] + 3, _sentence(clauses, head)[1])  # "promised sanctions against anyone who …"
    for noun in [*subjects, *range(action[0], stop)]:
        determiners = {a.forms[c].lower() for c in clauses.with_relation(noun, "det", "advmod")}
        if a.forms[noun].lower() not in words and not determiners & words:
            continue
        relative = next((c for c in clauses.children[noun] if a.deprels[c] == "acl:relcl"), -1)
        if relative < 0 and noun + 1 < stop and a.forms[noun + 1].lower() in ("who", "that", "which"):
            relative = clauses.head(noun + 1)  # hung on another noun
        if relative > noun:
            return _trimmed(clauses, clauses.noun_phrase(noun)[0], clauses.subtree(relative)[1])
    return None


def _sentence(clauses: Clauses, word: int) -> Range:
    a = clauses.annotation
    return a.sentences[bisect_right(a.sentences, (word, len(a.forms))) - 1]


def _trimmed(clauses: Clauses, first: int, end: int) -> Range:
    """With "only" in front, without stops at the end."""
    forms = clauses.annotation.forms
    if first and forms[first - 1].lower() == "only":
        first -= 1
    while end > first + 1 and forms[end - 1] in _STOPS:
        end -= 1
    return first, end
