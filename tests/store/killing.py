"""What the processes do that `test_killed.py` kills; a module of its own, so that they can import it."""

from dataclasses import replace
from multiprocessing.connection import Connection

from tests.store.kept import numbered
from truceline.records import Model, Reading
from truceline.store import DecisionRow, open_store

REPORTS = 5


def reading_of_step(step: int) -> Reading:
    """The reading that the step writes: of one of five reports, by a model that bears the step's number."""
    reading = numbered(step % REPORTS, Model(str(step), f"{step:064}"))
    return replace(reading, times=reading.times * (step % 7))


def write_on(target: str, step: int, told: Connection) -> None:
    """Opens the store and writes step after step; tells of each only when the store has said that it is written."""
    with open_store(target) as store:
        told.send_bytes(b"open")
        while True:
            store.add([reading_of_step(step)])
            store.append_decision(DecisionRow("2016-12-05T12:00:00Z", "ada", "note", value=str(step)))
            told.send_bytes(str(step).encode("ascii"))
            step += 1
