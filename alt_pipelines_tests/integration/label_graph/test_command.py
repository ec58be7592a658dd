"""The script and the command, started as processes: options, exit codes, what they say, what they write."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from alt_pipelines_tests.integration.label_graph.rows import graph, insert, row

SCRIPT = (sys.executable, "-m", "alt_pipelines.label_graph")
COMMAND = (str(Path(sys.executable).with_name("alt-pipelines")), "graph", "build")


def run(command: Sequence[str], *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run with no database settings of ours in the environment but those given."""
    cleared = {
        name: value for name, value in os.environ.items() if not name.startswith(("RECAP_", "TAG_LABEL_", "DB_"))
    }
    return subprocess.run(
        [*command, *arguments], env={**cleared, **environment}, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def dsn(recap_engine: Engine, recap_database_url: URL) -> str:
    """A database with rows for one edge in each window."""
    insert(recap_engine, [row("tech", [("chips", 0.9), ("few", 0.5)])] * 3)
    return recap_database_url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.mark.parametrize("command", [SCRIPT, COMMAND], ids=["script", "alt-pipelines"])
def test_it_says_how_many_edges_each_window_has(command: Sequence[str], dsn: str, recap_engine: Engine) -> None:
    done = run(command, "--dsn", dsn)
    assert done.returncode == 0, done.stderr
    assert re.search(r"7d: 1 edges refreshed .*new: 1, deleted: 0; rows read: 3, skipped: 0", done.stdout)
    assert "30d: 1 edges refreshed" in done.stdout
    assert set(graph(recap_engine, "30d")) == {("tech", "chips")}


def test_the_rules_can_be_changed_for_one_build(dsn: str, recap_engine: Engine) -> None:
    done = run(
        SCRIPT, "--windows", "3", "--min-confidence", "0.5", "--min-support", "2", "--max-tags", "2", RECAP_DB_DSN=dsn
    )
    assert done.returncode == 0, done.stderr
    assert set(graph(recap_engine, "3d")) == {("tech", "chips"), ("tech", "few")}


def test_a_dry_run_writes_nothing_and_says_so(dsn: str, recap_engine: Engine) -> None:
    done = run(SCRIPT, "--dry-run", "--verbose", RECAP_DB_DSN=dsn)
    assert done.returncode == 0, done.stderr
    assert "7d: 1 edges would be refreshed" in done.stdout
    assert "tags skipped (confidence below the minimum): 3" in done.stdout
    assert "nothing was written" in done.stdout
    assert graph(recap_engine) == {}


def test_it_builds_also_where_the_schedule_is_switched_off(dsn: str) -> None:
    assert run(SCRIPT, RECAP_DB_DSN=dsn, TAG_LABEL_GRAPH_ENABLED="false").returncode == 0


def test_without_a_dsn_it_ends_with_one_and_says_what_to_set(tmp_path: Path) -> None:
    for command in (SCRIPT, COMMAND):
        done = run(command, ALT_PIPELINES_HOME=str(tmp_path))
        assert done.returncode == 1
        assert "RECAP_DB_DSN" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--windows", "7,x"), "'7,x'"),
        (("--windows", ""), "No window"),
        (("--windows", "0"), "0 days"),
        (("--min-confidence", "1.5"), "--min-confidence"),
        (("--dsn", "mysql://localhost/recap"), "mysql"),
        (("--dsn", "postgresql://nobody@127.0.0.1:1/recap"), "does not answer"),
    ],
)
def test_what_cannot_be_done_ends_with_one_and_a_sentence(dsn: str, arguments: Sequence[str], said: str) -> None:
    done = run(SCRIPT, *arguments, RECAP_DB_DSN=dsn)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
