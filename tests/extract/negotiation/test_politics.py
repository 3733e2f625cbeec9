"""A report is doubted the more, the fewer of its phrases for actors stand for political ones."""

import pytest

from tests.extract.negotiation.staged import annotated
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.politics import apolitical
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.records import Actor
from truceline.records.reading import ActorKind


def doubted(*kinds: ActorKind, of: dict[int, int] | None = None, pronouns: int = 0) -> float:
    """The doubt of a report with one phrase for an actor of each kind, who acts `of` another of them."""
    sides = {number: f"a{side}" for number, side in (of or {}).items()}
    actors = [Actor(f"a{n}", "X", kind, None, sides.get(n), None, []) for n, kind in enumerate(kinds)]
    references = [Reference(0, 1, 0, actor.id) for actor in actors]
    references += [Reference(0, 1, 0, actors[0].id, pronoun=True) for _ in range(pronouns)]
    return apolitical(Scene(Clauses(annotated("Clubs/NOUN/0/root")), actors, references, [], [], []))


def test_states_and_groups_are_not_doubted() -> None:
    assert doubted("government", "armed group", "organisation", "person") == 0


def test_clubs_and_players_are() -> None:
    assert doubted("other", "other", "person", "person", "media") > 5


def test_the_more_others_the_more_doubt() -> None:
    found = [doubted("government", "government", *["person"] * others) for others in (2, 5, 10)]
    assert found == sorted(found)
    assert found[0] < found[1] < found[2]


def test_who_acts_for_a_state_counts_with_it() -> None:
    alone = doubted("government", "person", "person", "person")
    assert doubted("government", "person", "person", "person", of={1: 0, 2: 1, 3: 2}) < alone


def test_pronouns_count_for_nothing() -> None:
    assert doubted("person", "government", pronouns=9) == pytest.approx(doubted("person", "government"))
