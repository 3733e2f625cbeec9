"""Coded reports as the program itself would see them, with what it should find: words, phrases, links.

The actors are those that the program finds, so that the learned part learns to work with them; each is matched with an
actor of the coding by the mentions that they share, as the reports are scored. Coded actors that the program misses are
added.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

import numpy as np

from quality.reader import as_report
from training.examples import coded_places
from truceline.annotate import Annotator
from truceline.extract import Clauses, mentions, places, statements, times, with_days
from truceline.extract.negotiation.proposal_mentions import ProposalMention, proposal_mention
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.lexicon.registry import load_registry
from truceline.records import Actor
from truceline.records import reading as records
from truceline.resolve import identified, references, with_speakers

KINDS, TERMS, STAGES, STANCES, COMMITMENTS, EVENTS, MODALITIES = (
    get_args(kind)
    for kind in (
        records.ProposalKind, records.TermKind, records.StageKind, records.Stance, records.CommitmentKind,
        records.EventType, records.Modality,
    )
)  # fmt: skip
LABELS = {"proposal": KINDS, "term": TERMS, "commitment": COMMITMENTS, "event": EVENTS}  # of runs of words
RUNS = ("proposal", "term", "commitment", "condition", "event")
Range = tuple[int, int]


@dataclass
class Run:
    """A run of words of one layer: its label's number, and the proposal or the actors it belongs to."""

    first: int
    end: int
    head: int
    label: int
    proposal: int = -1
    by: frozenset[str] = frozenset()
    toward: frozenset[str] = frozenset()
    modality: int = -1


@dataclass
class Coded:
    """One report: what the program sees, and what it should find. Actors go by their ids, proposals by number."""

    name: str
    scene: Scene
    pieces: list[tuple[int, ...]]
    runs: dict[str, list[Run]] = field(default_factory=dict)
    mentions: list[tuple[ProposalMention, int]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)  # -1 for none
    recipients: list[frozenset[str]] = field(default_factory=list)
    stages: list[Run] = field(default_factory=list)
    positions: list[tuple[str, int, int, int]] = field(default_factory=list)  # actor, proposal, stance, word or -1

    @property
    def words(self) -> int:
        """The number of its words."""
        return len(self.scene.clauses.annotation.forms)

    def tags(self, layer: str) -> np.ndarray:
        """(words): 0 outside, 1 where a run begins, 2 inside one; of runs that overlap the longest."""
        tags = np.zeros(self.words, np.int64)
        for run in sorted(self.runs[layer], key=lambda run: run.first - run.end):
            if not tags[run.first : run.end].any():
                tags[run.first] = 1
                tags[run.first + 1 : run.end] = 2
        return tags


def coded_reports(folder: Path, annotator: Annotator) -> Iterator[Coded]:
    """The reports of a folder in the order of their names."""
    registry = load_registry()
    paths = sorted(folder.glob("*.json"))
    coded = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    annotations = annotator.annotate_many([as_report(g["text"], g["published"]) for g in coded])
    for path, report, annotation in zip(paths, coded, annotations, strict=True):
        clauses = Clauses(annotation)
        said = with_days(clauses, statements(annotation), times(annotation))
        who = identified(annotation, mentions(clauses, said, registry, places(annotation)))
        said = with_speakers(clauses, said, who)
        scene = Scene(clauses, who.actors, references(clauses, said, who), said, [], [])
        if annotation.forms:
            pieces = [annotator.model.pieces.of(form) for form in annotation.forms]
            yield _Coder(Coded(path.stem, scene, pieces), report).coded()


class _Coder:
    """Puts the coding of one report into the terms of the program's own actors and words."""

    def __init__(self, coded: Coded, report: dict[str, Any]) -> None:
        self.found, self.report, self.scene = coded, report, coded.scene
        self.clauses = coded.scene.clauses
        self.actors = self._matched()
        self.proposals: dict[str, int] = {}

    def coded(self) -> Coded:
        """The report with all targets filled in."""
        found, report = self.found, self.report
        found.runs = {layer: [] for layer in RUNS}
        for proposal in report["proposals"]:
            self._proposal(proposal)
        for position in report["positions"]:
            actor, number = self.actors.get(position["actor"]), self.proposals.get(position["proposal"])
            if actor is not None and number is not None:
                words = self._first(position["evidence"])
                word = self.clauses.governor(*words) if words else -1
                found.positions.append((actor, number, STANCES.index(position["stance"]), word))
        for c in report["commitments"]:
            by, toward = self._ids([c["actor"]]), self._ids([c["toward"]])
            self._run("commitment", c["action"], COMMITMENTS.index(c["kind"]), by=by, toward=toward)
            if c["condition"]:
                self._run("condition", c["condition"], 0)
        for e in report["events"]:
            by, toward = self._ids(e["actors"]), self._ids(e["recipients"])
            modality = MODALITIES.index(e["modality"])
            self._run("event", e["trigger"], EVENTS.index(e["type"]), by=by, toward=toward, modality=modality)
        return found

    def _proposal(self, proposal: dict[str, Any]) -> None:
        ranges = sorted({words for quote in proposal["mentions"] for words in self._all(quote)})
        if not ranges:
            return
        found, number = self.found, len(self.found.kinds)
        self.proposals[proposal["key"]] = number
        kind = KINDS.index(proposal["kind"])
        found.kinds.append(kind)
        found.statuses.append(STAGES.index(proposal["status"]) if proposal["status"] else -1)
        found.recipients.append(self._ids(proposal["recipients"]))
        for first, end in ranges:
            found.mentions.append((proposal_mention(self.clauses, first, end), number))
            found.runs["proposal"].append(Run(first, end, self.clauses.governor(first, end), kind, number))
        for term in proposal["terms"]:
            self._run("term", term["text"], TERMS.index(term["kind"]), proposal=number)
        for stage in proposal["stages"]:
            if words := self._first(stage["text"]):
                head, modality = self.clauses.governor(*words), MODALITIES.index(stage["modality"])
                found.stages.append(Run(*words, head, STAGES.index(stage["stage"]), number, modality=modality))

    def _run(self, layer: str, quote: str, label: int, **links: Any) -> None:
        if words := self._first(quote):
            self.found.runs[layer].append(Run(*words, self.clauses.governor(*words), label, **links))

    def _all(self, quote: str) -> list[Range]:
        ranges = (self.clauses.words(*place) for place in coded_places(quote, self.report["text"]))
        return [(first, end) for first, end in ranges if first < end]

    def _first(self, quote: str) -> Range | None:
        return next(iter(self._all(quote)), None)

    def _ids(self, keys: list[str | None]) -> frozenset[str]:
        return frozenset(self.actors[key] for key in keys if key in self.actors)

    def _matched(self) -> dict[str, str]:
        """The id of the program's actor for the key of each coded one; those that it misses are added to the scene."""
        scene = self.scene
        own: dict[str, set[Range]] = {}
        for r in scene.references:
            if not r.pronoun:
                own.setdefault(r.actor, set()).add((r.first, r.end))
        coded = [
            (a["key"], {words for quote in a["mentions"] for words in self._all(quote)}) for a in self.report["actors"]
        ]
        shared = [
            (sum(any(_overlap(one, other) >= 0.5 for other in ours) for one in theirs), i, actor)
            for i, (_, theirs) in enumerate(coded)
            for actor, ours in own.items()
        ]
        matched: dict[str, str] = {}
        for count, i, actor in sorted(shared, key=lambda edge: -edge[0]):
            if count and coded[i][0] not in matched and actor not in matched.values():
                matched[coded[i][0]] = actor
        self._add_missing(coded, matched)
        return matched

    def _add_missing(self, coded: list[tuple[str, set[Range]]], matched: dict[str, str]) -> None:
        scene, by_key = self.scene, {a["key"]: a for a in self.report["actors"]}
        missing = [(key, theirs) for key, theirs in coded if key not in matched and theirs]
        matched.update({key: f"missed {key}" for key, _ in missing})
        actors = list(scene.actors)
        for key, theirs in missing:
            a = by_key[key]
            actors.append(Actor(matched[key], a["name"], a["kind"], a["country"], matched.get(a["of"]), a["role"], []))
            scene.references += [
                Reference(first, end, self.clauses.governor(first, end), matched[key]) for first, end in sorted(theirs)
            ]
        scene.references.sort(key=lambda r: (r.first, r.end))
        self.found.scene = self.scene = replace(scene, actors=actors)


def _overlap(one: Range, other: Range) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)
