"""A command never replaces its own input, whatever path leads to it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from alt_pipelines.cli import cli
from alt_pipelines.overwriting import refuse_overwriting

CSV = "id,text\n1,The tanker Exxon Valdez spilled crude oil in Prince William Sound.\n"


def _other_path(path: Path) -> Path:
    (path.parent / "sub").mkdir()
    return path.parent / "sub" / ".." / path.name


def _symbolic(path: Path) -> Path:
    link = path.with_name("link.csv")
    link.symlink_to(path)
    return link


def _hard(path: Path) -> Path:
    link = path.with_name("hard.csv")
    link.hardlink_to(path)
    return link


@pytest.mark.parametrize(
    "name_of", [lambda path: path, _other_path, _symbolic, _hard], ids=["same", "path", "sym", "hard"]
)
@pytest.mark.parametrize("command", ["tag", "cluster"])
def test_an_output_that_is_the_input_is_refused(tmp_path: Path, command: str, name_of: Callable[[Path], Path]) -> None:
    source = tmp_path / "semi.csv"
    source.write_text(CSV, "utf-8")
    done = CliRunner().invoke(cli, [command, "-i", str(source), "-o", str(name_of(source))])
    assert done.exit_code == 2
    assert "would be lost. Write to another file." in done.output
    assert source.read_text("utf-8") == CSV


def test_an_output_that_is_a_file_of_the_input_folder_or_redirected_standard_input_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(CSV, "utf-8")
    assert CliRunner().invoke(cli, ["tag", "-i", str(tmp_path), "-o", str(source)]).exit_code == 2
    with source.open("rb") as stream:
        command = [sys.executable, "-m", "alt_pipelines", "tag", "-o", str(source)]
        done = subprocess.run(command, stdin=stream, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert source.read_text("utf-8") == CSV


def test_two_outputs_of_one_name_are_refused_and_devices_are_not(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(click.UsageError, match="are one file"):
        refuse_overwriting([], [tmp_path / "out", tmp_path / "." / "out"])
    with pytest.raises(click.UsageError, match="are one file"):
        refuse_overwriting([], [tmp_path / "new", tmp_path / "new"])
    refuse_overwriting(["/dev/null"], ["/dev/null", tmp_path / "missing"])
