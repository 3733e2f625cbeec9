"""Manners toward servers that are asked again and again: their robots.txt, a pause between two requests, and rest.

The page that somebody names is fetched because a person wants to see it. What a feed lists is fetched by a program on
its own, and programs ask first (RFC 9309) and take turns.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from truceline.read.fetching import Page, fetch
from truceline.read.received import Refused
from truceline.settings import Settings

ROBOT = "Truceline"
"""Our name in a robots.txt and in the header User-Agent."""
_LONGEST_PAUSE = 60.0
_FAILURES_IN_A_ROW = 3
_REST = 900.0


@dataclass(slots=True)
class _Host:
    rules: RobotFileParser | None = None
    asked: float | None = None
    failures: int = 0
    rests_until: float = 0.0


class Courtesy:
    """Fetches pages politely; one for a whole run, because it remembers when each server was asked last."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[tuple[str, str], _Host] = {}

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """The page, once it is this server's turn; `Refused` as by `fetch`, or if its robots.txt says no.

        A server that asked for rest, or failed three times in a row, is left alone for that time (15 minutes where it
        names none).
        """
        parts = urlsplit(url)
        host = self._hosts.setdefault((parts.scheme, parts.netloc), _Host())
        if host.rests_until > self._clock():
            raise Refused("was not asked, because its server needs a rest: try again later", passing=True)
        if host.rules is None:
            host.rules = self._rules(host, f"{parts.scheme}://{parts.netloc}/robots.txt")
        if not host.rules.can_fetch(ROBOT, url):
            raise Refused("is not for programs, says its server's robots.txt: save the page as a file and read that")
        return self._turn(host, lambda: fetch(url, self._settings, etag=etag, last_modified=last_modified))

    def _rules(self, host: _Host, url: str) -> RobotFileParser:
        rules = RobotFileParser(url)
        try:
            page = self._turn(host, lambda: fetch(url, self._settings, any_type=True))
        except Refused as refusal:
            if refusal.passing:  # RFC 9309, section 2.3.1.4: unreachable means no
                sentence = f"was not asked, because its server's robots.txt {refusal}"
                raise Refused(sentence, passing=True, wait=refusal.wait) from refusal
            rules.parse([])  # none there: everything may be fetched
        else:
            rules.parse(page.body[:512_000].decode("utf-8", "replace").splitlines())
        return rules

    def _turn(self, host: _Host, request: Callable[[], Page]) -> Page:
        if host.asked is not None:
            left = host.asked + self._pause(host) - self._clock()
            if left > 0:
                self._sleep(left)
        try:
            page = request()
        except Refused as refusal:
            host.failures = host.failures + 1 if refusal.passing else 0
            if refusal.wait is not None or host.failures >= _FAILURES_IN_A_ROW:
                host.rests_until = self._clock() + (_REST if refusal.wait is None else refusal.wait)
            raise
        else:
            host.failures = 0
            return page
        finally:
            host.asked = self._clock()

    def _pause(self, host: _Host) -> float:
        """Seconds between two requests: the setting, or more where the robots.txt asks for it, up to a minute."""
        wished = host.rules.crawl_delay(ROBOT) if host.rules else None
        return max(self._settings.fetch_pause_seconds, min(float(wished or 0), _LONGEST_PAUSE))
