"""Reports gathered into the database: added once, found again as copies, watched in feeds, never lost half-way.

No model is needed: the reader finds what stands in curly quotes. One test at the end uses the model.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.read.feeds import LONG, page, rss
from tests.readings import MODEL, read_quotations
from tests.sites import Site
from truceline import cli
from truceline.cli import sources
from truceline.collecting import BATCH_REPORTS, Collection, Kept, Reader, StoreMemory, Tally, kept_line
from truceline.read import Polling, Visited, read_sources
from truceline.read.memory import Forgetful
from truceline.records import Reading, Report
from truceline.screen import Screen
from truceline.store import SourceState, Store, open_store

PATHS = [str(Path(__file__).resolve().parents[1]), str(Path(cli.__file__).resolve().parents[2])]
# The command line in a process of its own, with a reader that says so after some reports and then hangs.
HANGING = f"""
import os, sys, time
sys.path[:0] = {PATHS!r}
from tests.readings import MODEL, read_quotations
from truceline import cli
from truceline.cli import sources
from truceline.collecting import Reader
left = int(os.environ.get("REPORTS", "1000"))
def read(reports):
    global left
    for report in reports:
        if not left:
            sys.stderr.write("hanging\\n")
            sys.stderr.flush()
            time.sleep(600)
        left -= 1
        yield read_quotations(report)
sources.load_reader = lambda settings: Reader(MODEL.sha256, read)
sys.exit(cli.main())
"""
WIRE = " ".join(
    f"On day {number} of the talks the envoy said “we have agreed on point {number}” to the press of the {place}."
    for number, place in enumerate(("north", "south", "east", "west", "valley", "coast", "islands", "plain"))
)

Run = Callable[..., tuple[int, str, str]]


def reader(reports: Sequence[Report]) -> Iterator[Reading]:
    return map(read_quotations, reports)


READER = Reader(MODEL.sha256, reader)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if "model" not in request.keywords:
        monkeypatch.setattr(sources, "load_reader", lambda settings: READER)
    monkeypatch.chdir(tmp_path)
    for variable in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", *(v for v in os.environ if v.startswith("TRUCELINE_"))):
        monkeypatch.delenv(variable, raising=False)
    settings = "allow_private_addresses = true\nfetch_pause_seconds = 0.001\nfetch_limit_bytes = 200000\n"
    Path("truceline.toml").write_text(settings, encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        return code, *capsys.readouterr()

    return run


def put(name: str, *texts: str, **fields: str) -> str:
    lines = (json.dumps({"text": text, "published": "2016-12-05", **fields}) for text in texts)
    Path(name).write_text("\n".join(lines), encoding="utf-8")
    return name


def stored(path: str = "truceline.db") -> Store:
    return open_store(path, create=False)


def test_reports_are_added_once(run: Run) -> None:
    put("a.jsonl", "“One,” he said.", "“Two,” she said.")
    code, out, err = run("add", "a.jsonl")
    assert (code, out) == (0, "Added 2 reports.\n")
    assert err == "Database: truceline.db\n"
    with stored() as store:
        before = list(store.readings())
        assert [each.source for each in store.reports()] == ["a.jsonl"] * 2
    assert before[0].statements[0].content[0].quote == "“One,”"
    code, out, _ = run("add", "a.jsonl", "a.jsonl", "--json")
    assert code == 0
    assert json.loads(out) == {"new": 0, "read_again": 0, "unchanged": 4, "copies": 0, "updates": 0, "unreadable": 0}
    with stored() as store:
        assert list(store.readings()) == before


def test_what_cannot_be_read_is_named_and_the_rest_is_added(run: Run) -> None:
    Path("reports").mkdir()
    put("reports/a.jsonl", "“One,” he said.", "", "“Two,” she said.")
    Path("reports/b.txt").write_bytes(b"%PDF-1.4")
    Path("reports/c.doc").write_bytes(b"x")
    code, out, err = run("add", "reports", "missing.txt", "--db", "other.db")
    assert code == 2
    assert out == "Added 2 reports; 3 could not be read.\n"
    assert "reports/a.jsonl, line 2, holds no text" in err
    assert "reports/b.txt is a PDF document" in err
    assert "1 .doc" in err
    assert "missing.txt does not exist" in err
    assert err.startswith("Database: other.db\n")
    assert "Traceback" not in err


def test_a_notice_that_concerns_many_is_said_once(run: Run) -> None:
    for name in "abc":
        Path(f"{name}.txt").write_text(f"“{name},” the envoy said to the press.", encoding="utf-8")
    _, _, err = run("add", "a.txt", "b.txt", "c.txt")
    assert err.count("No publication date is known") == 1
    assert "a and 2 reports more: No publication date is known" in err


def test_copies_and_updates_are_pointed_out_and_kept_once(run: Run) -> None:
    put("a.jsonl", WIRE, outlet="Valley News", url="https://a.example/1")
    put("b.jsonl", f"By our staff. {WIRE}", outlet="Coast Post", url="https://b.example/7")
    put("c.jsonl", f"{WIRE} The talks go on.", outlet="Valley News", url="https://a.example/1")
    put("d.jsonl", WIRE, outlet="Hill Herald", url="https://d.example/9")
    assert run("add", "a.jsonl", "b.jsonl")[1] == "Added 2 reports, among them 1 copy of others.\n"
    assert run("add", "c.jsonl", "d.jsonl")[1] == (
        "Added 1 report, among them 1 update of others; 1 was there already.\n"
    )
    with stored() as store:
        reports = list(store.reports())
        assert [each.outlet for each in reports] == ["Valley News", "Coast Post", "Valley News"]
        assert [each.copy_of for each in reports] == [None, reports[0].id, reports[0].id]
        assert [each.outlet for each in store.appearances(reports[0].id)] == ["Hill Herald"]


def test_what_a_kill_left_uncompared_is_compared_the_next_time(tmp_path: Path) -> None:
    put("a.jsonl", WIRE, f"By our staff. {WIRE}")
    with open_store("a.db") as store:
        store.add(map(read_quotations, (each.report for each in read_sources(["a.jsonl"]))))  # type: ignore[union-attr]
        assert [each.copy_of for each in store.reports()] == [None, None]
        collection = Collection(store, READER, pytest.fail)
        collection.take(read_sources(["a.jsonl"]))
        first, second = store.reports()
        assert (first.copy_of, second.copy_of) == (None, first.id)
        assert collection.tally == Tally(unchanged=2)


def test_a_newer_model_reads_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.jsonl", "“One,” he said.")
    run("add", "a.jsonl")
    assert run("add", "a.jsonl", "--again")[1] == "Added 0 reports; 1 was there already.\n"
    newer = MODEL.__class__("newer", "1" * 64)

    def read(reports: Sequence[Report]) -> Iterator[Reading]:
        for report in reports:
            reading = read_quotations(report)
            yield Reading(**{name: getattr(reading, name) for name in Reading.__slots__} | {"model": newer})

    monkeypatch.setattr(sources, "load_reader", lambda settings: Reader(newer.sha256, read))
    assert run("add", "a.jsonl")[1] == "Added 0 reports; read 1 again.\n"


def test_a_fault_of_ours_in_one_report_costs_only_that(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(reports: Sequence[Report]) -> Iterator[Reading]:
        for report in reports:
            if "stumble" in report.text:
                raise IndexError("list index out of range")
            yield read_quotations(report)

    monkeypatch.setattr(sources, "load_reader", lambda settings: Reader(MODEL.sha256, stumble))
    put("a.jsonl", "“One.”", "“Two.”", "stumble", "“Four.”", "stumble again", "“Six.”")
    code, out, err = run("add", "a.jsonl")
    assert (code, out) == (2, "Added 4 reports; 2 could not be read.\n")
    assert err.count("met a fault in Truceline (IndexError: list index out of range)") == 2
    assert run("add", "a.jsonl")[1] == "Added 0 reports; 4 were there already; 2 could not be read.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add"], "SOURCE"),
        (["add", "a.txt", "--published", "soon"], "'soon'"),
        (["add", "a.txt", "--db", "/no/such/folder/x.db"], "/no/such/folder/x.db"),
        (["watch"], "FEED"),
        (["watch", "a.txt"], "There is no feed to watch"),
        (["watch", "https://news.example/feed", "--every", "1"], "--every"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: list[str], said: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_killed_again_and_again_it_loses_nothing_and_reads_nothing_twice() -> None:
    texts = [f"{WIRE[:200]} Report {number}: “we go on,” she said." for number in range(3 * BATCH_REPORTS)]
    put("a.jsonl", *texts)
    counts = []
    for reports in (0, BATCH_REPORTS - 1, BATCH_REPORTS, BATCH_REPORTS + 9):
        process = subprocess.Popen(
            [sys.executable, "-c", HANGING, "add", "a.jsonl"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "REPORTS": str(reports)},
        )
        assert process.stderr is not None
        while process.stderr.readline() not in {b"hanging\n", b""}:
            pass
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        process.stderr.close()
        with stored() as store:
            assert list(store.verify()) == []
            counts.append(store.count())
    assert counts == [0, 0, BATCH_REPORTS, 2 * BATCH_REPORTS], "whole batches, and none of them read again"
    done = subprocess.run(
        [sys.executable, "-c", HANGING, "add", "a.jsonl", "--json"], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    assert (tally["new"], tally["unchanged"]) == (BATCH_REPORTS, 2 * BATCH_REPORTS)
    with stored() as store:
        assert list(store.verify()) == []
        assert sorted(each.report.text for each in store.readings()) == sorted(texts)


def test_ctrl_c_says_what_was_added(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(reports: Sequence[Report]) -> Iterator[Reading]:
        yield read_quotations(reports[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "load_reader", lambda settings: Reader(MODEL.sha256, interrupted))
    put("a.jsonl", "“One.”", "“Two.”")
    assert run("add", "a.jsonl") == (130, "Added 1 report.\n", "Database: truceline.db\nStopped.\n")


def test_a_feed_is_added_and_then_only_what_is_new(run: Run, site: Site) -> None:
    first = {"guid": "1", "title": "First", "link": site.page("/a", page("the truce"))}
    url = site.versioned("/feed", rss(first), '"1"')
    assert run("add", url)[1] == "Added 1 report.\n"
    code, out, err = run("add", url)
    assert (code, out) == (0, "Added 0 reports.\n")
    assert "lists nothing new" in err
    site.versioned("/feed", rss({"guid": "2", "title": "Second", "text": LONG}, first), '"2"')
    assert run("add", url)[1] == "Added 1 report.\n"
    assert site.paths.count("/a") == 1


def test_watching_prints_what_changed(run: Run, site: Site) -> None:
    entry = {"title": "Talks", "guid": "1", "pubDate": "Mon, 05 Dec 2016 10:00:00 GMT", "text": f"“Yes.” {LONG}"}
    url = site.versioned("/feed", rss(entry), '"1"')
    code, out, err = run("watch", url, "--once")
    assert code == 0
    assert out.startswith("new · 2016-12-05 · Talks · Valley News · 1 statement · sha256:")
    assert out.count("\n") == 1
    code, out, err = run("watch", url, "--once")
    assert (code, out) == (0, "")
    assert "was asked already" in err
    with open_store("truceline.db") as store:
        state = store.seen(url)
        assert state is not None
        store.remember(url, SourceState(state.etag, None, "2016-12-05T00:00:00Z", state.position))
    update = {**entry, "pubDate": "Mon, 05 Dec 2016 12:00:00 GMT", "text": f"“Yes.” {LONG} “And no.”"}
    site.versioned("/feed", rss(update), '"2"')
    code, out, _ = run("watch", url, "--once", "--json")
    change = json.loads(out)
    assert (change["what"], change["statements"], change["source"]) == ("update", 2, url)
    assert change["copy_of"] != change["id"]
    assert change["likeness"] > 0.9


def test_watching_goes_on_when_a_feed_fails(run: Run, site: Site) -> None:
    good = site.page("/good", rss({"title": "A", "text": LONG}), "application/rss+xml")
    code, out, err = run("watch", f"{site.url}/bad", good, "--once")
    assert code == 2
    assert out.count("\n") == 1
    assert "/bad answered 404" in err
    _, _, err = run("watch", f"{site.url}/bad", "--once")
    assert "/bad failed and is asked again from" in err


def test_rounds_wait_until_a_feed_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    memory = Forgetful()
    now = datetime.now(UTC)
    memory.keep("a", Visited(checked=(now - timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")))
    memory.keep("b", Visited(checked=now.strftime("%Y-%m-%dT%H:%M:%SZ")))
    slept: list[float] = []
    from truceline.settings import Settings

    polling = Polling(memory, timedelta(minutes=30), Settings())
    rounds = sources.rounds(["a", "b"], polling, Screen(), once=False, sleep=slept.append)
    assert [next(rounds), next(rounds)] == [1, 2]
    assert 595 < slept[0] < 601
    assert "The next feed is asked at" in capsys.readouterr().err
    assert list(sources.rounds(["a"], polling, Screen(), once=True, sleep=slept.append)) == [1]


def test_feeds_are_vouched_for_only_when_their_reports_are_kept(site: Site) -> None:
    entries = [{"guid": str(n), "title": f"T{n}", "text": f"{LONG} {n}"} for n in range(3)]
    url = site.page("/feed", rss(*entries), "application/rss+xml")
    with open_store("a.db") as store:
        memory = StoreMemory(store)
        from tests.sites import LOCAL

        for _ in read_sources([url], settings=LOCAL, memory=memory):
            assert store.seen(url) is None
        memory.write_down()
        visited = memory.recall(url)
        assert visited is not None
        assert len(visited.done) == 3
        assert StoreMemory(store).recall(url) == visited


@pytest.mark.parametrize("position", [None, "", "7", "[]", '{"done": 3}', "{", '{"done": null}'])
def test_a_memory_of_another_kind_means_nothing_is_done(position: str | None) -> None:
    with open_store("a.db") as store:
        store.remember("https://news.example/feed", SourceState(etag="1", position=position))
        visited = StoreMemory(store).recall("https://news.example/feed")
        assert visited is not None
        assert (visited.etag, visited.done) == ("1", frozenset())


def test_the_line_of_a_report_without_title(tmp_path: Path) -> None:
    put("a.jsonl", "“One,” he said.")
    shown: list[Kept] = []
    with open_store("a.db") as store:
        Collection(store, READER, pytest.fail, shown.append).take(read_sources(["a.jsonl"]))
    assert kept_line(shown[0]).startswith("new · 2016-12-05 · “One,” he said. · 1 statement · sha256:")


@pytest.mark.model
def test_from_a_feed_to_the_database_with_the_model(run: Run, site: Site) -> None:
    text = "The ceasefire will start on Friday, the Jordanian foreign minister told reporters in Amman. " + LONG
    feed = rss({"title": "Talks", "pubDate": "Mon, 05 Dec 2016 10:00:00 GMT", "text": text})
    code, out, _ = run("add", site.page("/feed", feed, "application/rss+xml"))
    assert (code, out) == (0, "Added 1 report.\n")
    with stored() as store:
        [reading] = store.readings()
        assert list(store.verify()) == []
    assert any("ceasefire will start" in content.quote for each in reading.statements for content in each.content)
