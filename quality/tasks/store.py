"""How fast a large store is: readings added and verified a second, and how long a search takes.

The readings are the packaged samples, read once and then varied: words of the text give way to made-up words of the
same length, so that every span keeps its place and every report has words of its own. The times are wall times on the
machine at hand.
"""

import itertools
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TypeVar

from truceline.annotate import Annotator
from truceline.read import report_from_text
from truceline.records import Reading, Report, Span
from truceline.samples import sample_reports
from truceline.store import Store, open_store

REPORTS = 100_000
SEARCHES = 200
SEED = 20161205
# Of the words of five letters or more, how many are made up in each variant; of a report of 400 words that is about 60.
SHARE = 0.4
CHUNK = 500
_WORD = re.compile(r"\b[^\W\d_]{5,}\b")
_ONSETS, _VOWELS = "b ch d f g h k l m n p r s sh t v z".split(), "a e i o u".split()
T = TypeVar("T")


def sample_readings(annotator: Annotator) -> list[Reading]:
    """The readings of the packaged samples."""
    from truceline import read_reports

    return list(read_reports([received.report for received in sample_reports()], annotator))


def measure(readings: Sequence[Reading], number: int, folder: Path | None = None) -> dict[str, float]:
    """Figures of a SQLite file with so many variations of the readings, in `folder` or a temporary one.

    `add_per_s`, `verify_per_s` (readings a second), `search_p50_ms`, `search_p95_ms` (200 searches of one to three
    words, in quotation marks, or with a star), `megabytes` of the file, and `faults` that `verify` found: none.
    """
    with tempfile.TemporaryDirectory(dir=folder) as scratch, open_store(Path(scratch, "store.db")) as store:
        added = 0.0
        queries: list[str] = []
        stream = variations(readings, number)
        while chunk := list(itertools.islice(stream, CHUNK)):
            begin = time.perf_counter()
            store.add(chunk, source="benchmark")
            added += time.perf_counter() - begin
            queries += _queries(chunk[0].report.text, SEED + len(queries))
        times = sorted(_search_seconds(store, query) * 1000 for query in _spread(queries, SEARCHES))
        begin = time.perf_counter()
        faults = sum(1 for _ in store.verify())
        verified = time.perf_counter() - begin
        size = sum(path.stat().st_size for path in Path(scratch).iterdir())
    return {
        "reports": number,
        "add_per_s": number / added,
        "search_p50_ms": statistics.median(times),
        "search_p95_ms": times[int(len(times) * 0.95)],
        "verify_per_s": number / verified,
        "megabytes": size / 1e6,
        "faults": faults,
    }


def variations(readings: Sequence[Reading], number: int) -> Iterator[Reading]:
    """So many sound readings, each of a report of its own; the same ones on every run."""
    vocabulary = _made_up_words(random.Random(SEED))
    chance = random.Random(SEED)
    made: set[str] = set()
    for reading in itertools.islice(itertools.cycle(readings), number):
        one = varied(reading, vocabulary, chance)
        while one.report.id in made:
            one = varied(reading, vocabulary, chance)
        made.add(one.report.id)
        yield one


def varied(reading: Reading, vocabulary: dict[int, list[str]], chance: random.Random) -> Reading:
    """The reading with some of its words made up, the same word alike throughout; every span keeps its offsets."""
    made: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word not in made:
            choices = vocabulary.get(len(word), [])
            # Common words stay common: the lower half of the list is drawn seldom.
            drawn = choices[int(len(choices) * chance.random() ** 2)] if choices else word
            made[word] = drawn if chance.random() < SHARE else word
        return made[word]

    text = _WORD.sub(other, reading.report.text)
    frozen = report_from_text(text, title=reading.report.title, published=reading.report.published)
    report = replace(reading.report, id=frozen.id, text=frozen.text)
    return replace(_over(report, reading), report=report)


def _over(report: Report, value: T) -> T:
    """The value with each span laid over this report's text."""
    if isinstance(value, Span):
        return report.span(value.start, value.end)  # type: ignore[return-value]
    if isinstance(value, list):
        return [_over(report, item) for item in value]  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, Report):
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            if isinstance(before, Span | list):
                changed[field.name] = _over(report, before)
        return replace(value, **changed) if changed else value  # type: ignore[type-var]
    return value


def _made_up_words(chance: random.Random) -> dict[int, list[str]]:
    """Pronounceable words by their length, two thousand of each."""
    words: dict[int, list[str]] = {}
    for length in range(5, 19):
        found: dict[str, None] = {}
        while len(found) < 2000:
            word = ""
            while len(word) < length:
                word += chance.choice(_ONSETS) + chance.choice(_VOWELS)
            found[word[:length]] = None
        words[length] = list(found)
    return words


def _queries(text: str, seed: int) -> list[str]:
    """Searches for what stands in the text: a word, two and three words, a phrase, the beginning of a word."""
    chance = random.Random(seed)
    words = _WORD.findall(text)
    first = chance.randrange(len(words))
    after = text[text.index(words[first]) :].split()[:2]
    phrase = " ".join(after).replace('"', "")
    return [
        words[first],
        " ".join(chance.sample(words, 2)),
        " ".join(chance.sample(words, 3)),
        f'"{phrase}"',
        f"{chance.choice(words)[:4]}*",
    ]


def _spread(values: Sequence[str], number: int) -> list[str]:
    """So many of the values, evenly over all of them."""
    return [values[index * len(values) // number] for index in range(number)] if values else []


def _search_seconds(store: Store, query: str) -> float:
    begin = time.perf_counter()
    store.search(query)
    return time.perf_counter() - begin
