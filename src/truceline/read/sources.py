"""From what the user names to reports, one after the other."""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence

from truceline.read.articles import Draft, article
from truceline.read.decoding import decode
from truceline.read.freezing import frozen, is_iso_date, report_from_text
from truceline.read.json_reports import draft_from_json, numbered_lines
from truceline.read.naming import Names
from truceline.read.opening import STANDARD_INPUT, Opened, is_pipe, is_url, opened, read_all
from truceline.read.received import Received, Refused, Unreadable
from truceline.settings import Settings

_HAS_CONTENT = re.compile(r"[^\s\0\ufeff\u200b\ud800-\udfff\ufffd]")
_NO_DATE = (
    "No publication date is known, so days such as “on Tuesday” cannot be dated; give it with --published YYYY-MM-DD."
)


def read_sources(
    sources: Sequence[str], *, published: str | None = None, settings: Settings | None = None
) -> Iterator[Received | Unreadable]:
    """Each report that the sources hold, in order, or for a bad source or line the `Unreadable` that says why.

    A source is the path of a text, HTML, JSON or JSONL file (also compressed with gzip), an http or https address,
    or `-` for standard input. `published` (`YYYY-MM-DD`) wins over what a source says; `ValueError` at once if it
    is no date. Without `settings` the defaults hold. A JSONL file is streamed, one line in memory at a time.
    """
    if published is not None and not is_iso_date(published):
        raise ValueError(f"The publication date {published!r} is not a date of the form YYYY-MM-DD: correct it.")
    return _each(tuple(sources), published, settings or Settings())


def count_sources(sources: Sequence[str], *, settings: Settings | None = None) -> int | None:
    """How many reports to expect from the sources, lines of JSONL counted; null if only reading would tell."""
    settings = settings or Settings()
    total = 0
    for source in sources:
        if is_pipe(source):
            return None
        total += 1 if is_url(source) else _count(source, settings)
    return total


def _count(path: str, settings: Settings) -> int:
    """The reports in a file; what cannot be read counts as one, the sentence that says why."""
    try:
        with opened(path, settings) as content:
            if content.kind != "jsonl":
                return 1
            return sum(1 for _ in numbered_lines(content.stream, settings.report_limit_bytes)) or 1
    except (Refused, OSError, EOFError, zlib.error):
        return 1


def _each(sources: tuple[str, ...], published: str | None, settings: Settings) -> Iterator[Received | Unreadable]:
    names = Names()
    for source in sources:
        shown = "Standard input" if source == STANDARD_INPUT else source
        try:
            with opened(source, settings) as content:
                if content.kind == "jsonl":
                    yield from _lines(source, shown, content, published, names, settings)
                else:
                    yield _received(*_draft(content, settings), published, names)
        except Refused as refusal:
            yield Unreadable(source, f"{shown} {refusal}.")
        except (gzip.BadGzipFile, EOFError, zlib.error):
            yield Unreadable(source, f"{shown} is a damaged gzip file: get it again, or unpack it first.")
        except OSError as fault:
            reason = fault.strerror or str(fault)
            yield Unreadable(source, f"{shown} cannot be read to its end ({reason}): check the file or the disk.")


def _lines(
    source: str, shown: str, content: Opened, published: str | None, names: Names, settings: Settings
) -> Iterator[Received | Unreadable]:
    limit = settings.report_limit_bytes
    found = False
    for number, line in numbered_lines(content.stream, limit):
        found = True
        try:
            if line is None:
                raise Refused(f"is longer than {limit:,} bytes: shorten it, or raise the setting report_limit_bytes")
            own_id, draft = draft_from_json(line)
            yield _received(own_id or f"{content.stem}-{number}", draft, published, names)
        except Refused as refusal:
            yield Unreadable(source, f"{shown}, line {number}, {refusal}.")
    if not found:
        raise Refused("is empty: name a file with one report on each line")


def _draft(content: Opened, settings: Settings) -> tuple[str, Draft]:
    """The name for the single report that the source holds, and the report."""
    data = read_all(content.stream, settings.report_limit_bytes)
    if not data.strip():
        raise Refused("is empty: name a source that holds the text of a report")
    if content.kind == "json":
        text, _ = decode(data)
        own_id, draft = draft_from_json(frozen(text)[0].encode("utf-8"))
        return own_id or content.stem, draft
    if content.kind == "html":
        return content.stem, article(data, url=content.url, charset=content.charset)
    text, notices = decode(data, content.charset)
    return content.stem, Draft(text, url=content.url, notices=notices)


def _received(name: str, draft: Draft, published: str | None, names: Names) -> Received:
    if not _HAS_CONTENT.search(draft.text):
        raise Refused("holds no text, only blank characters: name a source that holds the text of a report")
    text, replaced = frozen(draft.text)
    notices = list(draft.notices)
    if replaced:
        characters = "1 character" if replaced == 1 else f"{replaced:,} characters"
        notices.append(f"{characters} that no text can keep (NUL or half of a pair) became U+FFFD.")
    report = report_from_text(
        text, title=draft.title, outlet=draft.outlet, url=draft.url, published=published or draft.published
    )
    if report.published is None:
        notices.append(_NO_DATE)
    if report.language not in {"en", None}:
        notices.append(
            f"The text seems to be in another language ({report.language}); it is read all the same, but Truceline "
            "knows English only."
        )
    return Received(names.unique(name), report, tuple(notices))
