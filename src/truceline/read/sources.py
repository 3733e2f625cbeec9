"""From what the user names to reports, one after the other."""

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

from truceline.read.courtesy import Courtesy
from truceline.read.feeds import feed_addresses
from truceline.read.fetching import fetch
from truceline.read.folders import files_in
from truceline.read.freezing import is_iso_date
from truceline.read.intake import Intake
from truceline.read.json_reports import numbered_lines
from truceline.read.memory import Forgetful, Memory
from truceline.read.opening import STANDARD_INPUT, is_pipe, is_url, opened, read_all
from truceline.read.received import Arrival, Refused, Remark, Unreadable
from truceline.read.tables import Table
from truceline.settings import Settings


def read_sources(
    sources: Sequence[str],
    *,
    published: str | None = None,
    settings: Settings | None = None,
    memory: Memory | None = None,
    courtesy: Courtesy | None = None,
) -> Iterator[Arrival]:
    """Each report that the sources hold, in order, for a bad source or entry the `Unreadable` that says why.

    A source is the path of a text, HTML, JSON, JSONL, ninjs, Parquet, WARC, RSS, Atom or OPML file (also compressed
    with gzip or zstd), a folder of such files, an http or https address, or `-` for standard input. `published`
    (`YYYY-MM-DD`) wins over what a source says; `ValueError` at once if it is no date. Without `settings` the defaults
    hold. Entries of a feed that `memory` knows are left out; their pages are fetched through `courtesy`. What holds
    many reports is streamed, a few in memory at a time. A `Remark` says what was passed over.
    """
    if published is not None and not is_iso_date(published):
        raise ValueError(f"The publication date {published!r} is not a date of the form YYYY-MM-DD: correct it.")
    settings = settings or Settings()
    intake = Intake(published, settings, memory or Forgetful(), courtesy or Courtesy(settings))
    return (arrival for source in sources for arrival in intake.source(source))


def count_sources(sources: Sequence[str], *, settings: Settings | None = None) -> int | None:
    """How many reports to expect from the sources, lines and rows counted; null if only reading would tell."""
    settings = settings or Settings()
    total = 0
    for source in sources:
        files = [source]
        if os.path.isdir(source):
            with suppress(Refused):
                files = [path for path in files_in(source) if not isinstance(path, Remark)]
        for path in files:
            count = None if is_pipe(path) or is_url(path) else _count(path, settings)
            if count is None:
                return None
            total += count
    return total


def _count(path: str, settings: Settings) -> int | None:
    """The reports in a file; what cannot be read counts as one, the sentence that says why."""
    try:
        with opened(path, settings) as content:
            if content.kind in {"warc", "feed", "opml"}:
                return None
            if content.kind == "parquet" and content.seekable:
                return Table(content.seekable).rows
            if content.kind != "jsonl":
                return 1
            return sum(1 for _ in numbered_lines(content.stream, settings.report_limit_bytes)) or 1
    except (Refused, OSError, EOFError, zlib.error):
        return 1


def feeds_among(sources: Sequence[str], settings: Settings | None = None) -> Iterator[str | Unreadable]:
    """The addresses of feeds that the sources name: themselves, or those in OPML files and at OPML's addresses."""
    settings = settings or Settings()
    for source in sources:
        if is_url(source) and not source.lower().split("?")[0].endswith(".opml"):
            yield source
            continue
        shown = "Standard input" if source == STANDARD_INPUT else source
        try:
            page = fetch(source, settings) if is_url(source) else None
            with opened(source, settings, page=page) as content:
                if content.kind not in {"opml", "html", "xml"}:
                    raise Refused("is neither an address nor an OPML file: name the addresses of feeds")
                yield from feed_addresses(read_all(content.stream, settings.report_limit_bytes))
        except Refused as refusal:
            yield Unreadable(source, f"{shown} {refusal}.", passing=refusal.passing, wait=refusal.wait)
        except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as fault:
            yield Unreadable(source, f"{shown} cannot be read ({fault}): check the file.")
