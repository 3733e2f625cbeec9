"""What goes in comes out, whatever characters it is made of, and the store stays sound."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.store.kept import NEW, any_reading, by, full_reading
from truceline.records import Reading, from_json, misplaced_spans, to_json
from truceline.store import Store, open_store
from truceline.store.loading import load
from truceline.store.rows import misplaced, packed


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all the examples."""
    path = tmp_path_factory.mktemp("kept") / "talks.db"
    target = path if request.param == "sqlite" else request.getfixturevalue("server").new_database()
    with open_store(target) as store:
        yield store


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(readings=st.lists(any_reading(), min_size=1, max_size=3))
@example(readings=[full_reading("\x00\x01" + full_reading().report.text, title="\x01\x02\x00")])
def test_any_reading_comes_back_as_it_was(kept: Store, readings: list[Reading]) -> None:
    last = {reading.report.id: reading for reading in readings}
    kept.add(readings)
    for id, reading in last.items():
        assert kept.reading(id) == reading
    assert kept.add(last.values()).unchanged == len(last)
    assert [(stored.id, stored.title, stored.url) for stored in kept.reports() if stored.id in last] == [
        (stored.id, last[stored.id].report.title, last[stored.id].report.url)
        for stored in kept.reports()
        if stored.id in last
    ]


def test_the_store_was_sound_after_all_of_that(kept: Store) -> None:
    kept.add([full_reading()])
    assert list(kept.verify()) == []
    ids = [stored.id for stored in kept.reports()]
    assert [reading.report.id for reading in kept.readings()] == ids
    assert len(ids) == kept.count()


@settings(max_examples=30, deadline=None)
@given(any_reading())
def test_what_is_stored_is_the_json_of_the_reading(reading: Reading) -> None:
    assert packed(reading).sha256 == hashlib.sha256(to_json(reading).encode("utf-8")).hexdigest()
    assert misplaced(reading) == misplaced_spans(reading) == []


@settings(max_examples=30, deadline=None)
@given(any_reading())
def test_a_quote_that_stands_elsewhere_is_seen_in_every_record(reading: Reading) -> None:
    body = to_json(reading).replace('"start":0,', '"start":1000,')
    moved = from_json(body)
    assert sorted(misplaced(moved), key=repr) == sorted(misplaced_spans(moved), key=repr)


def test_the_records_come_in_the_order_of_the_reading(store: Store) -> None:
    reading = full_reading()
    many = [*reading.times] * 40
    store.add([by(NEW, reading)])
    store.add([Reading(**{**{f: getattr(reading, f) for f in reading.__dataclass_fields__}, "times": many})])
    found = store.reading(reading.report.id)
    assert found is not None
    assert found.times == many


def test_a_page_of_readings_is_loaded_in_order(tmp_path: Path) -> None:
    readings = [full_reading(f"{n}. {full_reading().report.text}") for n in range(5)]
    with open_store(tmp_path / "talks.db") as store:
        store.add(readings)
        with store._read() as connection:
            loaded = load(connection, [5, 2, 99, 1])
    assert [item.reading() for item in loaded] == [readings[0], readings[1], readings[4]]
