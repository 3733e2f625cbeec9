"""Word lists that people edit, as YAML beside this file, read through one loader.

Nothing comes in; `entries(name)` gives what the file holds. A list says what a word is, never what to do with it.
"""

from functools import cache
from importlib.resources import files

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same safe loader, in C where the package has it


@cache
def entries(name: str) -> dict[str, frozenset[str]]:
    """The lists in `<name>.yaml` by their names; `FileNotFoundError` if there is no such file."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in yaml.load(text, Loader=_Loader).items()}
