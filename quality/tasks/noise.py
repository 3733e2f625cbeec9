"""Noise: what is found in texts in which nobody negotiates.

Twelve texts of our own stand in `noise_texts/`, a match report, a recipe, an obituary and so on, all names invented.
They use the words of negotiation for other things: a striker refuses to sign, a film is called Ceasefire, a mountain
has a summit. Whatever is found there of proposals, positions, commitments and events is spurious.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quality.reader import as_report, report_reader
from quality.tasks.gold import Read
from truceline.annotate import Annotator
from truceline.records import Reading

TEXTS = Path(__file__).parents[1] / "noise_texts"
KINDS = ("proposals", "positions", "commitments", "events")
BARS = {"proposals": 1, "positions": 0, "events": 2}  # at most so many in all the texts; commitments are shown only
PUBLISHED = "2024-11-25"  # a Monday; the texts name weekdays


@dataclass(frozen=True, slots=True)
class Noise:
    """The spurious records of one text: how many of each kind, and a line for each."""

    name: str
    counts: dict[str, int]
    found: list[str]


def part(data: Path, split: str) -> list[Path]:
    """The texts; `data` is not looked at, and they are one part, called `dev`."""
    return sorted(TEXTS.glob("*.txt")) if split == "dev" else []


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """For the floors: `KIND_within_bar` for each kind with a bar, 100 if it is kept and 0 if not. `limit` is texts."""
    return within_bars(totals(noise(part(data, split)[:limit], report_reader(annotator))))


def noise(files: Sequence[Path], read: Read) -> list[Noise]:
    """What is found in each of the files; `ValueError` if there are none, or one cannot be read."""
    if not files:
        raise ValueError(f"{TEXTS}: no texts (*.txt) here; they are one part, called dev")
    found = []
    for path in files:
        try:
            reading = read(as_report(path.read_text(encoding="utf-8"), PUBLISHED))
        except Exception as fault:  # whatever it is, it ends in one sentence that names the text
            raise ValueError(f"{path}: not read ({type(fault).__name__}: {fault})") from fault
        counts = {kind: len(getattr(reading, kind)) for kind in KINDS}
        found.append(Noise(path.stem, counts, list(_lines(reading))))
    return found


def totals(found: Sequence[Noise]) -> dict[str, int]:
    """How many spurious records of each kind there are in all the texts."""
    return {kind: sum(one.counts[kind] for one in found) for kind in KINDS}


def within_bars(sums: dict[str, int]) -> dict[str, float]:
    """`KIND_within_bar` for each kind that has a bar: 100 if no more than that were found, else 0."""
    return {f"{kind}_within_bar": 100.0 * (sums[kind] <= bar) for kind, bar in BARS.items()}


def table(found: Sequence[Noise]) -> list[str]:
    """The counts of each text and of all, the bars, and under them every spurious record, as lines of text."""
    width = max(len("at most, in all"), *(len(one.name) for one in found))
    sums = totals(found)
    lines = [f"{'':{width}}" + "".join(f"  {kind:>11}" for kind in KINDS)]
    lines += [f"{one.name:{width}}" + "".join(f"  {one.counts[kind]:11}" for kind in KINDS) for one in found]
    lines.append(f"{'in all':{width}}" + "".join(f"  {sums[kind]:11}" for kind in KINDS))
    lines.append(f"{'at most, in all':{width}}" + "".join(f"  {BARS.get(kind, '–'):>11}" for kind in KINDS))
    return lines + [f"{one.name}: {line}" for one in found for line in one.found]


def _lines(reading: Reading) -> Iterator[str]:
    named = {actor.id: actor.name for actor in reading.actors}
    for proposal in reading.proposals:
        yield f"proposal ({proposal.kind}): {'; '.join(mention.quote for mention in proposal.mentions)}"
    for position in reading.positions:
        yield f"position: {named.get(position.actor, position.actor)} {position.stance}: {position.evidence.quote}"
    for commitment in reading.commitments:
        yield f"commitment ({commitment.kind}): {commitment.action.quote}"
    for event in reading.events:
        yield f"event ({event.type}): {event.trigger.quote}"
