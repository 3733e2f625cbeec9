"""The network: what is fetched, what is refused, and within which bounds."""

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from tests.sites import LOCAL, Site
from truceline.read import Received, Unreadable, addresses, read_sources
from truceline.read.fetching import fetch
from truceline.read.received import Refused
from truceline.settings import Settings

STRICT = Settings(fetch_timeout_seconds=5)
PUBLIC = "93.184.215.14"
ARTICLE = (
    b"<html><head><title>Talks to resume</title></head><body><article><p>The two governments agreed on Monday "
    b"to resume their talks in Geneva, a mediator said, after three weeks apart.</p></article></body></html>"
)


def test_a_page_is_fetched(site: Site) -> None:
    page = fetch(site.page("/talks?x=1", ARTICLE), LOCAL)
    assert (page.body, page.media_type, page.charset) == (ARTICLE, "text/html", "utf-8")
    assert page.url == site.url + "/talks?x=1"


def test_a_fragment_stays_at_home_and_other_letters_are_quoted(site: Site) -> None:
    site.page("/Gen%C3%A8ve%20a?q=%C3%A9", ARTICLE)
    assert fetch(site.url + "/Genève a?q=é#top", LOCAL).body == ARTICLE


def test_an_address_becomes_a_report(site: Site) -> None:
    url = site.page("/2016/talks-resume.html", ARTICLE)
    [received] = read_sources([url], published="2016-12-05", settings=LOCAL)
    assert isinstance(received, Received)
    assert received.name == "talks-resume"
    assert received.report.url == url
    assert received.report.title == "Talks to resume"
    assert received.report.text.startswith("The two governments agreed")
    assert received.notices == ()


def test_text_and_jsonl_are_read_from_addresses(site: Site) -> None:
    text = site.page("/a.txt", "Talks resumed in Genève.".encode("cp1252"), "text/plain; charset=iso-8859-1")
    lines = site.page("/b.jsonl", b'{"id": "x", "text": "One."}\n{"text": "Two."}\n', "text/plain")
    packed = site.page("/c", gzip.compress(b'{"text": "Three."}'), "application/x-ndjson")
    found = [each for each in read_sources([text, lines, packed], settings=LOCAL) if isinstance(each, Received)]
    assert [each.report.text for each in found] == ["Talks resumed in Genève.", "One.", "Two.", "Three."]
    assert [each.name for each in found] == ["a", "x", "b-2", "c-1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"])
def test_this_machine_is_refused(site: Site, host: str) -> None:
    site.page("/", ARTICLE)
    with pytest.raises(Refused, match=r"not of the public internet|cannot be reached"):
        fetch(f"http://{host}:{site.port}/", STRICT)
    assert site.seen == []


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "100.64.0.1", "fd00::1", "::ffff:192.168.0.1"])
def test_a_public_name_of_a_private_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not of the public internet"):
        fetch("http://news.example/", STRICT, lambda host, port: [address])


def test_a_name_is_resolved_once_and_that_address_is_used(site: Site) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.page("/", ARTICLE)
    assert fetch(f"http://news.example:{site.port}/", LOCAL, resolve).body == ARTICLE
    assert asked == ["news.example"]
    assert site.seen == [("/", f"news.example:{site.port}")]


def test_only_the_public_ones_of_several_addresses_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Refused, match="Connection refused"):
        fetch("http://news.example/", STRICT, lambda host, port: ["127.0.0.1", PUBLIC, "10.0.0.1"])
    assert tried == [PUBLIC]


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public here, so that only the second is judged."""
    site.answer("/", 302, {"Location": "http://inside.example/"})
    where = {"news.example": "127.0.0.1", "inside.example": "10.0.0.1"}
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(Refused, match=r"leads to 10\.0\.0\.1"):
        fetch(f"http://news.example:{site.port}/", STRICT, lambda host, port: [where[host]])
    assert len(site.seen) == 1


def test_redirects_are_followed_up_to_a_bound(site: Site) -> None:
    for number in range(9):
        site.answer(f"/{number}", 301, {"Location": f"{number + 1}"})
    site.page("/9", ARTICLE)
    assert fetch(site.url + "/4", LOCAL).url == site.url + "/9"
    with pytest.raises(Refused, match="more than 5 redirects"):
        fetch(site.url + "/3", LOCAL)


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "of the kind file:"),
        ("ftp://news.example/a", "of the kind ftp:"),
        ("http://user:word@news.example/", "a user name or password"),
        ("http://[", "no valid address"),
    ],
)
def test_odd_redirects_are_refused(site: Site, location: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        fetch(site.answer("/", 302, {"Location": location}), LOCAL)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://user@news.example/", "a user name or password"),
        ("https://news.example@127.0.0.1/", "a user name or password"),
        ("http:///path", "names no host"),
        ("http://news.example:99999/", "no valid address"),
        ("http://" + "a" * 300 + ".example/", "names no valid host|cannot be reached"),
        ("http://news.example\udc80/", "."),
    ],
)
def test_odd_addresses_are_refused(url: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        fetch(url, STRICT)


def test_https_does_not_lead_to_http(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoEncryption:
        """Stands in for TLS, so that the test needs no certificate."""

        def wrap_socket(self, plain: socket.socket, **_: object) -> socket.socket:
            class Bare(socket.socket):
                def do_handshake(self) -> None: ...

            timeout = plain.gettimeout()
            bare = Bare(plain.family, plain.type, plain.proto, plain.detach())
            bare.settimeout(timeout)
            return bare

    monkeypatch.setattr("truceline.read.fetching._tls", NoEncryption)
    target = site.page("/plain", ARTICLE)
    site.answer("/", 302, {"Location": target})
    with pytest.raises(Refused, match="without encryption"):
        fetch(site.url.replace("http:", "https:") + "/", LOCAL)
    assert [path for path, _ in site.seen] == ["/"]


def test_https_to_a_server_without_tls_is_refused(site: Site) -> None:
    with pytest.raises(Refused, match="secure connection"):
        fetch(site.url.replace("http:", "https:"), LOCAL)


@pytest.mark.parametrize("status", [404, 403, 500, 204, 304])
def test_other_answers_than_a_page_are_said(site: Site, status: int) -> None:
    with pytest.raises(Refused, match=f"answered {status}"):
        fetch(site.answer("/", status, {}), LOCAL)


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "text/css", "application/octet-stream"])
def test_other_types_are_refused(site: Site, kind: str) -> None:
    with pytest.raises(Refused, match=f"type {kind}"):
        fetch(site.page("/", b"x", kind), LOCAL)


def test_a_page_may_come_compressed(site: Site) -> None:
    packed = gzip.compress(ARTICLE)
    assert fetch(site.page("/", packed, Content_Encoding="gzip"), LOCAL).body == ARTICLE
    with pytest.raises(Refused, match="broke off"):
        fetch(site.page("/", packed[:-20], Content_Encoding="gzip"), LOCAL)
    with pytest.raises(Refused, match="cannot be understood"):
        fetch(site.page("/", ARTICLE, Content_Encoding="gzip"), LOCAL)
    with pytest.raises(Refused, match="compressed as br"):
        fetch(site.page("/", ARTICLE, Content_Encoding="br"), LOCAL)


def test_size_is_bounded_before_and_after_decompression(site: Site) -> None:
    exact = b"a" * LOCAL.fetch_limit_bytes
    assert fetch(site.page("/exact", exact), LOCAL).body == exact
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < LOCAL.fetch_limit_bytes
    for url in (site.page("/more", exact + b"a"), site.page("/bomb", bomb, Content_Encoding="gzip")):
        with pytest.raises(Refused, match="larger than 200,000 bytes"):
            fetch(url, LOCAL)


def test_a_transfer_that_breaks_off_is_said(site: Site) -> None:
    with pytest.raises(Refused, match="broke off"):
        fetch(site.page("/", ARTICLE, Content_Length=str(len(ARTICLE) + 100)), LOCAL)


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_drips_is_cut_off_in_time(site: Site, where: str) -> None:
    ended = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if where == "body" else b"X-A: "))
        try:
            for _ in range(400):
                handler.wfile.write(b"a")
                time.sleep(0.02)
        except OSError:
            ended.set()  # the reader closed the connection

    site.pages["/"] = drip
    started = time.monotonic()
    with pytest.raises(Refused, match=r"within 0\.3 seconds"):
        fetch(site.url + "/", Settings(allow_private_addresses=True, fetch_timeout_seconds=0.3))
    assert time.monotonic() - started < 2
    assert ended.wait(3)


def test_a_slow_resolver_is_not_waited_for() -> None:
    release = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        release.wait(60)
        return [PUBLIC]

    started = time.monotonic()
    with pytest.raises(Refused, match=r"within 0\.2 seconds"):
        fetch("http://news.example/", Settings(fetch_timeout_seconds=0.2), resolve)
    assert time.monotonic() - started < 30  # a busy machine takes its time; the resolver would take twice that
    release.set()


def test_an_unknown_host_and_a_closed_port_are_said() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Refused, match="Name or service not known"):
        fetch("http://news.example/", STRICT, resolve)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Refused, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", LOCAL)


def test_what_is_no_http_is_said(site: Site) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n")

    site.pages["/"] = respond
    with pytest.raises(Refused, match="cannot be understood"):
        fetch(site.url + "/", LOCAL)


def test_a_refused_address_is_one_sentence_and_the_rest_is_read(site: Site) -> None:
    site.page("/", ARTICLE)
    first, second = read_sources([site.url + "/", site.url + "/"], settings=STRICT)
    assert isinstance(first, Unreadable)
    assert isinstance(second, Unreadable)
    assert first.source == site.url + "/"
    assert str(first).startswith(f"{site.url}/ leads to 127.0.0.1")
    assert "allow_private_addresses" in str(first)


def test_no_connection_is_opened_for_files(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    path = f"{tmp_path}/page.html"
    with open(path, "wb") as page:
        page.write(ARTICLE.replace(b"<article>", b"<img src='http://news.example/x.png'><article>"))
    [received] = read_sources([path])
    assert isinstance(received, Received)
