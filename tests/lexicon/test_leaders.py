"""Leaders: the state that somebody led, by name and year."""

import re

import pytest

from truceline.lexicon import entries
from truceline.lexicon.leaders import Led, name_words, state_led
from truceline.lexicon.registry import load_registry

LED = [
    ("Vladimir Putin", 2016, Led("RUS", True)),
    ("Putin", 2016, Led("RUS", True)),
    ("Putin", 1990, None),  # a surname alone tells only around the years in power
    ("Vladimir Putin", 1990, Led("RUS", False)),
    ("Barack Obama", 2018, Led("USA", False)),
    ("George W. Bush", 2006, Led("USA", True)),
    ("George Bush", 1990, Led("USA", True)),
    ("Bush", 2006, Led("USA", True)),
    ("Recep Tayyip Erdoğan", 2018, Led("TUR", True)),
    ("Bashar al-Assad", 2016, Led("SYR", True)),
    ("Omar al-Bashir", 2010, Led("SDN", True)),
    ("Suu Kyi", 2018, Led("MMR", True)),
    ("Kim Jong Il", 2005, Led("PRK", True)),
    ("Kim", 2005, None),
    ("Yoweri Kaguta Museveni", 2005, Led("UGA", True)),
    ("Jaswant Singh", 2006, None),
    ("Manmohan Singh", 2006, Led("IND", True)),
    ("Laura Bush", 2006, None),
    ("Hussein", 1990, None),  # of Iraq or of Jordan
    ("Saddam Hussein", 1990, Led("IRQ", True)),
    ("Jan Okello", 2016, None),
    ("Putin", None, None),
    ("", 2016, None),
    ("-", 2016, None),
]


@pytest.mark.parametrize(("name", "year", "led"), LED)
def test_the_state_of_a_leader(name: str, year: int | None, led: Led | None) -> None:
    assert state_led(name, year) == led


def test_every_entry_has_a_name_and_years_and_a_state_of_the_registry() -> None:
    registry = load_registry()
    for state, names in entries("leaders").items():
        assert state in registry
        for written in names:
            parts = re.fullmatch(r"([a-z' -]+) (\d{4})-(\d{4})?", written)
            assert parts, written
            assert name_words(parts[1])
            assert parts[3] is None or int(parts[2]) <= int(parts[3]), written


def test_every_national_office_is_of_a_state_of_the_registry() -> None:
    registry = load_registry()
    assert all(state in registry for state in entries("national_offices"))
