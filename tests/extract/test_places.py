"""Places from annotations drawn by hand: what is a place, what stands for a government, which namesake is meant.

A drawn sentence is words of the form `word/UPOS/head/relation`, heads counted from 1 in the sentence, 0 for the root;
the lemma follows as a fifth part where it is not the word itself.
"""

import re
import time
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.extract.namesakes import candidates_of, resolved
from truceline.extract.places import is_used_as_place, place_names, places
from truceline.lexicon.gazetteer import FOLDER, kilometres
from truceline.records import Report


def drawn(*sentences: str, published: str | None = "2016-12-05", **tagged: Any) -> Annotation:
    """The annotation of drawn sentences; `LOC=["Aleppo"]` tags the words in `entities`, `names_LOC` in `names`."""
    words = [[word.split("/") for word in sentence.split()] for sentence in sentences]
    text, starts, ends, heads, bounds = "", [], [], [], []
    rows: list[list[str]] = []
    for sentence in words:
        first = len(rows)
        for row in sentence:
            glued = not text or row[0] in (".", ",", "'s", ")") or text.endswith("(")
            text += row[0] if glued else f" {row[0]}"
            starts.append(len(text) - len(row[0]))
            ends.append(len(text))
            heads.append(first + int(row[2]) - 1 if row[2] != "0" else -1)
            rows.append(row)
        bounds.append((first, len(rows)))
    layers: dict[str, list[Tagged]] = {"entities": [], "names": []}
    for label, quotes in tagged.items():
        layer = "names" if label.startswith("names_") else "entities"
        for quote in quotes:
            for match in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", text):
                span = Tagged(
                    starts.index(match.start()), ends.index(match.end()) + 1, label.removeprefix("names_"), 0.95
                )
                layers[layer].append(span)
    silent = Attributions([], [])
    layers_of_words: dict[str, Any] = {field.name: [] for field in fields(Annotation)}
    layers_of_words |= {
        "report": Report("sha256:0", None, None, None, published, "en", text),
        "starts": np.array(starts, np.int32),
        "ends": np.array(ends, np.int32),
        "forms": [row[0] for row in rows],
        "sentences": bounds,
        "sentence_spans": [(starts[a], ends[b - 1]) for a, b in bounds],
        "upos": [row[1] for row in rows],
        "lemmas": [row[4] if len(row) > 4 else row[0] for row in rows],
        "heads": np.array(heads, np.int32),
        "deprels": [row[3] for row in rows],
        "entities": sorted(layers["entities"], key=lambda t: t.first),
        "names": sorted(layers["names"], key=lambda t: t.first),
        "attributions": silent,
        "statements": silent,
        "vectors": np.zeros((len(rows), 384), np.float32),
    }
    return Annotation(**layers_of_words)


def listed(annotation: Annotation) -> list[tuple[str, str | None]]:
    return [(place.text.quote, place.country) for place in places(annotation)]


MET = "Envoys/NOUN/2/nsubj met/VERB/0/root/meet in/ADP/{0}/case "


@pytest.mark.parametrize(
    ("sentence", "names", "expected"),
    [
        (MET.format(4) + "Damascus/PROPN/2/obl ./PUNCT/2/punct", ["Damascus"], [("Damascus", "SYR")]),
        ("Damascus/PROPN/2/nsubj refused/VERB/0/root/refuse ./PUNCT/2/punct", ["Damascus"], []),
        ("Kenya/PROPN/2/nsubj signed/VERB/0/root/sign ./PUNCT/2/punct", ["Kenya"], []),
        (
            "Convoys/NOUN/2/nsubj crossed/VERB/0/root/cross into/ADP/4/case Kenya/PROPN/2/obl ./PUNCT/2/punct",
            ["Kenya"],
            [("Kenya", "KEN")],
        ),
        (
            "Rebels/NOUN/2/nsubj left/VERB/0/root/leave Uganda/PROPN/2/obj ./PUNCT/2/punct",
            ["Uganda"],
            [("Uganda", "UGA")],
        ),
        ("Rebels/NOUN/2/nsubj urged/VERB/0/root/urge Uganda/PROPN/2/obj ./PUNCT/2/punct", ["Uganda"], []),
        (
            "Chad/PROPN/3/nmod:poss 's/PART/1/case army/NOUN/4/nsubj withdrew/VERB/0/root/withdraw ./PUNCT/4/punct",
            ["Chad"],
            [],
        ),
        (
            "Chad/PROPN/3/nmod:poss 's/PART/1/case border/NOUN/4/nsubj reopened/VERB/0/root/reopen ./PUNCT/4/punct",
            ["Chad"],
            [("Chad", "TCD")],
        ),
        (
            "Talks/NOUN/2/nsubj failed/VERB/0/root/fail with/ADP/4/case Iran/PROPN/2/obl ./PUNCT/2/punct",
            ["Iran"],
            [],
        ),
        (
            "The/DET/2/det border/NOUN/5/nsubj with/ADP/4/case Iran/PROPN/2/nmod closed/VERB/0/root/close",
            ["Iran"],
            [("Iran", "IRN")],
        ),
        (
            "Fighting/NOUN/6/nsubj in/ADP/3/case Syria/PROPN/1/nmod and/CCONJ/5/cc Iraq/PROPN/3/conj eased/VERB/0/root",
            ["Syria", "Iraq"],
            [("Syria", "SYR"), ("Iraq", "IRQ")],
        ),
        ("Raqqa/PROPN/2/nsubj fell/VERB/0/root/fall ./PUNCT/2/punct", ["Raqqa"], [("Raqqa", "SYR")]),
    ],
)
def test_a_country_or_capital_is_a_place_by_its_grammar(
    sentence: str, names: list[str], expected: list[tuple[str, str]]
) -> None:
    assert listed(drawn(sentence, LOC=names)) == expected


def test_a_name_that_is_both_is_listed_at_its_first_use_as_a_place() -> None:
    annotation = drawn(
        "Turkey/PROPN/2/nsubj agreed/VERB/0/root/agree ./PUNCT/2/punct",
        "Refugees/NOUN/2/nsubj stayed/VERB/0/root/stay in/ADP/4/case Turkey/PROPN/2/obl ./PUNCT/2/punct",
        "More/ADJ/2/nsubj stayed/VERB/0/root/stay in/ADP/4/case Turkey/PROPN/2/obl ./PUNCT/2/punct",
        LOC=["Turkey"],
    )
    found = places(annotation)
    assert [(p.id, p.text.start) for p in found] == [("l1", annotation.report.text.index("in Turkey") + 3)]


@pytest.mark.parametrize(
    ("sentence", "tagged", "expected"),
    [
        (
            "They/PRON/2/nsubj hold/VERB/0/root the/DET/5/det Helmand/PROPN/5/compound province/NOUN/2/obj",
            {"LOC": ["the Helmand province"]},
            [("Helmand", "AFG")],
        ),
        (
            "Fighting/NOUN/5/nsubj in/ADP/4/case northern/ADJ/4/amod Afghanistan/PROPN/1/nmod spread/VERB/0/root",
            {"LOC": ["northern Afghanistan"]},
            [("Afghanistan", "AFG")],
        ),
        (
            "Shelling/NOUN/5/nsubj in/ADP/4/case eastern/ADJ/4/amod Ghouta/PROPN/1/nmod resumed/VERB/0/root",
            {"LOC": ["Ghouta"]},
            [("eastern Ghouta", "SYR")],
        ),
        (
            "Students/NOUN/5/nsubj of/ADP/4/case Kabul/PROPN/4/compound University/PROPN/1/nmod marched/VERB/0/root",
            {"LOC": ["Kabul"], "ORG": ["Kabul University"]},
            [],
        ),
        (
            "The/DET/3/det Minsk/PROPN/3/compound agreements/NOUN/4/nsubj hold/VERB/0/root",
            {"LOC": ["Minsk"]},
            [],
        ),
        ("Syrian/ADJ/2/amod troops/NOUN/3/nsubj left/VERB/0/root", {"LOC": ["Syrian"]}, []),
        ("The/DET/2/det UN/PROPN/3/nsubj spoke/VERB/0/root", {"LOC": ["UN"]}, []),
        ("Idlib/PROPN/2/nsubj waits/VERB/0/root", {"PER": ["Idlib"], "names_LOC": ["Idlib"]}, []),
        ("Idlib/PROPN/2/nsubj waits/VERB/0/root", {"names_LOC": ["Idlib"]}, [("Idlib", "SYR")]),
        (
            "The/DET/5/det Kabul/PROPN/5/compound -/PUNCT/4/punct Kandahar/PROPN/2/compound highway/NOUN/6/nsubj "
            "closed/VERB/0/root",
            {"LOC": ["Kabul - Kandahar"]},
            [("Kabul", "AFG"), ("Kandahar", "AFG")],
        ),
        (
            "Calm/NOUN/6/nsubj in/ADP/5/case Sudan/PROPN/5/nmod:poss 's/PART/3/case Darfur/PROPN/1/nmod "
            "held/VERB/0/root",
            {"LOC": ["Sudan's Darfur"]},
            [("Sudan", "SDN"), ("Darfur", "SDN")],
        ),
        (
            "Calm/NOUN/2/nsubj held/VERB/0/root in/ADP/4/case parts/NOUN/2/obl/part of/ADP/6/case Mali/PROPN/2/obl",
            {"LOC": ["Mali"]},
            [("Mali", "MLI")],
        ),
    ],
)
def test_the_bare_name_and_nothing_that_is_no_place(
    sentence: str, tagged: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert listed(drawn(sentence, **tagged)) == expected


@pytest.mark.parametrize(
    ("sentence", "name", "country"),
    [
        ("Fighters/NOUN/2/nsubj gathered/VERB/0/root in/ADP/4/case Qarzumand/PROPN/2/obl ./PUNCT/2/punct", 1, None),
        (
            "Fighters/NOUN/2/nsubj gathered/VERB/0/root in/ADP/4/case Qarzumand/PROPN/2/obl in/ADP/7/case "
            "northern/ADJ/7/amod Yemen/PROPN/4/nmod ./PUNCT/2/punct",
            2,
            "YEM",
        ),
    ],
)
def test_a_place_that_exists_nowhere_keeps_its_name_and_gets_no_point(
    sentence: str, name: int, country: str | None
) -> None:
    found = places(drawn(sentence, LOC=["Qarzumand", "Yemen"]))
    assert len(found) == name
    unknown = found[0]
    assert (unknown.name, unknown.text.quote) == ("Qarzumand", "Qarzumand")
    assert (unknown.country, unknown.latitude, unknown.longitude, unknown.geonames) == (country, None, None, None)


def test_a_small_namesake_that_nothing_speaks_for_is_not_guessed() -> None:
    annotation = drawn(
        "Monitors/NOUN/2/nsubj entered/VERB/0/root Zorbanabad/PROPN/2/obj in/ADP/5/case Nepal/PROPN/2/obl",
        "The/DET/2/det village/NOUN/4/nsubj of/ADP/2/case Palpa/PROPN/2/nmod waits/VERB/2/acl in/ADP/7/case "
        "Nepal/PROPN/5/obl",
        LOC=["Palpa", "Nepal"],
    )
    palpa = next(place for place in places(annotation) if place.text.quote == "Palpa")
    assert palpa.country in ("NPL", None)  # there is a Palpa in Peru


@pytest.mark.parametrize(
    ("published", "country"), [("2005-03-01", "SDN"), ("2011-07-08", "SDN"), ("2011-07-09", "SSD"), (None, "SSD")]
)
def test_a_place_belongs_to_the_state_of_its_day(published: str | None, country: str) -> None:
    annotation = drawn(MET.format(4) + "Malakal/PROPN/2/obl", published=published, LOC=["Malakal"])
    assert listed(annotation) == [("Malakal", country)]


def test_nothing_in_an_empty_report() -> None:
    assert places(drawn(LOC=[])) == []


def test_quotes_are_the_words_of_the_text_and_ids_count_up() -> None:
    annotation = drawn(
        MET.format(4) + "Doha/PROPN/2/obl", "They/PRON/2/nsubj met/VERB/0/root/meet in/ADP/4/case Oslo/PROPN/2/obl",
        LOC=["Doha", "Oslo"],
    )  # fmt: skip
    found = places(annotation)
    assert [place.id for place in found] == ["l1", "l2"]
    for place in found:
        assert annotation.report.text[place.text.start : place.text.end] == place.text.quote


def where(text: str, *names: str, address: str | None = None) -> dict[str, Any]:
    spans = sorted(match.span() for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", text))
    return {text[slice(*span)]: feature for span, feature in zip(spans, resolved(text, spans, address), strict=True)}


@pytest.mark.parametrize(
    ("text", "names", "latitude", "longitude"),
    [
        ("Delegates met in Tripoli on Monday.", ["Tripoli"], 32.9, 13.2),
        ("Lebanese troops moved from Beirut to Tripoli.", ["Tripoli", "Beirut"], 34.4, 35.8),
        ("The mayor of Paris, Texas, spoke.", ["Paris", "Texas"], 33.7, -95.6),
        ("The talks in Paris ended.", ["Paris"], 48.9, 2.4),
        ("Israeli and Palestinian police met at Rafah.", ["Rafah"], 31.3, 34.2),
        ("Aid reached Hama and Homs, the Syrian agency said.", ["Hama", "Homs"], 35.1, 36.8),
        ("Protests in Tbilisi, Georgia, went on.", ["Georgia", "Tbilisi"], 42.0, 43.5),
        ("Buses left Atlanta and Savannah in Georgia.", ["Georgia", "Atlanta", "Savannah"], 32.8, -83.5),
        ("Rebels took Valencia in Colombia's Cordoba province.", ["Valencia", "Colombia", "Cordoba"], 8.3, -76.1),
        ("Clashes hit Amara, in southern Iraq.", ["Amara", "Iraq"], 31.8, 47.1),
        ("A bomb went off in Kandahar province.", ["Kandahar"], 31.6, 65.7),
    ],
)
def test_the_report_decides_between_namesakes(text: str, names: list[str], latitude: float, longitude: float) -> None:
    feature = where(text, *names)[names[0]]
    assert kilometres(feature.latitude, feature.longitude, latitude, longitude) < 161, feature


def test_the_word_beside_a_name_says_what_kind_it_is() -> None:
    assert where("He governs Kandahar province.", "Kandahar")["Kandahar"].kind == "province"
    assert where("He lives in the city of Kandahar.", "Kandahar")["Kandahar"].kind == "town"


@pytest.mark.parametrize(
    ("address", "country"), [("https://news.example.ca/a/1", "CAN"), ("https://news.example.co.nz/a/1", "NZL")]
)
def test_an_address_is_a_hint(address: str, country: str) -> None:
    assert where("Police closed two roads in Hamilton.", "Hamilton", address=address)["Hamilton"].country == country


def test_a_bare_name_is_the_town_and_not_the_province_around_it() -> None:
    feature = where("Rebels left Aleppo.", "Aleppo")["Aleppo"]
    assert (feature.kind, feature.geonames) == ("town", 170063)


def test_one_name_has_one_meaning_unless_the_text_says_otherwise() -> None:
    text = "Springfield, Ohio, wrote to Springfield, Illinois. Springfield answered."
    spans = [match.span() for match in re.finditer("Springfield", text)]
    ohio, illinois, last = resolved(text, spans)
    assert ohio is not None
    assert illinois is not None
    assert (ohio.region, illinois.region) == ("OH", "IL")
    assert last in (ohio, illinois)


@pytest.mark.parametrize("name", ["Qarzumand", "", " ", "'", "the", "Zzyzx-al-Nowhere", "\ud800"])
def test_a_name_that_is_nowhere_has_no_candidates(name: str) -> None:
    assert candidates_of(name) == []


def test_names_without_words_around_them_are_resolved() -> None:
    assert resolved("", []) == []
    assert resolved("Qarzumand", [(0, 9)]) == [None]


def test_grammar_is_asked_only_of_countries_and_capitals() -> None:
    annotation = drawn("Aleppo/PROPN/2/nsubj resisted/VERB/0/root/resist", LOC=["Aleppo"])
    name = place_names(annotation)[0]
    (feature,) = resolved(annotation.report.text, [(name.start, name.stop)])
    assert is_used_as_place(annotation, name, feature)


def test_many_names_take_little_time() -> None:
    sentence = MET.format(4) + "Tripoli/PROPN/2/obl and/CCONJ/6/cc Springfield/PROPN/4/conj ./PUNCT/2/punct"
    annotation = drawn(*[sentence] * 300, LOC=["Tripoli", "Springfield"])
    start = time.process_time()
    assert places(annotation)
    assert time.process_time() - start < 2


def test_a_report_as_long_as_a_book_is_no_slower_for_each_name() -> None:
    rows = (FOLDER / "geonames.tsv").read_text(encoding="utf-8").splitlines()[::90]
    text, spans = "", []
    for row in rows:
        spans.append((len(text), len(text) + len(row.split("\t")[1])))
        text += row.split("\t")[1] + " was quiet. "
    taken = []
    for part in (spans[:600], spans[:2400]):
        start = time.process_time()
        assert None not in resolved(text, part)
        taken.append(time.process_time() - start)
    assert taken[1] < 13 * taken[0] + 0.5
