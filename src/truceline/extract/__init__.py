"""From an annotation to records, one module for each kind of record in the codebook.

An `Annotation` comes in, records go out, each with the characters that say so. Nothing here reads files or remembers
other reports.
"""

from truceline.extract.actors import Mention, mentions
from truceline.extract.clauses import Clauses
from truceline.extract.places import places
from truceline.extract.statement_days import with_days
from truceline.extract.statements import statements
from truceline.extract.times import times

__all__ = ["Clauses", "Mention", "mentions", "places", "statements", "times", "with_days"]
