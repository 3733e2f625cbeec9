"""Mentions of actors: what the tagged phrases hold, and what names and speakers add to them."""

from dataclasses import replace

import pytest

from tests.extract.drawn import drawn, said
from tests.extract.mentioned import Read, read
from truceline.annotate import Tagged

MET = "Kenyan Foreign Minister Jan Okello met the rebels in Geneva."
OKELLO = "Kenyan Foreign Minister Jan Okello"


def test_a_minister_has_name_role_and_side() -> None:
    report = read(MET, actors=((OKELLO, "person"), ("the rebels", "armed group")), persons=("Jan Okello",))
    minister = report.one(OKELLO)
    assert report.words(minister.name) == "Jan Okello"
    assert report.words(minister.role) == "Foreign Minister"
    assert minister.side is not None
    assert minister.side.entry is not None
    assert minister.side.entry.key == "KEN"
    assert minister.side.inner
    assert report.one("Jan Okello").again is minister, "the bare name inside the phrase is the same person"
    assert report.outer() == [OKELLO, "Jan Okello", "the rebels"], "Geneva is a place"


def test_a_title_taken_into_the_name_is_taken_off() -> None:
    report = read(
        "President Okello thanked Queen Adela.",
        actors=(("President Okello", "person"),),
        persons=("President Okello", "Adela"),
    )
    assert report.words(report.one("President Okello").name) == "Okello"


def test_mr_is_no_role() -> None:
    report = read("Mr. Okello said the truce would hold.", actors=(("Mr. Okello", "person"),), persons=("Okello",))
    assert report.one("Mr. Okello").role is None


CUT = {
    "Kenya and Uganda said the pact was void.": ("Kenya and Uganda", ["Kenya", "Uganda"]),
    "The Kenyan army killed four rebels.": (
        "The Kenyan army killed four rebels", ["The Kenyan army", "four rebels"]),
    "The Lord's Resistance Army (LRA) released six hostages.": (
        "The Lord's Resistance Army (LRA)", ["The Lord's Resistance Army", "LRA"]),
    "The Free Savanna Front, or FSF, sent a letter.": (
        "The Free Savanna Front, or FSF", ["The Free Savanna Front", "FSF"]),
    "The ministers of Kenya and Uganda signed the accord.": (
        "The ministers of Kenya and Uganda", ["The ministers of Kenya and Uganda", "Kenya", "Uganda"]),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CUT)
def test_a_tagged_phrase_is_cut_into_single_actors(sentence: str) -> None:
    tagged, parts = CUT[sentence]
    assert read(sentence, actors=((tagged, "armed group"),)).outer() == parts


def test_what_stands_in_brackets_renames() -> None:
    report = read(
        "The Lord's Resistance Army (LRA) released six hostages.",
        actors=(("The Lord's Resistance Army (LRA)", "organisation"),),
    )
    long, short = report.one("The Lord's Resistance Army"), report.one("LRA")
    assert short.again is long
    assert (long.kind, short.kind) == ("armed group", "armed group"), "the registry corrects the kind"


@pytest.mark.parametrize("tagged", ["The envoy, Mira Sandal", "The envoy"])
def test_title_and_name_parted_by_a_comma_are_one_person(tagged: str) -> None:
    report = read("The envoy, Mira Sandal, left Khartoum.", actors=((tagged, "person"),), persons=("Mira Sandal",))
    assert report.one("The envoy").again is report.one("Mira Sandal")


def test_an_office_behind_the_name_belongs_to_the_person() -> None:
    tagged = "Mira Sandal, the head of the mission"
    report = read(
        "Mira Sandal, the head of the mission, praised both sides.",
        actors=((tagged, "person"),),
        persons=("Mira Sandal",),
    )
    assert report.one("the head of the mission").again is report.one("Mira Sandal")


@pytest.mark.parametrize(
    ("sentence", "tagged", "kind", "key"),
    [
        ("Kenya's Foreign Ministry confirmed the visit.", "Kenya's Foreign Ministry", "government", "KEN"),
        ("Nairobi said the army had left.", "Nairobi", "government", "KEN"),
        ("The U.N. said the statement was false.", "The U.N.", "person", "un"),
        ("Reuters reported that the bridge was down.", "Reuters", "person", "reuters"),
    ],
)
def test_ministries_capitals_and_names_are_whom_the_registry_knows(
    sentence: str, tagged: str, kind: str, key: str
) -> None:
    entry = read(sentence, actors=((tagged, kind),)).one(tagged).entry
    assert entry is not None
    assert entry.key == key


def test_an_aide_is_not_the_person_who_owns_him() -> None:
    report = read("Okello's aide called the offer empty.", actors=(("Okello's aide", "person"),), persons=("Okello",))
    aide = report.one("Okello's aide")
    assert aide.name is None
    assert aide.side is report.one("Okello")


def test_an_administration_is_not_its_president() -> None:
    report = read(
        "The Okello administration ignored the plan.",
        actors=(("The Okello administration", "person"),),
        persons=("Okello",),
    )
    assert report.one("The Okello administration").kind == "government"
    assert report.one("The Okello administration").again is None


def test_an_envoy_is_of_the_sender_and_not_of_where_he_is_sent() -> None:
    tagged = "U.N. envoy to Sudan Mira Sandal"
    report = read("U.N. envoy to Sudan Mira Sandal arrived.", actors=((tagged, "person"),), persons=("Mira Sandal",))
    side = report.one(tagged).side
    assert side is not None
    assert side.entry is not None
    assert side.entry.key == "un"


def test_a_spokesman_for_a_group_is_of_the_group() -> None:
    report = read(
        "A spokesman for the movement said the camps were safe.",
        actors=(("A spokesman", "person"), ("the movement", "armed group")),
    )
    assert report.one("A spokesman").side is report.one("the movement")


def test_a_possessive_pronoun_is_kept_as_owner() -> None:
    report = read(
        "Its spokesman, Anton Weru, denied the report.", actors=(("Its spokesman", "person"),), persons=("Anton Weru",)
    )
    spokesman = report.one("Its spokesman")
    assert spokesman.owner == 0
    assert spokesman.again is report.one("Anton Weru")


def test_speakers_and_names_that_no_tag_covers_are_mentions() -> None:
    report = read(
        "Aid workers said food was scarce.",
        "Reuters reported that the bridge was down.",
        "Kenyan Foreign Minister Jan Okello met the rebels in Geneva.",
        said=(said("Aid workers", "said", "food was scarce"),),
    )
    assert report.outer() == ["Aid workers", "Reuters"], "a demonym alone makes no actor"


def test_texts_and_things_that_speak_are_no_actors() -> None:
    report = read("The statement said the siege was over.", said=(said("The statement", "said", "the siege was over"),))
    assert report.mentions == []


def test_unsure_phrases_count_only_with_support() -> None:
    report = drawn(
        "Kenya and Uganda said the pact was void.", "Two soldiers fled.",
        actors=(("Uganda", "government"), ("Two soldiers", "military")),
    )  # fmt: skip
    unsure = replace(report, actors=[Tagged(t.first, t.end, t.label, 0.3) for t in report.actors])
    assert Read(unsure).outer() == ["Uganda"], "the registry knows Uganda; nobody speaks for the soldiers"


def test_the_press_calls_a_government_by_its_leader() -> None:
    report = read(
        "The Obama administration ignored the plan.",
        actors=(("The Obama administration", "person"),),
        persons=("Obama",),
    )
    entry = report.one("The Obama administration").entry
    assert entry is not None
    assert entry.key == "USA"


def test_a_state_between_two_actors_of_a_list_is_one() -> None:
    report = read(
        "Egypt, New Zealand and Spain signed the text.", actors=(("Egypt", "government"), ("Spain", "government"))
    )
    assert report.outer() == ["Egypt", "New Zealand", "Spain"]
    assert read("Egypt, New Zealand and Spain signed the text.", actors=(("Egypt", "government"),)).outer() == ["Egypt"]


def test_whom_a_person_is_of_stands_behind_the_name() -> None:
    tagged = "Anton Weru of the Lord's Resistance Army"
    report = read(
        "Anton Weru of the Lord's Resistance Army left.", actors=((tagged, "person"),), persons=("Anton Weru",)
    )
    side = report.one(tagged).side
    assert side is not None
    assert side.entry is not None
    assert side.entry.key == "lra"


def test_an_office_in_the_name_of_a_body_is_still_the_office() -> None:
    tagged = "U.N. Secretary-General Mira Sandal"
    report = read(
        "U.N. Secretary-General Mira Sandal praised the accord.", actors=((tagged, "person"),), persons=("Mira Sandal",)
    )
    person = report.one(tagged)
    assert report.words(person.role) == "Secretary-General"
    assert person.side is not None
    assert person.side.entry is not None
    assert person.side.entry.key == "un"


def test_a_place_tagged_as_a_person_is_no_actor() -> None:
    report = drawn("Nairobi said the army had left.", actors=(("Nairobi", "person"),))
    assert Read(report).one("Nairobi").kind == "government", "as a seat it is a government"
    place = drawn("The two groups met in Arusha.", actors=(("Arusha", "person"),))
    place = replace(place, entities=[Tagged(t.first, t.end, "LOC", 0.9) for t in place.actors])
    assert Read(place).mentions == []
