"""The command line: `python -m quality TASK --data DIR --split NAME [--json]`, and the gate over the floors."""

import argparse
import json
import sys
from pathlib import Path

from quality import floors, gate
from quality.reader import report_reader
from quality.tasks import doubt, events, gold, noise, speed, store
from truceline.annotate import Annotator, ModelError, load_annotator
from truceline.annotate.model_files import FOLDER as MODEL

MEASURED = (*gate.TASKS, "speed", "store")
EXAMPLES = """examples:
  python -m quality ud --data DIR --split dev
  python -m quality attribution --data DIR --split test --json
  python -m quality gold --data DIR --gold GOLD --errors statements
  python -m quality doubt --gold GOLD
  python -m quality events --data DIR --types TYPES.json
  python -m quality noise
  python -m quality store --limit 5000
  python -m quality check --data DIR --gold GOLD
  python -m quality floors --data DIR --gold GOLD --update
"""


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0; 1 if a figure is under its floor; 2 with one sentence if the run could not be made."""
    options = _parser().parse_args(arguments)
    try:
        if options.task == "check":
            return check(options)
        if options.task == "floors":
            return measure_floors(options)
        return show(options)
    except (ValueError, OSError, ModelError) as fault:
        print(f"quality: {fault}", file=sys.stderr)
        return 2


def show(options: argparse.Namespace) -> int:
    """Measures one task and prints its figures."""
    figures, lines, unread = _examined(options)
    for line in lines:
        print(line, file=sys.stderr if options.json else sys.stdout)
    for line in unread:
        print(f"not read: {line}", file=sys.stderr)
    if options.json:
        print(json.dumps({"task": options.task, "split": options.split, "figures": figures}))
    else:
        print(table(f"{options.task}, {options.split}", figures))
    return 0


def _examined(options: argparse.Namespace) -> tuple[dict[str, float], list[str], list[str]]:
    """The figures of one task, lines that explain them, and what could not be read."""
    task, split, limit = options.task, options.split, options.limit
    if task == "speed":
        return speed.measure(options.data, split, limit), [], []
    if task == "store":
        return store.measure(store.sample_readings(_annotator(options)), limit or store.REPORTS), [], []
    if task == "gold":
        scored = gold.examine(_gold(options), split, report_reader(_annotator(options)), limit, options.errors)
        return scored.figures, scored.errors, scored.unread
    if task == "doubt":
        doubted = doubt.examine(_gold(options), split, report_reader(_annotator(options)), limit)
        return doubted.figures, doubted.lines, doubted.unread
    if task == "events":
        if split != gate.SPLIT:
            raise ValueError(f"events has sentences in {gate.SPLIT} only, none in {split}")
        types = events.read_types(options.types) if options.types else None
        coded = events.examine(options.data, report_reader(_annotator(options)), limit, types)
        return coded.figures, coded.lines, []
    if task == "noise":
        found = noise.noise(noise.part(noise.TEXTS, split)[:limit], report_reader(_annotator(options)))
        sums = noise.totals(found)
        return {**sums, **noise.within_bars(sums)}, noise.table(found), []
    return gate.measure(task, options.data, split, _annotator(options), limit).figures, [], []


def check(options: argparse.Namespace) -> int:
    """Measures every task and names each figure that is under its floor."""
    which = "full" if options.full else "slice"
    on_file = floors.load().get(which, {})
    bad = []
    for measured in gate.runs(which, options.only, options.data, _gold(options), _annotator(options)):
        entry = on_file.get(measured.task)
        found = floors.faults(measured, entry)
        for line in found:
            print(line, file=sys.stderr)
        if not found and entry:
            print(f"{measured.task}: {len(entry['floors'])} floors held", flush=True)
        bad += found
    return 1 if bad else 0


def measure_floors(options: argparse.Namespace) -> int:
    """Measures every task in full and on the slice, prints figures and floors, and writes them with `--update`."""
    on_file = floors.load()
    for which, margin in floors.MARGINS.items():
        if which == "full" and options.slice:
            continue
        for measured in gate.runs(which, options.only, options.data, _gold(options), _annotator(options)):
            entry = floors.as_floors(measured, margin)
            print(table(f"{measured.task}, {which}", measured.figures, entry["floors"]), end="\n\n")
            for line in floors.lowered(on_file.get(which, {}).get(measured.task), entry):
                print(f"lowers the floor of {measured.task} ({which}) {line}", file=sys.stderr)
            on_file.setdefault(which, {})[measured.task] = entry
    if options.update:
        floors.save(on_file)
    return 0


def table(title: str, figures: dict[str, float], floor: dict[str, float] | None = None) -> str:
    """The figures as lines of text, two decimals; with floors, a column of them."""
    width = max([len(title), *map(len, figures)])
    head = f"{title:{width}}  {'figure':>8}" + ("" if floor is None else f"  {'floor':>6}")
    rows = [head, "-" * len(head)]
    for name, value in figures.items():
        mark = "" if floor is None else f"  {floor[name]:6.1f}" if name in floor else f"  {'–':>6}"
        rows.append(f"{name:{width}}  {value:8.2f}{mark}")
    return "\n".join(rows)


def _annotator(options: argparse.Namespace) -> Annotator:
    return load_annotator(options.threads, options.model or MODEL)


def _gold(options: argparse.Namespace) -> Path:
    """The folder of gold reports: named, or beside the data, or within it."""
    if options.gold is not None:
        return Path(options.gold)
    if options.data is None:
        raise ValueError("name the folder of gold reports with --gold")
    beside: list[Path] = [options.data.resolve().parent / "gold", options.data / "gold"]
    return next((folder for folder in beside if (folder / "score.py").is_file()), beside[0])


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m quality",
        description="Measures the reader on annotated corpora; figures in percent.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name in (*MEASURED, "check", "floors"):
        one = tasks.add_parser(name, help=_HELP[name], description=_HELP[name])
        needs_data = name not in ("store", "noise", "doubt")
        one.add_argument(
            "--data", type=Path, required=needs_data, metavar="DIR", help="folder of the unpacked data sets"
        )
        one.add_argument("--gold", type=Path, metavar="DIR", help="folder of gold reports (default: DATA/../gold)")
        one.add_argument(
            "--threads", type=int, default=0, metavar="N", help="threads of the encoder (default: its own)"
        )
        one.add_argument("--model", type=Path, metavar="DIR", help="folder of another model (default: the package's)")
        if name in MEASURED:
            one.add_argument("--split", default=gate.SPLIT, metavar="NAME", help="train, dev, test … (default: dev)")
            one.add_argument("--json", action="store_true", help="print JSON with full precision")
            one.add_argument("--limit", type=_count, metavar="N", help="so many documents or sentences of each corpus")
        else:
            every = list(gate.TASKS)
            one.add_argument("--only", nargs="+", choices=every, default=every, metavar="TASK", help="these tasks only")
        if name == "gold":
            one.add_argument("--errors", metavar="KIND", help="list what was missed or wrong, e.g. statements")
        if name == "events":
            one.add_argument(
                "--types", type=Path, metavar="FILE", help="types told for the PLV examples, as JSON, by their ids"
            )
        if name == "check":
            one.add_argument("--full", action="store_true", help="the whole dev parts instead of the slice")
        if name == "floors":
            one.add_argument("--update", action="store_true", help="write quality/floors.json")
            one.add_argument("--slice", action="store_true", help="the slice only")
    return parser


_HELP = {
    "ud": "parts of speech, dependency trees, lemmas (Universal Dependencies)",
    "ner": "persons, places, organisations (Universal NER; CrossNER politics)",
    "attribution": "source, cue and content (PolNeAR)",
    "time": "time expressions (TimeBank and AQUAINT)",
    "places": "place names and their coordinates (LGL, GeoVirus)",
    "coref": "pronouns that speak, and statements without a speaker",
    "gold": "whole readings against our gold reports",
    "doubt": "whether a record's confidence says how likely it is to be right, on our gold reports",
    "events": "who did what to whom, people's agreement beside the reader's (cameo_rounds, PLV)",
    "noise": "what is found in twelve texts in which nobody negotiates",
    "speed": "reports a second, start-up, memory, growth with length",
    "store": "readings added, searched and verified a second in a large database",
    "check": "measure a slice of every task and hold it against the floors",
    "floors": "measure every task and show, or write, the floors",
}


if __name__ == "__main__":
    sys.exit(main())
