"""Terms that the words of a proposal plainly name: how long, from when, until when, how many, on what condition.

Each rule reads one construction in the dependency tree of a mention. GUIDE §4.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from truceline.extract.clauses import Clauses
from truceline.extract.days_of import dated, is_over
from truceline.extract.shown_by import is_verbal
from truceline.extract.terms import times_between
from truceline.lexicon import entries
from truceline.records import Time
from truceline.records.reading import TermKind

Range = tuple[int, int]
Found = tuple[int, int, TermKind]
_STOPS = frozenset({",", ";", ":", "–", "—", "-", ".", '"', "”"})


def terms_within(clauses: Clauses, times: Sequence[Time], mentions: Sequence[Range]) -> list[Found]:
    """The terms in and right beside the mentions of one proposal, in the order of the text, each once.

    A term is a run of words (half-open) and its kind; `mentions` are runs of words too.
    """
    found: dict[Found, None] = {}
    for mention in mentions:
        found.update(dict.fromkeys(rules(clauses, times, mention)))
    kept = [term for term in found if not any(_holds(other, term) for other in found if other != term)]
    return sorted(kept)


def rules(clauses: Clauses, times: Sequence[Time], mention: Range) -> Iterator[Found]:
    """What each rule finds for one mention; a term may come twice."""
    head = clauses.governor(*mention)
    for rule in (_durations, _deadlines, _starts):
        yield from rule(clauses, times, mention, head)
    for plain in (_quantities, _conditions, _exchanges):
        yield from plain(clauses, mention, head)


def _holds(outer: Found, inner: Found) -> bool:
    return outer[2] == inner[2] and outer[0] <= inner[0] and inner[1] <= outer[1]


def _words_of(clauses: Clauses, time: Time) -> Range:
    return clauses.words(time.text.start, time.text.end)


def _times_within(clauses: Clauses, times: Sequence[Time], mention: Range) -> Iterator[tuple[Time, Range]]:
    for time in times_between(clauses, times, *mention):
        first, end = _words_of(clauses, time)
        if mention[0] <= first and end <= mention[1]:
            yield time, (first, end)


def _durations(clauses: Clauses, times: Sequence[Time], mention: Range, head: int) -> Iterator[Found]:
    """ "A 48-hour truce", "two sessions over ten days", not "a three-year-old truce" or "a pause of the past week"."""
    a = clauses.annotation
    for time, (first, end) in _times_within(clauses, times, mention):
        if time.type != "DURATION" or _before(clauses, first) in entries("terms")["deadline"]:
            continue
        words = {form.lower() for form in a.forms[first:end]}
        governs = clauses.governor(first, end)
        old = any(form.endswith(("-old", "old")) for form in words) or words & {"past", "last", "recent"}
        above = clauses.head(head)
        kept = above >= 0 and a.lemmas[above].lower() in entries("terms")["keeping"]
        rate = first > 0 and end - first == 2 and a.forms[first].lower() in ("a", "an", "per")  # "a million a day"
        if (clauses.head(governs) == head or governs == head) and not (old or kept or rate):
            yield first, end, "duration"
    for verb in _enduring(clauses, head):
        lasting = {w for w in clauses.children[verb] if clauses.timed[w]}
        for time in times_between(clauses, times, *_sentence(clauses, verb)):
            first, end = _words_of(clauses, time)
            if time.type == "DURATION" and lasting & set(range(first, end)) and _before(clauses, first) != "after":
                yield first, end, "duration"


def _enduring(clauses: Clauses, noun: int) -> Iterator[int]:
    """The verbs that say how long a noun lasts: its own, or one below, "expected to last four days"."""
    a = clauses.annotation
    above = clauses.head(noun)
    if above >= 0 and a.deprels[noun].startswith(("nsubj", "obj")):
        yield from (v for v in (above, *clauses.with_relation(above, "xcomp")) if _endures(clauses, v))
    for participle in clauses.with_relation(noun, "acl"):
        yield from (v for v in clauses.with_relation(participle, "xcomp") if _endures(clauses, v))


def _endures(clauses: Clauses, verb: int) -> bool:
    return clauses.annotation.lemmas[verb].lower() in entries("terms")["enduring"]


def _sentence(clauses: Clauses, word: int) -> Range:
    sentences = clauses.annotation.sentences
    return sentences[bisect_right(sentences, (word, len(clauses.annotation.forms))) - 1]


def _before(clauses: Clauses, first: int) -> str:
    return clauses.annotation.forms[first - 1].lower() if first else ""


def _deadlines(clauses: Clauses, times: Sequence[Time], mention: Range, head: int) -> Iterator[Found]:
    """ "Withdraw by 1 June", "disarm within 30 days"."""
    a = clauses.annotation
    for time in times_between(clauses, times, *_sentence(clauses, head)):
        first, end = _words_of(clauses, time)
        if _before(clauses, first) not in ("by", "within"):
            continue
        if (time.value or "")[:1].isdigit() and is_over(str(time.value), a.report.published):
            continue
        at = next((w for w in range(first, end) if not first <= clauses.head(w) < end), first)
        inside = mention[0] <= first < mention[1]
        beside = clauses.head(at) == head or (mention[0] <= clauses.head(at) < mention[1])
        if inside or (beside and first == mention[1] + 1):
            yield first - 1, end, "deadline"


def _starts(clauses: Clauses, times: Sequence[Time], mention: Range, head: int) -> Iterator[Found]:
    """ "Talks on Monday", "the meeting will be held on 5 May": the day to come that dates the mention's head."""
    a = clauses.annotation
    if a.lemmas[head].lower() in entries("terms")["agreed"]:
        return
    found = dated(clauses, times, head)
    if found is None or is_over(found[0], a.report.published):
        return
    first, end = _words_of(clauses, found[1])
    if _before(clauses, first) not in entries("terms")["deadline"] | {"until", "till"}:
        yield first, end, "start"


def _quantities(clauses: Clauses, mention: Range, head: int) -> Iterator[Found]:
    """ "The release of 1,500 prisoners", not "one village", which only counts."""
    a = clauses.annotation
    for word in range(*mention):
        if a.lemmas[word].lower() not in entries("terms")["counted"] or clauses.timed[word]:
            continue
        numbers = [c for c in clauses.with_relation(word, "nummod") if mention[0] <= c < word]
        if numbers and a.forms[numbers[0]].lower() not in ("one", "two"):
            first = clauses.noun_phrase(word)[0]
            yield max(first + (a.upos[first] == "CCONJ"), mention[0]), word + 1, "quantity"


def _conditions(clauses: Clauses, mention: Range, head: int) -> Iterator[Found]:
    """ "Talks will resume if both sides agree", "a ceasefire once a deal is reached"."""
    a = clauses.annotation
    above = clauses.head(head)
    over = [head, above] if above >= 0 and is_verbal(clauses, above) else [head]
    for word in over:
        for clause in clauses.with_relation(word, "advcl"):
            first, end = clauses.subtree(clause)
            mark = next((a.forms[c].lower() for c in clauses.with_relation(clause, "mark") if c < clause), "")
            subject = next(iter(clauses.with_relation(clause, "nsubj", "csubj")), None)
            # "If that happens" only points back; "if not halt it" has no subject of its own.
            if subject is None or a.forms[subject].lower() in ("that", "this") or first <= head < end:
                continue
            first, end = _within_stops(clauses, first, end)
            if mark in entries("terms")["condition"]:
                yield first, end, "condition"
            elif mark in entries("terms")["sequence"]:
                yield first, end, "sequence"


def _exchanges(clauses: Clauses, mention: Range, head: int) -> Iterator[Found]:
    """ "Would stop enrichment in return for aid": what is given, in the mention or right behind it."""
    a = clauses.annotation
    for word in range(mention[0] + 1, min(mention[1] + 2, len(a.forms) - 1)):
        given = a.lemmas[word].lower() in entries("terms")["exchange"]
        if given and _before(clauses, word) == "in" and a.forms[word + 1].lower() == "for":
            top = next((w for w in (word, word + 1) if clauses.subtree(w)[1] > word + 2), clauses.head(word))
            end = clauses.subtree(top)[1] if top >= 0 else word + 2
            yield *_within_stops(clauses, word - 1, max(end, word + 2)), "condition"


def _within_stops(clauses: Clauses, first: int, end: int) -> Range:
    forms = clauses.annotation.forms
    while first < end - 1 and forms[first] in _STOPS:
        first += 1
    while end > first + 1 and forms[end - 1] in _STOPS:
        end -= 1
    return first, end
