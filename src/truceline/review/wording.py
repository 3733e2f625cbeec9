"""Fields of records as a person writes and reads them: words of the report, names, `-` for nothing, ` | ` in between.

Used by whoever asks a person for a correction; what comes out are values of the JSON contract.
"""

import re
from typing import Any, get_args, get_type_hints

import msgspec

from truceline.records import Reading, Span, Stage, Term
from truceline.review.decisions import ReviewError
from truceline.review.gold import exact_words
from truceline.review.kinds import KINDS, KindName, Record, packed

NOTHING = "-"
BETWEEN = " | "
_TERM = re.compile(r"(?P<kind>[a-z ]+): (?P<words>.+?)(?: = (?P<value>\S+))?(?: > (?P<replaced_by>\d+))?")
_STAGE = re.compile(
    r"(?P<stage>[a-z ]+): (?P<words>.+?)"
    r"(?: \[(?P<modality>[a-z]+)(?:, (?P<date>\d{4}[-\d]*))?(?:, (?P<according_to>s\d+))?\])?"
)


def span_of(words: str, text: str) -> Span:
    """The one span of the text on which these words stand; `words@2` is their second occurrence.

    `ReviewError` where they do not stand there, or several times and it is not said which.
    """
    exact, number = words, None
    named = re.fullmatch(r"(.+)@(\d+)", words, re.DOTALL)
    if named and words not in text:
        exact, number = named[1], int(named[2])
    starts = [match.start() for match in re.finditer(f"(?={re.escape(exact)})", text)] if exact else []
    if not starts:
        raise ReviewError(f"The words {exact!r} are not in the report: copy them exactly.")
    if number is None and len(starts) > 1:
        raise ReviewError(f"The words {exact!r} are there {len(starts)} times: write {exact}@1 for the first of them.")
    if not 1 <= (number or 1) <= len(starts):
        raise ReviewError(f"The words {exact!r} are there {len(starts)} times only.")
    start = starts[(number or 1) - 1]
    return Span(start, start + len(exact), exact)


def spans_of(words: str, text: str) -> list[Span]:
    """The spans of several words, between bars: `the Front | Zenki@2`."""
    return [span_of(piece, text) for piece in _pieces(words)]


def field_words(reading: Reading, kind: KindName, record: Record, name: str) -> str:
    """The field's value as `from_words` takes it back."""
    value, text = packed(record)[name], reading.report.text
    target = KINDS[kind].references.get(name)
    if value is None or value == []:
        return NOTHING
    if target is not None:
        return BETWEEN.join(_name(reading, target, id) for id in (value if isinstance(value, list) else [value]))
    if name == "terms":
        return BETWEEN.join(_term_words(msgspec.convert(term, Term), text) for term in value)
    if name == "stages":
        return BETWEEN.join(_stage_words(msgspec.convert(stage, Stage), text) for stage in value)
    if isinstance(value, list):
        return BETWEEN.join(exact_words(msgspec.convert(span, Span), text) for span in value)
    return exact_words(msgspec.convert(value, Span), text) if isinstance(value, dict) else str(value)


def from_words(reading: Reading, kind: KindName, name: str, words: str) -> Any:
    """The JSON value of what a person wrote for this field; `ReviewError` if it cannot be one.

    Words of the report stand for their span, names and ids for the record that they name. A term is written
    `duration: 10 days = P10D > 2` (replaced by the second term), a stage
    `tabled: put a draft [actual, 2016-12-03, s1]`.
    """
    words, text = words.strip(), reading.report.text
    hints = get_type_hints(KINDS[kind].type)
    if name not in hints or name == "id":
        raise ReviewError(f"A {kind} has no field {name!r}: it has {', '.join(one for one in hints if one != 'id')}.")
    several = str(hints[name]).startswith("list")
    if words in ("", NOTHING):
        return [] if several else None
    target = KINDS[kind].references.get(name)
    if target is not None:
        ids = [_id(reading, target, piece) for piece in (_pieces(words) if several else [words])]
        return ids if several else ids[0]
    if name == "terms":
        return [_term(piece, text) for piece in _pieces(words)]
    if name == "stages":
        return [_stage(piece, text) for piece in _pieces(words)]
    if several:
        return msgspec.to_builtins(spans_of(words, text))
    types = get_args(hints[name]) or (hints[name],)
    if Span in types:
        return msgspec.to_builtins(span_of(words, text))
    return _number(words, name, int in types) if int in types or float in types else words


def _number(words: str, name: str, whole: bool) -> int | float:
    try:
        return int(words) if whole else float(words)
    except ValueError as fault:
        raise ReviewError(f"The field {name} is a number, not {words!r}.") from fault


def _pieces(words: str) -> list[str]:
    return [piece.strip() for piece in words.split(BETWEEN.strip()) if piece.strip()]


def _name(reading: Reading, target: KindName, id: str) -> str:
    """The name by which a person knows the record, where only one has it, else its id."""
    named = [(record.id, _called(record)) for record in getattr(reading, KINDS[target].listed)]
    own = next((name for known, name in named if known == id), None)
    return own if own and [name for _, name in named].count(own) == 1 and "|" not in own else id


def _id(reading: Reading, target: KindName, words: str) -> str:
    named = [(str(record.id), _called(record)) for record in getattr(reading, KINDS[target].listed)]
    if words in [id for id, _ in named]:
        return words
    found = [id for id, name in named if name is not None and name.casefold() == words.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise ReviewError(f"Several are called {words!r}: name one by its id, {' or '.join(found)}.")
    raise ReviewError(f"There is no {target} {words!r} in this report: write its name or its id.")


def _called(record: Any) -> str | None:
    name = getattr(record, "name", None) or getattr(record, "label", None)
    return " ".join(name.split()) if name else None


def _term_words(term: Term, text: str) -> str:
    value = f" = {term.value}" if term.value else ""
    later = f" > {term.replaced_by + 1}" if term.replaced_by is not None else ""
    return f"{term.kind}: {exact_words(term.text, text)}{value}{later}"


def _term(words: str, text: str) -> dict[str, Any]:
    parts = _TERM.fullmatch(words)
    if parts is None:
        raise ReviewError(f"A term is written “duration: 10 days = P10D”, not {words!r}.")
    later = parts["replaced_by"]
    return {
        "kind": parts["kind"],
        "text": msgspec.to_builtins(span_of(parts["words"], text)),
        "value": parts["value"],
        "replaced_by": int(later) - 1 if later else None,
    }


def _stage_words(stage: Stage, text: str) -> str:
    facts = [stage.modality, *(fact for fact in (stage.date, stage.according_to) if fact)]
    return f"{stage.stage}: {exact_words(stage.text, text)} [{', '.join(facts)}]"


def _stage(words: str, text: str) -> dict[str, Any]:
    parts = _STAGE.fullmatch(words)
    if parts is None:
        raise ReviewError(f"A stage is written “tabled: put a draft [actual, 2016-12-03]”, not {words!r}.")
    return {
        "stage": parts["stage"],
        "text": msgspec.to_builtins(span_of(parts["words"], text)),
        "date": parts["date"],
        "modality": parts["modality"] or "actual",
        "according_to": parts["according_to"],
    }
