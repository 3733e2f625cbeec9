"""Freeze a text: after this nothing changes it, and every span points into it."""

import re
from datetime import date
from hashlib import sha256

from truceline.read.language import language_of
from truceline.records import Report

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# UTF-8, and so the digest and JSON, has no form for half of a surrogate pair; databases and C code stop at a NUL.
_UNFIT = re.compile("[\ud800-\udfff\0]")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def report_from_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Report:
    """The report with this text, frozen: newlines normalised to `\\n`, nothing else; `id` is the digest of that text.

    Lone surrogates and NULs cannot be kept and become U+FFFD, one for one. `published` is an ISO date
    (`YYYY-MM-DD`), else `ValueError` in one sentence. `language` is an ISO 639 code, or null if the text is too
    short to tell.
    """
    if published is not None and not is_iso_date(published):
        raise ValueError(f"The publication date {published!r} is not a date of the form YYYY-MM-DD: correct it.")
    text, _ = frozen(text)
    return Report(
        id=f"sha256:{sha256(text.encode('utf-8')).hexdigest()}",
        title=_sound(title),
        outlet=_sound(outlet),
        url=_sound(url),
        published=published,
        language=language_of(text),
        text=text,
    )


def frozen(text: str) -> tuple[str, int]:
    """The text with its newlines normalised, and how many characters had to be replaced by U+FFFD."""
    return _UNFIT.subn(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def is_iso_date(text: str) -> bool:
    """Whether the text is a day of the calendar in the form `YYYY-MM-DD`."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sound(text: str | None) -> str | None:
    return None if text is None else _UNFIT.sub(REPLACEMENT, text)
