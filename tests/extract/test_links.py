"""Sources, cues and contents that belong together, mended where the sentence shows better than the tags."""

from dataclasses import replace

import pytest

from tests.extract.drawn import drawn, said, words
from truceline.annotate import Annotation, Attributions, Tagged
from truceline.extract import statements
from truceline.extract.clauses import Clauses
from truceline.extract.links import linked
from truceline.extract.quotations import find_quotations
from truceline.records import Span

Shown = tuple[str | None, str | None, list[str]]


def shown(annotation: Annotation) -> list[Shown]:
    """Speaker, cue and content of each statement."""
    return [
        (_quote(s.speaker_text), _quote(s.cue), [piece.quote for piece in s.content]) for s in statements(annotation)
    ]


def _quote(span: Span | None) -> str | None:
    return span.quote if span is not None else None


def tagged(annotation: Annotation, *spans: tuple[str, str], cues: tuple[int, ...]) -> Annotation:
    """The same annotation with these spans, (label, words), and the index of the cue of each."""
    found = [Tagged(*words(annotation, quote), label, 0.9) for label, quote in spans]
    return replace(annotation, statements=Attributions(found, list(cues)))


# A sentence, its source, its content if that is tagged too, and the verb of speech that no tag covers.
UNCUED = [
    ("Western news reports say rebels crossed the border.", "Western news reports", "rebels crossed the border", "say"),
    ("Aid workers warn the camp is full.", "Aid workers", "the camp is full", "warn"),
    ("Residents often say the well is dry.", "Residents", "the well is dry", "say"),
    ("Monitors, however, deny the camp fell.", "Monitors", "the camp fell", "deny"),
    ("The road is open, officials say.", "officials", "The road is open", "say"),
]


@pytest.mark.parametrize(("sentence", "source", "content", "verb"), UNCUED)
def test_an_untagged_cue_keeps_its_source_and_content(sentence: str, source: str, content: str, verb: str) -> None:
    first, second = sorted((("source", source), ("content", content)), key=lambda span: sentence.index(span[1]))
    annotation = tagged(drawn(sentence), first, second, cues=(-1, -1))
    assert shown(annotation) == [(source, verb, [content])]


@pytest.mark.parametrize(("sentence", "source", "content", "verb"), UNCUED[1:3])
def test_the_content_of_an_untagged_cue_is_found_by_the_tree(
    sentence: str, source: str, content: str, verb: str
) -> None:
    assert shown(tagged(drawn(sentence), ("source", source), cues=(-1,))) == [(source, verb, [content])]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The government is pushing ahead with plans for a vote.", "The government"),
        ("The rebels left the town.", "The rebels"),
        ("Putin spoke to Obama.", "Putin"),
        ("The opposition boycotted the vote.", "The opposition"),
        ("The talks in Europe failed.", "The talks in Europe"),
    ],
)
def test_a_source_whose_verb_is_no_speech_makes_no_statement(sentence: str, source: str) -> None:
    annotation = tagged(drawn(sentence), ("source", source), cues=(-1,))
    assert shown(annotation) == []
    assert linked(Clauses(annotation), find_quotations(annotation.report.text)) == []


def test_the_speaker_behind_the_cue_at_the_end_of_a_sentence() -> None:
    one = said("Talks", "says", "Talks will go on, says envoy")
    assert shown(drawn("Talks will go on, says envoy.", said=(one,))) == [("envoy", "says", ["Talks will go on"])]
    two = said(None, "said", "The truce is dead")
    assert shown(drawn("The truce is dead, said the rebel leader.", said=(two,))) == [
        ("the rebel leader", "said", ["The truce is dead"])
    ]


@pytest.mark.parametrize(
    ("sentence", "one", "speaker"),
    [
        ("The road is open, officials say.", said("officials", "say", "The road is open"), "officials"),
        ("The envoy, who left early, told Reuters.", said("The envoy", "told", "early"), "The envoy"),
        ("The mission, set up in May, reported heavy losses.",
         said("The mission", "reported", "heavy losses"), "The mission"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_cue_is_not_always_its_speaker(sentence: str, one: object, speaker: str) -> None:
    assert [who for who, _, _ in shown(drawn(sentence, said=(one,)))] == [speaker]  # type: ignore[arg-type]


def test_a_content_in_another_paragraph_is_not_that_of_the_cue() -> None:
    headline, body = "The talks in Europe failed.", "\nThe road is open, officials say."
    annotation = drawn(headline, body)
    spans = (("content", headline), ("content", "The road is open"), ("source", "officials"), ("cue", "say"))
    assert shown(tagged(annotation, *spans, cues=(3, 3, 3, 3))) == [("officials", "say", ["The road is open"])]


def test_a_quotation_and_the_line_below_a_cue_may_stand_in_another_paragraph() -> None:
    said_so, line = "The minister said nothing had changed.", "\nThe rebels left the town."
    annotation = tagged(
        drawn(said_so, line), ("source", "The minister"), ("cue", "said"), ("content", "The rebels left the town"),
        cues=(1, 1, 1),
    )  # fmt: skip
    assert shown(annotation) == [("The minister", "said", ["The rebels left the town"])]
