"""The program itself: what every command shares, its way to refuse, and the one place where it ends."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline import __version__

if TYPE_CHECKING:
    from truceline.records import Reading, Report
    from truceline.settings import Settings
    from truceline.store import Store

app = typer.Typer(
    name="truceline",
    help="Reads the news about a negotiation: what is on the table, who stands where, and who said so.",
    epilog="\b\nStart here:\n  truceline demo\n  truceline read report.txt --published 2016-12-05\n",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NoColor = Annotated[
    bool, typer.Option("--no-color", help="Print without colour; NO_COLOR in the environment does too.")
]
Database = Annotated[
    str | None,
    typer.Option("--db", metavar="PATH|URL", help="The database, instead of truceline.db or what the settings say."),
]
Evidence = Annotated[
    bool, typer.Option("--evidence", help="Print the report's words under every line of the negotiation.")
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


def settings_in_force() -> "Settings":
    """The settings; `Refusal` if one of them is wrong."""
    from truceline.settings import load_settings

    try:
        return load_settings()
    except ValueError as fault:
        raise Refusal(str(fault)) from fault


@contextmanager
def database(named: str | None, settings: "Settings | None" = None, *, create: bool = True) -> "Iterator[Store]":
    """The store that `--db` names, or else the settings; which it is goes to stderr.

    `create=False` is for commands that only look. Every `StoreError` inside becomes a `Refusal`.
    """
    from truceline.store import StoreError, open_store

    chosen = named if named is not None else (settings or settings_in_force()).database
    try:
        with open_store(chosen, create=create) as store:
            sys.stderr.write(f"Database: {store.where}\n")
            yield store
    except StoreError as fault:
        raise Refusal(str(fault)) from fault
