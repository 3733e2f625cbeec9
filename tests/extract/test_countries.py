"""Which country an actor belongs to or acts in, by its phrase, its leader, and what the report is about."""

import pytest

from tests.extract.mentioned import read

KENYA = ("Soldiers guarded the hall in Kenya.", "The president of Kenya thanked them.")
Tagged = tuple[tuple[str, str], ...]

# A sentence, what is tagged in it, and the country of an actor in a report on Kenya.
WITHOUT_NAME = [
    ("The rebels left the town.", ("The rebels", "armed group"), "KEN"),
    ("Three civilians were wounded.", ("Three civilians", "people"), "KEN"),
    ("Government troops shelled the camp.", ("Government troops", "military"), "KEN"),
    ("The opposition boycotted the vote.", ("The opposition", "party"), "KEN"),
    ("US-backed rebels crossed the river.", ("US-backed rebels", "armed group"), "KEN"),
    ("Foreign troops entered the town.", ("Foreign troops", "military"), None),
    ("World powers hailed the deal.", ("World powers", "government"), None),
    ("Western diplomats left the town.", ("Western diplomats", "government"), None),
    ("Analysts from Europe left.", ("Analysts", "people"), None),
    ("The head of the Savanna Institute resigned.", ("The head of the Savanna Institute", "person"), None),
]


@pytest.mark.parametrize(("sentence", "tagged", "country"), WITHOUT_NAME)
def test_actors_without_a_name_are_of_the_country_of_the_report(
    sentence: str, tagged: tuple[str, str], country: str | None
) -> None:
    assert read(*KENYA, sentence, actors=(tagged,)).one(tagged[0]).country == country


@pytest.mark.parametrize(
    ("sentences", "country"),
    [
        (("The rebels left the town.", *KENYA), "KEN"),
        (("The rebels left the town.", "Egypt shut the border.", KENYA[0]), None),  # as often as each other
        (("The rebels left the town.",), None),
        (("The rebels left the town.", "The Lord's Resistance Army signed the pact."), "UGA"),  # of its groups too
        (("The rebels left the town.", "South Sudan shut the border."), "SSD"),
    ],
)
def test_where_a_report_plays(sentences: tuple[str, ...], country: str | None) -> None:
    assert read(*sentences, actors=(("The rebels", "armed group"),)).one("The rebels").country == country


def test_places_say_where_a_report_plays() -> None:
    left = "The rebels left the town."
    tagged = (("The rebels", "armed group"), ("Residents of Kisumu", "people"))
    report = read(left, "Residents of Kisumu fled.", actors=tagged, places=(("Kisumu", "KEN"),))
    assert report.one("The rebels").country == "KEN"
    assert report.one("Residents of Kisumu").country == "KEN"
    assert read(left, "Residents of Kisumu fled.", actors=tagged).one("The rebels").country is None


def test_the_government_is_that_of_the_country_in_which_the_report_plays() -> None:
    """Talks in Cairo on a war in Kenya: Egypt is named as often as Kenya, but the places are Kenya's."""
    sentences = ("Egypt shut the border.", "Soldiers guarded the hall in Kenya.", "Residents of Kisumu fled.")
    tagged = (("Soldiers", "military"), ("Egypt", "government"))
    for places, key in (((("Kisumu", "KEN"),), "KEN"), ((("Kisumu", "EGY"),), "EGY")):
        local = read(*sentences, actors=tagged, places=places).one("Soldiers").local
        assert local is not None
        assert local.key == key


def test_no_government_is_presumed_where_the_report_plays_elsewhere_than_in_the_state_it_names_most() -> None:
    """Egypt mediates in a war in Kenya: "the government" is nobody's until the report says whose."""
    sentences = (*["Egypt shut the border."] * 2, "The rebels left the town.", *["Residents of Kisumu fled."] * 3)
    tagged = (("The rebels", "armed group"), ("Egypt", "government"))
    assert read(*sentences, actors=tagged, places=(("Kisumu", "KEN"),)).one("The rebels").local is None
    here = read(*sentences, actors=tagged, places=(("Kisumu", "EGY"),)).one("The rebels").local
    assert here is not None
    assert here.key == "EGY"


def test_the_bare_name_of_a_place_is_no_actor() -> None:
    tagged = (("Kisumu", "armed group"), ("Residents of Kisumu", "people"))
    report = read("Residents of Kisumu fled.", actors=tagged, places=(("Kisumu", "KEN"),))
    assert report.outer() == ["Residents of Kisumu"]
    assert read("Residents of Kisumu fled.", actors=tagged).outer() == ["Residents of Kisumu", "Kisumu"]
    assert read("Egypt shut the border.", actors=(("Egypt", "government"),), places=(("Egypt", "EGY"),)).outer() == [
        "Egypt"
    ]


# What is tagged, the places of the report, and the country that its own words give it in a report on Kenya.
BY_WORDS = [
    ("Residents of Kisumu fled.", ("Residents of Kisumu", "people"), ("Kisumu", "UGA"), "UGA"),
    ("Kenyan and Ugandan officials met in Geneva.", ("Kenyan and Ugandan officials", "government"), None, None),
    ("Pro-Assad fighters held the bridge.", ("Pro-Assad fighters", "armed group"), None, "SYR"),
    ("The Aden-based council split.", ("The Aden-based council", "party"), ("Aden", "YEM"), "YEM"),
    ("US-backed rebels crossed the river.", ("US-backed rebels", "armed group"), ("US", "USA"), "KEN"),
    ("His Kenyan counterpart agreed.", ("His Kenyan counterpart", "person"), None, "KEN"),
]


@pytest.mark.parametrize(("sentence", "tagged", "place", "country"), BY_WORDS)
def test_the_words_of_a_phrase_say_the_country(
    sentence: str, tagged: tuple[str, str], place: tuple[str, str] | None, country: str | None
) -> None:
    places = () if place is None else (place,)
    assert read(sentence, *KENYA, actors=(tagged,), places=places).one(tagged[0]).country == country


def test_a_phrase_of_several_states_names_each_and_is_of_none() -> None:
    tagged = ("Kenyan and Ugandan officials", "government")
    report = read("Kenyan and Ugandan officials met in Geneva.", actors=(tagged,))
    assert report.side(tagged[0]) is None
    assert report.outer() == ["Kenyan and Ugandan officials", "Kenyan", "Ugandan"]


def test_leaders_are_of_the_states_that_they_lead() -> None:
    tagged = (("Putin", "person"), ("Obama", "person"))
    alone = read("Putin spoke to Obama.", actors=tagged, persons=("Putin", "Obama"))
    assert [alone.one(name).country for name in ("Putin", "Obama")] == [None, None], "surnames in a report on no state"
    report = read(
        "Putin spoke to Obama.", "The secretary of state flew to Cairo.", "US-backed rebels crossed the river.",
        actors=(*tagged, ("US", "government")), persons=("Putin", "Obama"),
    )  # fmt: skip
    assert report.one("Obama").country == "USA"
    assert report.presumed("Obama") == "USA"
    assert report.one("Putin").country is None
