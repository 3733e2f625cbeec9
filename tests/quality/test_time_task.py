"""The figures of `quality time`, worked out by hand over two documents with an annotation made of paper."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from quality.tasks import time
from tests.extract.timed import plain
from truceline.annotate import Annotation
from truceline.records import Report

DATED = '<DCT><TIMEX3 type="DATE" value="2016-12-05" functionInDocument="CREATION_TIME">5 Dec</TIMEX3></DCT>'


def timex(value: str, words: str) -> str:
    return f'<TIMEX3 type="DATE" value="{value}">{words}</TIMEX3>'


def document(folder: Path, body: str) -> None:
    folder.mkdir(parents=True)
    text = f"<TimeML>{DATED}<TEXT>{body}</TEXT></TimeML>"
    (folder / "talks.tml").write_text(text, encoding="utf-8")


class Paper:
    """Tags these words as time expressions in whatever it is given."""

    def __init__(self, *times: str) -> None:
        self.times = times

    def annotate_many(self, reports: Sequence[Report]) -> Iterator[Annotation]:
        for report in reports:
            yield plain(report.text, *self.times, published=report.published)


def figures(folder: Path, *times: str) -> dict[str, float]:
    annotator: Any = Paper(*times)
    return time.measure(folder, "test", annotator)


def test_spans_relaxed_and_exact(tmp_path: Path) -> None:
    document(
        tmp_path / "time/platinum", f"They meet {timex('x', 'early Tuesday')} or {timex('x', 'next week')} instead"
    )
    other = tmp_path / "time/tbaq/TimeBank/other.tml"
    other.parent.mkdir(parents=True)
    other.write_text("<broken", encoding="utf-8")
    found = figures(tmp_path, "early", "Tuesday", "next week")
    assert found["span_f1"] == pytest.approx(80), "two spans over one gold span count once"
    assert found["span_exact_f1"] == pytest.approx(40)


def test_values_must_be_equal_and_their_spans_touch(tmp_path: Path) -> None:
    gold = f"Talks {timex('2016-12-06', 'tomorrow')}, {timex('2016-W50', 'next week')} or {timex('P1D', 'in 1999')}"
    document(tmp_path / "time/platinum", gold)
    found = figures(tmp_path, "Talks", "next week", "1999")
    assert found["span_f1"] == pytest.approx(200 * 2 / 6), "the tagger found two of three, and one thing too many"
    assert found["record_span_f1"] == pytest.approx(100), "the records drop 'Talks' and know 'tomorrow'"
    assert found["value_f1"] == pytest.approx(200 * 2 / 6), "1999 is no length of time"
    assert found["value_accuracy"] == pytest.approx(200 / 3)


def test_a_right_value_elsewhere_does_not_count(tmp_path: Path) -> None:
    document(tmp_path / "time/platinum", f"Talks {timex('2016-12-05', 'resumed')} today")
    found = figures(tmp_path, "today")
    assert (found["record_span_f1"], found["value_f1"], found["value_accuracy"]) == (0, 0, 0)


def test_a_silent_tagger_and_nothing_plain_to_see(tmp_path: Path) -> None:
    document(tmp_path / "time/platinum", f"Talks {timex('PXD', 'dragged on')} again")
    assert set(figures(tmp_path).values()) == {0.0}
