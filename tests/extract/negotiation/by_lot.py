"""Scenes in which everything is drawn by lot: words, trees, actors, statements."""

from dataclasses import replace

import numpy as np

from tests.extract.negotiation.staged import WIDTH, actor, annotated, scene, tagged_time
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.extract.negotiation.word_features import ACTOR_KINDS
from truceline.records import Actor, Statement

FORMS = (
    "truce", "talks:talk", "plan", "the", "their", "release", "prisoners:prisoner", "said:say", "will", "not", "Oslo",
    "и", "停火", "e\u0301", "10", "days:day", "of", ",", "if", "rejected:reject",
)  # fmt: skip
TAGS = ("NOUN", "VERB", "PROPN", "DET", "ADP", "ADJ", "PUNCT", "AUX", "NUM", "PRON", "SCONJ")
RELATIONS = (
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "conj",
    "case",
    "det",
    "mark",
    "advcl",
    "acl:relcl",
    "ccomp",
    "punct",
    "aux",
)


def by_lot(rng: np.random.Generator, lengths: list[int], width: int = WIDTH) -> Scene:
    """A scene of sentences of these lengths; every sentence has one root, every word a vector of this width."""
    sentences = [" ".join(_words(rng, length)) for length in lengths]
    annotation = annotated(*sentences)
    count = len(annotation.forms)
    annotation = replace(annotation, vectors=rng.normal(size=(count, width)).astype(np.float32))
    if count:
        annotation.times.append(tagged_time(annotation, annotation.forms[rng.integers(count)], "DURATION"))
    people = _people(rng)
    references = []
    for first, end in annotation.sentences:
        for _ in range(rng.integers(0, 4)):
            start = int(rng.integers(first, end))
            stop = min(start + int(rng.integers(1, 4)), end)
            who, pronoun, inner = people[rng.integers(len(people))].id, rng.random() < 0.2, rng.random() < 0.2
            references.append(Reference(start, stop, int(rng.integers(start, stop)), who, pronoun, inner))
    found = scene(annotation, people, references)
    statements = []
    for number, (first, end) in enumerate(annotation.sentences, 1):
        if rng.random() < 0.5:
            content = annotation.report.span(*annotation.characters(int(rng.integers(first, end)), end))
            by = annotation.report.span(*annotation.characters(first, first + 1)) if rng.random() < 0.6 else None
            speaker = people[rng.integers(len(people))].id if rng.random() < 0.6 else None
            statements.append(
                Statement(f"s{number}", speaker, by, by, [content], "indirect", None, None, None, [], None, 0.9)
            )
    return scene(annotation, people, found.references, statements)


def _words(rng: np.random.Generator, length: int) -> list[str]:
    places = rng.permutation(length)  # the root, then words that depend on one before them, each at a place of its own
    found = [""] * length
    for number, at in enumerate(places):
        head = places[rng.integers(number)] + 1 if number else 0
        relation = RELATIONS[rng.integers(len(RELATIONS))] if number else "root"
        form, tag = FORMS[rng.integers(len(FORMS))], TAGS[rng.integers(len(TAGS))]
        found[at] = f"{form}/{tag}/{head}/{relation}"
    return found


def _people(rng: np.random.Generator) -> list[Actor]:
    keys = [f"a{n}" for n in range(1, 7)]
    return [
        actor(key, ACTOR_KINDS[rng.integers(len(ACTOR_KINDS))], str(rng.choice(keys)) if rng.random() < 0.5 else None)
        for key in keys
    ]
