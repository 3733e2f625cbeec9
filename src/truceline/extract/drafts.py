"""A statement in the making: ranges of words and characters before anything has an id."""

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """Cue, source and addressee as ranges of words, the content's pieces as ranges of characters; all half-open."""

    cue: Range | None
    source: Range | None
    content: list[Range]
    confidence: float
    addressee: Range | None = None
    within: "Draft | None" = None

    @property
    def reach(self) -> Range:
        """The characters from the content's first to its last."""
        return min(start for start, _ in self.content), max(end for _, end in self.content)
