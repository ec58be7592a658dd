"""An environment that really lacks a package: every process says so, and the articles that need it wait for it."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from alt_pipelines.settings import PROJECT_ROOT

RUSSIAN = "Правительство Москвы открыло новую станцию метро. Строительство станции продолжалось четыре года."
EXTRACT = f"""
import json
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
texts = [("ru", {RUSSIAN!r} * 3), ("en", "The port authority of Rotterdam opened a new container terminal on Monday.")]
extractor = TagExtractor(TaggingSettings(), None, fallback=False)
found = extractor.extract([RawArticle(language, "", text, language) for language, text in texts])
print(json.dumps([[one.status, one.reason] for one in found]))
"""
DOCTOR = """
from alt_pipelines.settings import Settings
from alt_pipelines.stack.doctor import examine
finding = next(one for one in examine(Settings.from_environment()) if one.name == "packages")
print(finding.ok, finding.message)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of this environment without pymorphy3."""
    folder = tmp_path_factory.mktemp("site-packages")
    for name in ("purelib", "platlib"):
        for found in Path(sysconfig.get_path(name)).iterdir():
            if not found.name.startswith("pymorphy3") and not (folder / found.name).exists():
                (folder / found.name).symlink_to(found)
    return folder


def _python(environment: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these packages only (-S leaves out those of the environment)."""
    variables = {"PYTHONPATH": f"{PROJECT_ROOT}{os.pathsep}{environment}", "ALT_PIPELINES_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_articles_that_need_the_package_fail_with_its_name_and_others_do_not(environment: Path, tmp_path: Path) -> None:
    ran = _python(environment, tmp_path, "-c", EXTRACT)
    assert ran.returncode == 0, ran.stderr
    russian, english = json.loads(ran.stdout.splitlines()[-1])
    assert russian == ["failed", "cannot import pymorphy3; `alt-pipelines doctor` names the package and the remedy"]
    assert english[0] == "tagged"


def test_doctor_names_the_package_and_the_command_that_installs_it(environment: Path, tmp_path: Path) -> None:
    ran = _python(environment, tmp_path, "-c", DOCTOR)
    assert ran.stdout.startswith("False "), ran.stderr
    assert "pymorphy3>=2.0.6 (installed: nothing)" in ran.stdout
    assert "-m pip install " in ran.stdout


def test_a_worker_logs_it_at_its_start(environment: Path, tmp_path: Path) -> None:
    ran = _python(environment, tmp_path, "-m", "alt_pipelines", "worker", "--queue", "nothing")
    (line,) = [json.loads(line) for line in ran.stderr.splitlines() if "installation_incomplete" in line]
    assert line["level"] == "error"
    assert "pymorphy3>=2.0.6 (installed: nothing)" in line["detail"]


def test_a_command_that_cannot_import_a_module_names_the_package(
    environment: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    without = tmp_path_factory.mktemp("without-redis")
    for found in environment.iterdir():
        if not found.name.startswith("redis"):
            (without / found.name).symlink_to(found)
    ran = _python(without, tmp_path, "-m", "alt_pipelines", "doctor")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "No module named 'redis'" in ran.stderr
    assert "redis>=5.0 (installed: nothing)" in ran.stderr
