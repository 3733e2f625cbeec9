"""Reports as JSON: one object, or one object per line (JSONL), read line by line."""

import json
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

from truceline.read.articles import Draft
from truceline.read.freezing import is_iso_date
from truceline.read.ninjs import draft_from_ninjs, is_ninjs
from truceline.read.received import Refused

_BLANK = b" \t\r\n\xef\xbb\xbf"


def numbered_lines(stream: BufferedIOBase, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, numbered from 1 as they stand in the file; null for one of more than `limit` bytes.

    No more than one line is held at a time.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield number, None
        elif line.strip(_BLANK):
            yield number, line


def draft_from_json(data: bytes) -> tuple[str | None, Draft]:
    """The report's own id, if it has one, and the report; `Refused` if the bytes are no report.

    A report as Truceline writes them, or a news item in ninjs. Only `text` is required. Other keys that are wrong are
    left out with a notice: the report is read all the same.
    """
    value = _parsed(data)
    if is_ninjs(value):
        return draft_from_ninjs(value)
    text = value.get("text")
    if not isinstance(text, str):
        fault = "has no key 'text'" if text is None else "has a 'text' that is not a string"
        raise Refused(f'{fault}: a report is an object such as {{"text": "…"}}, so add it')
    notices: list[str] = []
    published = _string(value, "published", notices)
    day = published
    if published is not None:
        day = published[:10] if published[10:11] in {"", "T", " "} else published
        if not is_iso_date(day):
            notices.append(f"The publication date {published!r} is not of the form YYYY-MM-DD and was left out.")
            day = None
    own_id = value.get("id")
    if isinstance(own_id, int) and not isinstance(own_id, bool):
        own_id = value["id"] = str(own_id)
    return _string(value, "id", notices), Draft(
        text=text,
        title=_string(value, "title", notices),
        outlet=_string(value, "outlet", notices),
        url=_string(value, "url", notices),
        published=day,
        notices=tuple(notices),
    )


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Refused(f"is not UTF-8 (byte {fault.start + 1}): JSON must be; save it as UTF-8") from fault
    except json.JSONDecodeError as fault:
        found = f"{fault.msg} at character {fault.pos + 1}"
        raise Refused(f"is not valid JSON ({found}): correct it; several reports go into a .jsonl file") from fault
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits; thousands of brackets
        raise Refused("is not JSON that a report can be in: correct it") from fault
    if not isinstance(value, dict):
        raise Refused('is JSON but no object: a report is an object such as {"text": "…"}, one on each line')
    return value


def _string(value: dict[str, Any], key: str, notices: list[str]) -> str | None:
    found = value.get(key)
    if found is None or isinstance(found, str):
        return found or None
    notices.append(f"The key {key!r} is not a string and was left out.")
    return None
