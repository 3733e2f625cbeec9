"""Registry files: what comes in is YAML as docs/registry.md describes it, what goes out is entries with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

# As in truceline.records, which the lexicon may not import; a test holds the two together.
ActorKind = Literal[
    "person", "government", "military", "armed group", "organisation", "party", "ngo", "media", "people", "other"
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(ActorKind)

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELDS = ("names", "demonyms", "capital", "seats", "of", "country", "years")
_CODE = re.compile(r"[A-Z]{3}")
_KEY = re.compile(r"[A-Z]{3}|[a-z0-9]+(?:-[a-z0-9]+)*")
_YEARS = re.compile(r"(\d{4})-(\d{4})?")
_NOWHERE = "none"


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Takes every scalar for a word: no country turns into a truth value, and half of the time is saved."""

    def resolve(self, kind: type, value: str, implicit: object) -> str:
        return "tag:yaml.org,2002:str"


class RegistryError(ValueError):
    """A registry file that cannot be used: one sentence that names the file, the line and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor that the registry knows.

    `country` is an ISO 3166-1 alpha-3 code or None, `of` the key of the actor it belongs to, `names` begins with
    `name`. `seats` are the cities, streets and buildings that stand for a government; `capitals` those of them that
    are or were its capital. `since` and `until` are years, None where open or unknown.
    """

    key: str
    name: str
    kind: ActorKind
    country: str | None
    of: str | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry was read."""

    file: str
    line: int

    def error(self, what: str) -> RegistryError:
        return RegistryError(f"{self.file}, line {self.line}: {what}")


def read_entries(text: str, file: str) -> Iterator[tuple[Entry, Source]]:
    """The entries of one file in their order, each with its place; `RegistryError` at the first fault."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        raise Source(file, mark.line + 1 if mark else 1).error(f"this is not YAML ({problem})") from fault
    if root is None:
        return
    seen: dict[str, int] = {}
    for top, body in _pairs(root, file, "kinds of actors"):
        for entry, source in _of_states(body, file) if top.value == "states" else _of_kind(top, body, file):
            if entry.key in seen:
                raise source.error(f"the key '{entry.key}' stands already in line {seen[entry.key]}; keys must differ")
            seen[entry.key] = source.line
            yield entry, source


def _of_states(body: Any, file: str) -> Iterator[tuple[Entry, Source]]:
    for key, value in _pairs(body, file, "states"):
        country = key.value if _CODE.fullmatch(key.value) else None
        yield _entry(key, value, "government", country, file)


def _of_kind(top: Any, body: Any, file: str) -> Iterator[tuple[Entry, Source]]:
    if top.value not in KINDS:
        known = ", ".join(KINDS)
        raise _at(top, file).error(f"'{top.value}' is no kind of actor; write states or one of {known}")
    for country, group in _pairs(body, file, "countries"):
        if country.value != _NOWHERE and not _CODE.fullmatch(country.value):
            raise _at(country, file).error(f"'{country.value}' is no country; write three capitals as in SYR, or none")
        for key, value in _pairs(group, file, "actors"):
            yield _entry(key, value, top.value, None if country.value == _NOWHERE else country.value, file)


def _entry(key: Any, value: Any, kind: Any, country: str | None, file: str) -> tuple[Entry, Source]:
    source = _at(key, file)
    if not _KEY.fullmatch(key.value):
        raise source.error(f"'{key.value}' is no key; write small letters, digits and hyphens, or three capitals")
    fields = _fields(value, file)
    if "country" in fields:
        country = None if fields["country"] == _NOWHERE else fields["country"]
    names = _listed(fields.get("names", ""))
    if names and _YEARS.fullmatch(names[-1]):
        fields["years"] = names[-1]
        names = names[:-1]
    if not names:
        raise source.error(f"'{key.value}' has no name; write at least one")
    since, until = _years(fields.get("years"), source)
    capitals = _listed(fields.get("capital", ""))
    seats = (*capitals, *_listed(fields.get("seats", "")))
    demonyms = _listed(fields.get("demonyms", ""))
    of = fields.get("of")
    return Entry(key.value, names[0], kind, country, of, names, demonyms, seats, capitals, since, until), source


def _fields(value: Any, file: str) -> dict[str, str]:
    if isinstance(value, yaml.ScalarNode):
        return {"names": value.value}
    fields = {}
    for name, content in _pairs(value, file, "fields"):
        if name.value not in _FIELDS:
            raise _at(name, file).error(f"'{name.value}' is no field; write one of {', '.join(_FIELDS)}")
        if not isinstance(content, yaml.ScalarNode):
            raise _at(content, file).error(f"'{name.value}' must be one line of words with semicolons between them")
        fields[name.value] = content.value
    return fields


def _years(text: str | None, source: Source) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    found = _YEARS.fullmatch(text.strip())
    if not found:
        raise source.error(f"'{text}' are no years; write them as in 1983-2009, or 1983- where they go on")
    since, until = int(found[1]), int(found[2]) if found[2] else None
    if until is not None and until < since:
        raise source.error(f"the years {text} end before they begin")
    return since, until


def _listed(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    pieces = map(str.strip, text.replace("\n", " ").split(";"))
    return tuple(dict.fromkeys(filter(None, pieces)))


def _pairs(node: Any, file: str, what: str) -> list[tuple[Any, Any]]:
    if not isinstance(node, yaml.MappingNode):
        raise _at(node, file).error(f"{what} with a colon after each were expected here; see docs/registry.md")
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _at(key, file).error("a plain word was expected before the colon")
    return list(node.value)


def _at(node: Any, file: str) -> Source:
    return Source(file, node.start_mark.line + 1)


def read_file(path: Path) -> str:
    """The text of a user's file; `RegistryError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise RegistryError(f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8") from fault
    except OSError as fault:
        raise RegistryError(f"{path}: cannot be read ({fault.strerror})") from fault
