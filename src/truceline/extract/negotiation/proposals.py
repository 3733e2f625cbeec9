"""Proposals: what is on the table, whose it is, on which terms, and what became of it. GUIDE §4."""

from collections.abc import Sequence

import numpy as np

from truceline.extract.days_of import day_of
from truceline.extract.labels import label_of
from truceline.extract.negotiation.confidence import confidence
from truceline.extract.negotiation.on_the_table import KINDS, MODALITIES, STAGES, OnTheTable
from truceline.extract.negotiation.runs import softmax
from truceline.extract.places_of import place_of_mentions
from truceline.extract.plain_terms import terms_within
from truceline.extract.shown_by import clause_of
from truceline.extract.terms import terms
from truceline.records import Proposal, Stage, Term
from truceline.records.reading import StageKind, TermKind

STAGE = 0.35  # probability from which a stage is listed; chosen on the development reports
SHOWN = 0.03  # probability below which no word shows a stage, however well it would suit as a status
HAPPENED = 0.2  # probability below which a stage that a word shows cannot have happened
LISTED = 6  # stages of one proposal that are listed, the likeliest


def proposals(table: OnTheTable) -> list[Proposal]:
    """The proposals of a report in the order in which it first names them."""
    sponsors = table.sponsors()
    return [_proposal(table, number, sponsors.get(number, [])) for number in range(len(table.mentions))]


def name(number: int) -> str:
    """The id of a proposal by its number."""
    return f"p{number + 1}"


def _proposal(table: OnTheTable, number: int, sponsors: list[str]) -> Proposal:
    clauses = table.scene.clauses
    a = clauses.annotation
    ranges = [(m.first, m.end) for m in table.mentions[number]]
    shares = softmax(table.kinds[number])
    kind = KINDS[int(shares.argmax())]
    status, stages = _stages(table, number)
    return Proposal(
        id=name(number),
        kind=kind,
        label=label_of(clauses, ranges, kind),
        mentions=[a.report.span(*a.characters(*words)) for words in ranges],
        sponsors=sponsors,
        recipients=[actor for actor in table.recipients[number] if actor not in sponsors],
        place=place_of_mentions(clauses, table.scene.places, ranges),
        terms=_terms(table, number, ranges),
        stages=stages,
        status=status,
        confidence=confidence("proposals", float(max(table.probabilities[number]) * shares.max())),
    )


def _terms(table: OnTheTable, number: int, ranges: Sequence[tuple[int, int]]) -> list[Term]:
    """What the learned part finds, and what figures and dates in the mentions say besides."""
    found: list[tuple[int, int, TermKind]] = [(r.first, r.end, kind) for r, kind in table.terms[number]]
    clauses = table.scene.clauses
    for first, end, kind in terms_within(clauses, table.scene.times, list(ranges)):
        if not any(first < e and f < end and kind == k for f, e, k in found):
            found.append((first, end, kind))
    return terms(clauses, table.scene.times, sorted(found))


def _stages(table: OnTheTable, number: int) -> tuple[StageKind | None, list[Stage]]:
    """The status, and the stages, each where some word shows it best: the likely ones, and the status if there is one.

    The status is the likeliest of the stages that some word shows at all, as something that has happened.
    """
    likely, words = table.stages[number], table.stage_words[number]
    shown = [label for label in range(len(STAGES)) if likely[label] > SHOWN and _may_have_happened(table, words[label])]
    status = max([-1, *shown], key=lambda label: table.statuses[number, label + 1])
    listed = {int(label) for label in np.argsort(-likely)[:LISTED] if likely[label] > STAGE} | ({status} - {-1})
    found = [
        _stage(table, label, int(words[label]), happened=label == status)
        for label in sorted(listed, key=lambda label: int(words[label]))
    ]
    return None if status < 0 else STAGES[status], found


def _may_have_happened(table: OnTheTable, word: int) -> bool:
    return bool(table.modalities[word, MODALITIES.index("actual")] > HAPPENED)


def _stage(table: OnTheTable, label: int, word: int, *, happened: bool) -> Stage:
    clauses = table.scene.clauses
    a = clauses.annotation
    modality = MODALITIES[int(table.modalities[word].argmax())]
    return Stage(
        stage=STAGES[label],
        text=a.report.span(*a.characters(*clause_of(clauses, word))),
        date=day_of(clauses, table.scene.times, word),
        modality="actual" if happened else modality,
        according_to=table.scene.told.by(word),
    )
