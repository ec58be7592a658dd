"""Write a benchmark's section of BENCHMARKS.md, with date, machine and versions.

    with recorded("benchmarks.tagging", fitted="Weights are fitted on ..."):
        main()

The block prints as usual. If it ends without an error, everything it printed becomes the section with that title, which
replaces the section of the last run or is appended. The section begins with the first line of the program's docstring.
The rest of the file is unchanged. A package that is not installed ends the program with one sentence.
"""

import io
import os
import platform
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

import structlog

from alt_pipelines.settings import PROJECT_ROOT

BENCHMARKS = PROJECT_ROOT / "BENCHMARKS.md"
_PACKAGES = ("alt-pipelines", "dagster", "onnxruntime", "scikit-learn", "hdbscan")

_RECORDING = "ALT_BENCHMARK_RECORDING"  # set for the processes that a recorded benchmark starts
_LOGIN = re.compile(r"//[^/@\s]*@")


@contextmanager
def recorded(benchmark: str, path: Path = BENCHMARKS, *, fitted: str = "") -> Iterator[None]:
    """Record what the block prints under the title `benchmark`, with the command line (without the logins in URLs).

    `fitted` says on which data the measured part was fitted or chosen, if it was.

    Raises:
        SystemExit: a package is not installed.
    """
    if _RECORDING in os.environ:  # part of a benchmark in a child process; the parent records its output
        yield
        return
    os.environ[_RECORDING] = benchmark
    printed = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # the section has no log lines
    try:
        with redirect_stdout(_Both(sys.stdout, printed)):
            yield
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"The package {error.name} is not installed. `make bench-install` installs what the benchmarks need."
        ) from None
    finally:
        del os.environ[_RECORDING]
    given = [Path(word).name if word.startswith("/") else word for word in sys.argv[1:]]  # no folders of one machine
    command = _LOGIN.sub("//", shlex.join(["python", "-m", benchmark, *given]))
    about = (sys.modules["__main__"].__doc__ or "").split("\n", 1)[0]
    record(benchmark, command, "\n\n".join(part for part in (about, fitted, printed.getvalue()) if part), path)


class _Both(io.TextIOBase):
    """Writes to two streams."""

    def __init__(self, *streams: TextIO) -> None:
        self._streams = streams

    def write(self, text: str) -> int:
        for stream in self._streams:
            stream.write(text)
        return len(text)

    def flush(self) -> None:
        for stream in self._streams:
            stream.flush()


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
