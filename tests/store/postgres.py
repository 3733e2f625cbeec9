"""A PostgreSQL server of our own for the tests: in a temporary folder, on a socket in it, as a user who is not root.

Its programs are those that are installed, or else Debian's packages, unpacked beside: nothing is installed.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

USER = "truceline"
DOWNLOAD_SECONDS = 180


class NoServerError(Exception):
    """There is no PostgreSQL to be had here; the message says why."""


@dataclass
class Server:
    """A running server; `stop` ends it as a power cut would, `start` brings it back."""

    programs: Path
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    databases: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        options = {"fsync": "off", "listen_addresses": "", "unix_socket_directories": str(self.folder)}
        settings = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *settings],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_as_somebody(self.programs),
        )  # fmt: skip
        log.close()
        import psycopg

        for _ in range(300):
            try:
                psycopg.connect(self.dsn("postgres")).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise NoServerError(f"PostgreSQL did not start: {(self.folder / 'log').read_text('utf-8')[-300:]}")

    def stop(self) -> None:
        """Ends it at once, whoever is connected."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
            self.process = None

    def dsn(self, database: str) -> str:
        """What libpq connects by."""
        return f"host={self.folder} user={USER} dbname={database}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"t{len(self.databases)}"
        self.databases.append(name)
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@/{name}?host={quote(str(self.folder), safe='')}"


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts; `NoServerError` where there can be none."""
    try:
        import psycopg  # noqa: F401
    except ImportError as fault:
        raise NoServerError(f"psycopg is not installed ({fault})") from fault
    folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
    server = None
    try:
        folder.chmod(0o755)
        programs = _installed() or _unpacked(folder / "packages")
        data = folder / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            user = _somebody()
            for path in (folder, data):
                os.chown(path, user.pw_uid, user.pw_gid)
        words = ["-D", str(data), "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([str(programs / "initdb"), *words], 120, **_as_somebody(programs))
        server = Server(programs, folder)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _installed() -> Path | None:
    """The folder of the newest installed server's programs."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    folders = [folder for folder in folders if (folder / "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: float(folder.parent.name))
    found = shutil.which("postgres")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and (folder / "initdb").exists() else None


def _unpacked(folder: Path) -> Path:
    """The folder of the programs in Debian's packages, fetched with apt and unpacked here; nothing is installed."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise NoServerError("PostgreSQL is not installed, and this is no Debian from which to take it")
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    options = {"Dir::State::Lists": folder / "lists", "Dir::Cache": folder / "cache", "Debug::NoLocking": "1"}
    apt = ["apt-get", "-qq", *(word for key, value in options.items() for word in ("-o", f"{key}={value}"))]
    if os.geteuid() == 0:
        apt += ["-o", "APT::Sandbox::User=root"]
    _run([*apt, "update"], DOWNLOAD_SECONDS)
    wanted = _run([*apt, "install", "-y", "--no-install-recommends", "--print-uris", "postgresql"], 60)
    names = re.findall(r"^'\S+' ([^_\s]+)_", wanted, re.MULTILINE)
    _run([*apt, "download", *names], DOWNLOAD_SECONDS, cwd=folder)
    for package in folder.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(package), str(folder / "root")], 60)
    found = sorted(folder.glob("root/usr/lib/postgresql/*/bin"))
    if not found:
        raise NoServerError("Debian's packages hold no PostgreSQL server")
    return found[-1]


def _as_somebody(programs: Path) -> dict[str, object]:
    """How to run the programs: as a user who is not root, with the libraries that were unpacked with them."""
    root = next((parent for parent in programs.parents if parent.name == "root"), None)
    libraries = [str(path) for path in root.glob("usr/lib/*-linux-*")] if root else []
    options: dict[str, object] = {"env": {**os.environ, "LD_LIBRARY_PATH": ":".join(libraries)}} if libraries else {}
    if os.geteuid() == 0:
        user = _somebody()
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
    return options


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("PostgreSQL does not run as root, and there is no user nobody")


def _run(command: list[str], seconds: int, **options: object) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, **options)  # type: ignore[call-overload]
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NoServerError(f"PostgreSQL could not be set up ({fault})") from fault
    if done.returncode:
        raise NoServerError(f"PostgreSQL could not be set up ({command[0]}: {done.stderr.strip()[-200:]})")
    return str(done.stdout)
