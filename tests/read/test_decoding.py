"""Bytes of every common encoding become the same text; what is no text is refused."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.read.decoding import decode
from truceline.read.received import Refused

TEXT = "“We will go to Genève,” the envoy said – «perhaps» on Monday.\nNo date was set.\n"
ARABIC = "قال الوزير إن المحادثات ستستأنف يوم الاثنين في جنيف.\n" * 3


@pytest.mark.parametrize("text", [TEXT, ARABIC, "🕊 " + TEXT])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_with_and_without_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, ())


def test_a_big_endian_mark_is_dropped() -> None:
    assert decode(("\ufeff" + TEXT).encode("utf-16-be")) == (TEXT, ())


def test_windows_1252_is_read_and_said() -> None:
    text, notices = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert "Windows-1252 (Latin-1)" in notices[0]


def test_latin_1_is_read_and_said() -> None:
    text, notices = decode("Die Gespräche in Genève wurden verschoben, sagte der Präsident.".encode("latin-1"))
    assert text == "Die Gespräche in Genève wurden verschoben, sagte der Präsident."
    assert len(notices) == 1


def test_another_script_in_an_old_encoding_is_recognised() -> None:
    russian = "Переговоры возобновились в понедельник в Женеве, сообщил министр иностранных дел. " * 5
    text, notices = decode(russian.encode("cp1251"))
    assert text == russian
    assert len(notices) == 1


def test_a_few_broken_bytes_do_not_make_utf8_another_encoding() -> None:
    text, notices = decode(TEXT.encode() + b"\xe2\x80 end")
    assert text == TEXT + "\ufffd end"
    assert "not valid UTF-8" in notices[0]


def test_half_a_character_at_the_end_of_utf16_is_replaced_and_said() -> None:
    text, notices = decode(TEXT.encode("utf-16")[:-1])
    assert text == TEXT[:-1] + "\ufffd"
    assert "not valid UTF-16" in notices[0]


def test_the_declared_charset_is_believed_if_it_fits() -> None:
    assert decode("Женева".encode("koi8-r"), "koi8-r") == ("Женева", ())
    assert decode(b"\x93Yes\x94", "ISO-8859-1") == ("“Yes”", ())
    assert decode(TEXT.encode(), "no-such-charset") == (TEXT, ())
    assert decode(TEXT.encode(), "base64") == (TEXT, ())


def test_a_nul_in_a_text_is_left_for_freezing() -> None:
    assert decode(b"The talks\0 were put off until Friday.") == ("The talks\0 were put off until Friday.", ())


def _zip() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.txt", "text")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        (_zip(), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"\x7fELF\x02\x01\x01" + bytes(40), "a program"),
        (b"{\\rtf1\\ansi Talks}", "an RTF document"),
        (gzip.compress(b"text"), "compressed twice"),
        (bytes(1000), "not text"),
        (bytes(range(256)) * 20, "not text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Refused, match=what):
        decode(data)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "x"]))
def test_any_bytes_are_text_or_refused(data: bytes, charset: str | None) -> None:
    try:
        text, _ = decode(data, charset)
    except Refused:
        return
    assert len(text) <= len(data)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_utf8_is_kept_exactly(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"PK", b"BZh", b"GIF8", b"%PDF", b"{\\rtf", b"Rar!", b"\xef\xbb\xbf")):
        assert decode(data) == (text, ())
