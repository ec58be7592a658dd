"""Cost of a tick of the tagging sensor as the tables grow: plan, pages and time of each query.

    python -m benchmarks.sensor_plans [--small 10000] [--large 2000000] [--plans]

Starts an embedded Postgres in a temporary folder and fills it with articles that all have an outcome, most of them old
(the usual state). Runs each query with EXPLAIN (ANALYZE, BUFFERS), once with few articles and once with many. Pages are
the measure to compare, because they do not depend on the load of the machine. `--plans` prints the plans.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.scan import run_probes
from alt_pipelines.tagging.store import probes
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import HIGHEST_ID, LOWEST_ID, Calendar, Position
from alt_pipelines_tests.support.report import recorded

SETTINGS = TaggingSettings()
ROUNDS = 5
VERSION = "1"

# One article every two seconds up to now, whatever their number. Foreign keys are off because they are not measured.
FILL = """
    SET LOCAL session_replication_role = replica;
    WITH new AS (
        INSERT INTO articles (title, content, url, created_at, user_id)
        SELECT 'title', 'content', 'https://plans.example/' || n,
               (now() AT TIME ZONE 'UTC') - n * interval '2 seconds', '00000000-0000-0000-0000-000000000001'
        FROM generate_series(:from, :until) n
        RETURNING id
    )
    INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version, next_attempt_at)
    SELECT id, 'tagged', '1', CASE WHEN random() < 0.001 THEN now() + interval '1 day' END FROM new
"""
STEP = 250_000


class Seen(NamedTuple):
    """One query: pages read, milliseconds (best of several), rows or index entries scanned, scans and plan."""

    pages: int
    milliseconds: float
    rows: int
    scans: str
    plan: str


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--small", type=int, default=10_000)
    arguments.add_argument("--large", type=int, default=2_000_000)
    arguments.add_argument("--plans", action="store_true", help="also print the plans")
    chosen = arguments.parse_args()
    measured: dict[int, dict[str, Seen]] = {}
    ticks: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="plans-") as folder:
        data_dir = Path(folder) / "postgres"
        embedded.ensure_running(data_dir)
        try:
            pool = PoolSettings(statement_timeout_seconds=3600)
            engine = make_engine(embedded.url(data_dir, embedded.ALT_DATABASE), pool)
            migrate.upgrade(engine, "alt", without_platform=True)
            filled = 0
            for articles in (chosen.small, chosen.large):
                fill(engine, filled, articles)
                filled = articles
                now = newest(engine)
                measured[articles] = {name: explain(engine, *query) for name, query in queries(engine, now).items()}
                ticks[articles] = tick(engine, now)
            engine.dispose()
        finally:
            embedded.stop(data_dir)
    report(measured, ticks)
    if chosen.plans:
        for name, seen in measured[chosen.large].items():
            print(f"\n### {name}, {chosen.large} articles\n\n```\n{seen.plan}\n```")


def fill(engine: Engine, have: int, want: int) -> None:
    """Add articles with outcomes until there are `want`."""
    for start in range(have + 1, want + 1, STEP):
        with engine.begin() as connection:
            connection.execute(text(FILL), {"from": start, "until": min(start + STEP - 1, want)})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def newest(engine: Engine) -> datetime:
    """Return the creation time of the newest article, which the measured ticks use as the current time."""
    with engine.connect() as connection:
        moment: datetime = connection.execute(text("SELECT max(created_at) FROM articles")).scalar_one()
    return moment


def queries(engine: Engine, now: datetime) -> dict[str, tuple[TextClause, Mapping[str, object]]]:
    """Return the queries of a tick with the parameters of the usual state."""
    calendar = Calendar.at(datetime(2020, 1, 1), now)._asdict()
    rows = {"rows": SETTINGS.probe_rows} | calendar
    head = {"after_at": now - timedelta(seconds=20), "after_id": LOWEST_ID, "until_at": now, "until_id": HIGHEST_ID}
    sweep = head | {"after_at": "infinity", "until_at": "infinity"}
    with engine.connect() as connection:
        statements = probes.statements(connection)
    behind = {"from_at": now - timedelta(seconds=20), "from_id": HIGHEST_ID, "seconds": SETTINGS.overlap_seconds}
    return {
        "newest article (4/s while waiting)": (probes.NEWEST, {"now": now}),
        "new: on from the cursor": (statements["up"], rows | head),
        "late: the overlap behind it": (statements["behind"], rows | behind),
        "future": (statements["ahead"], rows | {"now": now}),
        "due retries": (statements["retries"], rows),
        "marked to be tagged again": (statements["requested"], rows),
        "abandoned claims": (statements["abandoned"], rows),
        f"sweep: {SETTINGS.probe_rows} articles of the past": (statements["down"], rows | sweep),
    }


def explain(engine: Engine, statement: TextClause, parameters: Mapping[str, object]) -> Seen:
    """Execute a query and return its measurements, from the fastest of several rounds."""
    best: Seen | None = None
    for _ in range(ROUNDS):
        with engine.begin() as connection:
            pin_to_indexes(connection)
            document = _explained(connection, statement, parameters, "JSON")[0]
        nodes = list(_nodes(document["Plan"]))
        scans = [node for node in nodes if "Relation Name" in node or "Index Name" in node]
        seen = Seen(
            document["Plan"]["Shared Hit Blocks"] + document["Plan"]["Shared Read Blocks"],
            document["Execution Time"],
            int(sum(node["Actual Rows"] * node["Actual Loops"] for node in scans)),
            ", ".join(dict.fromkeys(_named(node) for node in scans)),
            "",
        )
        if best is None or seen.milliseconds < best.milliseconds:
            best = seen
    assert best is not None
    with engine.begin() as connection:
        pin_to_indexes(connection)
        plan = "\n".join(_explained(connection, statement, parameters, "TEXT"))
    return best._replace(plan=plan)


def _explained(connection: Connection, statement: TextClause, parameters: Mapping[str, object], form: str) -> list[Any]:
    explained = text(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT {form}) {statement.text}")
    found = list(connection.execute(explained, dict(parameters)).scalars())
    return found[0] if form == "JSON" else found


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _named(node: dict[str, Any]) -> str:
    kind = node["Node Type"].replace(" Scan", "").lower()
    return f"{kind} {node.get('Index Name', node.get('Relation Name'))}"


def tick(engine: Engine, now: datetime) -> float:
    """Return the milliseconds of a whole scan with a cursor near the end, the median of several."""
    took = []
    for _ in range(ROUNDS * 4):
        cursor = Cursor(Position((now - timedelta(seconds=20)).isoformat(sep=" "), LOWEST_ID), swept_at=None)
        started = time.perf_counter()
        run_probes(engine, cursor, SETTINGS, datetime(2020, 1, 1), now)
        took.append(1000 * (time.perf_counter() - started))
    return statistics.median(took)


def report(measured: dict[int, dict[str, Seen]], ticks: dict[int, float]) -> None:
    """Print the cost of each query at both sizes."""
    small, large = measured
    print(f"| Query of a tick | pages, {small:,} articles | pages, {large:,} | ms | ms | rows read | through |")
    print("|---|---|---|---|---|---|---|")
    for name, few in measured[small].items():
        many = measured[large][name]
        times = f"{few.milliseconds:.2f} | {many.milliseconds:.2f}"
        print(f"| {name} | {few.pages:,} | {many.pages:,} | {times} | {many.rows:,} | {many.scans} |")
    pages = [sum(seen.pages for seen in found.values()) for found in measured.values()]
    times = f"{ticks[small]:.1f} | {ticks[large]:.1f}"
    print(f"| **a whole scan including the sweep** | **{pages[0]:,}** | **{pages[1]:,}** | {times} | | |")


if __name__ == "__main__":
    with recorded("benchmarks.sensor_plans"):
        main()
