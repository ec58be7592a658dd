"""Install this project with pip and show progress: packages done, packages in total, estimated time left.

usage: python deploy/install.py [EXTRA ...]

`make install` runs it with the environment's Python; the script itself needs only the standard library. The number of
packages is known before pip starts, because constraints.txt lists the packages that need each package.
"""

import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_EVERY_SECONDS = 5.0
_ENOUGH = 10  # packages before an estimate of the remaining time is reliable


def packages(extras: list[str]) -> int:
    """Return the approximate number of packages of an installation with these extras; most markers are ignored."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = [*project["dependencies"]]
    for extra in extras:
        requirements += project["optional-dependencies"][extra]
    reached = {_name(requirement) for requirement in requirements}
    needed_by: dict[str, set[str]] = {}
    name = ""
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            name = "" if "sys_platform == 'win32'" in line else _name(line)
        elif name and (found := re.match(r"\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)", line)) and found[1] != "via":
            needed_by.setdefault(name, set()).add(_name(found[1]))
    while more := {package for package, users in needed_by.items() if users & reached} - reached:
        reached |= more
    return len(reached)


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[._]", "-", found[0]).lower() if found else ""


def main(extras: list[str]) -> int:
    """Run pip, show progress instead of its output, print its last lines if it fails, and return its exit code."""
    total = packages(extras)
    target = f".[{','.join(extras)}]" if extras else "."
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-c",
        "constraints.txt",
        "-e",
        target,
    ]
    started, shown, done, said = time.monotonic(), 0.0, 0, []
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}  # pip prints its lines at once
    pip = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert pip.stdout is not None
    for line in pip.stdout:
        said = [*said[-30:], line]
        seconds = time.monotonic() - started
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            done += line.startswith("Collecting ")
        elif line.startswith("Installing collected packages"):
            _show(f"unpacking {total} packages, {seconds:.0f} s so far; this takes about as long again", last=True)
            shown = float("inf")
        if done and shown <= seconds and (sys.stderr.isatty() or seconds - shown > _EVERY_SECONDS):
            shown = seconds
            left = seconds / done * max(total - done, 0)
            _show(
                f"downloading: {min(done, total)} of {total} packages, {done / seconds:.1f}/s, about {left:.0f} s left"
            )
    code = pip.wait()
    _show(f"installed in {time.monotonic() - started:.0f} s" if code == 0 else "".join(said), last=True)
    return code


def _show(text: str, *, last: bool = False) -> None:
    ending = "\n" if last or not sys.stderr.isatty() else ""
    print("\r\x1b[2K" * sys.stderr.isatty() + text, end=ending, file=sys.stderr, flush=True)  # noqa: T201 - progress


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
