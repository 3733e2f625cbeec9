"""Folders: which files are read, in which order, and what is said of the rest."""

import os
from pathlib import Path

import pytest

from truceline.read import Arrival, Received, Remark, Unreadable, count_sources, read_sources

TALKS = "The two sides agreed on Monday to go on talking, the mediator said."


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{TALKS} {name}", encoding="utf-8")
    return folder


def read(folder: Path) -> list[Arrival]:
    return list(read_sources([str(folder)], published="2016-12-05"))


def test_files_are_read_at_any_depth_in_order(tmp_path: Path) -> None:
    folder = fill(tmp_path, "b.txt", "a/z.txt", "a/b/c.text", "NOTES", "c.TXT")
    arrivals = read(folder)
    assert [each.source.removeprefix(f"{folder}/") for each in arrivals if isinstance(each, Received)] == [
        "NOTES", "a/b/c.text", "a/z.txt", "b.txt", "c.TXT",
    ]  # fmt: skip
    assert len(arrivals) == 5
    assert count_sources([str(folder)]) == 5


def test_other_files_are_passed_over_with_one_remark(tmp_path: Path) -> None:
    folder = fill(tmp_path, "a.txt", "b.pdf", "c.pdf", "d.png", "feeds.opml", ".hidden.txt", ".git/config.txt")
    arrivals = read(folder)
    assert sum(isinstance(each, Received) for each in arrivals) == 1
    [remark] = [each for each in arrivals if isinstance(each, Remark)]
    assert str(remark) == f"{folder} holds files of other kinds, which were passed over: 2 .pdf, 1 .png, 1 .opml."


@pytest.mark.parametrize("names", [(), ("a.pdf",), (".a.txt",), ("x/y/b.png",)])
def test_a_folder_without_a_file_to_read(tmp_path: Path, names: tuple[str, ...]) -> None:
    arrivals = read(fill(tmp_path, *names))
    assert isinstance(arrivals[-1], Unreadable)
    assert str(arrivals[-1]).startswith(
        f"{tmp_path} is a folder without a file to read: put files into it that end in "
    )
    assert count_sources([str(tmp_path)]) == 1


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    assert [type(each) for each in read(tmp_path)] == [Received, Unreadable, Received]


def test_loops_of_links_end(tmp_path: Path) -> None:
    folder = fill(tmp_path / "reports", "a.txt", "deep/b.txt")
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "deep" / "self").symlink_to(folder / "deep")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "gone.txt")
    arrivals = read(folder)
    assert sum(isinstance(each, Received) for each in arrivals) == 2
    assert (
        sorted(str(each).split(" ", 1)[1] for each in arrivals if isinstance(each, Remark))
        == ["is a link to a folder that was read already and was passed over."] * 2
    )
    said = sorted(str(each) for each in arrivals if isinstance(each, Unreadable))
    assert len(said) == 2
    assert "gone.txt does not exist" in said[0]
    assert "loop.txt cannot be opened (Too many levels of symbolic links)" in said[1]


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    elsewhere = fill(tmp_path / "elsewhere", "a.txt")
    folder = fill(tmp_path / "reports", "b.txt")
    (folder / "more").symlink_to(elsewhere)
    assert sum(isinstance(each, Received) for each in read(folder)) == 2


def test_a_folder_that_may_not_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.txt", "closed/b.txt")
    listdir = os.listdir

    def listed(path: str) -> list[str]:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", listed)
    arrivals = read(tmp_path)
    assert sum(isinstance(each, Received) for each in arrivals) == 1
    assert "closed cannot be looked into (Permission denied) and was passed over." in str(arrivals[-1])
