"""Runs of words end where a phrase ends."""

import numpy as np
import pytest

from tests.extract.negotiation.staged import annotated
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.runs import completed, decoded, trimmed

DRAFT = (
    "A/DET/3/det draft/NOUN/3/compound resolution/NOUN/0/root imposing/VERB/3/acl"
    " a/DET/7/det new/ADJ/7/amod ceasefire/NOUN/4/obj ././PUNCT/3/punct"
)
HALT = (
    "They/PRON/2/nsubj want/VERB/0/root a/DET/6/det long/ADJ/6/amod ,/PUNCT/6/punct halt/NOUN/2/obj"
    " to/ADP/8/case raids/NOUN/6/nmod ././PUNCT/2/punct"
)


@pytest.mark.parametrize(
    ("tree", "run", "whole"),
    [
        (DRAFT, (0, 4), (0, 7)),  # what the draft imposes
        (DRAFT, (4, 5), (4, 7)),  # the noun of an article
        (DRAFT, (0, 3), (0, 3)),
        (DRAFT, (0, 7), (0, 7)),
        (HALT, (2, 3), (2, 8)),
        (HALT, (2, 6), (2, 6)),
    ],
)
def test_what_the_last_word_begins_belongs_to_the_run(tree: str, run: tuple[int, int], whole: tuple[int, int]) -> None:
    assert completed(Clauses(annotated(tree)), *run) == whole


@pytest.mark.parametrize(
    ("tree", "run", "left"),
    [
        (HALT, (2, 7), (2, 6)),  # a preposition without its noun
        (HALT, (4, 6), (5, 6)),  # a comma before
        (HALT, (6, 8), (6, 8)),
        (HALT, (6, 7), (6, 6)),
        (DRAFT, (0, 4), (0, 3)),
        (DRAFT, (0, 7), (0, 7)),
    ],
)
def test_what_begins_or_ends_nothing_is_left_out(tree: str, run: tuple[int, int], left: tuple[int, int]) -> None:
    assert trimmed(Clauses(annotated(tree)), *run) == left


def test_a_pronoun_alone_is_no_action() -> None:
    clauses = Clauses(annotated("They/PRON/2/nsubj left/VERB/0/root it/PRON/2/obj"))
    emissions = np.array([[0, 9, 0], [0, 9, 0], [0, 9, 0]], np.float32)
    assert [(run.first, run.end) for run in decoded(clauses, {"event": emissions})["event"]] == [(1, 2)]
