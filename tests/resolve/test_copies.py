"""Copies: what is the same report again, and what only resembles it."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readings import short_report
from truceline.records import Report
from truceline.resolve.copies import Copies, Copy

WIRE = (
    "The governments of the two river states have agreed to meet in Geneva on Thursday, the United Nations envoy said "
    "on Monday. The envoy, who has shuttled between the capitals for a month, told reporters that both delegations "
    "would sit in one room for the first time since fighting broke out in spring. He would not say whether the "
    "withdrawal of heavy weapons was on the agenda. A spokesman for the northern government confirmed the date but "
    "warned that its delegation would leave if shelling of the bridge resumed. The southern foreign minister called "
    "the invitation a step in the right direction and promised a written proposal by Wednesday evening. Observers "
    "counted eleven breaches of the truce over the weekend, fewer than in any week since it was signed. Aid groups "
    "said that forty lorries with flour and medicine were still waiting at the eastern crossing."
)
OTHER = (
    "Delegates from the two river states will meet in Geneva this week, according to officials on both sides. The "
    "talks come after weeks of shuttle diplomacy by the United Nations envoy. The north has threatened to stay away if "
    "the bridge is shelled again, while the south says it will bring a proposal in writing. Truce monitors reported "
    "eleven violations over the weekend. Lorries carrying aid remain stuck at the eastern crossing, charities said, "
    "and residents of the valley described shortages of bread and insulin in telephone interviews."
)
NEW_LEAD = "(Adds comment by the mediator, paragraph two.) "


def sentences(text: str, first: int, end: int) -> str:
    return ". ".join(text.split(". ")[first:end])


def shelf(*reports: Report) -> tuple[Copies, Callable[[Report], Copy | None]]:
    known = {report.id: report for report in reports}
    copies = Copies([], known.get)
    for report in reports:
        copies.add(report)

    def ask(report: Report) -> Copy | None:
        known[report.id] = report
        return copies.add(report)[0]

    return copies, ask


@pytest.mark.parametrize(
    ("text", "least"),
    [
        (WIRE.upper(), 1.0),
        (WIRE.replace(". ", ".\n\n").replace(",", " ,"), 1.0),
        (NEW_LEAD + WIRE, 0.9),
        (WIRE.replace("Thursday", "Friday").replace("eleven", "twelve"), 0.9),
        (sentences(WIRE, 0, 5), 0.5),
        (sentences(WIRE, 0, 3), 0.3),
        (sentences(WIRE, 2, 8), 0.5),
        (WIRE + " " + OTHER, 0.5),
    ],
)
def test_a_copy_is_recognised(text: str, least: float) -> None:
    original = short_report(WIRE)
    _, ask = shelf(short_report(OTHER), original)
    copy = ask(short_report(text))
    assert copy is not None
    assert copy.kind == "copy"
    assert least <= copy.likeness <= 1


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        sentences(WIRE, 0, 1),
        sentences(WIRE, 6, 7) + ". " + OTHER,
        "The envoy said on Monday.",
        "",
        " ".join(reversed(WIRE.split())),
    ],
)
def test_the_same_news_in_other_words_is_no_copy(text: str) -> None:
    _, ask = shelf(short_report(WIRE))
    assert ask(short_report(text)) is None


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ({"url": "https://a.example/1"}, {"url": "https://a.example/1"}, "update"),
        ({"url": "https://a.example/1"}, {"url": "https://b.example/1"}, "copy"),
        ({"outlet": "A", "title": "T"}, {"outlet": "A", "title": "T"}, "update"),
        ({"outlet": "A", "title": "T"}, {"outlet": "B", "title": "T"}, "copy"),
        ({"outlet": "A"}, {"outlet": "A"}, "copy"),
        ({}, {}, "copy"),
    ],
)
def test_an_update_comes_from_the_same_place(first: dict[str, str], second: dict[str, str], kind: str) -> None:
    _, ask = shelf(short_report(WIRE, **first))
    copy = ask(short_report(NEW_LEAD + WIRE, **second))
    assert copy is not None
    assert copy.kind == kind


def test_copies_lead_to_the_original_not_to_each_other() -> None:
    original = short_report(WIRE)
    copies, ask = shelf(original)
    for number in range(1, 5):
        copy = ask(short_report(f"Version {number}. {WIRE}"))
        assert copy is not None
        assert copy.of == original.id
    assert original.id in copies


def test_the_most_alike_of_several_is_taken() -> None:
    shorter, longer = short_report(sentences(WIRE, 0, 4)), short_report(sentences(WIRE, 3, 8))
    _, ask = shelf(shorter, longer)
    copy = ask(short_report(sentences(WIRE, 2, 8)))
    assert copy is not None
    assert copy.of == longer.id


def test_the_same_report_is_not_its_own_copy() -> None:
    original = short_report(WIRE)
    _, ask = shelf(original)
    assert ask(original) is None


def test_signatures_carry_over_to_another_run() -> None:
    reports = {each.id: each for each in (short_report(WIRE), short_report(OTHER), short_report(NEW_LEAD + WIRE))}
    first = Copies([], reports.get)
    kept = [(report.id, first.add(report)[1]) for report in reports.values()]
    assert [len(signature) for _, signature in kept] == [134, 134, 0]
    second = Copies(kept, reports.get)
    assert all(id in second for id in reports)
    again = short_report(WIRE.upper())
    copy, signature = second.add(again)
    assert copy is not None
    assert copy.of == short_report(WIRE).id
    assert signature == b""


@pytest.mark.parametrize("signature", [b"x", b"\xff" * 134, b"\x01\xff" + b"0" * 132])
def test_signatures_of_another_making_are_not_compared(signature: bytes) -> None:
    report = short_report(WIRE)
    copies = Copies([(report.id, signature)], {report.id: report}.get)
    assert report.id not in copies
    assert copies.add(short_report(NEW_LEAD + WIRE))[0] is None


def test_a_report_that_is_gone_is_no_original() -> None:
    report = short_report(WIRE)
    _, signature = Copies([], {}.get).add(report)
    assert Copies([(report.id, signature)], {}.get).add(short_report(NEW_LEAD + WIRE))[0] is None


def test_among_thousands_the_copy_is_found() -> None:
    chance = random.Random(4)
    words = sorted(set(WIRE.split() + OTHER.split()))
    strangers = [short_report(" ".join(chance.choices(words, k=120))) for _ in range(3000)]
    original = short_report(WIRE)
    _, ask = shelf(*strangers[:1500], original, *strangers[1500:])
    copy = ask(short_report(sentences(WIRE, 0, 6)))
    assert copy is not None
    assert copy.of == original.id


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_is_compared(text: str, more: str) -> None:
    report = short_report(text)
    _, ask = shelf(report)
    copy = ask(short_report(text + more))
    assert copy is None or (copy.of == report.id and 0 < copy.likeness <= 1)
