"""The bounds of a content: quotation marks in, complementiser and stray stops out; and its mode."""

from collections.abc import Sequence

from truceline.annotate import Annotation
from truceline.annotate.abbreviations import ABBREVIATIONS, ALSO_WORDS
from truceline.extract.drafts import Range
from truceline.extract.quotations import Quotations
from truceline.records.reading import Mode

_LOOSE = frozenset(" \t\n\r\f\v\xa0,;:–—-")
_SHORT = ABBREVIATIONS - ALSO_WORDS
_STOPS = frozenset(".!?…")
_FAR = 200  # characters from a cue to the colon behind it: "told the Council on Monday:"
_NO_CONTENT: Range = (0, 0)


def trimmed(annotation: Annotation, quotations: Quotations, first: int, end: int) -> Range:
    """The characters of the content in words `first` to `end`: as the codebook bounds it, empty if nothing is left.

    A bare "that", commas and dashes at the ends go; a quotation that begins or ends just beside the words is taken in
    whole with its marks; a full stop outside the marks goes, that of an abbreviation stays.
    """
    first = _past_complementiser(annotation, first, end)
    if first >= end:
        return _NO_CONTENT
    start, stop = annotation.characters(first, end)
    start, stop = _stripped(annotation.report.text, quotations, start, stop)
    if start >= stop:
        return _NO_CONTENT
    start, stop = _with_marks(quotations, start, stop)
    # "…he would “resign”." – the stop closes the reporter's sentence, not the speaker's. Words keep their own stops.
    last = end - 1
    if annotation.forms[last] == "." and stop == annotation.ends[last] and quotations.at(stop - 1) is None:
        stop -= not _abbreviated(annotation, last, first)
    return (start, stop) if start < stop else _NO_CONTENT


def _abbreviated(annotation: Annotation, stop: int, first: int) -> bool:
    """Whether a full stop that is a word of its own also belongs to the abbreviation before it: "in the U.S."."""
    before = stop - 1
    if before < first or annotation.spaced[stop]:
        return False
    return "." in annotation.forms[before] or annotation.forms[before] in _SHORT


def _past_complementiser(annotation: Annotation, first: int, end: int) -> int:
    """The first word behind the commas and the "that" with which a content begins; "that offer is dead" keeps it."""
    while first < end and annotation.forms[first] in _LOOSE:
        first += 1
    if first < end and annotation.forms[first].lower() == "that" and annotation.deprels[first] == "mark":
        first += 1
    return first


def _stripped(text: str, quotations: Quotations, start: int, stop: int) -> Range:
    """Without white space, commas and dashes at the ends, and without the mark of a quotation that lies outside."""
    while start < stop and (text[start] in _LOOSE or _closes(quotations, start)):
        start += 1
    while stop > start and (text[stop - 1] in _LOOSE or _opens(quotations, stop - 1)):
        stop -= 1
    return start, stop


def _opens(quotations: Quotations, place: int) -> bool:
    around = quotations.at(place)
    return around is not None and around[0] == place


def _closes(quotations: Quotations, place: int) -> bool:
    around = quotations.at(place)
    return around is not None and around[1] == place + 1 and around[0] < place


def _with_marks(quotations: Quotations, start: int, stop: int) -> Range:
    """Widened by the mark that stands just before or behind."""
    opened, closed = quotations.at(start), quotations.at(stop - 1)
    if opened is not None and 0 < start - opened[0] <= 2:
        start = opened[0]
    if closed is not None and 0 < closed[1] - stop <= 2:
        stop = closed[1]
    return start, stop


def mode_of(text: str, quotations: Quotations, content: Sequence[Range], cue_end: int | None = None) -> Mode:
    """`direct` if all of the words are quoted, `indirect` if none, else `mixed`; stops and spaces do not count.

    Whole sentences behind "said:" are `direct` without marks too; `cue_end` is where the cue ends, null without one.
    """
    if cue_end is not None and content and _is_block(text, cue_end, content[0]):
        return "direct"
    quoted = words = 0
    for start, end in content:
        quoted += sum(text[i].isalnum() for s, e in quotations.within(start, end) for i in range(s, e))
        words += sum(character.isalnum() for character in text[start:end])
    return "indirect" if not quoted else "direct" if quoted == words else "mixed"


def _is_block(text: str, cue_end: int, piece: Range) -> bool:
    """Whether a content stands behind its cue and a colon as whole sentences: begun with a capital, ended by a stop."""
    start, end = piece
    if not cue_end < start <= cue_end + _FAR or not text[cue_end:start].rstrip().endswith(":"):
        return False
    begins = text[start].isupper() or text[start].isdigit()
    stopped = text[end - 1] in _STOPS or text[end : end + 1] in ("", "\n", *_STOPS)
    return begins and stopped
