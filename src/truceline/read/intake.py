"""One run of reading: each source in turn, opened, recognised and taken apart into reports."""

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from truceline.read.archives import Archive
from truceline.read.articles import Draft, article
from truceline.read.courtesy import Courtesy
from truceline.read.decoding import decode
from truceline.read.feeds import Entry, Feed, feed_addresses, parsed_feed
from truceline.read.fetching import Page, fetch
from truceline.read.folders import files_in
from truceline.read.freezing import frozen, report_from_text
from truceline.read.json_reports import draft_from_json, numbered_lines
from truceline.read.memory import Memory, Visited
from truceline.read.naming import Names, url_slug
from truceline.read.opening import STANDARD_INPUT, Opened, is_url, opened, read_all
from truceline.read.received import Arrival, Received, Refused, Remark, Unreadable
from truceline.read.tables import Table
from truceline.settings import Settings

_HAS_CONTENT = re.compile(r"[^\s\0\ufeff\u200b\ud800-\udfff\ufffd]")
_FAILURES_IN_A_ROW = 3
_NO_DATE = (
    "No publication date is known, so days such as “on Tuesday” cannot be dated; give it with --published YYYY-MM-DD."
)


class Intake:
    """Takes sources in; one for a run, because no two of its reports have the same name."""

    def __init__(self, published: str | None, settings: Settings, memory: Memory, courtesy: Courtesy) -> None:
        self._published = published
        self._settings = settings
        self._memory = memory
        self._courtesy = courtesy
        self._names = Names()

    def source(self, source: str) -> Iterator[Arrival]:
        """Everything that the source holds, to its end or to the sentence that says why it goes no further."""
        if source != STANDARD_INPUT and os.path.isdir(source):
            yield from self._told(source, self._folder(source))
        else:
            yield from self._told(source, self._opened(source))

    def feed(self, address: str) -> Iterator[Arrival]:
        """The new entries of the feed at this address, which its server's robots.txt must allow."""
        yield from self._told(address, self._polite(address))

    def _told(self, source: str, arrivals: Iterator[Arrival]) -> Iterator[Arrival]:
        """The arrivals, and why there are no more of them, if there is a reason, as a sentence about the source."""
        shown = _shown(source)
        try:
            yield from arrivals
        except Refused as refusal:
            yield Unreadable(source, f"{shown} {refusal}.", passing=refusal.passing, wait=refusal.wait)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            yield Unreadable(source, f"{shown} is a damaged compressed file: get it again, or unpack it first.")
        except OSError as fault:
            reason = fault.strerror or str(fault)
            yield Unreadable(source, f"{shown} cannot be read to its end ({reason}): check the file or the disk.")

    def _folder(self, folder: str) -> Iterator[Arrival]:
        for path in files_in(folder):
            yield from [path] if isinstance(path, Remark) else self.source(path)

    def _opened(self, source: str) -> Iterator[Arrival]:
        page = None
        if is_url(source):
            known = self._memory.recall(source) or Visited()
            page = fetch(source, self._settings, etag=known.etag, last_modified=known.last_modified)
            if page.unchanged:
                yield self._nothing_new(source, page)
                return
        with opened(source, self._settings, page=page) as content:
            yield from self._content(source, _shown(source), content)

    def _polite(self, address: str) -> Iterator[Arrival]:
        known = self._memory.recall(address) or Visited()
        page = self._courtesy.fetch(address, etag=known.etag, last_modified=known.last_modified)
        if page.unchanged:
            yield self._nothing_new(address, page)
            return
        with opened(address, self._settings, page=page) as content:
            yield from self._entries(address, address, content)

    def _nothing_new(self, address: str, page: Page) -> Remark:
        known = self._memory.recall(address) or Visited()
        etag, last_modified = page.etag or known.etag, page.last_modified or known.last_modified
        self._memory.keep(address, Visited(etag, last_modified, _now(), known.done))
        return Remark(address, f"{address} lists nothing new.")

    def _content(self, source: str, shown: str, content: Opened) -> Iterator[Arrival]:
        if content.kind == "jsonl":
            yield from self._lines(source, shown, content)
        elif content.kind == "feed":
            yield from self._entries(source, shown, content)
        elif content.kind == "opml":
            for address in feed_addresses(self._all(content), charset=content.charset):
                yield from self.feed(address)
        elif content.kind == "parquet":
            yield from self._rows(source, shown, content)
        elif content.kind == "warc":
            yield from self._captures(source, shown, content)
        else:
            yield self._received(*self._draft(content), source)

    def _all(self, content: Opened) -> bytes:
        data = read_all(content.stream, self._settings.report_limit_bytes)
        if not data.strip():
            raise Refused("is empty: name a source that holds the text of a report")
        return data

    def _lines(self, source: str, shown: str, content: Opened) -> Iterator[Arrival]:
        limit = self._settings.report_limit_bytes
        found = False
        for number, line in numbered_lines(content.stream, limit):
            found = True
            try:
                if line is None:
                    raise Refused(
                        f"is longer than {limit:,} bytes: shorten it, or raise the setting report_limit_bytes"
                    )
                own_id, draft = draft_from_json(line)
                yield self._received(own_id or f"{content.stem}-{number}", draft, source)
            except Refused as refusal:
                yield Unreadable(source, f"{shown}, line {number}, {refusal}.")
        if not found:
            raise Refused("is empty: name a file with one report on each line")

    def _rows(self, source: str, shown: str, content: Opened) -> Iterator[Arrival]:
        if content.seekable is None:
            raise Refused("is a Parquet table that is compressed or comes through a pipe: unpack it and name the file")
        for number, own_id, draft in Table(content.seekable).drafts():
            try:
                if draft is None:
                    raise Refused("has no text: fill in its column 'text'")
                yield self._received(own_id or f"{content.stem}-{number}", draft, source)
            except Refused as refusal:
                yield Unreadable(source, f"{shown}, row {number}, {refusal}.")

    def _captures(self, source: str, shown: str, content: Opened) -> Iterator[Arrival]:
        archive = Archive(content.stream, self._settings.report_limit_bytes)
        try:
            for draft in archive.drafts():
                name = url_slug(draft.url) if draft.url else f"{content.stem}-{archive.pages}"
                try:
                    yield self._received(name, draft, source)
                except Refused as refusal:
                    yield Unreadable(source, f"{shown}, page {archive.pages} ({draft.url}), {refusal}.")
        finally:
            passed = archive.passed_over()
        if passed:
            yield Remark(source, f"{shown} {passed}.")

    def _draft(self, content: Opened) -> tuple[str, Draft]:
        """The name for the single report that the source holds, and the report."""
        data = self._all(content)
        if content.kind == "json":
            text, _ = decode(data)
            own_id, draft = draft_from_json(frozen(text)[0].encode("utf-8"))
            return own_id or content.stem, draft
        if content.kind == "html":
            return content.stem, article(data, url=content.url, charset=content.charset)
        if content.kind == "xml":
            parsed_feed(data)  # says which kind of XML it is
        text, notices = decode(data, content.charset)
        return content.stem, Draft(text, url=content.url, notices=notices)

    def _entries(self, source: str, shown: str, content: Opened) -> Iterator[Arrival]:
        """The entries that are not done yet, oldest first as feeds go; what was done is kept in the memory."""
        page = content.page
        feed = parsed_feed(self._all(content), url=content.url, charset=content.charset)
        if feed.false_encoding:
            yield Remark(source, f"{shown} is not in {feed.false_encoding}, as it says; it was read all the same.")
        known = self._memory.recall(source) if page else None
        done = (known.done if known else frozenset()) & {entry.key for entry in feed.entries}
        pending = [entry for entry in reversed(feed.entries) if entry.key not in done]
        if not pending:
            yield Remark(source, f"{shown} lists nothing new." if feed.entries else f"{shown} lists no entries yet.")
        left = in_a_row = 0
        for number, entry in enumerate(pending):
            if in_a_row >= _FAILURES_IN_A_ROW:
                left = len(pending) - number
                yield Remark(source, f"{shown} lists {left:,} more entries, which are left for the next time.")
                break
            try:
                yield self._entry(source, entry, feed, content)
            except Refused as refusal:
                name = entry.link if page and entry.link else f"{shown}, entry {entry.number},"
                sentence = f"{name} {refusal}."
                yield Unreadable(entry.link or source, sentence, passing=refusal.passing)
                if refusal.passing:
                    left, in_a_row = left + 1, in_a_row + 1
                    continue
            in_a_row = 0
            done |= {entry.key}
            if page:
                self._memory.keep(source, Visited(checked=_now(), done=done))
        if page:
            etag, last_modified = (None, None) if left else (page.etag, page.last_modified)
            self._memory.keep(source, Visited(etag, last_modified, _now(), done))

    def _entry(self, source: str, entry: Entry, feed: Feed, content: Opened) -> Received:
        """The report of one entry: from the feed if it holds it all, else from its page, which is fetched."""
        name = url_slug(entry.link) if entry.link else f"{content.stem}-{entry.number}"
        notices: tuple[str, ...] = ()
        draft = None
        if not entry.whole and entry.link:
            if content.page is None:
                why = "holds the beginning only, and a feed read from a file stays off the network"
                raise Refused(f"{why}: name the feed's address")
            with opened(entry.link, self._settings, page=self._courtesy.fetch(entry.link)) as page:
                if page.kind not in {"html", "text"}:
                    raise Refused("is no page with an article: save its text as a .txt file and read that")
                _, draft = self._draft(page)
        elif not entry.whole:
            notices = ("The feed names no page for this entry; what the feed holds of it was read.",)
        return self._received(
            name,
            Draft(
                text=draft.text if draft else entry.text,
                title=(draft and draft.title) or entry.title,
                outlet=(draft and draft.outlet) or feed.title,
                url=(draft and draft.url) or entry.link,
                published=(draft and draft.published) or entry.published,
                notices=(*(draft.notices if draft else ()), *notices),
            ),
            source,
        )

    def _received(self, name: str, draft: Draft, source: str) -> Received:
        if not _HAS_CONTENT.search(draft.text):
            raise Refused("holds no text, only blank characters: name a source that holds the text of a report")
        text, replaced = frozen(draft.text)
        notices = list(draft.notices)
        if replaced:
            characters = "1 character" if replaced == 1 else f"{replaced:,} characters"
            notices.append(f"{characters} that no text can keep (NUL or half of a pair) became U+FFFD.")
        report = report_from_text(
            text,
            title=draft.title,
            outlet=draft.outlet,
            url=draft.url,
            published=self._published or draft.published,
        )
        if report.published is None:
            notices.append(_NO_DATE)
        if report.language not in {"en", None}:
            notices.append(
                f"The text seems to be in another language ({report.language}); it is read all the same, but "
                "Truceline knows English only."
            )
        return Received(self._names.unique(name), report, tuple(notices), source)


def _shown(source: str) -> str:
    return "Standard input" if source == STANDARD_INPUT else source


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
