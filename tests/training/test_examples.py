"""Training examples: labels on words from the corpora's characters. No torch is needed here."""

import json
from pathlib import Path

from training.examples import NONE, UNKNOWN, from_text, gold, span_tags

TEXT = "The envoy said both sides would pull back. “We agree,” rebels said."


def test_words_lines_and_sentences_come_from_the_text() -> None:
    example, ranges = from_text("ours", "Talks end\nThe envoy left. He said no.")
    assert example.forms == ["Talks", "end", "The", "envoy", "left", ".", "He", "said", "no", "."]
    assert [i for i, opens in enumerate(example.breaks) if opens] == [0, 2]
    assert example.sentences == [0, 2, 6]
    assert not example.spaced[5]
    assert ranges[2] == (10, 13)


def test_tags_begin_once_and_where_spans_overlap_the_first_given_wins() -> None:
    _, ranges = from_text("ours", "two days of talks in Oslo")
    assert span_tags(ranges, [(0, 8, "DURATION"), (4, 16, "DATE"), (21, 25, "LOC")]) == [
        "B-DURATION", "I-DURATION", "O", "O", "O", "B-LOC",
    ]  # fmt: skip


def test_a_coded_report_gives_statements_links_and_the_words_of_other_records(tmp_path: Path) -> None:
    report = {
        "text": TEXT,
        "statements": [
            {"cue": "said", "speaker_text": "The envoy", "content": ["both sides would pull back"]},
            {"cue": "said@2", "speaker_text": "rebels", "content": ["“We agree,”"]},
        ],
        "actors": [{"kind": "person", "mentions": ["The envoy"]}, {"kind": "armed group", "mentions": ["rebels"]}],
        "proposals": [
            {
                "kind": "withdrawal",
                "mentions": ["would pull back"],
                "terms": [],
                "stages": [{"text": "We agree", "stage": "agreed"}],
            }
        ],
        "positions": [{"evidence": "We agree", "stance": "supports"}],
        "commitments": [],
        "events": [{"trigger": "agree", "type": "AGREE", "modality": "actual"}],
        "times": [],
    }  # fmt: skip
    (tmp_path / "one.json").write_text(json.dumps(report), encoding="utf-8")
    (example,) = gold(tmp_path)
    words = dict(zip(example.forms, example.tags["statement"], strict=True))
    assert words["envoy"] == "I-source"
    assert words["both"] == "B-content"
    assert [i for i, tag in enumerate(example.tags["statement"]) if tag == "B-cue"] == [2, 15]
    assert example.links is not None
    assert example.links[example.forms.index("both")] == 2
    assert example.links[example.forms.index("rebels")] == 15
    assert example.links[2] == UNKNOWN
    assert NONE not in example.links
    assert example.tags["actor"][1] == "I-person"
    assert example.tags["event"][example.forms.index("agree")] == "B-AGREE"
    assert example.tags["stage"][example.forms.index("We")] == "B-agreed"
    assert set(example.tags["commitment"]) == {"O"}
