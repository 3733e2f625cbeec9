"""Killed at any moment, two hundred times in all, the store holds whole readings and everything that it said it had."""

import multiprocessing
import random
import time
from pathlib import Path

import pytest

from tests.store.killing import REPORTS, reading_of_step, write_on
from tests.store.postgres import Server
from truceline.store import Store, open_store

KILLS, KILLS_WHILE_NEW = 90, 10

if "forkserver" not in multiprocessing.get_all_start_methods():
    pytest.skip("needs processes that fork", allow_module_level=True)
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.store.killing", "truceline.store.opening", "alembic.command", "psycopg"])


def killed(target: str, step: int, chance: random.Random) -> list[str]:
    """What a process said before it was killed, which begins at this step."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=write_on, args=(target, step, there), daemon=True)
    process.start()
    there.close()
    told: list[str] = []
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        told.append(here.recv_bytes().decode("ascii"))
    time.sleep(chance.random() * 0.02)
    process.kill()
    process.join()
    while here.poll():
        try:
            told.append(here.recv_bytes().decode("ascii"))
        except (EOFError, OSError):
            break
    here.close()
    return told


def check(store: Store, written: int) -> int:
    """The step that was written last, which is `written` or the one behind it; everything up to it must be there."""
    steps = [int(row.value or "") for row in store.decisions()]
    assert steps[: written + 1] == list(range(written + 1))
    readings = list(store.readings())
    models = [int(reading.model.name) for reading in readings]
    last = max(models, default=-1)
    assert written <= last <= written + 1
    assert readings == [reading_of_step(step) for step in models]
    assert sorted(models) == list(range(max(0, last - REPORTS + 1), last + 1))
    assert list(store.verify()) == []
    return last


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_while_writing(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    target = str(tmp_path / "talks.db") if kind == "sqlite" else request.getfixturevalue("server").new_database()
    chance = random.Random(20161205)
    step = 0
    with open_store(target) as store:
        for _ in range(KILLS):
            told = [int(word) for word in killed(target, step, chance) if word != "open"]
            assert told == list(range(step, step + len(told)))
            last = check(store, step + len(told) - 1)
            # Between a reading and its decision a kill leaves the one without the other: that step is written again.
            step = len(store.decisions())
            assert step in (last, last + 1)
    assert step > KILLS / 2


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_while_the_tables_are_made(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    chance = random.Random(5)
    for number in range(KILLS_WHILE_NEW):
        if kind == "sqlite":
            target = str(tmp_path / f"{number}.db")
        else:
            server: Server = request.getfixturevalue("server")
            target = server.new_database()
        here, there = processes.Pipe(duplex=False)
        process = processes.Process(target=write_on, args=(target, 0, there), daemon=True)
        process.start()
        time.sleep(0.01 + chance.random() * 0.15)
        process.kill()
        process.join()
        here.close()
        there.close()
        with open_store(target) as store:
            assert store.count() <= REPORTS
            assert list(store.verify()) == []
            store.add([reading_of_step(0)])
            assert store.reading(reading_of_step(0).report.id) == reading_of_step(0)
