"""Merging and splitting actors and proposals: in come entries, and what they hold moves between them.

Nothing is thrown away: merging unites what both hold, splitting divides it, and undoing is leaving the decision out.
"""

from collections.abc import Sequence
from typing import Any

from truceline.records import Span
from truceline.review.entries import Entries, Entry
from truceline.review.kinds import Packed, own_spans

JOINED = ("actor", "proposal")
"""The kinds that can be merged and split."""
_LISTS = ("mentions", "sponsors", "recipients")


def merge(kept: Entry, other: Entry) -> None:
    """`other` becomes part of `kept`: its mentions join, and what `kept` does not say is filled from it.

    A merged proposal has the terms and stages of both, those of `kept` first.
    """
    mine, theirs = kept.record, other.record
    united = dict(mine)
    for name, value in theirs.items():
        if name in _LISTS:
            united[name] = _united(mine[name], value)
        elif name == "terms":
            united[name] = [*mine[name], *(_moved(term, len(mine[name])) for term in value)]
        elif name == "stages":
            united[name] = [*mine[name], *(stage for stage in value if stage not in mine[name])]
        elif mine[name] is None:
            united[name] = value
    united["mentions"] = sorted(united["mentions"], key=lambda span: (span["start"], span["end"]))
    kept.record = united
    other.into = kept


def split(entries: Entries, entry: Entry, made: Entry) -> None:
    """What stands in `made` leaves `entry`: mentions, and a proposal's terms and stages.

    What somebody says or is told under a mention that goes, goes with it.
    """
    goes = own_spans(made.kind, made.record)
    rest = dict(entry.record)
    rest["mentions"] = [span for span in rest["mentions"] if span not in made.record["mentions"]]
    if made.kind == "proposal":
        gone = [_term_itself(term) for term in made.record["terms"]]
        rest["terms"] = _without(rest["terms"], gone)
        rest["stages"] = [stage for stage in rest["stages"] if stage not in made.record["stages"]]
    else:
        for statement in entries.of_kind["statement"]:
            for who, words in (("speaker", "speaker_text"), ("addressee", "addressee_text")):
                named = entries.with_id("actor", statement.record[who] or "")
                if named is not None and named.last is entry and _touches(statement.record[words], goes):
                    statement.record = {**statement.record, who: made.first["id"]}
    entry.record = rest


def _united(mine: list[Any], theirs: list[Any]) -> list[Any]:
    return [*mine, *(one for one in theirs if one not in mine)]


def _moved(term: Packed, by: int) -> Packed:
    later = term["replaced_by"]
    return term if later is None else {**term, "replaced_by": later + by}


def _term_itself(term: Packed) -> Packed:
    return {**term, "replaced_by": None}


def _without(terms: list[Packed], gone: list[Packed]) -> list[Packed]:
    """The terms that stay, each pointing at the term that replaced it where that stays too."""
    stays = [n for n, term in enumerate(terms) if _term_itself(term) not in gone]
    now = {old: new for new, old in enumerate(stays)}
    return [{**terms[n], "replaced_by": now.get(terms[n]["replaced_by"])} for n in stays]


def _touches(words: Packed | None, spans: Sequence[Span]) -> bool:
    return words is not None and any(words["start"] < span.end and span.start < words["end"] for span in spans)
