"""Which names can be one person's, or one body's."""

import pytest

from truceline.resolve.names import acronym, same_body, same_person


def name(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("okello", "jan okello"),
        ("jan okello", "jan peter okello"),
        ("j okello", "jan okello"),
        ("de sandal", "mira de sandal"),
        ("mira", "mira sandal"),
        ("okello", "okello"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert same_person(name(one), name(other))
    assert same_person(name(other), name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jan okello", "anton okello"),
        ("okello", "mira sandal"),
        ("jan okello", "jan weru"),
        ("jo okello", "jan okello"),
    ],
)
def test_two_persons(one: str, other: str) -> None:
    assert not same_person(name(one), name(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("fsf", "free savanna front", True),
        ("ffs", "free savanna front", True),  # the order of another language
        ("free savanna front", "free savanna front", True),
        ("savanna", "free savanna front", False),
        ("fss", "free savanna front", False),
        ("f", "front", False),
    ],
)
def test_bodies_by_words_and_acronyms(one: str, other: str, same: bool) -> None:
    assert same_body(name(one), name(other)) is same


def test_an_acronym_leaves_out_small_words() -> None:
    assert acronym(name("movement for the peace of the savanna")) == "mps"
    assert acronym(name("front")) == "front"
