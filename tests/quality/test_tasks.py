"""The tasks' figures, worked out by hand, with a reader made of paper."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quality.gate import measure as measure_part
from quality.reader import as_report
from quality.tasks import attribution, gold, ner, ud
from truceline.annotate import Attributions
from truceline.records import Model, Reading, Report, Statement

ONE = "1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj:pass\t_\t_\n2\tresumed\tresume\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
TWO = "1\tUN\t_\tPROPN\tNNP\t_\t0\troot\t_\t_\n\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def test_ud_counts_over_all_words_and_for_each_corpus(tmp_path: Path, annotation: Any, annotator: Any) -> None:
    write(tmp_path / "ud/ewt/en_ewt-ud-test.conllu", ONE + TWO)
    write(tmp_path / "ud/gum/test/GUM_news_deal.conllu", TWO)
    write(tmp_path / "ud/gum/test/GUM_bio_envoy.conllu", TWO)
    ewt = annotation(
        upos=["NOUN", "VERB", "NOUN"],
        heads=np.array([1, -1, 1]),
        deprels=["nsubj", "root", "root"],
        lemmas=["talk", "resumed", "UN"],
    )
    right = annotation(upos=["PROPN"], heads=np.array([-1]), deprels=["root"], lemmas=["UN"])
    wrong = annotation(upos=["X"], heads=np.array([-1]), deprels=["dep"], lemmas=["UN"])
    paper = annotator(ewt, right, wrong)
    figures = ud.measure(tmp_path, "test", paper)
    assert paper.asked[0] == [["Talks", "resumed"], ["UN"]]
    assert figures["upos"] == pytest.approx(100 * 3 / 5)
    assert figures["uas"] == pytest.approx(100 * 4 / 5)
    assert figures["las"] == pytest.approx(100 * 2 / 5)
    assert figures["las_universal"] == pytest.approx(100 * 3 / 5)
    assert figures["lemma"] == pytest.approx(50)
    assert figures["ewt.uas"] == pytest.approx(200 / 3)
    assert figures["gum.las"] == 50
    assert figures["gum_news_interview.las"] == 100
    assert not [name for name in figures if name.startswith("pud")]


def test_ud_limit_takes_whole_documents(tmp_path: Path, annotation: Any, annotator: Any) -> None:
    write(tmp_path / "ud/ewt/en_ewt-ud-dev.conllu", f"# newdoc id = a\n{TWO}{TWO}# newdoc id = b\n{TWO}")
    one = annotation(upos=["X"] * 2, heads=np.array([-1, -1]), deprels=["root"] * 2, lemmas=["x"] * 2)
    paper = annotator(one)
    assert ud.measure(tmp_path, "dev", paper, limit=1)["las"] == 100
    assert paper.asked == [[["UN"], ["UN"]]]


def test_ud_refuses_a_reader_that_loses_words(tmp_path: Path, annotation: Any, annotator: Any) -> None:
    write(tmp_path / "ud/pud/en_pud-ud-test.conllu", ONE)
    with pytest.raises(ValueError, match="0 words annotated, 2 given"):
        ud.measure(tmp_path, "test", annotator(annotation()))


def test_ner_counts_exact_spans_of_three_types(tmp_path: Path, annotation: Any, annotator: Any, tagged: Any) -> None:
    rows = [("Ban", "B-PER"), ("Ki-moon", "I-PER"), ("of", "O"), ("the", "O"), ("UN", "B-ORG"), ("Arab", "B-OTH")]
    write(
        tmp_path / "ner/uner/en_ewt-ud-dev.iob2", "\n".join(f"{i}\t{w}\t{t}\t-\tx" for i, (w, t) in enumerate(rows, 1))
    )
    write(
        tmp_path / "ner/crossner-politics/dev.txt", "Labour\tB-politicalparty\n\nOslo\tB-location\n1997\tB-election\n"
    )
    news = annotation(
        entities=[
            tagged(0, 1, "PER"),
            tagged(4, 5, "ORG"),
            tagged(5, 6, "NORP"),
            tagged(5, 6, "LOC"),
            tagged(2, 3, "TITLE"),
        ]
    )
    party = annotation(entities=[tagged(0, 1, "ORG")])
    paper = annotator(news, party, annotation(entities=[tagged(0, 1, "ORG")]))
    figures = ner.measure(tmp_path, "dev", paper)
    assert figures["f1"] == figures["ewt.f1"] == pytest.approx(200 * 1 / (3 + 2))
    assert (figures["PER.f1"], figures["ORG.f1"], figures["LOC.f1"]) == (0, 100, 0)
    assert figures["crossner.f1"] == pytest.approx(50)
    assert paper.asked[1:] == [[["Labour"]], [["Oslo", "1997"]]]


TEXT = "He said talks would go on ; she denied it"


def polnear(folder: Path) -> None:
    def at(words: str) -> str:
        return f"{TEXT.index(words)} {TEXT.index(words) + len(words)}"

    lines = [
        f"T1\tSource {at('He')}\t",
        f"T2\tCue {at('said')}\t",
        f"T3\tContent {at('talks would go on')}\t",
        f"T4\tCue {at('denied')}\t",
        f"T5\tContent {at('it')}\t",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
        "E2\tAttribution-no-source:T4 Cue:T4 Content:T5",
    ]
    write(folder / "text/a.txt", TEXT)
    write(folder / "attributions/a_x1.ann", "\n".join(lines))


def test_attribution_figures(tmp_path: Path, annotation: Any, annotator: Any, tagged: Any) -> None:
    polnear(tmp_path / "attribution/polnear/dev")
    # He said talks would | go on ; | she denied it: the content too short, a source that the gold has not.
    spans = [
        tagged(0, 1, "source"),
        tagged(1, 2, "cue"),
        tagged(2, 4, "content"),
        tagged(7, 8, "source"),
        tagged(8, 9, "cue"),
        tagged(9, 10, "content"),
    ]
    paper = annotator(annotation(attributions=Attributions(spans, [1, 1, 1, 4, 4, 4])))
    figures = attribution.measure(tmp_path, "dev", paper)
    assert figures["source_exact_f1"] == pytest.approx(200 * 1 / 3)
    assert figures["source_jaccard"] == pytest.approx(50)
    assert figures["cue_exact_f1"] == 100
    assert figures["content_exact_f1"] == pytest.approx(50)
    assert figures["content_begin_f1"] == 100
    assert figures["content_jaccard"] == pytest.approx(100 * (len("talks would") / len("talks would go on") + 1) / 2)
    assert figures["relational_f1"] == pytest.approx(50)


def test_attribution_of_a_silent_reader_is_zero(tmp_path: Path, annotation: Any, annotator: Any) -> None:
    polnear(tmp_path / "attribution/polnear/dev")
    assert set(attribution.measure(tmp_path, "dev", annotator(annotation())).values()) == {0.0}


def test_relations_are_one_to_one(tmp_path: Path, annotation: Any, annotator: Any, tagged: Any) -> None:
    polnear(tmp_path / "attribution/polnear/dev")
    # Two cues inside one gold content never count twice for the same attribution.
    spans = [tagged(0, 1, "source"), tagged(1, 2, "cue"), tagged(2, 6, "content"), tagged(8, 9, "cue")]
    paper = annotator(annotation(attributions=Attributions(spans, [1, 1, 1, 3])))
    assert attribution.measure(tmp_path, "dev", paper)["relational_f1"] == pytest.approx(50)


SCORER = """import json, pathlib, sys
gold, found = map(pathlib.Path, sys.argv[1:3])
names = [path.name for path in sorted(gold.glob("*.json"))]
if "--errors" in sys.argv:
    print("a missed", sys.argv[-1])
    print("a line of the table")
    sys.exit()
read = [json.loads((found / name).read_text()) for name in names if (found / name).exists()]
right = sum(len(reading["statements"]) for reading in read)
f1 = {"p": 1, "r": 2, "f1": 100 * right / len(names)}
print(json.dumps({"reports missing": len(names) - len(read), "dossier score": 7.5, "statements": f1}))
"""


def gold_folder(folder: Path) -> Path:
    write(folder / "score.py", SCORER)
    for name in "ab":
        write(folder / f"dev/{name}.json", json.dumps({"text": f"Text {name} 🕊", "published": "2016-12-05"}))
    return folder


def read_first(report: Report) -> Reading:
    if " b " in report.text:
        raise RuntimeError("cannot")
    said = Statement("s1", None, None, None, [report.span(0, 4)], "direct", None, None, None, [], None, 1.0)
    return Reading("0", Model("paper", ""), report, [], [said], [], [], [], [], [], [])


def test_gold_runs_the_scorer_over_readings(tmp_path: Path) -> None:
    result = gold.examine(gold_folder(tmp_path), "dev", read_first, errors="statements")
    assert result.figures == {"statements": 50.0, "dossier score": 7.5}
    assert result.errors == ["a missed statements"]
    assert result.unread == ["b: RuntimeError: cannot"]


def test_gold_limit_leaves_the_other_reports_out_of_the_gold_too(tmp_path: Path) -> None:
    assert gold.examine(gold_folder(tmp_path), "dev", read_first, limit=1).figures["statements"] == 100


def test_gold_without_a_scorer_or_with_a_failing_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no score\.py"):
        gold.examine(tmp_path, "dev", read_first)
    write(gold_folder(tmp_path) / "score.py", "raise SystemExit('no such kind')")
    with pytest.raises(ValueError, match="failed: no such kind"):
        gold.examine(tmp_path, "dev", read_first)


def test_reports_keep_the_text_of_the_corpus() -> None:
    report = as_report("a\r\nb\ud800", "2016-12-05")
    assert (report.text, report.published, report.language) == ("a\r\nb\ud800", "2016-12-05", "en")
    assert report.id.startswith("sha256:")


@pytest.mark.parametrize("task", ["ud", "ner", "attribution", "time", "gold"])
def test_no_data_is_said_in_a_sentence(tmp_path: Path, annotator: Any, task: str) -> None:
    with pytest.raises(ValueError, match=f"no data for the task {task}, split dev"):
        measure_part(task, tmp_path, "dev", annotator())
