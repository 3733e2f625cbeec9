"""The command line: one thin command per verb.

In come arguments, out go pages or JSON on stdout and sentences on stderr. The exit code is 0, 2 where something could
not be read or done, 130 after Ctrl-C. What is slow to import is imported by the command that needs it.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline import __version__

if TYPE_CHECKING:
    from truceline.read import Received, Unreadable
    from truceline.records import Reading, Report
    from truceline.screen import Screen
    from truceline.settings import Settings

READ_EXAMPLES = """\b
Examples:
  truceline read report.txt --published 2016-12-05
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

app = typer.Typer(
    name="truceline",
    help="Reads the news about a negotiation: who said what, to whom, and with which words.",
    epilog="\b\nStart here:\n  truceline demo\n  truceline read report.txt --published 2016-12-05\n",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print readings as JSON instead of pages.")]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="Print without colour; NO_COLOR in the environment does too.")
]


class Refusal(Exception):
    """What was asked cannot be done; the message is the one sentence that the user sees."""


def main(arguments: list[str] | None = None) -> int:
    """The exit code of `truceline` run with these arguments (the process's own, if None); never a traceback."""
    try:
        code = app(args=arguments, prog_name="truceline", standalone_mode=False)
        sys.stdout.flush()
    except Refusal as refusal:
        return _complain(str(refusal))
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`); Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as fault:
        # Usage errors come as typer's own exceptions, which say themselves how to put it.
        format_message = getattr(fault, "format_message", None)
        if format_message is None:
            raise
        return _complain(f"{format_message().rstrip('.')}: see truceline --help.")
    if code == 130:
        sys.stderr.write("Stopped.\n")
    return code if isinstance(code, int) else 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"truceline {__version__}")
        raise typer.Exit


@app.callback()
def _truceline(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(epilog=READ_EXAMPLES)
def read(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="Text or HTML files, web addresses, .jsonl files of reports; - or a pipe is standard input.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of publication, as in 2016-12-05; it wins over what a report says."),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write one JSON file per report into this folder.")
    ] = None,
    no_color: NoColor = False,
) -> None:
    """Read reports: print each one's statements, by speaker.

    Notices and faults go to stderr; a report that cannot be read never stops the others (exit code 2 at the end).
    """
    from truceline.read import count_sources, read_sources
    from truceline.screen import Screen

    chosen = sources or _piped_in()
    settings = _settings()
    screen = Screen(no_color=no_color)
    try:
        arrivals = read_sources(chosen, published=published, settings=settings)
    except ValueError as fault:
        raise Refusal(str(fault)) from fault
    total = count_sources(chosen, settings=settings)
    if total is None:
        head = list(islice(arrivals, 2))
        arrivals, total = chain(head, arrivals), 1 if len(head) == 1 else None
    give = _giver(screen, as_json=as_json, out=out, one=total == 1)
    if not read_each(arrivals, total, load_reader(settings), give, screen):
        raise typer.Exit(2)


@app.command(epilog=DEMO_EXAMPLES)
def demo(
    as_json: AsJson = False,
    only_list: Annotated[bool, typer.Option("--list", help="Only list the sample reports.")] = False,
    no_color: NoColor = False,
) -> None:
    """Read the sample reports: real negotiations in our own words."""
    from truceline.samples import sample_reports, samples
    from truceline.screen import Screen

    if only_list:
        for sample in samples():
            typer.echo(f"{sample.name:<12}{sample.published}  {sample.style}: {sample.title}")
        return
    screen = Screen(no_color=no_color)
    give = _giver(screen, as_json=as_json, out=None, one=False)
    if not read_each(sample_reports(), len(samples()), load_reader(_settings()), give, screen):
        raise typer.Exit(2)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    from truceline.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def read_each(
    arrivals: "Iterable[Received | Unreadable]",
    total: int | None,
    reader: "Callable[[Report], Reading]",
    give: "Callable[[str, Reading], None]",
    screen: "Screen",
) -> bool:
    """Whether all the reports could be read; each reading is given on with its report's name as soon as it is made."""
    from truceline.read import Unreadable

    all_read = True
    with screen.progress(total) as step:
        for arrival in arrivals:
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


def _giver(screen: "Screen", *, as_json: bool, out: Path | None, one: bool) -> "Callable[[str, Reading], None]":
    """What is done with each reading: a file in `out`, JSON on stdout (indented for one on a terminal), or its page."""
    if out is not None:
        from truceline.folder import FolderError, ReadingFolder

        try:
            folder = ReadingFolder(out)
        except FolderError as fault:
            raise Refusal(str(fault)) from fault

        def keep(name: str, reading: "Reading") -> None:
            try:
                folder.write(name, reading)
            except FolderError as fault:
                raise Refusal(str(fault)) from fault

        return keep
    if as_json:
        indent = 2 if one and screen.out_is_terminal else None
        return lambda name, reading: screen.json(reading, indent=indent)
    return screen.page


def load_reader(settings: "Settings") -> "Callable[[Report], Reading]":
    """What reads one report, with the model loaded; `Refusal` if the model or the registry is not sound."""
    from truceline import read_report
    from truceline.annotate import ModelError, load_annotator
    from truceline.lexicon.registry import RegistryError, load_registry

    try:
        registry = load_registry([Path(file) for file in settings.registry.split(os.pathsep) if file])
        annotator = load_annotator(threads=settings.threads)
    except (ModelError, RegistryError) as fault:
        raise Refusal(f"{str(fault).rstrip('.')}.") from fault
    return lambda report: read_report(report, annotator, registry)


def _settings() -> "Settings":
    from truceline.settings import load_settings

    try:
        return load_settings()
    except ValueError as fault:
        raise Refusal(str(fault)) from fault


def _piped_in() -> list[str]:
    """Standard input as the one source, if something is piped in there."""
    if sys.stdin is None or sys.stdin.isatty():
        raise Refusal("There is nothing to read: name a file, a web address or a .jsonl file, or pipe a text in.")
    return ["-"]
