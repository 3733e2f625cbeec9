"""The commands that read: in come sources, out go pages, JSON or a folder of readings."""

import json
import sys
from collections.abc import Callable, Iterable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import program

if TYPE_CHECKING:
    from truceline.read import Arrival
    from truceline.records import Reading, Report
    from truceline.screen import Screen

READ_EXAMPLES = """\b
Examples:
  truceline read report.txt --published 2016-12-05
  truceline read report.txt --evidence
  truceline read report.txt --html > report.html
  truceline read page.html --json
  truceline read https://example.org/news/talks
  truceline read reports.jsonl --out readings
  truceline read *.txt --json > readings.jsonl
  truceline read < report.txt
"""
DEMO_EXAMPLES = """\b
Examples:
  truceline demo
  truceline demo --list
  truceline demo --json > samples.jsonl
"""

AsJson = Annotated[bool, typer.Option("--json", help="Print readings as JSON instead of pages.")]
AsHtml = Annotated[bool, typer.Option("--html", help="Print one HTML page, with links into each report's text.")]


@program.app.command(epilog=READ_EXAMPLES)
def read(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="Files, folders, web addresses, feeds, JSONL, Parquet, WARC; - or a pipe is standard input.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of publication, as in 2016-12-05; it wins over what a report says."),
    ] = None,
    evidence: program.Evidence = False,
    as_html: AsHtml = False,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write one JSON file per report into this folder.")
    ] = None,
    no_color: program.NoColor = False,
) -> None:
    """Read reports: print what is on the table, who stands where, what is due when, and who said what.

    Notices and faults go to stderr; a report that cannot be read never stops the others (exit code 2 at the end).
    """
    from truceline.read import count_sources, read_sources
    from truceline.screen import Screen

    chosen = sources or _piped_in()
    settings = program.settings_in_force()
    screen = Screen(no_color=no_color)
    try:
        arrivals = read_sources(chosen, published=published, settings=settings)
    except ValueError as fault:
        raise program.Refusal(str(fault)) from fault
    total = count_sources(chosen, settings=settings)
    if total is None:
        head = list(islice(arrivals, 2))
        arrivals, total = chain(head, arrivals), 1 if len(head) == 1 else None
    give = _giver(screen, as_json=as_json, as_html=as_html, evidence=evidence, out=out, one=total == 1)
    all_read = read_each(arrivals, total, program.load_reader(settings), give, screen)
    screen.close_hypertext()
    if not all_read:
        raise typer.Exit(2)


@program.app.command(epilog=DEMO_EXAMPLES)
def demo(
    evidence: program.Evidence = False,
    as_json: AsJson = False,
    only_list: Annotated[bool, typer.Option("--list", help="Only list the sample reports.")] = False,
    no_color: program.NoColor = False,
) -> None:
    """Read the sample reports: real negotiations in our own words."""
    from truceline.samples import sample_reports, samples
    from truceline.screen import Screen

    if only_list:
        for sample in samples():
            typer.echo(f"{sample.name:<12}{sample.published}  {sample.style}: {sample.title}")
        return
    screen = Screen(no_color=no_color)
    give = _giver(screen, as_json=as_json, evidence=evidence)
    if not read_each(sample_reports(), len(samples()), program.load_reader(program.settings_in_force()), give, screen):
        raise typer.Exit(2)


@program.app.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    from truceline.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def read_each(
    arrivals: "Iterable[Arrival]",
    total: int | None,
    reader: "Callable[[Report], Reading]",
    give: "Callable[[str, Reading], None]",
    screen: "Screen",
) -> bool:
    """Whether all the reports could be read; each reading is given on with its report's name as soon as it is made."""
    from truceline.read import Remark, Unreadable

    all_read = True
    with screen.progress(total) as step:
        for arrival in arrivals:
            if isinstance(arrival, Remark):
                screen.say(str(arrival))
                continue
            if isinstance(arrival, Unreadable):
                screen.say(str(arrival))
                all_read = False
            else:
                for notice in arrival.notices:
                    screen.say(f"{arrival.name}: {notice}")
                try:
                    reading = reader(arrival.report)
                except Exception as fault:  # a fault of ours in one report must not cost the rest of a long run
                    kind = type(fault).__name__
                    screen.say(
                        f"{arrival.name} met a fault in Truceline ({kind}: {fault}): please tell its developers."
                    )
                    all_read = False
                else:
                    give(arrival.name, reading)
            step()
    return all_read


def _giver(
    screen: "Screen",
    *,
    as_json: bool,
    as_html: bool = False,
    evidence: bool = False,
    out: Path | None = None,
    one: bool = False,
) -> "Callable[[str, Reading], None]":
    """What is done with each reading: a file in `out`, JSON on stdout (indented for one on a terminal), or a page."""
    if as_html and (as_json or out is not None):
        raise program.Refusal("HTML goes to standard output, and not with JSON: leave out --json and --out, or --html.")
    if out is not None:
        from truceline.folder import FolderError, ReadingFolder

        try:
            folder = ReadingFolder(out)
        except FolderError as fault:
            raise program.Refusal(str(fault)) from fault

        def keep(name: str, reading: "Reading") -> None:
            try:
                folder.write(name, reading)
            except FolderError as fault:
                raise program.Refusal(str(fault)) from fault

        return keep
    if as_json:
        indent = 2 if one and screen.out_is_terminal else None
        return lambda name, reading: screen.json(reading, indent=indent)
    if as_html:
        return screen.hypertext
    return lambda name, reading: screen.page(name, reading, evidence=evidence)


def _piped_in() -> list[str]:
    """Standard input as the one source, if something is piped in there."""
    if sys.stdin is None or sys.stdin.isatty():
        raise program.Refusal(
            "There is nothing to read: name a file, a web address or a .jsonl file, or pipe a text in."
        )
    return ["-"]
