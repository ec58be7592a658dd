"""Installed packages are compared with the declared ones: what is missing, old or incomplete is named with a remedy."""

import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from alt_pipelines import installation
from alt_pipelines.settings import PROJECT_ROOT


def _installed(folder: Path, name: str, version: str | None, *requires: str) -> None:
    """Write the metadata of a distribution, as pip does."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    lines = [f"Name: {name}", *([f"Version: {version}"] if version else []), *(f"Requires-Dist: {r}" for r in requires)]
    (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", *lines, ""]), "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that Python finds before those of the environment."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def _unmet(*requirements: str) -> list[str]:
    return [str(one) for one in installation.unmet([Requirement(line) for line in requirements])]


def test_this_environment_meets_its_own_requirements() -> None:
    assert installation.unmet(installation.declared()) == []


def test_a_missing_package_is_named(site: Path) -> None:
    assert _unmet("surely-not-there>=1.2") == ["surely-not-there>=1.2 (installed: nothing)"]


def test_an_older_or_newer_version_than_declared_is_named(site: Path) -> None:
    _installed(site, "stale-words", "1.9")
    assert _unmet("stale_words>=2.0") == ["stale_words>=2.0 (installed: 1.9)"]
    assert _unmet("stale-words==1.8") == ["stale-words==1.8 (installed: 1.9)"]
    assert _unmet("Stale.Words>=1.8,<2") == []


def test_a_package_that_was_put_before_the_environments_counts(site: Path) -> None:
    _installed(site, "pymorphy3", "0.1")
    assert [(one.requirement.name, one.installed) for one in installation.unmet(installation.declared())] == [
        ("pymorphy3", "0.1")
    ]


def test_prereleases_and_local_versions_count_as_installed(site: Path) -> None:
    _installed(site, "early-words", "2.1rc1")
    _installed(site, "own-build", "2.0+cpu")
    assert _unmet("early-words>=2.0", "own-build==2.0") == []


def test_requirements_of_other_platforms_and_extras_do_not_count() -> None:
    assert _unmet("not-here>=1; sys_platform == 'none'", "nor-here; extra == 'more'", "no; python_version < '3'") == []


def test_what_a_package_requires_in_turn_counts_with_its_extras(site: Path) -> None:
    _installed(
        site, "reader", "1.0", "dictionary>=3", "cipher; extra == 'crypto'", "not a requirement at all", "reader"
    )
    _installed(site, "dictionary", "2.9")
    assert _unmet("reader") == ["dictionary>=3 (installed: 2.9, required by reader)"]
    assert _unmet("reader", "reader[crypto]") == [
        "cipher (installed: nothing, required by reader)",
        "dictionary>=3 (installed: 2.9, required by reader)",
    ]
    assert installation.unmet([Requirement("reader")], indirect=False) == []


def test_incomplete_metadata_count_as_missing(site: Path) -> None:
    _installed(site, "half-removed", None)
    assert _unmet("half-removed") == ["half-removed (installed: nothing)"]


def test_a_checkout_requires_what_its_pyproject_says_now(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[project]\ndependencies = [\"new-words>=4; python_version > '3'\"]\n", "utf-8"
    )
    problems = installation.unmet(installation.declared(tmp_path))
    said = installation.sentence(problems, tmp_path)
    assert "new-words>=4 (installed: nothing)" in said
    assert f"-m pip install -c {tmp_path}/constraints.txt -e {tmp_path}`" in said
    assert sys.executable in said


def test_an_installation_from_a_wheel_requires_what_its_metadata_say(tmp_path: Path) -> None:
    declared = {one.name for one in installation.declared(tmp_path / "site-packages")}
    assert declared >= {one.name for one in installation.declared(PROJECT_ROOT)} - {"packaging"}
    said = installation.sentence(installation.unmet([Requirement("gone")]), tmp_path)
    assert "-m pip install alt-pipelines`" in said
