"""Review: people decide about what the machine found, and what people see is computed from both.

In come a reading and the rows of an append-only log: accept, reject, correct, add, merge, split, note, undo, each with
who, when and why. Out goes the reading with the decisions that stand; the machine's own record is never overwritten.
Decisions hold on to words, not to local ids, so they stay when a newer model reads the report again. From the same log
come the queue of doubtful records, the reviewers' agreement, and gold files in the codebook's format.
"""

from truceline.review.agreement import Agreement, agreement, alpha
from truceline.review.anchors import Anchor
from truceline.review.computing import Item, Reviewed, review, reviewed
from truceline.review.decisions import Action, Decision, ReviewError, Row, decision, standing, undone
from truceline.review.gold import gold_name, gold_report
from truceline.review.kinds import KINDS, KindName, Record
from truceline.review.queue import Waiting, queue
from truceline.review.reviewer import Log, Reviewer
from truceline.review.wording import field_words, from_words, span_of, spans_of

__all__ = [
    "KINDS",
    "Action",
    "Agreement",
    "Anchor",
    "Decision",
    "Item",
    "KindName",
    "Log",
    "Record",
    "ReviewError",
    "Reviewed",
    "Reviewer",
    "Row",
    "Waiting",
    "agreement",
    "alpha",
    "decision",
    "field_words",
    "from_words",
    "gold_name",
    "gold_report",
    "queue",
    "review",
    "reviewed",
    "span_of",
    "spans_of",
    "standing",
    "undone",
]
