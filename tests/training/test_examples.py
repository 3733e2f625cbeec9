"""Training examples: labels on words from the corpora's characters. No torch is needed here."""

import json
import random
from pathlib import Path

import pytest

from quality.corpora.conllu import Word
from training.examples import NONE, UNKNOWN, Example, from_text, gold, named, names_in, pools, renamed, span_tags

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


def sentence(*rows: str) -> list[Word]:
    """The words of a sentence: form, XPOS, head, relation and, if one begins or ends there, its entities."""
    words = []
    for row in rows:
        form, xpos, head, relation, *entity = row.split()
        upos = {"NNP": "PROPN", "NNPS": "PROPN", "DT": "DET"}.get(xpos, "NOUN")
        words.append(Word(form, form, upos, xpos, int(head), relation, f"SpaceAfter=No|Entity={''.join(entity)}"))
    return words


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (  # a title is none of the name
            ("President NNP 2 nmod:desc (1-person-new", "Ada NNP 0 root", "Lund NNP 2 flat 1)"),
            ["O", "B-PER", "I-PER"],
        ),
        (
            (
                "the DT 2 det (3-organization-new",
                "University NNP 0 root",
                "of IN 4 case",
                "Oslo NNP 2 nmod (4-place-new)3)",
            ),
            ["O", "B-ORG", "I-ORG", "I-ORG"],
        ),
        (("northern JJ 2 amod (5-place-giv", "Kenya NNP 0 root 5)"), ["O", "B-LOC"]),
        (("the DT 2 det (6-person-new", "President NNP 0 root 6)"), ["O", "O"]),
        (("Many JJ 2 amod (7-person-new", "Kenyans NNPS 0 root 7)"), ["O", "O"]),
        (("the DT 2 det (8-person-new", "envoy NN 0 root 8)"), ["O", "O"]),
        (("the DT 2 det (9-event-new", "Olympics NNP 0 root 9)"), ["O", "O"]),
        (("Lake NNP 0 root (2-place-new)",), ["B-LOC"]),
        (
            ("Anna NNP 0 root (2[1/2]-person-new", "- HYPH 3 punct", "Lee NNP 1 flat 2[1/2])"),
            ["B-PER", "I-PER", "I-PER"],
        ),
    ],
)
def test_names_are_the_proper_nouns_around_the_head_of_an_entity(words: tuple[str, ...], tags: list[str]) -> None:
    assert names_in(sentence(*words)) == tags


def silver(words: str, tags: str) -> Example:
    return Example("gmb", words.split(), [], [], [0], {"name": tags.split()})


def test_names_to_put_in_are_those_of_one_type_and_without_titles() -> None:
    often = [silver("Talvik met President Ordan of Lumo Union", "B-PER O B-PER I-PER O B-ORG I-ORG")] * 3
    once = silver("Sellin", "B-LOC")
    torn = [silver("Norrland", "B-LOC")] * 3 + [silver("Norrland", "B-ORG")] * 2
    assert pools([*often, once, *torn]) == {("PER", 1): [["Talvik"]], ("ORG", 2): [["Lumo", "Union"]]}


def test_renamed_sentences_keep_their_length_and_all_labels() -> None:
    forms, tags = "Anna Lee of the Bank of Oslo met Anna".split(), "B-PER I-PER O O B-ORG I-ORG I-ORG O B-PER".split()
    example = Example("ewt", forms, [], [], [0], {"entity": tags})
    names = {("PER", 1): [["Talvik"]], ("PER", 2): [["Mia", "Ordan"]], ("ORG", 2): [["Lumo", "Union"]]}
    other = renamed(example, names, random.Random(1), share=1.0)
    assert " ".join(other.forms) == "Mia Ordan of the Bank of Oslo met Talvik"  # no organisation of three words
    assert other.tags == example.tags
    assert example.forms == forms
    assert renamed(example, names, random.Random(1), share=0.0) == example


def test_named_spans_end_where_another_type_goes_on() -> None:
    assert list(named(["a", "b", "c"], ["B-PER", "I-LOC", "B-LOC"])) == [(0, 1, "PER"), (2, 3, "LOC")]
