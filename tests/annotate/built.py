"""A model for tests, made in memory: every score of a word comes from a table, by its first piece and its shape."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers

from truceline.annotate.inputs import SHAPES, WordPieces
from truceline.annotate.model_files import ModelFiles

MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,\"'“”-"
SIZE = 6  # of the vectors between which arcs, relations and links are scored
LABELS = {
    "upos": ["NOUN", "VERB", "PROPN", "PUNCT", "X"],
    "xpos": ["NN", "VBD", "NNP", "."],
    "entity": ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"],
    "name": ["O", "B-PER", "I-PER", "B-NORP", "I-NORP"],
    "time": ["O", "B-DATE", "I-DATE"],
    "attribution": ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"],
    "actor": ["O", "B-person", "I-person", "B-government", "I-government"],
    "statement": ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"],
}
CHAINS = ("entity", "name", "actor", "time", "attribution", "statement")
RELATIONS = ["root", "nsubj", "obj", "punct"]


def transitions(labels: list[str]) -> NDArray[np.float32]:
    """Zero where BIO allows a label after another (the last row is the start), strongly negative elsewhere."""
    allowed = [
        [not after.startswith("I-") or (before != "O" and before[2:] == after[2:]) for after in labels]
        for before in [*labels, "O"]
    ]
    return np.where(allowed, 0, -1e4).astype(np.float32)


def write_tokenizer(file: Path, words: Iterable[str] = (), marks: Iterable[str] = MARKS) -> None:
    """A tokenizer file that knows `words` whole and spells every other word; any other character is unknown."""
    pieces = [*marks, *LETTERS, *(f"##{letter}" for letter in LETTERS), *(word for word in words if len(word) > 1)]
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.save(str(file))


@dataclass(frozen=True)
class Output:
    """An output of the session, by its name."""

    name: str


@dataclass
class TableSession:
    """Stands in for the encoder: `tables[output][piece, shape]` is the row of a word; keeps what it was shown."""

    tables: dict[str, NDArray[np.float32]]
    shown: list[dict[str, NDArray[np.int32]]] = field(default_factory=list)

    def get_outputs(self) -> list[Output]:
        return [Output(name) for name in self.tables]

    def run(self, names: list[str], given: dict[str, NDArray[np.int32]]) -> list[NDArray[np.float32]]:
        self.shown.append(given)
        pieces = np.take_along_axis(given["pieces"], given["firsts"], axis=1)
        shapes = np.take_along_axis(given["shapes"], given["firsts"], axis=1)
        return [self.tables[name][pieces, shapes] for name in names]


def table_model(folder: Path, words: Iterable[str] = (), seed: int = 7) -> ModelFiles:
    """A model with random tables; `folder` is for its tokenizer, which knows `words` whole."""
    write_tokenizer(folder / "tokenizer.json", words)
    pieces = WordPieces(folder / "tokenizer.json")
    known = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab_size()
    rng = np.random.default_rng(seed)
    sizes = {name: len(labels) for name, labels in LABELS.items()}
    sizes["vectors"] = SIZE
    sizes |= {f"{name}_{side}": SIZE for name in ("arc", "label", "link") for side in ("dependent", "head")}
    tables = {name: _random(rng, known, SHAPES, size) for name, size in sizes.items()}
    arrays = parameters(rng)
    session: Any = TableSession(tables)
    return ModelFiles("table", "0" * 64, LABELS, RELATIONS, arrays, {}, [], pieces, session)


def parameters(rng: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    """Random arrays such as a model's `heads.npz` holds."""
    arrays = {f"transitions.{name}": transitions(LABELS[name]) for name in CHAINS}
    arrays |= {f"root.{name}": _random(rng, SIZE) for name in ("arc", "label", "link")}
    arrays |= {"arc": _random(rng, SIZE, SIZE), "link": _random(rng, SIZE, SIZE)}
    return arrays | {"label": _random(rng, len(RELATIONS), SIZE, SIZE)}


def set_labels(model: ModelFiles, head: str, labels: Mapping[str, str]) -> None:
    """Makes the model sure of these words' labels in one head, whatever their shape, and of the first label else."""
    table = tables(model)[head]
    table[:] = 0
    table[:, :, 0] = 20
    for word, label in labels.items():
        table[model.pieces.of(word)[0], :] = 0
        table[model.pieces.of(word)[0], :, model.labels[head].index(label)] = 20


def tables(model: ModelFiles) -> dict[str, NDArray[np.float32]]:
    """The tables behind the model's session."""
    session: Any = model.session
    found: dict[str, NDArray[np.float32]] = session.tables
    return found


def shown(model: ModelFiles) -> list[dict[str, NDArray[np.int32]]]:
    """All that the model's session was shown, run by run."""
    session: Any = model.session
    kept: list[dict[str, NDArray[np.int32]]] = session.shown
    return kept


def _random(rng: np.random.Generator, *shape: int) -> NDArray[np.float32]:
    return rng.normal(size=shape).astype(np.float32)
