"""The packaged model: loaded when it is whole, refused in one sentence when it is not."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.annotate.built import LABELS, RELATIONS, parameters, table_model, write_tokenizer
from truceline.annotate import Annotator, ModelError
from truceline.annotate.model_files import CARD, ENCODER, HEADS, NEGOTIATION, TOKENIZER, load_model
from truceline.read import report_from_text


def write_model(folder: Path) -> None:
    """A model's four files; the encoder is none that could run."""
    write_tokenizer(folder / TOKENIZER)
    write_arrays(folder)
    (folder / ENCODER).write_bytes(b"no encoder")
    write_card(folder)


def write_arrays(folder: Path, *left_out: str) -> None:
    """`heads.npz` with random arrays, and one that is learned of negotiations."""
    arrays: dict[str, Any] = parameters(np.random.default_rng(1))
    arrays[f"{NEGOTIATION}bias"] = np.arange(3, dtype=np.float16)
    np.savez(folder / HEADS, **{name: array for name, array in arrays.items() if name not in left_out})


def write_card(folder: Path, **changes: object) -> None:
    """`model.json`, with the digests of the files as they are; a change to None leaves the key out."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (ENCODER, HEADS, TOKENIZER)}
    card: dict[str, object] = {
        "name": "built", "labels": LABELS, "relations": RELATIONS, "paths": ["nsubj<", "obj<"], "sha256": digests,
        **changes,
    }  # fmt: skip
    (folder / CARD).write_text(json.dumps({k: v for k, v in card.items() if v is not None}), encoding="utf-8")


def refusal(folder: Path) -> str:
    """Why the model in the folder is refused; fails unless it is, and in one sentence."""
    with pytest.raises(ModelError) as refused:
        load_model(folder)
    said = str(refused.value)
    assert "\n" not in said
    assert said.endswith(": install Truceline again")
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_model(tmp_path)
    return tmp_path


@pytest.fixture
def runnable(folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model folder whose encoder can be run: a table stands in for it."""
    session = table_model(tmp_path_factory.mktemp("table")).session
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *args, **options: session)
    return folder


def test_a_whole_model_is_loaded_and_reads(runnable: Path) -> None:
    model = load_model(runnable)
    assert model.name == "built"
    assert model.sha256 == hashlib.sha256(b"no encoder").hexdigest()
    assert all(array.dtype == np.float32 for array in (*model.arrays.values(), *model.negotiation.values()))
    assert {name: array.tolist() for name, array in model.negotiation.items()} == {"bias": [0, 1, 2]}
    assert not any(name.startswith(NEGOTIATION) for name in model.arrays)
    assert model.paths == ["nsubj<", "obj<"]
    assert Annotator(model).annotate(report_from_text("The talks ended.")).forms == ["The", "talks", "ended", "."]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in refusal(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [CARD, ENCODER, HEADS, TOKENIZER])
def test_a_file_that_is_not_there(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert str(folder / name) in refusal(folder)


@pytest.mark.parametrize("name", [ENCODER, HEADS, TOKENIZER])
@pytest.mark.parametrize(
    "damage", [lambda b: b + b"x", lambda b: b[:-1], lambda b: b""], ids=["longer", "cut", "empty"]
)
def test_a_file_that_is_damaged(folder: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    (folder / name).write_bytes(damage((folder / name).read_bytes()))
    assert f"{folder / name} is damaged" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"name": "\xe9"}', b"[" * 100_000])
def test_a_card_that_is_no_card(folder: Path, content: bytes) -> None:
    (folder / CARD).write_bytes(content)
    assert f"{folder / CARD} is damaged" in refusal(folder)


@pytest.mark.parametrize("key", ["name", "sha256", "labels", "relations", "paths"])
@pytest.mark.parametrize("value", [None, 7, [[]]], ids=["missing", "a number", "a list of lists"])
def test_a_card_without_what_it_must_say(folder: Path, key: str, value: object) -> None:
    write_card(folder, **{key: value})
    said = refusal(folder)
    assert f"{folder / CARD} is damaged" in said
    assert key in said


def test_a_card_without_a_files_digest(folder: Path) -> None:
    write_card(folder, sha256={})
    assert f"{folder / ENCODER} is damaged" in refusal(folder)


def test_an_encoder_that_cannot_be_run(folder: Path) -> None:
    assert f"The model in {folder} cannot be opened" in refusal(folder)


def test_a_tokenizer_that_is_none(runnable: Path) -> None:
    (runnable / TOKENIZER).write_text("{}", encoding="utf-8")
    write_card(runnable)
    assert "cannot be opened" in refusal(runnable)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", np.array(1).tobytes()])
def test_arrays_that_are_none(runnable: Path, content: bytes) -> None:
    (runnable / HEADS).write_bytes(content)
    write_card(runnable)
    assert "cannot be opened" in refusal(runnable)


def test_arrays_of_another_version(runnable: Path) -> None:
    write_arrays(runnable, "link", "transitions.time")
    write_card(runnable)
    assert "of another version (no arrays link, transitions.time)" in refusal(runnable)


def test_a_model_that_has_learned_nothing_of_negotiations(runnable: Path) -> None:
    write_arrays(runnable, f"{NEGOTIATION}bias")
    write_card(runnable)
    assert "of another version (no parameters negotiation.)" in refusal(runnable)


def test_labels_of_another_version(runnable: Path) -> None:
    write_card(runnable, labels={head: labels for head, labels in LABELS.items() if head != "statement"})
    assert "of another version (no labels statement)" in refusal(runnable)


def test_an_encoder_of_another_version(runnable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = load_model(runnable).session
    fewer = [output for output in session.get_outputs() if output.name != "arc_head"]
    monkeypatch.setattr(session, "get_outputs", lambda: fewer)
    assert "of another version (no outputs arc_head)" in refusal(runnable)
