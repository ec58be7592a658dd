"""Children with a deadline: what is late is killed, in native code too, and the next task is served."""

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import psutil
import pytest

from alt_pipelines.settings import EmbeddingSettings, Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from api import pool as pool_module
from api.frames import Deadline, Identity
from api.pool import ChildLost, Pool, PoolBusy, PoolLimits, TaskTimeout
from api.spawning import PipedProcess

pytestmark = pytest.mark.heavy  # starts processes

SETTINGS = Settings(embedding=EmbeddingSettings(backend="hash", allow_hash=True))
LONG = Deadline(wall=120, cpu=120)
GOOD = b'{"title": "Chip export rules", "content": "The ministry tightened export rules."}'


def wrong() -> bytes:
    """Return a body of one document with unknown keys: pydantic needs seconds of CPU to find them all."""
    return b'{"params": {}, "documents": [{' + b",".join(b'"%d":1' % number for number in range(3_000_000)) + b"}]}"


def in_pool(limits: PoolLimits, check: Callable[[Pool], Awaitable[Any]], first: str = "load_schemas") -> Any:
    async def main() -> Any:
        pool = Pool(SETTINGS, limits, first=first)
        try:
            return await check(pool)
        finally:
            await pool.stop()

    return asyncio.run(main())


def children() -> list[psutil.Process]:
    """Children of this test; an adapter that other tests of this process share has its own."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "api.child" in child.cmdline() and child.pid not in _others:
                found.append(child)
    return found


_others: set[int] = set()


@pytest.fixture(autouse=True)
def _leaves_nothing() -> Iterator[None]:
    _others.clear()
    _others.update(child.pid for child in children())
    yield
    assert not children()


@pytest.mark.parametrize("late", [Deadline(wall=120, cpu=0.2), Deadline(wall=0.2, cpu=120)])
def test_a_late_task_is_ended_and_the_next_one_is_served(late: Deadline) -> None:
    async def check(pool: Pool) -> None:
        await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)  # what follows is not about the start
        began = time.monotonic()
        with pytest.raises(TaskTimeout):
            await pool.run("parse", "GenreRunRequest", wrong(), deadline=late)
        assert time.monotonic() - began < LONG.wall
        parsed = await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        assert parsed.title == "Chip export rules"

    in_pool(PoolLimits(), check)


def test_a_child_is_used_again_and_ends_when_it_is_idle_for_long() -> None:
    async def check(pool: Pool) -> None:
        await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        (first,) = children()
        await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        assert children() == [first]
        async with asyncio.timeout(LONG.wall):
            while children():
                await asyncio.sleep(0.1)

    in_pool(PoolLimits(idle_seconds=1.0), check)


def test_a_killed_child_fails_its_task_only() -> None:
    async def check(pool: Pool) -> None:
        await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        task = asyncio.create_task(pool.run("parse", "GenreRunRequest", wrong(), deadline=LONG))
        await asyncio.sleep(0.2)
        children()[0].kill()
        with pytest.raises(ChildLost):
            await task
        assert await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)

    in_pool(PoolLimits(), check)


def test_children_that_died_while_they_were_idle_cost_no_task() -> None:
    async def parse(pool: Pool) -> Any:
        return await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)

    async def check(pool: Pool) -> None:
        await asyncio.gather(parse(pool), parse(pool))
        dead = children()
        assert len(dead) == 2
        for child in dead:
            child.kill()
        async with asyncio.timeout(LONG.wall):
            while any(child.status() != psutil.STATUS_ZOMBIE for child in dead):
                await asyncio.sleep(0.01)
        parsed = await asyncio.gather(parse(pool), parse(pool), parse(pool))
        assert [body.title for body in parsed] == ["Chip export rules"] * 3

    in_pool(PoolLimits(children=2), check)


def test_the_start_of_a_child_is_no_part_of_the_deadline_of_its_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "GRACE_SECONDS", 0.0)
    start = pool_module.spawn

    async def slow(command: Sequence[str]) -> PipedProcess:
        return await start(("sh", "-c", 'sleep 2; exec "$@"', "sh", *command))

    monkeypatch.setattr(pool_module, "spawn", slow)

    async def check(pool: Pool) -> None:
        assert await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=Deadline(wall=1, cpu=1))

    in_pool(PoolLimits(), check)


@pytest.mark.parametrize("first", ["load_schemas", "load"])
@pytest.mark.parametrize("grace", [0.0, 5.0], ids=["of the adapter", "of the kernel"])
def test_a_child_that_is_not_ready_in_time_is_lost_and_no_text_is_blamed(
    first: str, grace: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "START_SECONDS", 0.05)
    monkeypatch.setattr(pool_module, "GRACE_SECONDS", grace)

    async def check(pool: Pool) -> None:
        with pytest.raises(ChildLost):
            await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)

    in_pool(PoolLimits(), check, first=first)


def test_waiting_too_long_for_a_child_is_an_error() -> None:
    async def check(pool: Pool) -> None:
        await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        (child,) = children()
        child.suspend()
        slow = asyncio.create_task(pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG))
        await asyncio.sleep(0.05)  # it has the child
        patient = asyncio.create_task(
            pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG, patient=True)  # as a warm-up is
        )
        with pytest.raises(PoolBusy):
            await pool.run("parse", "ExtractTagsRequest", GOOD, deadline=LONG)
        child.resume()
        assert await slow
        assert await patient

    in_pool(PoolLimits(wait_seconds=0.1), check)


@pytest.mark.heavy
def test_a_loaded_child_has_everything_that_the_first_text_of_a_main_language_needs() -> None:
    """In a process of its own, with the real models."""
    script = """
import sys
from alt_pipelines.embedding.batching import load_tokenizer
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from api.child import Tasks
tasks = Tasks(Settings.from_environment())
tasks.load()
before = set(sys.modules), load_tokenizer.cache_info().misses
for title, text in (("Chip rules", "The ministry of trade tightened export rules for advanced chips on Monday."),
                    ("半導体の規制", "政府は月曜日、先端半導体の輸出規制を強化した。")):
    assert tasks.extract(RawArticle("", title, text)).backend == "features+onnx"
assert load_tokenizer.cache_info().misses == before[1]
print(sorted(set(sys.modules) - before[0]))
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1:] == ["[]"], ended.stdout + ended.stderr[-2000:]


def test_a_text_is_tagged_by_a_child_that_says_which_model_it_has() -> None:
    identities: list[Identity] = []

    async def check(pool: Pool) -> None:
        pool.on_start = identities.append
        text = "The ministry tightened export rules for advanced chips on Monday. Chip makers expect long delays."
        extraction = await pool.run("extract", RawArticle("1", "Chip export rules", text), deadline=LONG)
        assert extraction.status == "tagged"
        assert extraction.tags

    in_pool(PoolLimits(), check, first="load")
    assert [identity.backend for identity in identities] == ["hash"]
