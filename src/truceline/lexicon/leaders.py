"""Leaders of states by name: what comes in is a person's name and a year, what goes out is the state that they led.

The table is `leaders.yaml`. It says of which state a leader is, never what somebody is called.
"""

import re
from dataclasses import dataclass
from functools import cache

from truceline.lexicon import entries
from truceline.lexicon.folding import plain

Words = tuple[str, ...]
_YEARS = re.compile(r" (\d{4})-(\d{4})?$")
_PARTING = re.compile(r"[^\w']+")
_ARTICLES = frozenset({"al", "el", "the"})
_NEAR = 1  # years before and after the time in power in which the surname alone tells


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state or government; `state` is a key of the registry, `until` None for who is still in power."""

    state: str
    words: Words
    since: int
    until: int | None

    def ruled(self, year: int, margin: int = 0) -> bool:
        """Whether the leader was in power in this year, or so many years before or after."""
        return self.since - margin <= year and (self.until is None or year <= self.until + margin)


@dataclass(frozen=True, slots=True)
class Led:
    """The state of a leader: `state` is a key of the registry; `in_power`: in the year asked for."""

    state: str
    in_power: bool


def state_led(name: str, year: int | None) -> Led | None:
    """The state that a person of this name led; None if there is none, or if leaders of two states have the name.

    A full name tells at any time, a surname alone only around the years in power; without a year it tells nothing.
    """
    words = name_words(name)
    found = [leader for leader in _by_word().get(words[-1] if words else "", ()) if _is(leader, words, year)]
    if len({leader.state for leader in found}) != 1:
        return None
    return Led(found[0].state, year is not None and any(leader.ruled(year) for leader in found))


def name_words(name: str) -> Words:
    """The words of a name as the table has them: small letters, no accents, articles or hyphens."""
    words = _PARTING.split(plain(name).lower())
    return tuple(word for word in words if word and word not in _ARTICLES)


def _is(leader: Leader, words: Words, year: int | None) -> bool:
    if len(words) == 1:
        return year is not None and leader.ruled(year, _NEAR)
    short, long = sorted((words, leader.words), key=len)
    if len(short) == 1 or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return long[-len(short) :] == short or (short[0] == long[0] and all(word in rest for word in short))


@cache
def _by_word() -> dict[str, list[Leader]]:
    """The leaders by the last word of their names."""
    found: dict[str, list[Leader]] = {}
    for state, names in entries("leaders").items():
        for written in sorted(names):
            years = _YEARS.search(written)
            if years is None:
                raise ValueError(f"leaders.yaml: '{written}' lacks its years; write them as in 'jan okello 1994-2001'")
            words = name_words(written[: years.start()])
            until = int(years[2]) if years[2] else None
            found.setdefault(words[-1], []).append(Leader(state, words, int(years[1]), until))
    return found
