"""The gazetteer's tables: their rows, their size, what a name finds, how spellings meet, and how bad rows are named."""

import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest

from truceline.lexicon.gazetteer import (
    DIVISIONS,
    FOLDER,
    KINDS,
    OWN,
    TOWNS,
    Feature,
    bare,
    distance,
    folded,
    gazetteer,
    kilometres,
    load_gazetteer,
)

MARGIN = 2.0  # degrees


def own_features() -> list[Feature]:
    found = [f for features in gazetteer().entries.values() for f in features if not f.demonym and f.kind != "country"]
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def boxes() -> dict[str, tuple[float, float, float, float]]:
    """South, west, north, east of each country's towns in GeoNames' table."""
    found: dict[str, tuple[float, float, float, float]] = {}
    for line in (FOLDER / "geonames.tsv").read_text(encoding="utf-8").splitlines():
        _, _, _, country, _, latitude, longitude, _ = line.split("\t")
        y, x = float(latitude), float(longitude)
        south, west, north, east = found.get(country, (y, x, y, x))
        found[country] = min(south, y), min(west, x), max(north, y), max(east, x)
    return found


def test_our_own_tables_hold_what_conflict_news_names() -> None:
    features = own_features()
    assert len(features) >= 1200
    kinds = {feature.kind for feature in features}
    assert {"province", "district", "camp", "crossing", "water", "pass", "line", "town"} <= kinds <= KINDS


def test_every_place_of_ours_lies_in_its_country(boxes: dict[str, tuple[float, float, float, float]]) -> None:
    outside = []
    for feature in own_features():
        if feature.country is None:
            continue
        south, west, north, east = boxes[feature.country]
        inside = south - MARGIN <= feature.latitude <= north + MARGIN
        if not (inside and west - MARGIN <= feature.longitude <= east + MARGIN):
            outside.append((feature.name, feature.country, feature.latitude, feature.longitude))
    assert outside == []


def test_a_town_of_ours_lies_where_geonames_has_it() -> None:
    far = []
    for feature in own_features():
        if feature.kind not in TOWNS or feature.country is None:
            continue
        same = [f for f in gazetteer().large.find(folded(feature.name)) if f.country == feature.country and f.exact]
        same = [f for f in same if f.geonames is not None and f.geonames == feature.geonames]
        far += [(feature.name, round(distance(feature, f))) for f in same if distance(feature, f) > 15]
    assert far == []


def test_a_country_holds_its_own_middle_and_capital(boxes: dict[str, tuple[float, float, float, float]]) -> None:
    countries = gazetteer().countries
    assert len(countries) >= 235
    for code, country in countries.items():
        south, west, north, east = boxes.get(code, (-90, -180, 90, 180))
        assert south - 3 <= country.latitude <= north + 3, code
        assert west - 6 <= country.longitude <= east + 6, code


def test_the_keys_on_disk_are_in_order_and_their_offsets_lead_to_rows() -> None:
    lines = (FOLDER / "geonames_names.tsv").read_bytes().splitlines()
    keys = [line.partition(b"\t")[0] for line in lines]
    assert len(keys) > 300_000
    assert all(one < other for one, other in pairwise(keys))
    table = gazetteer().large
    for line in lines[:: len(lines) // 300]:
        key = line.partition(b"\t")[0].decode()
        features = list(table.find(key))
        assert len(features) == len(line.partition(b"\t")[2].split())
        assert all(folded(f.name) in (key, f"al {key}") or bare(folded(f.name)) == key for f in features if f.exact)


@pytest.mark.parametrize("key", ["", "a", "zzzzzzz", "0", "aleppoo", "\U0010ffff"])
def test_a_key_that_is_not_there_finds_nothing(key: str) -> None:
    assert list(gazetteer().large.find(key)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("Maarat al-Nu'man", "Maarat al-Numan"),
        ("Cox’s Bazar", "Cox's Bazar"),
        ("Saint Petersburg", "St. Petersburg"),
        ("Caquetá", "Caqueta"),
        ("the West Bank", "West Bank"),
        ("U.S.", "US"),
        ("Diyarbakır", "Diyarbakir"),
    ],
)
def test_spellings_of_a_name_meet(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_folding_takes_any_text() -> None:
    for text in ("", " ", "'", "the ", "\ud800", "حلب", "\U0001f54a", "\x00", "&", "-" * 1000):
        assert gazetteer().candidates(text) is not None
        assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Bab al-Hawa", "SYR", 36.2, 36.7),
        ("Kerem Shalom", "ISR", 31.2, 34.3),
        ("Ein el-Hilweh", "LBN", 33.5, 35.4),
        ("Dadaab", "KEN", 0.1, 40.3),
        ("Nagorny Karabakh", "AZE", 39.9, 46.8),
        ("Kiev", "UKR", 50.5, 30.5),
        ("Helmand", "AFG", 31.0, 64.0),
        ("Rangoon", "MMR", 16.8, 96.2),
        ("Jaffna", "LKA", 9.7, 80.0),
        ("Kidal", "MLI", 18.4, 1.4),
        ("San Vicente del Caguán", "COL", 2.1, -74.8),
        ("Bukavu", "COD", -2.5, 28.9),
        ("Marib", "YEM", 15.5, 45.3),
    ],
)
def test_a_name_finds_its_place(name: str, country: str, latitude: float, longitude: float) -> None:
    first = gazetteer().candidates(name)[0]
    assert first.country == country
    assert kilometres(first.latitude, first.longitude, latitude, longitude) < 40
    assert first.own


@pytest.mark.parametrize(
    "name", ["Kashmir", "Black Sea", "Korean peninsula", "Line of Control", "Strait of Hormuz", "Middle East", "Abyei"]
)
def test_what_several_states_share_or_dispute_has_no_country(name: str) -> None:
    assert gazetteer().candidates(name)[0].country is None


def test_our_entry_and_geonames_entry_of_one_place_are_one() -> None:
    jaffna = [f for f in gazetteer().candidates("Jaffna") if f.country == "LKA" and f.kind in TOWNS]
    assert len(jaffna) == 1
    assert jaffna[0].population > 50_000
    assert jaffna[0].geonames is not None


def test_a_city_and_its_province_stay_two() -> None:
    kinds = {f.kind for f in gazetteer().candidates("Idlib") if f.country == "SYR"}
    assert "town" in kinds
    assert kinds & DIVISIONS


@pytest.mark.parametrize(("word", "country"), [("Syrian", "SYR"), ("Burmese", "MMR"), ("South Sudanese", "SSD")])
def test_a_people_leads_to_its_country(word: str, country: str) -> None:
    found = gazetteer().by_demonym(word)
    assert found is not None
    assert found.country == country


def test_a_place_is_no_people() -> None:
    assert gazetteer().by_demonym("Syria") is None
    assert gazetteer().by_demonym("Aleppo") is None


def test_loading_is_quick() -> None:
    taken = []
    for _ in range(3):
        start = time.process_time()
        tables = load_gazetteer(FOLDER)
        assert list(tables.large.find("aleppo"))
        taken.append(time.process_time() - start)
    assert min(taken) < 0.3  # 14 to 37 ms on an idle core


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("Nowhere\ttown\tSYR\t36.0", r"asia\.tsv, line 2: 4 columns instead of 7"),
        ("Nowhere\ttown\tSYR\tnorth\t37\t\t", r"asia\.tsv, line 2: 'north', '37' are no coordinates"),
        ("Nowhere\ttown\tSYR\t96\t37\t\t", r"asia\.tsv, line 2: 96, 37 lie outside"),
        ("Nowhere\thamlet\tSYR\t36\t37\t\t", r"asia\.tsv, line 2: 'hamlet' is no kind"),
        ("Nowhere\ttown\tSYRIA\t36\t37\t\t", r"line 2: 'town' is no kind of place, or 'SYRIA' no country"),
        ("Nowhere\ttown\tSYR\t36\t37\tabc\t", r"asia\.tsv, line 2: 'abc' is no GeoNames id"),
    ],
)
def test_a_faulty_row_is_named_by_file_and_line(tmp_path: Path, row: str, complaint: str) -> None:
    for table in ("countries", *OWN):
        shutil.copy(FOLDER / f"{table}.tsv", tmp_path)
    (tmp_path / "asia.tsv").write_text(f"name\tkind\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 0), (0, 1), 111.2), ((36.2, 37.16), (33.51, 36.29), 309.5), ((10, 179.5), (10, -179.5), 109.5)],
)
def test_distances_follow_the_great_circle(
    one: tuple[float, float], other: tuple[float, float], expected: float
) -> None:
    assert kilometres(*one, *other) == pytest.approx(expected, rel=0.01)
