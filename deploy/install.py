"""Install this project with pip and show progress: packages done, packages in total, rate, time left.

usage: python deploy/install.py [EXTRA ...]

`make install` runs it with the environment's Python; the script itself needs only the standard library. The number of
packages is known before pip starts, because constraints.txt lists the packages that need each package. Afterwards
`slim` removes unused files, and `bytecode` compiles the modules that a stack imports.
"""

import os
import queue
import re
import subprocess
import sys
import sysconfig
import threading
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_EVERY_SECONDS = 5.0
_ENOUGH = 10  # packages before an estimate of the remaining time is reliable
_LINES = 30  # of pip's output, shown if it fails


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


@dataclass
class Progress:
    """What pip has done so far: first it downloads all packages, then it unpacks them."""

    total: int
    started: float = field(default_factory=time.monotonic)
    phase: str = "downloading"
    collected: int = 0
    there_before: int = field(default_factory=lambda: _unpacked())
    shown: float = 0.0
    lines: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        """Follow pip's output."""
        self.lines = [*self.lines[1 - _LINES :], line]
        if line.startswith("Collecting "):
            self.collected += 1
        elif line.startswith("Installing collected packages:"):
            self.total = line.count(",") + 1
            self.phase, self.started, self.shown = "unpacking", time.monotonic(), 0.0

    def show(self) -> None:
        """Print one line: on a terminal in place, else every few seconds."""
        seconds = time.monotonic() - self.started
        if seconds - self.shown < (0.5 if sys.stderr.isatty() else _EVERY_SECONDS):
            return
        self.shown = seconds
        done = self.collected if self.phase == "downloading" else _unpacked() - self.there_before
        done = min(max(done, 0), self.total)
        about = "about " if self.phase == "downloading" else ""  # until pip has decided
        text = f"{self.phase}: {done} of {about}{self.total} packages, {seconds:.0f} s"
        if _ENOUGH <= done < self.total:
            text += f", {done / seconds:.1f}/s, about {seconds / done * (self.total - done):.0f} s left"
        say(text, last=False)


def _unpacked() -> int:
    """Return the number of installed packages; pip writes the file INSTALLER last but for the list of files."""
    return sum(1 for _ in Path(sysconfig.get_path("purelib")).glob("*.dist-info/INSTALLER"))


def run_pip(extras: list[str]) -> int:
    """Run pip, show progress instead of its output, print its last lines if it fails, and return its exit code."""
    target = f".[{','.join(extras)}]" if extras else "."
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-c", "constraints.txt"]
    if not extras:
        command.append("--no-compile")  # `bytecode` compiles what the product imports
    pip = subprocess.Popen(
        [*command, "-e", target],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},  # pip prints its lines at once
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert pip.stdout is not None
    output, lines = pip.stdout, queue.SimpleQueue[str]()

    def read() -> None:
        for line in output:
            lines.put(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    progress = Progress(packages(extras))
    while reader.is_alive() or not lines.empty():
        try:
            progress.read(lines.get(timeout=0.5))
        except queue.Empty:
            progress.show()
    code = pip.wait()
    if code:
        say("".join(progress.lines), last=True)
    return code


def say(text: str, *, last: bool) -> None:
    """Print a line of progress; on a terminal, the next one replaces it unless it is the last of its kind."""
    ending = "\n" if last or not sys.stderr.isatty() else ""
    print("\r\x1b[2K" * sys.stderr.isatty() + text, end=ending, file=sys.stderr, flush=True)  # noqa: T201 - progress


def main(extras: list[str]) -> int:
    """Install, slim, compile."""
    started = time.monotonic()
    code = run_pip(extras)
    if code == 0:
        say("removing unused files", last=False)
        subprocess.run([sys.executable, "deploy/slim.py"], cwd=ROOT, check=False)
        say("compiling the imported modules (about 20 s)", last=False)
        subprocess.run([sys.executable, "deploy/bytecode.py"], cwd=ROOT, check=False)
        say(f"installed in {time.monotonic() - started:.0f} s", last=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
