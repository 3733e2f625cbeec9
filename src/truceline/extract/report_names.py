"""The registry as one report sees it: which of its words name actors that the registry knows.

The report's year and its own countries decide between namesakes; ministries are their states, as the codebook has it.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from truceline.annotate import Annotation
from truceline.extract.datelines import datelines
from truceline.lexicon import entries
from truceline.lexicon.registry import Entry, Match, Registry, narrowed
from truceline.records import Place

_SMALL = frozenset({"the", "al", "el", "an"})  # names may begin with these in small letters: "al-Qaida"
_JOINING = frozenset({"of", "for", "and", "s", "'s", "’s", "'", "’"})
_LONGEST = 10  # words of the name that an acronym stands for
_SURE = 0.5  # the probability from which a person's name hides the state's name in it ("Michael Jordan")


@dataclass(frozen=True, slots=True)
class Named:
    """A run of words, half-open, and whom it names; `sense` as in the registry: name, demonym or seat."""

    first: int
    end: int
    entry: Entry
    sense: str


class ReportNames:
    """The names that the registry knows in one report, found in one pass over its words.

    `names` are in the order of the text and apart; `counts` says how often each state is named, as place or as actor.
    `dateline` are the words of the place where the report was written, which names nobody.
    """

    def __init__(self, a: Annotation, registry: Registry, where: Sequence[Place] = ()) -> None:
        self.registry = registry
        self.year = int(a.report.published[:4]) if a.report.published else None
        matches = _matches(a, registry, self.year)
        self.dateline = {word for line in datelines(a) for word in range(line.first, line.place_end)}
        found = [match.entry for first, match in matches if first not in self.dateline]
        self.countries = {e.country for e in found if e is not None and e.kind == "government" and e.country}
        self.countries |= {place.country for place in where if place.country is not None}
        self.names: list[Named] = []
        coined = _coined(a)
        for first, match in matches:
            entry = self._one(match) if first not in self.dateline else None
            words = a.forms[first : match.end]
            if entry is not None and self._means(entry, words, coined) and not _is_ground(a, first, match, entry):
                begin = first + (a.forms[first].lower() == "the")
                self.names.append(Named(begin, match.end, entry, match.sense))
        self.covering: list[Named | None] = [None] * len(a.forms)
        for named in self.names:
            self.covering[named.first : named.end] = [named] * (named.end - named.first)
        self.counts = Counter(named.entry.key for named in self.names if named.entry.kind == "government")

    def at(self, word: int) -> Named | None:
        """The name that covers a word."""
        return self.covering[word]

    def whole(self, words: str) -> Entry | None:
        """The one actor of which these words, all of them, are a name, demonym or seat."""
        found = self.registry.find(words) or self.registry.demonyms(words) or self.registry.seats(words)
        named = [entry for entry in found if not entry.name.islower()]
        if len(named) > 1:
            named = list(narrowed(named, year=self.year, countries=self.countries))
        return self.state(named[0]) if len(named) == 1 else None

    def inside(self, first: int, end: int) -> list[Named]:
        """The names that lie whole within the words `first` to `end`."""
        found = dict.fromkeys(named for named in self.covering[first:end] if named is not None)
        return [named for named in found if first <= named.first and named.end <= end]

    def collective(self, words: str) -> Entry | None:
        """The entry of words that make an actor without a name, such as "aid workers"; None if they are none."""
        found = [entry for entry in self.registry.find(words) if entry.name.islower()]
        return found[0] if len(found) == 1 else None

    def state(self, entry: Entry) -> Entry:
        """The state of which a ministry or an office is a mention; any other entry itself."""
        words = entries("descriptions")["government"]
        while entry.kind == "government" and entry.of is not None and entry.of in self.registry:
            if not words & {word.lower() for word in entry.name.split()}:
                break
            entry = self.registry[entry.of]
        return entry

    def _means(self, entry: Entry, words: list[str], coined: dict[str, str]) -> bool:
        """Whether a name that others may bear too means this entry: where the report names the entry's country.

        "National Salvation Front" may be many; so may an acronym of which the report itself says that it is another's.
        """
        if entry.country is None or entry.country in self.countries or entry.kind not in ("armed group", "party"):
            return True
        if _is_political(words):
            return False
        meant = coined.get(words[-1])
        return meant is None or (entry in self.registry.find(meant) and not _is_political(meant.split()))

    def _one(self, match: Match) -> Entry | None:
        """The one actor meant; None if the report leaves several. Words such as "rebels" name nobody."""
        named = [entry for entry in match.entries if entry.name != entry.name.lower()]
        if len(named) > 1:
            named = list(narrowed(named, year=self.year, countries=self.countries))
        if len(named) > 1:  # agencies are quoted in reports on any country
            named = [entry for entry in named if entry.kind == "media"]
        return self.state(named[0]) if len(named) == 1 else None


def _matches(a: Annotation, registry: Registry, year: int | None) -> list[tuple[int, Match]]:
    """The longest names from left to right, each within its sentence; none within the longer name of a person."""
    persons = {i: t for t in a.entities if t.label == "PER" and t.probability >= _SURE for i in range(t.first, t.end)}
    found = []
    for start, stop in a.sentences:
        forms = a.forms[start:stop]
        at = 0
        while at < len(forms):
            match = _match(registry, forms, at, year)
            person = persons.get(start + match.end - 1) if match is not None else None
            titled = match is not None and forms[match.end : match.end + 1] != [] and is_title(forms[match.end])
            if match is None or (person is not None and person.end - person.first > match.end - at and not titled):
                at += 1
                continue
            found.append((start + at, replace(match, end=start + match.end)))
            at = match.end
    return found


def _is_political(words: Sequence[str]) -> bool:
    """Whether a name is made of nothing but words of which such names are made everywhere."""
    known = entries("descriptions")["political"] | _SMALL | _JOINING
    return all(word.lower() in known for word in words)


def _coined(a: Annotation) -> dict[str, str]:
    """The acronyms that the report explains, with what they stand for: "the Free Savanna Front (FSF)"."""
    found = {}
    for at in range(2, len(a.forms) - 1):
        acronym = a.forms[at]
        if a.forms[at - 1] == "(" and a.forms[at + 1] == ")" and acronym.isupper() and len(acronym) > 1:
            first, left = at - 1, list(acronym)
            while left and first > 0 and at - first <= _LONGEST:
                first -= 1
                if a.forms[first][0] == left[-1]:
                    left.pop()
                elif a.forms[first][0].isupper():
                    break
            if not left:
                found[acronym] = a.report.text[slice(*a.characters(first, at - 1))]
    return found


def _is_ground(a: Annotation, first: int, match: Match, entry: Entry) -> bool:
    """Whether what may stand for a body is a place or a part of a name: "in Europe", "Eastern Europe"."""
    if match.sense != "seat" or entry.kind != "organisation" or first == 0:
        return False
    words = entries("places/use")
    named = a.upos[first - 1] == "PROPN" or a.upos[match.end : match.end + 1] == ["PROPN"]
    return named or a.forms[first - 1].lower() in words["place_preposition"] | words["side"]


def _match(registry: Registry, forms: list[str], at: int, year: int | None) -> Match | None:
    """The longest name at a word, without an article or a dash behind it that belongs to what follows."""
    if not (forms[at][:1].isupper() or forms[at].lower() in _SMALL):
        return None
    match = registry.longest(forms, at, year)
    if match is None or not any(form[:1].isupper() for form in forms[at : match.end]):
        return None
    if (
        match.end - at > 1 and forms[match.end - 1].lower() in entries("descriptions")["titles"]
    ):  # "U.N. Secretary-General" names the U.N.
        return _match(registry, forms[: match.end - 1], at, year)
    end = match.end
    while end - at > 1 and (forms[end - 1].lower() == "the" or forms[end - 1] in ("-", "–", "/", "&")):
        end -= 1
    return replace(match, end=end)


def tie(a: Annotation, first: int, end: int) -> str | None:
    """The word that a dash ties to a name, which then only describes it: "backed" in "US-backed", "pro" in "pro-US"."""
    if a.forms[end : end + 1] in (["-"], ["–"]) and not a.spaced[end] and end + 1 < len(a.forms):
        return a.forms[end + 1].lower() if not a.spaced[end + 1] else None
    if first >= 2 and a.forms[first - 1] in ("-", "–") and not a.spaced[first]:
        before = a.forms[first - 2].lower()
        return before if before in entries("descriptions")["stances"] else None
    return None


def is_title(form: str) -> bool:
    """Whether a word is a title or an office that stands before names."""
    return form.lower().rstrip(".") in entries("descriptions")["titles"]


def folded(form: str) -> str:
    """A word in small letters without accents and the Arabic article: "al-Bashir" and "Bashir" are one."""
    letters = unicodedata.normalize("NFD", form.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).removeprefix("al-")
