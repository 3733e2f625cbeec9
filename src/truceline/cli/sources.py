"""The commands that gather reports in the database: `add` once, `watch` again and again."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import program

if TYPE_CHECKING:
    from truceline.collecting import Reader
    from truceline.read import Polling
    from truceline.screen import Screen
    from truceline.settings import Settings

ADD_EXAMPLES = """\b
Examples:
  truceline add report.txt --published 2016-12-05
  truceline add reports
  truceline add https://example.org/news/feed.xml
  truceline add crawl.warc.gz corpus.parquet --db talks.db
"""
WATCH_EXAMPLES = """\b
Examples:
  truceline watch https://example.org/news/feed.xml
  truceline watch feeds.opml --every 60
  truceline watch https://example.org/news/feed.xml --once --json
"""
LEAST_MINUTES = 5


@program.app.command(epilog=ADD_EXAMPLES)
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="Files, folders, web addresses, feeds, OPML, JSONL, Parquet, WARC; - is standard input.",
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of publication, as in 2016-12-05; it wins over what a report says."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read reports again that this model has read already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    db: program.Database = None,
    no_color: program.NoColor = False,
) -> None:
    """Read reports and keep the readings in the database.

    Reports that are there already are not read again, so that a run that was stopped goes on when it is started again.
    """
    from truceline.collecting import Collection
    from truceline.read import count_sources, read_sources
    from truceline.screen import Screen

    settings = program.settings_in_force()
    screen = Screen(no_color=no_color)
    with program.database(db, settings) as store:
        collection = Collection(store, load_reader(settings), screen.say, again=again)
        try:
            arrivals = read_sources(sources, published=published, settings=settings, memory=collection.memory)
        except ValueError as fault:
            raise program.Refusal(str(fault)) from fault
        try:
            with screen.progress(count_sources(sources, settings=settings)) as step:
                collection.take(arrivals, step)
        finally:
            screen.tell(collection.tally.to_json() if as_json else collection.tally.sentence())
    if collection.tally.unreadable:
        raise typer.Exit(2)


@program.app.command(epilog=WATCH_EXAMPLES)
def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED", show_default=False, help="Addresses of RSS or Atom feeds, or OPML files of them."
        ),
    ],
    every: Annotated[
        int, typer.Option(metavar="MINUTES", min=LEAST_MINUTES, help="Ask each feed no more often than this.")
    ] = 30,
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due once, and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print each change as one line of JSON.")] = False,
    db: program.Database = None,
    no_color: program.NoColor = False,
) -> None:
    """Ask feeds for new reports, keep their readings in the database and print what changed.

    Polite to servers: it keeps to their robots.txt, asks only for what is new, and waits longer after each failure.
    """
    from truceline.collecting import Collection, kept_json, kept_line
    from truceline.page import printable
    from truceline.read import Polling, Unreadable, feeds_among
    from truceline.screen import Screen

    settings = program.settings_in_force()
    screen = Screen(no_color=no_color)
    named = list(feeds_among(feeds, settings))
    for each in named:
        if isinstance(each, Unreadable):
            screen.say(str(each))
    addresses = list(dict.fromkeys(each for each in named if isinstance(each, str)))
    if not addresses:
        raise program.Refusal("There is no feed to watch: name the address of an RSS or Atom feed, or an OPML file.")
    with program.database(db, settings) as store:
        collection = Collection(store, load_reader(settings), screen.say)
        collection.show = lambda kept: screen.tell(kept_json(kept) if as_json else printable(kept_line(kept)))
        polling = Polling(collection.memory, timedelta(minutes=every), settings)
        for number in rounds(addresses, polling, screen, once=once):
            for address in addresses:
                if number == 1 or polling.is_due(address):
                    collection.take(polling.poll(address))
    if once and (collection.tally.unreadable or len(addresses) < len(named)):
        raise typer.Exit(2)


def rounds(
    addresses: list[str],
    polling: "Polling",
    screen: "Screen",
    *,
    once: bool,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[int]:
    """The numbers of the rounds, from 1, each as soon as a feed is due; only the first, with `once`."""
    number = 1
    yield number
    while not once:
        moments = [due for address in addresses if (due := polling.due(address))]
        now = datetime.now(UTC)
        moment = max(min(moments, default=now), now + timedelta(seconds=1))
        screen.say(f"The next feed is asked at {moment:%Y-%m-%d %H:%M} UTC; Ctrl-C stops.")
        sleep((moment - now).total_seconds())
        number += 1
        yield number


def load_reader(settings: "Settings") -> "Reader":
    """What reads many reports at once, with the model loaded; `Refusal` if the model or the registry is not sound."""
    from truceline import read_reports
    from truceline.annotate import ModelError, load_annotator
    from truceline.collecting import Reader
    from truceline.lexicon.registry import RegistryError, load_registry

    try:
        registry = load_registry([Path(file) for file in settings.registry.split(os.pathsep) if file])
        annotator = load_annotator(threads=settings.threads)
    except (ModelError, RegistryError) as fault:
        raise program.Refusal(f"{str(fault).rstrip('.')}.") from fault
    return Reader(annotator.model.sha256, lambda reports: read_reports(reports, annotator, registry))
