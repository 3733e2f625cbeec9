"""Whether a report is about politics at all: deals, truces and summits are told of in sport and film too."""

from truceline.extract.negotiation.scene import Scene

POLITICAL = frozenset({"government", "military", "armed group", "organisation", "party"})
_FEW = 3  # phrases for somebody else that are taken for granted, so that short reports decide little
_SHARE = 0.33  # of phrases for political actors, from which nothing is doubted
_STEEP = 25.0  # chosen, like the share, on the development reports and on texts of other kinds
_DEEP = 3  # persons of bodies of states


def apolitical(scene: Scene) -> float:
    """What is added to the score of being no mention, term, commitment or event, in a report that is not political.

    Nought where phrases for states, armed forces and groups, parties, international bodies and those who act for them
    make up a third of all phrases for actors; the fewer they are, the more.
    """
    political = {actor.id for actor in scene.actors if actor.kind in POLITICAL}
    for _ in range(_DEEP):
        political |= {actor.id for actor in scene.actors if actor.of in political}
    named = [reference.actor in political for reference in scene.references if not reference.pronoun]
    return _STEEP * max(0.0, _SHARE - sum(named) / (len(named) + _FEW))
