"""What comes out of the room: a report that was read, or the sentence that says why it was not."""

from dataclasses import dataclass

from truceline.records import Report


@dataclass(frozen=True, slots=True)
class Received:
    """A report as received: `name` is safe as a file name and unique in one call; `notices` are sentences."""

    name: str
    report: Report
    notices: tuple[str, ...]


class Unreadable(Exception):
    """A source, or a line of one, that holds no readable report; `str()` is one sentence: what, where, what to do."""

    def __init__(self, source: str, sentence: str) -> None:
        # A file's name may hold line feeds, terminal codes or bytes that are no text: none of them fit to print.
        super().__init__("".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in sentence))
        self.source = source


class Refused(Exception):
    """Why something is not read, as the rest of a sentence that begins with its name; stays inside this room."""
