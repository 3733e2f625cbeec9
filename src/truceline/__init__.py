"""Truceline reads the news about a negotiation and keeps its dossier.

`read_report` is the whole path from one report to its records; a newcomer who reads it knows the system.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from truceline.records import Model, Reading, Report

if TYPE_CHECKING:  # the model's libraries take their time to load, and `truceline --help` needs none of them
    from truceline.annotate import Annotation, Annotator

__version__ = "0.1.0"


def read_report(report: Report, annotator: "Annotator") -> Reading:
    """Everything that Truceline finds in one report."""
    return _reading(annotator.annotate(report), annotator)


def read_reports(reports: Iterable[Report], annotator: "Annotator") -> Iterator[Reading]:
    """The readings of many reports, in their order; the encoder sees several at once."""
    for annotation in annotator.annotate_many(reports):
        yield _reading(annotation, annotator)


def _reading(annotation: "Annotation", annotator: "Annotator") -> Reading:
    from truceline.extract import statements

    return Reading(
        truceline=__version__,
        model=Model(annotator.model.name, annotator.model.sha256),
        report=annotation.report,
        actors=[],
        statements=statements(annotation),
        proposals=[],
        positions=[],
        commitments=[],
        events=[],
        times=[],
        places=[],
    )
