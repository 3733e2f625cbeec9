"""The figures of `quality coref`, worked out by hand over drawn reports, and the file of cases itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from quality.tasks import coref
from tests.extract.drawn import drawn, said
from truceline.annotate import Annotation
from truceline.records import Report

SAID, HE, SHE = (
    "Mr. Okello said the truce would hold.",
    "He said the border would open.",
    "She said nothing had changed.",
)


def report() -> Annotation:
    return drawn(
        SAID, HE, SHE,
        said=(said("Mr. Okello", "said", "the truce would hold"), said("He", "said@2", "the border would open")),
        actors=(("Mr. Okello", "person"),), persons=("Okello",),
    )  # fmt: skip


class Paper:
    """Annotates every text as the drawn report."""

    def annotate(self, asked: Report) -> Annotation:
        assert asked.text == report().report.text
        return report()


def case(offset: int, *accepted: str) -> coref.Case:
    return coref.Case("gold", "talks", offset, accepted)


def statement(speaker: str | None, *content: str) -> dict[str, object]:
    return {"speaker": speaker, "content": list(content)}


def test_a_pronoun_that_is_no_found_speaker_is_asked_about_all_the_same() -> None:
    read = coref.Read(report())
    text = report().report.text
    he, she = text.index(HE), text.index(SHE)
    assert coref.is_right(read, case(he, "okello"))
    assert not coref.is_right(read, case(he, "Sandal"))
    assert read.speaker_at(she) is None, "Mr. Okello is no she"
    assert not coref.is_right(read, case(she, "okello"))


def test_shares_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = report().report.text
    folder = tmp_path / "gold" / "dev"
    folder.mkdir(parents=True)
    gold = [
        statement("okello", "the truce would hold"),
        statement("okello", "the border would open@1"),
        statement("okello", "nothing had changed"),
        statement(None, "the truce would hold"),
    ]
    (folder / "talks.json").write_text(json.dumps({"text": text, "statements": gold}), encoding="utf-8")
    cases = tmp_path / "cases.json"
    listed = [
        {"document": "talks", "offset": text.index(HE), "accepted": ["Okello"]},
        {"document": "talks", "offset": text.index(SHE), "accepted": ["Okello"]},
    ]
    cases.write_text(json.dumps({"gold": listed}), encoding="utf-8")
    monkeypatch.setattr(coref, "CASES", cases)
    annotator: Any = Paper()
    assert coref.measure(tmp_path / "data", "dev", annotator) == {"right": 50.0, "unnamed": 0.0}
    assert coref.measure(tmp_path / "data", "dev", annotator, limit=1)["right"] == 100.0
    assert coref.part(tmp_path / "data", "dev") == [cases, folder / "talks.json"]


def test_only_dev_has_cases(tmp_path: Path) -> None:
    annotator: Any = Paper()
    assert coref.part(tmp_path, "test") == []
    with pytest.raises(ValueError, match="dev only"):
        coref.measure(tmp_path, "test", annotator)


def test_a_broken_file_of_cases_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "cases.json"
    broken.write_text('{"gold": [{"document": "talks"}]}', encoding="utf-8")
    with pytest.raises(ValueError, match="not a file of coreference cases"):
        coref.read_cases(broken)


def test_there_are_sixty_cases_none_twice() -> None:
    cases = coref.read_cases(coref.CASES)
    assert len({(case.corpus, case.document, case.offset) for case in cases}) == len(cases) == 60
    assert {case.corpus for case in cases} == {"gold", "polnear"}
    assert all(case.accepted for case in cases)
