"""The same tests on both databases: `store` is a new SQLite file, then a new PostgreSQL database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.postgres import NoServerError, Server, running
from truceline.store import Store, open_store


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; the tests that need it are skipped, with the reason, where there can be none."""
    try:
        context = running()
        server = context.__enter__()
    except NoServerError as fault:
        pytest.skip(str(fault))
    try:
        yield server
    finally:
        context.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The path or URL of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "talks.db")
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    """A store, open and empty."""
    with open_store(target) as store:
        yield store
