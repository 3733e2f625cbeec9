"""Entities mended by what no single sentence shows: other sentences of the report, addresses, the map.

Comes in: the scores of the words, or the spans that were decoded from them. Goes out: the same, mended.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.annotate.annotation import Tagged
from truceline.lexicon.gazetteer import gazetteer

# How far a name's scores move to their mean over the report, 0 to 1; chosen on Universal NER's EWT, dev.
AGREEMENT = 0.5
# How much the silver names of news count beside the entities of web text, 0 to 1; chosen there too.
SECOND_OPINION = 0.35
WIDE = frozenset({"country", "state", "province"})
_ADDRESS = re.compile(r".+@.+\..+|.*\.(?:com|org|net|gov|edu|htm|html|pdf|docx?|xlsx?)", re.IGNORECASE)

Floats = NDArray[np.float32]


def with_second_opinion(scores: Floats, labels: Sequence[str], names: Floats, name_labels: Sequence[str]) -> Floats:
    """The scores (words, labels) as logarithms of probabilities, those of `names` (words, name labels) joined to them.

    Web text teaches what annotators call an entity, the news whom reports speak of. The types that only `names` knows
    (nationalities, events, times) speak for no entity.
    """
    joined = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    opinion = names - np.logaddexp.reduce(names, axis=1, keepdims=True)
    for column, label in enumerate(labels):
        meant = [i for i, name in enumerate(name_labels) if name == label or (label == "O" and name not in labels)]
        if meant:
            joined[:, column] += SECOND_OPINION * np.logaddexp.reduce(opinion[:, meant], axis=1)
    return joined


def agreeing(scores: Floats, forms: Sequence[str], labels: Sequence[str]) -> Floats:
    """The scores (words, labels), those of a capitalised word drawn towards their mean over all its places in the text.

    A name means one thing in a report, and where it stands in a full sentence tells more than where it stands in a
    headline. A text of more than 4,096 words comes in stretches, and each stands for itself here. What B- and I- say
    of a type moves together, so that a name may still begin here and go on there. The idea is that of Krishnan and
    Manning, 2006 (an effective two-stage model for non-local dependencies).
    """
    counts = Counter(form for form in forms if len(form) > 1 and form[0].isupper())
    names = {form: number for number, form in enumerate(form for form, count in counts.items() if count > 1)}
    places = [i for i, form in enumerate(forms) if form in names]
    if not places:
        return scores
    name_of = np.array([names[forms[i]] for i in places])
    types = defaultdict(list)
    for column, label in enumerate(labels):
        types[label[2:]].append(column)
    moved = scores.copy()
    for columns in types.values():
        strength = np.logaddexp.reduce(scores[np.ix_(places, columns)], axis=1)
        mean = np.bincount(name_of, weights=strength) / np.bincount(name_of)
        moved[np.ix_(places, columns)] += (AGREEMENT * (mean[name_of] - strength))[:, None]
    return moved


def mended(entities: Sequence[Tagged], forms: Sequence[str]) -> list[Tagged]:
    """The entities without web and mail addresses, and with "Homs Syria" told apart as two places."""
    return [part for entity in entities for part in _parts(entity, forms)]


def _parts(entity: Tagged, forms: Sequence[str]) -> Iterator[Tagged]:
    words = forms[entity.first : entity.end]
    if len(words) == 1 and _ADDRESS.fullmatch(words[0]):
        return
    size = _town(words) if entity.label == "LOC" and len(words) > 1 else 0
    if size:
        yield Tagged(entity.first, entity.first + size, entity.label, entity.probability)
    yield Tagged(entity.first + size, entity.end, entity.label, entity.probability)


def _town(words: Sequence[str]) -> int:
    """How many of the words name a town or district whose country or province the others name; 0 if none do."""
    known = gazetteer().candidates
    if known(" ".join(words)):
        return 0
    for size in range(1, len(words)):
        around = [place for place in known(" ".join(words[size:])) if place.kind in WIDE]
        inside = known(" ".join(words[:size])) if around else ()
        for place in inside:
            if any(
                place.country == wide.country and (wide.kind == "country" or place.region == wide.region)
                for wide in around
            ):
                return size
    return 0
