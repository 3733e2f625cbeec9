"""The reader of PLV on a made-up table in its format, and the five folds."""

from pathlib import Path
from typing import get_args

import pytest

from quality.corpora.plv import FOLDS, TYPES, fold, plv_type, read_plv, unmarked
from truceline.records.reading import EventType

HEAD = "\tsentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root\troot_L1\troot_L2"
ROWS = [
    (7, "<s>Utopia </s>, at last, thanked <t>Oz</t>.", "SUPPORT", "SUPPORT", "AGREE"),
    (7, "<s>Utopia</s>, at last, thanked <t>Oz’s 🕊 envoy</t>.", "SUPPORT", "SUPPORT", "SUPPORT"),
    (12, "Freedonia's <s>army</s> left.", "YIELD", "YIELD", "YIELD"),
    (13, "<t>Oz</t> got grain, and <t>its</t> people flour, from <s>Utopia</s>.", "AID", "AID", "COOPERATE"),
]


def table(rows: list[tuple[int, str, str, str, str]], newline: str = "\r\n") -> str:
    lines = [
        f"{n}\t{id}\t-\t{marked}\t-\t-\t1\t{gold}\t{one}\t{two}" for n, (id, marked, gold, one, two) in enumerate(rows)
    ]
    return newline.join([HEAD, *lines, ""])


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path


def test_examples_with_their_marks_taken_out(tmp_path: Path) -> None:
    first, second, third, fourth = read_plv(write(tmp_path / "PLV.tsv", "\ufeff" + table(ROWS)))
    assert first.text == "Utopia , at last, thanked Oz."
    assert [first.text[a:b] for a, b in (*first.source, *first.target)] == ["Utopia", "Oz"], "no white space at the end"
    assert (first.type, first.coders) == ("SUPPORT", ("SUPPORT", "AGREE"))
    assert [example.id for example in (first, second, third)] == ["7", "7.2", "12"]
    assert second.text[slice(*second.target[0])] == "Oz’s 🕊 envoy"
    assert third.target == (), "whom it was done to is not named"
    assert [fourth.text[a:b] for a, b in fourth.target] == ["Oz", "its"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, "<s>Oz</s> waved at <t>Utopia.", "AID", "AID", "AID"), "line 2: the mark <t> is not closed"),
        ((1, "Oz</s> waved at <t>Utopia</t>.", "AID", "AID", "AID"), "line 2: the mark </s> stands alone"),
        ((1, "<s>Oz<s></s> waved.", "AID", "AID", "AID"), "line 2: the mark <s> stands alone"),
        ((1, "<s>Oz</s> waved.", "WAVE", "AID", "AID"), "line 2: 'WAVE' in the column gold_root is no type"),
        ((1, "<s>Oz</s> waved.", "AID", "AID", ""), "line 2: '' in the column root_L2 is no type"),
    ],
)
def test_what_is_no_example_is_named_with_its_line(
    tmp_path: Path, row: tuple[int, str, str, str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=r"PLV\.tsv") as fault:
        read_plv(write(tmp_path / "PLV.tsv", table([row])))
    assert said in str(fault.value)


def test_a_line_cut_short_and_a_table_without_types(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line 2: None in the column gold_root is no type"):
        read_plv(write(tmp_path / "PLV.tsv", f"{HEAD}\n0\t1\t-\t<s>Oz</s> waved.\n"))
    with pytest.raises(ValueError, match="no column marked_sentence"):
        read_plv(write(tmp_path / "PLV.tsv", "sentence_id\tsentence\n1\tOz waved.\n"))
    with pytest.raises(ValueError, match="no column sentence_id"):
        read_plv(write(tmp_path / "PLV.tsv", ""))


def test_a_sentence_stays_in_one_fold(tmp_path: Path) -> None:
    many = [(n, f"<s>Oz</s> thanked <t>envoy {n}</t>.", "SUPPORT", "SUPPORT", "SUPPORT") for n in range(100)]
    examples = read_plv(write(tmp_path / "PLV.tsv", table(many)))
    assert {fold(example) for example in examples} == set(range(FOLDS))
    again = read_plv(write(tmp_path / "PLV.tsv", table([many[3], many[3]])))
    assert {fold(example) for example in again} == {fold(examples[3])}


def test_every_type_of_the_codebook_has_one_here() -> None:
    assert {plv_type(name) for name in get_args(EventType)} == set(TYPES)
    assert plv_type("RETREAT") == plv_type("CONCEDE") == "YIELD"


def test_a_sentence_without_marks_stays_as_it_is() -> None:
    assert unmarked("a < b and b > c") == ("a < b and b > c", {"s": (), "t": ()})
    assert unmarked("<s> </s>x") == (" x", {"s": (), "t": ()})
