"""News items in ninjs, of both versions, as files and as lines."""

import json
from pathlib import Path
from typing import Any

import pytest

from truceline.read import Received, Unreadable, read_sources

BODY = "The envoy said on Tuesday that both sides had agreed to talk."
ONE = {
    "uri": "https://news.example/item/7", "type": "text", "versioncreated": "2016-12-05T21:00:00+01:00",
    "headline": "Both sides agree", "body_text": BODY, "copyrightholder": "Valley News", "language": "en",
}  # fmt: skip
TWO = {
    "uri": "urn:newsml:news.example:8",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "versioncreated": "2016-12-05T20:00:00Z",
    "headlines": [{"role": "short", "value": "Talks"}, {"role": "main", "value": "Both sides agree"}],
    "bodies": [
        {"role": "summary", "contenttype": "text/plain", "value": "Talks."},
        {"role": "main", "contenttype": "text/html", "value": f"<p>{BODY}</p>"},
    ],
    "infosources": [{"name": "Valley News"}],
}


def read(path: Path, value: Any) -> Received | Unreadable:
    path.write_text(json.dumps(value), encoding="utf-8")
    [found] = read_sources([str(path)])
    assert isinstance(found, Received | Unreadable)
    return found


@pytest.mark.parametrize("item", [ONE, TWO, {**ONE, "body_text": None, "body_html": f"<p>{BODY}</p>"}])
@pytest.mark.parametrize("name", ["item.json", "items.jsonl"])
def test_an_item_becomes_a_report(tmp_path: Path, item: dict[str, Any], name: str) -> None:
    found = read(tmp_path / name, item)
    assert isinstance(found, Received), str(found)
    report = found.report
    assert (report.text, report.title, report.outlet, report.published) == (
        BODY, "Both sides agree", "Valley News", "2016-12-05",
    )  # fmt: skip
    assert report.url in {"https://news.example/item/7", None}
    assert found.notices == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "picture"}, "of the type 'picture'"),
        ({"pubstatus": "canceled"}, "took back"),
        ({"body_text": ""}, "without a body"),
        ({"body_text": 5}, "without a body"),
    ],
)
def test_an_item_that_is_no_report(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    found = read(tmp_path / "item.json", {**ONE, **change})
    assert isinstance(found, Unreadable)
    assert said in str(found)


def test_odd_values_are_left_out(tmp_path: Path) -> None:
    found = read(
        tmp_path / "item.json", {"body_text": BODY, "versioncreated": "soon", "headline": 3, "infosources": "x"}
    )
    assert isinstance(found, Received)
    assert (found.report.title, found.report.outlet, found.report.published) == (None, None, None)
    assert "'soon' is not of the form" in found.notices[0]


def test_our_own_reports_are_not_taken_for_items(tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", {"text": "One.", "uri": "x", "versioncreated": "2016-12-05", "body_text": "Two."})
    assert isinstance(found, Received)
    assert found.report.text == "One."
