"""The output contract: what goes into JSON comes back, keeps to the schema, and points at the words it quotes."""

import json
from dataclasses import fields, replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readings import read_quotations, reading_of, short_report, statement
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
    from_json,
    json_schema,
    misplaced_spans,
    to_json,
)

# What JSON text can hold: every character but halves of surrogate pairs.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose spans stand where they say, over any text."""
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
    spans = st.builds(
        lambda start, length: Span(start, start + length, text[start : start + length]),
        st.integers(0, len(text) - 1),
        st.integers(1, len(text)),
    ).map(lambda span: Span(span.start, span.start + len(span.quote), span.quote))
    st.register_type_strategy(Span, spans)
    st.register_type_strategy(str, TEXTS)
    st.register_type_strategy(float, st.floats(0, 1))
    report = replace(draw(st.from_type(Report)), text=text)
    lists = {
        key: draw(st.lists(st.from_type(kind), max_size=2))
        for key, kind in {
            "actors": Actor,
            "statements": Statement,
            "proposals": Proposal,
            "positions": Position,
            "commitments": Commitment,
            "events": Event,
            "times": Time,
            "places": Place,
        }.items()
    }
    return Reading(truceline=draw(TEXTS), model=Model("m", "0"), report=report, **lists)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60)
@given(readings())
def test_a_reading_survives_json_and_keeps_to_the_schema(reading: Reading) -> None:
    for indent in (None, 2):
        text = to_json(reading, indent=indent)
        assert from_json(text) == reading
        assert from_json(text.encode("utf-8")) == reading
        VALIDATOR.validate(json.loads(text))
    assert misplaced_spans(reading) == []


def test_every_key_is_there_and_letters_stand_as_themselves() -> None:
    text = to_json(read_quotations(short_report("“Genève”")))
    loaded = json.loads(text)
    assert list(loaded) == [field.name for field in fields(Reading)]
    assert loaded["statements"][0].keys() == {field.name for field in fields(Statement)}
    assert loaded["actors"] == loaded["places"] == []
    assert loaded["statements"][0]["speaker"] is None
    assert "Genève" in text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statements", 0, "mode"), "shouted"),
        (("statements", 0, "content", 0, "start"), "0"),
        (("report", "text"), None),
        (("actors",), None),
    ],
)
def test_schema_and_decoder_refuse_the_same(path: tuple[str | int, ...], value: object) -> None:
    loaded = json.loads(to_json(read_quotations(short_report("“Yes”"))))
    inner = loaded
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not VALIDATOR.is_valid(loaded)
    with pytest.raises(ValueError, match="not a reading"):
        from_json(json.dumps(loaded))


def test_schema_wants_every_key() -> None:
    for key in (field.name for field in fields(Reading)):
        loaded = json.loads(to_json(read_quotations(short_report("“Yes”"))))
        del loaded[key]
        assert not VALIDATOR.is_valid(loaded), key


@pytest.mark.parametrize("broken", ["", "{", "[]", '"text"', "\udcff", b"\xff\xfe"])
def test_what_is_no_reading_is_refused_in_one_sentence(broken: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\Anot a reading: [^\n]+\Z"):
        from_json(broken)


@settings(deadline=None, max_examples=60)
@given(readings(), st.data())
def test_a_shifted_span_is_found(reading: Reading, data: st.DataObject) -> None:
    text = reading.report.text
    start = data.draw(st.integers(0, len(text) - 1))
    wrong = Span(start, start + 1, text[start] + "x")
    times = [*reading.times, Time(wrong, "DATE", None)]
    assert misplaced_spans(replace(reading, times=times)) == [wrong]


def test_misplaced_spans_are_found_wherever_they_stand() -> None:
    report = short_report("“No,” the envoy said 🙂 to AFP.")
    said = statement(report, "s1", "“No,”", speaker_text="the envoy", addressee_text="AFP")
    assert misplaced_spans(reading_of(report, [said])) == []
    shifted = Span(7, 16, "the envoy")
    assert misplaced_spans(reading_of(report, [replace(said, speaker_text=shifted)])) == [shifted]
    assert misplaced_spans(reading_of(report, [replace(said, content=[shifted])])) == [shifted]
    nested = Term("duration", shifted, None, None), Stage("tabled", shifted, None, "actual", None)
    proposal = Proposal("p1", "talks", "", [], [], [], None, [nested[0]], [nested[1]], None, 1.0)
    assert misplaced_spans(replace(reading_of(report, []), proposals=[proposal])) == [shifted, shifted]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 6)])
def test_a_report_gives_no_span_outside_its_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        short_report("12345").span(start, end)
