"""A missing or damaged data file of the tagger is a fault of the installation: it is named, with the remedy."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alt_pipelines import data_files
from alt_pipelines.data_files import DataFileError
from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines.tagging.extraction.article import CANNOT_IMPORT, reason_of
from alt_pipelines.tagging.extraction.own_files import LOADERS, file_problems
from alt_pipelines.tagging.extraction.ranking import first_model
from alt_pipelines.tagging.extraction.unspaced import thai_words

FOLDER = PROJECT_ROOT / "alt_pipelines" / "tagging" / "extraction"
CLASSIFIER = PROJECT_ROOT / "alt_pipelines" / "text" / "boilerplate" / "line_classifier.npz"
FILES = sorted(
    str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".json", ".npz", ".toml", ".txt")
)
FILES.append(CLASSIFIER.name)
Damage = Callable[[Path], None]
IN_ANOTHER_FOLDER = """
import sys
from pathlib import Path
from alt_pipelines import data_files
data_files.files = lambda package: Path(sys.argv[1])
from alt_pipelines.tagging.extraction.own_files import file_problems
print(*file_problems(), sep="\\n")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tagger's data files that is read in their place."""
    copy = tmp_path / "extraction"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(CLASSIFIER, copy)
    monkeypatch.setattr(data_files, "files", lambda package: copy)
    _clear_caches()
    yield copy
    _clear_caches()


def _clear_caches() -> None:
    for load in (*LOADERS, first_model):
        load.cache_clear()  # type: ignore[attr-defined]


def _remove(path: Path) -> None:
    path.unlink()


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _overwrite(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 8)


def test_undamaged_files_are_no_problem(folder: Path) -> None:
    assert {"weights.json", "judgement.json", "judgement.npz", "data/languages.toml"} < set(FILES)
    assert file_problems() == []


@pytest.mark.parametrize("damage", [_remove, _truncate, _empty, _overwrite])
@pytest.mark.parametrize("name", FILES)
def test_every_damaged_file_is_named_with_the_remedy(folder: Path, name: str, damage: Damage) -> None:
    damage(folder / name)
    (problem,) = file_problems()
    assert str(folder / name) in problem
    assert "git -C " in problem
    assert f"checkout -- {folder / name}" in problem
    assert ("is missing" if damage is _remove else "is damaged") in problem


def test_no_file_is_read_at_import(tmp_path: Path) -> None:
    """`alt-pipelines doctor` would end at the import, instead of naming the file."""
    command = [sys.executable, "-c", IN_ANOTHER_FOLDER, str(tmp_path)]
    problems = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert f"{tmp_path / 'data' / 'languages.toml'} is missing" in problems


def _other_shapes(path: Path) -> None:
    with np.load(path) as arrays:
        changed = dict(arrays)
    changed["vectors.hidden"] = changed["vectors.hidden"][:-1]
    written = io.BytesIO()
    np.savez(written, **changed)
    path.write_bytes(written.getvalue())


def _fewer_arrays(path: Path) -> None:
    np.savez(path, **{"features.mean": np.zeros(3)})


def _fewer_judges(path: Path) -> None:
    _changed(path, lambda stored: stored["judges"].pop("vectors"))


def _no_phrase_layers(path: Path) -> None:
    _changed(path, lambda stored: stored.pop("phrase_layers"))


def _other_features(path: Path) -> None:
    _changed(path, lambda stored: stored["features"].reverse())


def _fewer_weights(path: Path) -> None:
    _changed(path, lambda stored: stored["models"]["ja"]["weights"].pop())


def _fewer_models(path: Path) -> None:
    _changed(path, lambda stored: stored["models"].pop("generic"))


def _a_list(path: Path) -> None:
    path.write_text("[]", "utf-8")


def _changed(path: Path, change: Callable[[Any], object]) -> None:
    stored = json.loads(path.read_text("utf-8"))
    change(stored)
    path.write_text(json.dumps(stored), "utf-8")


def _unknown_key(path: Path) -> None:
    path.write_text("[de]\nunheard = 1\n", "utf-8")


def _a_kind_alone(path: Path) -> None:
    path.write_text("JJ\n", "utf-8")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("judgement.npz", _other_shapes),
        ("judgement.npz", _fewer_arrays),
        ("judgement.json", _fewer_judges),
        ("judgement.json", _no_phrase_layers),
        ("judgement.json", _other_features),
        ("judgement.json", _a_list),
        ("weights.json", _other_features),
        ("weights.json", _fewer_weights),
        ("weights.json", _fewer_models),
        ("weights.json", _a_list),
        ("data/languages.toml", _unknown_key),
        ("data/chinese_words.txt", _a_kind_alone),
        ("data/english_lexicon.txt", _a_kind_alone),
        ("data/english_verbs.txt", _a_kind_alone),
        ("data/thai_words.txt", _a_kind_alone),
    ],
)
def test_a_file_of_another_form_is_damaged(folder: Path, name: str, damage: Damage) -> None:
    damage(folder / name)
    (problem,) = file_problems()
    assert f"{folder / name} is damaged" in problem


def _one_digit_more(path: Path) -> None:
    _changed(path, lambda stored: stored["models"]["ja"].update(bias=stored["models"]["ja"]["bias"] + 1))


def _one_line_less(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")


@pytest.mark.parametrize(
    ("name", "damage"), [("weights.json", _one_digit_more), ("data/thai_words.txt", _one_line_less)]
)
def test_a_file_that_can_be_read_but_has_changed_is_damaged(folder: Path, name: str, damage: Damage) -> None:
    damage(folder / name)
    (problem,) = file_problems()
    assert f"{folder / name} is damaged" in problem
    assert "checksums.txt" in problem


def test_an_installation_from_a_wheel_is_installed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "IS_CHECKOUT", False)
    (folder / "judgement.npz").unlink()
    (problem,) = file_problems()
    assert "Install the package again: `" in problem
    assert "-m pip install --force-reinstall --no-deps alt-pipelines`" in problem


def test_an_article_that_needs_the_file_is_not_at_fault(folder: Path) -> None:
    (folder / "data" / "thai_words.txt").unlink()
    with pytest.raises(DataFileError) as raised:
        thai_words.thai_table()
    reason = reason_of(raised.value)
    assert reason.startswith(CANNOT_IMPORT), "the article is retried"
    assert "thai_words.txt; `alt-pipelines doctor`" in reason
