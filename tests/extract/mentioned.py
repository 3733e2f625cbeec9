"""The mentions of reports drawn by hand, found by the words that they are."""

from collections.abc import Iterable
from typing import Any

from tests.extract.drawn import drawn, quoted
from truceline.annotate import Annotation
from truceline.extract import Clauses, Mention, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.records import Place


class Read:
    """The mentions of a drawn report; `places` are names of places in it with their countries."""

    def __init__(self, annotation: Annotation, places: Iterable[tuple[str, str]] = ()) -> None:
        self.annotation = annotation
        where = [self._place(name, country) for name, country in places]
        self.mentions = mentions(Clauses(annotation), statements(annotation), load_registry(), where)

    def one(self, quote: str) -> Mention:
        """The mention of exactly these words."""
        [mention] = [m for m in self.mentions if self.words((m.first, m.end)) == quote]
        return mention

    def words(self, words: tuple[int, int] | None) -> str | None:
        return quoted(self.annotation, words)

    def outer(self) -> list[str | None]:
        """The words of the mentions that are no mere sides."""
        return [self.words((m.first, m.end)) for m in self.mentions if not m.inner]

    def side(self, quote: str) -> str | None:
        """The words of the side of the mention of these words."""
        side = self.one(quote).side
        return self.words((side.first, side.end)) if side is not None else None

    def presumed(self, quote: str) -> str | None:
        """The key of the state for which the mention of these words acts by office."""
        presumed = self.one(quote).presumed
        return presumed.entry.key if presumed is not None and presumed.entry is not None else None

    def _place(self, name: str, country: str) -> Place:
        start = self.annotation.report.text.index(name)
        return Place("l1", self.annotation.report.span(start, start + len(name)), name, country, 0.0, 0.0, None)


def read(*sentences: str, places: Iterable[tuple[str, str]] = (), **layers: Any) -> Read:
    return Read(drawn(*sentences, **layers), places)
