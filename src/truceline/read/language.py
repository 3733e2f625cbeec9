"""The language of a text. Truceline knows English only; for the rest a name is enough to warn with."""

import re
from functools import cache
from typing import Any

# Function words that are frequent in English and rare as words of other languages ("in", "was", "for" are not).
_ENGLISH = frozenset({
    "the", "of", "and", "to", "that", "with", "by", "said", "has", "have", "from", "not", "they", "which", "would",
    "been", "their", "this", "it", "were", "are", "who", "its", "but", "she", "his",
})  # fmt: skip
# English news runs to two or three times this share; the rare report below it goes to py3langid, which then says so.
_ENGLISH_SHARE = 0.1
_SAMPLE = 2_000
_FEWEST_LETTERS = 20
_LEAST_CONFIDENCE = 0.3


def language_of(text: str) -> str | None:
    """The ISO 639 code of the text's language (`en`, `ru` …), or null if there is too little of it to tell.

    English is recognised by its function words at once; py3langid, whose model takes half a second to load, is asked
    only when these are scarce.
    """
    sample = _sample(text)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    found = [word for word in words if word in _ENGLISH]
    if len(set(found)) >= 2 and len(found) >= _ENGLISH_SHARE * len(words):
        return "en"
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    code, confidence = _identifier().classify(sample.encode("utf-8", "replace").decode("utf-8"))
    return str(code) if confidence >= _LEAST_CONFIDENCE and code not in {"und", "zxx"} else None


def _sample(text: str) -> str:
    """Beginning, middle and end of a long text, so that a heading or a notice in another language does not decide."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = (len(text) - _SAMPLE) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
