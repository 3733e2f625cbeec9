"""`truceline review` as a user meets it, with a real database of one report."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.review.talks import REPORT, ids, item, newer_reading, reading
from truceline import cli
from truceline.read import report_from_text
from truceline.records import Reading
from truceline.review import Reviewer, gold_name, reviewed
from truceline.store import Store, open_store

Run = Callable[..., tuple[int, str, str]]
# Where the tests and the package under test are, for processes that start in another folder.
PATHS = [str(Path(__file__).resolve().parents[1]), str(Path(cli.__file__).resolve().parents[2])]
ALONE = f"import sys; sys.path[:0] = {PATHS!r}; from truceline.cli import main; sys.exit(main())"
DATABASE = "Database: truceline.db\n"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("USER", "ada")
    monkeypatch.setenv("LOGNAME", "ada")
    for variable in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", *(v for v in os.environ if v.startswith("TRUCELINE_"))):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("truceline.db") as opened:
        opened.add([reading()])
        yield opened


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["review", *arguments])
        return code, *capsys.readouterr()

    return run


def at_a_terminal(keys: str, *arguments: str) -> tuple[int, str]:
    """Exit code and what a person sees who types these keys at a terminal of 80 columns."""
    person, machine = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(
        [sys.executable, "-c", ALONE, "review", *arguments],
        stdin=machine,
        stdout=machine,
        stderr=machine,
        env=environment,
    )
    os.close(machine)
    shown, left = b"", keys
    while select.select([person], [], [], 40)[0]:
        try:
            piece = os.read(person, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        shown += piece
        # A key only when it is asked for, and once: what comes earlier could be taken for part of a line.
        if left and piece.strip() and shown.rstrip().endswith((b"more:", b"):", b"nothing):", b"Note:")):
            line, _, _ = left.partition("\n")
            press = left[0] if shown.rstrip().endswith(b"more:") else f"{line}\n"
            os.write(person, press.encode())
            left = left[len(press) :]
            shown += b"\n"
    os.close(person)
    process.kill()  # does nothing to one that has ended
    return process.wait(60), shown.decode().replace("\r\n", "\n")


def judge_all(person: Reviewer) -> None:
    for one in person.view.items:
        if one.open:
            person.accept(one)


def test_the_queue_as_json(run: Run, store: Store) -> None:
    code, out, err = run("--json", "--limit", "3")
    assert (code, err) == (0, DATABASE)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["kind"], line["id"], line["confidence"]) for line in lines] == [
        ("position", None, 0.2), ("statement", "s3", 0.3), ("proposal", "p2", 0.4),
    ]  # fmt: skip
    assert lines[1]["words"] == ["the Front of shelling Port Selm"]
    assert lines[0]["report"] == REPORT.id
    kinds = [json.loads(line)["kind"] for line in run("--json", "--kind", "actor", "--kind", "times")[1].splitlines()]
    assert sorted(kinds) == ["actor"] * 6 + ["time"] * 3


def test_a_report_is_named_by_the_beginning_of_its_id_and_copies_are_left_out(run: Run, store: Store) -> None:
    other = report_from_text("Another report, of the same news.", published="2016-12-06")
    store.add([replace(reading_without_records(), report=other)])
    store.mark_copy(REPORT.id, other.id, 0.9)
    assert run("--json")[1] == ""
    assert len(run(REPORT.id.removeprefix("sha256:")[:8], "--json")[1].splitlines()) == 22
    for id in ("sha256:", "", "ffffffffffff"):
        code, out, err = run(id, "--json")
        assert (code, out) == (2, "")
        assert "truceline list shows what is there" in err


def reading_without_records() -> Reading:
    return replace(
        reading(), actors=[], statements=[], proposals=[], positions=[], commitments=[], events=[], times=[], places=[]
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "needs a terminal"),
        (["--kind", "treaty", "--json"], "no kind of record 'treaty'"),
        (["--log", "--agreement"], "choose one"),
        (["--undo", "7"], "no decision 7"),
        (["--who", "  "], "give yours with --who"),
        (["--export", "truceline.db/inside"], "cannot be written"),
        (["--db", "nowhere.db", "--json"], "nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, store: Store, arguments: list[str], says: str) -> None:
    if arguments[:1] == ["--export"]:
        judge_all(Reviewer(store, reading(), "ada"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.removeprefix(DATABASE).count("\n") == 1


def test_deciding_at_a_terminal(store: Store) -> None:
    code, shown = at_a_terminal("rcspeaker\nHarbour Front\nanask the desk\nq", "--kind", "statement", "--who", "ben")
    assert code == 0, shown
    assert "1 of 4 · statement s3" in shown
    assert "4 decisions by ben." in shown
    rows = store.decisions(REPORT.id)
    assert [(row.action, row.who) for row in rows] == [
        ("reject", "ben"), ("correct", "ben"), ("accept", "ben"), ("note", "ben"),
    ]  # fmt: skip
    seen = reviewed(reading(), rows)
    assert ids(seen.statements) == ["s1", "s2", "s4"]
    assert seen.statements[1].speaker == "a2"
    assert store.reading(REPORT.id) == reading()


def test_the_end_of_the_input_ends_the_review(store: Store) -> None:
    code, shown = at_a_terminal("a\x04", "--kind", "statement")
    assert (code, "1 decision by ada." in shown) == (0, True), shown


def test_the_log_and_undoing_by_number(run: Run, store: Store) -> None:
    ada = Reviewer(store, reading(), "ada")
    ada.reject(item(ada.view, "s3"), why="nobody said so")
    ada.correct(item(ada.view, "event 1"), {"date": None})
    code, out, err = run("--undo", "1", "--who", "ben")
    assert (code, out) == (0, "")
    assert err.endswith("Decision 1 is undone, by decision 3.\n")
    code, out, err = run("--log")
    assert code == 0
    first, second, third = out.splitlines()[1:]
    assert first.startswith("    1  ")
    assert first.endswith("ada  reject statement  “the Front of shelling Port Selm”  nobody said so  undone by 3")
    assert second.endswith("ada  correct event  date  “met”")
    assert "ben  undo of 1" in third
    store.add([newer_reading()])
    lines = [json.loads(line) for line in run("--log", "--json")[1].splitlines()]
    assert [line["unattached"] for line in lines] == [False, True, False]
    assert [line["undone_by"] for line in lines] == [3, None, None]
    assert "not in this reading" in run("--log")[1]
    assert run("--undo", "1")[2].endswith("undone already, by decision 3: undo that one instead.\n")


def test_agreement_is_printed(run: Run, store: Store) -> None:
    for who, speaker in (("ada", "a2"), ("ben", "a1")):
        person = Reviewer(store, reading(), who, blind=True)
        person.correct(item(person.view, "s2"), {"speaker": speaker})
        person.reject(item(person.view, "s3"))
    code, out, _ = run("--agreement")
    assert code == 0
    assert out.splitlines()[2].split() == ["statement", "0.40", "0.50", "2", "2"]
    assert out.splitlines()[1].split() == ["actor", "–", "–", "0", "0"]
    lines = [json.loads(line) for line in run("--agreement", "--json")[1].splitlines()]
    assert lines[1] == {"kind": "statement", "alpha": pytest.approx(0.4), "same": 0.5, "records": 2, "reviewers": 2}


def test_finished_reports_become_gold_files(run: Run, store: Store) -> None:
    ada = Reviewer(store, reading(), "ada")
    ada.reject(item(ada.view, "s3"))
    code, out, err = run("--export", "gold")
    assert (code, out, list(Path().glob("gold/*"))) == (0, "", [])
    assert "is not finished, with 21 records still open" in err
    assert run("--export", "draft", "--unfinished")[0] == 0
    judge_all(ada)
    code, out, err = run("--export", "gold")
    assert (code, out) == (0, "")
    assert err.endswith("1 gold file written to gold.\n")
    (path,) = Path("gold").iterdir()
    assert path.name == f"{gold_name(REPORT)}.json"
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert (gold["text"], len(gold["statements"])) == (REPORT.text, 3)
    assert len(list(Path("draft").iterdir())) == 1


def test_a_report_without_a_day_is_named_and_the_others_are_written(run: Run, store: Store) -> None:
    undated = replace(reading(), report=report_from_text(f"{REPORT.text} "))
    store.add([undated])
    for of in (reading(), undated):
        judge_all(Reviewer(store, of, "ada"))
    code, _, err = run("--export", "gold")
    assert code == 2
    assert f"{undated.report.id} has no day of publication" in err
    assert err.endswith("1 gold file written to gold.\n")


def test_nothing_waiting_is_said(store: Store) -> None:
    judge_all(Reviewer(store, reading(), "ada"))
    code, shown = at_a_terminal("")
    assert (code, "Nothing is waiting" in shown) == (0, True)
    assert "1 of 22" in at_a_terminal("q", "--blind", "--who", "ben")[1]
