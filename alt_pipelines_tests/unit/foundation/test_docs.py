"""The documents name only what exists: files, headings, commands, options, make targets, benchmarks, settings."""

import re
import runpy
from fnmatch import fnmatchcase
from pathlib import Path

import click
import pytest

from alt_pipelines.cli import cli
from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.settings.old_services import OLD_VARIABLES

DOCUMENTS = [
    *(PROJECT_ROOT / name for name in ("README.md", "CONTRIBUTING.md", "BENCHMARKS.md")),
    *sorted(PROJECT_ROOT.glob("docs/*.md")),
]
FOLDERS = "alt_pipelines|alt_pipelines_tests|api|benchmarks|deploy|docs|models"
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", text_of(path))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_one_page() -> None:
    assert len(text_of(PROJECT_ROOT / "README.md").splitlines()) < 150


def test_the_rooms_of_the_readme_and_the_modules_to_read_first_exist() -> None:
    index = text_of(PROJECT_ROOT / "README.md").partition("## Where things are")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in index.splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    for _, rooms, _, modules, _ in rows:
        folders = [PROJECT_ROOT / room for room in re.findall(r"`([\w/]+)`", rooms)]
        assert all((folder / "__init__.py").exists() for folder in folders), rooms
        for module in re.findall(r"`([\w.]+)`", modules):
            assert any((folder / module).exists() for folder in folders), module


def test_the_list_of_modules_has_the_first_line_of_every_docstring() -> None:
    listing = runpy.run_path(str(PROJECT_ROOT / "docs" / "list_modules.py"))["listing"]()
    assert text_of(PROJECT_ROOT / "docs" / "modules.md") == listing, "run `make docs`"
    assert ": \n" not in listing, "every module has a docstring"


@each_document
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text_of(path)):
        file, _, heading = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        assert not heading or heading in anchors(linked), target


@each_document
def test_commands_and_their_options_exist(path: Path) -> None:
    for line in re.findall(r"alt-pipelines ((?:[a-z]+ ?)+(?:--?[a-z-]+|[^`\n|])*)", text_of(path)):
        words = line.split("#")[0].split()
        command: click.Command | None = cli
        context = click.Context(cli)
        while isinstance(command, click.Group) and words and command.get_command(context, words[0]):
            command = command.get_command(context, words.pop(0))
        if command is cli:
            continue  # the name of the project in a sentence
        assert command is not None
        options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        for word in words:
            if word.startswith("--"):
                assert word.split("=")[0] in options, f"{command.name} {word}"


@each_document
def test_make_targets_and_benchmarks_exist(path: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", text_of(PROJECT_ROOT / "Makefile")))
    assert set(re.findall(r"`make ([a-z-]+)", text_of(path))) <= targets
    for module in re.findall(r"python -m ((?:benchmarks|alt_pipelines_tests)\.[a-z_]+)", text_of(path)):
        file = PROJECT_ROOT / module.replace(".", "/")
        assert file.with_suffix(".py").exists() or (file / "__main__.py").exists(), module


@each_document
def test_paths_in_code_marks_exist(path: Path) -> None:
    for name in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text_of(path)):
        assert (PROJECT_ROOT / name).exists(), name


@each_document
def test_settings_that_are_named_exist(path: Path) -> None:
    known = Settings.variables() | {"ARTICLES", "DB_", "ALT_PIPELINES_DATA", "NAME_FILE"}
    old = [pattern for variable in OLD_VARIABLES for pattern in variable.patterns]
    for name in set(re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[`=(]", text_of(path))):
        setting = name.removesuffix("_FILE")
        assert setting in known or name in known or any(fnmatchcase(name, pattern) for pattern in old), name


@each_document
def test_no_document_repeats_how_much_faster_something_was_measured_to_be(path: Path) -> None:
    """A figure that is copied from BENCHMARKS.md stays behind when the next measurement replaces it there."""
    if path.name != "BENCHMARKS.md":
        assert not re.search(r"\btimes (?:as fast|slower)\b", text_of(path))


def test_every_benchmark_is_listed_with_what_it_measures() -> None:
    listed = set(re.findall(r"python -m benchmarks\.([a-z_]+)", text_of(PROJECT_ROOT / "docs" / "measuring.md")))
    runnable = {path.stem for path in (PROJECT_ROOT / "benchmarks").glob("*.py") if "__main__" in text_of(path)}
    assert listed == runnable


def test_every_section_of_the_benchmarks_is_named_after_the_program_that_writes_it() -> None:
    titles = re.findall(r"(?m)^## (.+)$", text_of(PROJECT_ROOT / "BENCHMARKS.md"))
    programs = [*PROJECT_ROOT.glob("benchmarks/*.py"), PROJECT_ROOT / "alt_pipelines_tests" / "chaos" / "__main__.py"]
    runnable = [text_of(path) for path in programs if '__name__ == "__main__"' in text_of(path)]
    writing = [re.findall(r'recorded\(\s*"([\w.]+)"', program) for program in runnable]
    assert all(len(names) == 1 for names in writing), "every benchmark records its output under its name"
    assert set(titles) <= {name for (name,) in writing}
