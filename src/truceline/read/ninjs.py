"""Items in ninjs, the IPTC's JSON for news, version 1 (`body_text`, `headline`) and 2 (`bodies`, `headlines`)."""

from typing import Any

from truceline.read.articles import Draft
from truceline.read.freezing import is_iso_date
from truceline.read.markup import plain_text
from truceline.read.received import Refused

_BODIES = ("body_text", "body_xhtml", "body_html")


def is_ninjs(value: dict[str, Any]) -> bool:
    """Whether the object is a news item in ninjs rather than a report as Truceline writes them."""
    if "text" in value:
        return False
    own = any(isinstance(value.get(key), str) for key in _BODIES) or isinstance(value.get("bodies"), list)
    return own or ("uri" in value and ("versioncreated" in value or "standard" in value))


def draft_from_ninjs(value: dict[str, Any]) -> tuple[str | None, Draft]:
    """The item's name from its `uri`, and its report; `Refused` if it has no text, or was withdrawn.

    The date is that of this version (`versioncreated`): its "Tuesday" counts from there.
    """
    kind = value.get("type")
    if isinstance(kind, str) and kind not in {"text", "composite"}:
        raise Refused(f"is a ninjs item of the type {kind!r}, not a text: name an item with a text")
    if value.get("pubstatus") in {"canceled", "cancelled", "withheld"}:
        raise Refused(f"is a ninjs item that its publisher took back (pubstatus {value['pubstatus']}): do not use it")
    text = _body(value)
    if not text:
        raise Refused("is a ninjs item without a body: name an item with 'body_text', 'body_html' or 'bodies'")
    uri = value.get("uri")
    stamp = next((each for key in ("versioncreated", "firstcreated") if isinstance(each := value.get(key), str)), "")
    notices: tuple[str, ...] = ()
    if stamp and not is_iso_date(stamp[:10]):
        notices = (f"The publication date {stamp[:40]!r} is not of the form YYYY-MM-DD and was left out.",)
    address = next((each for each in (value.get("url"), uri) if _is_address(each)), None)
    return (uri if isinstance(uri, str) else None), Draft(
        text=text,
        title=_headline(value),
        outlet=_outlet(value),
        url=address,
        published=stamp[:10] if is_iso_date(stamp[:10]) else None,
        notices=notices,
    )


def _body(value: dict[str, Any]) -> str:
    if isinstance(plain := value.get("body_text"), str) and plain.strip():
        return plain
    for key in _BODIES[1:]:
        if isinstance(marked := value.get(key), str) and (text := plain_text(marked)):
            return text
    texts: list[tuple[bool, bool, str]] = []
    for body in _objects(value.get("bodies")):
        content, kind = body.get("value"), body.get("contenttype")
        if isinstance(content, str) and content.strip():
            is_main = body.get("role") in {None, "main", "body"}
            is_plain = isinstance(kind, str) and kind.startswith("text/plain")
            texts.append((is_main, is_plain, content if is_plain else plain_text(content)))
    return max(texts, key=lambda each: each[:2])[2] if texts else ""


def _headline(value: dict[str, Any]) -> str | None:
    if isinstance(headline := value.get("headline"), str) and headline:
        return plain_text(headline).replace("\n", " ")
    headlines = [each for each in _objects(value.get("headlines")) if isinstance(each.get("value"), str)]
    main = [each for each in headlines if each.get("role") in {None, "main", "headline"}]
    return plain_text((main or headlines)[0]["value"]).replace("\n", " ") if headlines else None


def _outlet(value: dict[str, Any]) -> str | None:
    named = [each.get("name") for each in _objects(value.get("infosources"))]
    found = [each for each in (*named, value.get("provider"), value.get("source"), value.get("copyrightholder"))
             if isinstance(each, str) and each]  # fmt: skip
    return found[0] if found else None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))
