"""PolNeAR, the Political News Attribution Relations corpus: texts and brat-style standoff.

A folder holds `text/<name>.txt` and `attributions/<name>_<annotator>.ann`. In the standoff a `T` line is a span of a
role, perhaps in several pieces; an `E` line links the spans of one attribution. Two traps: the texts must be read
without newline translation, or every offset after the first CR LF is wrong; and a quoted span may itself hold line
breaks, so that not every line of the standoff begins a record. Source of the format: Newell et al., LREC 2018.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Range = tuple[int, int]

_SPAN = re.compile(r"(T\d+)\t([\w-]+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|\r?$)")
_LINK = re.compile(r"E\d+\t(\S.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: for each role the contiguous character ranges in the order of the text, none if it has none."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]


@dataclass(frozen=True, slots=True)
class AttributedText:
    """A news article and its attributions, in the order of their first characters."""

    name: str
    text: str
    attributions: list[Attribution]


def read_polnear(folder: Path) -> list[AttributedText]:
    """The articles of one part (`train`, `dev` …), sorted by name, each as one annotator saw it.

    Of several annotators the first in alphabetical order is kept. Pieces of one role that only white space parts
    are one range; ranges begin and end at characters that are no white space. `ValueError` names what is missing.
    """
    standoffs: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        standoffs[path.stem.rpartition("_")[0]].append(path)
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise ValueError(f"{folder}: no texts; a part of PolNeAR holds text/*.txt and attributions/*.ann")
    articles = []
    for path in texts:
        if not standoffs[path.stem]:
            raise ValueError(f"{folder}: no attributions for the text {path.name}")
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        articles.append(AttributedText(path.stem, text, _attributions(standoffs[path.stem][0], text)))
    return articles


def _attributions(path: Path, text: str) -> list[Attribution]:
    spans: dict[str, list[Range]] = {}
    links: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in file.read().split("\n"):
            if span := _SPAN.match(line):
                spans[span[1]] = [_range(piece, text, path) for piece in span[3].split(";")]
            elif link := _LINK.match(line):
                links.append(link[1])
    found = [_attribution(link, spans, text, path) for link in links]
    return sorted(
        (a for a in found if a.source or a.cue or a.content),
        key=lambda a: (min(a.source + a.cue + a.content), a.cue, a.source, a.content),
    )


def _attribution(link: str, spans: dict[str, list[Range]], text: str, path: Path) -> Attribution:
    roles: dict[str, list[Range]] = {"Source": [], "Cue": [], "Content": []}
    for argument in link.split():
        role, _, key = argument.partition(":")
        role = role.rstrip("0123456789")
        if role in roles:
            if key not in spans:
                raise ValueError(f"{path}: an attribution names the span {key}, which is not there")
            roles[role] += spans[key]
    return Attribution(*(contiguous(text, ranges) for ranges in roles.values()))


def _range(piece: str, text: str, path: Path) -> Range:
    start, end = map(int, piece.split())
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{path}: the range {start}–{end} lies outside the text of {len(text)} characters")
    return start, end


def contiguous(text: str, ranges: list[Range]) -> list[Range]:
    """The maximal contiguous ranges: sorted, trimmed of white space, joined where only white space parts them."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        quote = text[start:end]
        start, end = start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
