"""Strangers' XML, parsed without what XML can do harm with, and a piece of HTML as plain text."""

import html.entities
import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from truceline.read.articles import NOT_XML
from truceline.read.decoding import decode
from truceline.read.received import Refused

_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_DOCTYPE = re.compile(r"<!doctype\b[^>\[]*>", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<[A-Za-z]")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_LEFT_OUT = frozenset({"audio", "button", "figure", "form", "iframe", "noscript", "object", "script", "style", "video"})


def decoded_xml(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text of an XML document, and the encoding that it claims and does not have (null if it tells the truth).

    What is sound UTF-8 is that, whatever is declared: other encodings do not come out as UTF-8 by chance. `Refused`
    if the bytes are no text.
    """
    found = _DECLARED.match(data[:300])
    declared = charset or (found[1].decode("ascii") if found else None)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, notices = decode(data, declared)
        lied = bool(notices)
    else:
        plain = declared is None or declared.lower() in {"utf-8", "utf8"}
        lied = not plain and not text.isascii()
    return text, (declared or "utf-8") if lied else None


def parsed_xml(text: str) -> Any:
    """The root element of a document, which may be slightly broken; `Refused` if there is none to be seen.

    Entities of its own are refused, because a few lines of them unfold to gigabytes; nothing it refers to is loaded,
    and elements more than 256 deep are cut off, which keeps the time in bounds.
    """
    first = _FIRST_ELEMENT.search(text)
    start = first.start() if first else len(text)
    if "<!ENTITY" in text[:start]:
        raise Refused("declares entities of its own, which can unfold to gigabytes: have its makers leave them out")
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text[:start], count=1)) + text[start:]
    sound = _AMPERSAND.sub(_as_character, NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(sound.encode("utf-8"), parser)
    except etree.XMLSyntaxError as fault:
        raise Refused("holds no XML: check the address, or get the file again") from fault
    if root is None:
        raise Refused("holds no XML: check the address, or get the file again")
    return root


def root_name(root: Any) -> str:
    """The element's name in small letters, without its namespace."""
    return str(etree.QName(root).localname).lower()


def _as_character(found: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know, as numbers; any other ampersand as itself."""
    code = html.entities.name2codepoint.get(found[1] or "")
    return f"&#{code};" if code else found[0].replace("&", "&amp;")


def plain_text(fragment: str) -> str:
    """The words of a piece of HTML, a paragraph on each line, without scripts, forms and figures."""
    fragment = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", fragment)
    if "<" not in fragment and "&" not in fragment:
        return "\n".join(line for raw in fragment.splitlines() if (line := " ".join(raw.split())))
    try:
        root = lxml_html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    for element in list(root.iter(*_LEFT_OUT, etree.Comment, etree.ProcessingInstruction)):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        words = element.text if event == "start" else element.tail
        # Line ends within a paragraph are the markup's own: blanks.
        pieces.append((words or "").replace("\n", " "))
    return "\n".join(line for raw in "".join(pieces).split("\n") if (line := " ".join(raw.split())))
