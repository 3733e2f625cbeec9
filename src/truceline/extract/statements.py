"""Statements: who said what, in which words, to whom. GUIDE §3 and §10.

The encoder tags cues, sources and contents by the codebook; this module puts together what belongs to one cue, trims
the pieces to the codebook's bounds, and adds what flat tags cannot hold: statements inside statements, headline tags,
and quotations that go on without a cue of their own.
"""

from bisect import bisect_left, bisect_right

from truceline.annotate import Annotation
from truceline.extract.addressees import without_addressee
from truceline.extract.clauses import Clauses
from truceline.extract.contents import mode_of, trimmed
from truceline.extract.drafts import Draft, Range
from truceline.extract.headlines import headline_drafts
from truceline.extract.hearsay import enclose, nested_drafts, reported_words, stretch
from truceline.extract.links import linked
from truceline.extract.quotations import Quotations, find_quotations
from truceline.extract.speakers import speaker_of
from truceline.records import Span, Statement

_GAP = 20  # characters between a quotation and the one that goes on with it


def statements(annotation: Annotation) -> list[Statement]:
    """The statements of a report in the order of their first words; `speaker`, `about` and `date` are left for later.

    `within` names the statement that reports this one; `confidence` is the model's probability for its least certain
    part.
    """
    quotations = find_quotations(annotation.report.text)
    clauses = Clauses(annotation)
    drafts = tagged_drafts(annotation, quotations, clauses)
    drafts += headline_drafts(annotation, drafts)
    drafts += running_quotations(annotation, quotations, drafts)
    cues = {word for draft in drafts if draft.cue is not None for word in range(*draft.cue)}
    for draft in list(drafts):
        found = nested_drafts(draft, clauses, cues)
        cues.update(word for one in found if one.cue is not None for word in range(*one.cue))
        drafts += found
    enclose(drafts, clauses)
    return _numbered(annotation, quotations, drafts)


def tagged_drafts(annotation: Annotation, quotations: Quotations, clauses: Clauses) -> list[Draft]:
    """One draft for each cue with content, and one for content without a cue.

    A speaker or a content that the tags leave out is taken from the cue's clause.
    """
    drafts = []
    for attribution in linked(clauses, quotations):
        cue = (attribution.cue.first, attribution.cue.end) if attribution.cue is not None else None
        source = max(attribution.sources, key=lambda s: s.probability, default=None)
        words = [(c.first, c.end) for c in attribution.contents]
        sure = [s.probability for s in (attribution.cue, *attribution.contents) if s is not None]
        draft = Draft(cue, (source.first, source.end) if source else None, [], min(sure))
        if cue is not None:
            draft.source = speaker_of(draft, clauses)
            words = words or reported_words(draft, clauses)
            words = without_addressee(draft, words, clauses)
        pieces = [trimmed(annotation, quotations, *piece) for piece in words]
        draft.content = [piece for piece in pieces if piece[0] < piece[1]]
        if draft.content:
            drafts.append(draft)
    stretch(drafts, clauses)
    return drafts


def running_quotations(annotation: Annotation, quotations: Quotations, drafts: list[Draft]) -> list[Draft]:
    """Whole quoted sentences that no cue claims go to the speaker of the quotation that stands just before them.

    In the same paragraph they become a further piece of that statement; a new paragraph is a statement without a cue.
    """
    text = annotation.report.text
    claimed = sorted(piece for draft in drafts for piece in draft.content)
    waiting = sorted(drafts, key=lambda d: _last_character(annotation, d))
    found: list[Draft] = []
    speaking: Draft | None = None
    at = 0
    for start, end in quotations.ranges:
        while at < len(waiting) and _last_character(annotation, waiting[at]) <= start:
            speaking = waiting[at]
            at += 1
        i = bisect_right(claimed, (end, 0)) - 1
        if speaking is None or (i >= 0 and claimed[i][1] > start) or not _whole_sentences(annotation, start, end):
            continue
        last = _last_character(annotation, speaking)
        if start - last > _GAP:
            continue
        gap = text[last:start]
        if gap.strip(" \n.,") or not quotations.covering(*speaking.content[-1]):
            continue
        if "\n" in gap:
            speaking = Draft(None, speaking.source, [(start, end)], speaking.confidence)
            found.append(speaking)
        else:
            speaking.content.append((start, end))
    return found


def _last_character(annotation: Annotation, draft: Draft) -> int:
    words = [end for _, end in filter(None, (draft.cue, draft.source))]
    spoken = [int(annotation.ends[end - 1]) for end in words]
    # A speaker carried over from an earlier paragraph stands far before the content, and so does not count.
    # The last piece ends last, save where a quotation has just been added: looking at all would take quadratic time.
    return max([draft.content[-1][1], *spoken])


def _whole_sentences(annotation: Annotation, start: int, end: int) -> bool:
    """Whether a quotation begins where a sentence begins and ends where one ends."""
    spans = annotation.sentence_spans
    first = bisect_left(spans, (start, 0))
    last = bisect_left(spans, (end, 0)) - 1
    return first <= last and spans[first][0] == start and spans[last][1] == end


def _numbered(annotation: Annotation, quotations: Quotations, drafts: list[Draft]) -> list[Statement]:
    ordered = sorted(drafts, key=lambda d: (d.reach[0], -d.reach[1]))
    ids = {id(draft): f"s{n}" for n, draft in enumerate(ordered, 1)}
    return [
        Statement(
            id=ids[id(draft)],
            speaker=None,
            speaker_text=_words(annotation, draft.source),
            cue=_words(annotation, draft.cue),
            content=[annotation.report.span(start, end) for start, end in draft.content],
            mode=mode_of(annotation.report.text, quotations, draft.content, _end(annotation, draft.cue)),
            addressee=None,
            addressee_text=_words(annotation, draft.addressee),
            date=None,
            about=[],
            within=ids[id(draft.within)] if draft.within is not None else None,
            confidence=round(draft.confidence, 3),
        )
        for draft in ordered
    ]


def _words(annotation: Annotation, words: Range | None) -> Span | None:
    return annotation.report.span(*annotation.characters(*words)) if words else None


def _end(annotation: Annotation, cue: Range | None) -> int | None:
    return int(annotation.ends[cue[1] - 1]) if cue else None
