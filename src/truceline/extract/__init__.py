"""From an annotation to records, one module for each kind of record in the codebook.

An `Annotation` comes in, records go out, each with the characters that say so. Nothing here reads files or remembers
other reports.
"""

from truceline.extract.statements import statements

__all__ = ["statements"]
