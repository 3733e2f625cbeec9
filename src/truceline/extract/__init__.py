"""From an annotation to records, one module for each kind of record in the codebook.

An `Annotation` comes in, records go out, each with the characters that say so. Nothing here reads files or remembers
other reports.
"""

from truceline.extract.actors import Mention, mentions
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.about import with_about
from truceline.extract.negotiation.commitments import commitments
from truceline.extract.negotiation.events import events
from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.positions import positions
from truceline.extract.negotiation.proposals import proposals
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.extract.negotiation.scores import Scores
from truceline.extract.negotiation.weights import Weights
from truceline.extract.places import places
from truceline.extract.statement_days import with_days
from truceline.extract.statements import statements
from truceline.extract.times import times

__all__ = [
    "Clauses", "Mention", "OnTheTable", "Reference", "Scene", "Scores", "Weights", "commitments", "events", "mentions",
    "places", "positions", "proposals", "statements", "times", "with_about", "with_days",
]  # fmt: skip
