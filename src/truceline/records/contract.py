"""Readings as JSON and back, their JSON Schema, and the one check that matters: do the quotes stand where they say."""

from collections.abc import Iterator
from typing import Any

import msgspec

from truceline.records.reading import Reading, Span


def to_json(reading: Reading, *, indent: int | None = None) -> str:
    """The reading as JSON text, every key present, non-ASCII characters as themselves; `indent` spaces if given."""
    packed = msgspec.json.encode(reading)
    return (msgspec.json.format(packed, indent=indent) if indent else packed).decode("utf-8")


def from_json(text: str | bytes) -> Reading:
    """The reading that the JSON text holds; `ValueError` in one sentence if it is no such thing."""
    try:
        return msgspec.json.decode(text, type=Reading)
    except (msgspec.MsgspecError, UnicodeError) as fault:
        raise ValueError(f"not a reading: {fault}") from fault


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a reading, generated from the record types."""
    schema = msgspec.json.schema(Reading)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Truceline reading", **schema}


def misplaced_spans(reading: Reading) -> list[Span]:
    """The spans whose quote does not stand at its offsets in the report's text; empty in every sound reading."""
    text = reading.report.text
    return [span for span in _spans(reading) if text[span.start : span.end] != span.quote]


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _spans(getattr(value, name))
