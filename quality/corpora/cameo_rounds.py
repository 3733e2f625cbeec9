"""Two hundred news sentences, each coded by three to five people in several rounds: who did what to whom.

A folder for each round (`training_round_7/summary.csv`), one line a sentence, columns for each coder: what is marked
(`entities_3`: label, words, offset), what belongs together (`relations_3`: pairs of label and words), and the CAMEO
root of each action (`Action1_CAMEO_3`). Rounds 1 to 7 code one hundred sentences again and again, while the coders talk
their differences over; rounds 8 to 10 another hundred. The map from CAMEO to PLOVER is that of the PLOVER manual.
"""

import ast
import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality.scoring import Range

Entity = tuple[str, str, Range]  # label, words, characters
_ROUND = re.compile(r"training_round_(\d+)")
_VERSION = re.compile(r"summary(?:_v(\d+))?\.csv")
_LABEL = re.compile(r"(Action|Source|Target)-(\d+)")
_ROOT = re.compile(r"\d-(\d+)\b")
_HEADING = re.compile(r"(\d\d): ([A-Z]+)\s*")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, by one coder: by whom and to whom, as marked, and its CAMEO root, two digits."""

    sources: tuple[Range, ...]
    targets: tuple[Range, ...]
    root: str | None


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence and, for each coder who finished it, the acts found in it; no act where the coder saw none."""

    text: str
    acts: dict[int, list[Act]]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of coding."""

    number: int
    sentences: list[CodedSentence]


def round_files(folder: Path) -> dict[int, Path]:
    """The file of each round, by its number: the last version, where several lie there; {} if there is no round.

    A file without a version in its name comes after `_v1` and before `_v2`; one that is marked `_wrong` is left out.
    """
    latest: dict[int, tuple[float, Path]] = {}
    for path in folder.glob("*/summary*.csv"):
        place, name = _ROUND.fullmatch(path.parent.name), _VERSION.fullmatch(path.name)
        if place and name:
            version = float(name[1]) if name[1] else 1.5
            latest[int(place[1])] = max(latest.get(int(place[1]), (0.0, path)), (version, path))
    return {number: path for number, (_, path) in sorted(latest.items())}


def read_rounds(folder: Path) -> list[Round]:
    """The rounds in this folder by number; `ValueError` names the file and line that cannot be read."""
    return [Round(number, read_round(path)) for number, path in round_files(folder).items()]


def read_round(path: Path) -> list[CodedSentence]:
    """The sentences of one file in its order."""
    sentences = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        names = table.fieldnames or ()
        coders = sorted(int(name.removeprefix("entities_")) for name in names if name.startswith("entities_"))
        if "sentences" not in names or not coders:
            raise ValueError(f"{path}: no columns sentences and entities_1, entities_2 … in the first line")
        for row in table:
            try:
                sentences.append(_sentence(row, coders))
            except (ValueError, SyntaxError, TypeError, AttributeError, KeyError) as fault:
                raise ValueError(f"{path}, line {table.line_num}: not a coded sentence ({fault})") from None
    return sentences


def read_roots(path: Path) -> dict[str, frozenset[str]]:
    """PLOVER's types for each CAMEO root (two digits), from the headings of the conversion table.

    A root that has none, 01 (public statement) and 02 (appeal), was dropped from PLOVER. `ValueError` if the file has
    no headings.
    """
    roots: dict[str, frozenset[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            roots[heading[1]] = roots.get(heading[1], frozenset()) | {heading[2]}
    if not roots:
        raise ValueError(f"{path}: no headings such as '04: CONSULT', so no table from CAMEO to PLOVER")
    return roots


def _sentence(row: dict[str, str], coders: Iterable[int]) -> CodedSentence:
    text = row["sentences"].strip()
    finished = [coder for coder in coders if row[f"anncomplete_{coder}"].lower() == "true"]
    return CodedSentence(text, {coder: _acts(row, coder, text) for coder in finished})


def _acts(row: dict[str, str], coder: int, text: str) -> list[Act]:
    entities = [
        (label, words, _place(words, offset, text)) for label, words, offset in _listed(row[f"entities_{coder}"])
    ]
    pairs = [{tuple(end) for end in pair} for pair in _listed(row[f"relations_{coder}"])]
    acts = []
    for number in sorted({m[2] for label, _, _ in entities if (m := _LABEL.fullmatch(label)) and m[1] == "Action"}):
        code = _ROOT.match(row.get(f"Action{number}_CAMEO_{coder}") or "")
        sources, targets = (_belonging(role, number, entities, pairs) for role in ("Source", "Target"))
        acts.append(Act(sources, targets, f"{int(code[1]):02}" if code else None))
    return acts


def _listed(cell: str) -> list[Any]:
    value = ast.literal_eval(cell or "[]")  # data only: literals are read, nothing is run
    if not isinstance(value, list):
        raise ValueError(f"{cell[:40]!r} is no list")
    return value


def _belonging(role: str, number: str, entities: list[Entity], pairs: list[set[tuple[str, ...]]]) -> tuple[Range, ...]:
    """The sources or targets tied to an action; where the coder tied none, those that bear the action's number."""
    actions = {(label, words) for label, words, _ in entities if label == f"Action-{number}"}
    others = [(label, words, place) for label, words, place in entities if label.startswith(role)]
    tied = {
        place
        for label, words, place in others
        if any((label, words) in pair and pair & (actions - {(label, words)}) for pair in pairs)
    }
    return tuple(sorted(tied or {place for label, _, place in others if label == f"{role}-{number}"}))


def _place(words: str, offset: int, text: str) -> Range:
    """Where the words stand: at the offset, or, since some offsets count white space that is gone, nearest to it."""
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    if not found or not words:
        raise ValueError(f"{words!r} does not stand in the sentence")
    start = min(found, key=lambda at: abs(at - offset))
    return start, start + len(words)
