"""The command line: one thin command per verb.

In come arguments, out go pages or JSON on stdout and sentences on stderr. The exit code is 0, 2 where something could
not be read or done, 130 after Ctrl-C. What is slow to import is imported by the command that needs it. `program` is
what the commands share; each other module holds the commands of one room, in the order of their help.
"""

from truceline.cli import program, reading, reviewing, sources, stored
from truceline.cli.program import Refusal, app, main

__all__ = ["Refusal", "app", "main", "program", "reading", "reviewing", "sources", "stored"]
