"""The statements of a reading by speaker, as lines of its page.

Each has its mode as a word, so that nothing is said by colour alone; those reported inside another stand under it.
"""

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from truceline.listing import with_role
from truceline.page.lines import DOUBTFUL_BELOW, counted, print_wrapped, printable
from truceline.records import Actor, Reading, Report, Statement

NO_SPEAKER = "(no speaker named)"

_MODE_STYLE = {"direct": "cyan", "indirect": "default", "mixed": "magenta"}
_DEEPEST_INDENT = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the page names it, and the statements that are its own, in the order of the report."""

    label: str
    statements: list[Statement]


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


def print_statements(reading: Reading, console: Console) -> None:
    """Prints every statement of the reading once, under its speaker's name."""
    nested = _nested(reading.statements)
    actors = {actor.id: actor for actor in reading.actors}
    for voice in voices(reading):
        console.print()
        print_wrapped(console, _voice_line(voice), 0)
        for statement in voice.statements:
            _print_family(statement, nested, actors, reading.report, console)


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
        print_wrapped(console, _statement_line(shown, speaker, report), indent)
        print_wrapped(console, Text(" … ".join(printable(piece.quote) for piece in shown.content)), indent + 4)
        waiting.extend((child, depth + 1) for child in reversed(nested.get(shown.id, [])))


def _voice_line(voice: Voice) -> Text:
    count = counted(len(voice.statements), "statement")
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
