"""The reader of the coding rounds on made-up tables in their format."""

import csv
from pathlib import Path
from typing import Any

import pytest

from quality.corpora.cameo_rounds import Act, read_roots, read_round, read_rounds, round_files

TEXT = "Utopia blamed Oz and, on Monday, expelled the envoy of Oz."
BLAME: dict[str, Any] = {
    "entities": [("Source-1", "Utopia", 0), ("Action-1", "blamed", 7), ("Target-1", "Oz", 14), ("Time", "Monday", 25)],
    "relations": [[("Source-1", "Utopia"), ("Action-1", "blamed")], [("Action-1", "blamed"), ("Target-1", "Oz")]],
    "Action1_CAMEO": "3-11 Disapprove",
}
BOTH: dict[str, Any] = {
    "entities": [
        *BLAME["entities"], ("Action-2", "expelled", 33), ("Target-2", "the envoy of Oz", 42), ("Target-2", "Oz", 55),
    ],
    "relations": [
        *BLAME["relations"],
        [("Target-2", "the envoy of Oz"), ("Action-2", "expelled")],
        [("Action-2", "expelled"), ("Source-1", "Utopia")],
    ],
    "Action1_CAMEO": "3-9 Investigate",
    "Action2_CAMEO": "",
}  # fmt: skip


def write_round(path: Path, codings: dict[int, dict[str, Any] | None], text: str = TEXT) -> Path:
    """One sentence coded by these coders; None: begun and not finished."""
    row: dict[str, str] = {"ids": "x_1", "sentences": text}
    for coder, coding in codings.items():
        row[f"anncomplete_{coder}"] = "False" if coding is None else "True"
        given = {"entities": [], "relations": []} | (coding or {})
        row |= {f"{name}_{coder}": str(value) for name, value in given.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(row))
        table.writeheader()
        table.writerow(row)
    return path


def test_who_and_whom_are_those_tied_to_the_action(tmp_path: Path) -> None:
    (sentence,) = read_round(write_round(tmp_path / "summary.csv", {1: BLAME, 3: BOTH, 4: {}, 5: None}))
    assert sentence.text == TEXT
    assert sentence.acts == {
        1: [Act(((0, 6),), ((14, 16),), "11")],
        3: [Act(((0, 6),), ((14, 16),), "09"), Act(((0, 6),), ((42, 57),), None)],
        4: [],
    }


def test_where_nothing_is_tied_the_number_tells(tmp_path: Path) -> None:
    loose = BLAME | {"relations": []}
    (sentence,) = read_round(write_round(tmp_path / "summary.csv", {1: loose}))
    assert sentence.acts[1] == [Act(((0, 6),), ((14, 16),), "11")]


def test_offsets_that_count_white_space_before_the_sentence(tmp_path: Path) -> None:
    moved = BLAME | {"entities": [(label, words, at + 2) for label, words, at in BLAME["entities"]]}
    (sentence,) = read_round(write_round(tmp_path / "summary.csv", {1: moved}, f"  {TEXT}"))
    assert sentence.acts[1][0].targets == ((14, 16),), "the first Oz, not the second"


@pytest.mark.parametrize(
    ("coding", "said"),
    [
        ({"entities": [("Action-1", "hailed", 3)]}, "'hailed' does not stand in the sentence"),
        ({"entities": "no list"}, "not a coded sentence"),
        ({"entities": "('a',)"}, "is no list"),
        ({"relations": "__import__('os')"}, "not a coded sentence"),
    ],
)
def test_what_is_no_coding_is_named_with_its_line(tmp_path: Path, coding: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=r"summary\.csv, line 2") as fault:
        read_round(write_round(tmp_path / "summary.csv", {1: coding}))
    assert said in str(fault.value)


def test_a_table_without_coders(tmp_path: Path) -> None:
    (tmp_path / "summary.csv").write_text("ids,sentences\n1,Oz waved.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no columns sentences and entities_1"):
        read_round(tmp_path / "summary.csv")


def test_the_last_version_of_each_round_counts(tmp_path: Path) -> None:
    for place in ("1/summary.csv", "1/summary_v2.csv", "2/summary_v1.csv", "2/summary.csv", "10/summary.csv"):
        write_round(tmp_path / f"training_round_{place}", {1: {}})
    write_round(tmp_path / "training_round_10/summary_wrong.csv", {1: {}})
    write_round(tmp_path / "notes/summary.csv", {1: {}})
    files = {number: path.name for number, path in round_files(tmp_path).items()}
    assert files == {1: "summary_v2.csv", 2: "summary.csv", 10: "summary.csv"}
    assert [one.number for one in read_rounds(tmp_path)] == [1, 2, 10]
    assert read_rounds(tmp_path / "nowhere") == []


def test_roots_and_their_types(tmp_path: Path) -> None:
    table = "# a table\n\n04: CONSULT\n040: CONSULT, ,  # Consult\n\n08: CONCEDE\n080: CONCEDE\n08: RETREAT \n~~~~~\n"
    (tmp_path / "map.txt").write_text(table, encoding="utf-8")
    assert read_roots(tmp_path / "map.txt") == {"04": {"CONSULT"}, "08": {"CONCEDE", "RETREAT"}}
    (tmp_path / "map.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="no headings"):
        read_roots(tmp_path / "map.txt")
