"""Scenes of negotiations and what a model would have learned, both made by hand.

A sentence is written word by word as `form:lemma/UPOS/head/relation`, heads counted from 1 within the sentence, 0 for
its root; the lemma may be left out. Every layer of weights is nought until a test sets it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from truceline.annotate import Annotation, Attributions, Tagged
from truceline.extract.clauses import Clauses
from truceline.extract.negotiation.proposal_groups import FEATURES as LIKENESS
from truceline.extract.negotiation.scene import Reference, Scene
from truceline.extract.negotiation.scores import DISTANCES, ROLES
from truceline.extract.negotiation.weights import Weights
from truceline.extract.negotiation.word_features import FEATURES, SORTS
from truceline.records import Actor, Report, Span, Statement
from truceline.records import reading as records
from truceline.records.reading import ActorKind

WIDTH, SIZE, HIDDEN = 8, 4, 3  # of the words' vectors, of those that meet in a role, of what likeness passes through
LABELS = {
    "proposal": get_args(records.ProposalKind), "term": get_args(records.TermKind),
    "commitment": get_args(records.CommitmentKind), "event": get_args(records.EventType),
}  # fmt: skip
STAGES, STANCES, MODALITIES = (get_args(kind) for kind in (records.StageKind, records.Stance, records.Modality))
NEVER = -30.0
Floats = NDArray[np.float32]


def annotated(*sentences: str, published: str | None = "2019-03-11") -> Annotation:
    """The annotation of a report of these sentences, a space between any two words; its vectors are all nought."""
    rows: list[tuple[str, str, str, int, str]] = []
    bounds: list[tuple[int, int]] = []
    for sentence in sentences:
        first = len(rows)
        for word in sentence.split():
            form, upos, head, relation = word.rsplit("/", 3)
            form, _, lemma = form.partition(":")
            rows.append((form, lemma or form.lower(), upos, int(head) + first - 1 if head != "0" else -1, relation))
        bounds.append((first, len(rows)))
    ends = np.cumsum([len(row[0]) + 1 for row in rows]) - 1 if rows else np.zeros(0)
    starts = ends - [len(row[0]) for row in rows]
    return Annotation(
        report=Report("sha256:0", None, None, None, published, "en", " ".join(row[0] for row in rows)),
        starts=starts.astype(np.int32),
        ends=ends.astype(np.int32),
        forms=[row[0] for row in rows],
        spaced=[True] * len(rows),
        breaks=[number == 0 for number in range(len(rows))],
        sentences=bounds,
        sentence_spans=[(int(starts[first]), int(ends[end - 1])) for first, end in bounds],
        upos=[row[2] for row in rows],
        xpos=["VBD" if row[2] == "VERB" else "NN" for row in rows],
        lemmas=[row[1] for row in rows],
        heads=np.array([row[3] for row in rows], np.int32),
        deprels=[row[4] for row in rows],
        entities=[],
        names=[],
        actors=[],
        times=[],
        attributions=Attributions([], []),
        statements=Attributions([], []),
        vectors=np.zeros((len(rows), WIDTH), np.float32),
    )


def word(annotation: Annotation, form: str) -> int:
    """The number of a word by its form; `"truce@2"` is its second occurrence."""
    plain, _, number = form.partition("@")
    return [i for i, other in enumerate(annotation.forms) if other == plain][int(number or 1) - 1]


def span_of(annotation: Annotation, first: str, last: str | None = None) -> Span:
    """The span from one word to another, both named as `word` names them."""
    start, end = word(annotation, first), word(annotation, last or first)
    return annotation.report.span(*annotation.characters(start, end + 1))


def actor(key: str, kind: ActorKind = "government", of: str | None = None) -> Actor:
    """An actor of whom nothing is known but this."""
    return Actor(key, key, kind, None, of, None, [])


def at(annotation: Annotation, key: str, *forms: str, pronoun: bool = False, inner: bool = False) -> list[Reference]:
    """References to one actor, each by a single word."""
    words = (word(annotation, form) for form in forms)
    return [Reference(i, i + 1, i, key, pronoun=pronoun, inner=inner) for i in words]


def statement(key: str, content: Sequence[Span], by: Span | None = None, speaker: str | None = None) -> Statement:
    """A statement with this content."""
    return Statement(key, speaker, by, None, list(content), "indirect", None, None, None, [], None, 0.9)


def scene(
    annotation: Annotation,
    actors: Sequence[Actor] = (),
    references: Iterable[Reference] = (),
    statements: Iterable[Statement] = (),
) -> Scene:
    """A scene without times or places."""
    ordered = sorted(references, key=lambda r: (r.first, r.end))
    return Scene(Clauses(annotation), list(actors), ordered, list(statements), [], [])


def silent(**changes: Floats) -> Weights:
    """Weights that find nothing, with these arrays in place of theirs; of a name, `__` stands for a full stop."""
    arrays = {name: np.zeros(shape, np.float32) for name, shape in shapes().items()}
    for layer in ("proposal", "term", "commitment", "condition", "event"):
        arrays[f"bio.{layer}.bias"] = np.array([0, NEVER, NEVER], np.float32)
    for head in ("stage", "stance"):
        arrays[f"{head}.bias"][:] = NEVER
    for name, array in changes.items():
        plain = name.replace("__", ".")
        assert arrays[plain].shape == array.shape, plain
        arrays[plain] = array
    return Weights.of(arrays, paths())


def drawn_by_lot(seed: int, scale: float = 1.0) -> Weights:
    """Weights that mean nothing and find much."""
    rng = np.random.default_rng(seed)
    arrays = {name: rng.normal(0, scale, shape).astype(np.float32) for name, shape in shapes().items()}
    return Weights.of(arrays, paths())


def paths() -> list[str]:
    """The tree paths that the weights know."""
    return ["<", "nsubj<", "obj<", "obl:by<", "nsubj<xcomp"]


def shapes(width: int = WIDTH, size: int = SIZE, hidden: int = HIDDEN) -> dict[str, tuple[int, ...]]:
    """The shape of every array that the rooms of this package read, by its name."""
    roles, kinds, stances = len(ROLES), len(LABELS["proposal"]), len(STANCES)
    linear = {f"bio.{layer}": (3, width) for layer in ("proposal", "term", "commitment", "condition", "event")}
    linear |= {f"lab.{layer}": (len(labels), width) for layer, labels in LABELS.items()}
    linear |= {"stage": (len(STAGES), width), "stance": (stances, width), "modal": (len(MODALITIES), width)}
    linear |= {"status": (len(STAGES) + 1, width), "q": (size, width), "k": (size, width)}
    linear |= {"same.0": (hidden, LIKENESS), "same.2": (1, hidden)}
    found: dict[str, tuple[int, ...]] = {f"{name}.weight": shape for name, shape in linear.items()}
    found |= {f"{name}.bias": shape[:1] for name, shape in linear.items()}
    return found | {
        "feat.weight": (width, len(FEATURES)), "kindx.weight": (kinds + 1, kinds),
        "form": (roles, size + 1, size + 1), "dist": (roles, DISTANCES), "path.weight": (len(paths()) + 2, roles),
        "flag": (roles,), "sort": (roles, SORTS), "bias": (roles,), "none": (roles,),
        "pairbias": (stances,), "mix": (stances,),
    }  # fmt: skip


def role(name: str) -> int:
    """The number of a role."""
    return ROLES.index(name)


def tagged_time(annotation: Annotation, form: str, label: str = "DATE") -> Tagged:
    """A time expression of one word."""
    first = word(annotation, form)
    return Tagged(first, first + 1, label, 0.9)


def noughts(*shape: int) -> Any:
    """An array to be filled in."""
    return np.zeros(shape, np.float32)
