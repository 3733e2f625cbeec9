"""Until when a commitment is due, and on what it depends."""

import pytest

from tests.extract.told import quoted, told, words_of
from truceline.extract import Clauses, times
from truceline.extract.deadlines import condition_of, deadline_of

# The report is of Monday, 5 December 2016. Sentence, the words of the action, the deadline.
DUE = [
    ("Troops must leave the valley by 1 January.", "leave the valley", "2017-01-01"),
    ("The group agreed to disarm within 30 days.", "disarm within 30 days", "P30D"),
    ("The general gave the rebels 24 hours to lay down their arms.", "lay down their arms", "PT24H"),
    ("The union promised to present a plan this week.", "present a plan", "2016-W49"),
    ("The parties will hold talks on Tuesday in Vienna.", "hold talks", "2016-12-06"),
    # Friday is for the rebels, not for the army; the guards spoke on Friday; what is over is not due.
    ("The army will attack the port unless rebels leave it by Friday.", "attack the port", None),
    ("The guards said on Friday that they would strike.", "they would strike", None),
    ("The parties held talks on Friday in Vienna.", "held talks", None),
    ("The mission is expected to last six months.", "last six months", None),
    ("The council threatened sanctions against anyone who breaks the truce.", "sanctions", None),
]


@pytest.mark.parametrize(("sentence", "action", "deadline"), DUE)
def test_deadlines(sentence: str, action: str, deadline: str | None) -> None:
    annotation = told(sentence)
    assert deadline_of(Clauses(annotation), times(annotation), *words_of(annotation, action)) == deadline


DEPENDING = [
    (
        "The army will attack the port unless rebels leave it by Friday.",
        "attack the port",
        "unless rebels leave it by Friday",
    ),
    (
        "Any group that refuses to leave the city will be treated as an enemy.",
        "will be treated as an enemy",
        "Any group that refuses to leave the city",
    ),
    ("The minister will sign the accord only if the raids stop.", "sign the accord", "only if the raids stop"),
    (
        "The council threatened sanctions against anyone who breaks the truce.",
        "sanctions",
        "anyone who breaks the truce",
    ),
    (
        "The party will stay in parliament as long as its leader is free.",
        "stay in parliament",
        "as long as its leader is free",
    ),
    (
        "The movement offered a truce in return for the release of its leaders.",
        "a truce",
        "in return for the release of its leaders",
    ),
    ("Once we reach a deal, a ceasefire will begin.", "a ceasefire will begin", "Once we reach a deal"),
    ("If that happens, talks will resume.", "talks will resume", "If that happens"),
    # Not every relative clause is a condition, nor every "once"; and a condition does not depend on itself.
    ("The soldiers who guard the bridge will go home.", "will go home", None),
    ("The president once again urged restraint.", "restraint", None),
    ("The army will attack the port unless rebels leave it by Friday.", "rebels leave it", None),
    ("The union promised to present a plan this week.", "present a plan", None),
]


@pytest.mark.parametrize(("sentence", "action", "condition"), DEPENDING)
def test_conditions(sentence: str, action: str, condition: str | None) -> None:
    annotation = told(sentence)
    found = condition_of(Clauses(annotation), *words_of(annotation, action))
    assert (quoted(annotation, found) if found else None) == condition
