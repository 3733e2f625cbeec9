"""One page from the web: the only place in Truceline that opens a connection.

Each host's name is resolved once and the connection made to an address that was checked, so that a name cannot
lead to this machine's own network, neither by a redirect nor by answering differently the second time. Proxies of
the environment are not used, because behind one the address reached cannot be checked.
"""

import http.client
import socket
import ssl
import threading
import zlib
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from truceline.read import addresses
from truceline.read.received import Refused
from truceline.settings import Settings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_JSON = frozenset({"application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines"})
_FEEDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "text/x-opml",
})  # fmt: skip
_TYPES = _HTML | _JSON | _FEEDS | {"text/plain", "text/markdown", ""}
# Worth another try later (RFC 9110): time ran out, too many requests, the server is in trouble.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_HEADERS = {
    "User-Agent": "Truceline",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain;q=0.9, "
    "application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_SAFE = "/%:@!$&'()*+,;=~?[]"
_CHUNK = 65_536
_LONGEST_WAIT = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: the `url` it ended at, media type without parameters, declared charset, content.

    `etag` and `last_modified` are what the server wants to hear the next time; `unchanged` is its answer, without
    content, to one who knows the page already.
    """

    url: str
    media_type: str
    charset: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False


def fetch(
    url: str,
    settings: Settings,
    resolve: addresses.Resolver | None = None,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    any_type: bool = False,
) -> Page:
    """The page at an http or https address; `Refused` if it cannot or may not be had.

    Bounded by the settings in time (name, connection, redirects and content together) and in bytes (after
    decompression). With the `etag` or `last_modified` of an earlier visit the page comes only if it has changed
    (RFC 9110, section 13). What is no text, JSON, feed or HTML is refused, unless `any_type`.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {**_HEADERS, **{name: value for name, value in known.items() if value}}
    visit = _Visit(settings, resolve or addresses.resolve, headers, any_type)
    answer: Future[Page] = Future()

    def work() -> None:
        try:
            answer.set_result(visit.follow(url))
        except Exception as fault:
            answer.set_exception(fault)

    # A thread, because nothing else bounds a slow resolver and a server that sends a byte now and then.
    threading.Thread(target=work, daemon=True).start()
    try:
        return answer.result(timeout=settings.fetch_timeout_seconds)
    except TimeoutError as fault:
        waited = f"{settings.fetch_timeout_seconds:g} seconds"
        raise Refused(
            f"was not there within {waited}: try again, or raise fetch_timeout_seconds", passing=True
        ) from fault
    except ssl.SSLError as fault:
        raise Refused(f"has no secure connection to offer ({fault.reason}): check the address") from fault
    except OSError as fault:
        reason = fault.strerror or str(fault) or "the connection broke off"
        raise Refused(
            f"cannot be reached ({reason}): check the address and the network connection", passing=True
        ) from fault
    except (http.client.HTTPException, zlib.error, ValueError) as fault:
        kind = type(fault).__name__
        raise Refused(f"sent an answer that cannot be understood ({kind}): try again later", passing=True) from fault
    finally:
        visit.end()


class _Visit:
    """The connections of one fetch, one after the other."""

    def __init__(
        self, settings: Settings, resolve: addresses.Resolver, headers: dict[str, str], any_type: bool
    ) -> None:
        self._settings = settings
        self._resolve = resolve
        self._headers = headers
        self._any_type = any_type
        self._socket: socket.socket | None = None
        self._ended = False

    def end(self) -> None:
        """Break off what is under way; the waiting thread wakes up with an error."""
        self._ended = True
        if self._socket is not None:
            with suppress(OSError):
                # Not the method of an SSL socket, which would drop its state under the thread that reads from it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def follow(self, url: str) -> Page:
        """The page at the end of the redirects."""
        secure = False
        base = ""
        for _ in range(_MOST_REDIRECTS + 1):
            parts = _checked(base, url)
            if secure and parts.scheme == "http":
                raise Refused("leads from https to an address without encryption: name that address if you trust it")
            secure = parts.scheme == "https"
            page = self._get(parts)
            if isinstance(page, Page):
                return page
            base, url = parts.geturl(), page
        raise Refused(f"leads to more than {_MOST_REDIRECTS} redirects: name the page's own address")

    def _get(self, parts: SplitResult) -> Page | str:
        """The page at this address, or the address to which it redirects."""
        connection = self._connection(parts)
        try:
            target = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
            connection.request("GET", quote(target, safe=_SAFE, errors="replace"), headers=self._headers)
            response = connection.getresponse()
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return location.encode("latin-1", "replace").decode("utf-8", "replace")
            marks = response.getheader("ETag"), response.getheader("Last-Modified")
            if response.status == 304 and not {"If-None-Match", "If-Modified-Since"}.isdisjoint(self._headers):
                return Page(parts.geturl(), "", None, b"", *marks, unchanged=True)
            if response.status != 200:
                raise _answered(response)
            media_type = response.headers.get_content_type() if response.getheader("Content-Type") else ""
            if not (self._any_type or media_type in _TYPES):
                raise Refused(f"is of the type {media_type}, not HTML, text, JSON or a feed: name the page of a report")
            charset = response.headers.get_content_charset()
            return Page(parts.geturl(), media_type, charset, _body(response, self._settings.fetch_limit_bytes), *marks)
        finally:
            connection.close()

    def _connection(self, parts: SplitResult) -> http.client.HTTPConnection:
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host, port)
        connection.auto_open = 0  # never connect by name
        connection.sock = self._socket = self._connected(host, port)
        try:
            if secure:
                secured = _tls().wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
                connection.sock = self._socket = secured
                secured.do_handshake()
            if self._ended:
                raise TimeoutError
        except BaseException:
            connection.close()
            raise
        return connection

    def _connected(self, host: str, port: int) -> socket.socket:
        try:
            found = self._resolve(host, port)
        except UnicodeError as fault:
            raise Refused("names no valid host: check the address") from fault
        allowed = [each for each in found if self._settings.allow_private_addresses or addresses.is_public(each)]
        if found and not allowed:
            raise Refused(
                f"leads to {found[0]}, an address that is not of the public internet: save the page as a file, "
                "or set allow_private_addresses if you trust it"
            )
        last: OSError = OSError("no address is known")
        for address in allowed:
            if self._ended:
                break
            try:
                return socket.create_connection((address, port), self._settings.fetch_timeout_seconds)
            except OSError as fault:
                last = fault
        raise last


def _answered(response: http.client.HTTPResponse) -> Refused:
    """The refusal of another answer than a page; in trouble, with the time for which the server wants its peace."""
    said = f"answered {response.status} {response.reason}".rstrip()
    if response.status not in _PASSING:
        return Refused(f"{said}: check the address")
    return Refused(f"{said}: try again later", passing=True, wait=_seconds(response.getheader("Retry-After")))


def _seconds(after: str | None) -> float | None:
    """A Retry-After header (RFC 9110, section 10.2.3), in seconds or as a date, as seconds from now."""
    if after is None:
        return None
    if after.strip().isdigit():
        return min(float(after), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(after)
    except (ValueError, OverflowError):
        return None
    now = datetime.now(moment.tzinfo)
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST_WAIT)


def _checked(base: str, url: str) -> SplitResult:
    """The address in its parts, seen from `base`; `Refused` unless http or https to a host, with no user name."""
    try:
        parts = urlsplit(urljoin(base, url))
        host, _ = parts.hostname, parts.port
    except ValueError as fault:
        raise Refused("is no valid address: check it") from fault
    if parts.scheme not in {"http", "https"}:
        raise Refused(f"leads to an address of the kind {parts.scheme}:, not http or https: name a page of the web")
    if not host:
        raise Refused("names no host: check the address")
    if "@" in parts.netloc:
        raise Refused("holds a user name or password: name the address without it")
    return parts._replace(fragment="")


def _tls() -> ssl.SSLContext:
    known = ssl.get_default_verify_paths()
    if known.cafile or known.capath:
        return ssl.create_default_context()
    import certifi  # a Python without the system's certificates

    return ssl.create_default_context(cafile=certifi.where())


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """The content, decompressed; `Refused` if it has more than `limit` bytes, or broke off."""
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise Refused(f"is compressed as {encoding}, which was not asked for: save the page as a file")
    inflate = None if encoding == "identity" else zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    left = limit
    while chunk := response.read(_CHUNK):
        part = inflate.decompress(chunk, left + 1) if inflate else chunk
        left -= len(part)
        if left < 0:
            advice = "save the report as a file, or raise fetch_limit_bytes"
            raise Refused(f"is larger than {limit:,} bytes or never ends: {advice}")
        parts.append(part)
    if response.length or (inflate and not inflate.eof):
        raise Refused("broke off before its end: try again later", passing=True)
    return b"".join(parts)
