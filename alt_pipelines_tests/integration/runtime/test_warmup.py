"""A request to warm reaches every worker process, and only those that are there are waited for."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from alt_pipelines.database import embedded
from alt_pipelines.runtime import store, warmup
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until


@pytest.fixture
def url(postgres: Path) -> str:
    """Dagster's database."""
    return embedded.url(postgres, embedded.DAGSTER_DATABASE).render_as_string(hide_password=False)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Sessions of worker processes."""
    engine = store.lease_engine(url)
    yield engine
    engine.dispose()


def listener(url: str, name: str, heard: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A listening process, as far as the others can tell."""

    def warm(sentences: list[str]) -> int:
        heard.extend(sentences)
        return 2

    monkeypatch.setattr(warmup, "process_name", lambda: threading.current_thread().name)
    threading.Thread(target=warmup.answer_requests, args=(url, warm), name=name, daemon=True).start()


def listening(engine: Engine, sessions: int) -> None:
    """Wait until so many sessions listen."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alt-warmup' AND query LIKE 'LISTEN%%'"

    def found() -> int:
        with engine.connect() as connection:
            return int(connection.exec_driver_sql(query).scalar_one())

    wait_until(lambda: found() >= sessions, "they listen")


def test_without_worker_processes_the_warmup_does_not_wait(url: str, engine: Engine) -> None:
    with engine.connect() as connection:
        wait_until(lambda: not store.workers(connection), "the sessions of other tests have ended")
    started = time.monotonic()
    assert warmup.warm_workers(url, ["a"], seconds=LONG_SECONDS) == (0, 0, 0)
    assert time.monotonic() - started < LONG_SECONDS / 2


def test_every_process_embeds_all_sentences_and_one_that_is_silent_is_noticed(
    url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [f"{number} " + "本" * 1500 for number in range(12)]  # more than one notification holds
    first: list[str] = []
    second: list[str] = []
    with engine.connect() as one, engine.connect() as two, engine.connect() as three:
        store.announce(one, "recap")
        store.announce(two, "tagging")
        listener(url, "first", first, monkeypatch)
        listener(url, "second", second, monkeypatch)
        listening(engine, 2)
        found = warmup.warm_workers(url, sentences, seconds=LONG_SECONDS)
        assert (found.processes, found.answered) == (2, 2)
        assert found.batches % 4 == 0
        assert first == second == [sentence[: warmup.SENTENCE_CHARACTERS] for sentence in sentences]

        store.announce(three, "recap")
        found = warmup.warm_workers(url, ["once more"], seconds=6)
        assert (found.processes, found.answered) == (3, 2)
