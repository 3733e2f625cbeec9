"""Names for reports: safe as file names on every system, and unique within one call."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # device names of Windows
_LONGEST = 120
_FALLBACK = "report"


def safe_name(text: str) -> str:
    """The text as a file name without an ending: letters, digits, `.`, `_` and `-`, at most 120 bytes of UTF-8."""
    composed = unicodedata.normalize("NFC", text)
    name = _UNSAFE.sub("-", composed)
    name = re.sub(r"\.{2,}", ".", name).strip("-. ")
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip("-. ")
    return f"{_FALLBACK}-{name}" if _RESERVED.fullmatch(name) else name or _FALLBACK


def file_stem(path: str) -> str:
    """The file's name without folders and endings: `a/talks.html.gz` gives `talks`."""
    name = PurePosixPath(path.replace("\\", "/")).name
    name = re.sub(r"\.(?:gz|zst)$", "", name, flags=re.IGNORECASE)
    return PurePosixPath(name).stem or name


def url_slug(url: str) -> str:
    """The last telling part of the address: `https://x.example/2016/talks.html` gives `talks`, a bare host itself."""
    parts = urlsplit(url)
    segments = [file_stem(unquote(segment)) for segment in parts.path.split("/") if segment]
    telling = [segment for segment in segments if segment.lower() not in {"index", ""}]
    return telling[-1] if telling else parts.hostname or _FALLBACK


class Names:
    """The names given out so far; a second `talks` becomes `talks-2`, also where case makes no difference."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def unique(self, text: str) -> str:
        """A safe name from the text that was not given out before."""
        name = safe_name(text)
        key = name.casefold()
        count = self._count.get(key, 0)
        candidate = name
        while candidate.casefold() in self._count:
            count = max(count, 1) + 1
            candidate = f"{name}-{count}"
        self._count[key] = max(count, 1)
        self._count.setdefault(candidate.casefold(), 1)
        return candidate
