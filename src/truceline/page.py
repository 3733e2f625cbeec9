"""One reading as a page for the terminal: in come a `Reading` and a rich console, out goes text to read.

The head of the report, its statements grouped by speaker, each with its mode as a word, so that nothing is said by
colour alone, and its actors, times and places. The words of a report are not trusted: control characters never reach
the terminal.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from truceline.listing import actor_lines, place_lines, time_lines, with_role
from truceline.records import Actor, Reading, Report, Statement

DOUBTFUL_BELOW = 0.5
"""Statements with less confidence than this carry the word "doubtful"."""

NO_SPEAKER = "(no speaker named)"
WIDEST = 100
"""Longer lines are hard to read: a page is never wider, unless COLUMNS says so."""
NARROWEST_ON_A_PIPE = 80

_MODE_STYLE = {"direct": "cyan", "indirect": "default", "mixed": "magenta"}
_DEEPEST_INDENT = 4
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the page names it, and the statements that are its own, in the order of the report."""

    label: str
    statements: list[Statement]


def print_page(reading: Reading, console: Console, *, name: str | None = None) -> None:
    """Prints the page of this reading, wrapped to the console's width; `name` is where the report came from."""
    _print_head(reading.report, console, name)
    nested = _nested(reading.statements)
    actors = {actor.id: actor for actor in reading.actors}
    for voice in voices(reading):
        console.print()
        _print_wrapped(console, _voice_line(voice), 0)
        for statement in voice.statements:
            _print_family(statement, nested, actors, reading.report, console)
    lists = {"Actors": actor_lines(reading), "Times": time_lines(reading), "Places": place_lines(reading)}
    for heading, lines in lists.items():
        if lines:
            console.print()
            _print_wrapped(console, Text(heading, style="bold"), 0)
            for line in lines:
                _print_wrapped(console, Text(printable(line)), 2)
    console.print()
    _print_wrapped(console, Text(_closing_line(reading), style="dim"), 0)


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


def voices(reading: Reading) -> list[Voice]:
    """The speakers in order of appearance; statements reported inside another one are left to that one.

    Where actors are resolved a speaker is its actor; until then it is the words that stand for it, compared without
    regard to case, a leading article, or white space.
    """
    actors = {actor.id: actor for actor in reading.actors}
    inner = {child.id for children in _nested(reading.statements).values() for child in children}
    found: dict[tuple[str | None, str], Voice] = {}
    for statement in reading.statements:
        if statement.id not in inner:
            label = _speaker(statement, actors)
            key = None if statement.speaker not in actors else statement.speaker, _without_article(label)
            found.setdefault(key, Voice(label, [])).statements.append(statement)
    return list(found.values())


def _print_head(report: Report, console: Console, name: str | None) -> None:
    title = printable(report.title or "") or _first_line(report.text)
    _print_wrapped(console, Text(title, style="bold"), 0)
    facts = (
        report.outlet,
        report.published or "no date",
        f"language {report.language}" if report.language else "language unknown",
        _counted(sum(map(_has_letter, report.text.split())), "word"),
        name,
    )
    _print_wrapped(console, Text(" · ".join(printable(fact) for fact in facts if fact)), 0)
    if report.url:
        console.print(Text(printable(report.url), style="dim"), soft_wrap=True)
    console.print(Rule(style="dim"))


def _print_family(
    statement: Statement,
    nested: dict[str, list[Statement]],
    actors: dict[str, Actor],
    report: Report,
    console: Console,
) -> None:
    """One statement and, indented under it, the statements that it reports."""
    waiting = [(statement, 0)]
    while waiting:
        shown, depth = waiting.pop()
        indent = 2 + 4 * min(depth, _DEEPEST_INDENT)
        speaker = _speaker(shown, actors) if depth else None
        _print_wrapped(console, _statement_line(shown, speaker, report), indent)
        _print_wrapped(console, Text(" … ".join(printable(piece.quote) for piece in shown.content)), indent + 4)
        waiting.extend((child, depth + 1) for child in reversed(nested.get(shown.id, [])))


def _voice_line(voice: Voice) -> Text:
    count = _counted(len(voice.statements), "statement")
    return Text.assemble((voice.label, "bold"), (f" · {count}", "dim"))


def _statement_line(statement: Statement, speaker: str | None, report: Report) -> Text:
    """`s3  indirect  said · to AFP · doubtful`; for a nested one also whose it is and what it stands in."""
    line = Text.assemble((f"{statement.id:<4}", "dim"), (f"{statement.mode:<8}", _MODE_STYLE[statement.mode]))
    details = [
        speaker,
        statement.cue and printable(statement.cue.quote),
        statement.addressee_text and f"to {printable(statement.addressee_text.quote)}",
        statement.date if statement.date != report.published else None,
        f"within {statement.within}" if speaker else None,
    ]
    line.append("  " + " · ".join(detail for detail in details if detail))
    if statement.confidence < DOUBTFUL_BELOW:
        line.append(" · doubtful" if any(details) else "doubtful", style="yellow")
    line.rstrip()
    return line


def _closing_line(reading: Reading) -> str:
    read_by = f"Read by truceline {reading.truceline} with {reading.model.name}."
    if not reading.statements:
        return f"No statements found. {read_by}"
    return f"{_counted(len(reading.statements), 'statement')}. {read_by}"


def _print_wrapped(console: Console, text: Text, indent: int) -> None:
    """Prints the text in lines that fit, each after `indent` spaces and with none behind."""
    indent = min(indent, console.width // 3)
    for line in text.wrap(console, max(console.width - indent, 1)):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)


def _nested(statements: list[Statement]) -> dict[str, list[Statement]]:
    """For each statement's id the statements directly within it; those in a ring, or in nothing known, are nobody's."""
    parents = {s.id: s.within for s in statements}
    nested: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.within in parents and not _in_a_ring(statement.id, parents):
            nested.setdefault(statement.within or "", []).append(statement)
    return nested


def _in_a_ring(start: str, parents: dict[str, str | None]) -> bool:
    """Whether the way up from this statement never ends."""
    seen = set()
    at: str | None = start
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at is not None


def _speaker(statement: Statement, actors: dict[str, Actor]) -> str:
    actor = actors.get(statement.speaker or "")
    if actor is not None:
        return printable(with_role(actor))
    words = printable(statement.speaker_text.quote) if statement.speaker_text else ""
    return words or NO_SPEAKER


def _without_article(label: str) -> str:
    words = label.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def _first_line(text: str) -> str:
    lines: Iterator[str] = (line for line in map(printable, text.splitlines()) if line)
    line = next(lines, "(empty report)")
    return line if len(line) <= 200 else line[:199] + "…"


def _has_letter(word: str) -> bool:
    return any(map(str.isalnum, word))


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
