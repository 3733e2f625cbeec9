"""A reading of a small invented negotiation, made by hand, for the tests of its page."""

import io
from dataclasses import replace
from typing import Any

from rich.console import Console

from tests.readings import reading_of, short_report
from truceline.page import print_negotiation
from truceline.records import (
    Actor,
    Commitment,
    Event,
    Place,
    Position,
    Proposal,
    Reading,
    Report,
    Span,
    Stage,
    Statement,
    Term,
)

TEXT = (
    "Port talks stall over the length of a truce\n"
    "Norland gave the Harbour Front a draft truce of ten days on Saturday, since cut to seven days.\n"
    "The Front must answer within 21 days, envoy Ada Brekke said. Talks on the plan could open on Wednesday.\n"
    "The Front will be fought as pirates unless it leaves Port Selm by 12 December, Brekke warned.\n"
    "The Southern League welcomed the draft. The Front rejected it, its spokesman said.\n"
    "Brekke met League delegates in Port Selm on Sunday. They will meet again on Thursday.\n"
)
REPORT = short_report(TEXT)


def span(words: str, report: Report = REPORT) -> Span:
    """The first place of the report where these words stand."""
    start = report.text.index(words)
    return report.span(start, start + len(words))


def statement(id: str, speaker: str | None, words: str, speaker_text: str | None = None) -> Statement:
    named = span(speaker_text) if speaker_text else None
    return Statement(id, speaker, named, None, [span(words)], "indirect", None, None, None, [], None, 0.9)


def term(kind: Any, words: str, value: str | None = None, replaced_by: int | None = None) -> Term:
    return Term(kind, span(words), value, replaced_by)


def stage(kind: Any, words: str, date: str | None = None, modality: Any = "actual", by: str | None = None) -> Stage:
    return Stage(kind, span(words), date, modality, by)


def event(type: Any, words: str, actors: list[str], **fields: Any) -> Event:
    return replace(Event(type, None, span(words), actors, [], None, None, "actual", None, 0.8), **fields)


TRUCE = Proposal(
    "p1", "ceasefire", "Norland's draft truce", [span("a draft truce of ten days"), span("the draft")], ["a1"], ["a2"],
    "l1",
    [
        term("duration", "ten days", "P10D", 1),
        term("duration", "seven days", "P7D"),
        term("deadline", "within 21 days", "P21D"),
    ],
    [
        stage("amended", "since cut to seven days"),
        stage("handed over", "gave the Harbour Front a draft truce", "2016-12-03"),
        stage("rejected", "The Front rejected it", None, "actual", "s3"),
    ],
    "handed over", 0.8,
)  # fmt: skip
TALKS = Proposal(
    "p2", "talks", "talks on the truce", [span("Talks on the plan")], [], [], None,
    [term("start", "Wednesday", "2016-12-07")],
    [stage("scheduled", "could open on Wednesday", "2016-12-07", "possible", "s1")],
    None, 0.4,
)  # fmt: skip
READING = replace(
    reading_of(
        REPORT,
        [
            statement("s1", "a3", "The Front must answer within 21 days"),
            statement("s2", "a3", "The Front will be fought as pirates unless it leaves Port Selm by 12 December"),
            statement("s3", None, "The Front rejected it", "its spokesman"),
        ],
    ),
    actors=[
        Actor("a1", "Norland", "government", "NOR", None, None, [span("Norland")]),
        Actor("a2", "Harbour Front", "armed group", None, None, None, [span("the Harbour Front")]),
        Actor("a3", "Ada Brekke", "person", "NOR", "a1", "envoy", [span("envoy Ada Brekke")]),
        Actor("a4", "Southern League", "organisation", None, None, None, [span("The Southern League")]),
    ],
    proposals=[TRUCE, TALKS],
    positions=[
        Position("a4", "p1", "supports", span("The Southern League welcomed the draft"), None, 0.45),
        Position("a2", "p1", "opposes", span("The Front rejected it"), "s3", 0.9),
        Position("a1", "p1", "sponsors", span("Norland gave the Harbour Front a draft truce"), None, 0.95),
        Position("a1", "p2", "undecided", span("Talks on the plan could open"), None, 0.6),
    ],
    commitments=[
        Commitment(
            "threat", "a1", "a2", span("will be fought as pirates"), span("unless it leaves Port Selm"), "2016-12-12",
            "s2", 0.7,
        )
    ],
    events=[
        event("CONSULT", "They will meet again", ["a3", "a4"], date="2016-12-08", modality="planned"),
        event("REJECT", "rejected", ["a2"], recipients=["a1"], according_to="s3"),
        event("CONSULT", "met", ["a3", "a4"], date="2016-12-04", place="l1"),
    ],
    places=[Place("l1", span("Port Selm"), "Port Selm", "NOR", 60.0, 5.0, None)],
)  # fmt: skip


def only(**lists: Any) -> Reading:
    """The reading with these lists instead of its own, and nothing else of a negotiation."""
    empty: dict[str, Any] = {"proposals": [], "positions": [], "commitments": [], "events": []}
    return replace(READING, **{**empty, **lists})


def shown(reading: Reading = READING, width: int = 80, *, evidence: bool = False, **console: Any) -> str:
    """What the terminal shows of the reading's negotiation."""
    out = io.StringIO()
    settings: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False, **console}
    print_negotiation(reading, Console(file=out, width=width, **settings), evidence=evidence)
    return out.getvalue()


def section(page: str, heading: str) -> list[str]:
    """The lines under the heading, without blank ones."""
    lines = page.splitlines()
    start = lines.index(heading) + 1
    end = next((n for n in range(start, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    return [line for line in lines[start:end] if line]
