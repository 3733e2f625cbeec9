"""A reader made of paper: it answers what it was given, so that the figures can be worked out by hand."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.records import Report


def annotate(**layers: Any) -> Annotation:
    """An annotation with these layers and nothing else; its words come with `on`."""
    nothing: dict[str, Any] = {field.name: [] for field in fields(Annotation)}
    silent = Attributions([], [])
    numbers = np.zeros(0, np.int32)
    nothing["vectors"] = np.zeros((0, 384), np.float32)
    nothing |= {"starts": numbers, "ends": numbers, "heads": numbers, "attributions": silent, "statements": silent}
    return Annotation(**{**nothing, **layers})


def on(annotation: Annotation, report: Report) -> Annotation:
    """The annotation laid over a report's words, where white space parts them."""
    words = [match.span() for match in re.finditer(r"\S+", report.text)]
    starts, ends = (np.array([word[i] for word in words], np.int32) for i in (0, 1))
    return replace(annotation, report=report, starts=starts, ends=ends)


class PaperAnnotator:
    """Gives the annotations in the order in which documents come, and keeps what it was asked."""

    def __init__(self, *annotations: Annotation) -> None:
        self.annotations = list(annotations)
        self.asked: list[Sequence[Sequence[str]]] = []

    def annotate_many(self, reports: Sequence[Report]) -> Iterator[Annotation]:
        for report in reports:
            yield on(self.annotations.pop(0), report)

    def annotate_words(self, documents: Sequence[Sequence[Sequence[str]]]) -> Iterator[Annotation]:
        for document in documents:
            self.asked.append(document)
            yield self.annotations.pop(0)


@pytest.fixture
def annotation() -> Callable[..., Annotation]:
    return annotate


@pytest.fixture
def annotator() -> type[PaperAnnotator]:
    return PaperAnnotator


@pytest.fixture
def tagged() -> Callable[[int, int, str], Tagged]:
    return lambda first, end, label: Tagged(first, end, label, 1.0)
