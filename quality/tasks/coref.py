"""For whom a pronoun speaks: sixty cases of our own choosing, and how many statements go without their speaker.

`coref_cases.json` beside the package's modules names, for each case, a document, the offset of the pronoun and words of
which the right actor's name or mentions hold one; the texts themselves stay in their corpora.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quality.corpora.gold import GoldReport, read_gold
from quality.reader import as_report
from quality.scoring import percent
from truceline.annotate import Annotation, Annotator
from truceline.extract import Clauses, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.records import Span, Statement
from truceline.resolve import Identities, identified, with_speakers

CASES = Path(__file__).resolve().parents[1] / "coref_cases.json"
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun that speaks, by the offset of its first character, and words that name the right actor."""

    corpus: str
    document: str
    offset: int
    accepted: tuple[str, ...]


def part(data: Path, split: str) -> list[Path]:
    """The documents of the cases and every gold report of `dev`, and the cases; no other part has cases."""
    if split != "dev":
        return []
    named = sorted({_text_file(data, case) for case in read_cases(CASES)})
    return [CASES, *dict.fromkeys([*named, *sorted((_gold(data) / "dev").glob("*.json"))])]


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """Shares in percent: `right` of the cases, and `unnamed` of the statements whose speaker gold names.

    A pronoun that is part of no statement found is asked about all the same, as the speaker of a statement there.
    `unnamed` counts statements found that share at least half of their characters with one of gold. `limit` is cases.
    """
    if split != "dev":
        raise ValueError(f"coref has cases in dev only, none in {split}")
    cases = read_cases(CASES)[:limit]
    texts: dict[Path, list[Case]] = {}
    for case in cases:
        texts.setdefault(_text_file(data, case), []).append(case)
    right = 0
    for path, asked in sorted(texts.items()):
        text, published = _text(path)
        read = Read(annotator.annotate(as_report(text, published)))
        right += sum(is_right(read, case) for case in asked)
    return {"right": percent(right, len(cases)), "unnamed": _unnamed(read_gold(_gold(data) / "dev")[:limit], annotator)}


class Read:
    """One document with its statements and actors, so that a pronoun in it can be asked about."""

    def __init__(self, annotation: Annotation) -> None:
        self.clauses = Clauses(annotation)
        found = statements(annotation)
        self.identities: Identities = identified(annotation, mentions(self.clauses, found, load_registry()))
        self.statements: list[Statement] = with_speakers(self.clauses, found, self.identities)

    def speaker_at(self, offset: int) -> str | None:
        """The id of the actor for whom the pronoun at this character speaks; None if it stays open."""
        for statement in self.statements:
            if statement.speaker_text is not None and statement.speaker_text.start == offset:
                return statement.speaker
        report = self.clauses.annotation.report
        first, _ = self.clauses.words(offset, offset + 1)
        pronoun = report.span(*self.clauses.annotation.characters(first, first + 1))
        asked = Statement("asked", None, pronoun, None, [], "indirect", None, None, None, [], None, 1.0)
        at = bisect_left([_first(statement) for statement in self.statements], offset)
        told = with_speakers(self.clauses, [*self.statements[:at], asked, *self.statements[at:]], self.identities)
        return told[at].speaker

    def called(self, actor: str) -> Iterator[str]:
        """All that the report calls an actor, and the canonical name."""
        for one in self.identities.actors:
            if one.id == actor:
                yield one.name
                yield from (mention.quote for mention in one.mentions)


def is_right(read: Read, case: Case) -> bool:
    """Whether the actor for whom the pronoun speaks is called by one of the accepted words."""
    speaker = read.speaker_at(case.offset)
    if speaker is None:
        return False
    called = [name.casefold() for name in read.called(speaker)]
    return any(word.casefold() in name for word in case.accepted for name in called)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file in its order; `ValueError` if it is no file of cases."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return [
            Case(corpus, case["document"], case["offset"], tuple(case["accepted"]))
            for corpus, listed in record.items()
            for case in listed
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"{path}: not a file of coreference cases ({fault})") from None


def _first(statement: Statement) -> int:
    spans = [statement.speaker_text, statement.cue, *statement.content]
    return min(span.start for span in spans if span is not None)


def _gold(data: Path) -> Path:
    """The folder of gold reports beside the data, or within it."""
    beside = [data.resolve().parent / "gold", data / "gold"]
    return next((folder for folder in beside if (folder / "dev").is_dir()), beside[0])


def _text_file(data: Path, case: Case) -> Path:
    if case.corpus == "gold":
        return _gold(data) / "dev" / f"{case.document}.json"
    return data / "attribution" / case.corpus / "dev" / "text" / f"{case.document}.txt"


def _text(path: Path) -> tuple[str, str | None]:
    """The text of a document, and its day of publication where it is known."""
    if path.suffix == ".json":
        record = json.loads(path.read_text(encoding="utf-8"))
        return record["text"], record.get("published")
    with path.open(encoding="utf-8", newline="") as file:
        return file.read(), None


def _unnamed(reports: list[GoldReport], annotator: Annotator) -> float:
    """The share of the statements found, and spoken by somebody in gold, that are left without a speaker."""
    without = named = 0
    for report in reports:
        read = Read(annotator.annotate(as_report(report.text, report.published)))
        found = [(_characters(statement.content), statement.speaker) for statement in read.statements]
        for record in report.record["statements"]:
            content = _gold_characters(record["content"], report.text)
            same = [speaker for characters, speaker in found if _alike(characters, content)]
            if record["speaker"] is not None and same:
                named += 1
                without += same[0] is None
    return percent(without, named)


def _characters(content: list[Span]) -> set[int]:
    return {at for piece in content for at in range(piece.start, piece.end)}


def _gold_characters(content: list[str], text: str) -> set[int]:
    """The characters of coded strings, each at its first occurrence, or at the one that "@2" names."""
    found: set[int] = set()
    for piece in content:
        quote, mark, number = piece.rpartition("@")
        if piece in text or not mark or not number.isdigit():
            quote, number = piece, "1"
        at = -1
        for _ in range(int(number)):
            at = text.find(quote, at + 1)
        if at >= 0:
            found.update(range(at, at + len(quote)))
    return found


def _alike(one: set[int], other: set[int]) -> bool:
    return 2 * len(one & other) >= len(one | other) > 0
