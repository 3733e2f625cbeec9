"""Headline tags: "Talks to resume on Monday – envoy" is a statement of the envoy without a cue. GUIDE §10."""

import re

from truceline.annotate import Annotation
from truceline.extract.drafts import Draft, Range
from truceline.lexicon import entries
from truceline.lexicon.gazetteer import gazetteer

_TAG_AFTER = re.compile(r"\s[–—-]{1,2}\s+(?P<tag>[^–—\n]{2,60})$")
_TAG_BEFORE = re.compile(r"^(?P<tag>[^:\n]{2,60}):\s+(?=\S)")
_LONGEST = 200  # characters of a headline
_LONGEST_TAG = 5  # words


def headline_drafts(annotation: Annotation, drafts: list[Draft]) -> list[Draft]:
    """The statement of a tagged headline, if the report opens with one that no cue claims; else none.

    A tag is a noun phrase that the report uses again of somebody who speaks, or one that by itself means somebody who
    may speak ("rebel spokesman", the name of a person or a body): "Ceasefire holds: monitors".
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
        source = _words(annotation, found.start("tag"), found.end("tag")) if found else None
        if not found or source is None or source[1] - source[0] > _LONGEST_TAG:
            continue
        after = pattern is _TAG_AFTER
        content = (0, found.start()) if after else (found.end(), len(headline))
        known = _speaks_in_body(annotation, source, drafts)
        if (known or _can_speak(annotation, source, after)) and (
            content[1] > 10 if after and known else _says_something(annotation, *content)
        ):
            return [Draft(None, source, [content], 0.8)]
    return []


def _says_something(annotation: Annotation, start: int, end: int) -> bool:
    """Whether the words behind a name and a colon are a sentence: not "Syria: the facts", not "Syria: what next"."""
    words = _words(annotation, start, end)
    if words is None or annotation.xpos[words[0]] in ("WP", "WRB", "WDT"):
        return False
    return any(annotation.upos[word] in ("VERB", "AUX") for word in range(*words))


def _speaks_in_body(annotation: Annotation, tag: Range, drafts: list[Draft]) -> bool:
    """Whether a speaker in the body of the report shares the tag's last word."""
    last = _stem(annotation.forms[tag[1] - 1])
    spoken = {
        _stem(annotation.forms[i]) for d in drafts if d.source for i in range(*d.source) if annotation.upos[i] != "PRON"
    }
    return last in spoken


def _can_speak(annotation: Annotation, tag: Range, after: bool) -> bool:
    """Whether the tag's last word is a noun for those who speak or ends the name of a person or body.

    Behind a dash the name of a state is one too; before a colon it only says what the report is about.
    """
    last = tag[1] - 1
    if annotation.upos[last] == "NOUN":
        return annotation.lemmas[last].lower() in entries("cues")["speaking"]
    if annotation.upos[last] != "PROPN":
        return False
    named = {t.label for t in (*annotation.entities, *annotation.names) if t.first <= last < t.end}
    words = annotation.report.text[slice(*annotation.characters(*tag))]
    state = any(place.kind == "country" and not place.demonym for place in gazetteer().candidates(words)[:1])
    return bool(named & {"PER", "ORG"}) or (after and state)


def _stem(form: str) -> str:
    """The word without the plural: a tag says "officials" where the body has "an official"."""
    return form.lower().removesuffix("s")


def _words(annotation: Annotation, start: int, end: int) -> tuple[int, int] | None:
    inside = [i for i in range(min(len(annotation.forms), 80)) if start <= annotation.starts[i] < end]
    return (inside[0], inside[-1] + 1) if inside else None
