"""`truceline list`, `show`, `search` and `verify` as a user meets them."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.store.kept import full_reading, numbered
from truceline import cli
from truceline.holdings import hit_lines
from truceline.records import from_json
from truceline.store import Hit, open_store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith("TRUCELINE_")]:
        monkeypatch.delenv(variable)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def talks(run: Run) -> list[str]:
    """Three stored reports in the database of the folder, the third a copy of the first; their ids."""
    first = full_reading(outlet="Harbour Gazette", url="https://example.org/1")
    readings = [first, numbered(2), full_reading("Update. " + first.report.text, title=None, published=None)]
    ids = [reading.report.id for reading in readings]
    with open_store("truceline.db") as store:
        store.add(readings, source="gazette.jsonl")
        store.mark_copy(ids[2], ids[0], 0.9)
        store.keep_appearance(replace(first.report, url="https://example.org/2", title="Same\x1b[31m words"))
    return ids


def test_the_list_names_each_report_on_a_line(run: Run, talks: list[str]) -> None:
    code, out, err = run("list")
    short = [id.removeprefix("sha256:")[:12] for id in talks]
    assert code == 0
    assert err == "Database: truceline.db\n"
    assert out.splitlines() == [
        f"{short[0]}  2016-12-05  Truce at the harbour · Harbour Gazette",
        f"{short[1]}  2016-12-05  Truce at the harbour",
        f"{short[2]}  no date     gazette.jsonl · copy of {short[0]}",
    ]
    _, out, _ = run("list", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == talks
    assert rows[2]["copy_of"] == talks[0]


def test_a_report_is_shown_by_the_beginning_of_its_id(run: Run, talks: list[str]) -> None:
    code, out, _ = run("show", talks[0].removeprefix("sha256:")[:10])
    assert code == 0
    assert "Truce at the harbour" in out
    assert "the truce would hold" in out
    assert "Also: Samewords" not in out
    assert "Also: Same[31m words · Harbour Gazette · 2016-12-05 · https://example.org/2" in out
    _, out, _ = run("show", talks[2])
    assert f"Copy of {talks[0].removeprefix('sha256:')[:12]}" in out
    _, out, _ = run("show", talks[1], "--json")
    assert from_json(out) == numbered(2)


def test_the_words_stand_under_the_lines_of_a_stored_report_where_they_are_asked_for(
    run: Run, talks: list[str]
) -> None:
    plain = run("show", talks[0])[1]
    code, out, _ = run("show", talks[0], "--evidence")
    assert code == 0
    assert "⟦" not in plain
    assert "⟦the truce⟧" in out
    assert run("show", talks[0], "--evidence", "--json")[1] == run("show", talks[0], "--json")[1]


def test_an_id_that_fits_none_or_several_is_refused(run: Run, talks: list[str]) -> None:
    code, out, err = run("show", "sha256:")
    assert (code, out) == (2, "")
    code, out, err = run("show", "xyz")
    assert (code, out) == (2, "")
    assert "There is no report xyz in truceline.db: truceline list shows what is there." in err
    with open_store("truceline.db") as store:
        store.add(numbered(number) for number in range(10, 40))
        digits = sorted(report.id.removeprefix("sha256:") for report in store.reports())
    same = next(one[0] for one, other in pairwise(digits) if one[0] == other[0])
    code, _, err = run("show", same)
    assert code == 2
    assert f"Several reports begin with {same} (" in err


def test_a_search_shows_the_words_in_their_place(run: Run, talks: list[str]) -> None:
    code, out, err = run("search", "TRUCE", "ten days")
    assert (code, err) == (0, "Database: truceline.db\n")
    lines = out.splitlines()
    assert len(lines) == 12
    assert {line.split()[0] for line in lines[::2]} == {id.removeprefix("sha256:")[:12] for id in talks}
    assert "  s1  Envoy of Norland: the truce would hold … ten days" in lines[1::2]
    assert run("search", "TRUCE", "ten days", "--limit", "1")[1].splitlines() == lines[:2]
    _, out, _ = run("search", "norland", "--json")
    hits = [json.loads(line) for line in out.splitlines()]
    assert {hit["kind"] for hit in hits} == {"report", "statement"}
    assert {hit["report_id"] for hit in hits} == set(talks)
    code, out, err = run("search", "nothing")
    assert (code, out) == (0, "")
    assert "No stored report has these words." in err
    code, _, err = run("search", "...")
    assert code == 2
    assert "There is no word to search for in '...'" in err


def test_found_words_are_bold_and_control_characters_are_gone() -> None:
    hit = Hit("sha256:" + "ab" * 32, "report", None, "the \x1b[31mtruce and talks", 1.0, ((9, 14), (12, 15), (19, 24)))
    head, words = hit_lines(hit)
    assert head.plain == "abababababab  no date     (no title)"
    assert words.plain == "  the [31mtruce and talks"
    assert [words.plain[span.start : span.end] for span in words.spans] == ["truce", "talks"]


def test_verify_says_that_all_is_well_or_what_is_not(run: Run, talks: list[str]) -> None:
    code, out, err = run("verify")
    assert (code, out) == (0, "")
    assert err.endswith("3 readings: every quote stands at its offsets, every digest matches.\n")
    with open_store("truceline.db") as store, store._write_alone() as connection:
        connection.exec_driver_sql("UPDATE reports SET title = 'No truce' WHERE number = 2")
    code, out, err = run("verify")
    assert code == 2
    assert out.splitlines() == [
        f"{talks[1].removeprefix('sha256:')[:12]}  the reading is not the one that was stored: its digest differs"
    ]
    assert "1 fault in 3 readings: restore a copy of the database" in err
    code, out, _ = run("verify", "--json")
    assert code == 2
    assert json.loads(out)["report_id"] == talks[1]


@pytest.mark.parametrize("arguments", [("list",), ("show", "ab"), ("search", "truce"), ("verify",)])
def test_without_a_database_each_command_says_so_and_makes_none(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err == "There is no database truceline.db yet: truceline add makes it, or name another with --db.\n"
    assert list(Path().iterdir()) == []


def test_the_option_wins_over_the_variable_and_the_variable_over_the_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("file.db", "variable.db", "option.db")):
        with open_store(name) as store:
            store.add([numbered(number)])
    Path("truceline.toml").write_text('database = "file.db"', encoding="utf-8")
    assert run("list")[2] == "Database: file.db\n"
    monkeypatch.setenv("TRUCELINE_DB", "variable.db")
    assert run("list")[2] == "Database: variable.db\n"
    code, out, err = run("list", "--db", "option.db")
    assert (code, err) == (0, "Database: option.db\n")
    assert numbered(2).report.id.removeprefix("sha256:")[:12] in out


def test_a_team_database_is_named_without_its_password(run: Run, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("server").new_database()
    with open_store(url) as store:
        store.add([numbered(1)])
    code, out, err = run("list", "--db", url.replace("truceline@", "truceline:secret@"))
    assert code == 0
    assert len(out.splitlines()) == 1
    assert err.startswith("Database: postgresql")
    assert "secret" not in err
