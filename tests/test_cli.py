"""The command line as a user meets it: what it prints where, what it writes, and how it says no.

No model is needed: `load_reader` is replaced by a reader that finds what stands in curly quotes.
"""

import errno
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.page import negotiated
from tests.readings import read_quotations, short_report
from truceline import __version__, annotate, cli
from truceline.cli import program
from truceline.folder import FolderError, ReadingFolder
from truceline.page import NOTHING_FOUND
from truceline.page.negotiation import DOUBT
from truceline.records import Reading, Report, from_json, json_schema
from truceline.samples import samples

LOAD_READER = program.load_reader
TALKS = "“We will sign,” the envoy said.\n"
# Where the tests and the package under test are, for processes that start in another folder.
PATHS = [str(Path(__file__).resolve().parents[1]), str(Path(cli.__file__).resolve().parents[2])]
# The command line in a process of its own, with the reader of these tests.
ALONE = f"""
import sys
sys.path[:0] = {PATHS!r}
from tests.readings import read_quotations
from truceline import cli
cli.program.load_reader = lambda settings: read_quotations
sys.exit(cli.main())
"""


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "load_reader", lambda settings: read_quotations)
    monkeypatch.chdir(tmp_path)
    for variable in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", *(v for v in os.environ if v.startswith("TRUCELINE_"))):
        monkeypatch.delenv(variable, raising=False)
    Path("talks.txt").write_text(TALKS, encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        return code, *capsys.readouterr()

    return run


Run = Callable[..., tuple[int, str, str]]


def alone(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", ALONE, *arguments],
        input=None if stdin is None else stdin.encode(),
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


def at_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and what a person sees, stdout and stderr together, at a terminal of 80 columns."""
    person, machine = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = subprocess.Popen(
        [sys.executable, "-c", ALONE, *arguments],
        stdin=machine, stdout=machine, stderr=machine, env=environment,
    )  # fmt: skip
    os.close(machine)
    shown = b""
    while True:
        try:
            piece = os.read(person, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not piece:
            break
        shown += piece
    os.close(person)
    return process.wait(60), shown.decode().replace("\r\n", "\n")


def test_version_and_schema(run: Run) -> None:
    assert run("--version") == (0, f"truceline {__version__}\n", "")
    code, out, _ = run("schema")
    assert (code, json.loads(out)) == (0, json_schema())


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["read", "--help"], ["demo", "--help"]])
def test_help_shows_examples(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: truceline ")
    assert "\n    truceline " in out


def test_version_and_help_load_nothing_slow() -> None:
    code = (
        f"import sys; sys.path[:0] = {PATHS!r}; from truceline import cli;"
        "cli.main(['--version']); cli.main(['--help']);"
        "slow = {'numpy', 'onnxruntime', 'tokenizers', 'trafilatura', 'lxml', 'rich'}.intersection(sys.modules);"
        "sys.exit(' '.join(slow))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr.strip() == ""


def test_a_page_of_one_report(run: Run) -> None:
    code, out, err = run("read", "talks.txt", "--published", "2016-12-05")
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [TALKS.strip(), "2016-12-05 · language en · 6 words · talks"]
    assert "  s1  direct\n      “We will sign,”\n" in out
    assert "\x1b" not in out


def test_a_page_opens_with_the_negotiation_or_says_that_there_is_none(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = run("read", "talks.txt", "--published", "2016-12-05")
    assert out.splitlines()[3] == NOTHING_FOUND
    monkeypatch.setattr(program, "load_reader", lambda settings: lambda report: negotiated.READING)
    _, out, _ = run("read", "talks.txt", "--published", "2016-12-05")
    headings = [line for line in out.splitlines() if line[:1].isalpha()]
    assert headings[1:7] == ["On the table", "Positions", "What is due when", "Commitments", "Events", DOUBT]
    assert headings[7] == "Statements"


@pytest.mark.parametrize("command", [["read", "talks.txt", "--published", "2016-12-05"], ["demo"]])
def test_evidence_prints_the_words_only_where_it_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(program, "load_reader", lambda settings: lambda report: negotiated.READING)
    assert "⟦a draft truce of ten days⟧" in run(*command, "--evidence")[1]
    assert "⟦" not in run(*command)[1]


def test_html_is_one_document_of_all_the_reports(run: Run) -> None:
    Path("two.txt").write_text("“No.” she said", encoding="utf-8")
    code, out, err = run("read", "talks.txt", "two.txt", "--published", "2016-12-05", "--html")
    assert (code, err) == (0, "")
    assert out.startswith("<!DOCTYPE html>")
    assert out.endswith("</html>\n")
    assert (out.count("<article"), out.count("<main>"), out.count("</body>")) == (2, 1, 1)
    assert 'id="r1-0-15"' in out
    assert 'id="r2-0-5"' in out


def test_html_is_closed_even_where_a_report_cannot_be_read(run: Run) -> None:
    code, out, _ = run("read", "talks.txt", "missing.txt", "--html")
    assert code == 2
    assert out.endswith("</html>\n")
    assert run("read", "missing.txt", "--html")[:2] == (2, "")


@pytest.mark.parametrize("option", [["--json"], ["--out", "readings"]])
def test_html_goes_with_neither_json_nor_a_folder(run: Run, option: list[str]) -> None:
    code, out, err = run("read", "talks.txt", "--html", *option)
    assert (code, out) == (2, "")
    assert err == "HTML goes to standard output, and not with JSON: leave out --json and --out, or --html.\n"
    assert not Path("readings").exists()


def test_a_notice_goes_to_stderr_with_the_report_s_name(run: Run) -> None:
    code, out, err = run("read", "talks.txt", "--json")
    assert code == 0
    assert err.startswith("talks: No publication date")
    assert err.count("\n") == 1
    assert from_json(out).report.text == TALKS


def test_json_of_one_is_one_compact_line_on_a_pipe(run: Run) -> None:
    _, out, _ = run("read", "talks.txt", "--json", "--published", "2016-12-05")
    assert out.count("\n") == 1
    assert from_json(out).report.published == "2016-12-05"


def test_several_reports_give_one_line_each(run: Run) -> None:
    Path("two.txt").write_text("“No,” he said.", encoding="utf-8")
    code, out, _ = run("read", "talks.txt", "two.txt", "--json")
    assert code == 0
    assert [from_json(line).statements[0].content[0].quote for line in out.splitlines()] == ["“We will sign,”", "“No,”"]
    _, pages, _ = run("read", "talks.txt", "two.txt")
    assert pages.index("· talks") < pages.index("═" * 80) < pages.index("· two")


def test_jsonl_into_a_folder(run: Run) -> None:
    lines = [
        {"id": "a/b", "text": TALKS, "published": "2016-12-05"},
        {"id": "c", "text": TALKS},
        {"id": "c", "text": "x"},
    ]
    Path("reports.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, out, _ = run("read", "reports.jsonl", "--out", "new/readings", "--json")
    assert (code, out) == (0, "")
    files = sorted(Path("new/readings").iterdir())
    assert [file.name for file in files] == ["a-b.json", "c-2.json", "c.json"]
    assert [from_json(file.read_bytes()).report.text for file in files] == [TALKS, "x", TALKS]


def test_what_cannot_be_read_is_named_and_the_rest_is_read(run: Run) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("reports.jsonl").write_text('{"text": "“One.”"}\n{broken\n{"text": "“Three.”"}\n', encoding="utf-8")
    code, out, err = run("read", "empty.txt", "missing.txt", "reports.jsonl", "talks.txt", "--json")
    assert code == 2
    assert [from_json(line).report.text for line in out.splitlines()] == ["“One.”", "“Three.”", TALKS]
    complaints = [line for line in err.splitlines() if "publication date" not in line]
    assert len(complaints) == 3
    for complaint, what in zip(complaints, ("empty.txt is empty", "missing.txt does not exist", "line 2"), strict=True):
        assert what in complaint
    assert "Traceback" not in err


def test_a_fault_of_ours_in_one_report_does_not_cost_the_rest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(report: Report) -> Reading:
        if "stumble" in report.text:
            raise IndexError("list index out of range")
        return read_quotations(report)

    monkeypatch.setattr(program, "load_reader", lambda settings: stumble)
    Path("bad.txt").write_text("stumble", encoding="utf-8")
    code, out, err = run("read", "bad.txt", "talks.txt", "--json", "--published", "2016-12-05")
    assert code == 2
    assert err == "bad met a fault in Truceline (IndexError: list index out of range): please tell its developers.\n"
    assert from_json(out).report.text == TALKS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "talks.txt", "--published", "yesterday"], "'yesterday'"),
        (["read", "talks.txt", "--nonsense"], "--nonsense"),
        (["read", "talks.txt", "--out"], "--out"),
        (["nonsense"], "nonsense"),
        (["demo", "extra"], "extra"),
        (["read", "talks.txt", "--out", "talks.txt"], "The folder talks.txt cannot be made"),
        (["read", "talks.txt", "--out", "talks.txt/x"], "The folder talks.txt/x cannot be made"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_wrong_setting_is_said_in_one_line(run: Run) -> None:
    Path("truceline.toml").write_text("thread = 2", encoding="utf-8")
    code, _, err = run("read", "talks.txt")
    assert code == 2
    assert "'thread'" in err
    assert err.count("\n") == 1


def test_a_missing_model_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(threads: int = 0) -> None:
        raise annotate.ModelError("The model file is missing: install Truceline again.")

    monkeypatch.setattr(program, "load_reader", LOAD_READER)
    monkeypatch.setattr(annotate, "load_annotator", missing)
    code, out, err = run("demo")
    assert (code, out, err) == (2, "", "The model file is missing: install Truceline again.\n")


def test_a_registry_of_ones_own_that_is_wrong_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("ours.yaml").write_text("armed group:\n  SRY:\n    front: Front\n", encoding="utf-8")
    monkeypatch.setattr(program, "load_reader", LOAD_READER)
    monkeypatch.setenv("TRUCELINE_REGISTRY", "ours.yaml")
    code, out, err = run("read", "talks.txt")
    assert (code, out) == (2, "")
    assert err.startswith("ours.yaml, line ")
    assert "SRY" in err
    monkeypatch.setenv("TRUCELINE_REGISTRY", os.pathsep.join(["none.yaml", "ours.yaml"]))
    assert run("read", "talks.txt")[2] == "none.yaml: cannot be read (No such file or directory).\n"


def test_a_full_disk_is_said_and_leaves_no_half_file(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = ReadingFolder(tmp_path / "readings")
    reading = read_quotations(short_report(TALKS))
    folder.write("old", reading)
    before = (folder.folder / "old.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FolderError, match="No space left on device"):
        folder.write("old", reading)
    code, _, err = run("read", "talks.txt", "--out", "readings", "--published", "2016-12-05")
    assert code == 2
    assert err.startswith("The file readings/talks.json cannot be written (No space left on device)")
    assert [path.name for path in folder.folder.iterdir()] == ["old.json"]
    assert (folder.folder / "old.json").read_bytes() == before


def test_demo_reads_every_sample(run: Run) -> None:
    code, out, err = run("demo", "--json")
    assert (code, err) == (0, "")
    assert [from_json(line).report.title for line in out.splitlines()] == [sample.title for sample in samples()]
    code, out, _ = run("demo")
    assert out.startswith("Washington’s paper on emptying eastern Aleppo")
    assert out.count("Read by truceline") == len(samples())


def test_demo_lists_the_samples(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "load_reader", None)
    code, out, _ = run("demo", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [sample.name for sample in samples()]


def test_standard_input_is_read_by_name_or_because_it_is_a_pipe() -> None:
    for arguments in (["read", "-", "--json"], ["read", "--json"]):
        done = alone(*arguments, stdin=TALKS)
        assert done.returncode == 0, done.stderr
        assert from_json(done.stdout).report.text == TALKS
    assert alone("read").returncode == 2


def test_no_source_at_a_terminal_is_said_in_one_line() -> None:
    assert at_a_terminal("read") == (
        2,
        "There is nothing to read: name a file, a web address or a .jsonl file, or pipe a text in.\n",
    )


def test_at_a_terminal_there_is_colour_and_json_of_one_is_indented() -> None:
    code, shown = at_a_terminal("read", "talks.txt", "--published", "2016-12-05")
    assert code == 0
    assert "\x1b[36mdirect" in shown
    assert "reading" not in shown
    _, shown = at_a_terminal("read", "talks.txt", "--published", "2016-12-05", "--json")
    assert shown.startswith('{\n  "truceline"')
    assert from_json(shown).report.text == TALKS


@pytest.mark.parametrize(("option", "variable"), [("--no-color", {}), ("", {"NO_COLOR": "1"})])
def test_colour_can_be_refused(option: str, variable: dict[str, str]) -> None:
    _, shown = at_a_terminal("read", "talks.txt", "--published", "2016-12-05", *option.split(), **variable)
    assert "direct" in shown
    assert "\x1b[36m" not in shown


def test_several_reports_at_a_terminal_have_a_bar_that_goes_away() -> None:
    code, shown = at_a_terminal("demo")
    assert code == 0
    assert "reading" in shown
    assert f"/{len(samples())}" in shown
    last = shown.rstrip().splitlines()[-1]
    assert "Read by truceline" in shown[-600:]
    assert "━" not in last


def test_pages_go_through_a_pipe_of_any_encoding_and_width() -> None:
    done = alone("demo", PYTHONIOENCODING="ascii", COLUMNS="50")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode("ascii").splitlines()
    assert max(map(len, lines)) <= 50
    done = alone("demo", "--json", PYTHONIOENCODING="latin-1")
    assert "’" in from_json(done.stdout.splitlines()[0]).report.text
    assert b"\x1b" not in alone("demo").stdout


def test_a_reader_of_the_pipe_may_go_away() -> None:
    command = [sys.executable, "-c", ALONE, "demo"]
    for more in ([], ["--json"]):
        process = subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        process.wait(60)


def test_ctrl_c_is_one_line_and_exit_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(report: Report) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "load_reader", lambda settings: interrupted)
    code, out, err = run("read", "talks.txt", "--json", "--published", "2016-12-05")
    assert (code, out, err) == (130, "", "Stopped.\n")
