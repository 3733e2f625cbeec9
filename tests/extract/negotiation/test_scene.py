"""The scene: sentences, sides, passages, and what is marked on its words."""

import numpy as np

from tests.extract.negotiation.staged import actor, annotated, at, scene, span_of, statement, tagged_time, word
from truceline.extract.negotiation.scene import PASSAGE, passages
from truceline.extract.negotiation.word_features import ACTOR_KINDS, FEATURES, Sayings, sorts, word_features

TOLD = (
    "Haftar/PROPN/2/nsubj said:say/VERB/0/root his:he/PRON/4/nmod:poss army/NOUN/7/nsubj would/AUX/7/aux "
    "not/PART/7/advmod leave/VERB/2/ccomp Sirte/PROPN/7/obj today/NOUN/7/obl"
)


def test_sides_and_sentences() -> None:
    annotation = annotated(
        "Envoys/NOUN/2/nsubj met/VERB/0/root", "Rebels/NOUN/2/nsubj left/VERB/0/root town/NOUN/2/obj"
    )
    people = [
        actor("a1", "person", of="a2"), actor("a2"), actor("a3", "person", of="a9"), actor("a4", of="a2"),
        actor("a5", "person", of="a6"), actor("a6"),
    ]  # fmt: skip
    found = scene(annotation, people, at(annotation, "a2", "Envoys"))
    assert found.sides == {"a1": "a2", "a2": "a2", "a3": "a3", "a4": "a4", "a5": "a5", "a6": "a6"}
    assert found.sentences.tolist() == [0, 0, 1, 1, 1]


def test_passages_are_whole_sentences_of_no_more_than_so_many_words() -> None:
    lengths = [300, 400, 200, 900, 50, 760, 30]
    annotation = annotated(*(" ".join(["x/X/0/root"] * n) for n in lengths))
    found = list(passages(scene(annotation)))
    assert [word for first, end in found for word in range(first, end)] == list(range(sum(lengths)))
    starts = {first for first, _ in annotation.sentences}
    assert {first for first, _ in found} <= starts
    assert all(end - first <= PASSAGE or (first, end) in annotation.sentences for first, end in found)
    assert [end - first for first, end in found] == [700, 200, 900, 50, 790]
    long = annotated(*(" ".join(["x/X/0/root"] * n) for n in (900, 801, 3)))
    assert list(passages(scene(long))) == [(0, 900), (900, 1701), (1701, 1704)]


def test_no_words_make_no_passage() -> None:
    assert list(passages(scene(annotated()))) == []
    assert list(passages(scene(annotated("Peace/NOUN/0/root")))) == [(0, 1)]


def test_what_is_marked_on_words() -> None:
    annotation = annotated(TOLD)
    annotation.times.append(tagged_time(annotation, "today"))
    references = [*at(annotation, "a1", "Haftar"), *at(annotation, "a1", "his", pronoun=True)]
    content = span_of(annotation, "his", "today")
    found = scene(annotation, [actor("a1", "person")], references, [statement("s1", [content])])
    rows = word_features(found)
    assert rows.shape == (9, len(FEATURES))
    marks = {
        form: {name for name, value in zip(FEATURES, rows[word(annotation, form)], strict=True) if value}
        for form in annotation.forms
    }
    assert marks == {
        "Haftar": {"actor", "head of an actor", "noun"},
        "said": {"verb", "root", "past"},
        "his": {"said", "pronoun"},
        "army": {"said", "noun"},
        "would": {"said"},
        "not": {"said", "no"},
        "leave": {"said", "verb", "past", "negated", "modal"},
        "Sirte": {"said", "noun"},
        "today": {"said", "noun", "opens a time"},
    }


def test_sorts_of_phrases() -> None:
    annotation = annotated(TOLD)
    references = [
        *at(annotation, "a1", "Haftar"), *at(annotation, "a1", "his", pronoun=True),
        *at(annotation, "a2", "army", inner=True),
    ]  # fmt: skip
    found = scene(annotation, [actor("a1", "person"), actor("a2", "military")], references)
    rows = sorts(found, references)
    person, military = 2 + ACTOR_KINDS.index("person"), 2 + ACTOR_KINDS.index("military")
    assert [np.flatnonzero(row).tolist() for row in rows] == [[person], [0, person], [1, military]]
    assert sorts(found, []).shape == (0, rows.shape[1])


def test_who_says_a_word_is_named_by_the_words_for_the_speaker() -> None:
    annotation = annotated(TOLD)
    references = [*at(annotation, "a1", "Haftar"), *at(annotation, "a1", "his", pronoun=True)]
    content = span_of(annotation, "his", "today")
    said = [statement("s1", [content], by=span_of(annotation, "Haftar"), speaker="a1")]
    spoken = Sayings(scene(annotation, [actor("a1")], references, said)).within(0, 9, references)
    assert spoken.tolist() == [[0, 0]] * 2 + [[1, 0]] * 7


def test_who_is_called_what_no_reference_stands_for_is_named_by_his_last_before() -> None:
    annotation = annotated("Abiy/PROPN/2/nsubj came/VERB/0/root", "Abiy/PROPN/2/nsubj left/VERB/0/root", TOLD)
    references = at(annotation, "a1", "Abiy", "Abiy@2")
    content = span_of(annotation, "leave", "Sirte")
    said = [statement("s1", [content], by=span_of(annotation, "Haftar"), speaker="a1")]
    spoken = Sayings(scene(annotation, [actor("a1")], references, said)).within(0, 13, references)
    assert [np.flatnonzero(row).tolist() for row in spoken] == [[]] * 10 + [[1]] * 2 + [[]]


def test_words_without_a_known_speaker_are_said_by_nobody() -> None:
    annotation = annotated(TOLD)
    references = at(annotation, "a1", "Haftar")
    content = [span_of(annotation, "leave", "Sirte")]
    for by, speaker in ((None, "a1"), (span_of(annotation, "today"), None), (span_of(annotation, "today"), "a9")):
        said = [statement("s1", content, by=by, speaker=speaker)]
        assert not Sayings(scene(annotation, [actor("a1")], references, said)).within(0, 9, references).any()


def test_part_of_a_report_is_as_in_the_whole() -> None:
    annotation = annotated(*[TOLD] * 4)
    references = at(annotation, "a1", *(f"Haftar@{n}" for n in (1, 2, 3, 4)))
    said = [
        statement(f"s{n}", [span_of(annotation, f"his@{n}", f"today@{n}")], span_of(annotation, f"Haftar@{n}"), "a1")
        for n in (1, 2, 3, 4)
    ]
    sayings = Sayings(scene(annotation, [actor("a1")], references, said))
    whole = sayings.within(0, 36, references)
    assert whole.sum() == 28
    for first, end in ((0, 9), (5, 14), (11, 12), (20, 36), (7, 7)):
        assert np.array_equal(sayings.within(first, end, references), whole[first:end])
