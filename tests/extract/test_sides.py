"""For whom an actor speaks or acts, by the grammar of its phrase."""

import pytest

from tests.extract.mentioned import read
from truceline.extract.sides import belongs
from truceline.records.reading import ActorKind

SIGNED = "The Lord's Resistance Army signed the pact."
LRA = ("The Lord's Resistance Army", "armed group")
KENYA = ("Soldiers guarded the hall in Kenya.", "The president of Kenya thanked them.")
STATE = ("Kenya", "government")  # as an actor of its own
Tags = tuple[tuple[str, str], ...]

# Sentences, what is tagged in them as a person and otherwise, the actor in question, and the words of its side.
SIDED: list[tuple[tuple[str, ...], Tags, str, str | None]] = [
    ((SIGNED, "The group's chief negotiator rejected the draft."), (LRA,), "The group's chief negotiator", LRA[0]),
    (("The group's chief negotiator rejected the draft.",), (), "The group's chief negotiator", None),
    (("The rebels left the town.", "A rebel spokesman denied the report."),
     (("The rebels", "armed group"),), "A rebel spokesman", "The rebels"),
    ((SIGNED, "A rebel spokesman denied the report."), (LRA,), "A rebel spokesman", LRA[0]),
    (("A rebel spokesman denied the report.",), (), "A rebel spokesman", None),
    (("An opposition leader walked out.", "The opposition boycotted the vote."),
     (("The opposition", "party"),), "An opposition leader", "The opposition"),
    (("An opposition leader walked out.",), (), "An opposition leader", None),
    (("The army closed the road.", "An army envoy reached Nairobi."),
     (("The army", "military"),), "An army envoy", "The army"),
    ((SIGNED, "An army envoy reached Nairobi."), (LRA,), "An army envoy", None),  # that "Army" is no army
    (("An analyst with the Red Cross counted the trucks.",), (), "An analyst with the Red Cross", "Red Cross"),
    (("A spokesman for the African Union arrived.",), (), "A spokesman for the African Union", "African Union"),
    (("A spokesman for the former rebels spoke first.",), (),
     "A spokesman for the former rebels", "the former rebels"),
    (("An aide to General Mira Sandal declined to speak.",), (("Mira Sandal", "person"),),
     "An aide to General Mira Sandal", "Mira Sandal"),
    (("Okello's rival welcomed the verdict.",), (("Okello", "person"),), "Okello's rival", None),
    (("US-backed rebels crossed the river.",), (), "US-backed rebels", None),
    (("His Kenyan counterpart agreed.",), (), "His Kenyan counterpart", "Kenyan"),
    (("The U.N. Security Council meets in New York.",), (), "The U.N. Security Council", "U.N."),
]  # fmt: skip
KINDS = {"US-backed rebels": "armed group", "The U.N. Security Council": "organisation"}


@pytest.mark.parametrize(("sentences", "tagged", "quote", "side"), SIDED, ids=[s[-1] + t for s, _, t, _ in SIDED])
def test_sides(sentences: tuple[str, ...], tagged: Tags, quote: str, side: str | None) -> None:
    actors = (*tagged, (quote, KINDS.get(quote, "person")))
    report = read(*sentences, actors=actors, persons=tuple(name for name, kind in tagged if kind == "person"))
    assert report.side(quote) == side


@pytest.mark.parametrize(
    ("sentence", "tagged", "kind"),
    [
        ("Government troops shelled the camp.", "Government troops", "military"),
        ("A spokesman for the government answered.", "A spokesman for the government", "person"),
    ],
)
def test_the_government_without_a_name_is_the_state_that_the_report_names_most(
    sentence: str, tagged: str, kind: str
) -> None:
    side = read(*KENYA, sentence, actors=((tagged, kind), STATE)).one(tagged).side
    assert side is not None
    assert side.entry is not None
    assert side.entry.key == "KEN"


# An actor in a report on Kenya, and the state for which it acts by office.
BY_OFFICE = [
    ("Foreign Minister Jan Okello left Kenya.", "Foreign Minister Jan Okello", "person", "KEN"),
    ("The army closed the road.", "The army", "military", "KEN"),
    ("Soldiers guarded the hall in Kenya.", "Soldiers", "military", "KEN"),
    ("Foreign troops entered the town.", "Foreign troops", "military", None),
    ("Western diplomats left the town.", "Western diplomats", "government", None),
    ("One western diplomat shrugged.", "One western diplomat", "person", None),
    ("A former official familiar with the talks confirmed it.", "A former official", "person", None),
    ("The rebels left the town.", "The rebels", "armed group", None),
]


@pytest.mark.parametrize(("sentence", "tagged", "kind", "state"), BY_OFFICE)
def test_those_in_office_act_for_the_state_of_the_report(
    sentence: str, tagged: str, kind: str, state: str | None
) -> None:
    sentences = (*KENYA, *([sentence] if sentence not in KENYA else []))
    persons = ("Jan Okello",) if "Okello" in sentence else ()
    assert read(*sentences, actors=((tagged, kind), STATE), persons=persons).presumed(tagged) == state
    assert read(*sentences, actors=((tagged, kind),), persons=persons).presumed(tagged) is None, "Kenya does not act"


def test_an_office_that_only_one_state_has_is_of_that_state() -> None:
    flew, secretary = "The secretary of state flew to Cairo.", ("The secretary of state", "person")
    report = read(flew, *KENYA, actors=(secretary, STATE))
    assert report.presumed("The secretary of state") is None, "no report on the U.S."
    report = read(flew, *KENYA, "US-backed rebels crossed the river.", actors=(secretary, STATE, ("US", "government")))
    assert report.presumed("The secretary of state") == "USA"


@pytest.mark.parametrize(
    ("kind", "side", "expected"),
    [
        ("person", "government", True), ("military", "government", True), ("armed group", "government", False),
        ("party", "government", False), ("people", "government", False), ("media", "government", False),
        ("party", "person", False), ("person", "person", True), ("government", "person", False),
        ("organisation", "organisation", True), ("organisation", "government", False),
        ("person", "armed group", True), ("armed group", "armed group", True), ("government", "government", True),
        ("military", "organisation", True), ("ngo", "ngo", False),
    ],
)  # fmt: skip
def test_who_acts_for_whom_and_who_only_comes_from_there(kind: ActorKind, side: ActorKind, expected: bool) -> None:
    assert belongs(kind, side) is expected
