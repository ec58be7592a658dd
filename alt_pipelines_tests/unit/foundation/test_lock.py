"""What is installed is what the lock says, its parts fit together, and every licence permits redistribution.

Known vulnerabilities are not part of this: their database is on the network (`make audit`).
"""

import importlib.metadata
import re
from functools import cache

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from alt_pipelines.settings import PROJECT_ROOT

OWN = "alt-pipelines"
TOOLS = {"pip", "setuptools", "wheel", "uv"}  # of the installation, not of the product
FREE = re.compile(
    r"\b(MIT|ISC|Apache|PSF\w*|MPL|Mozilla Public|Zlib|Unlicense|CC0|HPND|Python Software Foundation|LGPL\w*)\b"
    r"|BSD|Lesser General Public",
    re.IGNORECASE,
)
STRONG_COPYLEFT = re.compile(
    r"\bA?GPL|Affero|(?<!Lesser )\bGeneral Public|Proprietary|SSPL|Commons Clause", re.IGNORECASE
)
# Packages whose metadata name no licence that can be read, or a wrong one, each with the licence of its source.
READ = {"locate": "MIT, in its file LICENSE"}

PINS = [
    Requirement(line)
    for line in (PROJECT_ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if re.match(r"[A-Za-z0-9]", line)
]
PINNED = {canonicalize_name(pin.name): pin for pin in PINS if pin.marker is None or pin.marker.evaluate()}


@cache
def _installed(*, extras: bool) -> dict[str, importlib.metadata.Distribution]:
    """Return what is installed of the project's requirements, with or without its extras, and of theirs in turn."""
    found: dict[str, importlib.metadata.Distribution] = {}
    own = importlib.metadata.distribution(OWN)
    waiting = [Requirement(line) for line in own.requires or []] if extras else _required(own, {""})
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or name in TOOLS or name == OWN:
            continue
        try:
            found[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform, or of an extra that is not installed
        waiting += _required(found[name], {"", *requirement.extras})
    return found


def _required(found: importlib.metadata.Distribution, extras: set[str]) -> list[Requirement]:
    every = map(Requirement, found.requires or [])
    return [
        one for one in every if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
    ]


def test_every_pin_is_one_exact_version() -> None:
    assert [str(one) for one in PINS if [part.operator for part in one.specifier] != ["=="]] == []


def test_what_is_installed_is_pinned_at_that_version() -> None:
    wrong = {
        name: found.version
        for name, found in _installed(extras=True).items()
        if name not in PINNED or found.version not in PINNED[name].specifier
    }
    assert not wrong


def test_every_requirement_of_what_is_installed_is_met() -> None:
    installed = _installed(extras=True)
    unmet = {
        f"{name} requires {requirement}"
        for name, found in installed.items()
        for requirement in _required(found, {""})
        if canonicalize_name(requirement.name) not in TOOLS
        and (
            (other := installed.get(canonicalize_name(requirement.name))) is None
            or not requirement.specifier.contains(other.version, prereleases=True)
        )
    }
    assert not unmet


def test_the_licence_of_every_package_permits_redistribution() -> None:
    licences = {name: READ.get(name) or _licence(found) for name, found in _installed(extras=False).items()}
    assert len(licences) > 50
    unfit = {name: text for name, text in licences.items() if not FREE.search(text) or STRONG_COPYLEFT.search(text)}
    assert unfit == {}


def _licence(found: importlib.metadata.Distribution) -> str:
    said = found.metadata.get("License-Expression")
    classifiers = [line for line in found.metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return said or "; ".join([*classifiers, (found.metadata.get("License") or "")[:300]])
