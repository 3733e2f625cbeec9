"""Which of its namesakes a place name means: the report's own countries, provinces and neighbouring places decide.

Every name's candidates are weighed by what is known of them (people, kind, spelling), by the words around the name
("Paris, Texas", "Kandahar province") and, twice over, by the other names of the report: same country, same province,
nearness on the map and in the text. A log-linear model; `WEIGHTS` says with which corpora it was fitted.
Source of the idea: spatial minimality and one sense per discourse, Leidner, Toponym Resolution in Text (2007).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from truceline.lexicon.gazetteer import DIVISIONS, EARTH, TOWNS, Feature, folded, gazetteer

Floats = NDArray[np.float64]
Mention = tuple[int, int]

LARGE = 100_000  # people; a town of that size needs no further word for it
NAMES, ROWS = 120, 1500  # names, and candidates, that are weighed together
FIRST = 20  # mentions of a name that count for its nearness in the text
MOST = 24  # candidates of one name that are weighed; the rest are small towns of the same name
ROUNDS = 3
REACH = 400.0  # characters over which a neighbouring name loses most of its say
KILOMETRES = 120.0  # distance on the map over which it does
COLUMNS = (
    "people", "country", "capital", "town", "division", "district", "wide", "exact", "own", "named kind", "contained",
    "same country", "demonyms", "same province", "near", "address", "named after town",
)  # fmt: skip
# Near the best of a fit by gradient descent on LGL and GeoVirus (leaving out every fifth report cost 0.4 points), with
# more weight on capitals and our own tables: those corpora are local papers, our reports are not.
WEIGHTS = dict(
    zip(COLUMNS, (1.2, 1.8, 1.6, 0.6, 0.8, -1.2, 0.3, 1.8, 3.0, 1.5, 2.5, 2.8, 1.1, 3.6, 3.4, 1.5, -1.5), strict=True)
)

_DIVISION_WORDS = (
    "province provinces region state district county governorate department oblast prefecture parish canton division"
    " territory republic peninsula"
).split()
_TOWN_WORDS = "city town village suburb port capital neighbourhood neighborhood hamlet settlement municipality".split()
_SIDES = (
    "north south east west northern southern eastern western central north-eastern north-western south-eastern"
    " south-western northeastern northwestern southeastern southwestern northeast northwest southeast southwest upper"
    " lower greater far rural downtown nearby mainland remote"
).split()
_OTHER_WORDS = "camp refugee crossing border valley area island islands mountains desert airport road highway".split()
_LAST_WORDS = frozenset([*_DIVISION_WORDS, *_TOWN_WORDS, *_OTHER_WORDS])
_AFTER = re.compile(r"\s+(?:administrative\s+|autonomous\s+|border\s+)?([A-Za-z]+)")
_BEFORE = re.compile(r"([A-Za-z]+)\s+of\s+(?:the\s+)?$")
_CONTAINER = re.compile(r"\s*(?:,|\()\s*((?:[A-Z][\w.'’-]*\s?){1,3})")
_SIDE = "(?:" + "|".join(_SIDES) + ")"
_WITHIN = re.compile(
    rf"(?:\s+\w+)?,?\s+(?:in|of)\s+(?:the\s+)?(?:{_SIDE}\s+)?(?:(?:province|region|state|district|county)\s+of\s+)?$",
    re.IGNORECASE,
)
_OWNER = re.compile(rf"^['’]s?\s+(?:{_SIDE}\s+)?(?:\w+\s+(?:{'|'.join(_TOWN_WORDS + _DIVISION_WORDS)})\s+of\s+)?$")
_WORD = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_TOP_LEVEL = re.compile(r"//[^/]*\.([a-z]{2})(?:[:/]|$)")


@dataclass(slots=True)
class Sense:
    """The mentions that share one meaning, and the places that they may mean."""

    mentions: list[int]
    candidates: list[Feature]
    container: Feature | None
    kind_word: str | None


def resolved(
    text: str, mentions: Sequence[Mention], address: str | None = None, *, sure: bool = False
) -> list[Feature | None]:
    """The place of each mention (character ranges of `text`), None for a name that is nowhere in the gazetteer.

    `address` is the report's web address; its country (`.lb`) is a weak hint. With `sure`, a small place that nothing
    in the report speaks for is None too, and a name unknown to the gazetteer that the text itself puts in a country
    ("Zarqan in Yemen") gives `unknown_in` that country.
    """
    senses = senses_of(text, mentions)
    chosen = [
        sense.candidates[best] if sense.candidates else None
        for sense, best in zip(senses, best_of(text, mentions, senses, address), strict=True)
    ]
    if sure:
        chosen = _sure(senses, chosen, set(_demonyms(text, mentions)))
    answer: list[Feature | None] = [None] * len(mentions)
    for sense, feature in zip(senses, chosen, strict=True):
        for i in sense.mentions:
            answer[i] = feature
    return answer


def unknown_in(country: str) -> Feature:
    """What stands for a place of which only the country is known: no name, no kind, coordinates without meaning."""
    return Feature("", "", country, "", 0.0, 0.0, 0, None)


def _sure(senses: list[Sense], chosen: list[Feature | None], spoken_of: set[str | None]) -> list[Feature | None]:
    """The choices for which something speaks: size, our tables, the words around, or a country of the report."""
    certain = [f for f in chosen if f is not None and (f.own or (f.exact and f.population >= LARGE))]
    countries = spoken_of | {f.country for f in certain}
    answer: list[Feature | None] = []
    for sense, feature in zip(senses, chosen, strict=True):
        container = sense.container
        if feature is not None and container is not None and not _inside(feature, container):
            feature = feature if feature.own or feature.population >= LARGE else None
        elif feature is not None and feature not in certain and feature.country not in countries:
            feature = feature if len(sense.candidates) == 1 and feature.exact and not countries else None
        if feature is None and container is not None and container.country is not None:
            feature = unknown_in(container.country)
        answer.append(feature)
    return answer


def candidates_of(name: str) -> list[Feature]:
    """The candidates of a name as it stands in a report, without "northern", "city", "'s" where it takes that."""
    search = gazetteer().candidates
    for form in _forms(name):
        found = search(form)
        if found:
            return _foremost(found)
    return []


def senses_of(text: str, mentions: Sequence[Mention]) -> list[Sense]:
    """Mentions grouped by name; of one name, those with different containers ("Paris, Texas") apart."""
    names = [folded(text[start:end]) for start, end in mentions]
    containers = [_container(text, mentions, i) for i in range(len(mentions))]
    usual: dict[str, Feature] = {}
    for name, container in zip(names, containers, strict=True):
        if container is not None:
            usual.setdefault(name, container)
    senses: dict[tuple[str, Feature | None], Sense] = {}
    for i, name in enumerate(names):
        container = containers[i] or usual.get(name)
        sense = senses.get((name, container))
        if sense is None:
            start, end = mentions[i]
            sense = senses[name, container] = Sense([], candidates_of(text[start:end]), container, None)
        sense.mentions.append(i)
        sense.kind_word = sense.kind_word or _kind_word(text, mentions[i])
    return list(senses.values())


def best_of(text: str, mentions: Sequence[Mention], senses: list[Sense], address: str | None = None) -> list[int]:
    """The index of the best candidate of each sense (0 where it has none)."""
    weights = np.array([WEIGHTS[column] for column in COLUMNS])
    demonyms = _demonyms(text, mentions)
    best = []
    for block in _blocks(senses):
        table, at = features(mentions, block, demonyms, address, weights), 0
        for sense in block:
            scores = table[at : at + len(sense.candidates)] @ weights
            best.append(int(scores.argmax()) if len(scores) else 0)
            at += len(sense.candidates)
    return best


def _blocks(senses: list[Sense]) -> Iterator[list[Sense]]:
    """The senses in stretches of the text, so that time and memory grow no faster than a long report."""
    block: list[Sense] = []
    rows = 0
    for sense in senses:
        if block and (len(block) == NAMES or rows + len(sense.candidates) > ROWS):
            yield block
            block, rows = [], 0
        block.append(sense)
        rows += len(sense.candidates)
    if block:
        yield block


def features(
    mentions: Sequence[Mention], senses: list[Sense], demonyms: dict[str, float], address: str | None, weights: Floats
) -> Floats:
    """One row for each candidate of each sense, in order; the columns are COLUMNS.

    `demonyms` says how much the report speaks of each country's people. The columns that look at the other names follow
    from the probabilities that `weights` give them, in ROUNDS rounds.
    """
    rows = [(s, f) for s, sense in enumerate(senses) for f in sense.candidates]
    table = np.zeros((len(rows), len(COLUMNS)))
    if not rows:
        return table
    top = _TOP_LEVEL.search(address or "")
    home = _TLD.get(top[1]) if top else None
    for i, (s, feature) in enumerate(rows):
        table[i] = _own_features(feature, senses[s], home)
    group = np.array([s for s, _ in rows])
    table[:, COLUMNS.index("demonyms")] = [
        demonyms.get(f.country or "", 0.0) if not f.demonym else 0.0 for _, f in rows
    ]
    ties = _ties(rows, group, _text_weights(mentions, senses))
    columns = [COLUMNS.index(name) for name in ("same country", "same province", "near")]
    for _ in range(ROUNDS):
        chance = _chances(table @ weights, group)
        for column, tie in zip(columns, ties, strict=True):
            table[:, column] = 1 - np.exp(-(tie @ chance))
    return table


def _own_features(feature: Feature, sense: Sense, home: str | None) -> list[float]:
    kind = feature.kind
    division = kind in DIVISIONS
    wide = kind in ("country", "continent", "state", "area", "water", "region")
    named = 0.0
    if sense.kind_word is not None:
        fits = division if sense.kind_word in _DIVISION_WORDS else kind in TOWNS or kind == "camp"
        named = 1.0 if fits else -1.0
    within = 0.0 if sense.container is None else 1.0 if _inside(feature, sense.container) else -1.0
    return [
        np.log10(_people(feature) + 10.0), kind == "country", kind == "capital", kind == "town", division,
        kind == "district", wide, feature.exact, feature.own, named, within, 0.0, 0.0, 0.0, 0.0,
        home is not None and feature.country == home, not named and _named_after_town(feature, sense.candidates),
    ]  # fmt: skip


def _named_after_town(feature: Feature, namesakes: Sequence[Feature]) -> bool:
    """Whether a province or district bears the name of a large town in it: "Aleppo" alone is the town."""
    if feature.kind not in ("province", "district"):
        return False
    return any(
        town.kind in TOWNS
        and town.country == feature.country
        and town.population >= LARGE
        and _far(town, feature) < 300
        for town in namesakes
    )


def _people(feature: Feature) -> float:
    if feature.population:
        return feature.population
    if not feature.own:
        return 1000.0 if feature.kind in TOWNS else 30_000.0
    return 50_000.0 if feature.kind in ("town", "camp", "crossing", "base", "site") else 1_000_000.0


def _inside(feature: Feature, container: Feature) -> bool:
    """Whether a place lies in another: in the same province by GeoNames' code, or in the country."""
    if container.kind == "country":
        return feature.country == container.country and feature.kind != "country"
    if feature.country != container.country and None not in (feature.country, container.country):
        return False
    if container.region and feature.region:
        return container.region == feature.region and feature.kind != "country"
    return _far(feature, container) < 300


def _far(one: Feature, other: Feature) -> float:
    points = np.radians([[one.latitude, one.longitude], [other.latitude, other.longitude]])
    return float(_distances(points)[0, 1])


def _distances(points: Floats) -> Floats:
    """Kilometres between all pairs of points in radians (haversine formula)."""
    latitude, longitude = points[:, :1], points[:, 1:]
    half = (
        np.sin((latitude - latitude.T) / 2) ** 2
        + np.cos(latitude) * np.cos(latitude.T) * np.sin((longitude - longitude.T) / 2) ** 2
    )
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))), np.float64)


def _ties(rows: list[tuple[int, Feature]], group: NDArray[np.int64], said: Floats) -> list[Floats]:
    """How much each candidate (row) gains from each candidate of another name (column): country, province, nearness."""
    apart = group[:, None] != group[None, :]
    countries = np.array([f.country or "" for _, f in rows])
    provinces = np.array([f"{f.country}.{f.region}" if f.region and f.region != "00" else "" for _, f in rows])
    points = np.radians([[f.latitude, f.longitude] for _, f in rows])
    wide = np.array([f.kind in ("country", "continent", "state") for _, f in rows])
    same_country = (countries[:, None] == countries[None, :]) & (countries != "")[:, None] & apart
    same_province = (provinces[:, None] == provinces[None, :]) & (provinces != "")[:, None] & apart
    weight = said[group][:, group]
    near = np.exp(-_distances(points) / KILOMETRES) * apart * ~wide[None, :]
    return [same_country * (0.3 + 0.7 * weight), same_province * weight, near * weight]


def _text_weights(mentions: Sequence[Mention], senses: list[Sense]) -> Floats:
    """For each two senses, from 1 where they stand side by side towards a fifth where they stand far apart."""
    starts = [np.array([mentions[i][0] for i in sense.mentions[:FIRST]], float) for sense in senses]
    weights = np.ones((len(senses), len(senses)))
    for a, one in enumerate(starts):
        for b in range(a):
            gap = np.abs(one[:, None] - starts[b][None, :]).min()
            weights[a, b] = weights[b, a] = 0.2 + 0.8 * np.exp(-gap / REACH)
    return weights


def _chances(scores: Floats, group: NDArray[np.int64]) -> Floats:
    """The probability of each candidate among those of its name."""
    top = np.full(group.max() + 1, -np.inf)
    np.maximum.at(top, group, scores)
    power = np.exp(scores - top[group])
    return np.asarray(power / np.bincount(group, power)[group])


def _demonyms(text: str, mentions: Sequence[Mention]) -> dict[str, float]:
    """Countries whose people the report names ("Syrian"), from 0 towards 1 with their number."""
    taken = {start for start, _ in mentions}
    found = Counter(_people_named(m[0]) for m in _WORD.finditer(text) if m.start() not in taken)
    return {country: 1 - float(np.exp(-count / 2)) for country, count in found.items() if country}


@lru_cache(maxsize=20_000)
def _people_named(words: str) -> str | None:
    for form in (words, words.partition(" ")[0]):
        country = gazetteer().by_demonym(form)
        if country is not None:
            return country.country
    return None


def _forms(name: str) -> list[str]:
    """The name, then what may be left of it: no possessive, no side of the compass, no word for its kind."""
    name = re.sub(r"['’]s?$", "", name.strip(' ,.;:()"“”'))
    forms = [name]
    words = name.split()
    while len(words) > 1 and words[0].lower() in (*_SIDES, "the", "republic", "kingdom", "of"):
        words = words[1:]
        forms.append(" ".join(words))
    while len(words) > 1 and words[-1].lower() in _LAST_WORDS:
        words = words[:-1]
        forms.append(" ".join(words))
    return forms


def _foremost(found: Sequence[Feature]) -> list[Feature]:
    """At most MOST candidates: our own, then by main name and people."""
    return sorted(found, key=lambda f: (not f.own, not f.exact, -f.population))[:MOST]


def _kind_word(text: str, mention: Mention) -> str | None:
    """The word for its kind in or beside a name: `province` of "Kandahar province", "the province of Kandahar"."""
    start, end = mention
    last = text[start:end].split()[-1:]
    after = _AFTER.match(text, end)
    before = _BEFORE.search(text[max(0, start - 30) : start])
    for word in (*last, *([after[1]] if after else []), *([before[1]] if before else [])):
        if word.lower() in _DIVISION_WORDS or word.lower() in _TOWN_WORDS:
            return word.lower()
    return None


def _container(text: str, mentions: Sequence[Mention], i: int) -> Feature | None:
    """The country or province in which the text itself puts a name: "Paris, Texas"; "Gulu in northern Uganda"."""
    start, end = mentions[i]
    beside = _CONTAINER.match(text, end)
    if beside:
        words = beside[1].split()
        for length in range(len(words), 0, -1):
            wide = _wide(" ".join(words[:length]).rstrip(","))
            if wide is not None:
                return wide
    if i + 1 < len(mentions):
        following = mentions[i + 1]
        if following[0] - end < 60 and _WITHIN.fullmatch(text, end, following[0]):
            return _wide(text[slice(*following)])
    if i and 0 <= start - mentions[i - 1][1] < 50 and _OWNER.match(text[mentions[i - 1][1] : start]):
        return _wide(text[slice(*mentions[i - 1])])
    return None


def _wide(name: str) -> Feature | None:
    """The one country, or else the best-known province or region, of that name."""
    found = [f for f in candidates_of(name) if f.kind in ("country", "province", "region", "district", "area")]
    found = [f for f in found if not f.demonym and (f.own or f.exact)]
    return max(found, key=lambda f: (f.kind == "country", f.own, f.population), default=None)


_TLD = {
    "uk": "GBR", "ie": "IRL", "ca": "CAN", "au": "AUS", "nz": "NZL", "ge": "GEO", "ru": "RUS", "lb": "LBN", "eg": "EGY",
    "il": "ISR", "ps": "PSE", "jo": "JOR", "sy": "SYR", "iq": "IRQ", "ir": "IRN", "tr": "TUR", "pk": "PAK", "in": "IND",
    "lk": "LKA", "np": "NPL", "bd": "BGD", "ph": "PHL", "id": "IDN", "th": "THA", "kr": "KOR", "jp": "JPN", "cn": "CHN",
    "za": "ZAF", "ke": "KEN", "ug": "UGA", "ng": "NGA", "ua": "UKR", "az": "AZE", "am": "ARM", "md": "MDA", "rs": "SRB",
    "ba": "BIH", "cy": "CYP", "gr": "GRC", "de": "DEU", "fr": "FRA", "es": "ESP", "it": "ITA", "mx": "MEX", "pe": "PER",
    "ve": "VEN", "ye": "YEM", "et": "ETH", "sd": "SDN", "mm": "MMR", "hk": "HKG", "tw": "TWN",
}  # fmt: skip
