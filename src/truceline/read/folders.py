"""Folders: the files in them that may hold reports, in the order of their names."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from truceline.read.opening import IN_FOLDERS, ending
from truceline.read.received import Refused, Remark


def files_in(folder: str) -> Iterator[str | Remark]:
    """The paths of the files that may hold reports, at any depth, and a remark on what was passed over.

    Hidden files and folders are left out, and so are files whose ending belongs to no kind that is read. Links are
    followed, but no folder is read twice, so that a loop of links ends. `Refused` if there is no file to read.
    """
    found = 0
    passed: Counter[str] = Counter()
    for path in _walked(folder, set()):
        if isinstance(path, Remark):
            yield path
        elif ending(path) in IN_FOLDERS or not PurePath(path).suffix:
            found += 1
            yield path
        else:
            passed[PurePath(path).suffix.lower()] += 1
    if passed:
        kinds = ", ".join(f"{count:,} {name}" for name, count in passed.most_common(6))
        more = ", …" if len(passed) > 6 else ""
        yield Remark(folder, f"{folder} holds files of other kinds, which were passed over: {kinds}{more}.")
    if not found:
        kinds = ", ".join(sorted(IN_FOLDERS))
        raise Refused(f"is a folder without a file to read: put files into it that end in {kinds}")


def _walked(folder: str, seen: set[tuple[int, int]]) -> Iterator[str | Remark]:
    """Every file under the folder that is not hidden; a remark for each folder that cannot be read or was read."""
    try:
        place = os.stat(folder)
        names = sorted(entry for entry in os.listdir(folder) if not entry.startswith("."))
    except OSError as fault:
        yield Remark(folder, f"{folder} cannot be looked into ({fault.strerror}) and was passed over.")
        return
    if (place.st_dev, place.st_ino) in seen:
        yield Remark(folder, f"{folder} is a link to a folder that was read already and was passed over.")
        return
    seen.add((place.st_dev, place.st_ino))
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            yield from _walked(path, seen)
        else:
            yield path
