"""Krippendorff's alpha on published examples, and reviewers who agree and who do not."""

from collections.abc import Hashable

import pytest

from tests.review.talks import Memory, item, packed_span, reading, reviewer
from truceline.review import Agreement, KindName, agreement, alpha


def units(*observers: str) -> list[dict[str, Hashable]]:
    """One unit for each column; a point is a missing value."""
    columns = zip(*observers, strict=True)
    return [{str(n): value for n, value in enumerate(column) if value != "."} for column in columns]


@pytest.mark.parametrize(
    ("observers", "published"),
    [
        # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251."), 0.743),
        # Wikipedia, Krippendorff's alpha: three coders, fifteen units, nominal.
        ((".....34121133.3", "1.213343.......", "..2134 4.21133.4"), 0.691),
    ],
)
def test_published_examples(observers: tuple[str, ...], published: float) -> None:
    found = alpha(units(*(observer.replace(" ", "") for observer in observers)))
    assert found == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize(
    ("observers", "expected"),
    [
        (("ab", "ab"), 1.0),
        (("ab", "ba"), -0.5),
        (("aaab", "aaaa"), 0.0),
        (("aa", "aa"), None),  # nothing to disagree about
        (("ab", ".."), None),
        (("", ""), None),
    ],
)
def test_bounds(observers: tuple[str, ...], expected: float | None) -> None:
    assert alpha(units(*observers)) == (expected if expected is None else pytest.approx(expected))


def agreed(log: Memory) -> dict[KindName, Agreement]:
    return agreement([reading()], log.decisions)


def test_two_who_agree_and_differ() -> None:
    log = Memory()
    ada, ben = reviewer(log, "ada", blind=True), reviewer(log, "ben", blind=True)
    for person in (ada, ben):
        person.reject(item(person.view, "s3"))
        person.accept(item(person.view, "s1"))
        person.correct(item(person.view, "s2"), {"speaker": "a2"})
    ada.accept(item(ada.view, "s4"))
    ben.correct(item(ben.view, "s4"), {"speaker": "a3"})
    ada.accept(item(ada.view, "a1"))  # the other says nothing
    found = agreed(log)
    # The judgements: rejected twice, as found thrice, one correction twice, another once: 1 - 7·2/(64 - 18).
    assert found["statement"] == Agreement(pytest.approx(1 - 14 / 46), pytest.approx(6 / 8), 4, 2)  # type: ignore[arg-type]
    assert found["actor"] == Agreement(None, None, 0, 0)


def test_decisions_undone_and_notes_are_no_judgements() -> None:
    log = Memory()
    ada, ben = reviewer(log, "ada", blind=True), reviewer(log, "ben", blind=True)
    ada.accept(item(ada.view, "s1"))
    ben.note(item(ben.view, "s1"), "unsure")
    ben.undo(ben.reject(item(ben.view, "s1")))
    assert agreed(log)["statement"].records == 0


def test_the_same_merger_from_either_end_is_agreement() -> None:
    log = Memory()
    ada, ben = reviewer(log, "ada", blind=True), reviewer(log, "ben", blind=True)
    ada.merge(item(ada.view, "a3"), [item(ada.view, "a4")])
    ben.merge(item(ben.view, "a4"), [item(ben.view, "a3")])
    for person in (ada, ben):
        person.accept(item(person.view, "a1"))
    assert (agreed(log)["actor"].alpha, agreed(log)["actor"].records) == (1.0, 3)


def test_a_correction_to_an_actor_that_both_added_is_the_same() -> None:
    log = Memory()
    for who in ("ada", "ben"):
        person = reviewer(log, who, blind=True)
        person.add("actor", {"name": f"a crowd ({who})", "kind": "other", "mentions": [packed_span("the Front@1")]})
        person.correct(item(person.view, "s1"), {"speaker": "a7"})
        person.accept(item(person.view, "s2"))
    assert agreed(log)["statement"].alpha == 1.0
    assert agreed(log)["actor"].records == 1


def test_who_judged_everything_and_added_nothing_says_that_nothing_was_missed() -> None:
    log = Memory()
    ada, ben = reviewer(log, "ada", blind=True), reviewer(log, "ben", blind=True)
    for person in (ada, ben):
        for one in person.view.items:
            person.accept(one)
    ada.add("time", {"text": packed_span("ten days"), "type": "DURATION", "value": "P10D"})
    times = agreed(log)["time"]
    assert times.records == 4
    assert times.same == pytest.approx(6 / 8)
    assert times.alpha is not None
    assert times.alpha < 0.5
    ben.add("time", {"text": packed_span("ten days"), "type": "DURATION", "value": "P10D"})
    assert (agreed(log)["time"].records, agreed(log)["time"].alpha) == (4, 1.0)
