"""The head of a report's page: in comes a `Report`, out come its title and a few facts about it, each on one line."""

from truceline.page.lines import counted, printable
from truceline.records import Report

_MOST_OF_A_FIRST_LINE = 200


def title(report: Report) -> str:
    """The report's title, or else the first of its lines that has something in it, cut where it is very long."""
    if named := printable(report.title or ""):
        return named
    line = next((line for line in map(printable, report.text.splitlines()) if line), "(empty report)")
    return line if len(line) <= _MOST_OF_A_FIRST_LINE else line[: _MOST_OF_A_FIRST_LINE - 1] + "…"


def facts(report: Report, name: str | None) -> list[str]:
    """Outlet, day of publication, language, number of words, and the name of where the report came from."""
    found = (
        report.outlet,
        report.published or "no date",
        f"language {report.language}" if report.language else "language unknown",
        counted(sum(any(map(str.isalnum, word)) for word in report.text.split()), "word"),
        name,
    )
    return [printable(fact) for fact in found if fact]
