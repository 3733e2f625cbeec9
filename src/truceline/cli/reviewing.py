"""The command with which people decide: a queue in the terminal, the log, agreement, and gold files."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import program
from truceline.cli.stored import full_id

if TYPE_CHECKING:
    from truceline.records import Reading
    from truceline.review import KindName, Waiting
    from truceline.screen import Screen
    from truceline.store import DecisionRow, Store

EXAMPLES = """\b
Examples:
  truceline review
  truceline review 4279ab --kind statement --who ada
  truceline review --json --limit 20
  truceline review --log
  truceline review --undo 12 --who ada
  truceline review --agreement
  truceline review --export gold
"""


@program.app.command(epilog=EXAMPLES)
def review(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", show_default=False, help="Only these reports: their ids, or the first digits."),
    ] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; else the login name.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Only records of this kind, as actor; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="So many records at most.")] = 1000,
    blind: Annotated[
        bool, typer.Option("--blind", help="As if nobody else had decided: to measure agreement.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the queue, log or agreement as JSON, one object on each line.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="Print all decisions instead.")] = False,
    undo: Annotated[int | None, typer.Option(metavar="NUMBER", help="Undo this decision instead.")] = None,
    agreement: Annotated[bool, typer.Option("--agreement", help="Print how far reviewers agree instead.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write finished reports as gold files into this folder instead.")
    ] = None,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="With --export: also those with records that nobody has judged.")
    ] = False,
    db: program.Database = None,
    no_color: program.NoColor = False,
) -> None:
    """Review what was found, the most doubtful first: accept, reject, correct, merge, note, undo.

    Every decision is kept at once, with who and when; what the machine found is never overwritten.
    """
    from truceline.review import ReviewError
    from truceline.screen import Screen

    if sum([log, undo is not None, agreement, export is not None]) > 1:
        raise program.Refusal("Only one of --log, --undo, --agreement and --export can be had at a time: choose one.")
    screen = Screen(no_color=no_color)
    with program.database(db, create=False) as store:
        chosen = _Chosen(store, reports or [])
        try:
            if log:
                _print_log(chosen, screen, as_json=as_json)
            elif undo is not None:
                _undo(store, undo, who, screen)
            elif agreement:
                _print_agreement(chosen, screen, as_json=as_json)
            elif export is not None:
                _export(chosen, export, screen, unfinished=unfinished)
            else:
                name = _name(who)
                waiting = _waiting(chosen, _kinds(kind or []), name if blind else None, limit)
                if as_json:
                    _print_queue(chosen, waiting, name if blind else None, screen)
                else:
                    _decide(store, waiting, name, blind=blind, no_color=no_color, screen=screen)
        except ReviewError as fault:
            raise program.Refusal(str(fault)) from fault


class _Chosen:
    """The reports that are meant, those named or all that are no copies, and the decisions on them."""

    def __init__(self, store: "Store", named: Sequence[str]) -> None:
        self.store = store
        self.ids = [full_id(store.ids_like(beginning), beginning, store.where) for beginning in named]
        self._rows: dict[str, list[DecisionRow]] | None = None

    def readings(self) -> "Iterator[Reading]":
        if not self.ids:
            copies = {report.id for report in self.store.reports() if report.copy_of}
            yield from (reading for reading in self.store.readings() if reading.report.id not in copies)
        for id in self.ids:
            reading = self.store.reading(id)
            if reading is not None:
                yield reading

    def decisions(self, report_id: str) -> "list[DecisionRow]":
        if self._rows is None:
            self._rows = {}
            # One question for the whole log where all reports are meant: most of them have no decisions.
            for row in (
                self.store.decisions() if not self.ids else (r for id in self.ids for r in self.store.decisions(id))
            ):
                self._rows.setdefault(row.report_id or "", []).append(row)
        return self._rows.get(report_id, [])

    def decided(self) -> "Iterator[Reading]":
        """The readings of reports on which there are decisions."""
        for id in self.ids or dict.fromkeys(row.report_id for row in self.store.decisions() if row.report_id):
            reading = self.store.reading(id)
            if reading is not None and self.decisions(id):
                yield reading


def _name(who: str | None) -> str:
    """The reviewer's name: the one given, else the login name; `Refusal` if there is neither."""
    import getpass

    if who is None:
        try:
            who = getpass.getuser()
        except (OSError, KeyError, ImportError):
            who = ""
    if not who.strip():
        raise program.Refusal("Every decision carries a name: give yours with --who NAME.")
    return " ".join(who.split())


def _kinds(named: Sequence[str]) -> "list[KindName]":
    from truceline.review import KINDS

    unknown = next((name for name in named if name.removesuffix("s") not in KINDS), None)
    if unknown is not None:
        raise program.Refusal(f"There is no kind of record {unknown!r}: it is one of {', '.join(KINDS)}.")
    return [kind for kind in KINDS if not named or kind in {name.removesuffix("s") for name in named}]


def _waiting(chosen: _Chosen, kinds: "list[KindName]", by: str | None, limit: int) -> "list[Waiting]":
    from truceline.review import queue

    return queue(chosen.readings(), chosen.decisions, kinds=kinds, by=by, limit=limit)


def _print_queue(chosen: _Chosen, waiting: "Iterable[Waiting]", by: str | None, screen: "Screen") -> None:
    from truceline.desk import waiting_json
    from truceline.review import Reviewed
    from truceline.review import review as reviewed_by

    views: dict[str, tuple[Reading, Reviewed]] = {}
    for one in waiting:
        if one.report_id not in views:
            reading = chosen.store.reading(one.report_id)
            if reading is None:
                continue
            views[one.report_id] = reading, reviewed_by(reading, chosen.decisions(one.report_id), by=by)
        reading, view = views[one.report_id]
        item = one.item(view)
        if item is not None:
            screen.data(waiting_json(reading, one, item))


def _decide(
    store: "Store", waiting: "list[Waiting]", who: str, *, blind: bool, no_color: bool, screen: "Screen"
) -> None:
    from truceline.desk import Desk, TerminalKeys, desk_console
    from truceline.review import Reviewer

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise program.Refusal(
            "The review needs a terminal for its keys: run it in one, or print the queue with --json."
        )
    if not waiting:
        screen.say("Nothing is waiting: every record has been judged, or there is none.")
        return

    def person(report_id: str) -> Reviewer:
        reading = store.reading(report_id)
        if reading is None:
            raise program.Refusal(f"The report {report_id} is no longer in {store.where}: start the review again.")
        return Reviewer(store, reading, who, blind=blind)

    made = Desk(desk_console(no_color=no_color), TerminalKeys(), waiting, person).run()
    screen.say(f"{made} decision{'' if made == 1 else 's'} by {who}.")


def _print_log(chosen: _Chosen, screen: "Screen", *, as_json: bool) -> None:
    from rich.text import Text

    from truceline.desk import decision_line
    from truceline.review import review as reviewed_by
    from truceline.review import undone

    for reading in chosen.decided():
        view = reviewed_by(reading, chosen.decisions(reading.report.id))
        gone = undone(view.log)
        if not as_json:
            screen.line(Text(reading.report.id, style="bold"))
        for one in view.log:
            if as_json:
                screen.data({**_plain(one), "undone_by": gone.get(one.number), "unattached": one in view.unattached})
            else:
                lost = one in view.unattached
                screen.line(Text(decision_line(one, undone_by=gone.get(one.number), unattached=lost)))


def _plain(one: object) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(one)
    return plain


def _undo(store: "Store", number: int, who: str | None, screen: "Screen") -> None:
    from truceline.review import Reviewer

    row = next((row for row in store.decisions() if row.number == number), None)
    reading = store.reading(row.report_id) if row is not None and row.report_id else None
    if reading is None:
        raise program.Refusal(f"There is no decision {number} in {store.where}: truceline review --log lists them.")
    made = Reviewer(store, reading, _name(who)).undo(number)
    screen.say(f"Decision {number} is undone, by decision {made}.")


def _print_agreement(chosen: _Chosen, screen: "Screen", *, as_json: bool) -> None:
    from rich.text import Text

    from truceline.desk import agreement_lines
    from truceline.review import agreement as agreement_of

    found = agreement_of(chosen.decided(), chosen.decisions)
    if as_json:
        for kind, one in found.items():
            screen.data({"kind": kind, **_plain(one)})
    else:
        for line in agreement_lines(found):
            screen.line(Text(line))


def _export(chosen: _Chosen, folder: Path, screen: "Screen", *, unfinished: bool) -> None:
    """Gold files of reports with decisions; one that cannot be written is named, and the exit code is 2."""
    from truceline.desk import write_gold
    from truceline.folder import FolderError
    from truceline.review import ReviewError, gold_report
    from truceline.review import review as reviewed_by

    written, all_well = 0, True
    for reading in chosen.decided():
        view = reviewed_by(reading, chosen.decisions(reading.report.id))
        waits = sum(item.open for item in view.items)
        if waits and not unfinished:
            screen.say(f"{reading.report.id} is not finished, with {waits} records still open: it was left out.")
            continue
        try:
            write_gold(folder, gold_report(view.reading))
            written += 1
        except ReviewError as fault:
            screen.say(str(fault))
            all_well = False
        except FolderError as fault:
            raise program.Refusal(str(fault)) from fault
    screen.say(f"{written} gold file{'' if written == 1 else 's'} written to {folder}.")
    if not all_well:
        raise typer.Exit(2)
