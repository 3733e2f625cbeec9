"""The sample reports: real negotiations in our own words, in different styles, sound as reports."""

import re
from datetime import date
from importlib.resources import files

import pytest

from truceline.read import Received
from truceline.samples import OUTLET, Sample, sample_reports, samples

REPORTS = {received.name: received for received in sample_reports()}


def test_the_index_names_every_text_once() -> None:
    texts = sorted(path.name for path in files("truceline.samples").iterdir() if path.name.endswith(".txt"))
    assert sorted(f"{sample.name}.txt" for sample in samples()) == texts
    assert len(texts) >= 7
    assert len({sample.style for sample in samples()}) == len(texts)


def test_the_first_tells_the_founding_facts() -> None:
    first = next(iter(REPORTS.values())).report
    assert first.published == "2016-12-05"
    for fact in ("Kerry", "Lavrov", "Rome", "Egypt, New Zealand and Spain", "ten days", "seven", "Nureddine al-Zinki"):
        assert fact in first.text


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_a_sample_is_a_sound_report(sample: Sample) -> None:
    report = REPORTS[sample.name].report
    assert date.fromisoformat(sample.published)
    assert report.published == sample.published
    assert (report.title, report.outlet, report.language) == (sample.title, OUTLET, "en")
    assert (
        report.text.splitlines()[0].casefold().startswith(sample.title.casefold()[:15]) or sample.title in report.text
    )
    assert 250 <= len(report.text.split()) <= 700
    assert REPORTS[sample.name].notices == ()
    assert not re.search(r"[ \t]\n|\t|\r", report.text)


def test_together_they_hold_what_is_hard_to_read() -> None:
    together = "\n".join(received.report.text for received in REPORTS.values())
    hard = {
        "a headline tag": r"– Lavrov\n",
        "an addressee": r"told AFP",
        "reporters": r"told (reporters|journalists)",
        "according to": r"According to",
        "a quotation over two paragraphs": r"“[^”\n]+\n+“",
        "guillemets": r"«[^»]+»",
        "nested hearsay": r"said he had been told by",
        "bullets": r"\n[-•] ",
        "questions": r"\nQ: ",
        "times": r"\n\d\d\.\d\d\n",
        "inner quotes": r"‘[^’]+’",
    }
    assert [name for name, pattern in hard.items() if not re.search(pattern, together)] == []


def test_they_come_like_any_other_report() -> None:
    assert all(isinstance(received, Received) for received in REPORTS.values())
    assert len({received.report.id for received in REPORTS.values()}) == len(REPORTS)
