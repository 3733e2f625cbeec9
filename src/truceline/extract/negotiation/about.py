"""Which proposals a statement is about."""

from bisect import bisect_left
from dataclasses import replace

from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.proposals import name
from truceline.records import Statement


def with_about(table: OnTheTable, statements: list[Statement]) -> list[Statement]:
    """The statements with `about`: the proposals that their content names, or on which its words show a stance."""
    words = sorted(
        {
            *((m.head, number) for number, mentions in enumerate(table.mentions) for m in mentions),
            *((held.word, held.proposal) for held in table.held.values()),
        }
    )
    clauses = table.scene.clauses
    found = []
    for statement in statements:
        ranges = [clauses.words(piece.start, piece.end) for piece in statement.content]
        inside = (words[bisect_left(words, (first, -1)) : bisect_left(words, (end, -1))] for first, end in ranges)
        about = {number for near in inside for _, number in near}
        found.append(replace(statement, about=[name(number) for number in sorted(about)]))
    return found
