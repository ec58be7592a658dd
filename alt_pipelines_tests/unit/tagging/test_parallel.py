"""Tagging of a file in several processes: a process that dies costs only the entry that kills it, whenever it dies."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import psutil
import pytest

from alt_pipelines.article_files import FileArticle
from alt_pipelines.tagging import parallel
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.parallel import Batch, Numbered, tagged
from alt_pipelines.tagging.rows import Row
from alt_pipelines_tests.support.waiting import wait_until

pytestmark = pytest.mark.heavy  # starts processes

ENTRIES = 24
DEADLY = "deadly"


def tag_or_die(batch: Batch, _load: Load) -> list[Row]:
    """Stand in for `tag_batch` in the workers: a deadly entry ends its process, as the kernel does without memory."""
    if any(numbered.entry.id == DEADLY for numbered in batch):
        os._exit(9)
    return [Row({"id": numbered.entry.id, "status": "tagged"}) for numbered in batch]


def batches(deadly: int | None = None) -> Iterator[Batch]:
    for number in range(ENTRIES):
        yield [
            Numbered(number, FileArticle(f"line {number}", DEADLY if number == deadly else number, "Oil spill", "x"))
        ]


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[ProcessPoolExecutor]:
    """The pools that are made, the newest last."""
    made: list[ProcessPoolExecutor] = []

    class Noted(ProcessPoolExecutor):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            made.append(self)

    monkeypatch.setattr(parallel, "ProcessPoolExecutor", Noted)
    monkeypatch.setattr(parallel, "tag_batch", tag_or_die)
    return made


def break_pool(pool: ProcessPoolExecutor) -> None:
    """Kill a worker, and return when the pool refuses every further task."""
    next(child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())).kill()
    wait_until(lambda: is_broken(pool), "the pool has noticed that its worker died")


def is_broken(pool: ProcessPoolExecutor) -> bool:
    try:
        pool.submit(int).result()
    except BrokenProcessPool:
        return True
    return False


@pytest.mark.parametrize("after", [1, ENTRIES - 1])
def test_a_worker_that_is_killed_while_rows_are_written_costs_no_entry(
    after: int, pools: list[ProcessPoolExecutor]
) -> None:
    ids = []
    for rows in tagged(batches(), 2, "trickle"):
        ids += [row.values["id"] for row in rows]
        if len(ids) == after:
            break_pool(pools[-1])
    assert ids == list(range(ENTRIES))


@pytest.mark.parametrize("deadly", [0, ENTRIES - 1])
def test_an_entry_that_kills_every_process_fails_alone_and_has_its_row(
    deadly: int, pools: list[ProcessPoolExecutor]
) -> None:
    found = [row.values for rows in tagged(batches(deadly), 2, "trickle") for row in rows]
    assert [values["id"] for values in found] == [DEADLY if number == deadly else number for number in range(ENTRIES)]
    assert [number for number, values in enumerate(found) if values["status"] != "tagged"] == [deadly]
    assert found[deadly]["reason"] == f"line {deadly}: the process that tagged it died"
    assert len(pools) > 1
