"""The sample reports: nothing comes in, out come eight reports of our own writing on real negotiations.

The texts and their index lie beside this file; `README.md` there says what in them is fact and what is wording.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from truceline.read import Received, report_from_text

OUTLET = "Truceline sample"


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry of the index: the text is in `<name>.txt`, `style` says what kind of report it imitates."""

    name: str
    style: str
    published: str
    title: str


def samples() -> list[Sample]:
    """The samples in the order in which they are read."""
    index = tomllib.loads((files(__name__) / "index.toml").read_text(encoding="utf-8"))
    return [Sample(**entry) for entry in index["report"]]


def sample_reports() -> Iterator[Received]:
    """The samples as reports, frozen like any other."""
    for sample in samples():
        text = (files(__name__) / f"{sample.name}.txt").read_text(encoding="utf-8")
        report = report_from_text(text, title=sample.title, outlet=OUTLET, published=sample.published)
        yield Received(sample.name, report, ())
