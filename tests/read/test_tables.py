"""Parquet tables of reports: which columns are taken, and what is said of tables that cannot be read."""

import datetime
import gzip
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sites import LOCAL, Site
from truceline.read import Arrival, Received, Unreadable, count_sources, read_sources
from truceline.settings import Settings

arrow = pytest.importorskip("pyarrow", reason="needs the extra 'parquet'")
parquet = pytest.importorskip("pyarrow.parquet")

TALKS = "The talks will go on, the mediator said in Geneva."


def write(path: Path, **columns: Any) -> Path:
    parquet.write_table(arrow.table(columns), path)
    return path


def read(path: Path, settings: Settings | None = None) -> list[Arrival]:
    return list(read_sources([str(path)], settings=settings))


def test_a_table_with_our_own_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        id=["x", None],
        text=[TALKS, TALKS + " Again."],
        title=["Talks", None],
        outlet=["Valley News", ""],
        url=["https://news.example/a", None],
        published=["2016-12-05T10:00:00Z", None],
        other=[1, 2],
    )
    first, second = read(path)
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    report = first.report
    assert (first.name, report.title, report.outlet, report.url, report.published, report.text) == (
        "x", "Talks", "Valley News", "https://news.example/a", "2016-12-05", TALKS,
    )  # fmt: skip
    assert (second.name, second.report.title, second.report.outlet) == ("a-2", None, None)
    assert count_sources([str(path)]) == 2


@pytest.mark.parametrize("text", ["plain_text", "maintext", "Text", "BODY", "content", "article"])
@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("published_date", datetime.datetime(2016, 12, 5, 23, 0)),
        ("date", datetime.date(2016, 12, 5)),
        ("publish_date", "2016-12-05"),
    ],
)
def test_the_columns_of_usual_corpora(tmp_path: Path, text: str, date: str, value: object) -> None:
    [found] = read(write(tmp_path / "a.parquet", **{text: [TALKS], "headline": ["Talks"], date: [value]}))
    assert isinstance(found, Received)
    assert (found.report.text, found.report.title, found.report.published) == (TALKS, "Talks", "2016-12-05")


def test_other_kinds_of_text_column(tmp_path: Path) -> None:
    words = arrow.array([TALKS])
    for kind in (words.cast(arrow.large_string()), words.dictionary_encode()):
        [found] = read(write(tmp_path / "a.parquet", text=kind))
        assert isinstance(found, Received)


def test_a_table_without_a_column_of_text(tmp_path: Path) -> None:
    [found] = read(write(tmp_path / "a.parquet", words=[TALKS], year=[2016]))
    assert isinstance(found, Unreadable)
    assert "has no column 'text', only 'words', 'year': rename the one with the text" in str(found)
    [found] = read(write(tmp_path / "b.parquet", text=[1, 2]))
    assert "has a column 'text' that holds int64, not text" in str(found)
    [found] = read(write(tmp_path / "c.parquet", **{f"column{n}": [n] for n in range(40)}))
    assert str(found).count("column") < 16


def test_rows_without_text_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    arrivals = read(
        write(tmp_path / "a.parquet", text=[TALKS, None, "  ", TALKS + " Again."], date=["x", None, None, ""])
    )
    assert [type(each) for each in arrivals] == [Received, Unreadable, Unreadable, Received]
    assert "row 2, has no text" in str(arrivals[1])
    assert "row 3, holds no text" in str(arrivals[2])
    assert "'x' is not of the form YYYY-MM-DD" in arrivals[0].notices[0]  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [0, 4, 20, -8, -1])
def test_a_table_cut_off_or_damaged(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "a.parquet", text=[f"{TALKS} {n}" for n in range(500)])
    data = path.read_bytes()
    path.write_bytes(data[:cut] if cut else b"PAR1" + b"\xff" * 500)
    arrivals = read(path)
    assert isinstance(arrivals[-1], Unreadable)
    assert "is no sound Parquet table" in str(arrivals[-1]) or "is damaged" in str(arrivals[-1])


def test_a_table_damaged_in_the_middle_gives_what_comes_before(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = arrow.table({"text": [f"{TALKS} {n}" for n in range(300)]})
    parquet.write_table(table, path, row_group_size=100, compression="gzip", use_dictionary=False)
    data = bytearray(path.read_bytes())
    middle = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[middle : middle + 400] = b"\xff" * 400
    path.write_bytes(bytes(data))
    arrivals = read(path)
    assert 64 <= sum(isinstance(each, Received) for each in arrivals) <= 100
    assert "is damaged after row" in str(arrivals[-1])


def test_a_compressed_table_is_to_be_unpacked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", text=[TALKS])
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))
    [found] = read(tmp_path / "b.parquet.gz")
    assert "unpack it and name the file" in str(found)


def test_a_table_at_an_address(site: Site, tmp_path: Path) -> None:
    data = write(tmp_path / "a.parquet", text=[TALKS]).read_bytes()
    [found] = read_sources([site.page("/a.parquet", data, "")], settings=LOCAL)
    assert isinstance(found, Received)


def test_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.parquet", text=[TALKS])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [found] = read(path)
    assert "pip install 'truceline[parquet]'" in str(found)
