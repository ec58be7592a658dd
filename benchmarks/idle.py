"""Memory and CPU of a stack at rest, per process.

    python -m benchmarks.idle [--settle 420] [--seconds 120] [--home FOLDER]

Starts a stack in a temporary folder, loads the sample articles, posts genre runs and waits `--settle` seconds without
work, so that recap processes have given up their models. `--home` measures a running stack instead. Memory is PSS,
which counts pages that processes share once over all of them; "private" is what would be freed if the process ended.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from alt_pipelines.database.engines import alt_url, make_engine, recap_url
from alt_pipelines.demo.corpus import SAMPLE
from alt_pipelines.demo.show import Demo
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import LoggingSettings, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.report import recorded


def main() -> None:
    """Measure a stack at rest and print a table of its parts and one of its processes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--settle", type=float, default=420.0, help="seconds without work before measuring")
    parser.add_argument("--seconds", type=float, default=120.0, help="seconds over which CPU time is measured")
    parser.add_argument("--home", type=Path, help="folder of a running stack to measure")
    chosen = parser.parse_args()
    configure_logging(LoggingSettings(level="WARNING"))
    if chosen.home is not None:
        measure(chosen.home.resolve(), chosen.seconds, {})
        return
    with _busy_once() as stack:
        time.sleep(chosen.settle)
        parts = {pid: name for name, pid in stack.groups().items()}
        measure(stack.home.path, chosen.seconds, parts | {os.getpid(): "supervisor and benchmark"})


@contextmanager
def _busy_once() -> Iterator[Stack]:
    """Yield a stack that has tagged the sample articles and executed genre runs."""
    from rich.console import Console

    with tempfile.TemporaryDirectory(prefix="alt-idle-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        given = {"ALT_PIPELINES_HOME": f"{folder}/home"}
        settings = Settings.from_environment(given)
        stack = Stack(settings, StackOptions(webserver_port=3500, adapter_port=9900, environment=given))
        stack.start()
        engines = [make_engine(url(settings), settings.pool, "idle") for url in (alt_url, recap_url)]
        try:
            show = Demo(engines[0], engines[1], stack.addresses.adapter, Console(file=sys.stderr))
            show.follow(show.load(SAMPLE))
            yield stack
        finally:
            for engine in engines:
                engine.dispose()
            stack.stop()


@dataclass(frozen=True)
class Usage:
    """One process: memory in MB, CPU in percent of a core."""

    part: str
    command: str
    pss: float
    private: float
    cpu: float


def measure(home: Path, seconds: float, parts: Mapping[int, str]) -> None:
    """Print the memory and CPU of all processes of the stack in `home`. `parts` names process groups."""
    processes = list(_processes(home, parts))
    before = [_cpu(process) for process in processes]
    time.sleep(seconds)
    usages = []
    for process, used in zip(processes, before, strict=True):
        with suppress(psutil.Error, FileNotFoundError, ProcessLookupError):
            memory = process.memory_full_info()
            cpu = (_cpu(process) - used) / seconds * 100
            group = os.getpgid(process.pid)
            part = "postgres" if process.name() == "postgres" else parts.get(group, _shown(psutil.Process(group)))
            usages.append(Usage(part, _shown(process), memory.pss / 1e6, memory.uss / 1e6, cpu))
    groups: dict[str, list[Usage]] = {}
    for usage in usages:
        groups.setdefault(usage.part, []).append(usage)
    _table(("Part", "Processes"), [(name, str(len(group)), group) for name, group in groups.items()])
    _table(("Part", "Process"), [(usage.part, usage.command, [usage]) for usage in usages if usage.pss > 5])


def _processes(home: Path, parts: Mapping[int, str]) -> Iterator[psutil.Process]:
    """Yield the processes of the stack: its groups, its Postgres, and those whose environment names the home."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if process.pid == os.getpid() and os.getpid() not in parts:
                continue
            if process.name() == "postgres":
                if process.cwd() == str(home / "postgres"):
                    yield process
            elif os.getpgid(process.pid) in parts or process.environ().get("ALT_PIPELINES_HOME") == str(home):
                yield process


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def _shown(process: psutil.Process) -> str:
    """Return the command line without the interpreter and folders."""
    words = [word.rsplit("/", 1)[-1] for word in process.cmdline() if word.strip()]
    return " ".join(word for word in words if not word.startswith("python") and word != "-m")[:60] or process.name()


def _table(heads: tuple[str, str], rows: Sequence[tuple[str, str, Sequence[Usage]]]) -> None:
    print(f"\n| {heads[0]} | {heads[1]} | PSS, MB | Private, MB | CPU, % of a core |\n|---|---|---|---|---|")
    everything = [usage for _, _, group in rows for usage in group]
    for first, second, group in [*sorted(rows, key=lambda row: -_sum(row[2], "pss")), ("total", "", everything)]:
        figures = f"{_sum(group, 'pss'):.0f} | {_sum(group, 'private'):.0f} | {_sum(group, 'cpu'):.2f}"
        print(f"| {first} | {second} | {figures} |")


def _sum(group: Sequence[Usage], name: str) -> float:
    return sum(float(getattr(usage, name)) for usage in group)


if __name__ == "__main__":
    with recorded("benchmarks.idle"):
        main()
