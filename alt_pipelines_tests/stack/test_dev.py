"""`dagster dev` in a clone without any settings: embedded Postgres, one process per run, and articles get tags."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import make_engine
from alt_pipelines.processes import end_group
from alt_pipelines.runtime.queues import MAX_RUNTIME_TAG, QUEUE_TAG, RECAP
from alt_pipelines.settings import PROJECT_ROOT, PoolSettings
from alt_pipelines.stack.ports import hold_port
from alt_pipelines_tests.support.dagster_client import ASSET_JOB, Dagster

pytestmark = [pytest.mark.stack, pytest.mark.timeout(420)]

ARTICLE = (
    "The ministry tightened export rules for advanced chips on Monday. Makers of chip machines said that the rules "
    "would cost them a tenth of their sales. Analysts expect the neighbouring countries to follow within the year."
)


def test_dagster_dev_tags_an_article_with_nothing_set(own_folder: Path) -> None:
    home, port = own_folder / "dev", hold_port(3700).port
    named = ("ALT_", "DB_", "DAGSTER", "RECAP_", "TAG_", "CELERY_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(named)}
    environment["ALT_PIPELINES_HOME"] = str(home)  # keeps the test away from the clone's own data
    with (own_folder / "dev.log").open("wb") as log:
        command = [str(Path(sys.executable).with_name("dagster")), "dev", "-p", str(port)]
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/server_info"), 180, "the webserver", own_folder)
        check_that_no_other_daemon_starts(environment)
        engine = make_engine(embedded.url(home / "postgres", embedded.ALT_DATABASE), PoolSettings())
        with engine.begin() as connection:
            feed = connection.execute(
                text("INSERT INTO feeds (title, description, link, pub_date) VALUES ('t', '', 'u', now()) RETURNING id")
            ).scalar_one()
            row = {"content": ARTICLE, "feed": feed}
            connection.execute(
                text(
                    "INSERT INTO articles (title, content, url, feed_id, user_id) "
                    "VALUES ('Chip rules', :content, 'u', :feed, gen_random_uuid())"
                ),
                row,
            )
        with engine.connect() as connection:
            count = text("SELECT count(*) FROM article_tags")
            wait_for(lambda: connection.execute(count).scalar_one() >= 3, 180, "tags", own_folder)
        check_a_run_from_the_asset_page(f"http://127.0.0.1:{port}")
        engine.dispose()
    finally:
        end_group(process.pid, signal.SIGINT, 60)  # the whole group: a surviving part would start Postgres again
        process.wait()
        embedded.stop(home / "postgres")


def check_that_no_other_daemon_starts(environment: dict[str, str]) -> None:
    """Neither a stack nor a second `dagster dev` starts on the same folder, and each says how to go on."""
    for command, said in (("alt-pipelines up", "`dagster dev` uses the database"), ("dagster dev", "Another daemon (")):
        program, argument = command.split()
        found = subprocess.run(
            [str(Path(sys.executable).with_name(program)), argument],
            cwd=PROJECT_ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert found.returncode == 1
        assert f"Error: {said}" in found.stderr
        assert f"ALT_PIPELINES_HOME=/some/where {command}" in found.stderr
        assert "Traceback" not in found.stderr
        assert "starting in" not in found.stdout
        assert "stopped" not in found.stdout


def check_a_run_from_the_asset_page(webserver: str) -> None:
    """Materialize the graph as a user does; without learning rows it has nothing to do and succeeds."""
    dagster = Dagster(webserver, location="alt_pipelines.definitions")
    run = dagster.wait(dagster.launch(ASSET_JOB, asset="tag_label_graph", tags={"dagster/partition": "7d"}), 120)
    assert run["status"] == "SUCCESS"
    assert (run["tags"][QUEUE_TAG], run["tags"][MAX_RUNTIME_TAG]) == (RECAP, "900")


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float, what: str, folder: Path) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        log = (folder / "dev.log").read_text("utf-8", "replace")[-3000:]
        assert time.monotonic() < deadline, f"no {what} after {seconds:.0f} s:\n{log}"
        time.sleep(0.5)
