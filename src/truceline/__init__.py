"""Truceline reads the news about a negotiation and keeps its dossier.

`read_report` is the whole path from one report to its records; a newcomer who reads it knows the system.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from truceline.records import Model, Reading, Report

if TYPE_CHECKING:  # the model's libraries take their time to load, and `truceline --help` needs none of them
    from truceline.annotate import Annotation, Annotator
    from truceline.lexicon.registry import Registry

__version__ = "0.1.0"


def read_report(report: Report, annotator: "Annotator", registry: "Registry | None" = None) -> Reading:
    """Everything that Truceline finds in one report; `registry` is the packaged one unless given."""
    return next(read_reports([report], annotator, registry))


def read_reports(
    reports: Iterable[Report], annotator: "Annotator", registry: "Registry | None" = None
) -> Iterator[Reading]:
    """The readings of many reports, in their order; the encoder sees several at once."""
    from truceline.lexicon.registry import load_registry

    model = Model(annotator.model.name, annotator.model.sha256)
    for annotation in annotator.annotate_many(reports):
        yield _reading(annotation, model, registry or load_registry())


def _reading(annotation: "Annotation", model: Model, registry: "Registry") -> Reading:
    from truceline.extract import Clauses, mentions, places, statements, times, with_days
    from truceline.resolve import identified, with_speakers

    clauses = Clauses(annotation)
    when = times(annotation)
    said = with_days(clauses, statements(annotation), when)
    where = places(annotation)
    who = identified(annotation, mentions(clauses, said, registry, where))
    return Reading(
        truceline=__version__,
        model=model,
        report=annotation.report,
        actors=who.actors,
        statements=with_speakers(clauses, said, who),
        proposals=[],
        positions=[],
        commitments=[],
        events=[],
        times=when,
        places=where,
    )
