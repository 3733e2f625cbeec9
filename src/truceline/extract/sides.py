"""Sides: for whom an actor speaks or acts, by the grammar of its phrase. GUIDE §2, `of`.

A side is another mention: the name or noun before the phrase's own ("Kenya's envoy", "a rebel leader"), or behind it
with a preposition ("a spokesman for the Front"). Those in office without a side belong to the state in which they
rule, or that the report is about.
"""

from collections import defaultdict
from collections.abc import Iterator

from truceline.extract.clauses import Clauses
from truceline.extract.countries import Countries
from truceline.extract.drafts import Range
from truceline.extract.mention import Mention
from truceline.extract.report_names import Named, ReportNames, tie
from truceline.lexicon import entries
from truceline.records.reading import ActorKind

_DEEP = 6  # nouns that hang on each other with "of"
_BODIES = frozenset({"armed group", "organisation", "party", "ngo", "media"})
_MEANT = {
    "party": frozenset({"party"}),
    "newspaper": frozenset({"media"}),
    "network": frozenset({"media", "armed group"}),
    "militia": frozenset({"armed group"}),
    "faction": frozenset({"armed group", "party"}),
    "force": frozenset({"armed group", "military", "organisation"}),
}
_STATE_SERVANTS = frozenset({"person", "military", "government"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def belongs(kind: ActorKind, side: ActorKind) -> bool:
    """Whether an actor of this kind acts for such a side, rather than only coming from there, or being called after it.

    "Syrian rebels" are of Syria as their country but do not act for it; "Mr. Abbas' Fatah" does not act for him.
    """
    if side == "government":
        return kind in _STATE_SERVANTS
    if side == "person":
        return kind in ("person", "people", "other")
    return side == "organisation" if kind == "organisation" else kind != side or kind in ("armed group", "military")


class Sides:
    """Gives the mentions of one report their sides; `inner` are the mentions that only say a side, by first word."""

    def __init__(self, clauses: Clauses, names: ReportNames, found: list[Mention], countries: Countries) -> None:
        self.clauses, self.names, self.a, self.countries = clauses, names, clauses.annotation, countries
        self.found = sorted(found, key=lambda m: m.first)
        self.inside: dict[int, list[Mention]] = defaultdict(list)  # those that cover a word, the longest first
        for mention in found:
            for word in range(mention.first, mention.end):
                self.inside[word].append(mention)
        self.inner: dict[int, Mention] = {}
        self.local = next((m.local for m in found if m.local is not None), None)

    def set_side(self, mention: Mention) -> None:
        """Gives the mention its side: the name or mention before its noun, or behind it with "of", "for", "from"."""
        if self.a.lemmas[mention.head].lower() in entries("descriptions")["relations"]:
            mention.owner = None  # "Okello's rival", "its allies" are of somebody else
            return
        if mention.plural and len(self.countries.inside(mention.first, mention.end)) > 1:
            self._name_states(mention)
            return
        for at in self._before(mention):
            if self._take(mention, at):
                return
        mention.side = self._owner(mention) or self._parent(mention)
        if mention.side is not None:
            return
        for at in (*self._behind(mention), *self._after_name(mention), *self._after_noun(mention)):
            if self._take(mention, at):
                return
        mention.side = self._unnamed(mention)
        if mention.side is None and mention.owner is None and mention.entry is None:
            mention.side = self._described(mention)
            mention.presumed = self._by_office(mention) if mention.side is None else None

    def _name_states(self, mention: Mention) -> None:
        """Makes mentions of the states in a phrase of several: "Kenyan and Ugandan officials" are of neither alone."""
        for named in self.names.inside(mention.first, mention.end):
            free = all(other is mention for other in self.inside[named.first])
            if (
                free
                and named.entry.kind == "government"
                and named.sense != "seat"
                and tie(self.a, named.first, named.end) is None
            ):
                self.inner.setdefault(named.first, _inner(named)).inner = False

    def _take(self, mention: Mention, at: int) -> bool:
        named = self.names.at(at)
        own = mention.name is not None and mention.name[0] <= at < mention.name[1]
        if own or (named is not None and named.first <= _noun(mention) < named.end):
            return False
        for other in reversed(self.inside.get(at, [])):  # the innermost first
            holds = other.first <= mention.first and mention.end <= other.end
            if other is mention or holds or other.again is mention or mention.again is other:
                continue
            if tie(self.a, other.first, other.end) is None and (
                other.entry is None or other.entry is not mention.entry
            ):
                mention.side = other
                return True
        if named is None or named.entry is mention.entry or named.entry.kind == "people":
            return False
        if tie(self.a, named.first, named.end) is not None:  # "US-backed"
            return False
        mention.side = self.inner.setdefault(named.first, _inner(named))
        return True

    def _before(self, mention: Mention) -> Iterator[int]:
        """The words before the phrase's noun, up to the first preposition other than "of"."""
        for word in range(mention.first, _noun(mention)):
            if self.a.upos[word] in ("ADP", "VERB") and self.a.forms[word].lower() != "of":
                if self.a.forms[word - 1] in ("-", "–") and not self.a.spaced[word]:
                    continue  # "the US-backed government of Kenya"
                return
            yield word

    def _parent(self, mention: Mention) -> Mention | None:
        """The body whose name begins that of one of its own: "U.N." in "the U.N. Security Council"."""
        registry, named = self.names.registry, self.names.at(mention.head)
        of = mention.entry.of if mention.entry is not None and mention.entry.kind != "media" else None
        if named is None or of is None or of not in registry:
            return None
        parent = registry[of]
        first = named.first + (self.a.upos[named.first] == "DET")
        for end in range(named.end - 1, first, -1):
            if parent in registry.find(" ".join(self.a.forms[first:end])):
                inner = Mention(first, end, end - 1, parent.kind, name=(first, end), entry=parent, inner=True)
                return self.inner.setdefault(first, inner)
        return None

    def _owner(self, mention: Mention) -> Mention | None:
        """The untagged body or government that owns the phrase's noun: "the group's envoy"."""
        words = entries("descriptions")
        for word in range(mention.first, mention.head - 1):
            if self.a.forms[word + 1] not in _POSSESSIVE:
                continue
            lemma = self.a.lemmas[word].lower()
            if lemma in words["government"]:
                return self._government(mention, word)
            definite = self.a.forms[mention.first].lower() in words["definite"]
            if (lemma in words["body"] or lemma in _MEANT) and definite and mention.first == word - 1:
                return self._body_before(mention.first, lemma)
        return None

    def _described(self, mention: Mention) -> Mention | None:
        """Whom a noun before the phrase's own calls by its kind: "a rebel leader", "government troops"."""
        words = entries("descriptions")
        last, serving = _noun(mention), words["officials"] | words["forces"] | words["servants"]
        offices = [w for w in range(mention.first, last + 1) if self.a.lemmas[w].lower() in serving]
        for word in range(mention.first, offices[-1] if offices else mention.first):
            lemma = self.a.lemmas[word].lower()
            if tie(self.a, word, word + 1) is not None or self.a.upos[word] not in _NOUNS:
                continue
            if lemma in words["government"]:
                return self._state_about() or self._government(mention, word)
            for camp in (words["fighters"], words["camp"], words["forces"]):
                if lemma in camp and mention.kind in ("person", "other", "armed group"):
                    return self._camp(mention, camp)
        return None

    def _government(self, mention: Mention, word: int) -> Mention:
        """An inner mention of the government of which the phrase speaks; of the one that the report is about."""
        first = word - (word > mention.first and self.a.upos[word - 1] == "DET")
        return self.inner.setdefault(first, Mention(first, word + 1, word, "government", local=self.local, inner=True))

    def _body_before(self, first: int, noun: str) -> Mention | None:
        """The body named last before "the group": of the kind that the noun means, if it means one."""
        kinds = _MEANT.get(noun, _BODIES - {"media"})
        bodies = [m for m in (*self.found, *self.inner.values()) if m.end <= first and m.kind in kinds]
        return max((m for m in bodies if m.name or m.entry), key=lambda m: (m.end, -m.first), default=None)

    def _camp(self, mention: Mention, nouns: frozenset[str]) -> Mention | None:
        """The mention of those whom such nouns call, the last before the phrase, else the first behind it.

        Where no such noun stands, fighters are the one armed group that the report names.
        """
        words = entries("descriptions")
        apart = [m for m in self.found if m.end <= mention.first or mention.end <= m.first]
        camp = [m for m in apart if self.a.lemmas[m.head].lower() in nouns]
        if nouns is words["forces"]:
            camp = [m for m in camp if m.kind == "military"]
        if not camp and nouns is words["fighters"]:
            camp = [m for m in apart if m.kind == "armed group" and m.entry is not None]
            camp = camp if len({m.entry.key for m in camp if m.entry is not None}) == 1 else []
        before = [m for m in camp if m.first < mention.first]
        return before[-1] if before else next(iter(camp), None)

    def _behind(self, mention: Mention) -> Iterator[int]:
        """The nouns behind the phrase's noun that hang on it with a preposition of belonging, the nearest first.

        An envoy "to" or "for" a state is not of that state; what is only "in" a place is of a state at most.
        """
        a, clauses = self.a, self.clauses
        waiting = [mention.head]
        while waiting and len(waiting) < _DEEP:
            at = waiting.pop(0)
            sent = a.lemmas[at].lower() in entries("descriptions")["sent"]
            for child in clauses.with_relation(at, "nmod"):
                case = clauses.case(child)
                state = self._is_state(child)
                belongs = case in ("of", "from") or (case == "for" and not (sent and state))
                unnamed = mention.name is None and mention.owner is None and not sent
                belongs = belongs or (case == "to" and not state) or (case in ("in", "at") and state and unnamed)
                belongs = belongs or (case in ("at", "with") and mention.kind == "person" and self._is_body(child))
                if child > at and belongs:
                    yield from (child, *clauses.with_relation(child, "flat"))  # "an aide to General Okello"
                    waiting.append(child)

    def _unnamed(self, mention: Mention) -> Mention | None:
        """An inner mention of an untagged group for whom somebody speaks: "a spokesman for the former rebels"."""
        words = entries("descriptions")
        if mention.kind != "person" or self.a.lemmas[mention.head].lower() not in words["officials"]:
            return None
        for child in self.clauses.with_relation(mention.head, "nmod"):
            noun = self.a.lemmas[child].lower()
            if self.clauses.case(child) not in ("of", "for", "from") or child < mention.head:
                continue
            if noun in words["government"] and self.a.upos[child - 1] in ("DET", "ADJ"):  # not "secretary of state"
                return self._state_about() or self._government(mention, child)
            if noun in words["fighters"] | words["camp"] | words["body"] | words["forces"]:
                kind: ActorKind = "armed group" if noun in words["fighters"] else "organisation"
                kind = "military" if noun in words["forces"] else "other" if noun in words["camp"] else kind
                first, end = self.clauses.noun_phrase(child)
                if noun in words["body"] and end - first == 2 and self.a.forms[first].lower() in words["definite"]:
                    return self._body_before(mention.first, noun)
                plural = self.a.xpos[child] == "NNS"
                inner = Mention(first, end, child, kind, plural=plural, inner=True, local=self.local)
                inner.country = self.countries.of(inner)
                return self.inner.setdefault(first, inner)
        return None

    def _after_name(self, mention: Mention) -> range:
        """The words behind a person's name and "of" or "from": "Jan Okello of the Free Savanna Front"."""
        if mention.name is None or mention.kind != "person" or mention.name[1] >= mention.end:
            return range(0)
        at = mention.name[1]
        return range(at + 1, mention.end) if self.a.forms[at].lower() in ("of", "from") else range(0)

    def _after_noun(self, mention: Mention) -> Iterator[int]:
        """The names of bodies in a person's phrase behind "of", "at" or "from", wherever the tree hangs them.

        "With" and "for" only right behind the noun: "an analyst with the Institute", not "talks with the rebels".
        """
        if mention.kind != "person":
            return
        for word in range(mention.head + 1, mention.end - 1):
            form = self.a.forms[word].lower()
            if form in ("of", "at", "from") or (form in ("with", "for") and word == mention.head + 1):
                at = word + 1
                while at < mention.end - 1 and (self.a.upos[at] in ("DET", "ADJ") and not self._is_body(at)):
                    at += 1
                if self._is_body(at):
                    yield at

    def _is_state(self, word: int) -> bool:
        """Whether a noun names a state, or at least no person, and nobody else that the registry knows."""
        named = self.names.at(word)
        if any(m.kind == "person" and m.name and m.name[0] <= word < m.name[1] for m in self.inside.get(word, ())):
            return False
        return named is None or named.entry.kind == "government"

    def _is_body(self, word: int) -> bool:
        """Whether a word stands in the name or phrase of a body that is no state."""
        named = self.names.at(word)
        known = named is not None and named.entry.kind in _BODIES
        return known or any(other.kind in _BODIES for other in self.inside.get(word, ()))

    def _by_office(self, mention: Mention) -> Mention | None:
        """The state of those in office: that which a leader rules, else the one that the report is about.

        Of it are those who hold an office of state by name ("Foreign Minister Okello"), officials and soldiers.
        """
        if mention.kind == "person" and mention.name is not None:
            led = self.countries.led(" ".join(self.a.forms[slice(*mention.name)]))
            if led is not None:
                return self._state(led.state) if led.in_power else None
        if mention.role is not None and (state := self._by_national_office(mention.role)) is not None:
            return state
        if self.local is None or self.local.country not in (self.countries.acting, self.countries.ground):
            return None
        words = entries("descriptions")
        back = mention.kind == "person" or self.a.lemmas[mention.head].lower() in words["officials"]
        if back and mention.name is None and self.a.forms[mention.first].lower() in words["definite"]:
            return None  # "the minister" is somebody named before
        noun = self.a.lemmas[mention.head].lower()
        if mention.kind == "person" and not mention.plural:
            noun = self.a.lemmas[mention.role[1] - 1].lower() if mention.role is not None else noun
            return self._state_about() if noun in words["of_a_state"] else None
        bare = mention.name is None and not any(
            self.a.forms[w].lower() in words["from_outside"] for w in range(mention.first, mention.end)
        )
        serving = mention.kind in ("military", "government") and noun in (
            words["forces"] | words["servants"] | words["officials"]
        )
        return self._state_about() if bare and serving else None

    def _by_national_office(self, role: Range) -> Mention | None:
        """The one state named in the report that has an office of this name: the U.S. of "the secretary of state"."""
        words = " ".join(self.a.forms[slice(*role)]).lower()
        having = [state for state, offices in entries("national_offices").items() if _names_one(words, offices)]
        named = [state for state in having if self.names.counts[state]]
        return self._state(named[0]) if len(named) == 1 else None

    def _state_about(self) -> Mention | None:
        """A mention of the state that the report names most."""
        return self._state(self.local.key) if self.local is not None else None

    def _state(self, key: str) -> Mention | None:
        """A mention of this state, if the report speaks of it as an actor."""
        return next((m for m in self.found if m.entry is not None and m.entry.key == key), None)


def _names_one(role: str, offices: frozenset[str]) -> bool:
    """Whether a role is one of the offices, perhaps with words before it: "former secretary of state"."""
    return any(role == office or role.endswith(f" {office}") for office in offices)


def _noun(mention: Mention) -> int:
    """The phrase's noun; of a person the name, where the tree takes a word before it for the noun."""
    person = mention.kind == "person" and mention.name is not None
    return max(mention.head, mention.name[0]) if person and mention.name is not None else mention.head


def _inner(named: Named) -> Mention:
    span = (named.first, named.end)
    return Mention(*span, named.end - 1, named.entry.kind, name=span, entry=named.entry, inner=True)
