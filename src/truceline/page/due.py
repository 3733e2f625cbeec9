"""What is due when, over all records of a reading: in comes a `Reading`, out go lines in the order of time.

Planned stages, starts and deadlines of proposals, deadlines of commitments, and planned events. What has a date stands
at its day; what has only a length of time ("within 21 days") follows at the end, because the report does not say from
which day it counts. What has neither is left out: it stands in its own section, and no calendar can hold it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from truceline.page.days import day_words, in_order, is_past, length_words, period
from truceline.page.negotiation import (
    Line,
    Names,
    agreed_words,
    deadline_words,
    doubt,
    event_parties,
    kept,
    proposal_name,
    unless_actual,
)
from truceline.records import Commitment, Event, Proposal, Reading, Span, Stage, Term

ALREADY_PAST = "already past"
ENDED_OR_HELD_UP = ("postponed", "vetoed", "rejected", "suspended", "expired", "collapsed", "withdrawn")
"""Proposals of this status may never keep their dates, which says so beside them."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A value with what is due then; `of` is the proposal whose entries for one day become one line."""

    value: str
    what: tuple[str, ...]
    words: str
    remarks: tuple[str, ...]
    spans: tuple[Span, ...]
    of: str | None = None


def due_lines(reading: Reading) -> list[Line]:
    """`date  what  of which proposal, or who to whom`, in the order of time.

    A proposal's entries for the same day are one line. Past starts are left out (they are no longer due), past
    deadlines and plans are marked; a stage that is only possible is there while its day is still to come.
    """
    names = Names(reading)
    published = reading.report.published
    entries: list[_Due] = []
    for proposal in reading.proposals:
        entries += _joined(list(_of_proposal(proposal, names, published)))
    entries += [_of_commitment(one, one.deadline, names) for one in reading.commitments if one.deadline]
    entries += [_of_event(one, one.date, names) for one in reading.events if one.date and one.modality == "planned"]
    dated = [entry for entry in entries if period(entry.value) or length_words(entry.value)]
    return [_line(entry, published) for entry in sorted(dated, key=lambda entry: in_order(entry.value))]


def _of_proposal(proposal: Proposal, names: Names, published: str | None) -> Iterator[_Due]:
    name = proposal_name(proposal)
    known = kept((_ended(proposal), doubt(proposal.confidence)))
    for stage in proposal.stages:
        if stage.date and _is_due(stage, stage.date, published):
            remarks = kept((unless_actual(stage.modality), names.according_to(stage.according_to)))
            yield _Due(stage.date, (stage.stage,), name, remarks + known, (stage.text,), proposal.id)
    for term in proposal.terms:
        if term.value and _is_open(term, term.value, published):
            yield _Due(term.value, (term.kind,), name, known, (term.text,), proposal.id)


def _ended(proposal: Proposal) -> str | None:
    """What became of the proposal, where that puts its dates in question."""
    return f"the proposal: {proposal.status}" if proposal.status in ENDED_OR_HELD_UP else None


def _is_due(stage: Stage, date: str, published: str | None) -> bool:
    """A schedule that was fixed is an actual stage, though its day is still to come."""
    if stage.stage == "scheduled" and stage.modality == "actual":
        return not is_past(date, published)
    return _still_open(stage.modality, date, published)


def _still_open(modality: str, date: str, published: str | None) -> bool:
    return modality == "planned" or (modality == "possible" and not is_past(date, published))


def _is_open(term: Term, value: str, published: str | None) -> bool:
    """Whether the term sets a time that still holds."""
    if term.replaced_by is not None:
        return False
    return term.kind == "deadline" or (term.kind == "start" and not is_past(value, published))


def _of_commitment(commitment: Commitment, deadline: str, names: Names) -> _Due:
    remarks = kept((names.according_to(commitment.according_to, [commitment.actor]), doubt(commitment.confidence)))
    return _Due(deadline, (commitment.kind,), agreed_words(commitment, names), remarks, (commitment.action,))


def _of_event(event: Event, date: str, names: Names) -> _Due:
    remarks = (
        names.place(event.place),
        unless_actual(event.modality),
        names.according_to(event.according_to, event.actors),
        doubt(event.confidence),
    )
    return _Due(date, (event.type,), event_parties(event, names), kept(remarks), (event.trigger,))


def _joined(entries: list[_Due]) -> list[_Due]:
    """One entry for each day and hour of the proposal, at the most exact of its values."""
    found: list[_Due] = []
    for entry in entries:
        known = next((n for n, other in enumerate(found) if _same_time(entry, other)), None)
        if known is None:
            found.append(entry)
        else:
            other = found[known]
            found[known] = replace(
                other,
                value=max(other.value, entry.value, key=len),
                what=tuple(dict.fromkeys(other.what + entry.what)),
                remarks=tuple(dict.fromkeys(other.remarks + entry.remarks)),
                spans=other.spans + entry.spans,
            )
    return found


def _same_time(one: _Due, other: _Due) -> bool:
    """Whether both fall on the same day, and not at two different hours; lengths of time stay by themselves."""
    if period(one.value) is None or period(one.value) != period(other.value):
        return False
    hours = {value.partition("T")[2] for value in (one.value, other.value)} - {""}
    return len(hours) < 2


def _line(entry: _Due, published: str | None) -> Line:
    past = ALREADY_PAST if is_past(entry.value, published) else None
    if period(entry.value) is not None:
        when = day_words(entry.value)
    elif entry.what == ("start",):
        when = f"in {length_words(entry.value)}"
    else:
        when = deadline_words(entry.value) or ""
    return Line(when, ", ".join(entry.what), entry.words, kept((*entry.remarks, past)), entry.spans)
