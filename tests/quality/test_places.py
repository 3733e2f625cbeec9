"""The figures of the task `places`, worked out by hand on two small corpora written here."""

from pathlib import Path
from typing import Any

import pytest

from quality.corpora.toponyms import Toponym, read_toponyms
from quality.tasks import places

LGL = """<articles><article docid="1"><url>http://example.org/a</url>
<text><![CDATA[Rain in Aleppo and Qarzumand.]]></text>
<toponyms>
<toponym><start>19</start><end>28</end><phrase>Qarzumand</phrase></toponym>
<toponym><start>8</start><end>14</end><phrase>Aleppo</phrase>
<gaztag geonameid="1"><lat>36.2</lat><lon>37.2</lon></gaztag></toponym>
</toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>http://example.org/b</source><text>Cases in Bukavu and Goma.</text><locations>
<location><name>Bukavu</name><start>10</start><end>16</end><lat>-2.5</lat><lon>28.86</lon><page>x</page></location>
<location><name>Goma</name><start>21</start><end>25</end><lat>50.0</lat><lon>8.0</lon><page>x</page></location>
</locations></article></articles>"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "places").mkdir()
    (tmp_path / "places/lgl.xml").write_text(LGL, encoding="utf-8")
    (tmp_path / "places/GeoVirus.xml").write_text(GEOVIRUS, encoding="utf-8")
    return tmp_path


def test_both_layouts_are_read(data: Path) -> None:
    (lgl,) = read_toponyms(data / "places/lgl.xml")
    assert lgl.toponyms == [Toponym(8, 14, (36.2, 37.2)), Toponym(19, 28, None)]
    assert lgl.url == "http://example.org/a"
    (geovirus,) = read_toponyms(data / "places/GeoVirus.xml")
    assert [geovirus.text[t.start : t.end] for t in geovirus.toponyms] == ["Bukavu", "Goma"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (LGL.replace("<start>8<", "<start>9<"), r"lgl\.xml, article 1: 'Aleppo' does not stand at character 9"),
        ("<articles>", "no XML"),
    ],
)
def test_a_faulty_corpus_is_named(data: Path, text: str, complaint: str) -> None:
    (data / "places/lgl.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_toponyms(data / "places/lgl.xml")


def test_an_undivided_corpus_is_dev_and_test(data: Path) -> None:
    assert len(places.part(data, "dev")) == len(places.part(data, "test")) == 2
    assert places.part(data, "train") == []
    (data / "places/test").mkdir()
    (data / "places/lgl.xml").rename(data / "places/test/lgl.xml")
    assert [path.name for path in places.part(data, "test")] == ["lgl.xml"]


def test_the_figures_by_hand(data: Path, annotation: Any, annotator: Any, tagged: Any) -> None:
    upos = ["NOUN", "ADP", "PROPN", "CCONJ", "PROPN"]
    first = annotation(forms="Cases in Bukavu and Goma.".split(), upos=upos, entities=[tagged(2, 3, "LOC")])
    second = annotation(forms="Rain in Aleppo and Qarzumand.".split(), upos=upos, entities=[tagged(2, 3, "LOC")])
    figures = places.measure(data, "dev", annotator(first, second))
    assert figures["lgl.acc161"] == 100  # Qarzumand has no gold point, and so does not count
    assert figures["geovirus.acc161"] == 50  # Goma's gold point was put in Germany
    assert figures["geovirus.acc161_population"] == 50
    assert figures["lgl.mean_km"] < 10
    assert figures["geovirus.median_km"] > 1000
    assert figures["lgl.end_to_end_f1"] == 100
    assert figures["geovirus.end_to_end_f1"] == pytest.approx(200 / 3)
    assert figures["end_to_end_f1"] == pytest.approx(80)


def test_a_name_in_the_wrong_place_is_no_hit(data: Path, annotation: Any, annotator: Any, tagged: Any) -> None:
    (data / "places/lgl.xml").unlink()
    words = "Cases in Bukavu and Goma.".split()
    found = annotation(forms=words, upos=["NOUN"] * 5, entities=[tagged(2, 3, "LOC"), tagged(4, 5, "LOC")])
    assert places.measure(data, "dev", annotator(found))["end_to_end_f1"] == 50


def test_without_data_there_are_no_figures(tmp_path: Path, annotator: Any) -> None:
    assert places.measure(tmp_path, "dev", annotator()) == {}
