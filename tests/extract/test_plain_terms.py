"""Terms that the words of a proposal plainly name."""

import pytest

from tests.extract.told import quoted, told, words_of
from truceline.extract import Clauses, times
from truceline.extract.plain_terms import terms_within

# The report is of Monday, 5 December 2016. Sentence, a mention in it, and the terms.
PLAIN = [
    ("The mediator proposed a 48-hour truce.", "a 48-hour truce", [("48-hour", "duration")]),
    ("The mission is expected to last six months.", "The mission", [("six months", "duration")]),
    # The war has lasted, and the truce; neither is to last so long.
    ("The two-year war ended with a truce.", "a truce", []),
    ("The army will not break a three-year truce.", "a three-year truce", []),
    ("The parties will hold talks on Tuesday in Vienna.", "talks", [("Tuesday", "start")]),
    # What is over starts no more; a deal's day is that of the deed.
    ("The parties held talks on Friday in Vienna.", "talks", []),
    ("Ministers announced a deal on Tuesday.", "a deal", []),
    ("Troops must leave the valley by 1 January.", "leave the valley by 1 January", [("by 1 January", "deadline")]),
    ("The group agreed to disarm within 30 days.", "disarm", [("within 30 days", "deadline")]),
    ("The accord provides for the release of 1,500 prisoners.", "the release of 1,500 prisoners",
     [("1,500 prisoners", "quantity")]),
    ("The accord provides for the release of two villages.", "the release of two villages", []),
    ("Talks will resume if both sides agree to a date.", "Talks", [("if both sides agree to a date", "condition")]),
    ("Once we reach a deal, a ceasefire will begin.", "a ceasefire", [("Once we reach a deal", "sequence")]),
    # The deal inside the condition does not wait for itself; "that" only points back.
    ("Once we reach a deal, a ceasefire will begin.", "a deal", []),
    ("If that happens, talks will resume.", "talks", []),
    ("Tehran offered to stop enrichment in exchange for aid.", "stop enrichment",
     [("in exchange for aid", "condition")]),
    ("The council rejected Monday's draft.", "Monday's draft", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "mention", "terms"), PLAIN)
def test_plain_terms(sentence: str, mention: str, terms: list[tuple[str, str]]) -> None:
    annotation = told(sentence)
    found = terms_within(Clauses(annotation), times(annotation), [words_of(annotation, mention)])
    assert [(quoted(annotation, (first, end)), kind) for first, end, kind in found] == terms


def test_a_term_of_two_mentions_comes_once() -> None:
    annotation = told("The mediator proposed a 48-hour truce.")
    mentions = [words_of(annotation, "a 48-hour truce"), words_of(annotation, "48-hour truce")]
    assert len(terms_within(Clauses(annotation), times(annotation), mentions)) == 1


def test_no_mentions_no_terms() -> None:
    annotation = told("The mediator proposed a 48-hour truce.")
    assert terms_within(Clauses(annotation), times(annotation), []) == []
