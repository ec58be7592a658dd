"""Throughput by number of worker processes, and the CPU time of each part.

    python -m benchmarks.scaling [--processes 1 2 4] [--genres 30] [--articles 60] [--tag 6000] [--cold] [--soak 500]

Runs the whole stack once per number of processes. Posts all genres at once (`genre_runs_stack`), then inserts `--tag`
articles at once (the texts of `backlog`) and waits for the last one's outcome. The CPU time of each part per genre run
and per article shows which part saturates first when workers are added on other machines. `--cold` posts the genres to
`dagster dev`, whose default launcher starts one process per run. `--soak` executes that many small runs on one process
and reports its memory after the first and the last. On a machine with fewer cores than processes, the curve flattens at
the number of cores.
"""

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from alt_pipelines.database.engines import alt_url, make_engine
from alt_pipelines.processes import members
from alt_pipelines.settings import PROJECT_ROOT, PoolSettings, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines.tagging.store import outcome_counts
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.report import recorded
from benchmarks.backlog import corpus, load, server_cpu
from benchmarks.genre_runs_stack import GIVE_UP_SECONDS, make_posts, measure
from benchmarks.run_overhead import TRIVIAL, cold_adapter


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--genres", type=int, default=30)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--tag", type=int, default=6000)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--soak", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="alt-scaling-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        print("| workers | work | seconds | per second | MB per worker process | outcomes | CPU ms per unit, by part |")
        print("|---|---|---|---|---|---|---|")
        for processes in arguments.processes:
            with a_stack(Path(folder) / f"with-{processes}", processes) as stack:
                if arguments.genres:
                    post_all(stack.addresses.adapter, 2, arguments.articles)  # warms the models of every process
                    before = cpu_by_part(stack)
                    done = post_all(stack.addresses.adapter, arguments.genres, arguments.articles)
                    memory, shares = memory_of(stack, "recap worker"), shares_of(stack, before, arguments.genres)
                    print_row(f"{processes} warm", f"{arguments.genres} genre runs", done, memory, shares)
                if arguments.tag:
                    before = cpu_by_part(stack)
                    done = tag_all(stack, arguments.tag)
                    memory, shares = memory_of(stack, "tagging worker"), shares_of(stack, before, arguments.tag)
                    print_row(f"{processes} warm", f"{arguments.tag} articles", done, memory, shares)
        if arguments.cold:
            home = Path(folder) / "cold"
            home.mkdir()
            with cold_adapter(home) as adapter:
                done = post_all(adapter, arguments.genres, arguments.articles)
            print_row("default launcher", f"{arguments.genres} genre runs", done, [], "-")
        if arguments.soak:
            soak(Path(folder) / "soak", arguments.soak)


@contextmanager
def a_stack(home: Path, processes: int, definitions: str = "alt_pipelines.definitions") -> Iterator[Stack]:
    """Run the stack with a number of processes per queue."""
    product = definitions == "alt_pipelines.definitions"
    variables = {
        "PYTHONPATH": str(PROJECT_ROOT),
        "RECAP_SUBWORKER_MAX_BACKGROUND_RUNS": str(processes),
        "ALT_WORKER_MAX_RUNS": "100000",
        "ALT_WORKER_MAX_MEMORY_MB": "8000",
    }
    options = StackOptions(
        definitions=definitions,
        models=product,
        adapter=product,
        processes={"recap": processes, "tagging": processes},
        environment=variables,
    )
    stack = Stack(Settings.from_environment({**os.environ, "ALT_PIPELINES_HOME": str(home)}), options)
    stack.start(600)
    try:
        yield stack
    finally:
        stack.stop()


def post_all(adapter: str, genres: int, articles: int) -> tuple[float, str]:
    """Post all genres at once. Returns the seconds until the last run has ended, and the number of runs by status."""
    outcomes, _ = measure(adapter, make_posts(genres, articles, seed=genres))
    statuses = Counter(outcome.status for outcome in outcomes)
    return max(outcome.end for outcome in outcomes), ", ".join(f"{n} {status}" for status, n in statuses.items())


def tag_all(stack: Stack, articles: int) -> tuple[float, str]:
    """Insert articles as fast as possible. Returns the seconds until the last has its outcome, and the outcomes."""
    engine = make_engine(alt_url(stack.settings), PoolSettings(), "benchmark")
    texts = corpus(PROJECT_ROOT.parent / "shared" / "data")
    started = time.monotonic()  # before inserting: the first articles are tagged before the last is inserted
    load(engine, texts, articles)
    while True:
        with engine.connect() as connection:
            counts = outcome_counts(connection)
        if counts.pending == 0:
            break
        assert time.monotonic() - started < GIVE_UP_SECONDS, f"{counts.pending} articles have no outcome"
        time.sleep(1.0)  # counting reads every article, at the cost of the database that is measured
    seconds = time.monotonic() - started
    engine.dispose()
    return seconds, f"{counts.tagged} tagged, {counts.articles - counts.tagged} others"


def cpu_by_part(stack: Stack) -> dict[str, float]:
    """Return the CPU seconds of each part so far, including its ended processes."""
    spent = {"postgres": server_cpu(stack.home.path)}
    for name in stack.states():
        leader, spent[name] = stack.pid(name), 0.0
        for process in members(leader) if leader else ():
            with suppress(psutil.NoSuchProcess):  # it has ended, and its parent counts its CPU time
                spent[name] += sum(process.cpu_times()[:4])
    return spent


def shares_of(stack: Stack, before: dict[str, float], pieces: int) -> str:
    """Format the CPU milliseconds of each part since `before`, per piece of work, the busiest first."""
    spent = {name: 1000 * (now - before[name]) / pieces for name, now in cpu_by_part(stack).items()}
    ordered = sorted(spent.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {milliseconds:.3g}" for name, milliseconds in ordered if milliseconds >= 0.01)


def memory_of(stack: Stack, part: str) -> list[float]:
    """Return the resident megabytes of each pool process of a worker."""
    leader = stack.pid(part)
    pool = [process for process in members(leader) if process.pid != leader] if leader else []
    return [process.memory_info().rss / 1e6 for process in pool if process.status() != psutil.STATUS_ZOMBIE]


def soak(home: Path, runs: int) -> None:
    """Print the memory of one process after its first and after its last small run."""
    with a_stack(home, 1, TRIVIAL) as stack:
        dagster = Dagster(stack.addresses.webserver)
        dagster.wait(dagster.launch("slow_job"), 60)
        first = max(memory_of(stack, "recap worker"))
        waiting: list[str] = []
        for _ in range(runs - 1):
            waiting.append(dagster.launch("slow_job"))
            if len(waiting) >= 20:
                dagster.wait(waiting.pop(0), 120)
        for run_id in waiting:
            dagster.wait(run_id, 120)
        last = max(memory_of(stack, "recap worker"))
    print(f"\nmemory per worker process: {first:.0f} MB after 1 run, {last:.0f} MB after {runs}")


def print_row(who: str, work: str, done: tuple[float, str], memory: list[float], shares: str) -> None:
    """Print a row. `work` begins with its quantity; `done` holds its seconds and its outcomes."""
    seconds, outcomes = done
    largest = f"{max(memory):.0f}" if memory else "-"
    figures = f"{seconds:.1f} | {int(work.split()[0]) / seconds:.2f} | {largest}"
    print(f"| {who} | {work} | {figures} | {outcomes} | {shares} |", flush=True)


if __name__ == "__main__":
    with recorded("benchmarks.scaling"):
        main()
