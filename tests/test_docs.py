"""What the documents say is true: commands parse, options, settings and keys are all there, links lead somewhere."""

import ast
import importlib
import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from truceline import records
from truceline.cli import app
from truceline.records import (
    Actor,
    Commitment,
    Event,
    Place,
    Position,
    Proposal,
    Reading,
    Report,
    Stage,
    Statement,
    Term,
    Time,
    from_json,
    json_schema,
    misplaced_spans,
)
from truceline.settings import FILE_VARIABLE, SHORT, Settings, load_settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "src/truceline/samples/README.md",
]
COMMAND: Any = typer.main.get_command(app)
# The class of all of typer's complaints about the arguments.
USAGE_ERROR: Any = typer.BadParameter.__base__


def fences(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def truceline_commands(shell: str) -> list[list[str]]:
    """The arguments of each call of truceline, without variables set before it, redirections and other commands."""
    found = []
    for part in re.split(r"&&|\||;|\n", shell):
        words = shlex.split(part, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words = words[1:]
        if words and Path(words[0]).name == "truceline":
            cut = next((n for n, word in enumerate(words) if word[0] in "<>"), len(words))
            found.append(words[1:cut])
    return found


def parse(arguments: list[str]) -> None:
    """Parses the arguments as the command line does, without running the command."""
    options, rest = list(arguments), []
    if arguments and arguments[0] in COMMAND.commands:
        options, rest = [], arguments
    try:
        if options and not options[0].startswith("-"):
            raise typer.BadParameter(f"no command {options[0]}")
        COMMAND.make_context("truceline", options or rest[:1])
        if rest:
            COMMAND.commands[rest[0]].make_context(rest[0], rest[1:])
    except typer.Exit:
        pass  # --help and --version have done their work


CALLS = [
    pytest.param(call, id=f"{path.name}: {' '.join(call)}")
    for path in DOCUMENTS
    for fence in fences(path, "sh")
    for call in truceline_commands(fence)
]
HELP = "\n".join(f"{command.help}\n{command.epilog or ''}" for command in [COMMAND, *COMMAND.commands.values()])


@pytest.mark.parametrize("call", CALLS)
def test_every_command_in_the_documents_parses(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    parse(call)


def test_every_command_in_the_help_parses() -> None:
    calls = truceline_commands("\n".join(re.findall(r"^ *(truceline .*)$", HELP, re.MULTILINE)))
    assert len(calls) >= 8
    for call in calls:
        parse(call)


@pytest.mark.parametrize("call", ["read --nonsense x", "demo extra", "nonsense", "read x --published", "--nonsense"])
def test_a_wrong_command_would_be_caught(call: str) -> None:
    with pytest.raises(USAGE_ERROR):
        parse(call.split())


def test_commands_are_found_in_shell_lines() -> None:
    line = "A=1 .venv/bin/truceline read x --json > y && truceline demo | head; echo truceline # truceline z"
    assert truceline_commands(line) == [["read", "x", "--json"], ["demo"]]
    assert len(CALLS) >= 15


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for name, command in COMMAND.commands.items():
        section = re.search(rf"^## truceline {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, name
        for option in (option for parameter in command.params for option in parameter.opts if option.startswith("-")):
            assert re.search(rf"`{option}\b", section[1]), f"{name} {option}"
    assert "--version" in text


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| `([^`]+)` \| .+ \|$", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE
    )
    defaults = {field.name: json.dumps(field.default) for field in fields(Settings)}
    assert dict(rows) == defaults
    assert FILE_VARIABLE in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def test_the_settings_in_the_documents_load(tmp_path: Path) -> None:
    examples = fences(ROOT / "docs/settings.md", "toml")
    assert examples
    for example in examples:
        (tmp_path / "truceline.toml").write_text(example, encoding="utf-8")
        assert load_settings(tmp_path, {}) != Settings()
    for variable in set(re.findall(r"\bTRUCELINE_[A-Z_]*[A-Z]\b", " ".join(p.read_text("utf-8") for p in DOCUMENTS))):
        assert variable in (FILE_VARIABLE, *SHORT) or variable.removeprefix("TRUCELINE_").lower() in {
            f.name for f in fields(Settings)
        }


def test_the_published_schema_is_the_one_of_the_records() -> None:
    published = json.loads((ROOT / "docs/reading.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(), "run: truceline schema > docs/reading.schema.json"


RECORDS = (Reading, Report, Actor, Statement, Proposal, Term, Stage, Position, Commitment, Event, Time, Place)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_key_of_the_json_is_documented(kind: type) -> None:
    heading = kind.__name__
    text = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section
    keys = [
        key for row in re.findall(r"^\| (`[^|]+) \|", section[1], re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    ]
    assert sorted(keys) == sorted(field.name for field in fields(kind))


def test_the_reading_in_the_readme_is_a_sound_one() -> None:
    (example,) = fences(ROOT / "README.md", "json")
    reading = from_json(example)
    assert reading.statements
    assert misplaced_spans(reading) == []
    assert list(json.loads(example)) == [field.name for field in fields(Reading)]


def test_the_python_in_the_documents_imports_what_exists() -> None:
    examples = [fence for path in DOCUMENTS for fence in fences(path, "python")]
    assert examples
    for node in (node for example in examples for node in ast.walk(ast.parse(example))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert all(hasattr(importlib.import_module(node.module), alias.name) for alias in node.names)


def test_links_lead_to_files() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_opens_with_the_two_commands() -> None:
    first, second = fences(ROOT / "README.md", "sh")[:2]
    assert first.startswith("python3 -m venv ")
    assert first.rstrip().endswith("truceline demo")
    assert second.startswith("python3 -m venv ")
    assert second.rstrip().endswith("pytest")
    assert all("constraints.txt" in command and command.count("\n") == 1 for command in (first, second))


def test_the_records_named_in_the_documents_exist() -> None:
    assert {"from_json", "to_json", "misplaced_spans"} <= set(records.__all__)
