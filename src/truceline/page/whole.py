"""One reading as a page for the terminal: in come a `Reading` and a rich console, out goes text to read.

The head of the report, the negotiation, the statements grouped by speaker, and the actors, times and places.
"""

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from truceline.listing import actor_lines, place_lines, time_lines
from truceline.page.heading import facts, title
from truceline.page.lines import counted, print_wrapped, printable
from truceline.page.statements import print_statements
from truceline.page.terminal import print_negotiation
from truceline.records import Reading, Report


def print_page(reading: Reading, console: Console, *, name: str | None = None, evidence: bool = False) -> None:
    """Prints the page of this reading, wrapped to the console's width; `name` is where the report came from.

    With `evidence`, the words of the report stand under every line of the negotiation.
    """
    _print_head(reading.report, console, name)
    print_negotiation(reading, console, evidence=evidence)
    if reading.statements:
        console.print()
        print_wrapped(console, Text("Statements", style="bold"), 0)
    print_statements(reading, console)
    lists = {"Actors": actor_lines(reading), "Times": time_lines(reading), "Places": place_lines(reading)}
    for heading, lines in lists.items():
        if lines:
            console.print()
            print_wrapped(console, Text(heading, style="bold"), 0)
            for line in lines:
                print_wrapped(console, Text(printable(line)), 2)
    console.print()
    print_wrapped(console, Text(_closing_line(reading), style="dim"), 0)


def _print_head(report: Report, console: Console, name: str | None) -> None:
    print_wrapped(console, Text(title(report), style="bold"), 0)
    print_wrapped(console, Text(" · ".join(facts(report, name))), 0)
    if report.url:
        console.print(Text(printable(report.url), style="dim"), soft_wrap=True)
    console.print(Rule(style="dim"))


def _closing_line(reading: Reading) -> str:
    read_by = f"Read by truceline {reading.truceline} with {reading.model.name}."
    if not reading.statements:
        return f"No statements found. {read_by}"
    return f"{counted(len(reading.statements), 'statement')}. {read_by}"
