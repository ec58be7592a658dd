"""Write a benchmark's section of BENCHMARKS.md, with date, machine and versions.

    record("Tags", "python -m benchmarks.tagging", table)

replaces the section of that title or appends it. The rest of the file is unchanged.
"""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alt_pipelines.settings import PROJECT_ROOT

BENCHMARKS = PROJECT_ROOT / "BENCHMARKS.md"
_PACKAGES = ("alt-pipelines", "dagster", "onnxruntime", "scikit-learn", "hdbscan")


def record(title: str, command: str, body: str, path: Path = BENCHMARKS) -> None:
    """Replace or append the section `title` with `body` (Markdown without headings) and its `measured_on` sentence."""
    section = f"## {title}\n\n`{command}`. {measured_on()}\n\n{body.strip()}\n\n"
    text = path.read_text("utf-8")
    found = re.search(rf"(?ms)^## {re.escape(title)}\n.*?(?=^## |\Z)", text)
    text = text[: found.start()] + section + text[found.end() :] if found else f"{text.rstrip()}\n\n{section}"
    path.write_text(text.rstrip() + "\n", "utf-8")


def measured_on() -> str:
    """Return date, machine and versions as a sentence. A load above one per core makes the times pessimistic."""
    load = os.getloadavg()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}, load {load:.1f}), "
        f"{memory:.0f} GB, Python {platform.python_version()}, {versions}."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
