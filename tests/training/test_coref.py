"""Learning who is meant: the corpora's formats, the ranking, and the kinds of mention in the table."""

from pathlib import Path

import pytest

from tests.extract.drawn import drawn
from training.coref import Example, Walk, fit, kind_of
from training.coref_documents import Document, _coreference, _entity, _places, _running_text, _speaking
from truceline.extract import Clauses, mentions, statements
from truceline.lexicon.registry import load_registry

CONLLU = """\
# newpar
# text = Weru's aides left.
1\tWeru\t_\tPROPN\tNNP\t_\t3\tnmod:poss\t_\t_
2\t's\t_\tPART\tPOS\t_\t1\tcase\t_\t_
3\taides\t_\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
4\tleft\t_\tVERB\tVBD\t_\t0\troot\t_\t_
5\t.\t_\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = He stayed.
1\tHe\t_\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tstayed\t_\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
# newpar_block = p (1 s)
# text = Rain fell.
1\tRain\t_\tNOUN\tNN\t_\t2\tnsubj\t_\t_
2\tfell\t_\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""
CONLL = """\
# begin document talks
0\tWeru\t(person-1(person-2-Anton_Weru
1\t's\tperson-2-Anton_Weru)
2\taides\tperson-1)
3\tleft\t_
4\t.\t_

5\tHe\t(person-2-Anton_Weru)
"""


def test_the_text_of_a_treebank_and_its_phrases(tmp_path: Path) -> None:
    trees, phrases = tmp_path / "talks.conllu", tmp_path / "talks.conll"
    trees.write_text(CONLLU, encoding="utf-8")
    phrases.write_text(CONLL, encoding="utf-8")
    text, words = _running_text(trees)
    assert text == "Weru's aides left. He stayed.\nRain fell."
    assert [text[start:end] for start, end in words][:6] == ["Weru", "'s", "aides", "left", ".", "He"]
    assert sorted(_coreference(phrases)) == [(0, 1, "person-2"), (0, 2, "person-1"), (5, 5, "person-2")]


@pytest.mark.parametrize(
    ("quote", "found"), [("he", [(0, 2), (11, 13)]), ("he@2", [(11, 13)]), ("he@3", []), ("no@1", [])]
)
def test_where_a_coded_string_stands(quote: str, found: list[tuple[int, int]]) -> None:
    assert _places(quote, "he left as he said") == found


def test_the_pronoun_that_speaks_is_the_one_beside_its_cue() -> None:
    text = "When he left, the others stayed, he said: the road was shut. Later he slept."
    statement: dict[str, object] = {
        "speaker": "weru", "speaker_text": "he", "cue": "said", "content": ["the road was shut"],
    }  # fmt: skip
    assert _speaking(statement, text) == (text.index("he said"), "weru")
    assert _speaking({**statement, "speaker_text": "he@2"}, text) == (text.index("he left"), "weru"), (
        "the first is in When"
    )
    assert _speaking({**statement, "speaker_text": "Weru"}, text) is None
    assert _speaking({**statement, "speaker": None}, text) is None


def test_a_phrase_is_the_entity_most_like_it() -> None:
    phrases = [(0, 10, "army"), (4, 10, "unit"), (20, 30, "one"), (20, 30, "other")]
    assert _entity(phrases, 0, 10, 0.5) == "army"
    assert _entity(phrases, 5, 10, 0.5) == "unit"
    assert _entity(phrases, 20, 30, 0.5) is None, "two entities' alike"
    assert _entity(phrases, 9, 40, 0.5) is None, "like none"
    assert _entity(phrases, 12, 15, 0.0) is None, "no character in common"


def test_ranking_learns_what_speaks_for_the_right_candidate() -> None:
    near = [Example([["near", "small"], ["far"]], [True, False], 1.0, "pronoun") for _ in range(8)]
    odd = [Example([["near"], ["far", "small"]], [False, True], 1.0, "pronoun") for _ in range(2)]
    weight = fit([*near, *odd], strict=0.1)
    assert weight["near"] > 0 > weight["far"]
    assert weight["small"] > 0
    assert weight == fit([*near, *odd], strict=0.1), "the same on every run"
    assert "seldom" not in fit([*near, Example([["seldom"], ["far"]], [True, False], 1.0, "pronoun")], strict=0.1)


def document() -> Document:
    """A report in which the same minister is met, named and described."""
    annotation = drawn(
        "Kenyan Foreign Minister Jan Okello met the rebels in Geneva.", "Mr. Okello said the truce would hold.",
        "The foreign minister warned that time was short.",
        actors=(("Kenyan Foreign Minister Jan Okello", "person"), ("the rebels", "armed group"),
                ("Mr. Okello", "person"), ("The foreign minister", "person")),
        persons=("Jan Okello", "Okello@2"),
    )  # fmt: skip
    clauses, said = Clauses(annotation), statements(annotation)
    found = mentions(clauses, said, load_registry())
    entities = {m: "okello" if m.kind == "person" else "rebels" for m in found}
    return Document("talks", clauses, said, found, dict(entities), {})


def test_kinds_of_mention() -> None:
    report = document()
    kinds = {
        report.annotation.report.text[slice(*report.annotation.characters(m.first, m.end))]:
        kind_of(report.annotation, m) for m in report.mentions if m.again is None and m.entry is None
    }  # fmt: skip
    assert kinds["Kenyan Foreign Minister Jan Okello"] == "name"
    assert kinds["Mr. Okello"] == "surname or one word"
    assert kinds["The foreign minister"] == "the, this"


def test_a_walk_counts_what_rules_and_weights_get_right() -> None:
    report = document()
    rules = Walk(report)
    assert rules.right["the, this"] == [2, 2], "the rebels are new, the minister is known"
    assert rules.right["surname or one word"] == [1, 1]
    assert {example.kind for example in rules.examples} >= {"the, this", "name"}
    assert all(any(example.right) and len(example.rows) == len(example.right) for example in rules.examples)
    stubborn = Walk(report, ["the, this"], {"new": 5.0})
    assert stubborn.right["the, this"] == [2, 1], "weights that always see somebody new"
    assert stubborn.right["surname or one word"] == [1, 1], "other kinds stay with the rules"
