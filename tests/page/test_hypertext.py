"""The page in HTML: the same sections, escaped, with links to the words, and sound for a screen reader."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]

from tests.page.negotiated import READING, TEXT, TRUCE, only, span, statement
from tests.readings import reading_of, short_report
from truceline.page import NOTHING_FOUND, html_article, html_page
from truceline.page.hypertext import MOST_COLUMNS
from truceline.page.negotiation import DOUBT
from truceline.records import Position, Reading


def page(reading: Reading = READING, **fields: Any) -> Any:
    return html.document_fromstring(html_page(reading, **fields))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def table(document: Any, heading: str) -> list[list[str]]:
    """The cells of the tables in the section under this heading, row by row."""
    (found,) = [one for one in document.iter("section") if words(one.find("h2")) == heading]
    return [[words(cell) for cell in row] for row in found.iter("tr")]


def test_the_sections_stand_in_their_order_with_their_headings() -> None:
    document = page(name="talks")
    assert [words(one) for one in document.iter("h2")] == [
        "On the table", "Positions", "What is due when", "Commitments", "Events", "Statements", "Actors", "Places",
        "The report",
    ]  # fmt: skip
    assert [words(one) for one in document.iter("h1")] == ["Port talks stall over the length of a truce"]
    assert [words(one) for one in document.iter("h3")][:2] == ["p1 Norland's draft truce", "p2 talks on the truce"]
    assert "2016-12-05 · language en · 91 words · talks" in words(document)
    assert document.findtext("head/title") == "Port talks stall over the length of a truce"
    assert document.get("lang") == "en"


def test_nothing_on_the_table_is_one_sentence() -> None:
    document = page(only())
    assert NOTHING_FOUND in words(document)
    assert [words(one) for one in document.iter("h2")] == ["Statements", "Actors", "Places", "The report"]
    assert NOTHING_FOUND not in words(page())
    assert DOUBT in words(page())
    assert DOUBT not in words(document)


def test_terms_and_stages_are_tables_and_what_was_replaced_is_deleted() -> None:
    document = page()
    rows = table(document, "On the table")
    assert ["duration", "ten days = P10D", "replaced by: seven days", "“ten days”"] in rows
    assert ["2016-12-03", "handed over", "", "“gave the Harbour Front a draft truce”"] in rows
    assert ["2016-12-07", "scheduled", "possible · according to Ada Brekke", "“could open on Wednesday”"] in rows
    assert [words(one) for one in document.iter("del")] == ["ten days = P10D"]


def test_positions_have_a_row_for_each_side_and_a_column_for_each_proposal() -> None:
    rows = table(page(), "Positions")
    assert rows[0] == ["Actor", "p1 Norland's draft truce", "p2 talks on the truce"]
    assert [row[0] for row in rows[1:]] == ["Norland", "Harbour Front", "Southern League"]
    assert rows[2][1] == "− opposes · according to its spokesman · confidence 0.90 · “The Front rejected it”"
    assert rows[2][2] == ""
    assert "doubtful" in rows[3][1]


def test_positions_on_many_proposals_are_a_line_each() -> None:
    many = [replace(TRUCE, id=f"p{n}") for n in range(MOST_COLUMNS + 1)]
    held = [Position("a2", one.id, "opposes", span("The Front rejected it"), None, 0.9) for one in many]
    rows = table(page(only(proposals=many, positions=held)), "Positions")
    assert rows[0] == ["Actor", "Proposal", "Stance"]
    assert len(rows) == len(many) + 1


def test_due_commitments_and_events_are_tables() -> None:
    document = page()
    assert table(document, "What is due when")[1][:2] == ["2016-12-07", "scheduled, start"]
    assert table(document, "Commitments")[1] == [
        "threat",
        "Norland → Harbour Front: will be fought as pirates",
        "unless it leaves Port Selm · by 2016-12-12 · according to Ada Brekke",
        "0.70",
        "“will be fought as pirates” … “unless it leaves Port Selm”",
    ]
    assert [row[0] for row in table(document, "Events")[1:]] == ["2016-12-04", "2016-12-08", "no date"]


def test_every_link_leads_to_exactly_its_words() -> None:
    document = page()
    ids = [one.get("id") for one in document.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = [one for one in document.iter("a") if (one.get("href") or "").startswith("#")]
    assert len(links) > 25
    for link in links:
        assert link.get("href")[1:] in ids
        start, end = map(int, link.get("href").split("-")[1:])
        assert words(link).strip("“”").removesuffix("…") in " ".join(TEXT[start:end].split())


def test_the_report_stands_there_as_it_was_read_with_its_words_marked() -> None:
    (text,) = page().find_class("report")
    assert text.text_content() == READING.report.text
    marked = "".join(one.text_content() for one in text.iter("mark"))
    assert "a draft truce of ten days" in marked
    assert "envoy" not in marked


def test_words_that_do_not_stand_there_are_no_link() -> None:
    wrong = replace(READING.events[1], trigger=replace(span("met"), quote="made up"))
    rows = [row for row in page(only(events=[wrong])).iter("tr") if "made up" in words(row)]
    assert len(rows) == 1
    assert not list(rows[0].iter("a"))


def test_every_table_has_a_caption_and_scopes_and_every_section_its_name() -> None:
    document = page()
    for one in document.iter("table"):
        assert words(one.find("caption"))
        assert {cell.get("scope") for cell in one.iter("th")} <= {"col", "row"}
        assert [cell.get("scope") for cell in one.find("thead").iter("th")].count("col") >= 2
    for one in (*document.iter("section"), *document.iter("article")):
        assert document.get_element_by_id(one.get("aria-labelledby")).tag in ("h1", "h2")


def test_markup_in_a_report_stays_words() -> None:
    bad = "<script>alert('x')</script> & \"quoted\" <b>bold</b>"
    report = short_report(bad, title=bad, url="javascript:alert(1)", outlet=bad)
    whole = report.span(0, len(report.text))
    proposal = replace(
        TRUCE, id='p"1', label=bad, mentions=[whole], terms=[replace(TRUCE.terms[0], text=whole)], stages=[]
    )
    reading = replace(
        READING,
        report=report,
        actors=[replace(actor, name=bad) for actor in READING.actors],
        statements=[replace(statement("s1", "a1", "Norland"), content=[whole])],
        proposals=[proposal],
        positions=[Position("a1", 'p"1', "opposes", whole, None, 0.9)],
        events=[replace(READING.events[0], trigger=whole, date=bad)],
    )
    document = page(reading, name=bad)
    assert not list(document.iter("script", "b"))
    assert not [one for one in document.iter("a") if "javascript" in (one.get("href") or "")]
    assert document.find_class("report")[0].text_content() == bad
    assert bad in document.text_content()


@pytest.mark.parametrize(("url", "linked"), [("https://news.example/a?b=1&c", True), ("ftp://news.example/a", False)])
def test_only_web_addresses_are_links(url: str, linked: bool) -> None:
    document = page(reading_of(short_report("Word.", url=url), []))
    assert [one.get("href") for one in document.iter("a")] == ([url] if linked else [])
    assert url in words(document)


def test_statements_inside_others_are_there_too() -> None:
    inner = replace(READING.statements[0], id="s9", within="s2")
    document = page(replace(READING, statements=[*READING.statements, inner]))
    assert "Reported by others" in [words(one) for one in document.iter("h3")]
    assert "s9 · indirect · within s2" in words(document)


def test_articles_of_one_document_do_not_share_anchors() -> None:
    one, two = (html.fragment_fromstring(html_article(READING, number=number)) for number in (1, 2))
    ids = [{element.get("id") for element in article.iter() if element.get("id")} for article in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1), st.data())
def test_any_text_keeps_its_words_wherever_spans_overlap(text: str, data: st.DataObject) -> None:
    report = short_report(text)
    size = len(report.text)
    places = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, size)), max_size=5)) if size else []
    spans = [report.span(start, end) for start, end in places if start < end]
    reading = reading_of(report, [replace(READING.statements[0], content=spans, speaker=None)] if spans else [])
    made = html_page(reading)
    made.encode("utf-8")
    shown = page(reading).find_class("report")[0].text_content()
    assert [c for c in shown if c.isalnum()] == [c for c in report.text if c.isalnum()]
