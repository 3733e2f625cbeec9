"""Articles with place names and their coordinates: the Local-Global Lexicon (LGL) and GeoVirus, in their XML.

Sources: Lieberman, Samet and Sankaranarayanan, Geotagging with local lexicons (ICDE 2010); Gritta, Pilehvar and
Collier, Which Melbourne? (ACL 2018).
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name of characters `start` to `end`; `point` is degrees latitude and longitude, None where not given."""

    start: int
    end: int
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its toponyms in the order of the text."""

    text: str
    url: str | None
    toponyms: list[Toponym]


def read_toponyms(path: Path) -> list[Article]:
    """The articles of one file; `ValueError` names the file and the article whose names do not stand where it says."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as fault:
        raise ValueError(f"{path}: no XML ({fault})") from None
    articles = []
    for number, article in enumerate(root.iter("article"), start=1):
        text = article.findtext("text") or ""
        found = sorted(_toponyms(article, text, f"{path}, article {number}"), key=lambda t: (t.start, t.end))
        articles.append(Article(text, article.findtext("url") or article.findtext("source"), found))
    return articles


def _toponyms(article: ElementTree.Element, text: str, where: str) -> Iterator[Toponym]:
    for node in article.iter("toponym"):  # LGL
        place = node.find("gaztag")
        yield _toponym(text, node, "phrase", 0, place, where, "lon")
    for node in article.iter("location"):  # GeoVirus counts characters from one
        yield _toponym(text, node, "name", 1, node, where, "lon")


def _toponym(
    text: str, node: ElementTree.Element, tag: str, first: int, place: ElementTree.Element | None, where: str, lon: str
) -> Toponym:
    name = node.findtext(tag) or ""
    start = int(node.findtext("start") or 0) - first
    if not name or text[start : start + len(name)] != name:
        raise ValueError(f"{where}: {name!r} does not stand at character {start}")
    latitude, longitude = (None, None) if place is None else (place.findtext("lat"), place.findtext(lon))
    point = (float(latitude), float(longitude)) if latitude and longitude else None
    return Toponym(start, start + len(name), point)
