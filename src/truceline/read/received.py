"""What comes out of the room: a report that was read, the sentence that says why it was not, or a remark."""

from dataclasses import dataclass

from truceline.records import Report


@dataclass(frozen=True, slots=True)
class Received:
    """A report as received: `name` is safe as a file name and unique in one call; `notices` are sentences.

    `source` is the file, address or feed from which it came.
    """

    name: str
    report: Report
    notices: tuple[str, ...]
    source: str = ""


class Unreadable(Exception):
    """A source, or a line of one, that holds no readable report; `str()` is one sentence: what, where, what to do."""

    def __init__(self, source: str, sentence: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(_printable(sentence))
        self.source = source
        self.passing = passing
        """Whether it may well be readable later: the server was busy, the connection broke."""
        self.wait = wait
        """Seconds that the server asks to be left alone, if it says so."""


class Remark:
    """Something about a source that its reader should know and that is no fault; `str()` is one sentence."""

    def __init__(self, source: str, sentence: str) -> None:
        self.source = source
        self._sentence = _printable(sentence)

    def __str__(self) -> str:
        return self._sentence


Arrival = Received | Unreadable | Remark


class Refused(Exception):
    """Why something is not read, as the rest of a sentence that begins with its name; stays inside this room."""

    def __init__(self, sentence: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.passing = passing
        self.wait = wait


def _printable(sentence: str) -> str:
    # A file's name may hold line feeds, terminal codes or bytes that are no text: none of them fit to print.
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in sentence)
