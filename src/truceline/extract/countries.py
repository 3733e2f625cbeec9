"""Which country an actor belongs to or acts in, by the words of its phrase and by what the report is about. GUIDE §2.

What the registry knows of an actor, or of its side, goes before; what is found here is for all others: "the residents
of Aden", "Syrian rebels", "Mr. Putin", "the security forces". Where two countries come into question there is none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from truceline.annotate import Annotation
from truceline.extract.mention import Mention
from truceline.extract.report_names import ReportNames, tie
from truceline.lexicon import entries
from truceline.lexicon.leaders import Led, name_words, state_led
from truceline.lexicon.registry import Entry
from truceline.records import Place

Range = tuple[int, int]
_UNNAMED = frozenset({"armed group", "people", "military", "government", "party", "other"})
_FIGHTING = frozenset({"armed group", "military", "party"})
_CLAUSE = frozenset({"who", "which", "that", "whom", "whose"})


class Countries:
    """The countries of one report: which it names most, by states and by places, and which stand in a phrase.

    `acting` is the country whose state the report names as often as all other states together, and twice as often as
    any; `ground` the one that it names more than all others, places, parties and armed groups counted too. None where
    no country is.
    """

    def __init__(self, a: Annotation, names: ReportNames, where: Sequence[Place], persons: Iterable[Range]) -> None:
        self.a, self.names = a, names
        self.located = _located(a, where)
        states = Counter(n.entry.country for n in names.names if n.entry.kind == "government" and n.entry.country)
        others = Counter(n.entry.country for n in names.names if n.entry.kind in _FIGHTING and n.entry.country)
        places = Counter(
            country for first, (_, country) in self.located.items() if country is not None and names.at(first) is None
        )
        self.acting = _foremost(states)
        self.ground = _most(states + places + others)
        self.full: dict[str, set[tuple[str, ...]]] = {}  # the full names of persons by their last words
        for first, end in persons:
            words = name_words(" ".join(a.forms[first:end]))
            if len(words) > 1:
                self.full.setdefault(words[-1], set()).add(words)

    def is_place(self, first: int, end: int) -> bool:
        """Whether the words are just the name of one of the report's places, and of nobody that the registry knows."""
        return self.located.get(first, (0, None))[0] == end and self.names.at(first) is None

    def state(self) -> Entry | None:
        """The state that the report is about: `acting`, else `ground`, else the one that it names most."""
        counts = self.names.counts
        states = sorted(counts, key=lambda key: -counts[key])
        for country in (self.acting, self.ground):
            found = [key for key in states if country is not None and self.names.registry[key].country == country]
            if found:
                return self.names.registry[found[0]]
        return self.names.registry[states[0]] if states else None

    def inside(self, first: int, end: int) -> set[str]:
        """The countries that the words name, as states or places; not those that are only tied on ("US-backed")."""
        found = set()
        at = first
        while at < end and self.a.forms[at].lower() not in _CLAUSE:
            named = self.names.at(at)
            if named is not None and named.first == at:
                if named.entry.kind == "government" and named.entry.country and self._tells(at, named.end):
                    found.add(named.entry.country)
                at = max(named.end, at + 1)
            elif at in self.located:
                stop, country = self.located[at]
                if country is not None and self._tells(at, stop):
                    found.add(country)
                at = stop
            else:
                at += 1
        return found

    def _tells(self, first: int, end: int) -> bool:
        """Whether a name says of what is called by it where that is: not in "US-backed", but in "Aden-based"."""
        tied = tie(self.a, first, end)
        return tied is None or tied in entries("descriptions")["seated"]

    def of(self, mention: Mention) -> str | None:
        """The country of an actor by its phrase, by whom it led, else, without a name, where the report plays.

        None for those from outside ("foreign forces", "world powers") and where the phrase names two countries.
        """
        if mention.kind == "organisation":
            return None
        if mention.kind == "person" and mention.name is not None:
            led = self.led(" ".join(self.a.forms[slice(*mention.name)]))
            return self.names.registry[led.state].country if led is not None else None
        inside = self.inside(mention.first, mention.end) or self._by_stance(mention.first, mention.end)
        if inside:
            return inside.pop() if len(inside) == 1 else None
        if not self._is_unnamed(mention) or self._from_outside(mention):
            return None
        if mention.kind == "government":
            return None if self.divided else self.acting
        return self.ground

    @property
    def divided(self) -> bool:
        """Whether the report plays elsewhere than in the state it names most: then "the junta" may be either's."""
        return None not in (self.acting, self.ground) and self.acting != self.ground

    def _by_stance(self, first: int, end: int) -> set[str]:
        """The country in whose affairs somebody takes a stand on its leader: "pro-Assad forces"."""
        found = set()
        for form in self.a.forms[first:end]:
            stance, dash, name = form.replace("–", "-").partition("-")
            if dash and name[:1].isupper() and stance.lower() in ("anti", "pro"):
                led = state_led(name, self.names.year)
                if led is not None and led.state in self.names.registry:
                    found.add(self.names.registry[led.state].country)
        return {country for country in found if country is not None}

    def _is_unnamed(self, mention: Mention) -> bool:
        """Whether the phrase has no name, or only the name of a people or a following ("Kurds", "Maoist rebels")."""
        if mention.entry is not None:
            return mention.entry.kind == "people"
        if mention.name is None:
            return mention.kind in _UNNAMED
        return self.names.collective(" ".join(self.a.forms[slice(*mention.name)]).lower()) is not None

    def _from_outside(self, mention: Mention) -> bool:
        words = entries("descriptions")
        outside = any(self.a.forms[w].lower() in words["from_outside"] for w in range(mention.first, mention.end))
        return outside or self.a.lemmas[mention.head].lower() in words["of_no_country"]

    def led(self, written: str) -> Led | None:
        """The state that a person leads or led; a surname that is also that of somebody else in the report says none.

        The report must name the state, unless it has the full name.
        """
        words = name_words(written)
        found = state_led(written, self.names.year)
        if found is None or found.state not in self.names.registry:
            return None
        if len(words) > 1:
            return found
        others = {state_led(" ".join(full), self.names.year) for full in self.full.get(words[0], ())}
        if any(other is None or other.state != found.state for other in others):
            return None
        return found if others or self.names.counts[found.state] else None


def _most(counts: Counter[str]) -> str | None:
    """The one that is counted more often than all others together."""
    ranked = counts.most_common(1)
    return ranked[0][0] if ranked and 2 * ranked[0][1] > counts.total() else None


def _foremost(counts: Counter[str]) -> str | None:
    """The one that is counted as often as all others together, and twice as often as any other."""
    ranked = counts.most_common(2)
    if not ranked or 2 * ranked[0][1] < counts.total():
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None


def _located(a: Annotation, where: Sequence[Place]) -> dict[int, tuple[int, str | None]]:
    """Where the names of the report's places stand, each time: the first word to the end and the country."""
    by_first: dict[str, list[tuple[list[str], str | None]]] = {}
    for place in where:
        first = int(a.ends.searchsorted(place.text.start, side="right"))
        end = int(a.starts.searchsorted(place.text.end))
        if first < end:
            by_first.setdefault(a.forms[first], []).append((a.forms[first:end], place.country))
    found: dict[int, tuple[int, str | None]] = {}
    for at, form in enumerate(a.forms):
        for words, country in by_first.get(form, ()):
            end = at + len(words)
            if a.forms[at:end] == words and end > found.get(at, (0, None))[0]:
                found[at] = (end, country)
    return found
