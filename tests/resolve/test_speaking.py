"""Who speaks: names, descriptions, joint speakers, pronouns some sentences on, texts; and who is spoken to."""

from typing import Any

from tests.extract.drawn import Said, drawn, said
from truceline.extract import Clauses, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.resolve import identified, with_speakers

MET = "Kenyan Foreign Minister Jan Okello met the rebels in Geneva."
# The pronoun's sentence is the second in which somebody "said" something, unless the test says otherwise.
HE_SAID = said("He", "said@2", "the border would open")
SHE_SAID = said("She", "said@2", "nothing had changed")
IT_SAID = said("It", "said@2", "the talks had failed")
THEY_SAID = said("They", "said@2", "the road was closed")
HE, SHE = "He said the border would open.", "She said nothing had changed."
IT, THEY = "It said the talks had failed.", "They said the road was closed."
OKELLO_SAID = said("Mr. Okello", "said", "the truce would hold")
LRA_SAID = said("The LRA", "said", "it wanted peace")


def speakers(*sentences: str, said: tuple[Said, ...], **layers: Any) -> list[str | None]:
    """The names of the speakers of a drawn report's statements, in their order."""
    return [speaker for speaker, _ in told(*sentences, said=said, **layers)]


def told(*sentences: str, said: tuple[Said, ...], **layers: Any) -> list[tuple[str | None, str | None]]:
    """The names of speaker and addressee of each statement."""
    annotation = drawn(*sentences, said=said, **layers)
    clauses, found = Clauses(annotation), statements(annotation)
    identities = identified(annotation, mentions(clauses, found, load_registry()))
    names: dict[str | None, str] = {actor.id: actor.name for actor in identities.actors}
    return [(names.get(s.speaker), names.get(s.addressee)) for s in with_speakers(clauses, found, identities)]


def test_a_pronoun_two_sentences_on_is_who_spoke() -> None:
    found = speakers(
        "Mr. Okello said the truce would hold.", "The two groups met in Arusha.", HE,
        said=(OKELLO_SAID, HE_SAID), actors=(("Mr. Okello", "person"),), persons=("Okello",),
    )  # fmt: skip
    assert found == ["Okello", "Okello"]


def test_who_spoke_goes_before_who_was_merely_named() -> None:
    found = speakers(
        "Okello told Sandal that the road was open.", HE,
        said=(said("Okello", "told", "the road was open"), said("He", "said", "the border would open")),
        persons=("Okello", "Sandal"),
    )  # fmt: skip
    assert found == ["Okello", "Okello"]


def test_titles_tell_he_from_she() -> None:
    found = speakers(
        "Queen Adela opened the session.", "Mr. Okello said the truce would hold.", SHE, HE,
        said=(OKELLO_SAID, SHE_SAID, said("He", "said@3", "the border would open")),
        actors=(("Queen Adela", "person"), ("Mr. Okello", "person")), persons=("Adela", "Okello"),
    )  # fmt: skip
    assert found == ["Okello", "Adela", "Okello"]


def test_it_is_a_body_and_he_is_none() -> None:
    report = ("The LRA said it wanted peace.", IT)
    assert speakers(*report, said=(LRA_SAID, IT_SAID), actors=(("The LRA", "armed group"),)) == [
        "Lord's Resistance Army",
        "Lord's Resistance Army",
    ]
    report = ("The LRA said it wanted peace.", HE)
    assert speakers(*report, said=(LRA_SAID, HE_SAID), actors=(("The LRA", "armed group"),)) == [
        "Lord's Resistance Army",
        None,
    ]


def test_they_are_those_who_spoke_as_many() -> None:
    found = speakers(
        "Ugandan officials said the rebels had fled.", THEY,
        said=(said("Ugandan officials", "said", "the rebels had fled"), THEY_SAID),
        actors=(("Ugandan officials", "government"), ("the rebels", "armed group")),
    )  # fmt: skip
    assert found == ["Ugandan officials", "Ugandan officials"]


def test_a_pronoun_without_anybody_before_it_stays_open() -> None:
    assert speakers(HE, said=(said("He", "said", "the border would open"),)) == [None]


def test_a_pronoun_far_behind_stays_open() -> None:
    between = ["The two groups met in Arusha.", "Two soldiers died near the border.", "Two soldiers fled."]
    found = speakers(
        "Mr. Okello said the truce would hold.", *between, *between, HE,
        said=(OKELLO_SAID, HE_SAID), actors=(("Mr. Okello", "person"),), persons=("Okello",),
    )  # fmt: skip
    assert found == ["Okello", None]


def test_of_joint_speakers_the_first_named_speaks() -> None:
    found = speakers(
        "Kenya and Uganda said the pact was void.", said=(said("Kenya and Uganda", "said", "the pact was void"),)
    )
    assert found == ["Kenya"]


def test_a_description_is_the_person_described() -> None:
    found = speakers(
        MET, "The foreign minister warned that time was short.",
        said=(said("The foreign minister", "warned", "time was short"),),
        actors=(("Kenyan Foreign Minister Jan Okello", "person"), ("The foreign minister", "person")),
        persons=("Jan Okello",),
    )  # fmt: skip
    assert found == ["Jan Okello"]


def test_no_name_inside_a_description_speaks_for_it() -> None:
    found = speakers(
        "Okello's aide called the offer empty.", said=(said("Okello's aide", "called", "empty"),), persons=("Okello",)
    )
    assert found == ["Okello's aide"]


def test_the_statement_speaks_for_who_spoke_just_before() -> None:
    report = ("The U.N. said the statement was false.", "The statement said the siege was over.")
    text = said("The statement", "said@2", "the siege was over")
    assert speakers(*report, said=(said("The U.N.", "said", "the statement was false"), text)) == ["United Nations"] * 2
    assert speakers(report[1], said=(said("The statement", "said", "the siege was over"),)) == [None]


def test_who_is_spoken_to() -> None:
    found = told(
        "Okello told Sandal that the road was open.",
        said=(said("Okello", "told", "Sandal that the road was open"),), persons=("Okello", "Sandal"),
    )  # fmt: skip
    assert found == [("Okello", "Sandal")]


def test_a_participle_goes_on_with_who_spoke_in_the_sentence() -> None:
    sentence = "Mr. Okello said the truce would hold, adding that talks would resume."
    layers: Any = {"actors": (("Mr. Okello", "person"),), "persons": ("Okello",)}
    more = said(None, "adding", "talks would resume")
    assert speakers(sentence, said=(OKELLO_SAID, more), **layers) == ["Okello", "Okello"]


def test_the_verb_before_a_content_without_a_cue_names_the_speaker() -> None:
    found = speakers(
        "Officials say the road is shut.", said=(said(None, None, "the road is shut"),),
        actors=(("Officials", "government"),),
    )  # fmt: skip
    assert found == ["Officials"]


def test_an_official_without_a_name_is_he_or_she_once_he_has_spoken() -> None:
    found = speakers(
        "Mr. Okello said the truce would hold.", "A Western diplomat said the camps were safe.", SHE,
        said=(
            OKELLO_SAID,
            said("A Western diplomat", "said@2", "the camps were safe"),
            said("She", "said@3", "nothing had changed"),
        ),
        actors=(("Mr. Okello", "person"), ("A Western diplomat", "government")), persons=("Okello",),
    )  # fmt: skip
    assert found[1] is not None
    assert found[2] == found[1]


def test_where_the_tree_has_lost_the_subject_the_only_actor_before_the_verb_speaks() -> None:
    sentence = "Rebels dug in near the border said the road was closed."
    told_of = said(None, "said", "the road was closed")
    assert speakers(sentence, said=(told_of,), actors=(("Rebels", "armed group"),)) == ["Rebels"]
    both = (("Rebels", "armed group"), ("the border", "other"))
    assert speakers(sentence, said=(told_of,), actors=both) == [None]
