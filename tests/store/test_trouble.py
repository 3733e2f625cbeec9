"""Databases in trouble: one clear sentence each, and nothing lost."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from tests.store.kept import numbered
from tests.store.postgres import Server
from truceline.records import Reading
from truceline.store import DecisionRow, Store, StoreError, open_store

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(sys.modules["truceline"].__file__ or "").resolve().parents[1]
# Adds readings to the file until it cannot, and prints why; looks at what it holds if there is nothing to add.
FILL = f"""
import sys
sys.path[:0] = [{str(PACKAGE)!r}, {str(ROOT)!r}]
from tests.store.kept import numbered
from truceline.store import StoreError, open_store
try:
    with open_store(sys.argv[1]) as store:
        for number in range(int(sys.argv[2])):
            store.add([numbered(number + 1)])
        if sys.argv[2] == "0" and not list(store.verify()) and store.search("truce"):
            print(len(list(store.readings())), "reading, sound")
except StoreError as fault:
    print(fault)
"""


def said(*arguments: str, before: tuple[str, ...]) -> str:
    """What a process that adds readings said in the end."""
    command = [*before, sys.executable, "-c", FILL, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A SQLite file with one reading, closed."""
    path = tmp_path / "talks.db"
    with open_store(path) as store:
        store.add([numbered(0)])
    return path


def still_sound(path: Path, *readings: Reading) -> None:
    with open_store(path) as store:
        assert list(store.verify()) == []
        kept = list(store.readings())
        assert kept[: len(readings)] == list(readings)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Talks go on.\n" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match=r"notes\.txt is damaged, or is no database: restore it"):
        open_store(path)
    assert path.read_text(encoding="utf-8") == "Talks go on.\n" * 1000


def test_a_file_with_torn_pages(path: Path) -> None:
    with open_store(path) as store:
        store.add(numbered(number) for number in range(200))
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[: middle - 40_000] + b"\xa5" * 80_000 + whole[middle + 40_000 :])
    found: list[str] = []
    try:
        with open_store(path) as store:
            found = [fault.what for fault in store.verify()]
            list(store.readings())
    except StoreError as fault:
        found.append(str(fault))
    assert found
    assert all("\n" not in sentence for sentence in found)
    assert any("damaged" in sentence or "SQLite says" in sentence for sentence in found)


def look_through(path: Path) -> None:
    with open_store(path) as store:
        list(store.verify())
        list(store.readings())


def test_a_file_cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="is damaged, or is no database"):
        look_through(path)


def test_a_database_that_another_program_keeps_writing(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path, patience=0.1) as store:
        with pytest.raises(StoreError, match="is busy: another program has been writing to it all the while"):
            store.add([numbered(1)])
        assert store.reading(numbered(0).report.id) == numbered(0)
        other.execute("ROLLBACK")
        store.add([numbered(1)])
    other.close()
    still_sound(path, numbered(0), numbered(1))


def test_a_postgresql_database_that_another_program_keeps_writing(server: Server) -> None:
    url = server.new_database()
    with open_store(url, patience=0.2) as store, open_store(url) as other:
        with other._write_alone():
            with pytest.raises(StoreError, match="is busy: another program has been writing to it all the while"):
                store.add([numbered(1)])
            assert store.count() == 0
        store.add([numbered(1)])
        assert store.count() == 1


def test_a_writer_waits_for_another(target: str) -> None:
    """The second writer waits for as long as the first needs, and both readings are there."""
    with open_store(target) as store, open_store(target) as other:
        begun, done = threading.Event(), threading.Event()

        def write() -> None:
            begun.set()
            with open_store(target) as third:
                third.add([numbered(1)])
            done.set()

        thread = threading.Thread(target=write)
        with other._write_alone():
            thread.start()
            begun.wait(10)
            assert not done.wait(0.3)
        thread.join(20)
        assert done.is_set()
        assert store.count() == 1


def test_no_room_in_the_file(path: Path) -> None:
    with open_store(path) as store:
        raw = store._engine.raw_connection()
        pages = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
        raw.close()

        @event.listens_for(store._engine, "begin")
        def limit(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 6}")

        with pytest.raises(StoreError, match="There is no room left for the database"):
            store.add(numbered(number) for number in range(1000))
    still_sound(path, numbered(0))


def small_disk(disk: Path, then: str) -> tuple[str, ...]:
    """What to put before a command so that `disk` is a disk of 700 kilobytes of its own; skips where that cannot be.

    `then` are shell commands, in which "$@" is the command.
    """
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare, and so no disk for a test alone")
    disk.mkdir()
    script = f'mount -t tmpfs -o size=700k tmpfs "{disk}" || exit 77; {then}'
    before = ("unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh")
    probe = subprocess.run([*before, "true"], capture_output=True, check=False)
    if probe.returncode == 77 or b"unshare" in probe.stderr:
        pytest.skip("no disk may be mounted here")
    return before


def test_a_full_disk(tmp_path: Path) -> None:
    """What was written before the disk was full is whole."""
    disk, saved = tmp_path / "disk", tmp_path / "saved"
    saved.mkdir()
    sentence = said(str(disk / "talks.db"), "1000", before=small_disk(disk, f'"$@"; cp "{disk}"/* "{saved}"; true'))
    assert sentence.startswith("There is no room left for the database")
    with open_store(saved / "talks.db") as store:
        kept = list(store.readings())
        assert len(kept) > 5
        assert kept == [numbered(number + 1) for number in range(len(kept))]
        assert list(store.verify()) == []


def test_a_disk_that_may_only_be_read(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    before = small_disk(disk, f'cp "{path}" "{disk}"; mount -o remount,ro "{disk}"; "$@"')
    assert said(str(disk / "talks.db"), "0", before=before) == "1 reading, sound"
    assert "may not be written: ask for permission" in said(str(disk / "talks.db"), "3", before=before)
    assert said(str(disk / "other.db"), "3", before=before).endswith("its folder exists and may be read and written.")


def test_the_server_gone_in_the_middle_and_back_again(server: Server) -> None:
    url = server.new_database()
    with open_store(url) as store:

        def readings() -> Iterator[Reading]:
            for number in range(200):
                if number == 100:
                    server.stop()
                yield numbered(number)

        try:
            with pytest.raises(StoreError, match="cannot be reached, or has gone away: start it"):
                store.add(readings())
            for attempt in (store.count, lambda: list(store.verify()), lambda: store.search("truce")):
                with pytest.raises(StoreError, match="cannot be reached, or has gone away"):
                    attempt()
            with pytest.raises(StoreError, match="cannot be reached, or has gone away"):
                open_store(url)
        finally:
            server.start()
        kept = list(store.readings())
        assert kept == [numbered(number) for number in range(64)]
        assert store.add(numbered(number) for number in range(200)).unchanged == 64
        assert list(store.verify()) == []


def test_a_connection_cut_in_the_middle_of_a_transaction(server: Server) -> None:
    url = server.new_database()
    with open_store(url) as store:
        store.add([numbered(0)])
        cut = "DELETE FROM readings; SELECT pg_terminate_backend(pg_backend_pid())"
        with pytest.raises(StoreError, match="gone away"), store._write_alone() as connection:
            connection.exec_driver_sql(cut)
        assert list(store.readings()) == [numbered(0)]


def test_a_missing_database_and_a_user_without_rights_on_the_server(server: Server) -> None:
    url = server.new_database()
    with pytest.raises(StoreError, match=r"There is no database .*nowhere.*: create it on the server with createdb"):
        open_store(url.replace("@/", "@/nowhere"))
    with pytest.raises(StoreError, match="does not let this user in"):
        open_store(url.replace("truceline@", "eve@"))
    import psycopg

    with open_store(url) as store:
        store.add([numbered(0)])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    with open_store(url.replace("truceline@", "guest@")) as store:
        assert store.reading(numbered(0).report.id) == numbered(0)
        with pytest.raises(StoreError, match="may not be written"):
            store.append_decision(DecisionRow("2016-12-05T12:00:00Z", "guest", "note"))


def test_without_the_driver_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"needs the driver of PostgreSQL: pip install 'truceline\[postgres\]'"):
        open_store("postgresql://ada@localhost/talks")


def test_a_store_may_be_closed_twice(path: Path) -> None:
    store: Store = open_store(path)
    store.close()
    store.close()
