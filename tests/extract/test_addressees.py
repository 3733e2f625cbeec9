"""To whom something was said, and where the content begins behind the addressee."""

import pytest

from tests.extract.drawn import draft, drawn, quoted, words
from truceline.extract.addressees import addressee_words, without_addressee
from truceline.extract.clauses import Clauses

# sentence, source, cue, addressee
NAMED = [
    ("The envoy told AFP that both armies had pulled back.", "The envoy", "told", "AFP"),
    ("Okello told reporters in Geneva that the corridor was closed.", "Okello", "told", "reporters"),
    ("The mediator urged both sides to hold their fire.", "The mediator", "urged", "both sides"),
    ("Addis Ababa warned Asmara that the border would stay shut.", "Addis Ababa", "warned", "Asmara"),
    ("Kenya asked the Security Council to send monitors.", "Kenya", "asked", "the Security Council"),
    ("The bishops called on the rebels to free the hostages.", "The bishops", "called on", "the rebels"),
    ("The bishops called on the rebels to free the hostages.", "The bishops", "called", "the rebels"),
    ("The agency appealed to donors for blankets.", "The agency", "appealed", "donors"),
    ("The minister said in an interview with Radio Juba that talks would resume.", "The minister", "said",
     "Radio Juba"),
    ("The general said in a letter to the Secretary-General that he would resign.", "The general", "said",
     "the Secretary-General"),
    ("Reporters were told that the talks had failed.", None, "told", "Reporters"),
    ("The delegates were urged by the chairman to sign.", "the chairman", "urged", "The delegates"),
    ("The admiral told a news conference on Monday that the ships had left.", "The admiral", "told",
     "a news conference"),
    ("Speaking to journalists in Doha, the negotiator said the list was final.", "the negotiator", "said",
     "journalists"),
    ("“We are ready,” the governor told the BBC on Tuesday.", "the governor", "told", "the BBC"),
    ("The council warned the militias against further raids.", "The council", "warned", "the militias"),
    ("The commander told his officers the war was lost.", "The commander", "told", "his officers"),
    ("The envoy reminded the prime minister, Hana Birru, that the truce expires in May.", "The envoy", "reminded",
     "the prime minister"),
]  # fmt: skip

# sentence, cue: nobody is addressed
NOBODY = [
    ("The colonel is said to be in exile.", "said"),
    ("The minister referred to the talks and said they were over.", "said"),
    ("The minister referred to the talks and said they were over.", "referred"),
    ("The raid added to the pressure, the trader said.", "added"),
    ("The raid added to the pressure, the trader said.", "said"),
    ("Bogota urged restraint.", "urged"),
    ("The king promised aid to refugees.", "promised"),
    ("Brussels urged reforms that would end the dispute.", "urged"),
    ("The strikers warned they would leave the talks.", "warned"),
    ("The envoy said that Hanoi had promised to free the pilots.", "said"),
    ("The consul said talks will be held in the U.S.", "said"),
]

# sentence, cue, content as the encoder may tag it, content without the addressee
BEHIND = [
    ("The mediator urged both sides to hold their fire.", "urged", "both sides to hold their fire",
     "to hold their fire"),
    ("The bishops called on the rebels to free the hostages.", "called", "on the rebels to free the hostages",
     "to free the hostages"),
    ("The bishops called on the rebels to free the hostages.", "called on", "the rebels to free the hostages",
     "to free the hostages"),
    ("Okello told reporters in Geneva that the corridor was closed.", "told",
     "reporters in Geneva that the corridor was closed", "that the corridor was closed"),
    ("The admiral told a news conference on Monday that the ships had left.", "told",
     "a news conference on Monday that the ships had left", "that the ships had left"),
    ("The envoy reminded the prime minister, Hana Birru, that the truce expires in May.", "reminded",
     "the prime minister, Hana Birru, that the truce expires in May", "that the truce expires in May"),
    ("The council warned the militias against further raids.", "warned", "the militias against further raids",
     "against further raids"),
    ("The commander told his officers the war was lost.", "told", "his officers the war was lost", "the war was lost"),
    ("The agency appealed to donors for blankets.", "appealed", "for blankets", "for blankets"),
]  # fmt: skip

# sentence, cue, content that stays whole
WHOLE = [
    ("Bogota urged restraint.", "urged", "restraint"),
    ("The king promised aid to refugees.", "promised", "aid to refugees"),
    ("Brussels urged reforms that would end the dispute.", "urged", "reforms that would end the dispute"),
    ("The strikers warned they would leave the talks.", "warned", "they would leave the talks"),
    ("The senator called the plan a “road map”.", "called", "the plan a “road map"),
]

DATES = {"Monday", "Tuesday", "May"}


def dates(sentence: str) -> tuple[str, ...]:
    return tuple(date for date in sorted(DATES) if date in sentence)


@pytest.mark.parametrize(("sentence", "source", "cue", "expected"), NAMED)
def test_who_is_addressed(sentence: str, source: str | None, cue: str, expected: str) -> None:
    annotation = drawn(sentence, times=dates(sentence))
    found = addressee_words(draft(annotation, source, cue), Clauses(annotation))
    assert quoted(annotation, found) == expected


@pytest.mark.parametrize(("sentence", "cue"), NOBODY)
def test_nobody_is_addressed(sentence: str, cue: str) -> None:
    annotation = drawn(sentence, times=dates(sentence))
    one = draft(annotation, None, cue)
    content = (one.cue or (0, 0))[1], len(annotation.forms)
    without_addressee(one, [content], Clauses(annotation))
    assert quoted(annotation, one.addressee) is None


@pytest.mark.parametrize(("sentence", "cue", "content", "expected"), BEHIND)
def test_the_content_begins_behind_the_addressee(sentence: str, cue: str, content: str, expected: str) -> None:
    annotation = drawn(sentence, times=dates(sentence))
    one = draft(annotation, None, cue)
    [rest] = without_addressee(one, [words(annotation, content)], Clauses(annotation))
    assert quoted(annotation, rest) == expected
    assert one.addressee is not None


@pytest.mark.parametrize(("sentence", "cue", "content"), WHOLE)
def test_what_was_said_is_not_taken_for_an_addressee(sentence: str, cue: str, content: str) -> None:
    annotation = drawn(sentence)
    one = draft(annotation, None, cue)
    [rest] = without_addressee(one, [words(annotation, content)], Clauses(annotation))
    assert quoted(annotation, rest) == content
    assert one.addressee is None


def test_a_date_is_no_addressee() -> None:
    annotation = drawn("The admiral told a news conference on Monday that the ships had left.", times=("Monday",))
    one = draft(annotation, "The admiral", "told", "the ships had left")
    assert "Monday" not in (quoted(annotation, addressee_words(one, Clauses(annotation))) or "")


def test_without_a_cue_nobody_is_addressed() -> None:
    annotation = drawn("The envoy told AFP that both armies had pulled back.")
    assert addressee_words(draft(annotation, None, None, "both armies had pulled back"), Clauses(annotation)) is None
