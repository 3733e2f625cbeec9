"""Whole annotations: every layer fits the text, and no word's depends on how the reports were cut and put together."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.annotate.built import LABELS, RELATIONS, set_labels, shown, table_model, tables
from truceline.annotate import Annotation, Annotator, Attributions, Tagged, annotator, entities
from truceline.annotate.inputs import shapes
from truceline.read import report_from_text
from truceline.records import Report

WORDS = ("said", "denied", "minister", "rebels", "envoy", "truce", "holds", "talks")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Annotator:
    """An annotator whose every score is random, but the same for the same word in the same shape."""
    return Annotator(table_model(tmp_path_factory.mktemp("model"), WORDS))


def report(text: str) -> Report:
    return Report("", None, None, None, None, None, text)


def news(paragraphs: int, seed: int) -> Report:
    """A report of random sentences, short and long, some in quotation marks."""
    rng = np.random.default_rng(seed)
    vocabulary = [*WORDS, "Haddad", "UN", "2016", "the", "of", "Aleppo,", "–"]

    def sentence() -> str:
        words = " ".join(rng.choice(vocabulary, size=int(rng.integers(1, 40))))
        return f"“{words.capitalize()},” he said." if rng.random() < 0.3 else f"{words.capitalize()}."

    return report("\n\n".join(" ".join(sentence() for _ in range(rng.integers(1, 6))) for _ in range(paragraphs)))


def check(found: Annotation) -> None:
    """Every layer has one entry for each word, lies within the text and holds together."""
    text, words = found.report.text, len(found.forms)
    columns = (
        found.starts, found.ends, found.spaced, found.breaks, found.upos, found.xpos, found.lemmas, found.heads,
        found.deprels,
    )  # fmt: skip
    assert all(len(column) == words for column in columns)
    assert len(found.vectors) == words
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == found.forms
    assert "".join(found.forms) == "".join(text.split())
    assert [word for first, end in found.sentences for word in range(first, end)] == list(range(words))
    assert found.sentence_spans == [found.characters(first, end) for first, end in found.sentences]
    for first, end in found.sentences:
        heads = found.heads[first:end].tolist()
        assert heads.count(-1) == 1
        assert all(head == -1 or first <= head < end for head in heads)
    inside = {(first, end) for first, end in found.sentences}
    for span in [*found.entities, *found.names, *found.times]:
        assert any(first <= span.first < span.end <= end for first, end in inside)
    for layer in (found.attributions, found.statements):
        check_attributions(layer, words)


def check_attributions(layer: Attributions, words: int) -> None:
    assert len(layer.spans) == len(layer.cues)
    ends = [0, *(span.end for span in layer.spans)]
    for i, (span, cue) in enumerate(zip(layer.spans, layer.cues, strict=True)):
        assert ends[i] <= span.first < span.end <= words
        assert 0 < span.probability <= 1.0001
        assert cue == -1 or layer.spans[cue].label == "cue"
        assert (cue == i) == (span.label == "cue")


def by_sentence(found: Annotation) -> tuple[object, ...]:
    """The layers of an annotation that are decided sentence by sentence, without probabilities."""
    spans = [[(s.first, s.end, s.label) for s in layer] for layer in (found.entities, found.names, found.times)]
    return (
        found.starts.tolist(), found.ends.tolist(), found.forms, found.spaced, found.breaks, found.sentences,
        found.sentence_spans, found.upos, found.xpos, found.lemmas, found.heads.tolist(), found.deprels, spans,
    )  # fmt: skip


def whole(found: Annotation) -> tuple[object, ...]:
    """All layers of an annotation, without probabilities."""
    layers = (found.attributions, found.statements)
    return (*by_sentence(found), [([(s.first, s.end, s.label) for s in layer.spans], layer.cues) for layer in layers])


ODD_TEXTS = {
    "empty": "",
    "white space": " \t\n\n  ",
    "one word": "Peace",
    "one mark": "“",
    "no final stop": "Talks go on",
    "emoji": "The truce holds 🕊️🇫🇮 . Families 👨‍👩‍👧 wept.",
    "right to left": "قال الوزير إن الهدنة صامدة. واجتمعت الأطراف.",
    "Hebrew with marks": "אמר: ״שלום״.",
    "Chinese": "双方同意停火。谈判继续。",
    "lone surrogates": "The \ud83d truce \udc00\udc00 holds.",
    "NULs": "The\x00 truce \x00 holds.\x00",
    "combining marks": "E\u0301lyse\u0301e a\u0300\u0301\u0302\u0303 said",
    "one endless word": "x" * 30_000,
    "one endless mark": "“" * 5_000,
    "lines only": "a\n" * 500,
    "many stops": "." * 5_000,
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_an_odd_text_is_annotated_in_full(reader: Annotator, name: str) -> None:
    found = reader.annotate(report(ODD_TEXTS[name]))
    check(found)
    assert bool(found.forms) == bool(ODD_TEXTS[name].strip())


@given(st.text(max_size=300) | st.text(alphabet='aB1.,"“” \n', max_size=300))
@settings(deadline=None)
def test_any_text_is_annotated_in_full(reader: Annotator, text: str) -> None:
    check(reader.annotate(report(text)))


def test_one_endless_line_of_30_000_words(reader: Annotator) -> None:
    found = reader.annotate(report(" ".join(itertools.islice(itertools.cycle(["rebels", "said", "truce"]), 30_000))))
    check(found)
    assert len(found.forms) == 30_000
    assert found.breaks.count(True) == 1


def test_each_word_has_what_its_own_scores_say_however_the_text_was_cut(reader: Annotator) -> None:
    found = reader.annotate(news(60, seed=1))
    model = reader.model
    firsts = [model.pieces.of(form)[0] for form in found.forms]
    codes = shapes(found.forms, found.spaced, found.breaks)
    for head, layer in (("upos", found.upos), ("xpos", found.xpos)):
        scores = tables(model)[head][firsts, codes]
        assert layer == [LABELS[head][i] for i in scores.argmax(axis=1)]
    assert np.array_equal(found.vectors, tables(model)["vectors"][firsts, codes].astype(np.float16))
    assert set(found.deprels) <= set(RELATIONS)


def test_the_encoder_gets_whole_marked_windows(reader: Annotator) -> None:
    shown(reader.model).clear()
    list(reader.annotate_many([news(40, seed=2), report(""), news(1, seed=3)]))
    assert shown(reader.model)
    for batch in shown(reader.model):
        pieces, mask = batch["pieces"], batch["mask"]
        assert pieces.size <= annotator.BATCH
        assert pieces.shape[1] <= 512
        lengths = mask.sum(axis=1)
        rows = np.arange(len(pieces))
        assert (pieces[:, 0] == reader.model.pieces.first).all()
        assert (pieces[rows, lengths - 1] == reader.model.pieces.last).all()
        assert (mask == (np.arange(pieces.shape[1]) < lengths[:, None])).all()
        assert (pieces[mask == 0] == 0).all()


def test_the_bare_encoder_sees_what_the_reading_sees(reader: Annotator) -> None:
    seen = []
    for read in (reader.annotate, reader.encode_only):
        shown(reader.model).clear()
        read(news(40, seed=4))
        seen.append([batch["pieces"].tolist() for batch in shown(reader.model)])
    assert seen[0] == seen[1]


def test_reports_together_are_read_as_each_alone(reader: Annotator) -> None:
    reports = [news(n, seed) for seed, n in enumerate([3, 0, 25, 1, 1, 60, 2])]
    reports[3:3] = [report(""), report("\n"), report("Peace")]
    together = list(reader.annotate_many(reports))
    assert [found.report for found in together] == reports
    for found, one in zip(together, reports, strict=True):
        check(found)
        alone = reader.annotate(one)
        assert whole(found) == whole(alone)
        for a, b in zip(found.attributions.spans, alone.attributions.spans, strict=True):
            assert a.probability == pytest.approx(b.probability, abs=1e-5)


@pytest.mark.parametrize(
    ("name", "value"), [("BATCH", 1), ("BATCH", 700), ("AHEAD", 1), ("AHEAD", 900), ("WINDOW", 40), ("CONTEXT", 0)]
)
def test_batches_and_windows_do_not_change_a_reading(
    reader: Annotator, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    reports = [news(12, seed) for seed in range(4)]
    expected = [whole(found) for found in reader.annotate_many(reports)]
    monkeypatch.setattr(annotator, name, value)
    assert [whole(found) for found in reader.annotate_many(reports)] == expected


@pytest.mark.parametrize("stretch", [480, 700, 1500])
def test_a_long_text_is_read_in_stretches_and_put_together_again(
    reader: Annotator, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    # A name's other places count within a stretch only; all else is the same in a part as in the whole.
    monkeypatch.setattr(entities, "AGREEMENT", 0.0)
    reports = [news(2, seed=8), news(60, seed=9), report(""), news(40, seed=10)]
    expected = list(reader.annotate_many(reports))
    monkeypatch.setattr(annotator, "STRETCH", stretch)
    monkeypatch.setattr(annotator, "AHEAD", 1)  # so that a text's stretches come in different groups
    found = list(reader.annotate_many(reports))
    assert max(len(one.forms) for one in found) > 2 * stretch
    for one, other in zip(found, expected, strict=True):
        check(one)
        assert by_sentence(one) == by_sentence(other)
        # Only where two stretches meet, at a paragraph, may an attribution differ.
        ours, theirs = ({(s.first, s.end, s.label) for s in a.attributions.spans} for a in (one, other))
        assert len(ours ^ theirs) <= 4 * (2 * len(one.forms) // stretch)


def test_reports_are_read_as_they_come(reader: Annotator) -> None:
    def endless() -> Iterator[Report]:
        return (news(4, seed) for seed in itertools.count())

    assert next(reader.annotate_many(endless())).report == news(4, 0)


def test_given_words_are_kept(reader: Annotator) -> None:
    documents: list[list[list[str]]] = [
        [["Rebels", "said", "no", "."], ["can", "not", "New York", "’s"]],
        [],
        [["Peace"]],
        [["", "🕊️"], [], ["x" * 900, "\ud83d", "."]],
        [[]],
    ]
    for document, found in zip(documents, reader.annotate_words(documents), strict=True):
        assert found.forms == [form for sentence in document for form in sentence]
        starts = zip(found.starts, found.ends, strict=True)
        assert [found.report.text[start:end] for start, end in starts] == found.forms
        assert [found.forms[first:end] for first, end in found.sentences] == [
            sentence for sentence in document if sentence
        ]
        assert len(found.upos) == len(found.heads) == len(found.forms)


def test_a_given_sentence_too_long_for_the_encoder_is_cut(reader: Annotator) -> None:
    [found] = reader.annotate_words([[["plan"] * 2000, ["Peace", "."]]])
    assert [word for first, end in found.sentences for word in range(first, end)] == list(range(2002))
    assert max(4 * (end - first) for first, end in found.sentences) <= annotator.LONGEST
    assert found.heads.tolist().count(-1) == len(found.sentences)


@pytest.fixture
def linking(tmp_path: Path) -> Annotator:
    """Tags "minister" and "rebels" as sources, "said" and "denied" as cues; "minister" chooses "said", "rebels"
    "denied", "envoy", a source too, chooses none."""
    model = table_model(tmp_path, WORDS)
    cue_of = {"minister": "said", "rebels": "denied", "envoy": None}
    places = {"said": 1, "denied": 2, None: 0}
    set_labels(model, "attribution", {"said": "B-cue", "denied": "B-cue"} | dict.fromkeys(cue_of, "B-source"))
    vectors = tables(model)
    vectors["link_dependent"][:] = vectors["link_head"][:] = 0
    for word, cue in cue_of.items():
        vectors["link_dependent"][model.pieces.of(word)[0], :, places[cue]] = 1
    for word in ("said", "denied"):
        vectors["link_head"][model.pieces.of(word)[0], :, places[word]] = 1
    model.arrays["link"][:] = np.eye(len(model.arrays["link"]))
    model.arrays["root.link"][:] = 0
    model.arrays["root.link"][0] = 1
    return Annotator(model)


LINKS = {
    "The minister said so.": {"minister": "said"},
    "The minister said so, the rebels denied it.": {"minister": "said", "rebels": "denied"},
    "The rebels, the minister said, denied it.": {"rebels": "denied", "minister": "said"},
    "The envoy was there when the minister said so.": {"envoy": None, "minister": "said"},
    "So said the minister. All denied it.": {"minister": "said"},
    "The minister and the rebels met.": {"minister": None, "rebels": None},
    "They said so and denied it.": {},
    "The minister sat" + " on" * 300 + ". They said so.": {"minister": None},  # too far away
    "The minister sat" + " on" * 200 + ". They said so.": {"minister": "said"},
}


@pytest.mark.parametrize("text", LINKS, ids=lambda text: text[:40])
def test_a_source_has_the_cue_that_it_chooses_or_none(linking: Annotator, text: str) -> None:
    found = linking.annotate(report_from_text(text))
    spans, cues = found.attributions.spans, found.attributions.cues

    def words(span: Tagged) -> str:
        return " ".join(found.forms[span.first : span.end])

    links = {words(span): words(spans[cue]) if cue >= 0 else None for span, cue in zip(spans, cues, strict=True)}
    assert {word: cue for word, cue in links.items() if word not in ("said", "denied")} == LINKS[text]


def test_the_words_of_a_content_choose_their_cue_together(linking: Annotator) -> None:
    """Two words for "said" and one for "denied": the content is said."""
    model = linking.model
    set_labels(model, "attribution", {
        "said": "B-cue", "denied": "B-cue", "minister": "B-content", "envoy": "I-content", "rebels": "I-content",
    })  # fmt: skip
    vectors = tables(model)["link_dependent"]
    vectors[model.pieces.of("envoy")[0], :] = vectors[model.pieces.of("minister")[0], :]
    found = linking.annotate(report_from_text("They denied: minister rebels envoy, they said."))
    spans, cues = found.attributions.spans, found.attributions.cues
    assert [(span.label, found.forms[span.first]) for span in spans] == [
        ("cue", "denied"), ("content", "minister"), ("cue", "said")
    ]  # fmt: skip
    assert cues == [0, 2, 2]
