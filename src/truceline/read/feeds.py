"""RSS and Atom feeds, and OPML lists of them: bytes in, entries or addresses out."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from truceline.read.markup import decoded_xml, parsed_xml, plain_text, root_name
from truceline.read.received import Refused

_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_FEWEST_WORDS = 120
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|(?:read|continue|full)\s+(?:more|reading|story|article)\W*)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: `text` is what the feed holds of it, `whole` whether that is the report itself.

    `key` is the same as long as the entry is the same; an entry that its makers mark as updated gets another.
    """

    number: int
    key: str
    link: str | None
    title: str | None
    published: str | None
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and entries as they stand in it, and the encoding that it claims wrongly, if it does."""

    title: str | None
    entries: list[Entry]
    false_encoding: str | None


def parsed_feed(data: bytes, *, url: str | None = None, charset: str | None = None) -> Feed:
    """The feed that the bytes hold; `Refused` if they hold none. `charset` is what the server declared."""
    import feedparser  # type: ignore[import-untyped]  # a tenth of a second to import: only when a feed is read

    text, false_encoding = decoded_xml(data, charset)
    root = parsed_xml(text)
    if root_name(root) not in _FEED_ROOTS:
        raise Refused(f"is no feed but {_described(root)}: name the address of an RSS or Atom feed")
    # feedparser gets sound XML: its own way with broken XML takes minutes for a megabyte.
    sound = io.BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url or ""}
    try:
        found = feedparser.parse(sound, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:  # whatever a parser stumbles over in a stranger's feed is the feed's fault to us
        raise Refused(f"is a feed that cannot be parsed ({type(fault).__name__}): tell its makers") from fault
    entries = [_entry(number, each, url) for number, each in enumerate(found.get("entries", []), 1)]
    return Feed(_text(found.get("feed", {}).get("title")), entries, false_encoding)


def feed_addresses(data: bytes, *, charset: str | None = None) -> list[str]:
    """The addresses of the feeds that an OPML document lists, each once; `Refused` if it lists none."""
    text, _ = decoded_xml(data, charset)
    root = parsed_xml(text)
    if root_name(root) != "opml":
        raise Refused(f"is no OPML but {_described(root)}: have your feed reader write its list of feeds again")
    found: dict[str, None] = {}
    for outline in root.iter("{*}outline"):
        for name, value in outline.attrib.items():
            if name.lower() == "xmlurl" and value.strip().lower().startswith(("http://", "https://")):
                found[value.strip()] = None
    if not found:
        raise Refused("is OPML without the address of a feed: have your feed reader write its list of feeds again")
    return list(found)


def _described(root: Any) -> str:
    name = root_name(root)
    known = {"html": "an HTML page", "opml": "an OPML list of feeds"}
    return known.get(name, "a feed" if name in _FEED_ROOTS else f"XML of another kind (<{name[:40]}>)")


def _entry(number: int, found: Any, url: str | None) -> Entry:
    link = _text(found.get("link"))
    link = urljoin(url, link) if link and url else link
    pieces = [str(each.get("value") or "") for each in found.get("content") or []] + [str(found.get("summary") or "")]
    text = max(map(plain_text, pieces), key=len)
    title = _text(found.get("title"))
    stamp = _stamp(found, "updated") or _stamp(found, "published")
    identity = found.get("id") or link or f"{title}\n{text}"
    return Entry(
        number=number,
        key=sha256(f"{identity}\n{stamp}".encode("utf-8", "replace")).hexdigest()[:16],
        link=link if link and link.lower().startswith(("http://", "https://")) else None,
        title=title,
        published=_day(found, "published") or _day(found, "updated"),
        text=text,
        whole=len(text.split()) >= _FEWEST_WORDS and not _CUT.search(text),
    )


def _text(html: Any) -> str | None:
    return plain_text(str(html)).replace("\n", " ") or None if html else None


def _stamp(found: Any, key: str) -> str:
    # Asked for what is not there, feedparser gives one date for the other.
    return str(found[key] or "").strip() if key in found else ""


def _day(found: Any, key: str) -> str | None:
    """The day as its makers wrote it, in their own time zone, or else the day in UTC."""
    stamp = _stamp(found, key)
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(stamp).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    parsed = found.get(f"{key}_parsed") if stamp else None
    try:
        return datetime(*parsed[:3]).date().isoformat() if parsed else None
    except (ValueError, TypeError, OverflowError):
        return None
