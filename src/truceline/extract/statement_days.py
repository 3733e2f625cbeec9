"""The day on which something was said: the time expression that hangs on the cue ("said on Monday"). GUIDE §3."""

import re
from collections.abc import Iterator
from dataclasses import replace

from truceline.extract.clauses import Clauses
from truceline.lexicon import entries
from truceline.records import Statement, Time

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OCCASIONS = frozenset({"obl", "nmod", "obj"})


def with_days(clauses: Clauses, statements: list[Statement], times: list[Time]) -> list[Statement]:
    """The statements with `date` where a time with a known day depends on the cue and stands outside the content.

    Also where it depends on the occasion ("said in a statement on Monday"). A day after the report's own is none:
    nobody has spoken then. "Since Monday" and "by Monday" name no day of speaking.
    """
    published = clauses.annotation.report.published
    days: dict[int, str] = {}  # the day that each word of a time expression names
    for time in times:
        match = _DAY.match(time.value or "")
        if match is not None and (published is None or match[0] <= published):
            days.update(dict.fromkeys(range(*clauses.words(time.text.start, time.text.end)), match[0]))
    found = []
    for statement in statements:
        day = _day_of(clauses, statement, days) if statement.cue is not None and days else None
        found.append(replace(statement, date=day) if day is not None else statement)
    return found


def _day_of(clauses: Clauses, statement: Statement, days: dict[int, str]) -> str | None:
    starts = clauses.annotation.starts
    assert statement.cue is not None
    first, end = clauses.words(statement.cue.start, statement.cue.end)
    around = [word for verb in range(first, end) for word in _around(clauses, verb)]
    for word in [*around, *_right_behind(clauses, end)]:
        inside = any(piece.start <= starts[word] < piece.end for piece in statement.content)
        if word in days and not inside and clauses.case(word) not in entries("descriptions")["not_on"]:
            return days[word]
    return None


def _right_behind(clauses: Clauses, end: int) -> range:
    """The word behind the cue, or behind the cue and "on": no tree can be wrong about these."""
    forms = clauses.annotation.forms
    at = end + (forms[end : end + 1] == ["on"])
    return range(at, min(at + 1, len(forms)))


def _around(clauses: Clauses, cue: int) -> Iterator[int]:
    """What depends on the cue, and then what depends on the nouns that do."""
    yield from clauses.children[cue]
    for noun in clauses.with_relation(cue, *_OCCASIONS):
        yield from clauses.with_relation(noun, "nmod")
