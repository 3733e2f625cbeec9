"""The house keeps its order: imports point one way, modules and functions stay short, no file names an index host.

Each rule is a function from source text to complaints, and each has a test that it complains.
"""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "truceline"
ROOMS = (
    "records", "read", "annotate", "extract", "resolve", "store", "review", "dossier", "export", "web", "cli",
)  # fmt: skip
# Modules that belong to the last room: what the command line shows and writes, and the samples it reads.
AT_THE_DOOR = {"__main__", "collecting", "desk", "holdings", "listing", "page", "screen", "folder", "samples"}
# Open to every room, and import none: the settings, and the lexicon's one loader.
OPEN = {"settings", "lexicon"}
# The main path and the batch use the rooms up to resolve.
UP_TO_RESOLVE = {"": "resolve", "batch": "resolve"}
ONLY_IN = {
    "annotate": {"onnxruntime", "tokenizers"},
    "read": {
        "aiohttp", "certifi", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "trafilatura",
        "urllib.error", "urllib.request", "urllib3",
    },
}  # fmt: skip
NOWHERE = {"torch", "transformers", "pickle", "cPickle", "dill", "joblib", "marshal", "shelve"}
NOT_CALLED = {"eval", "exec", "__import__"}
NAMELESS = re.compile(r"(utils?|helpers?|common|base|manager|misc|.*_utils?|.*_helpers?|.*v\d+)")
MODULE_LINES, FUNCTION_LINES = 600, 80
PARTS = ("py" + "pi.org", "python" + "hosted.org", "py" + "torch.org", "ana" + "conda.org", "npm" + "js.org")
INDEX_HOST = re.compile("|".join(map(re.escape, PARTS)) + "|(extra-)?index" + "-url", re.IGNORECASE)


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of the project that is text, without what tools leave behind and Python environments."""
    left_behind = {"__pycache__", *(ROOT / name for name in ("build", "dist", "runs", "data"))}
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if (not name.startswith(".") or name == ".ci")
            and not left_behind & {name, here / name}
            and not (here / name / "pyvenv.cfg").exists()
        )
        for path in sorted(here / name for name in files):
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def room_of(module: str) -> str:
    """`truceline.read.naming` → `read`; the package itself → the empty word."""
    room = module.split(".")[1] if "." in module else ""
    return "cli" if room in AT_THE_DOOR else room


def imports(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[str]:
    """The full names of what is imported, wherever in the module; of `from a import b`, `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def import_faults(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """What in the module goes against the direction of the house, or uses what its room may not use."""
    tree = ast.parse(source)
    names = list(imports(tree, module, is_package=is_package))
    room = room_of(module)
    faults = [f"{module} imports {name}" for name in names if not _allowed(room, name)]
    for owner, packages in ONLY_IN.items():
        faults += [f"{module} imports {n}: only {owner} may" for n in names if room != owner and _one_of(n, packages)]
    faults += [f"{module} imports {name}: nobody may" for name in names if _one_of(name, NOWHERE)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else None
            pickled = any(k.arg == "allow_pickle" and ast.unparse(k.value) != "False" for k in node.keywords)
            if called in NOT_CALLED or pickled:
                faults.append(f"{module}:{node.lineno} calls {ast.unparse(node)}")
    return faults


def _allowed(room: str, name: str) -> bool:
    parts = [*name.split("."), ""]  # of the package itself the second part is the empty word
    if parts[0] != "truceline" or parts[1] in OPEN:
        return True
    target = room_of(name) if parts[1] in (*ROOMS, *AT_THE_DOOR, "batch") else ""
    if target == "batch":
        return room in ("batch", "cli")
    if target == "":  # the main path: for those who stand behind all of its steps
        return room in ("", "batch", "export", "web", "cli")
    if room in OPEN:
        return False
    last = UP_TO_RESOLVE.get(room, room)
    return ROOMS.index(target) <= ROOMS.index(last)


def _one_of(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def length_faults(name: str, source: str) -> list[str]:
    """Modules and functions that are too long to be read at one sitting."""
    lines = len(source.splitlines())
    faults = [f"{name}: {lines} lines"] if lines > MODULE_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                faults.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    return faults


def index_faults(name: str, text: str) -> list[str]:
    """Lines that name the host of a package index, or an option that would."""
    return [f"{name}:{number}" for number, line in enumerate(text.splitlines(), 1) if INDEX_HOST.search(line)]


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", python_files("src"), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert import_faults(module_name(path), source, is_package=path.name == "__init__.py") == []


def test_the_rooms_are_known_and_none_is_nameless() -> None:
    known = {*ROOMS, *AT_THE_DOOR, *OPEN, "batch", "__init__", "__main__"}
    names = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert names <= known
    nameless = [path for path in python_files("src", "quality", "training") if NAMELESS.fullmatch(path.stem)]
    assert nameless == []
    assert NAMELESS.fullmatch("utils")
    assert NAMELESS.fullmatch("reader_v2")


def test_modules_and_functions_are_short() -> None:
    files = python_files("src", "quality", "training", "tests")
    assert len(files) > 10
    names = [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in files]
    assert [fault for name, source in names for fault in length_faults(name, source)] == []


def test_no_file_names_a_package_index() -> None:
    files = [(str(path.relative_to(ROOT)), text) for path, text in text_files()]
    assert {"README.md", "pyproject.toml", "constraints.txt", ".ci/run"} <= {name for name, _ in files}
    assert [fault for name, text in files for fault in index_faults(name, text)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("truceline.records.reading", "import truceline.read"),
        ("truceline.records.reading", "from truceline.read import Received"),
        ("truceline.records.reading", "from truceline import read"),
        ("truceline.read.sources", "from truceline.annotate import load_annotator"),
        ("truceline.read.sources", "from ..extract import statements"),
        ("truceline.read.sources", "def f():\n    from truceline.cli import main"),
        ("truceline.read.sources", "from truceline import read_report"),
        (
            "truceline.extract.statements",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import truceline.page",
        ),
        ("truceline.batch.shards", "from truceline.store import Store"),
        ("truceline", "from truceline.store import Store"),
        ("truceline.settings", "from truceline.records import Span"),
        ("truceline.lexicon", "from truceline.records import Span"),
        ("truceline.records.reading", "from truceline import __version__"),
        ("truceline.records.reading", "import truceline"),
        ("truceline.annotate.model", "from truceline.samples import samples"),
        ("truceline.extract.statements", "import onnxruntime"),
        ("truceline.extract.statements", "from tokenizers import Tokenizer"),
        ("truceline.annotate.model", "import urllib.request"),
        ("truceline.annotate.model", "from urllib import request"),
        ("truceline.annotate.model", "import http.client"),
        ("truceline.cli", "import socket"),
        ("truceline.annotate.model", "import torch"),
        ("truceline.annotate.model", "import torch.nn as nn"),
        ("truceline.store.rows", "from pickle import loads"),
        ("truceline.records.reading", "eval('1')"),
        ("truceline.annotate.model", "numpy.load(file, allow_pickle=True)"),
    ],
)
def test_a_wrong_import_is_caught(module: str, source: str) -> None:
    assert import_faults(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("truceline.read.sources", "from truceline.records import Report\nfrom truceline.settings import Settings"),
        ("truceline.read.sources", "from .naming import Names\nimport socket"),
        (
            "truceline.extract.statements",
            "from truceline.lexicon import words\nfrom truceline.annotate import Annotation",
        ),
        ("truceline.annotate.model", "import onnxruntime\nimport json\nfrom urllib.parse import urlsplit"),
        ("truceline.cli", "from truceline import __version__, read_report\nfrom truceline.page import print_page"),
        ("truceline", "from truceline.annotate import Annotator\nfrom truceline.extract import statements"),
        ("truceline.annotate.model", "numpy.load(file, allow_pickle=False)\nre.compile('x')"),
    ],
)
def test_a_right_import_is_let_pass(module: str, source: str) -> None:
    assert import_faults(module, source) == []


def test_relative_imports_of_a_package_count_from_itself() -> None:
    assert import_faults("truceline.read", "from .naming import Names", is_package=True) == []
    assert import_faults("truceline.read", "from ..cli import main", is_package=True) != []


def test_long_modules_and_functions_are_caught() -> None:
    assert length_faults("a", "x = 1\n" * MODULE_LINES) == []
    assert length_faults("a", "x = 1\n" * (MODULE_LINES + 1)) == [f"a: {MODULE_LINES + 1} lines"]
    body = "    x = 1\n" * FUNCTION_LINES
    assert length_faults("a", f"def f():\n{body[10:]}") == []
    assert length_faults("a", f"class C:\n  async def f():\n{body}") == [f"a:2 f: {FUNCTION_LINES + 1} lines"]


def test_an_index_host_is_caught() -> None:
    for host in PARTS:
        assert index_faults("a", f"fine\nsee https://files.{host}/x") == ["a:2"]
    assert index_faults("a", "pip install --extra-index" + "-url x") == ["a:1"]
    assert index_faults("a", "an index of names, url unknown") == []
