"""English is known at a glance, other languages by name, and too little text says nothing."""

import sys

import pytest

from truceline.read import language
from truceline.read.language import language_of

ENGLISH = "The delegations said that they would return to the talks, but not to the map which their hosts had drawn."


def test_english_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    language._identifier.cache_clear()
    assert language_of(ENGLISH) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Verhandlungen wurden am Montag in Genf wieder aufgenommen, sagte der Minister.", "de"),
        ("Les négociations ont repris lundi à Genève, a déclaré le ministre.", "fr"),
        ("Las negociaciones se reanudaron el lunes en Ginebra, dijo el ministro.", "es"),
        ("Переговоры возобновились в понедельник в Женеве, сообщил министр.", "ru"),
        ("استؤنفت المحادثات يوم الاثنين في جنيف، حسبما قال الوزير.", "ar"),
        ("谈判于周一在日内瓦恢复，外交部长说。各方将于周四再次会面讨论停火。", "zh"),
    ],
)
def test_other_languages_are_named(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "   \n", "Ok.", "12 34 56 78 90 12 34 56 78", "🕊🕊🕊", "\ud800\ud800"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_a_foreign_heading_does_not_decide_for_a_long_text() -> None:
    assert language_of("Женева, понедельник. " * 20 + ENGLISH * 300) == "en"
