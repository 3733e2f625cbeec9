"""Which files are which part of which corpus, and a digest of them.

Corpora name their parts in three ways: a folder for each (`gum/dev/*.conllu`), a suffix (`en_ewt-ud-dev.conllu`), or
a bare name (`dev.txt`). TimeBank and AQUAINT come undivided; `kept_out` divides them.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_NAMED_PARTS = ("train", "dev", "test")


def kept_out(doc_id: str) -> bool:
    """Whether this document of TimeBank and AQUAINT belongs to the fifth that is never trained on.

    `doc_id` is the file's stem, such as `ABC19980108.1830.0711`. The rule is a hash, so that it needs no list.
    """
    return int(hashlib.sha256(doc_id.encode("utf-8")).hexdigest(), 16) % 5 == 0


def part_files(folder: Path, split: str, suffix: str) -> list[Path]:
    """The files of one part of a corpus, sorted; empty if the corpus or the part is not there.

    A corpus that names no part at all, such as PUD, is a test set as a whole.
    """
    if (folder / split).is_dir():
        return sorted((folder / split).rglob(f"*{suffix}"))
    files = sorted(folder.glob(f"*{suffix}"))
    named = [path for path in files if _part_of(path) == split]
    unnamed = [path for path in files if _part_of(path) is None]
    return named or (unnamed if split == "test" else [])


def _part_of(path: Path) -> str | None:
    last = path.stem.replace("_", "-").rpartition("-")[2]
    return last if last in _NAMED_PARTS else None


def time_files(data: Path, split: str) -> list[Path]:
    """The TimeML files of a part: `dev` is the fifth kept out of TimeBank and AQUAINT, `train` the rest.

    Another name is a folder of `time/`; `test` is, where there is no such folder, everything but TimeBank and AQUAINT.
    """
    root = data / "time"
    if split in ("train", "dev"):
        files = [path for path in sorted((root / "tbaq").rglob("*.tml")) if kept_out(path.stem) == (split == "dev")]
    elif (root / split).is_dir():
        files = sorted((root / split).rglob("*.tml"))
    elif split == "test":
        files = [path for path in sorted(root.rglob("*.tml")) if path.relative_to(root).parts[0] != "tbaq"]
    else:
        files = []
    return sorted({path.stem: path for path in reversed(files)}.values(), key=lambda path: path.stem)


def digest(files: Iterable[Path], root: Path) -> str:
    """The SHA-256 of the files' paths and contents, by path; outside `root` only a file's name counts."""
    total = hashlib.sha256()
    named = [(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name, path) for path in files]
    for name, path in sorted(named):
        total.update(name.encode("utf-8") + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
