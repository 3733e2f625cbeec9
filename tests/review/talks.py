"""A report of our own with a record of every kind, the same report as a newer model reads it, and a log in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.readings import short_report
from truceline.records import (
    Actor,
    Commitment,
    Event,
    Model,
    Place,
    Position,
    Proposal,
    Reading,
    Span,
    Stage,
    Statement,
    Term,
    Time,
)
from truceline.review import Item, Reviewed, Reviewer, span_of
from truceline.store import DecisionRow

TEXT = (
    "Norland put a draft truce of ten days to the Harbour Front on Saturday. “We will study the draft,” said "
    "Ada Brekke, the envoy of Norland, in Port Selm. The Front rejected the draft on Monday: its spokesman said "
    "that Norland had accused the Front of shelling Port Selm. Brekke warned that aid would stop unless the Front "
    "signs. Norland and the Southern League met on Monday, and the League welcomed the draft."
)
REPORT = short_report(TEXT, title="A draft for Port Selm")


def span(words: str) -> Span:
    """The span of words of the report, as `words@2` where they stand there more than once."""
    return span_of(words, TEXT)


def spans(*words: str) -> list[Span]:
    """The spans of several words."""
    return [span(one) for one in words]


def packed_span(words: str) -> dict[str, object]:
    """The same as the JSON contract writes it."""
    found = span(words)
    return {"start": found.start, "end": found.end, "quote": found.quote}


def _statement(id: str, speaker: str, words: str, cue: str, content: str, sure: float, **more: object) -> Statement:
    plain = Statement(
        id, speaker, span(words), span(cue), [span(content)], "indirect", None, None, "2016-12-05", [], None, sure
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def reading() -> Reading:
    """What a machine may find in the report, not all of it right."""
    return Reading(
        "0.1.0",
        Model("first model", "1" * 64),
        REPORT,
        actors=[
            Actor("a1", "Norland", "government", "NOR", None, None, spans("Norland@1", "Norland@2")),
            Actor("a2", "Harbour Front", "armed group", None, None, None, spans("the Harbour Front", "The Front")),
            Actor("a3", "Ada Brekke", "person", "NOR", "a1", "envoy of Norland", [span("Ada Brekke")]),
            Actor("a4", "Brekke", "person", None, None, None, [span("Brekke@2")]),
            Actor("a5", "spokesman", "person", None, "a2", None, [span("its spokesman")]),
            Actor("a6", "League", "other", None, None, None, [span("the Southern League"), span("the League")]),
        ],
        statements=[
            _statement(
                "s1", "a3", "Ada Brekke", "said@1", "“We will study the draft,”", 0.9, mode="direct", about=["p1"]
            ),
            _statement(
                "s2", "a5", "its spokesman", "said@2", "Norland had accused the Front of shelling Port Selm", 0.6
            ),
            _statement("s3", "a1", "Norland@3", "accused", "the Front of shelling Port Selm", 0.3, within="s2"),
            _statement("s4", "a4", "Brekke@2", "warned", "aid would stop unless the Front signs", 0.8),
        ],
        proposals=[
            Proposal(
                "p1", "ceasefire", "draft truce of ten days", [span("a draft truce of ten days"), span("the draft@2")],
                ["a1"], ["a2"], "l1", [Term("duration", span("ten days"), "P10D", None)],
                [
                    Stage("handed over", span("put a draft truce of ten days"), "2016-12-03", "actual", None),
                    Stage("rejected", span("rejected the draft"), "2016-12-05", "actual", "s2"),
                ],
                "rejected", 0.7,
            ),
            Proposal("p2", "resolution", "the draft", [span("the draft@3")], ["a1"], [], None, [], [], None, 0.4),
        ],
        positions=[
            Position("a2", "p1", "opposes", span("The Front rejected the draft"), None, 0.85),
            Position("a6", "p2", "supports", span("the League welcomed the draft"), None, 0.5),
            Position("a1", "p2", "undecided", span("the League welcomed the draft"), None, 0.2),
        ],
        commitments=[
            Commitment("threat", "a3", "a2", span("aid would stop"), span("unless the Front signs"), None, "s4", 0.75)
        ],
        events=[
            Event("CONSULT", "meet", span("met"), ["a1", "a6"], [], "2016-12-05", None, "actual", None, 0.65),
            Event("ACCUSE", None, span("accused"), ["a1"], ["a2"], None, "l1", "actual", "s2", 0.55),
        ],
        times=[
            Time(span("Saturday"), "DATE", "2016-12-03"),
            Time(span("Monday@1"), "DATE", "2016-12-05"),
            Time(span("Monday@2"), "DATE", "2016-12-05"),
        ],
        places=[Place("l1", span("Port Selm@1"), "Port Selm", "NOR", 60.0, 5.0, None)],
    )  # fmt: skip


def newer_reading() -> Reading:
    """The same report read by a newer model: other ids, some spans a little other, some records gone or new.

    The nested statement, the first proposal's second mention and the event of meeting are gone; Brekke is one actor.
    """
    old = reading()
    front, norland, brekke, spokesman, league = "a1", "a2", "a3", "a4", "a5"
    return replace(
        old,
        model=Model("newer model", "2" * 64),
        actors=[
            replace(old.actors[1], id=front, mentions=[*old.actors[1].mentions, *spans("the Front@1", "the Front@2")]),
            replace(old.actors[0], id=norland, mentions=spans("Norland@1", "Norland@2", "Norland@3")),
            replace(old.actors[2], id=brekke, of=norland, mentions=[span("Ada Brekke"), span("Brekke@2")]),
            replace(old.actors[4], id=spokesman, of=front),
            replace(old.actors[5], id=league, kind="organisation"),
        ],
        statements=[
            replace(old.statements[0], id="s1", speaker=brekke, content=[span("“We will study the draft")]),
            replace(old.statements[3], id="s2", speaker=brekke),
            replace(old.statements[1], id="s3", speaker=spokesman),
        ],
        proposals=[
            replace(
                old.proposals[0], sponsors=[norland], recipients=[front], mentions=old.proposals[0].mentions[:1]
            )
        ],
        positions=[replace(old.positions[0], actor=front, proposal="p1", evidence=span("rejected the draft"))],
        commitments=[],
        events=[replace(old.events[1], trigger=span("had accused"), actors=[norland], recipients=[front])],
        times=[replace(old.times[0], text=span("on Saturday"))],
        places=old.places,
    )  # fmt: skip


@dataclass
class Memory:
    """A log that lives as long as the test: numbers from 1, rows never changed."""

    rows: list[DecisionRow] = field(default_factory=list)

    def append_decision(self, decision: DecisionRow) -> int:
        self.rows.append(replace(decision, number=len(self.rows) + 1))
        return len(self.rows)

    def decisions(self, report_id: str | None = None) -> list[DecisionRow]:
        return [row for row in self.rows if report_id in (None, row.report_id)]


def reviewer(log: Memory, who: str = "ada", of: Reading | None = None, *, blind: bool = False) -> Reviewer:
    """A reviewer of the report whose clock stands still."""
    return Reviewer(log, of or reading(), who, blind=blind, now=lambda: "2026-01-02T03:04:05Z")


def item(view: Reviewed, id: str) -> Item:
    """The item of an id, or of a kind and its number for records without ids: `position 2`."""
    if " " in id:
        kind, number = id.split()
        return [one for one in view.items if one.kind == kind][int(number) - 1]
    return next(one for one in view.items if getattr(one.record, "id", "") == id)


def ids(records: Iterable[object]) -> list[str]:
    """The records' local ids."""
    return [str(record.id) for record in records]  # type: ignore[attr-defined]
