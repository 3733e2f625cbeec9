"""Which source and which contents belong to which cue: the encoder's choice, mended where the sentence shows better.

Each word of a source or content chooses its cue among all that stand near. Where a cue is left without content, and its
own sentence holds one that went to a cue elsewhere, that content is its own; the same for sources. A content that no
cue of its sentence holds goes to the verb of speech that governs it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.annotate import Annotation, Tagged
from truceline.extract.clauses import Clauses
from truceline.extract.datelines import datelines
from truceline.extract.noun_groups import can_speak, head_noun, noun_group
from truceline.extract.quotations import Quotations
from truceline.extract.speakers import own_subject
from truceline.lexicon import entries

_NEAR = 1  # sentences between a cue and what it reports without quotation marks
_DROPPED = -2  # the cue of a content that turned out to be none
_CLAUSES = frozenset({"ccomp", "xcomp", "obj", "advcl"})


@dataclass(frozen=True, slots=True)
class Linked:
    """One cue with its sources and contents, each in the order of the text; or a content that has no cue."""

    cue: Tagged | None
    sources: list[Tagged]
    contents: list[Tagged]


def linked(clauses: Clauses, quotations: Quotations) -> list[Linked]:
    """The attributions of a report in the order of their cues; sources that no cue has claimed are left out."""
    annotation = clauses.annotation
    spans, cues = _cut(annotation, quotations)
    _mend(annotation, spans, cues)
    _adopt(clauses, spans, cues)
    _cue_sources(clauses, spans, cues)
    _part(annotation, quotations, spans, cues)
    written = {word for line in datelines(annotation) for word in range(line.first, line.place_end)}
    subjects = {word: s for s in spans if s.label == "source" for word in range(s.first, s.end)}
    own: dict[int, list[int]] = {}
    for i, cue in enumerate(cues):
        if cue != _DROPPED:
            own.setdefault(cue if cue >= 0 else i, []).append(i)
    found = []
    for i, members in sorted(own.items()):
        cue_span = spans[i] if spans[i].label == "cue" else None
        sources, contents = ([spans[j] for j in members if spans[j].label == label] for label in ("source", "content"))
        sources = [source for source in sources if source.first not in written]
        if cue_span is not None:
            subject = own_subject(clauses.governor(cue_span.first, cue_span.end), clauses)
            sources = [subjects[subject]] if subject in subjects else sources
            if (behind := _inverted(cue_span, clauses)) is not None:
                sources, contents = [behind], [_before(c, cue_span) for c in contents if c.first < cue_span.first]
        if cue_span is not None or contents:
            found.append(Linked(cue_span, sources, _joined(contents)))
    return sorted(found, key=lambda attribution: (attribution.cue or attribution.contents[0]).first)


def _adopt(clauses: Clauses, spans: list[Tagged], cues: list[int]) -> None:
    """Gives contents whose cue stands in another sentence to the verb of speech that governs them, as a new cue."""
    a = clauses.annotation
    firsts = [first for first, _ in a.sentences]
    tagged = {word for s in spans if s.label == "cue" for word in range(s.first, s.end)}
    for i in range(len(spans)):
        span = spans[i]
        if span.label != "content":
            continue
        holder = bisect_right(firsts, spans[cues[i]].first) if cues[i] >= 0 else -1
        if bisect_right(firsts, span.first) <= holder <= bisect_right(firsts, span.end - 1):
            continue
        verb = _reporting_verb(span, clauses)
        if verb >= 0 and verb not in tagged:
            cues[i] = len(spans)
            cues.append(len(spans))
            spans.append(Tagged(verb, verb + 1, "cue", span.probability))
            tagged.add(verb)


def _cue_sources(clauses: Clauses, spans: list[Tagged], cues: list[int]) -> None:
    """Makes a cue of the untagged verb of speech behind a source that has none: "Officials say the road is shut".

    The contents of its sentence that have no cue either go to it.
    """
    firsts = [first for first, _ in clauses.annotation.sentences]
    tagged = {word for s in spans if s.label == "cue" for word in range(s.first, s.end)}
    sentences = [bisect_right(firsts, span.first) for span in spans]
    for i in range(len(sentences)):  # cues that are added stand behind these
        span = spans[i]
        verb = _verb_of(span, clauses) if span.label == "source" and cues[i] < 0 else -1
        if verb < 0 or verb in tagged:
            continue
        for step in (-1, 1):
            j = i
            while 0 <= j < len(sentences) and sentences[j] == sentences[i]:
                if cues[j] < 0 and (j == i or spans[j].label == "content"):
                    cues[j] = len(spans)
                j += step
        cues.append(len(spans))
        spans.append(Tagged(verb, verb + 1, "cue", span.probability))
        tagged.add(verb)


def _verb_of(source: Tagged, clauses: Clauses) -> int:
    """The verb of speech whose subject the source is, or that follows it; -1 if there is none."""
    a = clauses.annotation
    verb = clauses.head(clauses.governor(source.first, source.end))
    near = range(source.end, min(source.end + 3, len(a.forms)))
    behind = next((w for w in near if a.upos[w] not in ("ADV", "AUX")), -1)
    for word in (verb, behind):
        active = word >= source.end and a.xpos[word][:1] == "V" and not clauses.passive(word)
        if active and a.lemmas[word].lower() in entries("cues")["clause"]:
            return word
    return -1


def _inverted(cue: Tagged, clauses: Clauses) -> Tagged | None:
    """The speaker at the end of a sentence, right behind its cue: "Talks to go on, says envoy"."""
    a = clauses.annotation
    end = a.sentences[bisect_right(a.sentences, (cue.first, len(a.forms))) - 1][1]
    while end > cue.end and a.upos[end - 1] == "PUNCT":
        end -= 1
    words = entries("cues")
    said = words["clause"] - words["object"] - words["addressed"]
    if not cue.first or a.forms[cue.first - 1] != "," or a.lemmas[cue.end - 1].lower() not in said:
        return None
    group = noun_group(cue.end, end, clauses)
    whole = group[0] < group[1] == end and can_speak(head_noun(group, clauses), clauses)
    return Tagged(*group, "source", cue.probability) if whole else None


def _before(content: Tagged, cue: Tagged) -> Tagged:
    return Tagged(content.first, min(content.end, cue.first), content.label, content.probability)


def _part(annotation: Annotation, quotations: Quotations, spans: list[Tagged], cues: list[int]) -> None:
    """Takes from cues the contents that stand in another paragraph, or sentences away, outside all quotation marks.

    Only a quotation reaches so far; what a colon opens goes on behind it, and the next sentence may be all that a cue
    reports ("The ministry wrote" before a line of its own).
    """
    firsts = [first for first, _ in annotation.sentences]
    breaks = [word for word, broken in enumerate(annotation.breaks) if broken]
    content = [i for i, cue in enumerate(cues) if cue >= 0 and spans[i].label == "content"]
    near = {
        cues[i] for i in content if bisect_right(firsts, spans[i].first) == bisect_right(firsts, spans[cues[i]].first)
    }
    for i, cue in enumerate(cues):
        span = spans[i]
        if span.label != "content" or cue < 0 or quotations.at(int(annotation.starts[span.first])) is not None:
            continue
        away = bisect_right(firsts, span.first) - bisect_right(firsts, spans[cue].first)
        apart = bisect_right(breaks, span.first) != bisect_right(breaks, spans[cue].first)
        opened = away > 0 and annotation.forms[spans[cue].end : spans[cue].end + 1] == [":"]
        if (apart or abs(away) > _NEAR) and not opened and (away != 1 or cue in near):
            cues[i] = _DROPPED


def _reporting_verb(span: Tagged, clauses: Clauses) -> int:
    """The verb of speech on which a content hangs, or which is set into it ("…, he said"); -1 if there is none."""
    a = clauses.annotation
    top = clauses.governor(span.first, span.end)
    head = clauses.head(top)
    around = [head] if head >= 0 and a.deprels[top] in _CLAUSES else []
    around += [c for c in clauses.with_relation(top, "parataxis") if not span.first <= c < span.end]
    words = entries("cues")
    said = (w for w in around if a.upos[w] == "VERB" and a.lemmas[w].lower() in words["clause"] | words["object"])
    return next((w for w in said if not span.first <= w < span.end), -1)


def _cut(annotation: Annotation, quotations: Quotations) -> tuple[list[Tagged], list[int]]:
    """The spans and the cue of each; contents cut where a sentence ends, save in a quotation, and behind datelines."""
    ends = [end for _, end in annotation.sentences]
    opened = datelines(annotation)
    spans: list[Tagged] = []
    old_cues: list[int] = []
    place: list[int] = []  # of each span as it was, the first of its parts
    for span, cue in zip(annotation.statements.spans, annotation.statements.cues, strict=True):
        place.append(len(spans))
        begun = next((d.end for d in opened if d.first <= span.first < d.end < span.end), span.first)
        first = begun if span.label == "content" else span.first
        sentence = bisect_right(ends, first)
        while span.label == "content" and sentence < len(ends) and (end := ends[sentence]) < span.end:
            sentence += 1
            inside = quotations.at(int(annotation.starts[end]) - 1)
            if inside is None or inside[1] <= annotation.starts[end]:
                spans.append(Tagged(first, end, span.label, span.probability))
                old_cues.append(cue)
                first = end
        spans.append(Tagged(first, span.end, span.label, span.probability))
        old_cues.append(cue)
    return spans, [place[cue] if cue >= 0 else -1 for cue in old_cues]


def _joined(contents: list[Tagged]) -> list[Tagged]:
    """The contents with parts that follow each other without a gap made one again."""
    joined: list[Tagged] = []
    for span in contents:
        if joined and joined[-1].end == span.first:
            before = joined.pop()
            span = Tagged(before.first, span.end, span.label, min(before.probability, span.probability))
        joined.append(span)
    return joined


def _mend(annotation: Annotation, spans: list[Tagged], cues: list[int]) -> None:
    firsts = [first for first, _ in annotation.sentences]
    sentences = [(bisect_right(firsts, s.first) - 1, bisect_right(firsts, s.end - 1) - 1) for s in spans]
    for label in ("content", "source"):
        count: dict[int, int] = {}
        for i, cue in enumerate(cues):
            if spans[i].label == label:
                count[cue] = count.get(cue, 0) + 1
        for cue, span in enumerate(spans):
            if span.label != "cue" or count.get(cue):
                continue
            near = [i for i in _beside(spans, cue, sentences) if spans[i].label == label]
            near = [i for i in near if _free(i, cue, cues[i], sentences, count)]
            if near:
                best = min(near, key=lambda i: max(spans[i].first - span.end, span.first - spans[i].end))
                count[cues[best]] = count.get(cues[best], 0) - 1
                cues[best], count[cue] = cue, 1


def _beside(spans: list[Tagged], cue: int, sentences: list[tuple[int, int]]) -> Iterator[int]:
    """The sources and contents of the cue's sentence on either side of it, up to the next cue."""
    for step in (-1, 1):
        i = cue + step
        while 0 <= i < len(spans) and spans[i].label != "cue":
            if not sentences[i][0] <= sentences[cue][0] <= sentences[i][1]:
                break
            yield i
            i += step


def _free(i: int, cue: int, holder: int, sentences: list[tuple[int, int]], count: dict[int, int]) -> bool:
    """Whether the holder of span i stands in another sentence, or on the far side of the cue."""
    if holder < 0 or not sentences[i][0] <= sentences[holder][0] <= sentences[i][1]:
        return True
    return min(i, holder) < cue < max(i, holder) and count.get(holder, 0) > 1
