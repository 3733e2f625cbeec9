"""Web archives: the articles in them, whole, compressed, cut off and damaged."""

import gzip
import io
import random
import zlib
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdWriter

from tests.read.feeds import page
from truceline.read import Arrival, Received, Remark, Unreadable, count_sources, read_sources
from truceline.settings import Settings


def record(
    url: str, block: bytes, kind: str = "response", media_type: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-12-05T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{zlib.crc32(url.encode()):012d}>\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, media_type: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def capture(number: int) -> bytes:
    return record(f"https://news.example/{number}.html", answer(page(f"point {number}")))


CAPTURES = [capture(number) for number in range(5)]
INFO = record("", b"software: x\r\n", "warcinfo", "application/warc-fields")


def zstd(*parts: bytes) -> bytes:
    out = io.BytesIO()
    for part in parts:
        writer = ZstdWriter(out)
        writer.write(part)
        writer.close()
    return out.getvalue()


def read(path: Path, data: bytes, **options: object) -> list[Arrival]:
    path.write_bytes(data)
    return list(read_sources([str(path)], published="2016-12-05", **options))  # type: ignore[arg-type]


def received(arrivals: list[Arrival]) -> list[Received]:
    return [each for each in arrivals if isinstance(each, Received)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc", b"".join),
        ("a.warc.gz", lambda parts: b"".join(map(gzip.compress, parts))),
        ("b.warc.gz", lambda parts: gzip.compress(b"".join(parts))),
        ("a.warc.zst", lambda parts: zstd(*parts)),
        ("crawl", b"".join),
        ("crawl.bin", lambda parts: b"".join(map(gzip.compress, parts))),
    ],
)
def test_the_pages_of_an_archive(tmp_path: Path, name: str, pack: object) -> None:
    arrivals = read(tmp_path / name, pack([INFO, *CAPTURES]))  # type: ignore[operator]
    found = received(arrivals)
    assert len(arrivals) == len(found) == 5
    assert [each.report.url for each in found] == [f"https://news.example/{n}.html" for n in range(5)]
    assert [each.name for each in found] == list("01234")
    assert all("resume their talks about point" in each.report.text for each in found)
    assert count_sources([str(tmp_path / name)]) is None


def test_compressed_chunked_and_plain_contents(tmp_path: Path) -> None:
    body = page("the truce")
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    text = b"The envoy left Geneva on Monday."
    data = b"".join(
        [
            record("https://news.example/gzip", answer(gzip.compress(body), Content_Encoding="gzip")),
            record("https://news.example/chunked", answer(chunked, Transfer_Encoding="chunked")),
            record("https://news.example/text", text, "conversion", "text/plain"),
            record("https://news.example/resource", body, "resource", "text/html"),
        ]
    )
    found = received(read(tmp_path / "a.warc", data))
    assert [each.name for each in found] == ["gzip", "chunked", "text", "resource"]
    assert found[2].report.text == text.decode()
    assert len({each.report.text for each in (found[0], found[1], found[3])}) == 1


def test_what_is_no_article_is_counted(tmp_path: Path) -> None:
    data = b"".join(
        [
            record("https://news.example/a.png", answer(b"\x89PNG", "image/png")),
            record("https://news.example/moved", answer(b"", status="301 Moved")),
            record("https://news.example/", answer(b"<html><body><a href='/'>Home</a></body></html>")),
            record("https://news.example/broken", answer(b"not gzip", Content_Encoding="gzip")),
            record("https://news.example/long", answer(b"<p>" + b"a" * 5000)),
            record("https://news.example/bomb", answer(gzip.compress(b"<p>" + b"a" * 5000), Content_Encoding="gzip")),
            CAPTURES[0],
        ]
    )
    arrivals = read(tmp_path / "a.warc", data, settings=Settings(report_limit_bytes=2000))
    assert len(received(arrivals)) == 1
    [remark] = [each for each in arrivals if isinstance(each, Remark)]
    passed = "2 no page, 1 a page without an article, 1 damaged, 2 larger than 2,000 bytes"
    assert str(remark).endswith(f"records that were passed over: {passed}.")
    assert not any(isinstance(each, Unreadable) for each in arrivals)


@pytest.mark.parametrize("kind", ["plain", "gzip", "one gzip", "zstd"])
@pytest.mark.parametrize("share", [0.35, 0.55, 0.75, 0.995])
def test_an_archive_that_breaks_off_gives_what_comes_before(tmp_path: Path, kind: str, share: float) -> None:
    chance = random.Random(1)
    comments = [b"<!-- " + chance.randbytes(3000).hex().encode() + b" --></body>" for _ in range(6)]
    parts = [
        record(f"https://news.example/{n}", answer(page(f"point {n}").replace(b"</body>", comments[n])))
        for n in range(6)
    ]
    packed = {
        "plain": b"".join(parts),
        "gzip": b"".join(map(gzip.compress, parts)),
        "one gzip": gzip.compress(b"".join(parts)),
        "zstd": zstd(*parts),
    }[kind]
    arrivals = read(tmp_path / "a.warc", packed[: int(len(packed) * share)])
    assert len(received(arrivals)) >= int(6 * share) - 1
    last = arrivals[-1]
    assert isinstance(last, Unreadable)
    assert "breaks off after" in str(last)
    assert "get the file again; what comes before is read" in str(last)
    assert sum(isinstance(each, Unreadable) for each in arrivals) == 1


def test_a_damaged_archive_gives_what_comes_before(tmp_path: Path) -> None:
    packed = [gzip.compress(each) for each in CAPTURES]
    packed[3] = packed[3][:60] + b"\xff" * 40 + packed[3][100:]
    arrivals = read(tmp_path / "a.warc.gz", b"".join(packed))
    assert len(received(arrivals)) >= 2
    assert "damaged" in str(arrivals[-1])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"WARC/1.0\r\nnothing else", "is damaged after 0 records|holds no captured pages|breaks off"),
        (b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nabc", "passed over|breaks off"),
        (b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nabc", "holds no|damaged|breaks off"),
        (INFO, "holds no captured pages"),
        (b"Not an archive at all.", "holds no captured pages|breaks off|damaged"),
    ],
)
def test_what_is_no_archive(tmp_path: Path, data: bytes, said: str) -> None:
    arrivals = read(tmp_path / "a.warc", data)
    assert not received(arrivals)
    assert isinstance(arrivals[-1], Unreadable)
    assert any(each in str(arrivals[-1]) for each in said.split("|")), str(arrivals[-1])


def test_any_damage_gives_reports_and_sentences(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    whole = b"".join(CAPTURES)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randint(1, 60)]
        for each in read(tmp_path / "a.warc", bytes(data)):
            assert isinstance(each, Received) or str(each).startswith(str(tmp_path / "a.warc"))
    assert capfd.readouterr() == ("", "")


def test_zstd_wraps_other_files_too(tmp_path: Path) -> None:
    lines = b'{"text": "One."}\n{"text": "Two."}\n'
    found = received(read(tmp_path / "reports.jsonl.zst", zstd(lines)))
    assert [(each.name, each.report.text) for each in found] == [("reports-1", "One."), ("reports-2", "Two.")]
    assert count_sources([str(tmp_path / "reports.jsonl.zst")]) == 2
    [cut] = read(tmp_path / "cut.txt.zst", zstd(b"The envoy left. " * 50)[:-9])
    assert "damaged compressed file" in str(cut)
    [bad] = read(tmp_path / "bad.txt.zst", zstd(b"The envoy left. " * 50)[:9] + b"\xff" * 30)
    assert "damaged compressed file" in str(bad)
