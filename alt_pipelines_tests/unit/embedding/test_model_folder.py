"""Finding a model's parts, and the messages when one is missing or damaged."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alt_pipelines.embedding.model_folder import find_model, verify_checksums
from alt_pipelines.embedding.protocol import ModelFileError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder whose model is no model: nothing here opens it."""
    folder = tmp_path / "some-model"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"weights")
    (folder / "tokenizer.json").write_bytes(b"{}")
    return folder


def write_manifest(folder: Path, **changes: Any) -> None:
    np.save(folder / "centres.npy", np.eye(2, 4, dtype=np.float32))
    files = {p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in folder.iterdir() if p.is_file()}
    said = {
        "model_id": "some-model-int8",
        "dimension": 4,
        "max_length": 128,
        "prefix": "query: ",
        "onnxruntime": {"fusions_off": ["Fusion"]},
        "files": files,
        "centres": {"file": "centres.npy", "languages": ["ja", "other"]},
    }
    (folder / "manifest.json").write_text(json.dumps({**said, **changes}))


def test_a_folder_and_the_file_in_it_name_the_same_model(folder: Path) -> None:
    assert find_model(folder) == find_model(folder / "model.onnx")
    assert find_model(folder).model_id == "some-model"


def test_a_file_with_another_name_is_told_apart_from_its_neighbours(folder: Path) -> None:
    (folder / "model_fp16.onnx").write_bytes(b"weights")
    assert find_model(folder / "model_fp16.onnx").model_id == "some-model/model_fp16"


def test_the_usual_layout_of_exports_is_understood(folder: Path) -> None:
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    found = find_model(folder)
    assert found.tokenizer == folder / "tokenizer.json"
    assert found.model_id == "some-model"


def test_a_manifest_says_how_texts_are_treated(folder: Path) -> None:
    write_manifest(folder)
    found = find_model(folder)
    assert (found.model_id, found.dimension, found.max_length, found.prefix) == ("some-model-int8", 4, 128, "query: ")
    assert found.centre("ja-JP") is found.centres["ja"]
    assert found.centre("fr") is found.centre(None) is found.centres["other"]


def test_a_missing_model_names_the_path_the_setting_and_the_remedies(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as error:
        find_model(tmp_path / "gone")
    for part in (str(tmp_path / "gone"), "TAG_ONNX_MODEL_PATH", "build_models.py", "git checkout"):
        assert part in str(error.value)


def test_a_model_without_its_tokenizer_is_refused(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelFileError, match=r"tokenizer\.json"):
        find_model(folder)


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "{}", '{"model_id": "x"}'],
    ids=["empty", "cut off", "a list", "nothing in it", "too little in it"],
)
def test_a_manifest_that_cannot_be_used_is_named(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest)
    with pytest.raises(ModelFileError, match=r"manifest\.json cannot be used"):
        find_model(folder)


def test_centres_without_one_for_other_languages_are_refused(folder: Path) -> None:
    write_manifest(folder, centres={"file": "centres.npy", "languages": ["en", "ja"]})
    with pytest.raises(ModelFileError, match="other"):
        find_model(folder)


def test_checksums_find_the_damaged_and_the_missing_file(folder: Path) -> None:
    write_manifest(folder)
    assert verify_checksums(find_model(folder)) == []
    found = find_model(folder)
    (folder / "model.onnx").write_bytes(b"weightz")
    (folder / "tokenizer.json").unlink()
    problems = verify_checksums(found)
    assert len(problems) == 2
    assert any("model.onnx is damaged" in problem for problem in problems)
    assert any("tokenizer.json is missing" in problem for problem in problems)
