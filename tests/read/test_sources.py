"""From what the user names to reports: every kind of source, and every kind of bad input."""

import gzip
import io
import json
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.read import Received, Unreadable, count_sources, read_sources, report_from_text
from truceline.settings import Settings

ENGLISH = "The two sides agreed on Monday to resume the talks, the mediator said, but not to the terms of the truce.\n"
RUSSIAN = "Переговоры возобновились в понедельник в Женеве, сообщил министр иностранных дел.\n"
PAGE = f"<!DOCTYPE html><html><head><title>Talks</title></head><body><article><p>{ENGLISH}</p></article></body></html>"


def one(source: Path | str, **options: object) -> Received | Unreadable:
    [found] = read_sources([str(source)], **options)  # type: ignore[arg-type]
    return found


def received(source: Path | str, **options: object) -> Received:
    found = one(source, **options)
    assert isinstance(found, Received), str(found)
    return found


def refusal(source: Path | str, **options: object) -> str:
    found = one(source, **options)
    assert isinstance(found, Unreadable)
    assert found.source == str(source)
    sentence = str(found)
    assert sentence.startswith("Standard input" if source == "-" else str(source))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def feed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return feed


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def test_a_text_file(tmp_path: Path) -> None:
    found = received(put(tmp_path, "geneva talks.txt", ENGLISH), published="2016-12-05")
    assert found.name == "geneva-talks"
    assert found.report.text == ENGLISH
    assert (found.report.language, found.report.published, found.report.url) == ("en", "2016-12-05", None)
    assert found.notices == ()


def test_a_missing_date_is_said_in_one_notice(tmp_path: Path) -> None:
    found = received(put(tmp_path, "a.txt", ENGLISH))
    assert found.report.published is None
    assert len(found.notices) == 1
    assert "--published YYYY-MM-DD" in found.notices[0]


def test_an_html_file(tmp_path: Path) -> None:
    for name in ("a.html", "a.HTM", "a.page"):
        found = received(put(tmp_path, name, PAGE))
        assert (found.report.title, found.report.text) == ("Talks", ENGLISH.strip())


def test_the_given_date_wins_over_the_document(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", json.dumps({"text": ENGLISH, "published": "2001-01-01"}))
    assert received(path).report.published == "2001-01-01"
    assert received(path, published="2016-12-05").report.published == "2016-12-05"


@pytest.mark.parametrize("published", ["yesterday", "2016-02-30", "2016-1-1", ""])
def test_a_given_date_that_is_none_is_refused_at_once(published: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_sources(["-"], published=published)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", "\u200b\u3000".encode()]
)
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_an_empty_or_blank_file(tmp_path: Path, data: bytes, name: str) -> None:
    assert "is empty" in (sentence := refusal(put(tmp_path, name, data))) or "holds no text" in sentence


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.html"])
def test_an_empty_file_of_another_kind(tmp_path: Path, name: str) -> None:
    assert "is empty" in refusal(put(tmp_path, name, " \n"))


def test_ten_megabytes_are_read_and_one_endless_line(tmp_path: Path) -> None:
    text = ENGLISH.replace("\n", " ") * (10_000_000 // len(ENGLISH) + 1)
    found = received(put(tmp_path, "long.txt", text))
    assert found.report.text == text
    assert found.report.language == "en"


def test_beyond_the_limit_a_file_is_refused(tmp_path: Path) -> None:
    small = Settings(report_limit_bytes=100)
    assert received(put(tmp_path, "a.txt", "a" * 100), settings=small)
    assert "larger than 100 bytes" in refusal(put(tmp_path, "b.txt", "a" * 101), settings=small)
    assert "larger than 100 bytes" in refusal(put(tmp_path, "c.txt.gz", gzip.compress(b"a" * 9999)), settings=small)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
def test_an_endless_device_is_refused() -> None:
    assert "larger than" in refusal("/dev/zero", settings=Settings(report_limit_bytes=1000))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    assert received(put(tmp_path, "a.txt", ENGLISH.encode(encoding)), published="2016-12-05").notices == ()
    assert received(put(tmp_path, "b", ENGLISH.encode(encoding))).report.text == ENGLISH


def test_latin_1_is_read_with_a_notice(tmp_path: Path) -> None:
    found = received(put(tmp_path, "a.txt", ("Genève: " + ENGLISH).encode("latin-1")))
    assert found.report.text == "Genève: " + ENGLISH
    assert "Windows-1252" in found.notices[0]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n\0\0", b"\x7fELF\x02\0\0", bytes(99)]
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a", "a.pdf"])
def test_binary_files(tmp_path: Path, data: bytes, name: str) -> None:
    assert " is " in refusal(put(tmp_path, name, data))


def test_lone_surrogates_and_nuls_are_replaced_and_counted(tmp_path: Path) -> None:
    found = received(
        put(tmp_path, "a.jsonl", '{"text": "The \\ud800 talks \\u0000 began. \\ud83d\\ude00", "title": "\\udfff"}')
    )
    assert found.report.text == "The \ufffd talks \ufffd began. 😀"
    assert found.report.title == "\ufffd"
    assert any(notice.startswith("2 characters") for notice in found.notices)
    utf16 = put(tmp_path, "b.txt", "\ufeffThe \ud800 talks.".encode("utf-16-le", "surrogatepass"))
    assert received(utf16).report.text == "The \ufffd talks."


def test_right_to_left_text_and_emoji_are_kept(tmp_path: Path) -> None:
    text = "قال الوزير: \u202bالمحادثات\u202c 🕊️👩‍👩‍👧 ستستأنف يوم الاثنين في جنيف.\n"
    found = received(put(tmp_path, "a.txt", text))
    assert found.report.text == text
    assert found.report.language == "ar"


def test_another_language_is_read_with_a_notice(tmp_path: Path) -> None:
    found = received(put(tmp_path, "a.txt", RUSSIAN), published="2016-12-05")
    assert found.report.text == RUSSIAN
    assert found.report.language == "ru"
    [notice] = found.notices
    assert "(ru)" in notice
    assert "English only" in notice


def test_newlines_are_normalised_and_nothing_else(tmp_path: Path) -> None:
    found = received(put(tmp_path, "a.txt", b"\xef\xbb\xbf  One.\r\n\r\nTwo.\rThree. \x0b\xc2\x85\n"))
    assert found.report.text == "  One.\n\nTwo.\nThree. \x0b\x85\n"


def test_html_without_an_article(tmp_path: Path) -> None:
    assert "holds no article" in refusal(put(tmp_path, "a.html", "<html><body><a href=/>Home</a></body></html>"))


def test_what_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "missing.txt")
    assert "cannot be opened" in refusal("a" * 5000)
    assert "is not a path" in str(one("a\0b"))
    assert "of the kind ftp://" in refusal("ftp://news.example/a")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt", ENGLISH)

    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", forbid)
    found = one(path)
    monkeypatch.undo()
    assert "may not be read" in str(found)


def test_compressed_files(tmp_path: Path) -> None:
    packed = gzip.compress(ENGLISH.encode())
    assert received(put(tmp_path, "a.txt.gz", packed)).name == "a"
    assert received(put(tmp_path, "b", packed)).report.text == ENGLISH
    assert "damaged compressed file" in refusal(put(tmp_path, "c.txt.gz", packed[:-9]))
    assert "damaged compressed file" in refusal(put(tmp_path, "d.txt.gz", packed[:12] + b"\xff" * 30))
    assert "damaged compressed file" in refusal(put(tmp_path, "e.txt.gz", b"\x1f\x8bnot gzip"))
    assert count_sources([str(tmp_path / "e.txt.gz")]) == 1


def test_a_damaged_compressed_jsonl_gives_what_comes_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{number} " + os.urandom(500).hex()}) + "\n" for number in range(2000))
    packed = gzip.compress(lines.encode())
    found = list(read_sources([str(put(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))]))
    assert len(found) > 500
    assert all(isinstance(each, Received) for each in found[:-1])
    assert "damaged compressed file" in str(found[-1])


LINES = (
    '{"id": "one", "published": "2016-12-05", "title": "T", "outlet": "O", "url": "https://x.example/", "text": "A\\r\\n b "}',  # noqa: E501
    "",
    '{"id": 7, "text": "Two."}',
    '{"id": "bad", "text": "Three.',
    '{"title": "no text"}',
    '["Four."]',
    '{"text": "  "}',
    '{"text": 5}',
    '{"text": "Five.", "published": "2016-12-05T23:10:00Z", "title": 3}',
    '{"text": "Six.", "published": "in May"}',
    "[" * 100_000,
    '{"text": "Seven.", "n": ' + "9" * 5000 + "}",
    '{"text": "Last."}',
)  # fmt: skip


def test_jsonl_names_its_broken_lines_and_reads_the_rest(tmp_path: Path) -> None:
    path = put(tmp_path, "reports.jsonl", "\n".join(LINES))
    found = list(read_sources([str(path)]))
    good = [each for each in found if isinstance(each, Received)]
    bad = [each for each in found if isinstance(each, Unreadable)]
    assert [each.name for each in good] == ["one", "7", "reports-9", "reports-10", "reports-13"]
    assert good[0].report.text == "A\n b "
    assert (good[0].report.title, good[0].report.outlet, good[0].report.url) == ("T", "O", "https://x.example/")
    assert [str(each).removeprefix(f"{path}, line ").split(",")[0] for each in bad] == [
        "4",
        "5",
        "6",
        "7",
        "8",
        "11",
        "12",
    ]
    assert "is not valid JSON" in str(bad[0])
    assert "has no key 'text'" in str(bad[1])
    assert good[2].report.published == "2016-12-05"
    assert "'title'" in good[2].notices[0]
    assert good[3].report.published is None
    assert "'in May'" in good[3].notices[0]
    assert count_sources([str(path)]) == len(found)


def test_a_line_that_is_too_long_or_not_utf8_is_named(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 5000})
    path = put(
        tmp_path, "a.jsonl", b"\n".join([long.encode(), b'{"text": "\xff"}', b'{"text": "Read."}', long.encode()])
    )
    limits = Settings(report_limit_bytes=1000)
    found = list(read_sources([str(path)], settings=limits))
    assert [type(each).__name__ for each in found] == ["Unreadable", "Unreadable", "Received", "Unreadable"]
    assert "line 1, is longer than 1,000 bytes" in str(found[0])
    assert "line 2, is not UTF-8" in str(found[1])
    assert "line 4, is longer" in str(found[3])
    assert count_sources([str(path)], settings=limits) == 4


def test_a_line_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    line = json.dumps({"text": "x"})
    path = put(tmp_path, "a.jsonl", f"{line}\n{line}")
    limits = Settings(report_limit_bytes=len(line))
    assert [type(each) for each in read_sources([str(path)], settings=limits)] == [Received, Received]


def test_names_from_ids_are_safe_and_unique(tmp_path: Path) -> None:
    ids = ["../../x", "x", "X", "/etc/passwd", "con", "a" * 500, "a" * 500]
    lines = "\n".join(json.dumps({"id": each, "text": "Talks."}) for each in ids)
    found = list(read_sources([str(put(tmp_path, "a.jsonl", lines)), str(put(tmp_path, "x.txt", ENGLISH))]))
    names = [each.name for each in found if isinstance(each, Received)]
    assert names[:5] == ["x", "x-2", "X-3", "etc-passwd", "report-con"]
    assert names[-1] == "x-4"
    assert len(set(names)) == 8
    assert all((tmp_path / name).resolve().parent == tmp_path.resolve() for name in names)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_jsonl_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    lines = json.dumps({"text": "Genève."}, ensure_ascii=False) + '\r\n{"text": "Two."}\r\n'
    found = list(read_sources([str(put(tmp_path, "a.jsonl", lines.encode(encoding)))]))
    assert [each.report.text for each in found if isinstance(each, Received)] == ["Genève.", "Two."]
    assert count_sources([str(tmp_path / "a.jsonl")]) == 2


def test_a_big_jsonl_is_not_held_in_memory(tmp_path: Path) -> None:
    line = json.dumps({"text": ENGLISH * 20}) + "\n"
    path = put(tmp_path, "a.jsonl", line * 5000)
    assert path.stat().st_size > 10_000_000
    tracemalloc.start()
    try:
        assert count_sources([str(path)]) == sum(1 for _ in read_sources([str(path)])) == 5000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_json_file_holds_one_report(tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", json.dumps({"id": "x", "text": ENGLISH, "published": "2016-12-05"}, indent=2))
    found = received(path)
    assert (found.name, found.report.text, found.notices) == ("x", ENGLISH, ())
    assert "no object" in refusal(put(tmp_path, "b.json", '[{"text": "x"}]'))
    assert "not valid JSON" in refusal(put(tmp_path, "c.json", '{"text": "x"}\n{"text": "y"}'))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ENGLISH.encode(), ENGLISH),
        (PAGE.encode(), ENGLISH.strip()),
        (b"\n " + PAGE.encode(), ENGLISH.strip()),
        (json.dumps({"text": ENGLISH}).encode(), ENGLISH),
        (json.dumps({"text": ENGLISH}).encode("utf-16"), ENGLISH),
        (json.dumps({"text": ENGLISH}, indent=1).encode(), ENGLISH),
        (gzip.compress(ENGLISH.encode()), ENGLISH),
        (b"{An aside.} " + ENGLISH.encode(), "{An aside.} " + ENGLISH),
        (b"<p.m.> " + ENGLISH.encode(), "<p.m.> " + ENGLISH),
    ],
)
def test_standard_input_is_recognised(stdin: Callable[[bytes], None], data: bytes, text: str) -> None:
    stdin(data)
    found = received("-")
    assert found.report.text == text
    assert found.name in {"stdin", "stdin-1"}


def test_standard_input_that_is_empty(stdin: Callable[[bytes], None]) -> None:
    stdin(b"")
    assert refusal("-").startswith("Standard input is empty")


def test_standard_input_names_a_broken_first_line(stdin: Callable[[bytes], None]) -> None:
    stdin(b'{"text": "One.\n{"text": "Two."}\n')
    first, second = read_sources(["-"])
    assert "Standard input, line 1, is not valid JSON" in str(first)
    assert isinstance(second, Received)
    assert second.name == "stdin-2"


def test_one_bad_source_never_stops_the_rest(tmp_path: Path) -> None:
    good = put(tmp_path, "a.txt", ENGLISH)
    bad = put(tmp_path, "b.pdf", b"%PDF-1.4")
    found = list(read_sources([str(tmp_path / "no.txt"), str(good), str(bad), str(good)]))
    assert [type(each).__name__ for each in found] == ["Unreadable", "Received", "Unreadable", "Received"]
    assert [each.name for each in found if isinstance(each, Received)] == ["a", "a-2"]


def test_reports_are_counted_before_they_are_read(tmp_path: Path) -> None:
    lines = put(tmp_path, "a.jsonl", '{"text": "One."}\n\n{"text": "Two."}\nbroken')
    text = put(tmp_path, "b.txt", ENGLISH)
    sources = [str(lines), str(text), str(tmp_path / "missing"), str(tmp_path)]
    assert count_sources(sources) == 3 + 1 + 1 + 4
    assert count_sources([*sources, "-"]) is None
    assert count_sources([*sources, "https://news.example/a"]) is None
    assert count_sources([]) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_counting_does_not_drink_from_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert count_sources([str(tmp_path / "pipe")]) is None


def test_a_name_that_cannot_be_printed_still_gives_one_plain_sentence() -> None:
    found = one("no\n\x1b[31m\udc80.txt")
    assert isinstance(found, Unreadable)
    assert str(found).isprintable()
    assert "does not exist" in str(found)
    assert found.source == "no\n\x1b[31m\udc80.txt"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    st.sampled_from([".txt", ".html", ".json", ".jsonl", ""]),
)
def test_any_bytes_give_reports_or_sentences(data: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "a" + ending, data)
        for found in read_sources([str(path)]):
            if isinstance(found, Received):
                assert found.report.text.strip()
                assert report_from_text(found.report.text).id == found.report.id
            else:
                assert str(found).startswith(str(path))
                assert str(found).isprintable()
