"""Whose word a record is: the statement in whose content its words stand, or the report's own voice."""

from collections.abc import Sequence

from truceline.extract.clauses import Clauses
from truceline.records import Statement


class Told:
    """For each word of one report, the innermost statement that holds it; computed once."""

    def __init__(self, clauses: Clauses, statements: Sequence[Statement]) -> None:
        self._by: dict[int, str] = {}
        pieces = [(piece.end - piece.start, piece, s) for s in statements for piece in s.content]
        depths = _depths(statements)
        # Outer statements first, longer pieces first; what lies inside is painted over them.
        for _, piece, statement in sorted(pieces, key=lambda p: (depths[p[2].id], -p[0])):
            self._by.update(dict.fromkeys(range(*clauses.words(piece.start, piece.end)), statement.id))

    def by(self, word: int) -> str | None:
        """The id of the innermost statement in whose content `word` stands; None where the report itself tells it."""
        return self._by.get(word)


def _depths(statements: Sequence[Statement]) -> dict[str, int]:
    """How many statements report each statement; a circle, which no sound reading has, is cut."""
    within = {s.id: s.within for s in statements}
    depths = {}
    for start in within:
        depth, at, seen = 0, within[start], {start}
        while at is not None and at in within and at not in seen:
            seen.add(at)
            depth, at = depth + 1, within[at]
        depths[start] = depth
    return depths
