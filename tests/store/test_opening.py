"""Opening: tables are made, brought up, recognised, and refused in one sentence where they are not ours to use."""

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.store.kept import numbered
from tests.store.postgres import Server
from truceline.store import Store, StoreError, open_store, opening
from truceline.store.tables import metadata

MIGRATIONS = Path(opening.__file__).with_name("migrations")


def test_the_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == opening.REVISION
    assert sorted(script.revision for script in scripts.walk_revisions()) == sorted(opening._known_revisions())


def test_the_migrations_make_the_tables_that_the_program_knows(store: Store) -> None:
    with store._read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": opening.VERSION_TABLE,
                "include_object": lambda thing, name, kind, *_: kind != "table" or "_words" not in name,
            },
        )
        assert compare_metadata(context, metadata) == []


def test_a_sqlite_file_has_a_write_ahead_log_and_its_references_hold(tmp_path: Path) -> None:
    with open_store(tmp_path / "talks.db") as store, store._read() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("foreign_keys", 1),
            ("synchronous", 2),
            ("busy_timeout", 20_000),
        ):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_store_is_named_without_its_password(server: Server, tmp_path: Path) -> None:
    with open_store(tmp_path / "talks.db") as store:
        assert store.where == str(tmp_path / "talks.db")
    url = server.new_database().replace("truceline@", "truceline:secret@")
    with open_store(url) as store:
        assert "secret" not in store.where
        assert "***" in store.where


def test_a_sqlite_url_is_a_path(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'a b%20c.db'}") as store:
        store.add([numbered(1)])
    assert list(tmp_path.glob("*.db"))


def test_several_may_open_a_new_database_at_once(target: str) -> None:
    faults: list[BaseException] = []

    def open_and_add(number: int) -> None:
        try:
            with open_store(target) as store:
                store.add([numbered(number), numbered(99)])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=open_and_add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_store(target) as store:
        assert store.count() == 5
        assert list(store.verify()) == []


def test_nothing_is_made_where_only_looking_was_meant(target: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no(thing in the)? database .* yet"):
        open_store(target, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(target: str) -> None:
    with open_store(target) as store:
        store.add([numbered(1)])
        with store._write_alone() as connection:
            connection.exec_driver_sql("UPDATE truceline_version SET version_num = '0999'")
    with pytest.raises(StoreError, match=r"was made by a newer Truceline \(its tables are version 0999"):
        open_store(target)


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, server: Server) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customers (name)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"was not made by Truceline \(it has a table customers\)"):
        open_store(path)
    assert path.read_bytes() == before
    import psycopg

    url = server.new_database()
    with psycopg.connect(url, autocommit=True) as shop:
        shop.execute("CREATE TABLE customers (name text)")
        open_store(url).close()  # other tables may stand beside ours in a team's database
        other = server.new_database()
    with psycopg.connect(other, autocommit=True) as shop:
        shop.execute("CREATE TABLE reports (name text)")
    with pytest.raises(StoreError, match=r"was not made by Truceline \(it has a table reports\)"):
        open_store(other)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "The database has no name"),
        ("mysql://localhost/talks", "is no database that Truceline can use"),
        ("https://example.org/talks.db", "is no database that Truceline can use"),
        ("://", "is no URL of a database"),
        ("sqlite://", "is no database that Truceline can use"),
        ("sqlite:///:memory:", "is no database that Truceline can use"),
        ("no/such/folder/talks.db", "there is no folder"),
        (".", "is a folder"),
        ("postgresql://nobody@/x?host=/nowhere", "cannot be reached"),
        ("postgresql://ada:secret@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_a_target_that_is_no_database_is_refused(
    target: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if target.startswith("postgresql"):
        pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=said) as caught:
        open_store(target)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
