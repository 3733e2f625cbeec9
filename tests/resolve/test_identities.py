"""Which mentions are one actor: clusters of drawn reports, and what must hold of the actors of any report."""

from typing import Any

import pytest

from tests.extract.drawn import drawn, repeated
from truceline.annotate import Annotation
from truceline.extract import Clauses, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.records import Actor
from truceline.resolve import Identities, identified

MET = "Kenyan Foreign Minister Jan Okello met the rebels in Geneva."
MET_ACTORS = (("Kenyan Foreign Minister Jan Okello", "person"), ("the rebels", "armed group"))
WARNED = "The foreign minister warned that time was short."
LRA = "The Lord's Resistance Army (LRA) released six hostages."
LRA_ACTORS = (("The Lord's Resistance Army (LRA)", "armed group"), ("six hostages", "people"))
SPOKESMAN = "A spokesman for the movement said the camps were safe."
GROUP = "Uganda's main rebel group rejected the accord."
FRONT = "The Free Savanna Front said its men would stay."


def actors_of(annotation: Annotation) -> Identities:
    return identified(annotation, mentions(Clauses(annotation), statements(annotation), load_registry()))


def read(*sentences: str, **layers: Any) -> dict[str, Actor]:
    """The actors of a drawn report by their names."""
    return {actor.name: actor for actor in actors_of(drawn(*sentences, **layers)).actors}


def quotes(actor: Actor) -> list[str]:
    return [mention.quote for mention in actor.mentions]


def test_a_minister_by_office_surname_and_description() -> None:
    found = read(
        MET, "Mr. Okello said the truce would hold.", WARNED,
        actors=(*MET_ACTORS, ("Mr. Okello", "person"), ("The foreign minister", "person")),
        persons=("Jan Okello", "Okello@2"),
    )  # fmt: skip
    okello = found["Jan Okello"]
    assert quotes(okello) == [
        "Kenyan Foreign Minister Jan Okello", "Jan Okello", "Mr. Okello", "Okello", "The foreign minister",
    ]  # fmt: skip
    assert (okello.role, okello.country, okello.of) == ("Foreign Minister", "KEN", found["Kenya"].id)
    assert quotes(found["Kenya"]) == ["Kenyan"]
    assert len(found) == 3, "and the rebels"


def test_another_office_is_another_person() -> None:
    found = read(
        MET, "The president said talks would go on.", actors=(*MET_ACTORS, ("The president", "person")),
        persons=("Jan Okello",),
    )  # fmt: skip
    assert quotes(found["president"]) == ["The president"]


def test_the_president_is_who_is_spoken_of_most_if_no_office_is_told() -> None:
    found = read(
        "Okello told Sandal that the road was open.", "Okello's aide called the offer empty.",
        "The president said talks would go on.",
        actors=(("The president", "person"),), persons=("Okello", "Sandal", "Okello@2"),
    )  # fmt: skip
    assert quotes(found["Okello"]) == ["Okello", "Okello", "The president"]


def test_the_president_of_a_report_with_a_president_is_the_president() -> None:
    found = read(
        "President Okello thanked Queen Adela.", "The president said talks would go on.",
        actors=(("President Okello", "person"), ("Queen Adela", "person"), ("The president", "person")),
        persons=("Okello", "Adela"),
    )  # fmt: skip
    assert "The president" in quotes(found["Okello"])
    assert quotes(found["Adela"]) == ["Queen Adela", "Adela"]


def test_acronym_and_long_name_are_one_group_and_the_movement_means_it() -> None:
    found = read(
        LRA, "The LRA said it wanted peace.", SPOKESMAN,
        actors=(*LRA_ACTORS, ("The LRA", "armed group"), ("A spokesman", "person"), ("the movement", "armed group")),
    )  # fmt: skip
    lra = found["Lord's Resistance Army"]
    assert quotes(lra) == ["The Lord's Resistance Army", "LRA", "The LRA", "the movement"]
    assert (lra.kind, lra.country) == ("armed group", "UGA")
    assert found["spokesman"].of == lra.id
    assert found["spokesman"].country == "UGA"


def test_its_spokesman_is_of_the_body_named_last() -> None:
    found = read(
        LRA, "Its spokesman, Anton Weru, denied the report.",
        actors=(*LRA_ACTORS, ("Its spokesman", "person")), persons=("Anton Weru",),
    )  # fmt: skip
    assert quotes(found["Anton Weru"]) == ["Its spokesman", "Anton Weru"]
    assert found["Anton Weru"].of == found["Lord's Resistance Army"].id


def test_state_ministry_and_government_are_one_actor_and_the_army_another() -> None:
    found = read(
        "Kenya's Foreign Ministry confirmed the visit.", "The government rejected the offer.",
        "The Kenyan army killed four rebels.", "Nairobi said the army had left.",
        actors=(
            ("Kenya's Foreign Ministry", "government"), ("The government", "government"),
            ("The Kenyan army", "military"), ("Nairobi", "government"), ("the army", "military"),
        ),
    )  # fmt: skip
    assert {"Kenya's Foreign Ministry", "The government", "Nairobi"} <= set(quotes(found["Kenya"]))
    assert found["Kenya"].of is None
    [army] = [actor for actor in found.values() if actor.kind == "military"]
    assert quotes(army) == ["The Kenyan army", "the army"]
    assert army.of == found["Kenya"].id


def test_unnamed_officials_are_an_actor_of_their_own_side() -> None:
    found = read("Ugandan officials said the rebels had fled.", actors=(("Ugandan officials", "government"),))
    assert found["officials" if "officials" in found else "Ugandan officials"].of == found["Uganda"].id


def test_who_is_described_first_and_named_in_the_next_sentence() -> None:
    found = read(
        GROUP, FRONT,
        actors=(("Uganda's main rebel group", "armed group"), ("The Free Savanna Front", "armed group")),
    )  # fmt: skip
    [group] = [actor for actor in found.values() if actor.kind == "armed group"]
    assert quotes(group) == ["Uganda's main rebel group", "The Free Savanna Front"]


def test_a_number_brings_in_somebody_new() -> None:
    found = actors_of(
        drawn(
            "Two soldiers died near the border.", "Two soldiers fled.",
            actors=(("Two soldiers", "military"), ("Two soldiers@2", "military")),
        )
    ).actors  # fmt: skip
    assert len(found) == 2


def test_the_administration_of_a_leader_whom_nobody_knows_stays_its_own() -> None:
    found = read(
        "The Okello administration ignored the plan.", "Kenya and Uganda said the pact was void.",
        actors=(("The Okello administration", "government"), ("Kenya and Uganda", "government")), persons=("Okello",),
    )  # fmt: skip
    assert quotes(found["Kenya"]) == ["Kenya"]
    assert found["Okello"].kind == "person"


def test_any_group_is_nobody_in_particular() -> None:
    found = read(
        LRA, "Any armed group could attack.", "The militants fled.",
        actors=(*LRA_ACTORS, ("Any armed group", "armed group"), ("The militants", "armed group")),
    )  # fmt: skip
    assert quotes(found["Lord's Resistance Army"])[-1] == "The militants"


def test_the_government_as_owner_is_the_state_the_report_is_about() -> None:
    found = read(
        "The Kenyan army killed four rebels.", "The government's negotiator left.",
        actors=(("The Kenyan army", "military"), ("The government's negotiator", "person")),
    )  # fmt: skip
    assert found["government's negotiator"].of == found["Kenya"].id


def test_the_president_is_not_the_former_one() -> None:
    found = read(
        "Former President Okello praised the accord.", "The president said talks would go on.",
        actors=(("Former President Okello", "person"), ("The president", "person")), persons=("Okello",),
    )  # fmt: skip
    assert quotes(found["president"]) == ["The president"]


def test_leaders_are_no_single_leader() -> None:
    found = read(
        "Okello told Sandal that the road was open.", "The leaders left.",
        actors=(("The leaders", "other"),), persons=("Okello", "Sandal"),
    )  # fmt: skip
    assert quotes(found["leaders"]) == ["The leaders"]


REPORT = (
    MET, "Mr. Okello said the truce would hold.", LRA, "Its spokesman, Anton Weru, denied the report.", SPOKESMAN,
    "U.N. envoy to Sudan Mira Sandal arrived.", "Okello's aide called the offer empty.",
)  # fmt: skip
LAYERS = {
    "actors": (
        *MET_ACTORS, ("Mr. Okello", "person"), *LRA_ACTORS, ("Its spokesman", "person"), ("A spokesman", "person"),
        ("the movement", "armed group"), ("U.N. envoy to Sudan Mira Sandal", "person"), ("Okello's aide", "person"),
    ),
    "persons": ("Jan Okello", "Okello@2", "Anton Weru", "Mira Sandal", "Okello@3"),
}  # fmt: skip


@pytest.mark.parametrize("times", [1, 5])
def test_ids_sides_and_spans_hold_together(times: int) -> None:
    layers: Any = LAYERS
    annotation = repeated(drawn(*REPORT, **layers), times)
    found = actors_of(annotation)
    by_id = {actor.id: actor for actor in found.actors}
    assert len(by_id) == len(found.actors)
    assert set(found.ids) == set(by_id), "every mention names an actor, every actor has a mention"
    text = annotation.report.text
    for actor in found.actors:
        assert actor.mentions
        assert all(text[m.start : m.end] == m.quote for m in actor.mentions)
        assert len({(m.start, m.end) for m in actor.mentions}) == len(actor.mentions)
        seen = set()
        at: str | None = actor.id
        while at is not None:
            assert at not in seen, "nobody belongs to himself"
            seen.add(at)
            at = by_id[at].of


def test_a_repeated_report_has_the_same_actors() -> None:
    layers: Any = LAYERS
    once = actors_of(drawn(*REPORT, **layers)).actors
    named = {actor.name for actor in once if actor.name != "spokesman"}
    assert named <= {actor.name for actor in actors_of(repeated(drawn(*REPORT, **layers), 4)).actors}


def test_a_report_without_actors_has_none() -> None:
    assert actors_of(drawn("The two groups met in Arusha.")).actors == []
