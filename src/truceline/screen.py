"""The two streams of the command line: in come pages, JSON and sentences, out they go to stdout or stderr.

Pages and JSON go to stdout; notices, complaints and the progress bar to stderr, so that a pipe carries results only.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.rule import Rule
from rich.text import Text

from truceline.page import html_article, html_closing, html_opening, page_width, print_page, printable, title
from truceline.records import Reading, to_json


class Screen:
    """Standard output and standard error as one person sees them: a line never lands in the middle of the bar."""

    def __init__(self, *, no_color: bool = False) -> None:
        self._out = _console(sys.stdout, no_color)
        self._err = _console(sys.stderr, no_color)
        self._progress: Progress | None = None
        self._pages = 0
        self._articles = 0

    @property
    def out_is_terminal(self) -> bool:
        """Whether standard output is a person's terminal."""
        return self._out.is_terminal

    def say(self, sentence: str) -> None:
        """Prints the sentence on one line of stderr."""
        with self._bar_away():
            self._err.print(Text(printable(sentence)), soft_wrap=True)

    def tell(self, line: str) -> None:
        """Prints a line of the result on stdout, in UTF-8 whatever the locale says."""
        with self._bar_away():
            _use(sys.stdout, encoding="utf-8")
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def page(self, name: str | None, reading: Reading, *, evidence: bool = False) -> None:
        """Prints the reading's page on stdout, set off from the page before; with `evidence`, the words under lines."""
        with self._bar_away():
            if self._pages:
                self._out.print("", Rule(style="dim", characters="=" if self._out.options.ascii_only else "═"), "")
            print_page(reading, self._out, name=name, evidence=evidence)
            self._out.file.flush()
        self._pages += 1

    def hypertext(self, name: str | None, reading: Reading) -> None:
        """Prints the reading as an article of one HTML document on stdout, in UTF-8 whatever the locale says."""
        with self._bar_away():
            _use(sys.stdout, encoding="utf-8")
            if not self._articles:
                sys.stdout.write(html_opening(title(reading.report)))
            self._articles += 1
            sys.stdout.write(html_article(reading, name=name, number=self._articles))
            sys.stdout.flush()

    def close_hypertext(self) -> None:
        """Ends the HTML document, if one was begun."""
        if self._articles:
            sys.stdout.write(html_closing())
            sys.stdout.flush()

    def json(self, reading: Reading, *, indent: int | None) -> None:
        """Prints the reading's JSON on stdout, in UTF-8 whatever the locale says, with a newline behind."""
        with self._bar_away():
            _use(sys.stdout, encoding="utf-8")
            sys.stdout.write(to_json(reading, indent=indent) + "\n")
            sys.stdout.flush()

    def data(self, value: object) -> None:
        """Prints a dataclass as one line of JSON on stdout, in UTF-8 whatever the locale says."""
        with self._bar_away():
            _use(sys.stdout, encoding="utf-8")
            sys.stdout.write(msgspec.json.encode(value).decode("utf-8") + "\n")

    def line(self, text: Text) -> None:
        """Prints the text on one line of stdout, however long."""
        with self._bar_away():
            self._out.print(text, soft_wrap=True)

    @contextmanager
    def progress(self, total: int | None) -> Iterator[Callable[[], None]]:
        """A bar over `total` reports on stderr, if that is a terminal and they are several; gives the step forward."""
        if not self._err.is_terminal or total == 1:
            yield lambda: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(
            *columns, console=self._err, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        task = self._progress.add_task("reading", total=total)
        try:
            self._progress.start()
            progress = self._progress
            yield lambda: progress.advance(task)
        finally:
            self._progress.stop()
            self._progress = None

    @contextmanager
    def _bar_away(self) -> Iterator[None]:
        """Takes the bar off the terminal while something else is printed there."""
        if self._progress is None:
            yield
            return
        self._progress.stop()
        try:
            yield
        finally:
            self._progress.start()


def _console(stream: TextIO, no_color: bool) -> Console:
    """A console of the width of a page; colour only on a terminal, and not where NO_COLOR or the flag says so."""
    _use(stream, errors="replace")
    is_terminal = stream.isatty()
    console = Console(file=stream, no_color=True if no_color else None, highlight=False, emoji=False, markup=False)
    console.width = page_width(os.environ.get("COLUMNS"), console.width, is_terminal)
    return console


def _use(stream: TextIO, *, encoding: str | None = None, errors: str | None = None) -> None:
    """Sets a text stream's encoding or its way with characters it cannot encode, where the stream allows it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=encoding, errors=errors)
