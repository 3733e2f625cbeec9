"""Readings for the tests of the store: some by hand, with every kind of record, and a strategy that draws any."""

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from truceline.read import report_from_text
from truceline.records import (
    Actor,
    Commitment,
    Event,
    Model,
    Place,
    Position,
    Proposal,
    Reading,
    Report,
    Span,
    Stage,
    Statement,
    Term,
    Time,
)  # fmt: skip
from truceline.store.rows import report_digest

OLD, NEW = Model("first", "1" * 64), Model("second", "2" * 64)
WORDS = "The envoy of Norland told reporters on Friday that the truce would hold for ten days in Old Harbour."


def full_reading(text: str = WORDS, model: Model = OLD, **fields: str | None) -> Reading:
    """A reading with a record of each kind; the text must hold the words of `WORDS`, wherever."""
    report = report_from_text(text, **{"published": "2016-12-05", "title": "Truce at the harbour", **fields})

    def span(words: str) -> Span:
        start = text.index(words)
        return report.span(start, start + len(words))

    truce = span("the truce")
    return Reading(
        truceline="0.1.0",
        model=model,
        report=report,
        actors=[Actor("a1", "Envoy of Norland", "person", "NOR", None, "envoy", [span("The envoy of Norland")])],
        statements=[
            Statement(
                "s1", "a1", span("The envoy of Norland"), span("told"),
                [span("the truce would hold"), span("ten days")],
                "indirect", None, span("reporters"), "2016-12-02", ["p1"], None, 0.875,
            ),
        ],
        proposals=[
            Proposal(
                "p1", "ceasefire", "truce", [truce], ["a1"], [], "l1",
                [Term("duration", span("ten days"), "P10D", None)],
                [Stage("in effect", span("would hold"), None, "planned", "s1")], "in effect", 0.5,
            ),
        ],
        positions=[Position("a1", "p1", "supports", span("would hold"), "s1", 0.25)],
        commitments=[Commitment("promise", "a1", None, span("hold for ten days"), None, "P10D", "s1", 0.75)],
        events=[Event("CONSULT", None, span("told"), ["a1"], [], "2016-12-02", None, "actual", None, 1.0)],
        times=[Time(span("Friday"), "DATE", "2016-12-02"), Time(span("ten days"), "DURATION", "P10D")],
        places=[Place("l1", span("Old Harbour"), "Old Harbour", None, 36.2, -0.1, 7)],
    )  # fmt: skip


def numbered(number: int, model: Model = OLD) -> Reading:
    """A full reading of a report of its own."""
    return full_reading(f"Report {number}. {WORDS}", model)


def _any_text(smallest: int = 0) -> st.SearchStrategy[str]:
    """Any characters that UTF-8 has, U+0000 and U+0001 more often than chance would."""
    characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\x01\x02 \n“”éİ\u0301😀\ufffe")
    return st.text(characters, min_size=smallest, max_size=40)


@st.composite
def any_reading(draw: st.DrawFn) -> Reading:
    """A sound reading of any text, with spans anywhere in it and any words and numbers in the fields."""
    text = draw(_any_text(1))
    note, perhaps = _any_text(), st.none() | _any_text()
    report = Report(report_digest(text), *[draw(perhaps) for _ in range(5)], text)

    def place(ends: tuple[int, int]) -> Span:
        start, end = min(ends), max(ends) + 1
        return report.span(start, end)

    index = st.integers(0, len(text) - 1)
    fixed = {Span: st.tuples(index, index).map(place), str: note, str | None: perhaps}
    fixed[float] = st.floats(0, 1)
    records = {}
    for name, kind in _LISTS.items():
        records[name] = draw(st.lists(_record(kind, fixed), max_size=3))
    return Reading(draw(note), Model(draw(note), draw(note)), report, **records)


_LISTS = {
    "actors": Actor, "statements": Statement, "proposals": Proposal, "positions": Position,
    "commitments": Commitment, "events": Event, "times": Time, "places": Place,
}  # fmt: skip


def _record(kind: type, fixed: dict[object, st.SearchStrategy[object]]) -> st.SearchStrategy[object]:
    fields = {name: _value(field.type, fixed) for name, field in kind.__dataclass_fields__.items()}
    return st.builds(kind, **fields)


def _value(kind: object, fixed: dict[object, st.SearchStrategy[object]]) -> st.SearchStrategy[object]:
    if kind in fixed:
        return fixed[kind]
    inner = get_args(kind)
    if kind in (Term, Stage):
        return _record(kind, fixed)  # type: ignore[arg-type]
    if str(kind).startswith("list"):
        return st.lists(_value(inner[0], fixed), max_size=3)
    if type(None) in inner:
        return st.none() | st.one_of(*[_value(one, fixed) for one in inner if one is not type(None)])
    if str(kind).startswith("typing.Literal"):
        return st.sampled_from(inner)
    return {int: st.integers(-(2**53), 2**53), float: st.floats(allow_nan=False, allow_infinity=False)}[kind]  # type: ignore[index]


def by(model: Model, reading: Reading) -> Reading:
    """The same reading by another model."""
    return replace(reading, model=model)
