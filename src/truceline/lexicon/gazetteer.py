"""The gazetteer: every place that a name may mean, with country, coordinates in degrees and GeoNames id.

Three tables under `places/`: `countries.tsv` with demonyms and capitals; five tables of our own of provinces, camps,
crossings, waters, lines and towns that conflict news names; and, made by `training/build_gazetteer.py`, the towns,
provinces and districts of GeoNames. `places/NOTICE` names the sources. Our own tables are read at first use; the large
one is searched on disk.
"""

import mmap
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

FOLDER = Path(__file__).with_name("places")
OWN = ("africa", "americas", "asia", "europe", "middle_east")
KINDS = frozenset(
    "country capital town province district region area camp crossing water pass line island base site mountain state"
    " continent".split()
)
TOWNS = frozenset({"capital", "town"})
DIVISIONS = frozenset({"province", "district", "region", "area", "island"})
# How far apart, in kilometres, two entries of one name may lie and still be one place.
SAME_TOWN, SAME_DIVISION = 40.0, 250.0
LEAST = 5000  # people of a capital; smaller towns of its name in its country are not it
EARTH = 6371.0  # kilometres, the mean radius

_LETTERS = str.maketrans(dict(zip("łøđðıßæœþə&", "l o d d i ss ae oe th a _and_".split(), strict=True)))
# Marks for glottal stops and soft signs, and full stops of abbreviations, part no words.
_SILENT = re.compile(r"[.'’‘ʻʼʿʾ`´′]")
_PARTING = re.compile(r"[^\w]+|_")
_SAINT = re.compile(r"\b(?:saint|sankt)\b")
_ARTICLES = frozenset("al el ad an ar as at az ash adh ath ed en er es et ez".split())


@dataclass(frozen=True, slots=True)
class Feature:
    """A place: `country` ISO 3166-1 alpha-3 or None where several share or dispute it; `region` is GeoNames' code.

    `exact`: found by its main name, not by another spelling. `own`: from our tables. `demonym`: found by its people's
    name. `population` is 0 where unknown.
    """

    name: str
    kind: str
    country: str | None
    region: str
    latitude: float
    longitude: float
    population: int
    geonames: int | None
    exact: bool = True
    own: bool = False
    demonym: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Our tables by key, and GeoNames' table on disk. Use `gazetteer()`."""

    countries: dict[str, Feature]
    capitals: dict[str, str]
    entries: dict[str, list[Feature]]
    large: "LargeTable"

    def candidates(self, name: str) -> tuple[Feature, ...]:
        """All places of this name or spelling, our own first, then by population; empty for a name that is nowhere."""
        return _candidates(self, folded(name))

    def by_demonym(self, word: str) -> Feature | None:
        """The country of a people or nationality (`Syrian` → Syria), else None."""
        return next((f for f in self.entries.get(folded(word), ()) if f.demonym), None)


class LargeTable:
    """`geonames.tsv`, one place a line, and `geonames_names.tsv`, keys in order with the places' byte offsets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _places(self) -> mmap.mmap:
        return _mapped(self._folder / "geonames.tsv")

    @cached_property
    def _names(self) -> mmap.mmap:
        return _mapped(self._folder / "geonames_names.tsv")

    def find(self, key: str) -> Iterator[Feature]:
        """The places under a folded key; by halving, some twenty looks at the file."""
        wanted = key.encode("utf-8")
        names = self._names
        low, high = 0, len(names)
        while low < high:
            start = names.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = names.find(b"\n", start)
            here, _, offsets = names[start:end].partition(b"\t")
            if here == wanted:
                yield from (self._feature(offset) for offset in offsets.split())
                return
            if here < wanted:
                low = end + 1
            else:
                high = start

    def _feature(self, offset: bytes) -> Feature:
        exact = not offset.startswith(b"~")
        at = int(offset.lstrip(b"~"), 16)
        line = self._places[at : self._places.find(b"\n", at)].decode("utf-8")
        number, name, kind, country, region, latitude, longitude, population = line.split("\t")
        point = float(latitude), float(longitude)
        return Feature(name, kind, country, region, *point, int(population), int(number) if number else None, exact)


def folded(name: str) -> str:
    """The key under which spellings of a name meet: small letters, no accents or apostrophes, no leading `the`."""
    text = name.lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _SILENT.sub("", text.translate(_LETTERS))
    return _SAINT.sub("st", _PARTING.sub(" ", text).strip()).removeprefix("the ")


def bare(key: str) -> str:
    """A key without the Arabic article at its front (`al shayrat` → `shayrat`); the key itself if it has none."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in _ARTICLES else key


def distance(one: Feature, other: Feature) -> float:
    """Kilometres along the great circle between two places (haversine formula)."""
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude)


def kilometres(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Kilometres along the great circle between two points in degrees (haversine formula)."""
    a, b = radians(latitude), radians(latitude2)
    half = sin((a - b) / 2) ** 2 + cos(a) * cos(b) * sin(radians(longitude - longitude2) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, loaded once. `ValueError` names file and line of a faulty row."""
    return load_gazetteer(FOLDER)


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a folder laid out as `places/`. `ValueError` names file and line of a faulty row."""
    entries: dict[str, list[Feature]] = {}
    countries: dict[str, Feature] = {}
    capitals: dict[str, str] = {}
    for where, row in _rows(folder / "countries.tsv", 9):
        code, name, latitude, longitude, number, people, capital, aliases, demonyms = row
        point = _point(latitude, longitude, where)
        country = Feature(name, "country", code, "", *point, int(people), int(number) or None, own=True)
        countries[code] = country
        capitals[code] = folded(capital)
        _enter(entries, country, [name, *_split(aliases)])
        _enter(entries, replace(country, demonym=True), _split(demonyms))
    for table in OWN:
        for where, row in _rows(folder / f"{table}.tsv", 7):
            feature = _own(row, where, countries)
            _enter(entries, feature, [feature.name, *_split(row[6])])
    return Gazetteer(countries, capitals, entries, LargeTable(folder))


def _own(row: list[str], where: str, countries: dict[str, Feature]) -> Feature:
    name, kind, country, latitude, longitude, number, _ = row
    if kind not in KINDS or (country and country not in countries):
        raise ValueError(f"{where}: {kind!r} is no kind of place, or {country!r} no country of countries.tsv")
    if number and not number.isdigit():
        raise ValueError(f"{where}: {number!r} is no GeoNames id")
    point = _point(latitude, longitude, where)
    return Feature(name, kind, country or None, "", *point, 0, int(number) if number else None, own=True)


def _point(latitude: str, longitude: str, where: str) -> tuple[float, float]:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(f"{where}: {latitude!r}, {longitude!r} are no coordinates in degrees") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"{where}: {latitude}, {longitude} lie outside 90° and 180°")
    return point


def _rows(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], start=2):
        row = line.split("\t")
        where = f"{path.name}, line {number}"
        if len(row) != columns:
            raise ValueError(f"{where}: {len(row)} columns instead of {columns}, parted by tabs")
        yield where, row


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _enter(entries: dict[str, list[Feature]], feature: Feature, names: list[str]) -> None:
    for name in names:
        there = entries.setdefault(folded(name), [])
        if feature not in there:
            there.append(feature)


@lru_cache(maxsize=20_000)
def _candidates(tables: Gazetteer, key: str) -> tuple[Feature, ...]:
    if not key:
        return ()
    own = list(tables.entries.get(key) or ())
    large = list(tables.large.find(key))
    if not own and not large:
        stem = bare(key)
        if stem == key or len(stem) < 4:
            return ()
        own, large = list(tables.entries.get(stem) or ()), list(tables.large.find(stem))
    merged = []
    for entry in own:
        same = [] if entry.demonym else [other for other in large if _same(entry, other)]
        large = [other for other in large if other not in same]
        merged.append(_merged(entry, same))
    found = (*merged, *_apart(large))
    return tuple(replace(f, kind="capital") if _is_capital(tables, f, key) else f for f in found)


def _is_capital(tables: Gazetteer, feature: Feature, key: str) -> bool:
    capital = tables.capitals.get(feature.country or "")
    settled = feature.own or feature.population > LEAST
    return feature.kind == "town" and capital in (key, folded(feature.name)) and settled


def _same(entry: Feature, other: Feature) -> bool:
    """Whether an entry of our own and one of GeoNames are the same place."""
    if entry.country is not None and entry.country != other.country:
        return False
    if entry.kind == "country":
        return False
    far = distance(entry, other)
    if entry.kind in DIVISIONS:
        return other.kind not in TOWNS and far < SAME_DIVISION
    return other.kind not in ("province", "district") and far < SAME_TOWN


def _merged(entry: Feature, same: list[Feature]) -> Feature:
    if not same:
        return entry
    kinds = sorted(same, key=lambda other: (other.kind != entry.kind, not other.exact, distance(entry, other)))
    best = kinds[0]
    people = max(other.population for other in same)
    kind = "capital" if entry.kind == "town" and any(other.kind == "capital" for other in same) else entry.kind
    return replace(entry, kind=kind, region=best.region, population=people, geonames=entry.geonames or best.geonames)


def _apart(found: list[Feature]) -> Iterator[Feature]:
    """GeoNames' places without those that it lists twice (a town and a suburb of one name within a few kilometres)."""
    kept: list[Feature] = []
    for feature in found:
        twin = any(k.kind == feature.kind and k.country == feature.country and distance(k, feature) < 15 for k in kept)
        if not twin:
            kept.append(feature)
            yield feature
