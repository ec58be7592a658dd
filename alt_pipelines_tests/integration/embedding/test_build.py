"""The script that builds the models."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alt_pipelines.embedding.factory import ENGLISH, MULTILINGUAL
from alt_pipelines.settings import PROJECT_ROOT

SCRIPT = PROJECT_ROOT / "models" / "build_models.py"


def run(*arguments: str, models: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r}); import build_models; from pathlib import Path; "
    if models is not None:
        code += f"build_models.MODELS = Path({str(models)!r}); "
    code += f"sys.argv = ['build_models.py', *{list(arguments)!r}]; sys.exit(build_models.main())"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, env=environment)


@pytest.fixture(autouse=True)
def _tools() -> None:
    pytest.importorskip("onnx", reason="onnx is needed to build models")
    pytest.importorskip("safetensors", reason="safetensors is needed to build models")


@pytest.mark.parametrize("name", [ENGLISH, MULTILINGUAL])
def test_a_rebuild_gives_the_shipped_bytes(tmp_path: Path, name: str) -> None:
    shipped = SCRIPT.parent / name
    manifest = json.loads((shipped / "manifest.json").read_text())
    package, version = manifest["source"]["package"], manifest["source"]["version"]
    try:
        installed = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        installed = None
    if installed != version:
        pytest.skip(f"{package} {version} is not installed")
    (tmp_path / name).mkdir()
    for fitted in ("centres.npy", "phrase_layers.npz"):  # computed from texts, not built
        if (shipped / fitted).is_file():
            shutil.copy(shipped / fitted, tmp_path / name)
    done = run("build", "--model", name, models=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / name / "manifest.json").read_text()) == manifest


def test_help_teaches_the_commands() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "centres", "verify"):
        assert f"build_models.py {command}" in done.stdout
