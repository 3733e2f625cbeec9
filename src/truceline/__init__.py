"""Truceline reads the news about a negotiation and keeps its dossier.

`read_report` is the whole path from one report to its records; a newcomer who reads it knows the system.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from truceline.records import Model, Reading, Report

if TYPE_CHECKING:  # the model's libraries take their time to load, and `truceline --help` needs none of them
    from truceline.annotate import Annotation, Annotator
    from truceline.extract import Weights
    from truceline.lexicon.registry import Registry

__version__ = "0.1.0"


def read_report(report: Report, annotator: "Annotator", registry: "Registry | None" = None) -> Reading:
    """Everything that Truceline finds in one report; `registry` is the packaged one unless given."""
    return next(read_reports([report], annotator, registry))


def read_reports(
    reports: Iterable[Report], annotator: "Annotator", registry: "Registry | None" = None
) -> Iterator[Reading]:
    """The readings of many reports, in their order; the encoder sees several at once."""
    from truceline.extract import Weights
    from truceline.lexicon.registry import load_registry

    weights = Weights.of(annotator.model.negotiation, annotator.model.paths)
    model = Model(annotator.model.name, annotator.model.sha256)
    for annotation in annotator.annotate_many(reports):
        yield _reading(annotation, model, registry or load_registry(), weights)


def _reading(annotation: "Annotation", model: Model, registry: "Registry", weights: "Weights") -> Reading:
    from truceline import extract
    from truceline.resolve import identified, references, with_speakers

    clauses = extract.Clauses(annotation)
    when = extract.times(annotation)
    said = extract.with_days(clauses, extract.statements(annotation), when)
    where = extract.places(annotation)
    who = identified(annotation, extract.mentions(clauses, said, registry, where))
    said = with_speakers(clauses, said, who)
    scores = extract.Scores(
        extract.Scene(clauses, who.actors, references(clauses, said, who), said, when, where), weights
    )
    table = extract.OnTheTable(scores)
    return Reading(
        truceline=__version__,
        model=model,
        report=annotation.report,
        actors=who.actors,
        statements=extract.with_about(table, said),
        proposals=extract.proposals(table),
        positions=extract.positions(table),
        commitments=extract.commitments(scores),
        events=extract.events(scores),
        times=when,
        places=where,
    )
