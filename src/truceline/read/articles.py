"""HTML to the article in it: text, title, outlet, date and canonical address, by trafilatura."""

import logging
import re
from dataclasses import dataclass

from truceline.read.decoding import decode, utf16_marked
from truceline.read.freezing import is_iso_date
from truceline.read.received import Refused

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
# Characters that XML, and so lxml, does not allow; the parser refuses the whole page for one of them.
NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# One line of six words or more that ends as a sentence does (after the stops: Arabic question mark, Urdu, Devanagari
# and Chinese full stops, and quotation marks): menus and lists of links have none.
_SENTENCE = re.compile(
    "^(?=(?:\\S+[^\\S\\n]+){5}\\S).*[.!?\u2026\u061f\u06d4\u0964\u3002][\"'\u201d\u2019\u00bb)\\]]*\\s*$", re.MULTILINE
)
_ADVICE = "save the article's text as a .txt file and read that"
_NO_ARTICLE = f"holds no article that can be recognised: {_ADVICE}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source gave for one report, before it is frozen; `notices` are sentences."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    notices: tuple[str, ...] = ()


def article(data: bytes, *, url: str | None = None, charset: str | None = None) -> Draft:
    """The article in an HTML page; `Refused` if there is none.

    `url` is where the page came from, `charset` what the server declared. The date is the one the page states for
    its first publication, never one guessed from the running text.
    """
    if charset is None and not utf16_marked(data):
        declared = _META_CHARSET.search(data[:4096])
        charset = declared[1].decode("ascii") if declared else None
        charset = "utf-8" if charset and charset.lower().startswith("utf-16") else charset
    page, notices = decode(data, charset)
    found = _extracted(_XML_DECLARATION.sub("", NOT_XML.sub("\N{REPLACEMENT CHARACTER}", page)), url)
    text, title, outlet, published, address = found
    if not _SENTENCE.search(text):
        raise Refused(_NO_ARTICLE)
    return Draft(
        text=text,
        title=title or None,
        outlet=outlet or None,
        url=address if address and address.startswith(("http://", "https://")) else url,
        published=published if published and is_iso_date(published) else None,
        notices=notices,
    )


def _extracted(page: str, url: str | None) -> tuple[str, str | None, str | None, str | None, str | None]:
    """Text, title, outlet, date and address of the article."""
    from trafilatura import bare_extraction  # a quarter of a second to import: only when a page is read

    for library in ("trafilatura", "htmldate", "courlan", "justext"):  # their warnings are not for the terminal
        logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        document = bare_extraction(
            page,
            url=url,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as fault:  # whatever a parser stumbles over in a stranger's page is the page's fault to us
        raise Refused(f"is HTML that cannot be parsed ({type(fault).__name__}): {_ADVICE}") from fault
    if document is None or isinstance(document, dict):
        raise Refused(_NO_ARTICLE)
    return document.text or "", document.title, document.sitename, document.date, document.url
