"""Watching feeds: when each is asked, what failures do to that, and that it all outlives the run."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.read.feeds import page, rss
from tests.sites import LOCAL, Site
from truceline.read import Polling, Received, Remark, Unreadable, Visited
from truceline.read.memory import Forgetful
from truceline.settings import Settings

HALF_HOUR = timedelta(minutes=30)
NOON = datetime(2016, 12, 5, 12, tzinfo=UTC)


def test_a_feed_is_asked_once_in_its_time(site: Site) -> None:
    memory = Forgetful()
    url = site.versioned("/feed", rss({"guid": "1", "link": site.page("/a", page("the truce"))}), '"1"')
    polling = Polling(memory, HALF_HOUR, LOCAL)
    [found] = polling.poll(url)
    assert isinstance(found, Received)
    assert found.source == url
    asked = len(site.seen)
    [remark] = Polling(memory, HALF_HOUR, LOCAL).poll(url)
    assert "was asked already and is asked again from" in str(remark)
    assert len(site.seen) == asked
    later = datetime.now(UTC) + HALF_HOUR
    [remark] = Polling(memory, HALF_HOUR, LOCAL).poll(url, later)
    assert str(remark) == f"{url} lists nothing new."


def test_each_failure_doubles_the_wait_up_to_a_day(site: Site) -> None:
    memory = Forgetful()
    url = site.answer("/feed", 503, {})
    waits = []
    now = NOON
    for _ in range(9):
        [failed] = Polling(memory, HALF_HOUR, LOCAL).poll(url, now)
        assert isinstance(failed, Unreadable)
        due = Polling(memory, HALF_HOUR, LOCAL).due(url)
        assert due is not None
        waits.append((due - now) / timedelta(hours=1))
        now = due
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24, 24]
    [remark] = Polling(memory, HALF_HOUR, LOCAL).poll(url, now - timedelta(seconds=1))
    assert "failed 9 times in a row" in str(remark)
    site.page("/feed", rss(), "application/rss+xml")
    list(Polling(memory, HALF_HOUR, LOCAL).poll(url, now))
    assert memory.recall(url).failures == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("after", "minutes"),
    [("7200", 120), ("60", 60), ("Mon, 05 Dec 2016 00:00:00 GMT", 60), ("soon", 60), ("9" * 30, 7 * 24 * 60)],
)
def test_a_server_may_ask_for_a_longer_wait(site: Site, after: str, minutes: int) -> None:
    memory = Forgetful()
    url = site.answer("/feed", 429, {"Retry-After": after})
    list(Polling(memory, HALF_HOUR, LOCAL).poll(url, NOON))
    assert Polling(memory, HALF_HOUR, LOCAL).due(url) == NOON + timedelta(minutes=minutes)


def test_what_was_done_outlives_a_failure(site: Site) -> None:
    memory = Forgetful()
    entry = {"guid": "1", "link": site.page("/a", page("the truce"))}
    url = site.versioned("/feed", rss(entry), '"1"')
    list(Polling(memory, HALF_HOUR, LOCAL).poll(url))
    site.answer("/feed", 500, {})
    now = datetime.now(UTC) + timedelta(hours=1)
    list(Polling(memory, HALF_HOUR, LOCAL).poll(url, now))
    site.versioned("/feed", rss(entry), '"2"')
    [remark] = Polling(memory, HALF_HOUR, LOCAL).poll(url, now + timedelta(hours=1))
    assert isinstance(remark, Remark)
    assert site.paths.count("/a") == 1


def test_robots_are_asked_before_the_feed(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /", "text/plain")
    url = site.page("/feed", rss(), "application/rss+xml")
    [found] = Polling(Forgetful(), HALF_HOUR, LOCAL).poll(url)
    assert "is not for programs, says its server's robots.txt" in str(found)
    assert site.paths == ["/robots.txt"]


def test_a_page_is_no_feed(site: Site) -> None:
    [found] = Polling(Forgetful(), HALF_HOUR, LOCAL).poll(site.page("/", page("the truce")))
    assert isinstance(found, Unreadable)
    assert "is no feed but an HTML page: name the address of an RSS or Atom feed" in str(found)


def test_a_private_address_is_refused(site: Site) -> None:
    [found] = Polling(Forgetful(), HALF_HOUR, Settings()).poll(site.page("/feed", rss(), "application/rss+xml"))
    assert "not of the public internet" in str(found)
    assert site.seen == []


@pytest.mark.parametrize("checked", [None, "yesterday", ""])
def test_a_memory_that_makes_no_sense_means_ask(checked: str | None) -> None:
    memory = Forgetful()
    memory.keep("https://news.example/feed", Visited(checked=checked, failures=2))
    assert Polling(memory, HALF_HOUR, LOCAL).is_due("https://news.example/feed")
