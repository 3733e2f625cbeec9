"""The closed registry of actors: who a name, a demonym or a seat of government stands for.

What comes in is words of a report, what goes out is entries; more than one where the words are ambiguous, none where
the registry does not know them. It never guesses. The entries are the YAML files in `actors/`, and files of the user.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml

from truceline.lexicon.folding import Folding, letters
from truceline.lexicon.registry_files import ActorKind, Entry, RegistryError, Source, read_entries, read_file

__all__ = ["ActorKind", "Entry", "Match", "Registry", "RegistryError", "load_registry", "narrowed"]

_MIXED = 5  # letters: JeM, LeT, GoSS, AfDB

Sense = Literal["name", "demonym", "seat"]
_FIELDS: dict[Sense, str] = {"name": "names", "demonym": "demonyms", "seat": "seats"}
_SPELLINGS = "spellings.yaml"
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
# Signs that may stand inside a name; any other sign ends it.
_INSIDE = frozenset(("-", "‐", "‑", "–", "'", "’", "/", "&", "'s", "’s", "+", "("))
_ARTICLES = frozenset(("the", "al", "el", "as", "ash", "an", "ar"))


@dataclass(frozen=True, slots=True)
class Match:
    """The longest name at a word: its `entries` (several if ambiguous), the `end` after its last form, its `sense`."""

    entries: tuple[Entry, ...]
    end: int
    sense: Sense

    @property
    def entry(self) -> Entry | None:
        """The one entry, or None where the words are ambiguous."""
        return self.entries[0] if len(self.entries) == 1 else None


# One name as it is written in the registry, which says what a form must look like to be it, and whose it is.
_Written = tuple[str, Entry]


class Registry:
    """Entries by their names, demonyms and seats; iterate for all entries, `registry[key]` for one (`KeyError`)."""

    def __init__(self, entries: Iterable[Entry], spellings: Mapping[str, Iterable[str]] | None = None) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._folding = Folding(spellings)
        self._index: dict[Sense, dict[str, list[_Written]]] = {sense: {} for sense in _FIELDS}
        self._acronyms: dict[str, list[_Written]] = {}  # of names; their letters are not to be folded
        self._reach: dict[str, int] = {}  # the first piece of a key → the most pieces that a key with it has
        for sense, field in _FIELDS.items():
            self._add(sense, [(written, e) for e in self._entries.values() for written in getattr(e, field)])

    def _add(self, sense: Sense, names: Sequence[_Written]) -> None:
        index, reach = self._index[sense], self._reach
        for name, key in zip(names, self._folding.keys([written for written, _ in names]), strict=True):
            if _is_acronym(name[0]):
                self._acronyms.setdefault(letters(name[0]), []).append(name)
            else:
                index.setdefault(key, []).append(name)
            first, spaces = key.partition(" ")[0], key.count(" ")
            if spaces >= reach.get(first, 0):
                reach[first] = spaces + 1

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def fold(self, words: str) -> str:
        """The key under which the spellings of a name meet. Acronyms are compared by their letters instead."""
        return self._folding.key(words)

    def find(self, words: str, year: int | None = None) -> tuple[Entry, ...]:
        """The entries of this name in any of its spellings, with or without a possessive; several if ambiguous.

        Small letters do where nothing is written so ("hamas"), but not for acronyms ("us", "who"). With the `year` of
        the report, an entry that was not there yet or no longer gives way to one that was.
        """
        bare = _POSSESSIVE.sub("", words)
        found = self._named("name", words) or self._named("name", bare) or self._named("name", bare, lenient=True)
        return narrowed(found, year=year)

    def demonyms(self, word: str, year: int | None = None) -> tuple[Entry, ...]:
        """The entries whose people or adjective this is, with a capital: for "Korean" two."""
        return narrowed(self._named("demonym", word), year=year)

    def seats(self, word: str, year: int | None = None) -> tuple[Entry, ...]:
        """The entries for which this capital, street or building stands, with a capital: for "Brussels" three."""
        return narrowed(self._named("seat", word), year=year)

    def demonym(self, word: str, year: int | None = None) -> Entry | None:
        """The one entry whose people or adjective this is; None if there is none, or more than one."""
        return _only(self.demonyms(word, year))

    def seat(self, word: str, year: int | None = None) -> Entry | None:
        """The one entry for which this place stands; None if there is none, or more than one."""
        return _only(self.seats(word, year))

    def longest(self, forms: Sequence[str], at: int, year: int | None = None) -> Match | None:
        """The longest name, demonym or seat that begins at `forms[at]`; where all three are as long, in that order.

        `forms` are words as they stand in the text, with signs as forms of their own. A proper name needs a capital,
        an acronym all of them; a leading "the" belongs to the match.
        """
        if not 0 <= at < len(forms):
            raise IndexError(f"no form {at} among {len(forms)}")
        if not forms[at][:1].isalnum():
            return None
        best: Match | None = None
        text, most = "", 0
        for end in range(at + 1, len(forms) + 1):
            form = forms[end - 1]
            if not form[:1].isalnum() and form not in _INSIDE:
                break
            text += form if not text or form in ("'s", "’s", "'", "’") else f" {form}"
            key = self._folding.key(text)
            most = max(most, self._reach.get(key.partition(" ")[0], 0))
            glued = end < len(forms) and forms[end] in ("'s", "’s")
            if key.count(" ") >= most and not glued and not _unfinished(form):
                break
            opened = "(" in text
            if opened and tuple(forms[end : end + 1]) != (")",):
                continue
            found = self._at_key(key, text)
            if found and not (text[:4].lower() == "the " and self._goes_on(key, text, forms, end)):
                best = Match(narrowed(found[0], year=year), end + opened, found[1])
        return best

    def _at_key(self, key: str, text: str) -> tuple[tuple[Entry, ...], Sense] | None:
        for sense in _FIELDS:
            if found := self._fitting(sense, key, text):
                return found, sense
        return None

    def _goes_on(self, key: str, text: str, forms: Sequence[str], end: int) -> bool:
        """Whether a name that is none without its article seems to go on, as "the West" does in "the West Bank"."""
        return end < len(forms) and forms[end][:1].isupper() and self._at_key(key, text[4:]) is None

    def _named(self, sense: Sense, words: str, *, lenient: bool = False) -> tuple[Entry, ...]:
        return self._fitting(sense, self._folding.key(words), words, lenient=lenient)

    def _fitting(self, sense: Sense, key: str, text: str, *, lenient: bool = False) -> tuple[Entry, ...]:
        """The entries of those names at `key` that look like `text`; if some have the same letters, only those."""
        found = [name for name in self._index[sense].get(key, ()) if _looks_like(name[0], text, lenient)]
        if sense == "name" and _shouted(text):
            found += self._acronyms.get(letters(text), ())
        if len(found) > 1:
            same = letters(text)
            found = [name for name in found if letters(name[0]) == same] or found
        return tuple({entry.key: entry for _, entry in found}.values())


def narrowed(
    entries: Sequence[Entry], *, year: int | None = None, countries: Collection[str] = ()
) -> tuple[Entry, ...]:
    """Those of ambiguous entries that were there in `year` and belong to one of `countries`; all, where none does.

    Without a year, governments of the past give way to those of today ("Moscow" is Russia, not the Soviet Union).
    """
    kept = tuple(entries)
    if len(kept) < 2:
        return kept
    if year is None:
        if any(e.kind == "government" and e.until is None for e in kept):
            kept = tuple(e for e in kept if e.kind != "government" or e.until is None)
    else:
        kept = tuple(e for e in kept if (e.since or year) <= year <= (e.until or year)) or kept
    if countries:
        kept = tuple(e for e in kept if e.country in countries) or kept
    return kept


def load_registry(user_files: Sequence[Path] = ()) -> Registry:
    """The registry that comes with the program, and the user's files over it, read and indexed once.

    An entry of a later file replaces the whole entry of the same key. `RegistryError` names file and line of a fault.
    A user's file that has changed since is read again.
    """
    return _loaded(tuple((str(path), _stamp(path)) for path in user_files))


@cache
def _loaded(user_files: tuple[tuple[str, tuple[int, int]], ...]) -> Registry:
    if not user_files:
        return Registry(_packaged().values(), _spellings())
    entries = dict(_packaged())
    sources: dict[str, Source] = {}
    for file, _ in user_files:
        for entry, source in read_entries(read_file(Path(file)), file):
            entries[entry.key], sources[entry.key] = entry, source
    _check(entries, sources)
    return Registry(entries.values(), _spellings())


def _check(entries: Mapping[str, Entry], sources: Mapping[str, Source]) -> None:
    countries = {entry.country for entry in entries.values() if entry.kind == "government"}
    for key, source in sources.items():
        entry = entries[key]
        if entry.country is not None and entry.country not in countries:
            raise source.error(f"'{entry.country}' is the code of no state here; correct it or add the state")
        if entry.of is not None and entry.of not in entries:
            raise source.error(f"'{key}' is of '{entry.of}', which no entry has as its key")


@cache
def _packaged() -> dict[str, Entry]:
    folder = files(__package__).joinpath("actors")
    entries: dict[str, Entry] = {}
    sources: dict[str, Source] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml") and file.name != _SPELLINGS:
            for entry, source in read_entries(file.read_text(encoding="utf-8"), file.name):
                if entry.key in entries:
                    raise source.error(f"the key '{entry.key}' stands already in {sources[entry.key].file}")
                entries[entry.key], sources[entry.key] = entry, source
    _check(entries, sources)
    return entries


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("actors", _SPELLINGS).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {word: tuple(others.split()) for word, others in yaml.load(text, Loader=loader).items()}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError as fault:
        raise RegistryError(f"{path}: cannot be read ({fault.strerror})") from fault
    return state.st_mtime_ns, state.st_size


def _only(entries: tuple[Entry, ...]) -> Entry | None:
    return entries[0] if len(entries) == 1 else None


def _is_acronym(written: str) -> bool:
    """One word all in capitals, as HTS, U.S., M23 and SPLM-IO."""
    return written.isupper() and " " not in written


def _shouted(text: str) -> bool:
    """Whether all letters are capitals, but for those of an article before them."""
    return (text[4:] if text[:4].lower() == "the " else text).isupper()


def _looks_like(written: str, text: str, lenient: bool) -> bool:
    """Whether `text` may be the name `written`, with which it shares a key.

    A name with capitals needs one, or `lenient`; one that mixes them (JeM, LeT) stands as it is written, and what is
    written with its article ("The Hague", "the West") is nothing without.
    """
    article = text[:4].lower() == "the "
    if written[:4].lower() == "the ":
        if not article:
            return False
        written = written[4:]
    if written.islower():
        return True
    bare = text[4:] if article else text
    if len(written) <= _MIXED and not written[1:].islower() and written.isalpha():
        return bare == written
    return lenient or not bare.islower()


def _unfinished(form: str) -> bool:
    """Whether the form alone folds otherwise than with the word after it, as an article does."""
    return form in _INSIDE or form.lower() in _ARTICLES
