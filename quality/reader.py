"""How the evaluation gets hold of the program under test, and hands it the corpora's texts."""

import hashlib
import importlib
from collections.abc import Callable, Iterable
from typing import Any, cast

from truceline.annotate import Annotation, Annotator, Tagged
from truceline.records import Reading, Report


def report_reader(annotator: Annotator) -> Callable[[Report], Reading]:
    """The main path, `truceline.read_report`, over this annotator."""
    read_report: Any = importlib.import_module("truceline").read_report
    return lambda report: cast(Reading, read_report(report, annotator))


def as_report(text: str, published: str | None = None) -> Report:
    """The text as an English report, nothing in it changed: offsets in the corpora must stay true."""
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(f"sha256:{name}", None, None, None, published, "en", text)


def characters(annotation: Annotation, spans: Iterable[Tagged]) -> list[tuple[int, int]]:
    """The character ranges of spans of words; a span without words is left out."""
    return [annotation.characters(span.first, span.end) for span in spans if span.first < span.end]
