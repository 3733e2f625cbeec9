"""The store as its users know it, on both databases."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.store.kept import NEW, OLD, by, full_reading, numbered
from truceline.records import Reading, Span
from truceline.store import (
    Added,
    Appearance,
    DecisionRow,
    SourceState,
    Store,
    StoredReport,
    StoreError,
    database,
    open_store,
)

ABSENT = f"sha256:{'0' * 64}"


def test_adding_twice_changes_nothing(store: Store) -> None:
    readings = [numbered(number) for number in range(3)]
    assert store.add(readings, source="harbour.jsonl") == Added(new=3)
    before = list(store.reports())
    assert store.add(readings, source="elsewhere.jsonl") == Added(unchanged=3)
    assert list(store.reports()) == before
    assert list(store.readings()) == readings
    assert list(store.verify()) == []


def test_a_newer_model_replaces_the_machines_records_and_no_others(store: Store) -> None:
    first, other = numbered(1), numbered(2)
    store.add([first, other], source="harbour.jsonl")
    id = first.report.id
    store.append_decision(decision(id, "accept"))
    store.keep_signature(id, b"\x00\xff")
    store.mark_copy(other.report.id, id, 0.9)
    second = replace(by(NEW, first), statements=[], times=first.times[:1])
    assert store.add([second, other]) == Added(replaced=1, unchanged=1)
    assert store.reading(id) == second
    assert store.reading(other.report.id) == other
    assert [row.action for row in store.decisions(id)] == ["accept"]
    assert list(store.signatures()) == [(id, b"\x00\xff")]
    assert store.copy_of(other.report.id) == id
    assert [hit.report_id for hit in store.search("truce") if hit.kind == "statement"] == [other.report.id]
    assert list(store.verify()) == []


def test_a_report_that_comes_twice_in_one_batch_is_kept_as_it_came_last(store: Store) -> None:
    assert store.add([numbered(1), numbered(2), by(NEW, numbered(1))]) == Added(new=2, replaced=1)
    assert store.reading(numbered(1).report.id) == by(NEW, numbered(1))


def test_who_has_read_a_report_is_known(store: Store) -> None:
    store.add([numbered(1)])
    id = numbered(1).report.id
    assert store.has(id)
    assert store.has(id, OLD.sha256)
    assert not store.has(id, NEW.sha256)
    assert not store.has(ABSENT)
    assert store.reading(ABSENT) is None


def test_reports_are_listed_in_the_order_in_which_they_came(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PAGE", 2)
    readings = [numbered(number) for number in (5, 3, 9, 1, 7)]
    store.add(readings, source="harbour.jsonl")
    ids = [reading.report.id for reading in readings]
    assert [report.id for report in store.reports()] == ids
    assert [report.id for report in store.reports(after=ids[1], limit=3)] == ids[2:]
    assert [report.id for report in store.reports(limit=3)] == ids[:3]
    assert list(store.reports(limit=0)) == []
    assert [reading.report.id for reading in store.readings()] == ids
    first = next(store.reports())
    assert first == StoredReport(
        ids[0], "Truce at the harbour", None, None, "2016-12-05", first.added, None, "harbour.jsonl"
    )
    assert first.added.endswith("Z")
    with pytest.raises(StoreError, match="There is no report sha256:0000"):
        list(store.reports(after=ABSENT))


def test_the_beginning_of_an_id_is_enough(store: Store) -> None:
    store.add([numbered(number) for number in range(20)])
    id = numbered(0).report.id
    assert store.ids_like(id) == store.ids_like(id.removeprefix("sha256:")[:40]) == [id]
    assert len(store.ids_like("")) == 3
    assert store.ids_like("%") == store.ids_like("zz") == []


def test_the_same_words_elsewhere_are_an_appearance(store: Store) -> None:
    reading = full_reading(url="https://example.org/a")
    store.add([reading], source="feed")
    elsewhere = replace(reading.report, url="https://example.org/b", outlet="The Other Paper")
    assert store.keep_appearance(elsewhere, "other feed") is True
    assert store.keep_appearance(elsewhere, "third feed") is False
    assert store.keep_appearance(reading.report) is False
    (place,) = store.appearances(reading.report.id)
    assert place == Appearance(
        "other feed", "Truce at the harbour", "The Other Paper", "https://example.org/b", "2016-12-05", place.added
    )
    with pytest.raises(StoreError, match="There is no report"):
        store.keep_appearance(numbered(8).report)


def test_a_report_read_again_with_another_title_keeps_its_first_one_as_an_appearance(store: Store) -> None:
    store.add([full_reading()], source="feed")
    store.add([full_reading(title="Truce, updated", published=None)], source="second feed")
    assert store.reading(full_reading().report.id) == full_reading(title="Truce, updated", published=None)
    assert [(place.title, place.source) for place in store.appearances(full_reading().report.id)] == [
        ("Truce at the harbour", "feed")
    ]
    assert [hit.kind for hit in store.search("updated")] == ["report"]
    assert store.search("at the harbour harbour truce at") == store.search("nowhere") == []
    assert list(store.verify()) == []


def test_copies_signatures_and_sources_are_kept_as_told_last(store: Store) -> None:
    one, two, three = (numbered(number) for number in (1, 2, 3))
    store.add([one, two, three])
    store.mark_copy(two.report.id, three.report.id, 0.7)
    store.mark_copy(two.report.id, one.report.id, 0.95)
    assert [report.copy_of for report in store.reports()] == [None, one.report.id, None]
    for signature in (b"first", b"second"):
        store.keep_signature(three.report.id, signature)
    store.keep_signature(one.report.id, b"")
    assert list(store.signatures()) == [(one.report.id, b""), (three.report.id, b"second")]
    state = SourceState('W/"x"', "Mon, 05 Dec 2016 10:00:00 GMT", "2016-12-05T10:00:00Z", '{"line": 7}', 2)
    assert store.seen("https://example.org/feed") is None
    store.remember("https://example.org/feed", SourceState())
    store.remember("https://example.org/feed", state)
    assert store.seen("https://example.org/feed") == state
    with pytest.raises(StoreError, match="There is no report"):
        store.mark_copy(ABSENT, one.report.id, 1.0)


def decision(report_id: str | None, action: str, **fields: object) -> DecisionRow:
    return DecisionRow(
        **{"at": "2016-12-05T12:00:00Z", "who": "ada", "action": action, "report_id": report_id, **fields}
    )  # type: ignore[arg-type]


def test_decisions_are_a_log_that_only_grows(store: Store) -> None:
    store.add([numbered(1), numbered(2)])
    one, two = numbered(1).report.id, numbered(2).report.id
    rows = [
        decision(
            one, "correct", kind="statement", anchor='{"spans": []}', value='{"mode": "direct"}', why="in quotes\x00"
        ),
        decision(two, "accept"),
        decision(None, "merge"),
        decision(one, "undo", undoes=1),
    ]
    assert [store.append_decision(row) for row in rows] == [1, 2, 3, 4]
    kept = [replace(row, number=number) for number, row in enumerate(rows, 1)]
    assert store.decisions() == kept
    assert store.decisions(one) == [kept[0], kept[3]]
    assert store.decisions(ABSENT) == []
    with pytest.raises(StoreError, match="There is no decision 99 to undo"):
        store.append_decision(decision(one, "undo", undoes=99))
    with pytest.raises(StoreError, match="There is no report"):
        store.append_decision(decision(ABSENT, "accept"))
    assert store.decisions() == kept


@pytest.mark.parametrize("statement", ["UPDATE decisions SET who = 'eve'", "DELETE FROM decisions"])
def test_the_database_itself_refuses_to_change_the_log(store: Store, statement: str) -> None:
    store.append_decision(decision(None, "note"))
    with pytest.raises(StoreError, match="append-only"), store._write_alone() as connection:
        connection.exec_driver_sql(statement)
    assert [row.who for row in store.decisions()] == ["ada"]


def test_an_unsound_reading_is_refused_and_those_before_it_are_kept(store: Store) -> None:
    sound, unsound = numbered(1), numbered(2)
    moved = replace(unsound, times=[replace(unsound.times[0], text=Span(0, 6, "Friday"))])
    with pytest.raises(StoreError, match="the words 'Friday' do not stand at 0–6"):
        store.add([sound, moved, numbered(3)])
    other_text = replace(unsound, report=replace(unsound.report, text=unsound.report.text + " "))
    with pytest.raises(StoreError, match="is not the one of its text"):
        store.add([other_text])
    half = replace(unsound, report=replace(unsound.report, title="\ud83d"))
    with pytest.raises(StoreError, match="half a character"):
        store.add([half])
    endless = replace(unsound, statements=[replace(unsound.statements[0], confidence=float("nan"))])
    with pytest.raises(StoreError, match="confidence of nan"):
        store.add([endless])
    assert list(store.readings()) == [sound]
    assert list(store.verify()) == []


def test_where_the_readings_break_off_those_before_are_kept(store: Store) -> None:
    def broken() -> Iterator[Reading]:
        yield numbered(1)
        yield numbered(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(broken())
    assert store.count() == 2


def test_readings_that_come_slowly_are_written_meanwhile(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "GATHER_SECONDS", 0.01)
    seen = []

    def slow() -> Iterator[Reading]:
        for number in range(3):
            seen.append(store.count())
            yield numbered(number)
            time.sleep(0.02)

    store.add(slow())
    assert seen == [0, 0, 2]


def test_another_program_sees_what_was_added(store: Store, target: str) -> None:
    with open_store(target, create=False) as other:
        store.add([numbered(1)])
        assert other.reading(numbered(1).report.id) == numbered(1)
        other.add([numbered(2)])
    assert store.count() == 2


def test_the_views_show_every_record_with_its_report_model_and_version(store: Store) -> None:
    reading = full_reading()
    store.add([reading])
    with store._read() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM statements").mappings()
        assert (row["report"], row["id"], row["speaker"], row["mode"]) == (reading.report.id, "s1", "a1", "indirect")
        content = reading.statements[0].content
        assert (row["start"], row["end"]) == (content[0].start, content[-1].end)
        assert (row["model_sha256"], row["version"], row["confidence"]) == (OLD.sha256, "0.1.0", 0.875)
        for view in ("actors", "proposals", "positions", "commitments", "events", "places"):
            assert len(connection.exec_driver_sql(f"SELECT * FROM {view}").all()) == 1
        values = connection.exec_driver_sql("SELECT value FROM times ORDER BY start").scalars().all()
        assert values == ["2016-12-02", "P10D"]
