"""The way through the tree from a phrase to a word, on trees drawn by hand."""

import numpy as np
import pytest

from tests.extract.negotiation.staged import annotated, word
from truceline.annotate import Annotation
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.paths import DEPTH, OTHER_SENTENCE, UNNAMED, Paths, ascent, path

REFUSED = (
    "Rebels:rebel/NOUN/2/nsubj refused:refuse/VERB/0/root to/PART/4/mark leave/VERB/2/xcomp the/DET/6/det "
    "town/NOUN/4/obj"
)
SIGNED = (
    "The/DET/2/det truce/NOUN/4/nsubj:pass was:be/AUX/4/aux:pass signed:sign/VERB/0/root by/ADP/7/case both/DET/7/det "
    "envoys:envoy/NOUN/4/obl:agent in/ADP/9/case Oslo/PROPN/4/obl"
)
JOINT = (
    "Chad/PROPN/5/nsubj ,/PUNCT/3/punct Mali/PROPN/1/conj and/CCONJ/3/cc backed:back/VERB/0/root and/CCONJ/7/cc "
    "praised:praise/VERB/5/conj the/DET/9/det plan/NOUN/7/obj"
)
OFFER = (
    "The/DET/2/det minister/NOUN/7/nsubj 's/PART/2/case offer/NOUN/0/root of/ADP/6/case talks:talk/NOUN/4/nmod "
    "stands:stand/VERB/4/acl:relcl"
)
POSSESSED = "Their:they/PRON/2/nmod:poss answer/NOUN/3/nsubj pleased:please/VERB/0/root Qatar/PROPN/3/obj"
CHAIN = (
    "one/NOUN/2/nmod two/NOUN/3/nmod three/NOUN/4/nmod four/NOUN/5/nmod five/NOUN/6/nmod six/NOUN/7/nmod "
    "seven/NOUN/0/root"
)


def path_between(sentence: str, phrase: str, at: str) -> str | None:
    annotation = annotated(sentence)
    clauses = Clauses(annotation)
    return path(ascent(clauses, word(annotation, phrase)), ascent(clauses, word(annotation, at)))


@pytest.mark.parametrize(
    ("sentence", "phrase", "at", "expected"),
    [
        (REFUSED, "Rebels", "refused", "nsubj<"),
        (REFUSED, "Rebels", "leave", "nsubj<xcomp"),
        (REFUSED, "town", "leave", "obj<"),
        (REFUSED, "town", "refused", "obj>xcomp<"),
        (REFUSED, "refused", "Rebels", "<nsubj"),
        (REFUSED, "town", "town", "<"),
        (SIGNED, "truce", "signed", "nsubj:pass<"),
        (SIGNED, "envoys", "signed", "obl:by<"),
        (SIGNED, "Oslo", "signed", "obl:in<"),
        (SIGNED, "truce", "envoys", "nsubj:pass<obl:by"),
        (OFFER, "talks", "offer", "nmod:of<"),
        (OFFER, "stands", "offer", "acl:relcl<"),
        (POSSESSED, "Their", "answer", "nmod:poss<"),
        (POSSESSED, "Qatar", "pleased", "obj<"),
    ],
)
def test_a_path_climbs_to_what_stands_above_both_and_down_again(
    sentence: str, phrase: str, at: str, expected: str
) -> None:
    assert path_between(sentence, phrase, at) == expected


@pytest.mark.parametrize(
    ("phrase", "at", "expected"),
    [
        ("Chad", "backed", "nsubj<"),
        ("Mali", "backed", "nsubj<"),
        ("Mali", "praised", "nsubj<"),
        ("plan", "praised", "obj<"),
        ("plan", "backed", "obj<"),
        ("Mali", "Chad", "<"),
        ("and", "backed", "cc>nsubj<"),
    ],
)
def test_coordination_is_stepped_over(phrase: str, at: str, expected: str) -> None:
    assert path_between(JOINT, phrase, at) == expected


def test_what_hangs_too_deep_has_no_path() -> None:
    annotation = annotated(CHAIN)
    clauses = Clauses(annotation)
    numbers = ("one", "two", "three", "four", "five", "six", "seven")
    steps = {form: path_between(CHAIN, form, "seven") for form in numbers}
    assert [form for form, found in steps.items() if found is None] == ["one", "two"]
    assert steps["three"] == "nmod>nmod>nmod>nmod<"
    assert len(ascent(clauses, 0)) == DEPTH + 1


def paths_of(annotation: Annotation, numbers: dict[str, int]) -> Paths:
    sizes = [end - first for first, end in annotation.sentences]
    return Paths(Clauses(annotation), np.repeat(np.arange(len(sizes)), sizes), numbers)


def test_every_word_of_the_sentence_of_a_phrase_and_none_of_another() -> None:
    annotation = annotated(REFUSED, SIGNED)
    paths = paths_of(annotation, {})
    found = dict(paths.to(word(annotation, "envoys")))
    assert set(found) == set(range(6, 15))
    assert found[word(annotation, "signed")] == "obl:by<"
    assert set(dict(paths.to(word(annotation, "Rebels")))) == set(range(6))


def test_numbers_of_paths_known_unknown_and_none() -> None:
    annotation = annotated(REFUSED, SIGNED)
    paths = paths_of(annotation, {"nsubj<": 7, "obl:by<": 9})
    heads = [word(annotation, form) for form in ("Rebels", "envoys")]
    words = np.array([word(annotation, form) for form in ("refused", "leave", "signed")])
    expected = [[7, OTHER_SENTENCE], [UNNAMED, OTHER_SENTENCE], [OTHER_SENTENCE, 9]]
    assert paths.between(words, heads).tolist() == expected
    assert paths.between(words, heads).tolist() == expected, "what has been looked up once is the same again"


def test_a_word_too_deep_for_a_path_counts_as_in_another_sentence() -> None:
    annotation = annotated(CHAIN)
    seven = word(annotation, "seven")
    numbers = paths_of(annotation, {"nmod>nmod>nmod>nmod<": 5}).between(np.arange(7), [0, 2])
    assert numbers[seven].tolist() == [OTHER_SENTENCE, 5]


def test_no_words_and_no_heads() -> None:
    paths = paths_of(annotated(REFUSED), {})
    assert paths.between(np.zeros(0, np.int64), [0]).shape == (0, 1)
    assert paths.between(np.array([1, 2]), []).shape == (2, 0)


def test_a_tree_that_runs_in_a_circle_ends() -> None:
    annotation = annotated("he/PRON/2/conj she/PRON/1/conj")
    found = ascent(Clauses(annotation), 0)
    assert len(found) <= DEPTH + 3
