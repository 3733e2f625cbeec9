"""Headline tags, and first lines that only look like one."""

from dataclasses import replace

import pytest

from tests.extract.drawn import draft, drawn, quoted
from tests.extract.timed import plain
from truceline.annotate import Tagged
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
    # Nobody of that name speaks in the body, but the tag means somebody who may.
    ("Truce to begin at dawn – envoy", MINISTER, "envoy", "Truce to begin at dawn"),
    ("Monitors: ceasefire holds in the east", ENVOY, "Monitors", "ceasefire holds in the east"),
    ("Bridge was mined -- officials", MINISTER, "officials", "Bridge was mined"),
    (
        "Prisoners to be freed next week - rebel spokesman",
        MINISTER,
        "rebel spokesman",
        "Prisoners to be freed next week",
    ),
    ("Minister: talks will go on", ENVOY, "Minister", "talks will go on"),
]

UNTAGGED = [
    ("Geneva – Monday", ENVOY),
    ("Analysis: what next", MINISTER),
    ("Syria: the facts", SYRIA),  # the body's speaker, but nothing is said
    ("Syria: the facts", ENVOY),
    ("Analysis: what next", ENVOY),
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
    annotation = drawn("Geneva – Monday", "\nThe minister referred to the talks and said they were over.")
    assert headline_drafts(annotation, [draft(annotation, "they", "said", "they were over")]) == []


# What is written for a text without trees, where every capitalised word is a name, and what the encoder takes it for.
NAMES = [
    ("Talks are over - Okello", "PER", "Okello"),
    ("Okello: talks are over", "PER", "Okello"),
    ("Talks are over - Savanna Institute", "ORG", "Savanna Institute"),
    ("Talks are over - Russia", "LOC", "Russia"),
    ("Russia: talks are over", "LOC", None),  # what the report is about
    ("Talks are over - Geneva", "LOC", None),
    ("Talks are over - Monday", "", None),
    ("Okello: profile", "PER", None),
]


@pytest.mark.parametrize(("headline", "label", "speaker"), NAMES)
def test_a_name_is_a_tag_if_it_is_that_of_a_person_a_body_or_a_state(
    headline: str, label: str, speaker: str | None
) -> None:
    annotation = plain(f"{headline}\nThe road is shut.")
    verbs = {"are", "is"}
    annotation.upos[:] = [
        "AUX" if form in verbs else tag for form, tag in zip(annotation.forms, list(annotation.upos), strict=True)
    ]
    name = headline.split(":")[0] if ":" in headline else headline.split(" - ")[1]
    first = annotation.forms.index(name.split()[0])
    tags = [Tagged(first, first + len(name.split()), label, 0.9)] if label else []
    found = headline_drafts(replace(annotation, entities=tags), [])
    assert [quoted(annotation, one.source) for one in found] == ([speaker] if speaker else [])
