"""A folder of readings: in come readings with their names, out comes one JSON file each, whole or not at all."""

import os
import tempfile
from pathlib import Path

from truceline.records import Reading, to_json


class FolderError(Exception):
    """The folder, or a file in it, cannot be written; the message is one sentence."""


class ReadingFolder:
    """Writes readings as `<name>.json` into a folder, which is made where it does not stand."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder; `FolderError` if that cannot be."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as fault:
            raise FolderError(f"The folder {folder} cannot be made ({_reason(fault)}): name another.") from fault

    def write(self, name: str, reading: Reading) -> Path:
        """The path of the file that now holds the reading; `FolderError` if it cannot be written.

        `name` is safe as a file name, as `truceline.read` gives them. The JSON goes to a temporary file beside it
        first and is then renamed, so that a file of this name, old or new, is always whole; an old one is replaced.
        """
        path = self.folder / f"{name}.json"
        try:
            _replace(path, to_json(reading).encode("utf-8") + b"\n")
        except OSError as fault:
            raise FolderError(
                f"The file {path} cannot be written ({_reason(fault)}): make room or name another folder; "
                "the files written before it are whole."
            ) from fault
        return path


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".truceline-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that this process withholds from new files; there is no way to ask without setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _reason(fault: OSError | ValueError) -> str:
    """Why, in the system's words: "No space left on device"."""
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
