"""The tag label graph over a million learning rows: seconds, memory, and the effect of a refresh on readers.

    python -m benchmarks.label_graph [--rows 1000000] [--rounds 3] [--keep FOLDER]

Starts an embedded Postgres with synthetic rows (30 genres with their own vocabularies, 4 to 8 tags per row, spread over
30 days). Then builds both windows, each build in its own process:

* with the product, inside Postgres: as a dry run, which is comparable with the reference; written into an empty graph;
  and written over the edges of the previous build;
* with the pure-Python reference (`alt_pipelines_tests/support/graph_reference.py`), which streams the rows into Python
  and writes nothing. "driver" uses the values that the database driver returns, whose floats differ in the seventh
  decimal. "decoder" is the fastest way found: JSON as text through a decoder with decimal numbers, which gives
  identical edges.

All builds must give the same edges. They are measured in turn for several rounds and the medians are printed, because a
single round means little on a shared machine. Finally a reader loads the 7d window repeatedly, as the recap worker
does, once on an idle database and once during a refresh. Every load must see exactly one refresh.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from sqlalchemy import Engine, text

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.label_graph.report import Edge
from alt_pipelines.label_graph.run import build_graph
from alt_pipelines.label_graph.store import state
from alt_pipelines.settings import GraphSettings, PoolSettings
from alt_pipelines_tests.support.graph_reference import LearningRow, aggregate
from alt_pipelines_tests.support.report import recorded

WINDOWS = (7, 30)

_MEASURED = {
    "dry-run": "inside Postgres, not written",
    "written": "inside Postgres, written into an empty graph",
    "again": "inside Postgres, written over the same edges",
    "driver": "pure reference, JSON read by the driver, not written",
    "decoder": "pure reference, JSON read by a decoder, not written",
}

_PEERS = ("driver", "decoder")

_GENERATE = """
INSERT INTO recap_genre_learning_results
    (job_id, article_id, coarse_candidates, refine_decision, tag_profile, timestamps, updated_at)
SELECT gen_random_uuid(), 'article-' || i,
       jsonb_build_array(
           jsonb_build_object('genre', 'genre ' || i % 30, 'score', 0.61, 'keyword_support', 3),
           jsonb_build_object('genre', 'genre ' || (i + 1) % 30, 'score', 0.44, 'keyword_support', 1)),
       jsonb_build_object('final_genre', 'Genre ' || i % 30, 'confidence', 0.8, 'strategy', 'graph_boost'),
       jsonb_build_object('top_tags', tags, 'entropy', 1.5),
       '{}', now() - random() * interval '30 days'
FROM generate_series(1, :rows) AS i
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'label', CASE WHEN random() < 0.2 THEN 'Shared ' ELSE 'Word ' || i % 30 || ' ' END
                 || floor(3000 * power(random(), 3) + 0 * n)::int,
        'confidence', round((0.3 + 0.7 * random())::numeric, 4), 'source', 'tagger')) AS tags
    FROM generate_series(1, 4 + i % 5) AS listed (n)
) AS tagged
"""


def main() -> None:
    """Parse the arguments; measure everything, or run as one of the measured processes (`--be`)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="number of repetitions")
    parser.add_argument("--keep", type=Path, help="data folder of the server, kept and reused with its rows")
    parser.add_argument("--be", choices=list(_MEASURED), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.be:
        print(json.dumps(_measured(arguments.be, arguments.keep)))
        return
    with tempfile.TemporaryDirectory(prefix="label-graph-") as folder:
        data_dir = (arguments.keep or Path(folder)) / "postgres"
        try:
            _measure(data_dir, arguments.rows, arguments.rounds)
        finally:
            embedded.stop(data_dir)


def _engine(data_dir: Path) -> Engine:
    embedded.ensure_running(data_dir)
    return make_engine(embedded.url(data_dir, "recap"), PoolSettings(statement_timeout_seconds=1800), "benchmark")


def _measure(data_dir: Path, rows: int, rounds: int) -> None:
    engine = _engine(data_dir)
    migrate.upgrade(engine, "recap", without_platform=True)
    _fill(engine, rows)
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in _MEASURED}
    for _ in range(rounds):
        for name, results in measured.items():
            results.append(_run_as_process(name, data_dir))
    same = all(result["same"] for name in _PEERS for result in measured[name])
    print(f"\n{rows} rows, edges {measured['written'][-1]['edges']}; the reference finds the same: {same}\n")
    print(f"| both windows, medians of {rounds} | seconds | CPU seconds, the server's too | peak memory ", end="")
    print("| faster than the driver's way | than the decoder's |")
    print("|---|---|---|---|---|---|")
    peers = [median(result["seconds"] for result in measured[name]) for name in _PEERS]
    for name, what in _MEASURED.items():
        seconds, cpu_seconds, megabytes = (
            median(result[key] for result in measured[name]) for key in ("seconds", "cpu_seconds", "megabytes")
        )
        ratios = " | ".join(f"{peer / seconds:.1f}" for peer in peers)
        print(f"| {what} | {seconds:.1f} | {cpu_seconds:.1f} | {megabytes:.0f} MB | {ratios} |")
    print()
    print("| a reader loading the 7d window | loads | median | longest | of two refreshes at once |")
    print("|---|---|---|---|---|")
    quiet = _read_while(engine, lambda: time.sleep(10))
    busy = _read_while(engine, lambda: build_graph(engine, GraphSettings(), WINDOWS))
    for name, (waits, mixed) in (("no other load", quiet), ("during a refresh of both windows", busy)):
        ordered = sorted(waits)
        print(f"| {name} | {len(waits)} | {ordered[len(waits) // 2]:.3f} s | {ordered[-1]:.3f} s | {mixed} |")
    engine.dispose()


def _fill(engine: Engine, rows: int) -> None:
    with engine.begin() as connection:
        there = connection.scalar(text("SELECT count(*) FROM recap_genre_learning_results"))
        if there == rows:
            return
        connection.execute(text("TRUNCATE recap_genre_learning_results, tag_label_graph"))
        connection.execute(text(_GENERATE), {"rows": rows})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE) recap_genre_learning_results"))


def _run_as_process(name: str, data_dir: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.label_graph", "--be", name, "--keep", str(data_dir)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _measured(name: str, data_dir: Path) -> dict[str, object]:
    engine = _engine(data_dir)
    if name == "written":
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE tag_label_graph"))
    cpu_before = _cpu_seconds(data_dir)
    started = time.perf_counter()
    if name in _PEERS:
        by_window = {f"{days}d": _in_python(engine, days, decode=name == "decoder") for days in WINDOWS}
    else:
        edge_counts = build_graph(engine, GraphSettings(), WINDOWS, dry_run=name == "dry-run").edge_counts
    seconds = time.perf_counter() - started
    cpu_seconds = _cpu_seconds(data_dir) - cpu_before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: dict[str, object]
    if name in _PEERS:
        off = 0 if name == "decoder" else 2e-6  # float sums rounded to six decimals may be off by one in the last place
        found = {"same": all(_is_stored(engine, window, edges, off) for window, edges in by_window.items())}
    else:
        found = {"edges": edge_counts}
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "megabytes": megabytes, **found}


def _cpu_seconds(data_dir: Path) -> float:
    """Return the CPU seconds of this process and of the server with all its processes, including ended ones."""
    server = psutil.Process(int((data_dir / "postmaster.pid").read_text().split()[0]))
    while True:
        time.sleep(0.5)  # the server counts a session's CPU time shortly after the session ends
        try:
            times = [server.cpu_times(), *(child.cpu_times() for child in server.children())]
        except psutil.NoSuchProcess:
            continue
        ended = times[0].children_user + times[0].children_system
        return time.process_time() + ended + sum(each.user + each.system for each in times)


def _in_python(engine: Engine, days: int, *, decode: bool) -> list[Edge]:
    """Run the reference over a window as of the product's last build, so that both read the same rows."""
    columns = "CAST(refine_decision AS text), CAST(tag_profile AS text)" if decode else "refine_decision, tag_profile"
    query = text(
        f"SELECT {columns}, updated_at FROM recap_genre_learning_results "
        "WHERE updated_at >= :now - make_interval(days => :days)"
    )
    parse = json.JSONDecoder(parse_float=Decimal).decode
    with engine.connect().execution_options(yield_per=10_000) as connection:
        now = state.last_builds(connection, f"{days}d", 1)[0].built_at
        rows = connection.execute(query, {"now": now, "days": days})
        if decode:
            learned = (LearningRow(parse(decision), parse(profile), moment) for decision, profile, moment in rows)
        else:
            learned = (LearningRow(*row) for row in rows)
        return aggregate(learned, GraphSettings(), days, now).edges


def _is_stored(engine: Engine, window: str, edges: list[Edge], off: float) -> bool:
    with engine.connect() as connection:
        stored = {(edge.genre, edge.tag): edge for edge in state.read_edges(connection, window, 1_000_000)}
    return len(stored) == len(edges) and all(
        abs(stored[edge.genre, edge.tag].weight - edge.weight) <= off
        and stored[edge.genre, edge.tag].sample_size == edge.sample_size
        for edge in edges
    )


def _read_while(engine: Engine, work: Callable[[], object]) -> tuple[list[float], int]:
    waits: list[float] = []
    mixed = 0
    ended = threading.Event()

    def read() -> None:
        nonlocal mixed
        query = text("SELECT genre, tag, weight, updated_at FROM tag_label_graph WHERE window_label = '7d'")
        while not ended.is_set():
            started = time.perf_counter()
            with engine.connect() as connection:
                refreshes = {row.updated_at for row in connection.execute(query)}
            waits.append(time.perf_counter() - started)
            mixed += len(refreshes) != 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        work()
    finally:
        ended.set()
        reader.join()
    return waits, mixed


if __name__ == "__main__":
    with recorded("benchmarks.label_graph"):
        main()
