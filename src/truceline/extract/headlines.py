"""Headline tags: "Talks to resume on Monday – envoy" is a statement of the envoy without a cue. GUIDE §10."""

import re

from truceline.annotate import Annotation
from truceline.extract.drafts import Draft

_TAG_AFTER = re.compile(r"\s[–—-]{1,2}\s+(?P<tag>[^–—\n]{2,60})$")
_TAG_BEFORE = re.compile(r"^(?P<tag>[^:\n]{2,60}):\s+(?=\S)")
_LONGEST = 200  # characters of a headline


def headline_drafts(annotation: Annotation, drafts: list[Draft]) -> list[Draft]:
    """The statement of a tagged headline, if the report opens with one that no cue claims; else none.

    A tag is a name, or a noun phrase that the report uses again of somebody who speaks: "Ceasefire holds: monitors".
    """
    text = annotation.report.text
    end = text.find("\n")
    headline = text[: end if end >= 0 else 0].rstrip()
    if (
        not headline
        or len(headline) > _LONGEST
        or headline[-1] in ".!?…"
        or any(d.reach[0] < len(headline) for d in drafts)
    ):
        return []
    for pattern in (_TAG_AFTER, _TAG_BEFORE):
        found = pattern.search(headline)
        if found and _names_a_speaker(annotation, found.start("tag"), found.end("tag"), drafts):
            content = (0, found.start()) if pattern is _TAG_AFTER else (found.end(), len(headline))
            source = _words(annotation, found.start("tag"), found.end("tag"))
            if source and (_says_something(annotation, *content) if pattern is _TAG_BEFORE else content[1] > 10):
                return [Draft(None, source, [content], 0.8)]
    return []


def _says_something(annotation: Annotation, start: int, end: int) -> bool:
    """Whether the words behind a name and a colon are a sentence: not "Syria: the facts", not "Syria: what next"."""
    words = _words(annotation, start, end)
    if words is None or annotation.xpos[words[0]] in ("WP", "WRB", "WDT"):
        return False
    return any(annotation.upos[word] in ("VERB", "AUX") for word in range(*words))


def _names_a_speaker(annotation: Annotation, start: int, end: int, drafts: list[Draft]) -> bool:
    """Whether a speaker in the body of the report shares the tag's last word."""
    words = _words(annotation, start, end)
    if words is None or words[1] - words[0] > 5:
        return False
    last = _stem(annotation.forms[words[1] - 1])
    spoken = {
        _stem(annotation.forms[i]) for d in drafts if d.source for i in range(*d.source) if annotation.upos[i] != "PRON"
    }
    return last in spoken


def _stem(form: str) -> str:
    """The word without the plural: a tag says "officials" where the body has "an official"."""
    return form.lower().removesuffix("s")


def _words(annotation: Annotation, start: int, end: int) -> tuple[int, int] | None:
    inside = [i for i in range(min(len(annotation.forms), 80)) if start <= annotation.starts[i] < end]
    return (inside[0], inside[-1] + 1) if inside else None
