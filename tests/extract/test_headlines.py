"""Headline tags, and first lines that only look like one."""

import pytest

from tests.extract.drawn import draft, drawn, quoted
from truceline.extract.headlines import headline_drafts

ENVOY = ("\nThe envoy said the guns would fall silent.", "The envoy", "said", "the guns would fall silent")
MONITORS = ("\nThe monitors said they had seen no violation.", "The monitors", "said", "they had seen no violation")
OFFICIAL = ("\nAn official said the bridge was closed.", "An official", "said", "the bridge was closed")
REBEL = ("\nA rebel spokesman confirmed the exchange.", "A rebel spokesman", "confirmed", "the exchange")
MINISTER = ("\nThe minister said nothing had changed.", "The minister", "said", "nothing had changed")
SYRIA = ("\nSyria said the border was open.", "Syria", "said", "the border was open")

TAGGED = [
    ("Truce to begin at dawn – envoy", ENVOY, "envoy", "Truce to begin at dawn"),
    ("Monitors: ceasefire holds in the east", MONITORS, "Monitors", "ceasefire holds in the east"),
    ("Bridge was mined -- officials", OFFICIAL, "officials", "Bridge was mined"),
    ("Prisoners to be freed next week - rebel spokesman", REBEL, "rebel spokesman", "Prisoners to be freed next week"),
    ("Minister: talks will go on", MINISTER, "Minister", "talks will go on"),
]

UNTAGGED = [
    ("Geneva – Monday", ENVOY),
    ("Analysis: what next", MINISTER),
    ("Syria: the facts", SYRIA),  # the body's speaker, but nothing is said
    ("Truce to begin at dawn – envoy", MINISTER),  # nobody of that name speaks
    ("Monitors: ceasefire holds in the east", ENVOY),
]

Body = tuple[str, str, str, str]


@pytest.mark.parametrize(("headline", "body", "source", "content"), TAGGED)
def test_a_tag_names_the_speaker(headline: str, body: Body, source: str, content: str) -> None:
    annotation = drawn(headline, body[0])
    [found] = headline_drafts(annotation, [draft(annotation, *body[1:])])
    assert quoted(annotation, found.source) == source
    assert found.cue is None
    assert [annotation.report.text[start:end] for start, end in found.content] == [content]


@pytest.mark.parametrize(("headline", "body"), UNTAGGED)
def test_a_first_line_that_is_no_tagged_headline(headline: str, body: Body) -> None:
    annotation = drawn(headline, body[0])
    assert headline_drafts(annotation, [draft(annotation, *body[1:])]) == []


def test_a_headline_that_a_cue_claims_is_no_tag() -> None:
    annotation = drawn("Talks are over, says envoy", ENVOY[0])
    drafts = [draft(annotation, "envoy", "says", "Talks are over"), draft(annotation, *ENVOY[1:])]
    assert headline_drafts(annotation, drafts) == []


def test_the_first_sentence_of_a_running_text_is_no_headline() -> None:
    assert headline_drafts(drawn("Truce to begin at dawn – envoy"), []) == []
    annotation = drawn("He left for Tunis.", ENVOY[0])
    assert headline_drafts(annotation, [draft(annotation, *ENVOY[1:])]) == []


def test_who_speaks_only_as_a_pronoun_is_no_tag() -> None:
    annotation = drawn(
        "Truce to begin at dawn – envoy", "\nThe minister referred to the talks and said they were over."
    )
    assert headline_drafts(annotation, [draft(annotation, "they", "said", "they were over")]) == []
