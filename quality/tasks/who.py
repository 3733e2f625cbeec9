"""Who stands behind the statements of our gold reports: countries and sides of actors, and who is spoken to.

The scorer beside the gold reports counts none of these. Actors and statements are paired as it pairs them: one to one,
by the mentions that they share, and by content of which at least half is common.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from quality.corpora.gold import GoldReport
from quality.scoring import Range, jaccard, percent

Record = dict[str, Any]
_NTH = re.compile(r"(.*)@(\d+)", re.DOTALL)
_SAME = 0.5  # Jaccard over characters from which two mentions, or two contents, are the same


def figures(reports: Iterable[tuple[GoldReport, Record | None]]) -> dict[str, float]:
    """Figures in percent, of gold reports and their readings as JSON (None where there is none); {} without actors.

    `actor country`, `actor side`: paired actors with the gold's `country`, and with its `of`. `addressee precision`: of
    the addressees found in paired statements; `addressee recall`: of all addressees that gold gives.
    """
    actors = countries = sides = found = right = coded = 0
    for report, reading in reports:
        gold, read = report.record, reading or {"actors": [], "statements": []}
        keys = paired_actors(report, read)
        by_key = {actor["key"]: actor for actor in gold.get("actors", [])}
        for actor in read["actors"]:
            if (key := keys.get(actor["id"])) is not None:
                actors += 1
                countries += actor["country"] == by_key[key].get("country")
                sides += keys.get(actor["of"], actor["of"]) == by_key[key].get("of")
        coded += sum(bool(statement.get("addressee")) for statement in gold.get("statements", []))
        for theirs, ours in _paired_statements(report, read):
            found += ours["addressee_text"] is not None
            right += _same_addressee(theirs.get("addressee"), ours, keys)
    if not actors:
        return {}
    return {
        "actor country": percent(countries, actors),
        "actor side": percent(sides, actors),
        "addressee precision": percent(right, found),
        "addressee recall": percent(right, coded),
    }


def paired_actors(report: GoldReport, reading: Record) -> dict[str, str]:
    """The gold key of each actor of the reading that is paired with one, by its id."""
    gold = report.record.get("actors", [])
    mentions = [[places_of(quote, report.text) for quote in actor["mentions"]] for actor in gold]

    def shared(i: int, actor: Record) -> float:
        spans = [(m["start"], m["end"]) for m in actor["mentions"]]
        return sum(any(jaccard(p, s) >= _SAME for p in places for s in spans) for places in mentions[i])

    return {reading["actors"][j]["id"]: gold[i]["key"] for i, j in _paired(len(gold), reading["actors"], shared)}


def places_of(quote: str, text: str) -> list[Range]:
    """Where a string of the gold may stand; `words@2` is the second place only."""
    numbered = _NTH.fullmatch(quote) if quote not in text else None
    words = numbered[1] if numbered else quote
    found = [(m.start(), m.start() + len(words)) for m in re.finditer(f"(?={re.escape(words)})", text)] if words else []
    return found[int(numbered[2]) - 1 : int(numbered[2])] if numbered else found


def _paired(size: int, found: Sequence[Record], weight: Callable[[int, Record], float]) -> list[tuple[int, int]]:
    """Pairs of gold and found indices, the heaviest first, each in one pair at most."""
    edges = sorted((-weight(i, one), i, j) for i in range(size) for j, one in enumerate(found))
    pairs: dict[int, int] = {}
    for negative, i, j in edges:
        if negative < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _paired_statements(report: GoldReport, reading: Record) -> list[tuple[Record, Record]]:
    gold, ours = report.record.get("statements", []), reading["statements"]
    contents = [
        [place for piece in statement["content"] for place in places_of(piece, report.text)[:1]] for statement in gold
    ]

    def common(i: int, statement: Record) -> float:
        theirs = {c for start, end in contents[i] for c in range(start, end)}
        mine = {c for span in statement["content"] for c in range(span["start"], span["end"])}
        share = len(theirs & mine) / len(theirs | mine) if theirs | mine else 0.0
        return share if share >= _SAME else 0.0

    return [(gold[i], ours[j]) for i, j in _paired(len(gold), ours, common)]


def _same_addressee(gold: str | None, statement: Record, keys: dict[str, str]) -> bool:
    """Whether the gold's addressee, a key or words of the report, is the one found."""
    if not gold or statement["addressee_text"] is None:
        return False
    if keys.get(statement["addressee"]) == gold:
        return True
    words = statement["addressee_text"]["quote"].lower()
    return gold.lower() in words or words in gold.lower()
