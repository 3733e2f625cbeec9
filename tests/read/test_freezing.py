"""A frozen text loses nothing but its kinds of newline."""

import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.read import report_from_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # surrogates too
TRICKY = st.lists(
    st.sampled_from(["\r", "\n", "\r\n", "\0", "\ud800", "\udfff", "\ufeff", "\u2028", "\x85", "é", "🕊", "a"])
)


@given(ANY_TEXT | TRICKY.map("".join))
def test_any_text_is_frozen_without_loss(text: str) -> None:
    report = report_from_text(text)
    assert "\r" not in report.text
    assert report.id == "sha256:" + sha256(report.text.encode("utf-8")).hexdigest()
    lines = re.split("\r\n|\r|\n", text)
    kept = report.text.split("\n")
    assert [len(line) for line in kept] == [len(line) for line in lines]
    for before, after in zip("".join(lines), "".join(kept), strict=True):
        assert after == ("\ufffd" if before == "\0" or "\ud800" <= before <= "\udfff" else before)


@given(ANY_TEXT)
def test_freezing_twice_is_freezing_once(text: str) -> None:
    once = report_from_text(text)
    assert report_from_text(once.text) == once


def test_what_is_given_is_kept() -> None:
    report = report_from_text("  Text. ", title="T\udc80", outlet="O", url="https://x.example/", published="2016-12-05")
    assert (report.text, report.title, report.outlet) == ("  Text. ", "T\ufffd", "O")
    assert (report.url, report.published) == ("https://x.example/", "2016-12-05")


@pytest.mark.parametrize(
    "published", ["5 December 2016", "2016-13-01", "20161205", "2016-W49-1", "", "2016-12-05T10:00"]
)
def test_a_wrong_date_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        report_from_text("Talks resumed.", published=published)
