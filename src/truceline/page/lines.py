"""Lines that fit a terminal: in come words of a report and of our own, out go lines without surprises.

The words of a report are not trusted: control characters never reach the terminal.
"""

import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

DOUBTFUL_BELOW = 0.5
"""Records with less confidence than this carry the word "doubtful"."""
WIDEST = 100
"""Longer lines are hard to read: a page is never wider, unless COLUMNS says so."""
NARROWEST_ON_A_PIPE = 80

_NARROWEST_COLUMN = 24
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_IN_ASCII = str.maketrans(
    {"→": "->", "−": "-", "–": "-", "·": "|", "…": "...", "⟦": "[[", "⟧": "]]", "“": '"', "”": '"', "’": "'"}
)


def page_width(columns: str | None, terminal: int, is_terminal: bool) -> int:
    """The width of a page in character cells: COLUMNS where it is a sound number, else the terminal's up to `WIDEST`.

    On a pipe, where nobody's terminal is known for sure, never under `NARROWEST_ON_A_PIPE`.
    """
    if columns and columns.isascii() and columns.isdigit() and int(columns) > 0:
        return min(int(columns), 10_000)
    return min(max(terminal, 1 if is_terminal else NARROWEST_ON_A_PIPE), WIDEST)


def printable(text: str) -> str:
    """The text on one line, fit for a terminal: white space collapsed, control and direction characters gone."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or not (unicodedata.category(character) in ("Cc", "Cs") or character in _BIDI_CONTROLS)
    )
    return " ".join("".join(kept).split())


def shortened(text: str, most: int) -> str:
    """The text on one printable line of at most so many characters; where it is cut, "…" stands at its end."""
    line = printable(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    whole_words = head.rsplit(" ", 1)[0]
    return (whole_words if len(whole_words) > most // 2 else head).rstrip() + "…"


def counted(number: int, word: str) -> str:
    """`1 statement`, `1,200 statements`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def fitting(text: str, console: Console) -> str:
    """The text with our own signs spelled in ASCII where the console knows no other."""
    return text.translate(_IN_ASCII) if console.options.ascii_only else text


def print_wrapped(console: Console, text: Text, indent: int) -> None:
    """Prints the text in lines that fit, each after `indent` spaces and with none behind."""
    indent = min(indent, console.width // 3)
    for line in text.wrap(console, max(console.width - indent, 1)):
        whole = Text(" " * indent) + line
        whole.rstrip()
        console.print(whole, soft_wrap=True)


def print_in_columns(console: Console, heads: Sequence[tuple[Text, int]], rest: Text, indent: int) -> None:
    """Prints the heads, each filled up to its number of cells, and beside them the rest, wrapped in its own column.

    Where too little room is left beside the heads, all of it is one paragraph, indented from its second line on.
    """
    head = Text()
    for text, cells in heads:
        head += text + Text(" " * max(cells - cell_len(text.plain), 0))
    beside = indent + cell_len(head.plain)
    room = console.width - beside
    if not rest.plain.strip():
        head.rstrip()
        print_wrapped(console, head, indent)
    elif room < _NARROWEST_COLUMN:
        indent = min(indent, console.width // 6)
        _print_hanging(console, Text(), head + rest, indent, min(2, console.width // 8))
    else:
        _print_hanging(console, head, rest, indent, cell_len(head.plain))


def _print_hanging(console: Console, head: Text, rest: Text, indent: int, hang: int) -> None:
    """Prints the head and the rest beside it; from the second line on, `hang` more cells of indent."""
    start = Text(" " * indent) + head
    for line in rest.wrap(console, max(console.width - indent - hang, 1)):
        whole = start + line
        whole.rstrip()
        console.print(whole, soft_wrap=True)
        start = Text(" " * (indent + hang))
