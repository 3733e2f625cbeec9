"""Opening a database: in comes a path or URL, out go an engine over tables of this version and a name."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from truceline.store.faults import StoreError, plainly
from truceline.store.tables import metadata

# The newest migration; a test holds it against migrations/versions.
REVISION = "0001"
VERSION_TABLE = "truceline_version"
# Every writer of a PostgreSQL database takes this lock ("trucelin" in ASCII): one writes at a time, as in SQLite.
_WRITERS = int.from_bytes(b"trucelin", "big")


def open_engine(target: str | Path, *, create: bool, patience: float) -> tuple[Engine, str]:
    """The engine and what to call the database in messages: its path, or its URL without the password.

    Tables are made or brought up to this version. `StoreError` where there is no database and `create` is false, where
    it is of a newer version, not Truceline's, damaged, or cannot be reached. `patience` is in seconds.
    """
    url = _url(target)
    where = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        where = str(url.database)
        _look_at(Path(where), create=create)
    with plainly(where):
        engine = _engine(url, where, patience)
        try:
            _bring_up(engine, where, create=create)
        except BaseException:
            engine.dispose()
            raise
    return engine, where


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction in which it alone may write; kept whole at the end, or not at all."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
        yield connection


def _url(target: str | Path) -> URL:
    """The target as a URL: a path, or anything with a scheme."""
    if isinstance(target, Path) or "://" not in target:
        if not str(target).strip():
            raise StoreError("The database has no name: give a path or a URL with --db.")
        return URL.create("sqlite", database=str(target))
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        raise StoreError(f"{target} is no URL of a database: write one such as postgresql://user@host/name.") from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        return url.set(drivername="sqlite", query={})
    raise StoreError(
        f"{url.render_as_string(hide_password=True)} is no database that Truceline can use: give the path of a SQLite "
        "file, or a URL that begins with postgresql://."
    )


def _look_at(path: Path, *, create: bool) -> None:
    """Complains where there cannot be a SQLite file, before SQLite makes an empty one or says less."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it for the database.")
    if not path.exists():
        if not create:
            raise StoreError(f"There is no database {path} yet: truceline add makes it, or name another with --db.")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"The database {path} cannot be made: there is no folder {path.parent}.")


def _engine(url: URL, where: str, patience: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        if _only_readable(Path(where)):
            address = f"file:{quote(os.path.abspath(where))}?mode=ro&immutable=1"
            engine = create_engine(url, creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False))
        else:
            engine = create_engine(url, connect_args={"timeout": patience})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(url, connect_args={"connect_timeout": max(2, round(patience))}, pool_pre_ping=True)
    except (ImportError, NoSuchModuleError):
        raise StoreError(
            f"The database {where} needs the driver of PostgreSQL: pip install 'truceline[postgres]'."
        ) from None
    wait = f"SET lock_timeout = {max(1, round(patience * 1000))}"

    def prepare(connection: Any, record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(wait)
            cursor.execute("SET TIME ZONE 'UTC'")
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine


def _only_readable(path: Path) -> bool:
    """Whether the file stands, whole, in a folder where SQLite cannot make the two files that help it to write."""
    log = path.with_name(f"{path.name}-wal")
    return path.exists() and not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    """Foreign keys hold, commits are on the disk, and transactions begin where we say, not where the driver thinks."""
    connection.isolation_level = None
    connection.execute("PRAGMA cache_size = -32000")  # kilobytes: the search index of a large database is at home in it
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up(engine: Engine, where: str, *, create: bool) -> None:
    """Makes the tables, or brings older ones up to this version; leaves a database of this version alone."""
    with engine.connect() as connection:
        if _revision(connection, where) == REVISION:
            return
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with writing(engine) as connection:
        found = _revision(connection, where)  # again: another process may have been quicker
        if found == REVISION:
            return
        if found is None and not create and engine.dialect.name == "postgresql":
            raise StoreError(f"There is nothing in the database {where} yet: truceline add makes its tables.")
        _migrate(connection)


def _use_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer do not wait for each other then; the file remembers it. Not inside a transaction."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _revision(connection: Connection, where: str) -> str | None:
    """The database's version, None if it is empty; `StoreError` if it is newer than this, or not Truceline's."""
    names = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in names:
        strange = names if connection.dialect.name == "sqlite" else names & set(metadata.tables)
        if strange:
            raise StoreError(
                f"The database {where} was not made by Truceline (it has a table {min(strange)}): name another with "
                "--db."
            )
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if found is not None and found not in _known_revisions():
        raise StoreError(
            f"The database {where} was made by a newer Truceline (its tables are version {found}, this one knows "
            f"{REVISION}): install that one, or name another database with --db."
        )
    return found


def _known_revisions() -> set[str]:
    """The revisions are numbered from one up."""
    return {f"{number:04}" for number in range(1, int(REVISION) + 1)}


def _migrate(connection: Connection) -> None:
    """Runs the migrations that are missing, in the transaction of this connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", os.fspath(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
