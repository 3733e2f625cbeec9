"""Whatever is changed behind the store's back is found."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.kept import full_reading, numbered
from truceline.store import DecisionRow, Store, StoreError, open_store


def tamper(store: Store, *statements: str) -> None:
    with store._write_alone() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE reports SET text = replace(text, 'ten days', 'two days')", "the text is not the one that was stored"),
        ("UPDATE reports SET text = replace(text, 'ten days', 'two days')", "the words 'ten days' do not stand at"),
        ("UPDATE reports SET title = 'No truce'", "the reading is not the one that was stored"),
        ("UPDATE readings SET model_sha256 = 'x'", "the reading is not the one that was stored"),
        ("UPDATE readings SET sha256 = 'x'", "the reading is not the one that was stored"),
        (
            "UPDATE records SET record = replace(record, 'indirect', 'direct')",
            "the reading is not the one that was stored",
        ),
        ("UPDATE records SET record = replace(record, 'indirect', 'sung')", "not a reading"),
        ("UPDATE records SET record = '{' WHERE kind = 'time'", "not a reading"),
        ("DELETE FROM records WHERE kind = 'place'", "the reading is not the one that was stored"),
        (
            "UPDATE records SET position = 1 - position + 2 WHERE kind = 'time'",
            "the reading is not the one that was stored",
        ),
        ("DELETE FROM readings", "the report has no reading"),
        (
            "UPDATE records SET kind = 'actor', position = 7 WHERE kind = 'statement'",
            "the search index record_words has",
        ),
    ],
)
def test_a_change_is_found(store: Store, statement: str, what: str) -> None:
    store.add([full_reading()])
    assert list(store.verify()) == []
    tamper(store, statement)
    assert any(fault.what.startswith(what) for fault in store.verify())


def test_a_fault_names_its_report_and_the_others_are_sound(store: Store) -> None:
    store.add([numbered(number) for number in range(5)])
    bad = numbered(3).report.id
    tamper(store, f"UPDATE reports SET title = 'x' WHERE id = '{bad}'")
    (fault,) = store.verify()
    assert fault.report_id == bad
    with pytest.raises(StoreError, match=f"The reading of {bad} in .* is damaged: add the report again"):
        store.reading(bad)
    assert store.reading(numbered(2).report.id) == numbered(2)
    assert store.add([numbered(3)]).unchanged == 0
    assert list(store.verify()) == []
    assert store.reading(bad) == numbered(3)


def test_a_decision_that_was_cut_out_is_missed(store: Store) -> None:
    for _ in range(3):
        store.append_decision(DecisionRow("2016-12-05T12:00:00Z", "ada", "note"))
    lite = store._engine.dialect.name == "sqlite"
    trigger = "decisions_no_delete" if lite else "decisions_stay ON decisions"
    tamper(store, f"DROP TRIGGER {trigger}", "DELETE FROM decisions WHERE number = 2")
    assert [fault.what for fault in store.verify()] == ["of the 3 decisions in the log only 2 are there"]


def test_an_emptied_index_is_found(store: Store) -> None:
    store.add([full_reading()])
    lite = store._engine.dialect.name == "sqlite"
    tamper(
        store, "INSERT INTO report_words (report_words) VALUES ('delete-all')" if lite else "DELETE FROM report_words"
    )
    assert [fault.what for fault in store.verify()] == ["the search index report_words has 0 entries for 1"]


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path / "talks.db") as store:
        store.add([full_reading()])
        raw = store._engine.raw_connection()
        for statement in ("PRAGMA foreign_keys = OFF", "DELETE FROM reports", "PRAGMA foreign_keys = ON"):
            raw.cursor().execute(statement)
        raw.close()
        assert any("refers to a row of reports that is not there" in fault.what for fault in store.verify())
