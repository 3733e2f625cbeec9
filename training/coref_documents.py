"""Documents whose coreference is known, read by Truceline: GUM, GAP, and the reports coded by the codebook.

Each document comes with what Truceline finds in it (annotation, statements, mentions of actors) and with the truth
about it, as far as it is known: the entity of each mention and of each pronoun, by any name that tells entities apart.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from truceline.annotate import Annotation, Annotator
from truceline.extract import Clauses, Mention, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.records import Report, Statement

Range = tuple[int, int]
Entities = list[tuple[int, int, str]]  # characters, and the entity that they refer to

_SAME = 0.5  # of the characters of two phrases together, to be one
_BRACKET = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")
_PRONOUNS = frozenset({"he", "she", "it", "they"})


@dataclass(slots=True)
class Document:
    """One text as Truceline reads it, and who is who in it; `pronouns` is by word, an entity None where unknown."""

    name: str
    clauses: Clauses
    statements: list[Statement]
    mentions: list[Mention]
    entities: dict[Mention, str | None]
    pronouns: dict[int, str]

    @property
    def annotation(self) -> Annotation:
        return self.clauses.annotation


def gum(data: Path, split: str, annotator: Annotator) -> Iterator[Document]:
    """GUM's documents of free genres, with every pronoun and every phrase of its coreference layer."""
    for path in sorted((data / "ud" / "gum" / split).glob("*.conllu")):
        text, tokens = _running_text(path)
        phrases = [
            (tokens[first][0], tokens[last][1], entity)
            for first, last, entity in _coreference(data / "coref" / "gum" / split / f"{path.stem}.conll")
        ]
        words = set(tokens)
        alone = {start: entity for start, end, entity in phrases if (start, end) in words}
        yield _document(path.stem, text, None, phrases, alone, annotator)


def gap(data: Path, part: str, annotator: Annotator) -> Iterator[Document]:
    """GAP's snippets in which one of the two names is right: that name and the pronoun asked about."""
    with (data / "coref" / "gap" / f"gap-{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            right = [name for name in "AB" if row[f"{name}-coref"].upper() == "TRUE"]
            names = [(int(row[f"{name}-offset"]), row[name], name) for name in "AB"]
            phrases = [(start, start + len(quote), name) for start, quote, name in names]
            if right:
                asked = {int(row["Pronoun-offset"]): right[0]}
                yield _document(row["ID"], row["Text"], None, phrases, asked, annotator, inside=True)


def coded(gold: Path, annotator: Annotator) -> Iterator[Document]:
    """The reports coded by the codebook: the mentions of actors, and the pronouns that speak."""
    for path in sorted(gold.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = record["text"]
        phrases = [
            (start, end, actor["key"])
            for actor in record["actors"]
            for quote in actor["mentions"]
            for start, end in _places(quote, text)
        ]
        speaking = dict(filter(None, (_speaking(statement, text) for statement in record["statements"])))
        yield _document(path.stem, text, record["published"], phrases, speaking, annotator)


def _document(
    name: str, text: str, published: str | None, phrases: Entities, pronouns: dict[int, str], annotator: Annotator,
    *, inside: bool = False,
) -> Document:  # fmt: skip
    """`pronouns` is by the first character; with `inside`, a phrase also counts for a mention of which it is a part."""
    annotation = annotator.annotate(Report("", None, None, None, published, "en", text))
    clauses, said = Clauses(annotation), statements(annotation)

    def entity(mention: Mention) -> str | None:
        words = mention.name or (mention.first, mention.end) if inside else (mention.first, mention.end)
        return _entity(phrases, *annotation.characters(*words), 0.0 if inside else _SAME)

    by_word = {w: pronouns[int(start)] for w, start in enumerate(annotation.starts) if int(start) in pronouns}
    found = mentions(clauses, said, load_registry())
    return Document(name, clauses, said, found, {mention: entity(mention) for mention in found}, by_word)


def _entity(phrases: Entities, start: int, end: int, least: float) -> str | None:
    """The entity of the phrase most like these characters; None if none is like them, or two entities' alike."""
    shares: dict[str, float] = {}
    for first, last, entity in phrases:
        common = min(end, last) - max(start, first)
        share = common / (max(end, last) - min(start, first))
        if common > 0 and share >= least:
            shares[entity] = max(shares.get(entity, 0.0), share)
    best = [entity for entity, share in shares.items() if share == max(shares.values())]
    return best[0] if len(best) == 1 else None


def _running_text(path: Path) -> tuple[str, list[Range]]:
    """The text of a CoNLL-U file, paragraphs on lines of their own, and the characters of each of its words."""
    text, at = "", 0
    words: list[Range] = []
    gap = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            gap = "\n"
        elif line.startswith("# text ="):
            text += (gap if text else "") + line.partition("=")[2].strip()
            at = len(text) - len(line.partition("=")[2].strip())
            gap = " "
        elif line.partition("\t")[0].isdigit():
            form = line.split("\t")[1]
            at = text.index(form, at)
            words.append((at, at + len(form)))
            at += len(form)
    return text, words


def _coreference(path: Path) -> Iterator[tuple[int, int, str]]:
    """First word, last word and entity ("person-3") of each phrase; words are counted through the document."""
    open_at: dict[str, list[int]] = defaultdict(list)
    word = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if "\t" not in line:
            continue
        for alone, opened, closed in _BRACKET.findall(line.rpartition("\t")[2]):
            entity = "-".join((alone or opened or closed).split("-")[:2])
            if opened:
                open_at[entity].append(word)
            else:
                yield word if alone else open_at[entity].pop(), word, entity
        word += 1


def _speaking(statement: dict[str, object], text: str) -> tuple[int, str] | None:
    """The first character of a pronoun that speaks and who does; of several the one nearest to cue and content."""
    quote, speaker = statement["speaker_text"], statement["speaker"]
    if not isinstance(quote, str) or not isinstance(speaker, str):
        return None
    if quote.rpartition("@")[0].lower() in _PRONOUNS:
        return _places(quote, text)[0][0], speaker
    if quote.lower() not in _PRONOUNS:
        return None
    content = statement["content"]
    assert isinstance(content, list)
    near = [start for piece in [statement["cue"] or content[0], *content] for start, _ in _places(piece, text)]
    places = [m.start() for m in re.finditer(rf"\b{quote}\b", text)]
    return min(places, key=lambda at: min(abs(at - other) for other in near)), speaker


def _places(quote: str, text: str) -> list[Range]:
    """Where a coded string stands: everywhere, or with "@2" at its second occurrence only."""
    plain, mark, number = quote.rpartition("@")
    which = int(number) - 1 if mark and number.isdigit() and quote not in text else None
    plain = quote if which is None else plain
    found = [(m.start(), m.start() + len(plain)) for m in re.finditer(f"(?={re.escape(plain)})", text)]
    return found if which is None else found[which : which + 1]
