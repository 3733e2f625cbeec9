"""Readings as rows and back: what is read out is, character for character, the JSON that was put in."""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, get_args

import msgspec

from truceline.records import Reading, Span
from truceline.store.faults import StoreError
from truceline.store.tables import escaped

# The kinds of record, in the order in which a reading lists them.
KINDS = {
    "actor": "actors",
    "statement": "statements",
    "proposal": "proposals",
    "position": "positions",
    "commitment": "commitments",
    "event": "events",
    "time": "times",
    "place": "places",
}
_SPANNED_BY = {
    "actor": "mentions", "statement": "content", "proposal": "mentions", "position": "evidence",
    "commitment": "action", "event": "trigger", "time": "text", "place": "text",
}  # fmt: skip
_encode = msgspec.json.Encoder().encode


def _leads_to_spans(kind: Any) -> bool:
    inside = [field.type for field in fields(kind)] if hasattr(kind, "__dataclass_fields__") else get_args(kind)
    return kind is Span or any(_leads_to_spans(one) for one in inside)


def _span_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if _leads_to_spans(field.type))


# For each list of a reading the fields of its records that hold spans; of terms and stages, it is `text`.
_SPAN_FIELDS = {
    field.name: _span_fields(get_args(field.type)[0]) for field in fields(Reading) if field.name in KINDS.values()
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A reading ready to be written: its digest and the rows of its records."""

    reading: Reading
    sha256: str
    records: list[dict[str, Any]]

    @property
    def report_id(self) -> str:
        """The digest of the report's text."""
        return self.reading.report.id

    @property
    def head(self) -> dict[str, str]:
        """The columns of the reading itself."""
        reading = self.reading
        model = {"model": reading.model.name, "model_sha256": reading.model.sha256}
        return {"truceline": reading.truceline, **model, "sha256": self.sha256}


def report_digest(text: str) -> str:
    """`sha256:` and the hex digest of the text in UTF-8; `ValueError` where it holds half a surrogate pair."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def body_digest(body: bytes) -> str:
    """The SHA-256 of a reading's JSON, in hex."""
    return hashlib.sha256(body).hexdigest()


def packed(reading: Reading) -> Packed:
    """The reading as rows; `StoreError` where its report's id or one of its quotes does not fit the report's text."""
    try:
        _check(reading)
        return _packed(reading)
    except UnicodeEncodeError:
        raise StoreError(
            f"The report {reading.report.id} holds half a character (a lone surrogate): read it again."
        ) from None


def _packed(reading: Reading) -> Packed:
    rows = []
    for kind, name in KINDS.items():
        for position, record in enumerate(getattr(reading, name)):
            start, end = _extent(kind, record)
            confidence = getattr(record, "confidence", None)
            if confidence is not None and not math.isfinite(confidence):
                raise StoreError(f"A {kind} of {reading.report.id} has a confidence of {confidence}: read it again.")
            rows.append(
                {
                    "kind": kind,
                    "position": position,
                    "id": escaped(getattr(record, "id", None)),
                    "start": start,
                    "end": end,
                    "confidence": confidence,
                    "record": _encode(record).decode("utf-8"),
                }
            )
    head = {"truceline": reading.truceline, "model": reading.model, "report": reading.report}
    lists: dict[str, list[str]] = {}
    for row in rows:
        lists.setdefault(str(row["kind"]), []).append(str(row["record"]))
    body = joined(head, {kind: ",".join(found) for kind, found in lists.items()})
    return Packed(reading, body_digest(body), rows)


def joined(head: dict[str, Any], lists: dict[str, str]) -> bytes:
    """The reading's JSON in UTF-8 from its first three fields and, for each kind, its records with commas between."""
    parts = [f'"{name}":[{lists.get(kind, "")}]' for kind, name in KINDS.items()]
    return _encode(head)[:-1] + b"," + ",".join(parts).encode("utf-8") + b"}"


def misplaced(reading: Reading) -> list[Span]:
    """The spans whose quote does not stand at its offsets; `records.misplaced_spans`, several times as fast."""
    text = reading.report.text
    return [span for span in _spans(reading) if text[span.start : span.end] != span.quote]


def _spans(reading: Reading) -> Iterator[Span]:
    for name, span_fields in _SPAN_FIELDS.items():
        for record in getattr(reading, name):
            for field in span_fields:
                value = getattr(record, field)
                if type(value) is Span:
                    yield value
                elif value:
                    for item in value:
                        yield item if type(item) is Span else item.text


def _check(reading: Reading) -> None:
    """Only sound readings get in, so that what is unsound in the database has come about there."""
    report = reading.report
    digest = report_digest(report.text)
    if digest != report.id:
        raise StoreError(f"The report {report.id} is not the one of its text ({digest}): read it again.")
    for span in misplaced(reading)[:1]:
        raise StoreError(
            f"In the reading of {report.id} the words {span.quote!r} do not stand at {span.start}–{span.end}: "
            "read the report again."
        )


def _extent(kind: str, record: object) -> tuple[int | None, int | None]:
    """From where to where the record goes: a statement from end to end, anything else where it is first named."""
    spans = getattr(record, _SPANNED_BY[kind])
    if isinstance(spans, Span):
        return spans.start, spans.end
    if not spans:
        return None, None
    last = spans[-1] if kind == "statement" else spans[0]
    return spans[0].start, last.end
