"""Names that are safe on every file system, and never given out twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.read.naming import Names, file_stem, safe_name, url_slug

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode("utf-8")) <= 130
    assert not set(name) & set('/\\:*?"<>|\0 \n')
    assert Path(name).name == name
    assert name not in {".", ".."}
    assert not name.startswith((".", "-"))
    assert name.isprintable()


@given(st.lists(ANY_TEXT | st.sampled_from(["a", "A", "a-2", "a-3", "", "..", "a-2-2"]), max_size=30))
def test_names_are_unique_even_where_case_makes_no_difference(texts: list[str]) -> None:
    names = Names()
    given_out = [names.unique(text).casefold() for text in texts]
    assert len(set(given_out)) == len(given_out)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../x", "x"), ("/etc/passwd", "etc-passwd"), ("..\\..\\x", "x"), ("C:\\x", "C-x"), ("con", "report-con"),
        ("NUL.txt", "report-NUL.txt"), ("", "report"), ("...", "report"), ("a b/c", "a-b-c"),
        ("sha256:ab", "sha256-ab"), ("Женева", "Женева"), ("--out", "out"),
    ],
)  # fmt: skip
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_the_second_of_a_name_is_numbered() -> None:
    names = Names()
    assert [names.unique(text) for text in ("a", "a", "a", "a-2", "A")] == ["a", "a-2", "a-3", "a-2-2", "A-4"]


def test_stems_and_slugs() -> None:
    assert file_stem("in/talks.html.gz") == "talks"
    assert file_stem("archive.2016.txt") == "archive.2016"
    assert url_slug("https://x.example/2016/12/talks-resume.html?page=2") == "talks-resume"
    assert url_slug("https://x.example/talks/index.html") == "talks"
    assert url_slug("https://x.example/") == "x.example"
