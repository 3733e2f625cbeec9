"""The corpus readers on small files written here."""

import json
from pathlib import Path

import pytest

from quality.corpora.conllu import read_conllu
from quality.corpora.gold import read_gold
from quality.corpora.iob2 import entities, read_iob2, read_iob2_documents
from quality.corpora.polnear import contiguous, read_polnear
from quality.corpora.timeml import read_timeml

CONLLU = """# newdoc id = talks-1
# text = They didn't sign.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tsigned\tsign\tVERB\tVBD\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar id = talks-1-p2
1\tNo\tno\tDET\tDT\t_\t2\tdet\t_\t_
2\tdeal\tdeal\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = talks-2
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


def test_conllu_gives_documents_without_ranges_and_empty_nodes(tmp_path: Path) -> None:
    first, second = read_conllu(write(tmp_path / "a.conllu", CONLLU))
    assert (first.name, second.name) == ("talks-1", "talks-2")
    assert [word.form for word in first.sentences[0].words] == ["They", "did", "n't", "sign", "."]
    assert [word.head for word in first.sentences[0].words] == [4, 4, 4, 0, 4]
    assert first.sentences[0].words[3].misc == "SpaceAfter=No"
    assert [sentence.text for sentence in first.sentences] == ["They didn't sign.", "No deal"]


def test_conllu_without_document_lines_is_one_document_named_by_the_file(tmp_path: Path) -> None:
    rest = CONLLU.replace("# newdoc id = talks-1\n", "").replace("# newdoc id = talks-2\n", "").replace("\n", "\r\n")
    (document,) = read_conllu(write(tmp_path / "brief.conllu", rest))
    assert document.name == "brief"
    assert [len(sentence.words) for sentence in document.sentences] == [5, 2, 1]


def test_conllu_keeps_unusual_line_breaks_inside_forms(tmp_path: Path) -> None:
    line = "1\ta\u2028b\x85c\ta\tX\tFW\t_\t0\troot\t_\t_\n"
    (document,) = read_conllu(write(tmp_path / "a.conllu", line))
    assert document.sentences[0].words[0].form == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1\tYes\tyes", "line 2: 3 columns"),
        ("1\tYes\tyes\tX\tX\t_\tup\troot\t_\t_", "line 2: the head 'up'"),
        ("1\tYes\tyes\tX\tX\t_\t7\troot\t_\t_", "outside the sentence"),
    ],
)
def test_conllu_names_the_line_at_fault(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_conllu(write(tmp_path / "a.conllu", f"# text = Yes\n{line}\n\n"))


def test_iob2_with_index_columns(tmp_path: Path) -> None:
    text = (
        "# newdoc id = x\n# text = In Oslo .\n1\tIn\tO\t-\tann\n2\tOslo\tB-LOC\t-\tann\n3\t.\tB-O\t-\tann\n\n"
        "# newdoc id = y\n# text = UN\n1\tUN\tB-ORG\t-\tann\n"
    )
    documents = read_iob2_documents(write(tmp_path / "a.iob2", text))
    assert documents == [[[("In", "O"), ("Oslo", "B-LOC"), (".", "O")]], [[("UN", "B-ORG")]]]


def test_iob2_with_the_word_first_and_the_tag_last(tmp_path: Path) -> None:
    text = "# NN B-misc\n5 CD O\n\nOslo NNP B-geo\n"
    assert read_iob2(write(tmp_path / "a.txt", text)) == [[("#", "B-misc"), ("5", "O")], [("Oslo", "B-geo")]]


def test_iob2_refuses_what_is_no_tag(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line 3: 'LOC' is no IOB2 tag"):
        read_iob2(write(tmp_path / "a.txt", "In\tO\n\nOslo\tLOC\n"))


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-PER", "I-PER", "O", "B-PER"], [(0, 2, "PER"), (3, 4, "PER")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["B-PER", "I-ORG", "I-ORG"], [(0, 1, "PER"), (1, 3, "ORG")]),
        (["O", "I-LOC"], [(1, 2, "LOC")]),
        ([], []),
    ],
)
def test_entities_follow_the_chunk_rules(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert entities(tags) == spans


ARTICLE = 'The envoy said talks\r\nwould resume. "Soon," he added,\r\n\r\n"very soon."'


def standoff(text: str, *spans: tuple[str, list[str]], links: list[str]) -> str:
    """Standoff for pieces that occur once each in the text."""
    lines = []
    for i, (role, pieces) in enumerate(spans, start=1):
        ranges = ";".join(f"{text.index(piece)} {text.index(piece) + len(piece)}" for piece in pieces)
        lines.append(f"T{i}\t{role} {ranges}\t{' '.join(pieces)}")
    return "\n".join(lines + [f"E{i}\t{link}" for i, link in enumerate(links, start=1)]) + "\n"


def polnear(folder: Path) -> Path:
    spans = [
        ("Source", ["The envoy"]),
        ("Cue", ["said "]),
        ("Content", ["talks", "would resume"]),
        ("Attribution", ["said "]),
        ("Source", ["he"]),
        ("Cue", ["added"]),
        ("Content", ['"very soon."', '"Soon,"']),
    ]
    links = [
        "Attribution:T6 Cue:T6 Source:T5 Content1:T7 ",
        "Attribution:T4 Source:T1 Cue:T2 Content:T3",
        "Attribution:T4",
    ]
    write(folder / "text/paper_2016-12-05_talks.txt", ARTICLE)
    write(folder / "attributions/paper_2016-12-05_talks_b2.ann", standoff(ARTICLE, links=[]))
    noise = "Tuesday, a line of a quotation that holds line breaks\n#1\tAnnotatorNotes T1\tsure?\n"
    write(folder / "attributions/paper_2016-12-05_talks_a1.ann", standoff(ARTICLE, *spans, links=links) + noise)
    return folder


def test_polnear_gives_the_ranges_of_one_annotator(tmp_path: Path) -> None:
    (article,) = read_polnear(polnear(tmp_path))
    quotes = [
        [[article.text[a:b] for a, b in ranges] for ranges in (x.source, x.cue, x.content)]
        for x in article.attributions
    ]
    assert article.text == ARTICLE
    assert quotes == [
        [["The envoy"], ["said"], ["talks\r\nwould resume"]],
        [["he"], ["added"], ['"Soon,"', '"very soon."']],
    ]


def test_polnear_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no texts"):
        read_polnear(tmp_path)
    write(tmp_path / "text/alone.txt", "x")
    with pytest.raises(ValueError, match=r"no attributions for the text alone\.txt"):
        read_polnear(tmp_path)
    write(tmp_path / "attributions/alone_a1.ann", "T1\tCue 0 9\tx\n")
    with pytest.raises(ValueError, match="0–9 lies outside the text of 1 characters"):
        read_polnear(tmp_path)
    write(tmp_path / "attributions/alone_a1.ann", "E1\tAttribution:T1 Cue:T2\n")
    with pytest.raises(ValueError, match="T2, which is not there"):
        read_polnear(tmp_path)


def test_contiguous_joins_over_white_space_only() -> None:
    assert contiguous("ab  cd, ef", [(4, 7), (0, 3), (8, 10), (2, 4)]) == [(0, 10)]
    assert contiguous("ab x cd", [(0, 3), (4, 7)]) == [(0, 2), (5, 7)]


TIMEML = """<?xml version="1.0" ?>
<TimeML>
<DOCID>x</DOCID>
<DCT><TIMEX3 tid="t0" type="TIME" value="2016-12-05T10:00" functionInDocument="CREATION_TIME">Dec 5</TIMEX3></DCT>
<TITLE>Talks <TIMEX3 tid="t9" type="DATE" value="2016-12-06">Tuesday</TIMEX3></TITLE>
<TEXT>
AT&amp;T &EVENT; <EVENT eid="e1">meets <TIMEX3 tid="t1" type="DATE" value="2016-12-06">on
<SIGNAL>Tuesday</SIGNAL> </TIMEX3></EVENT>for <!-- note --><TIMEX3 tid="t2" type="DURATION" value="PT2H">two
hours</TIMEX3>.
</TEXT>
</TimeML>
"""


def test_timeml_gives_text_date_and_times(tmp_path: Path) -> None:
    write(tmp_path / "a/x.tml", TIMEML.replace("&EVENT;", "& R&D"))
    write(tmp_path / "b/x.tml", "never read: the name came before")
    (document,) = read_timeml(tmp_path)
    assert (document.name, document.published) == ("x", "2016-12-05")
    assert document.text.split() == ["AT&T", "&", "R&D", "meets", "on", "Tuesday", "for", "two", "hours."]
    assert [(document.text[t.start : t.end], t.type, t.value) for t in document.times] == [
        ("on\nTuesday", "DATE", "2016-12-06"),
        ("two\nhours", "DURATION", "PT2H"),
    ]


@pytest.mark.parametrize(("text", "said"), [("<TimeML><TEXT>", "well-formed"), ("<TimeML/>", "no TEXT")])
def test_timeml_refuses_other_files(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path / "x.tml", text)
    with pytest.raises(ValueError, match=rf"x\.tml.*{said}"):
        read_timeml(tmp_path)


def test_gold_reports_come_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path / f"{name}.json", json.dumps({"text": name, "published": None, "statements": []}))
    assert [(report.id, report.text) for report in read_gold(tmp_path)] == [("a", "a"), ("b", "b")]
    write(tmp_path / "c.json", "{}")
    with pytest.raises(ValueError, match=r"c\.json: not a gold report"):
        read_gold(tmp_path)
    with pytest.raises(ValueError, match="no gold reports"):
        read_gold(tmp_path / "nowhere")
