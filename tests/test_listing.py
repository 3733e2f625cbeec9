"""The lines for actors, times and places on a reading's page."""

from dataclasses import replace

from tests.readings import reading_of, short_report
from truceline.listing import actor_lines, place_lines, time_lines, with_role
from truceline.records import Actor, Place, Reading, Report, Span, Time

TEXT = "On Tuesday Minister Ana Ruiz of Peru met rebels near Tarma. On Tuesday they spoke for two hours, once more."


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return report.span(start, start + len(words))


def reading() -> Reading:
    report = short_report(TEXT)
    tuesday, hours, tarma = (span(report, words) for words in ("Tuesday", "two hours", "Tarma"))
    peru = Actor("a1", "Peru", "government", "PER", None, None, [span(report, "Peru")])
    ruiz = Actor("a2", "Ana Ruiz", "person", "PER", "a1", "Minister", [span(report, "Ana Ruiz")] * 2)
    return replace(
        reading_of(report, []),
        actors=[peru, ruiz, Actor("a3", "rebels", "armed group", None, None, None, [span(report, "rebels")])],
        times=[
            Time(hours, "DURATION", "PT2H"),
            Time(tuesday, "DATE", "2016-12-06"),
            Time(tuesday, "DATE", "2016-12-06"),
            Time(span(report, "once more"), "DATE", None),
        ],
        places=[
            Place("l1", tarma, "Tarma", "PER", -11.4197, -75.6908, None),
            Place("l2", tarma, "Tarma", "PER", -11.4197, -75.6908, None),
            Place("l3", tarma, "Nowhere", None, None, None, None),
        ],
    )


def test_an_actor_shows_role_side_kind_country_and_how_often() -> None:
    assert actor_lines(reading()) == [
        "Peru · government · PER",
        "Ana Ruiz, Minister – Peru · person · PER · 2 mentions",
        "rebels · armed group",
    ]


def test_a_role_that_is_the_name_is_said_once() -> None:
    spokesman = replace(reading().actors[2], name="spokesman for the front", role="Spokesman for the front")
    assert with_role(spokesman) == "spokesman for the front"


def test_times_stand_in_calendar_order_each_value_once() -> None:
    assert time_lines(reading()) == ["2016-12-06  Tuesday", "PT2H  two hours", "no date  once more"]


def test_a_place_that_is_nowhere_says_so() -> None:
    assert place_lines(reading()) == ["Tarma · PER · -11.42, -75.69", "Nowhere · country unknown"]


def test_a_reading_without_them_has_no_lines() -> None:
    empty = reading_of(short_report("Nothing."), [])
    assert (actor_lines(empty), time_lines(empty), place_lines(empty)) == ([], [], [])
