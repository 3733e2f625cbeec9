"""The packaged model: its files, their digests, and the session that runs it."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from truceline.annotate.inputs import WordPieces

FOLDER = Path(__file__).parent / "model"
ENCODER, HEADS, TOKENIZER, CARD = "encoder.onnx", "heads.npz", "tokenizer.json", "model.json"
CHAINS = ("entity", "name", "actor", "time", "attribution", "statement")  # heads that tag spans
TAGGERS = ("upos", "xpos", *CHAINS)
BIAFFINES = ("arc", "label", "link")
VECTORS = "vectors"
NEGOTIATION = "negotiation."  # so begin the names of the arrays that are learned of negotiations
OUTPUTS = (*TAGGERS, VECTORS, *(f"{name}_{side}" for name in BIAFFINES for side in ("dependent", "head")))


class ModelError(Exception):
    """The model cannot be used; says in one sentence why and what to do."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A loaded model: `labels[head]` in the order of scores, `arrays` the parameters that decoding needs.

    `negotiation` are those of what is learned of negotiations; `paths` the tree paths that these know, in their order.
    """

    name: str
    sha256: str
    labels: dict[str, list[str]]
    relations: list[str]
    arrays: dict[str, NDArray[np.float32]]
    negotiation: dict[str, NDArray[np.float32]]
    paths: list[str]
    pieces: WordPieces
    session: onnxruntime.InferenceSession


@dataclass(frozen=True, slots=True)
class _Card:
    """What `model.json` says, as far as reading needs it."""

    name: str
    sha256: dict[str, str]
    labels: dict[str, list[str]]
    relations: list[str]
    paths: list[str]


def load_model(folder: Path = FOLDER, threads: int = 0) -> ModelFiles:
    """The model in `folder`, every file checked against its digest; `threads` 0 means all cores.

    `sha256` is the digest of the encoder's file. `ModelError` if a file is missing, damaged or of another version.
    """
    try:
        card = msgspec.json.decode((folder / CARD).read_bytes(), type=_Card)
        contents = {name: (folder / name).read_bytes() for name in (ENCODER, HEADS, TOKENIZER)}
    except OSError as fault:
        raise ModelError(
            f"The model's file {fault.filename} cannot be read ({fault.strerror}): install Truceline again"
        ) from fault
    except (msgspec.MsgspecError, ValueError) as fault:
        raise ModelError(f"The model's file {folder / CARD} is damaged ({fault}): install Truceline again") from fault
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != card.sha256.get(name):
            raise ModelError(f"The model's file {folder / name} is damaged: install Truceline again")
    try:
        model = _opened(folder, card, contents, threads)
    except Exception as fault:  # onnxruntime and tokenizers raise types of their own
        why = " ".join(str(fault).split())
        raise ModelError(f"The model in {folder} cannot be opened ({why}): install Truceline again") from fault
    if lacking := _lacking(model):
        raise ModelError(f"The model in {folder} is of another version (no {lacking}): install Truceline again")
    return model


def _opened(folder: Path, card: _Card, contents: dict[str, bytes], threads: int) -> ModelFiles:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # A laptop's reader must not burn a core while it waits for the next batch.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(contents[ENCODER], options, providers=["CPUExecutionProvider"])
    with np.load(io.BytesIO(contents[HEADS]), allow_pickle=False) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    learned = {
        name.removeprefix(NEGOTIATION): arrays.pop(name) for name in list(arrays) if name.startswith(NEGOTIATION)
    }
    pieces = WordPieces(folder / TOKENIZER)
    return ModelFiles(
        card.name, card.sha256[ENCODER], card.labels, card.relations, arrays, learned, card.paths, pieces, session
    )  # fmt: skip


def _lacking(model: ModelFiles) -> str:
    """What reading needs and this model does not have, in words; empty if it has everything."""
    arrays = {*BIAFFINES, *(f"root.{name}" for name in BIAFFINES), *(f"transitions.{name}" for name in CHAINS)}
    lacking = {
        "parameters": set() if model.negotiation else {NEGOTIATION},
        "labels": set(TAGGERS) - set(model.labels),
        "arrays": arrays - set(model.arrays),
        "outputs": set(OUTPUTS) - {output.name for output in model.session.get_outputs()},
    }
    return "; ".join(f"{kind} {', '.join(sorted(names))}" for kind, names in lacking.items() if names)
