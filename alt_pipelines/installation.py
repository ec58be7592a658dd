"""Compare the installed packages with those that this code requires.

An environment that was not updated after a pull, or that lost a package, fails in places: without the Russian
dictionary, for example, every Russian article fails and everything else works. `alt-pipelines doctor` checks the whole,
each long-running process logs it at its start, and a command that cannot import a module prints it.

In a checkout, the requirements are those of pyproject.toml, because the metadata of an editable installation are as old
as the last `pip install`. In an installation from a wheel they are those of its metadata.
"""

import shlex
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import structlog
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from alt_pipelines.settings import PROJECT_ROOT

_OWN = "alt-pipelines"
_TOOLS = {"pip", "setuptools", "wheel"}  # required by packages that are never built here


class Unmet(NamedTuple):
    """A requirement that no installed package meets."""

    requirement: Requirement
    installed: str | None  # version; None if the package is missing or its metadata are incomplete
    by: str  # the package that requires it

    def __str__(self) -> str:
        needed = f"{self.requirement.name}{self.requirement.specifier}"
        by = "" if self.by == _OWN else f", required by {self.by}"
        return f"{needed} (installed: {self.installed or 'nothing'}{by})"


def declared(root: Path = PROJECT_ROOT) -> list[Requirement]:
    """Return the requirements of this project, without its extras."""
    project = root / "pyproject.toml"
    if project.is_file():
        lines = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
    else:
        lines = metadata.requires(_OWN) or []
    return [Requirement(line) for line in lines]


def count_required(requirements: Sequence[Requirement]) -> int:
    """Return how many of the requirements apply to this Python and platform."""
    return sum(_applies(requirement, ()) for requirement in requirements)


def unmet(requirements: Sequence[Requirement], *, indirect: bool = True) -> list[Unmet]:
    """Return the requirements that are not met, ordered by name.

    Args:
        requirements: what this project requires.
        indirect: also check what the required packages require in turn (0.4 s of CPU instead of 0.1).
    """
    found: dict[str, Unmet] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [(_OWN, requirement) for requirement in requirements if _applies(requirement, ())]
    while waiting:
        by, requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), tuple(sorted(requirement.extras))
        if name in _TOOLS or name == _OWN:
            continue
        package = _distribution(name)
        version = None if package is None else package.metadata["Version"]
        if package is None or version is None or not requirement.specifier.contains(version, prereleases=True):
            if name not in found or by == _OWN:
                found[name] = Unmet(requirement, version, by)
        elif indirect and (name, extras) not in seen:
            seen.add((name, extras))
            waiting += [(name, needed) for needed in _requirements_of(package, extras)]
    return [found[name] for name in sorted(found)]


def sentence(problems: Sequence[Unmet], root: Path = PROJECT_ROOT) -> str:
    """Return what is wrong with the installed packages and the command that mends it."""
    python = shlex.quote(sys.executable)
    if (root / "pyproject.toml").is_file():
        folder = shlex.quote(str(root))
        constraints = f"-c {shlex.quote(str(root / 'constraints.txt'))} "
        remedy = f"{python} -m pip install {constraints}-e {folder}"
    else:
        remedy = f"{python} -m pip install {_OWN}"
    return (
        f"packages that are missing or have another version than this code requires: {', '.join(map(str, problems))}. "
        f"Run `{remedy}` and restart the stack."
    )


def log_unmet_requirements() -> None:
    """Log an error if a package is missing or has another version. Called when a long-running process starts.

    The process starts nevertheless: most of the work may not need the package.
    """
    if problems := unmet(declared(), indirect=False):
        structlog.get_logger(__name__).error("installation_incomplete", detail=sentence(problems))


def _distribution(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _requirements_of(package: metadata.Distribution, extras: Sequence[str]) -> Iterator[Requirement]:
    for line in package.requires or []:
        try:
            requirement = Requirement(line)
        except InvalidRequirement:  # old metadata of others; pip ignores or refuses them
            continue
        if _applies(requirement, extras):
            yield requirement


def _applies(requirement: Requirement, extras: Sequence[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
