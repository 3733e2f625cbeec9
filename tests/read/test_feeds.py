"""Feeds and lists of feeds: what is taken from them, and every way in which they can be wrong."""

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.read.feeds import LONG, opml, page, rss
from tests.sites import LOCAL, Site
from truceline.read import Arrival, Courtesy, Received, Remark, Unreadable, Visited, feeds_among, read_sources
from truceline.read.feeds import feed_addresses, parsed_feed
from truceline.read.markup import plain_text
from truceline.read.memory import Forgetful
from truceline.read.received import Refused
from truceline.settings import Settings


def received(arrivals: list[Arrival]) -> list[Received]:
    return [each for each in arrivals if isinstance(each, Received)]


def sentences(arrivals: list[Arrival]) -> list[str]:
    return [str(each) for each in arrivals if not isinstance(each, Received)]


def test_an_entry_with_the_whole_article_needs_no_page(site: Site) -> None:
    url = site.page(
        "/feed",
        rss(
            {
                "title": "Talks & more",
                "link": f"{site.url}/talks",
                "pubDate": "Mon, 05 Dec 2016 23:30:00 -0500",
                "text": f"<p>{LONG}</p>",
            }
        ),
        "application/rss+xml",
    )
    [found] = received(list(read_sources([url], settings=LOCAL)))
    assert site.paths == ["/feed"]
    assert found.report.text == LONG
    assert (found.report.title, found.report.outlet) == ("Talks & more", "Valley News")
    assert found.report.published == "2016-12-05", "the day of its makers, not of Greenwich"
    assert (found.name, found.source) == ("talks", url)


def test_an_entry_with_a_summary_has_its_page_fetched_oldest_first(site: Site) -> None:
    entries = [
        {"title": "Second", "link": site.page("/b", page("the border")), "description": "Short."},
        {"title": "First", "link": site.page("/a", page("the truce")), "description": LONG + " [\u2026]"},
    ]
    url = site.page("/feed.xml", rss(*entries), "text/xml")
    found = received(list(read_sources([url], published="2016-12-05", settings=LOCAL)))
    assert [each.report.text[50:].split(",")[0][-9:] for each in found] == ["the truce", "he border"]
    assert [each.report.url for each in found] == [f"{site.url}/a", f"{site.url}/b"]
    assert site.paths == ["/feed.xml", "/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    "feed",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title type="html">A &amp;amp; B</title>'
        '<id>1</id><updated>2016-12-05T10:00:00Z</updated><content type="xhtml"><div '
        f'xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p></div></content></entry></feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>N</title></channel><item><title>A &amp;amp; B'
        f"</title><dc:date>2016-12-05T10:00:00+02:00</dc:date><description>{LONG}</description></item></rdf:RDF>",
        f"<rss version='0.91'><channel><title>N</title><item><title>A &amp; B</title><pubDate>2016-12-05</pubDate>"
        f"<description>{LONG}</description></item>",  # and broken off
        "<!-- x --><?a b?><!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'http://news.example/rss.dtd'><rss><channel>"
        "<title>N</title><item><title>A & B</title><pubDate>5 Dec 2016 10:00 GMT</pubDate>"
        f"<description>{LONG}</description></item></channel></rss>",
    ],
)
def test_every_dialect_is_read_from_a_file(tmp_path: Path, feed: str) -> None:
    (tmp_path / "news.xml").write_text(feed, encoding="utf-8")
    [found] = read_sources([str(tmp_path / "news.xml")])
    assert isinstance(found, Received), str(found)
    assert (found.report.title, found.report.outlet, found.report.published) == ("A & B", "N", "2016-12-05")
    assert found.report.text == LONG


def test_a_feed_in_a_file_stays_off_the_network(tmp_path: Path, site: Site) -> None:
    entries = [
        {"title": "A", "link": f"{site.url}/a", "description": "Short."},
        {"title": "B", "description": "Brief words."},
    ]
    (tmp_path / "news.rss").write_bytes(rss(*entries))
    brief, short = read_sources([str(tmp_path / "news.rss")], settings=LOCAL)
    assert isinstance(brief, Received)
    assert brief.report.text == "Brief words."
    assert "names no page" in brief.notices[0]
    assert "entry 1, holds the beginning only" in str(short)
    assert site.seen == []


def test_a_page_that_cannot_be_had_costs_only_itself(site: Site) -> None:
    entries = [
        {"link": site.page("/a", page("the truce"))},
        {"link": f"{site.url}/gone"},
        {"link": site.page("/picture", b"GIF89a", "image/gif")},
        {"link": site.page("/nothing", b"<html><body><a href='/'>Home</a></body></html>")},
    ]
    url = site.page("/feed", rss(*entries), "application/rss+xml")
    arrivals = list(read_sources([url], settings=LOCAL))
    assert len(received(arrivals)) == 1
    said = sentences(arrivals)
    assert len(said) == 3
    assert "holds no article" in said[0]
    assert "is of the type image/gif" in said[1]
    assert "/gone answered 404" in said[2]


def test_what_is_done_is_not_fetched_again(site: Site) -> None:
    memory = Forgetful()
    first = {"title": "A", "guid": "1", "link": site.page("/a", page("the truce"))}
    second = {"title": "B", "guid": "2", "link": site.page("/b", page("the border"))}
    url = site.versioned("/feed", rss(first), '"1"')
    assert len(received(list(read_sources([url], settings=LOCAL, memory=memory)))) == 1
    [remark] = read_sources([url], settings=LOCAL, memory=memory)
    assert isinstance(remark, Remark)
    assert str(remark) == f"{url} lists nothing new."
    assert site.headers[-1]["If-None-Match"] == '"1"'
    site.versioned("/feed", rss(second, first), '"2"')
    [found] = received(list(read_sources([url], settings=LOCAL, memory=memory)))
    assert found.report.url == f"{site.url}/b"
    assert site.paths.count("/a") == 1
    updated = {**first, "pubDate": "Tue, 06 Dec 2016 10:00:00 GMT"}
    site.versioned("/feed", rss(second, updated), '"3"')
    [found] = received(list(read_sources([url], settings=LOCAL, memory=memory)))
    assert found.report.url == f"{site.url}/a"
    assert len(memory.recall(url).done) == 2  # type: ignore[union-attr]


def test_a_run_that_was_stopped_goes_on_with_the_rest(site: Site) -> None:
    memory = Forgetful()
    entries = [{"guid": str(n), "link": site.page(f"/{n}", page(f"point {n}"))} for n in range(4)]
    url = site.versioned("/feed", rss(*entries), '"1"')
    arrivals = read_sources([url], settings=LOCAL, memory=memory)
    assert [next(arrivals).report.url for _ in range(3)] == [f"{site.url}/{n}" for n in (3, 2, 1)]  # type: ignore[union-attr]
    rest = received(list(read_sources([url], settings=LOCAL, memory=memory)))
    assert [each.report.url for each in rest] == [f"{site.url}/1", f"{site.url}/0"], (
        "the one in hand is not vouched for"
    )


def test_a_page_in_trouble_is_tried_again_though_the_feed_is_unchanged(site: Site) -> None:
    memory = Forgetful()
    url = site.versioned("/feed", rss({"guid": "1", "link": site.answer("/a", 503, {})}), '"1"')
    [failed] = read_sources([url], settings=LOCAL, memory=memory)
    assert "answered 503" in str(failed)
    site.page("/a", page("the truce"))
    assert len(received(list(read_sources([url], settings=LOCAL, memory=memory)))) == 1
    [remark] = read_sources([url], settings=LOCAL, memory=memory)
    assert "nothing new" in str(remark)


def test_after_three_failures_in_a_row_the_rest_is_left_for_later(site: Site) -> None:
    entries = [{"guid": str(n), "link": site.answer(f"/{n}", 500, {})} for n in range(30)]
    url = site.page("/feed", rss(*entries), "application/rss+xml")
    said = sentences(list(read_sources([url], settings=LOCAL)))
    assert len(said) == 4
    assert "27 more entries, which are left for the next time" in said[-1]
    assert len([path for path in site.paths if path not in {"/feed", "/robots.txt"}]) == 3


def test_a_feed_that_is_none(site: Site, tmp_path: Path) -> None:
    html = site.page("/page", b"<!doctype html><html><body><p>Hello.</p></body></html>", "application/rss+xml")
    nothing = site.page("/nothing", b"Hello.", "application/atom+xml")
    empty = site.page("/empty", b"", "application/atom+xml")
    other = site.page("/other", b"<?xml version='1.0'?><NewsML/>", "text/xml")
    said = [str(each) for each in read_sources([html, nothing, empty, other], settings=LOCAL)]
    assert "is no feed but an HTML page" in said[0]
    assert "holds no XML" in said[1]
    assert "is empty" in said[2]
    assert "XML of another kind (<newsml>)" in said[3]
    no_entries = site.page("/none", rss(), "application/rss+xml")
    [remark] = read_sources([no_entries], settings=LOCAL)
    assert isinstance(remark, Remark)
    assert "no entries yet" in str(remark)


def test_a_feed_that_never_ends_is_cut_off(site: Site) -> None:
    def endless(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Content-Type", "application/rss+xml")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        try:
            handler.wfile.write(b"<rss><channel>")  # type: ignore[attr-defined]
            while True:
                handler.wfile.write(b"<item><title>More</title></item>" * 500)  # type: ignore[attr-defined]
        except OSError:
            pass

    site.pages["/feed"] = endless
    [found] = read_sources([f"{site.url}/feed"], settings=LOCAL)
    assert isinstance(found, Unreadable)
    assert "is larger than 200,000 bytes or never ends" in str(found)


@pytest.mark.parametrize(
    ("declared", "charset", "encoding", "said"),
    [
        ("utf-8", None, "utf-8", None),
        ("iso-8859-1", None, "iso-8859-1", None),
        ("windows-1252", None, "windows-1252", None),
        ("utf-8", None, "utf-16", None),
        ("iso-8859-1", None, "utf-8", "iso-8859-1"),
        ("utf-16", None, "utf-8", "utf-16"),
        ("utf-8", None, "windows-1252", "utf-8"),
        ("utf-8", "us-ascii", "utf-8", "us-ascii"),
        ("no-such", None, "utf-8", "no-such"),
    ],
)
def test_a_feed_that_lies_about_its_encoding_is_read_with_a_remark(
    site: Site, declared: str, charset: str | None, encoding: str, said: str | None
) -> None:
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>Genève</title><item>'
        f"<description>Genève: {LONG}</description></item></channel></rss>"
    )
    kind = "application/rss+xml" + (f"; charset={charset}" if charset else "")
    arrivals = list(read_sources([site.page("/feed", text.encode(encoding), kind)], settings=LOCAL))
    [found] = received(arrivals)
    assert found.report.text == f"Genève: {LONG}"
    assert found.report.outlet == "Genève"
    assert [f"is not in {said}, as it says" in each for each in sentences(arrivals)] == ([True] if said else [])


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 50
    + '"><!ENTITY c "'
    + "&b;" * 50
    + '">'
    '<!ENTITY d "'
    + "&c;" * 50
    + '"><!ENTITY e "'
    + "&d;" * 50
    + '">]><rss><channel><item><title>&e;</title></item></channel></rss>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&f;</title></item></channel></rss>'


@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE, BOMB.replace("rss", "opml")])
def test_entities_that_unfold_or_reach_out_are_refused(site: Site, tmp_path: Path, bomb: str) -> None:
    (tmp_path / "feed.xml").write_text(bomb, encoding="utf-8")
    started = time.process_time()
    for source in (site.page("/feed", bomb.encode(), "text/xml"), str(tmp_path / "feed.xml")):
        [found] = read_sources([source], settings=LOCAL)
        assert "declares entities of its own" in str(found)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel>" + b"<a>" * 60_000,
        b"<rss><channel>" + b"<" * 60_000,
        b"<rss><channel>" + b"<!--" * 50_000,
        b"<!-- -->" * 500 + b"!",
        b"<rss><channel>" + b"<item><title>a & b</title>" * 6_000,
        b"<rss><channel><item><description>" + b"&amp;lt;p&amp;gt;" * 10_000,
        b"<rss><channel><item><description>" + b"&lt;div&gt;" * 15_000,
    ],
)
def test_malformed_xml_takes_no_more_than_moments(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "feed.xml").write_bytes(data)
    started = time.process_time()
    list(read_sources([str(tmp_path / "feed.xml")]))
    assert time.process_time() - started < 20


def test_gzip_bombs_are_cut_off(site: Site) -> None:
    bomb = gzip.compress(b"<rss><channel>" + b" " * 50_000_000)
    small = Settings(allow_private_addresses=True, report_limit_bytes=1_000_000)
    [found] = read_sources([site.page("/feed", bomb, "application/rss+xml")], settings=small)
    assert "larger than 1,000,000 bytes" in str(found)


def test_opml_leads_to_its_feeds_each_once(site: Site, tmp_path: Path) -> None:
    one = site.page("/one", rss({"title": "A", "text": LONG}), "application/rss+xml")
    two = site.page("/two", rss({"title": "B", "text": f"{LONG} And more."}), "application/rss+xml")
    (tmp_path / "feeds.opml").write_bytes(opml(one, two, one, "ftp://news.example/feed"))
    found = received(list(read_sources([str(tmp_path / "feeds.opml")], published="2016-12-05", settings=LOCAL)))
    assert [each.report.title for each in found] == ["A", "B"]
    assert [each.source for each in found] == [one, two]
    assert list(feeds_among([str(tmp_path / "feeds.opml"), one])) == [one, two, one]


def test_a_list_that_lists_itself_ends(site: Site) -> None:
    url = f"{site.url}/feeds.opml"
    site.page("/feeds.opml", opml(url), "text/x-opml")
    [found] = read_sources([url], settings=LOCAL)
    assert "is no feed but an OPML list of feeds" in str(found)


def test_opml_that_is_html_or_lists_nothing(site: Site, tmp_path: Path) -> None:
    html = b"<!DOCTYPE html><html><body><p>Please sign in.</p></body></html>"
    (tmp_path / "feeds.opml").write_bytes(html)
    (tmp_path / "none.opml").write_bytes(opml())
    (tmp_path / "plain.opml").write_bytes(b"Please sign in.")
    sources = [str(tmp_path / name) for name in ("feeds.opml", "none.opml", "plain.opml")]
    for found in (list(read_sources(sources)), list(feeds_among(sources))):
        assert all(isinstance(each, Unreadable) for each in found)
        assert "is no OPML but an HTML page" in str(found[0])
        assert "without the address of a feed" in str(found[1])
        assert "holds no XML" in str(found[2])
    [found] = feeds_among([site.page("/feeds.opml", html)], LOCAL)
    assert "is no OPML but an HTML page" in str(found)
    [found] = feeds_among([str(tmp_path)])
    assert "cannot be opened (Is a directory)" in str(found)


def test_feeds_of_private_addresses_are_refused(site: Site, tmp_path: Path) -> None:
    feed = site.page("/feed", rss({"text": LONG}), "application/rss+xml")
    (tmp_path / "feeds.opml").write_bytes(opml(feed))
    [found] = read_sources([str(tmp_path / "feeds.opml")])
    assert "not of the public internet" in str(found)
    assert site.seen == []


def test_what_robots_may_not_read_is_not_fetched(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: Truceline\nDisallow: /private\n\nUser-agent: *\nDisallow: /", "text/plain")
    entries = [{"link": site.page("/open", page("the truce"))}, {"link": site.page("/private/a", page("the border"))}]
    url = site.page("/feed", rss(*entries), "application/rss+xml")
    arrivals = list(read_sources([url], settings=LOCAL))
    assert len(received(arrivals)) == 1
    assert "is not for programs, says its server's robots.txt" in sentences(arrivals)[0]
    assert "/private/a" not in site.paths


def test_a_robots_file_that_cannot_be_had_means_no_for_now(site: Site) -> None:
    site.answer("/robots.txt", 500, {})
    url = site.page("/feed", rss({"link": site.page("/a", page("the truce"))}), "application/rss+xml")
    [found] = read_sources([url], settings=LOCAL)
    assert isinstance(found, Unreadable)
    assert found.passing
    assert "robots.txt answered 500" in str(found)


def test_requests_to_one_server_keep_their_distance(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7", "text/plain")
    for path in ("/a", "/b", "/c"):
        site.page(path, page(path))
    now = [0.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    courtesy = Courtesy(LOCAL, clock=lambda: now[0], sleep=sleep)
    for path in ("/a", "/b", "/c"):
        courtesy.fetch(site.url + path)
        now[0] += 2
    assert slept == [7.0, 5.0, 5.0]


def test_a_server_that_asks_for_rest_gets_it(site: Site) -> None:
    site.answer("/a", 429, {"Retry-After": "120"})
    site.page("/b", page("the truce"))
    now = [0.0]
    courtesy = Courtesy(LOCAL, clock=lambda: now[0], sleep=lambda seconds: None)
    with pytest.raises(Refused, match="answered 429"):
        courtesy.fetch(f"{site.url}/a")
    now[0] = 119.0
    with pytest.raises(Refused, match="needs a rest"):
        courtesy.fetch(f"{site.url}/b")
    now[0] = 121.0
    assert courtesy.fetch(f"{site.url}/b").body == page("the truce")
    assert site.paths.count("/b") == 1


def test_addresses_and_words_come_out_as_written() -> None:
    assert feed_addresses(opml("https://news.example/a?b=1&c=2")) == ["https://news.example/a?b=1&c=2"]
    feed = parsed_feed(rss({"link": "/talks", "guid": "x"}), url="https://news.example/feeds/all")
    assert feed.entries[0].link == "https://news.example/talks"


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("Two words", "Two words"),
        ("<p>One\ntwo <b>three</b>.</p><p>Four &amp; &nbsp; five</p>", "One two three.\nFour & five"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<script>x()</script>Kept<figure><img alt='a'>Photo</figure> too<!-- c -->.", "Kept too."),
        ("5 &lt; 6 &mdash; said", "5 < 6 \u2014 said"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_html_becomes_words(fragment: str, text: str) -> None:
    assert plain_text(fragment) == text


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_words_pass_through_a_feed(words: str) -> None:
    text = f"{LONG} {words}".replace("]]>", "")
    feed = parsed_feed(rss({"title": words, "text": text.replace("<", "&lt;").replace("&", "&amp;")}))
    assert len(feed.entries) == 1
    assert feed.entries[0].text.startswith(LONG)


def test_a_visit_keeps_what_it_is_given() -> None:
    memory = Forgetful()
    assert memory.recall("f") is None
    memory.keep("f", Visited(etag="1"))
    assert memory.recall("f") == Visited(etag="1")
