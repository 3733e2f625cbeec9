"""Positions: who stands where on which proposal, in which words. GUIDE §5."""

from truceline.extract.negotiation.confidence import confidence
from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.proposals import name
from truceline.extract.shown_by import clause_of
from truceline.records import Position


def positions(table: OnTheTable) -> list[Position]:
    """One position for each side and proposal, in the order of the words that show them."""
    clauses = table.scene.clauses
    a = clauses.annotation
    return [
        Position(
            actor=held.side,
            proposal=name(held.proposal),
            stance=held.stance,
            evidence=a.report.span(*a.characters(*clause_of(clauses, held.word))),
            according_to=table.scene.told.by(held.word),
            confidence=confidence("positions", held.probability * max(table.probabilities[held.proposal])),
        )
        for held in table.positions()
    ]
