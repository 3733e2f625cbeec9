"""Events: how well the type is told (PLV), and who did something to whom (cameo_rounds), people's figures beside ours.

PLV: source and target are given, the type is to be told; five folds, so that whoever learns from the set is measured
on sentences not learnt from. cameo_rounds: several people coded the same sentences, and what each of them is worth
against the majority of the others is what can be asked of a program at most.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from quality.corpora.cameo_rounds import Act, CodedSentence, Round, read_roots, read_rounds, round_files
from quality.corpora.plv import FOLDS, Marked, fold, plv_type, read_plv
from quality.reader import as_report, report_reader
from quality.scoring import Range, Tally, matches, overlap, percent
from truceline.annotate import Annotator
from truceline.records import Event, Reading, Report

Classify = Callable[[Marked], str]
Teach = Callable[[Sequence[Marked]], Classify]
CODERS = 3  # so many at least must have coded a sentence: of fewer, the others have no majority


@dataclass(frozen=True, slots=True)
class Dyad:
    """Who did something to whom: where the source and the target stand, any of several places, and the type, if asked.

    `mutual`: done to each other, so that either may be the source.
    """

    source: tuple[Range, ...]
    target: tuple[Range, ...]
    type: str | None
    mutual: bool = False

    def alike(self, other: "Dyad") -> bool:
        """The same type, and sources and targets that share characters."""
        same = _touch(self.source, other.source) and _touch(self.target, other.target)
        turned = _touch(self.source, other.target) and _touch(self.target, other.source)
        return self.type == other.type and (same or ((self.mutual or other.mutual) and turned))


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 in percent against the majority of the others: of each coder, of all coders together, and of the program.

    `dyads` are those of all these majorities together, so that one sees how much the figures stand on.
    """

    coders: dict[int, float]
    people: float
    program: float | None
    dyads: int


@dataclass(slots=True)
class EventsResult:
    """The figures, and lines about each round and each coder."""

    figures: dict[str, float]
    lines: list[str]


def part(data: Path, split: str) -> list[Path]:
    """The rounds of coding and the table from CAMEO to PLOVER; they are one part, called `dev` here."""
    return [*round_files(_rounds(data)).values(), _roots(data)] if split == "dev" else []


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """The program's own figures, for the floors: `who_to_whom`, `who_to_whom_typed`. `limit` is sentences a round."""
    last = _settled(data, read_rounds(_rounds(data)), limit)
    return _program_figures(last, read_roots(_roots(data)), report_reader(annotator))


def examine(
    data: Path, read: Callable[[Report], Reading], limit: int | None = None, types: Mapping[str, str] | None = None
) -> EventsResult:
    """Every figure that can be had, people's and the program's.

    `types` are types told by the example's id, each by a model that did not learn from its fold. Over the sentences of
    the last full round of each hundred: `who_to_whom` and `who_to_whom_typed`, and with `_people` the coders' own. Of
    PLV, macro-F1 in percent: `plv_between_coders`, one coder against the other; `plv_commonest`, the commonest type of
    the other folds for every example; `plv_macro_f1`, of `types`.
    """
    rounds = read_rounds(_rounds(data))
    last = _settled(data, rounds, limit)
    roots = read_roots(_roots(data))
    figures = _program_figures(last, roots, read)
    lines = []
    for typed in (False, True):
        figures[_name(typed) + "_people"] = agreement(_sentences(last), roots, typed=typed).people
        lines += [_line(one, roots, typed) for one in rounds if any(len(s.acts) >= CODERS for s in one.sentences)]
    return EventsResult({**figures, **plv_figures(read_plv(_plv(data)), types)}, lines)


def read_types(path: Path) -> dict[str, str]:
    """Types told for examples of PLV, from a JSON object of the examples' ids and types; `ValueError` if it is none."""
    try:
        types = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ValueError(f"{path}: not JSON ({fault})") from None
    if not isinstance(types, dict) or not all(isinstance(kind, str) for kind in types.values()):
        raise ValueError(f'{path}: not a JSON object of types by the id of the example, such as {{"788": "AGREE"}}')
    return types


def plv_figures(examples: Sequence[Marked], types: Mapping[str, str] | None = None) -> dict[str, float]:
    """The figures of PLV; `ValueError` names an example for which `types` holds nothing."""
    if not examples:
        raise ValueError("PLV holds no examples")
    gold = [example.type for example in examples]
    first, second = ([example.coders[i] for example in examples] for i in (0, 1))
    baseline = five_fold(examples, commonest)
    figures = {
        "plv_coders_agree": percent(sum(a == b for a, b in zip(first, second, strict=True)), len(examples)),
        "plv_between_coders": macro_f1(first, second),
        "plv_commonest": macro_f1(gold, [baseline[example.id] for example in examples]),
    }
    if types is not None:
        if missing := [example.id for example in examples if example.id not in types]:
            raise ValueError(f"no type for the PLV example {missing[0]} ({len(missing)} of {len(examples)} lack one)")
        figures["plv_macro_f1"] = macro_f1(gold, [plv_type(types[example.id]) for example in examples])
    return figures


def five_fold(examples: Sequence[Marked], teach: Teach) -> dict[str, str]:
    """The type told for each example, by its id, by what `teach` made of the examples in the other four folds."""
    told = {}
    for held_out in range(FOLDS):
        asked = [example for example in examples if fold(example) == held_out]
        if asked:
            classify = teach([example for example in examples if fold(example) != held_out])
            told.update({example.id: classify(example) for example in asked})
    return told


def commonest(examples: Sequence[Marked]) -> Classify:
    """The least that can be learnt: the commonest type (of equals the first in the alphabet) for everything."""
    counts = Counter(example.type for example in examples)
    kind = min(counts, key=lambda name: (-counts[name], name), default="")
    return lambda example: kind


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean of the F1 of every type that occurs in `gold`, in percent, over all examples at once."""
    scores = []
    for kind in sorted(set(gold)):
        tally = Tally(sum(g == f == kind for g, f in zip(gold, found, strict=True)))
        tally.found, tally.gold = sum(f == kind for f in found), sum(g == kind for g in gold)
        scores.append(tally.f1())
    return sum(scores) / len(scores) if scores else 0.0


def settled(rounds: Sequence[Round], limit: int | None = None) -> list[Round]:
    """The last round of each hundred sentences that at least three people finished, with `limit` sentences each."""
    last: dict[frozenset[str], Round] = {}
    for one in rounds:
        if one.sentences and all(len(sentence.acts) >= CODERS for sentence in one.sentences):
            last[frozenset(sentence.text for sentence in one.sentences)] = one
    return [replace(one, sentences=one.sentences[:limit]) for one in last.values()]


def agreement(
    sentences: Iterable[CodedSentence],
    roots: Mapping[str, frozenset[str]],
    found: Callable[[str], Sequence[Dyad]] | None = None,
    *,
    typed: bool = False,
) -> Agreement:
    """Each coder against the majority of the others, and the program, if `found` gives its dyads for a sentence's text.

    A dyad stands in the majority if more than half of the other coders have it. Pairs are one to one, counts are added
    up over sentences (micro average). The program meets the very majorities that the coders meet, each coder left out
    in turn, so that the two figures may be compared. With `typed` the types must be the same. Sentences with fewer
    than three coders are left out.
    """
    coders: dict[int, Tally] = {}
    people, program = Tally(), Tally()
    for sentence in sentences:
        if len(sentence.acts) < CODERS:
            continue
        coded = {coder: coded_dyads(acts, roots, typed=typed) for coder, acts in sentence.acts.items()}
        ours = distinct(_retyped(found(sentence.text), typed)) if found else []
        for coder, theirs in coded.items():
            reference = majority([dyads for other, dyads in coded.items() if other != coder])
            for tally in (people, coders.setdefault(coder, Tally())):
                tally.add(matches(reference, theirs, Dyad.alike), len(theirs), len(reference))
            program.add(matches(reference, ours, Dyad.alike), len(ours), len(reference))
    by_coder = {coder: tally.f1() for coder, tally in sorted(coders.items())}
    return Agreement(by_coder, people.f1(), program.f1() if found else None, people.gold)


def majority(codings: Sequence[Sequence[Dyad]]) -> list[Dyad]:
    """The distinct dyads that more than half of the codings hold, as the first of them marks them."""
    kept: list[Dyad] = []
    for dyad in (dyad for coding in codings for dyad in coding):
        holders = sum(any(map(dyad.alike, coding)) for coding in codings)
        if 2 * holders > len(codings) and not any(map(dyad.alike, kept)):
            kept.append(dyad)
    return kept


def coded_dyads(acts: Iterable[Act], roots: Mapping[str, frozenset[str]], *, typed: bool = False) -> list[Dyad]:
    """A coder's dyads: each source of an act with each of its targets, every pair once (with `typed`, once a type).

    Acts whose root PLOVER dropped, statements and appeals, are left out, and so is an act without source or target.
    An act to which the coder gave no root counts where types are not asked for.
    """
    dyads = []
    for act in acts:
        types = roots.get(act.root, frozenset()) if act.root else frozenset([""])
        if types and (act.root or not typed):
            kind = plv_type(min(types)) if typed else None  # of one root's types, CONCEDE and RETREAT, PLV makes one
            dyads += [Dyad((source,), (target,), kind) for source in act.sources for target in act.targets]
    return distinct(dyads)


def found_dyads(reading: Reading) -> list[Dyad]:
    """The program's dyads in a reading: each actor of an event with each recipient, at any of their mentions.

    Meetings and whatever else has several actors and no recipient, and fighting in which both sides are both, are
    done to each other. Events that are said not to have happened are left out.
    """
    places = {actor.id: tuple((m.start, m.end) for m in actor.mentions) for actor in reading.actors}
    return [
        Dyad(places.get(one, ()), places.get(other, ()), plv_type(event.type), mutual)
        for event in reading.events
        if event.modality != "denied"
        for one, other, mutual in _pairs(event)
    ]


def distinct(dyads: Iterable[Dyad]) -> list[Dyad]:
    """The dyads without those that are alike to an earlier one."""
    kept: list[Dyad] = []
    for dyad in dyads:
        if not any(map(dyad.alike, kept)):
            kept.append(dyad)
    return kept


def _settled(data: Path, rounds: Sequence[Round], limit: int | None) -> list[Round]:
    last = settled(rounds, limit)
    if not last:
        raise ValueError(f"{_rounds(data)}: no round of coding that at least {CODERS} people finished")
    return last


def _pairs(event: Event) -> Iterator[tuple[str, str, bool]]:
    if not event.recipients or set(event.actors) == set(event.recipients):
        yield from ((one, other, True) for one, other in combinations(event.actors, 2))
    else:
        yield from ((one, other, False) for one in event.actors for other in event.recipients if one != other)


def _retyped(dyads: Iterable[Dyad], typed: bool) -> Iterator[Dyad]:
    return (dyad if typed else replace(dyad, type=None) for dyad in dyads)


def _program_figures(
    rounds: Sequence[Round], roots: Mapping[str, frozenset[str]], read: Callable[[Report], Reading]
) -> dict[str, float]:
    found = {s.text: found_dyads(read(as_report(s.text))) for s in _sentences(rounds) if len(s.acts) >= CODERS}
    both = {typed: agreement(_sentences(rounds), roots, found.__getitem__, typed=typed) for typed in (False, True)}
    return {_name(typed): one.program or 0.0 for typed, one in both.items()}


def _line(one: Round, roots: Mapping[str, frozenset[str]], typed: bool) -> str:
    met = agreement(one.sentences, roots, typed=typed)
    coders = "  ".join(f"coder {coder} {score:.1f}" for coder, score in met.coders.items())
    return f"{_name(typed)}, round {one.number:2}: people {met.people:.1f} over {met.dyads} dyads  ({coders})"


def _sentences(rounds: Iterable[Round]) -> Iterator[CodedSentence]:
    return (sentence for one in rounds for sentence in one.sentences)


def _name(typed: bool) -> str:
    return "who_to_whom_typed" if typed else "who_to_whom"


def _touch(some: tuple[Range, ...], others: tuple[Range, ...]) -> bool:
    return any(overlap(a, b) for a in some for b in others)


def _rounds(data: Path) -> Path:
    return data / "events" / "cameo_rounds"


def _roots(data: Path) -> Path:
    return data / "events" / "plover" / "CAMEO2PLOVER-2021.txt"


def _plv(data: Path) -> Path:
    return data / "events" / "plv" / "PLV_train.tsv"
