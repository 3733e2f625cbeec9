"""Sentences with who did something to whom marked in them, and which of PLOVER's types it was: the PLV set.

Source: Hu et al., Leveraging codebook knowledge with NLI and ChatGPT for zero-shot political relation classification
(ACL 2024). One line an example, tab-separated, with a line of column names; `<s>…</s>` and `<t>…</t>` mark the source
and the target in `marked_sentence`. Two people coded the types; `gold_root` is what was settled on.
"""

import csv
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quality.scoring import Range

# PLOVER's sixteen types with CONCEDE and RETREAT as one, YIELD, as an earlier edition of the codebook had them.
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
FOLDS = 5
_COLUMNS = ("sentence_id", "marked_sentence", "gold_root", "root_L1", "root_L2")
_MARK = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class Marked:
    """One example: the sentence without its marks, the characters of source and target, and its type.

    `source` and `target` hold a range for each place where the actor is marked, none where the sentence does not name
    it. `coders` are the types that the two coders gave. `id` is the sentence's number, for the second and later
    examples of a sentence with a dot and the example's number: `788`, `788.2`.
    """

    id: str
    text: str
    source: tuple[Range, ...]
    target: tuple[Range, ...]
    type: str
    coders: tuple[str, str]


def read_plv(path: Path) -> list[Marked]:
    """The examples of one file in its order; `ValueError` names the file and the line that is no such example."""
    examples = []
    seen: Counter[str] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file, delimiter="\t")
        if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
            raise ValueError(f"{path}: no column {missing[0]} in the first line")
        for row in table:
            seen[row["sentence_id"]] += 1
            try:
                examples.append(_example(row, seen[row["sentence_id"]]))
            except (ValueError, TypeError) as fault:  # a line that is too short gives None for text
                raise ValueError(f"{path}, line {table.line_num}: {fault}") from None
    return examples


def plv_type(event_type: str) -> str:
    """The set's name for one of the codebook's sixteen types: CONCEDE and RETREAT are YIELD, the others themselves."""
    return "YIELD" if event_type in ("CONCEDE", "RETREAT") else event_type


def fold(example: Marked) -> int:
    """Which of the five folds the example is in, 0 to 4, by a hash of its text: one sentence is never in two folds."""
    return int(hashlib.sha256(example.text.encode("utf-8")).hexdigest(), 16) % FOLDS


def _example(row: dict[str, str], number: int) -> Marked:
    for column in ("gold_root", "root_L1", "root_L2"):
        if row[column] not in TYPES:
            raise ValueError(f"{row[column]!r} in the column {column} is no type")
    text, marked = unmarked(row["marked_sentence"])
    name = row["sentence_id"] if number == 1 else f"{row['sentence_id']}.{number}"
    return Marked(name, text, marked["s"], marked["t"], row["gold_root"], (row["root_L1"], row["root_L2"]))


def unmarked(sentence: str) -> tuple[str, dict[str, tuple[Range, ...]]]:
    """The sentence without marks, and the ranges that `s` and `t` marked, without white space at either end.

    `ValueError` if a mark is not closed, or closed without having been opened.
    """
    text = ""
    opened: dict[str, int] = {}
    found: dict[str, list[Range]] = {"s": [], "t": []}
    at = 0
    for mark in _MARK.finditer(sentence):
        text += sentence[at : mark.start()]
        at = mark.end()
        closes, role = bool(mark[1]), mark[2]
        if closes != (role in opened):
            raise ValueError(f"the mark {mark[0]} stands alone")
        if not closes:
            opened[role] = len(text)
        elif words := text[opened[role] :].strip():
            start = text.index(words, opened[role])
            found[role].append((start, start + len(words)))
        if closes:
            del opened[role]
    if opened:
        raise ValueError(f"the mark <{next(iter(opened))}> is not closed")
    return text + sentence[at:], {role: tuple(ranges) for role, ranges in found.items()}
