"""The commands that look into the database: what it holds, one report of it, words in it, and whether it is sound."""

from typing import Annotated

import typer

from truceline.cli import program

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object on each line.")]

SEARCH_EXAMPLES = """\b
Examples:
  truceline search ceasefire Aleppo
  truceline search '"Security Council" veto*'
"""


@program.app.command("list")
def list_reports(as_json: AsJson = False, db: program.Database = None, no_color: program.NoColor = False) -> None:
    """List the stored reports, in the order in which they came."""
    from truceline.holdings import report_line
    from truceline.screen import Screen

    screen = Screen(no_color=no_color)
    with program.database(db, create=False) as store:
        for report in store.reports():
            if as_json:
                screen.data(report)
            else:
                screen.line(report_line(report))


@program.app.command()
def show(
    report_id: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="A report's id, or the first digits of it.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the reading as JSON.")] = False,
    evidence: program.Evidence = False,
    machine: Annotated[
        bool, typer.Option("--machine", help="Show what the machine found, without people's decisions.")
    ] = False,
    db: program.Database = None,
    no_color: program.NoColor = False,
) -> None:
    """Show a stored report as its reviewers left it: the negotiation, who said what, and where else it stood."""
    from truceline.holdings import appearance_lines
    from truceline.review import ReviewError, reviewed
    from truceline.screen import Screen

    screen = Screen(no_color=no_color)
    with program.database(db, create=False) as store:
        full = full_id(store.ids_like(report_id), report_id, store.where)
        reading = store.reading(full)
        if reading is None:
            raise program.Refusal(f"The report {full} in {store.where} has no reading: add it again.")
        if not machine:
            try:
                reading = reviewed(reading, store.decisions(full))
            except ReviewError as fault:
                raise program.Refusal(str(fault)) from fault
        if as_json:
            screen.json(reading, indent=2 if screen.out_is_terminal else None)
            return
        screen.page(None, reading, evidence=evidence)
        for line in appearance_lines(store.copy_of(full), store.appearances(full)):
            screen.line(line)


@program.app.command(epilog=SEARCH_EXAMPLES)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", show_default=False, help="Words that all occur.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="So many hits at most.")] = 20,
    as_json: AsJson = False,
    db: program.Database = None,
    no_color: program.NoColor = False,
) -> None:
    """Search the stored reports and statements for words, best hits first."""
    from truceline.holdings import hit_lines
    from truceline.screen import Screen

    screen = Screen(no_color=no_color)
    with program.database(db, create=False) as store:
        hits = store.search(" ".join(words), limit=limit)
        for hit in hits:
            if as_json:
                screen.data(hit)
            else:
                for line in hit_lines(hit):
                    screen.line(line)
    if not hits:
        screen.say("No stored report has these words.")


@program.app.command()
def verify(as_json: AsJson = False, db: program.Database = None, no_color: program.NoColor = False) -> None:
    """Check the whole database: every quote at its offsets, every digest; faults are printed (exit code 2)."""
    from truceline.holdings import fault_line
    from truceline.screen import Screen

    screen = Screen(no_color=no_color)
    found = 0
    with program.database(db, create=False) as store:
        for fault in store.verify():
            found += 1
            if as_json:
                screen.data(fault)
            else:
                screen.line(fault_line(fault))
        count = store.count()
    readings = f"{count:,} reading{'' if count == 1 else 's'}"
    if found:
        faults = f"{found:,} fault{'' if found == 1 else 's'}"
        screen.say(f"{faults} in {readings}: restore a copy of the database, or add those reports again.")
        raise typer.Exit(2)
    screen.say(f"{readings}: every quote stands at its offsets, every digest matches.")


def full_id(fitting: list[str], given: str, where: str) -> str:
    """The one id that begins as given; `Refusal` if there is none, or more than one."""
    if given in fitting:
        return given
    if not fitting or not given.removeprefix("sha256:"):
        raise program.Refusal(f"There is no report {given} in {where}: truceline list shows what is there.")
    if len(fitting) > 1:
        digits = [id.removeprefix("sha256:")[:16] for id in fitting[:2]]
        raise program.Refusal(f"Several reports begin with {given} ({', '.join(digits)} …): give more digits.")
    return fitting[0]
