"""Gold files in a folder: in comes one ready for JSON, out comes its file, whole or not at all."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from truceline.folder import FolderError


def write_gold(folder: Path, gold: Mapping[str, Any]) -> Path:
    """The path of the file that now holds it; an earlier one of the same report is replaced.

    `FolderError` if it cannot be written; what was written before it is whole.
    """
    path = folder / f"{gold['id']}.json"
    part = folder / f".{gold['id']}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(part, path)
    except OSError as fault:
        raise FolderError(
            f"The file {path} cannot be written ({fault.strerror}): make room or name another folder."
        ) from fault
    return path
