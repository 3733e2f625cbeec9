"""The folding of names: what goes in is a name as somebody wrote it, what comes out is a key that its spellings share.

Two spellings of one name meet ("Nureddine al-Zinki", "Nour al-Din al-Zenki"), two names do not ("Niger", "Nigeria").
The rules, in their order, stand in docs/registry.md; words that rules cannot join stand in actors/spellings.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Letters that no decomposition takes apart.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "ŋ": "ng"}
_WHOLE = re.compile(f"[{''.join(_LETTERS)}]")
# Apostrophes, the signs for the Arabic ayn and hamza, and the stops of abbreviations: all of them silent.
_SILENT = re.compile("['’‘‛`´ʼʻʽʾʿˈ′.]+")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]+")  # accents, Cyrillic and Arabic marks
_WORDS = re.compile(r"[^\W_]+|\+")
_WORDS_AND_DASHES = re.compile(r"[^\W_]+|[-‐‑–—]|\+")
_DASHES = frozenset("-‐‑–—")
# The Arabic article, also as it sounds before n, r, s, sh, d, t and z: dropped wherever a dash ties it to a word.
_ARTICLES = frozenset("al el ul il ar ur as ash esh at an ad ed ud az ez uz adh ath".split())
# Written as a word of its own only these are safe to drop: the others are English words.
_LONE_ARTICLES = frozenset(("al", "el", "ul"))
# The link of Persian and Urdu names, as in Lashkar-e-Taiba and Hezb-i Islami.
_LINKS = frozenset(("e", "i", "ye", "yi"))

_DIN = frozenset(("din", "deen", "dine"))
_TOUCHY = frozenset(("the",)) | _ARTICLES | _LINKS | _DIN

_FUSED_DIN = re.compile(r"(.{2,}?)[aeiu](?:dd|ld)(?:i|ee|y|ie)ne?|(.*zz)[aei]d(?:i|ee)ne?")
_FUSED_ALLAH = re.compile(r"(.{3,}?)[aou]llah?")
_FINAL_AH = re.compile(r"(?<=\w\w\w)ah\b")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1(?=[aeiouy])")  # Islamiyya, Qassam; but not UNMISS
_INNER_AA = re.compile(r"aa(?=\w)")
_AI = re.compile("a[eiy]|e[iy]")  # Jaysh, Jeish; Qaeda, Qaida
_VOWEL_Y = re.compile(r"(?<=\w)y(?![aeiou])")
_INNER_E = re.compile(r"e(?=\w)")  # Mali is not Malé
_SHORT = 3  # letters: words too short to be spelled in two ways


class Folding:
    """Makes keys: `key(name)` is the folded name, its words joined by single spaces; `""` where there is no word.

    `spellings` maps the spelling that stands for a word to the other spellings of that word.
    """

    def __init__(self, spellings: Mapping[str, Iterable[str]] | None = None) -> None:
        self._words = _FoldedWords(spellings or {})

    def key(self, name: str) -> str:
        """The key under which all spellings of `name` meet; articles are dropped unless nothing else is left."""
        return self._key(plain(name))

    def keys(self, names: Sequence[str]) -> list[str]:
        """The key of each of many one-line names, in a third of the time that one by one takes."""
        texts = plain("\n".join(names)).split("\n")
        self._words.add(_WORDS.findall(" ".join(texts)))
        return [self._key(text) for text in texts] if names else []

    def _key(self, text: str) -> str:
        words = _WORDS.findall(text)
        if not _TOUCHY.isdisjoint(words):
            tokens = _WORDS_AND_DASHES.findall(text)
            words = [token for at, token in enumerate(tokens) if not _silent(tokens, at)] or words
        return " ".join(map(self._words.__getitem__, words))


class _FoldedWords(dict[str, str]):
    """Word → folded word, worked out when first asked for; a fused name such as Nureddine is two words."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        variants = [(other, word) for word, others in spellings.items() for other in others]
        folded = _by_letter([word for pair in variants for word in pair])
        self._spellings = dict(zip(folded[::2], folded[1::2], strict=True))

    def __missing__(self, word: str) -> str:
        self.add([word])
        return self[word]

    def add(self, words: Iterable[str]) -> None:
        alone, fused = [], {}
        for word in set(words).difference(self):
            if word.endswith(("n", "ne")) and (found := _FUSED_DIN.fullmatch(word)):
                fused[word] = found[1] or found[2], "din"
            elif word.endswith(("lla", "llah")) and (found := _FUSED_ALLAH.fullmatch(word)):
                fused[word] = found[1], "allah"
            else:
                alone.append(word)
        for word, folded in zip(alone, _by_letter(alone), strict=True):
            self[word] = self._spellings.get(folded, folded)
        for word, (first, second) in fused.items():
            self[word] = f"{self[first]} {self[second]}"


def _silent(tokens: list[str], at: int) -> bool:
    """Whether the token is a dash, an article or a link between the words of a name, and no word of it."""
    token = tokens[at]
    if token in _DASHES or token == "the":
        return True
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if token in _LONE_ARTICLES and after:
        return True
    if token in _ARTICLES:
        return after in _DIN or (after in _DASHES and at + 2 < len(tokens))
    return token in _LINKS and before in _DASHES and after != ""


def letters(name: str) -> str:
    """The words of `name` letter by letter, without articles before it and signs inside: how acronyms are compared."""
    words = _WORDS.findall(plain(name))
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def plain(name: str) -> str:
    """`name` in small letters without accents, apostrophes and full stops; other signs stay."""
    text = name.casefold()
    if not text.isascii():
        text = _WHOLE.sub(lambda found: _LETTERS[found[0]], _SILENT.sub("", text))
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _SILENT.sub("", text).replace("&", " and ")


def _by_letter(words: Sequence[str]) -> list[str]:
    """Each word after the letter rules, in one go over all of them; short words and other scripts stay as they are."""
    long = [word for word in words if len(word) > _SHORT and word.isascii()]
    text = " ".join(long).replace("dj", "j").replace("gh", "g").replace("dh", "d")
    text = _DOUBLED.sub(r"\1", _FINAL_AH.sub("a", text)).replace("q", "k")
    text = _AI.sub("ai", _INNER_AA.sub("a", text))
    text = text.replace("ee", "i").replace("ou", "u").replace("oo", "u").replace("aw", "au")
    text = _INNER_E.sub("i", _VOWEL_Y.sub("i", text)).replace("o", "u")
    while "ii" in text or "uu" in text:
        text = text.replace("ii", "i").replace("uu", "u")
    folded = dict(zip(long, text.split(" "), strict=True)) if long else {}
    return [folded.get(word, word) for word in words]
