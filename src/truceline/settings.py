"""The settings: one frozen object, from `truceline.toml` and `TRUCELINE_*` environment variables.

The environment wins over the file, the file over the defaults. An unknown key or a wrong type is an error, so
that a misspelt setting never passes unnoticed.
"""

import math
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

FILE_NAME = "truceline.toml"
PREFIX = "TRUCELINE_"
FILE_VARIABLE = "TRUCELINE_CONFIG"
# Variables with a shorter name than their key's.
SHORT = {"TRUCELINE_DB": "TRUCELINE_DATABASE"}
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class SettingsError(ValueError):
    """A settings file or variable that cannot be used; `str()` is one sentence: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default; the file's keys and, in capitals after `TRUCELINE_`, the variables."""

    allow_private_addresses: bool = False
    """Fetch pages from private, loopback and link-local addresses too."""
    fetch_timeout_seconds: float = 20.0
    """Time for one page altogether, redirects included."""
    fetch_limit_bytes: int = 16_000_000
    """Largest page to fetch, after decompression."""
    fetch_pause_seconds: float = 1.0
    """Pause between two requests of our own accord to the same server."""
    report_limit_bytes: int = 16_000_000
    """Largest report to read: one file, or one line of a JSONL file, after decompression."""
    threads: int = 0
    """Processor threads for the language model; 0 for one per core."""
    registry: str = ""
    """Files of your own actors, beside the registry's; several are parted as in PATH."""
    database: str = "truceline.db"
    """The database of what was read: the path of a SQLite file, or the URL of a PostgreSQL database."""


def load_settings(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force in `folder` (default: the current one); `SettingsError` if one of them is wrong.

    Read from the file that `TRUCELINE_CONFIG` names, else from `truceline.toml` in the folder if there is one, then
    from the `TRUCELINE_*` variables of `environ` (default: the process's own).
    """
    variables = os.environ if environ is None else environ
    folder = folder or Path()
    named = variables.get(FILE_VARIABLE)
    values = _from_file(folder / named if named else folder / FILE_NAME, required=bool(named))
    for variable, text in variables.items():
        if variable.startswith(PREFIX) and variable != FILE_VARIABLE:
            full = SHORT.get(variable, variable)
            if variables.get(full, text) != text:
                raise SettingsError(f"The variables {variable} and {full} are one setting and differ: keep one.")
            key = _known(full.removeprefix(PREFIX).lower(), f"the variable {variable}", _as_variable)
            values[key] = _checked(key, _parsed(key, text, variable), f"the variable {variable}")
    return Settings(**values)  # type: ignore[arg-type]  # each value was checked against its field's type


def _from_file(path: Path, *, required: bool) -> dict[str, object]:
    if not required and not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise SettingsError(f"The settings file {path} cannot be read ({fault.strerror}): check its path.") from fault
    except ValueError as fault:
        raise SettingsError(f"The settings file {path} is not valid TOML: {fault}.") from fault
    return {_known(key, str(path), str): _checked(key, value, str(path)) for key, value in table.items()}


def _as_variable(key: str) -> str:
    return PREFIX + key.upper()


def _known(key: str, where: str, spelt: Callable[[str], str]) -> str:
    keys = [field.name for field in fields(Settings)]
    if key in keys:
        return key
    near = get_close_matches(key.lower(), keys, n=1, cutoff=0.0)
    raise SettingsError(f"Unknown setting {spelt(key)!r} in {where}: did you mean {spelt(near[0])!r}?")


def _parsed(key: str, text: str, variable: str) -> object:
    """A variable's text as the type of its field; `SettingsError` if it cannot be that."""
    word = text.strip().lower()
    kind = type(getattr(Settings(), key))
    if kind is str:
        return text
    if kind is bool and word in _TRUE | _FALSE:
        return word in _TRUE
    if kind is not bool:
        try:
            return kind(word)
        except ValueError:
            pass
    raise SettingsError(f"The variable {variable} must be {_wanted(key)}, not {text!r}.")


def _checked(key: str, value: object, where: str) -> object:
    kind = type(getattr(Settings(), key))
    if kind is float and type(value) is int:
        value = float(value)
    lowest = 0 if key == "threads" else 1e-3
    sound = type(value) is kind and (
        isinstance(value, bool | str) or (isinstance(value, int | float) and math.isfinite(value) and value >= lowest)
    )
    if not sound:
        raise SettingsError(f"The setting {key} in {where} must be {_wanted(key)}, not {value!r}.")
    return value


def _wanted(key: str) -> str:
    if key == "threads":
        return "a whole number, 0 or more"
    words = {str: "text", bool: "true or false", int: "a whole number above 0", float: "a number above 0"}
    return words[type(getattr(Settings(), key))]
