"""The actors, times and places of a reading, a line for each: in comes a `Reading`, out go lines for its page.

Only what the reading holds is said: an actor without a side, a time without a value, a place without a point stay so.
"""

from truceline.records import Actor, Reading


def actor_lines(reading: Reading) -> list[str]:
    """`Name, role – of whom · kind · country · mentions`, in the order of the report."""
    names = {actor.id: actor.name for actor in reading.actors}
    return [_actor_line(actor, names) for actor in reading.actors]


def with_role(actor: Actor) -> str:
    """`Name, role`; the name alone where it is itself the role ("spokesman for the front")."""
    if actor.role is None or actor.role.casefold() in actor.name.casefold():
        return actor.name
    return f"{actor.name}, {actor.role}"


def _actor_line(actor: Actor, names: dict[str, str]) -> str:
    named = with_role(actor)
    if actor.of in names:
        named += f" – {names[actor.of]}"
    count = len(actor.mentions)
    facts = [named, actor.kind, actor.country, f"{count} mentions" if count > 1 else None]
    return " · ".join(fact for fact in facts if fact)


def time_lines(reading: Reading) -> list[str]:
    """`value  words`, calendar dates in their order, then lengths of time and the rest; each value once."""
    words: dict[str, list[str]] = {}
    for time in reading.times:
        found = words.setdefault(time.value or "no date", [])
        if time.text.quote not in found:
            found.append(time.text.quote)
    ordered = sorted(words, key=lambda value: (not value[:1].isdigit(), value))
    return [f"{value}  {', '.join(words[value])}" for value in ordered]


def place_lines(reading: Reading) -> list[str]:
    """`Name · country · latitude, longitude`, in the order of the report, each place once."""
    lines = []
    for place in reading.places:
        point = None
        if place.latitude is not None and place.longitude is not None:
            point = f"{place.latitude:.2f}, {place.longitude:.2f}"
        lines.append(" · ".join(fact for fact in (place.name, place.country or "country unknown", point) if fact))
    return list(dict.fromkeys(lines))
