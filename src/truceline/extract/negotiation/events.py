"""Events: what was done to whom, is planned, may be, or was not done, by PLOVER's sixteen types. GUIDE §7."""

from typing import get_args

from truceline.extract.days_of import day_of
from truceline.extract.negotiation.acting import acting
from truceline.extract.negotiation.confidence import confidence
from truceline.extract.negotiation.on_the_table import MODALITIES
from truceline.extract.negotiation.runs import softmax
from truceline.extract.negotiation.scores import Scores
from truceline.extract.places_of import place_of
from truceline.records import Event
from truceline.records import reading as records
from truceline.records.reading import EventType

TYPES: tuple[EventType, ...] = get_args(records.EventType)
ACTOR, RECIPIENT = 0.5, 0.4  # probabilities from which an actor takes part; chosen on the development reports


def events(scores: Scores) -> list[Event]:
    """The events in the order of the text."""
    clauses = scores.scene.clauses
    a = clauses.annotation
    found = scores.runs("event")
    types = softmax(scores.labels("event", found))
    modalities = scores.tags("modal")
    actors, recipients = acting(scores, found, "actor"), acting(scores, found, "recipient")
    return [
        Event(
            type=TYPES[int(types[n].argmax())],
            mode=None,
            trigger=a.report.span(*a.characters(run.first, run.end)),
            actors=[actor for actor, p in actors[n].items() if p >= ACTOR],
            recipients=[actor for actor, p in recipients[n].items() if p >= RECIPIENT],
            date=day_of(clauses, scores.scene.times, run.head),
            place=place_of(clauses, scores.scene.places, run.head),
            modality=MODALITIES[int(modalities[run.first].argmax())],
            according_to=scores.scene.told.by(run.head),
            confidence=confidence("events", float(run.probability * types[n].max())),
        )
        for n, run in enumerate(found)
    ]
