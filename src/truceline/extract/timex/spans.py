"""The spans of time expressions: the tagger's, mended at their edges, and a few that it left out.

The tagger sees the whole sentence and is right about most spans. What is mended is what changes a value: a modifier cut
off before the expression, a part of the day, year or "ago" cut off behind it. Bare adverbs of manner and order
("immediately", "earlier", "meanwhile") are left out, as the codebook says (§10).
"""

from collections.abc import Iterable

from truceline.annotate import Annotation
from truceline.extract.timex.phrases import Phrase, read_phrase
from truceline.extract.timex.words import kind_of

Range = tuple[int, int]

# What may be cut off before an expression that begins with a word of the kind on the left.
#   unit, units: "the past two | weeks", "a | week", "every | day", "third | quarter"
#   weekday, month, season, part: "last | Friday", "this | spring", "every | Monday"
_BEFORE: dict[str, frozenset[str]] = {
    "unit": frozenset({"number", "ordinal", "scale", "vague", "which", "every", "half", "article", "dash"}),
    "units": frozenset({"number", "ordinal", "scale", "vague", "which", "half", "dash"}),
    "weekday": frozenset({"which", "every"}),
    "month": frozenset({"which", "every"}),
    "season": frozenset({"which", "every"}),
    "part": frozenset({"which", "every", "weekday"}),
    "number": frozenset({"which"}),
}
# What may be cut off behind one that ends with it.
#   weekday, day: "Tuesday | morning"; unit, units: "two weeks | ago"
_BEHIND: dict[str, frozenset[str]] = {
    "weekday": frozenset({"part", "parts"}),
    "weekdays": frozenset({"part", "parts"}),
    "unit": frozenset({"ago", "adjective"}),
    "units": frozenset({"ago"}),
}
_FARTHEST = 4  # words to either side
_BARE = frozenset({"the", "recent", "latest"})
_PLAIN = frozenset({"now", "currently"})
_DISTANCE = frozenset({"ago", "earlier", "later"})


def time_spans(annotation: Annotation) -> list[Range]:
    """The words of each time expression of a report, in order and apart."""
    spans = [mended(annotation, t.first, t.end) for t in annotation.times]
    spans += [span for span in plain_times(annotation) if not any(a < span[1] and span[0] < b for a, b in spans)]
    return [span for span in joined(annotation, spans) if is_time(annotation, span)]


def is_time(annotation: Annotation, span: Range) -> bool:
    """Whether the words name a time that the codebook wants: no bare "earlier" or "recent", no "11th hour"."""
    start, end = annotation.characters(*span)
    phrase = read_phrase(annotation.report.text[start:end])
    if phrase.empty or all(kind_of(form) in ("between", "shift", "mark") or form in _BARE for form in phrase.forms):
        return False
    if phrase == Phrase(phrase.forms, days=phrase.days, small=phrase.small) and phrase.others:  # "the 25th anniversary"
        return False
    fine = ("TS", "TM", "TH")
    if any(a.ordinal and a.unit in fine for a in phrase.amounts) or (phrase.unit in fine and phrase.which == "last"):
        return False  # "the 11th hour", "at the last minute"
    quarters = [amount.unit for amount in phrase.amounts] == ["Q"]
    return not (quarters and annotation.forms[span[1] : span[1] + 1] == ["of"])  # "three-quarters of the seats"


def mended(annotation: Annotation, first: int, end: int) -> Range:
    """The span with what the tagger cut off, inside its sentence."""
    low, high = next(((a, b) for a, b in annotation.sentences if a <= first < b), (first, end))
    low, high = max(low, first - _FARTHEST), min(high, end + _FARTHEST)
    end = min(end, high)
    allowed = _BEFORE.get(_kind(annotation, first), frozenset())
    while first > low and _kind(annotation, first - 1) in allowed:
        if annotation.forms[first - 1].lower() == "last" and annotation.upos[first - 1] == "VERB":
            break  # "should last | ten days"
        first -= 1
    counted = ("unit", "half", "scale", "vague", "number")
    while _kind(annotation, first) == "dash" or (
        _kind(annotation, first) == "article" and _kind(annotation, first + 1) not in counted
    ):
        if first == end - 1:
            break
        first += 1
    if first > low and _kind(annotation, first) == "which" and annotation.forms[first - 1].lower() == "the":
        first -= 1
    while end < high and _follows(annotation, first, end):
        end += 1
    return first, end


def _follows(annotation: Annotation, first: int, end: int) -> bool:
    """Whether the word behind the span belongs to it."""
    forms = annotation.forms
    last, following = _kind(annotation, end - 1), _kind(annotation, end)
    if following in _BEHIND.get(last, frozenset()):
        return True
    if last == "month" and following == "which" and _kind(annotation, end + 1) == "unit":
        return True
    if following == "unit" and last == "which" and end - first > 1:
        return True
    if any(_kind(annotation, i) == "month" for i in range(first, end)) and not _has_year(forms[first:end]):
        comma = forms[end] == "," and last == "number" and end + 1 < len(forms)
        return _is_year(forms[end + 1] if comma else forms[end])
    return False


def _kind(annotation: Annotation, word: int) -> str:
    if not 0 <= word < len(annotation.forms):
        return ""
    form = annotation.forms[word].lower()
    if form in _DISTANCE:
        return "ago"
    if form in ("a", "an", "another"):
        return "article"
    return "dash" if form in ("-", "–") else kind_of(form)


def _is_year(form: str) -> bool:
    return len(form) == 4 and form.isascii() and form.isdigit() and 1000 <= int(form) <= 2999


def _has_year(forms: Iterable[str]) -> bool:
    return any(_is_year(form) for form in forms)


def plain_times(annotation: Annotation) -> list[Range]:
    """Expressions that can hardly be anything else, wherever they stand.

    Weekdays, months with a day or year, ISO dates, decades in digits, "yesterday" and its like, "now" and "currently",
    and units in the plural ("decades of war", "within months").
    """
    found = []
    for word, form in enumerate(annotation.forms):
        kind = kind_of(form.lower())
        if kind in ("weekday", "month") and not (form[0].isupper() and len(form) > 3):
            continue
        numeric = (kind == "date" and "." not in form) or (
            kind == "decade" and form[0].isdigit()
        )  # "2.10.16": a section
        if numeric or kind in ("day", "units", "weekday") or form.lower() in _PLAIN:
            found.append((word, word + 1))
        elif kind == "month":
            first = word - _is_day(annotation, word - 1)
            end = word + 1 + _is_day(annotation, word + 1)
            end += end < len(annotation.forms) and _is_year(annotation.forms[end])
            if (first, end) != (word, word + 1):
                found.append((first, end))
    return [mended(annotation, *span) for span in found]


def _is_day(annotation: Annotation, word: int) -> bool:
    form = annotation.forms[word] if 0 <= word < len(annotation.forms) else ""
    return form.isascii() and form.isdigit() and 1 <= int(form) <= 31


def joined(annotation: Annotation, spans: list[Range]) -> list[Range]:
    """Spans that overlap become one, and so do a weekday and its date: "Friday, Oct. 23"."""
    out: list[Range] = []
    for first, end in sorted(spans):
        if out and (first < out[-1][1] or _same_day(annotation, out[-1], (first, end))):
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((first, end))
    return out


def _same_day(annotation: Annotation, weekday: Range, after: Range) -> bool:
    between = annotation.forms[weekday[1] : after[0]]
    if between not in ([], [","]) or weekday[1] - weekday[0] != 1:
        return False
    kinds = {_kind(annotation, word) for word in range(*after)}
    return _kind(annotation, weekday[0]) == "weekday" and "month" in kinds and bool(kinds & {"number", "ordinal"})
