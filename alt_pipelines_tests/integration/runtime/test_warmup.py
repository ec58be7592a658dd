"""A request to warm reaches every worker process, and only those that are there are waited for."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from alt_pipelines.database import embedded
from alt_pipelines.runtime import store, warmup


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

    monkeypatch.setattr(warmup.socket, "gethostname", lambda: threading.current_thread().name)
    threading.Thread(target=warmup.answer_requests, args=(url, warm), name=name, daemon=True).start()


def listening(engine: Engine, sessions: int) -> None:
    """Wait until so many sessions listen."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alt-warmup' AND query LIKE 'LISTEN%%'"
            ).scalar_one()
        if found >= sessions:
            return
        time.sleep(0.05)
    pytest.fail("nobody listens")


def test_without_worker_processes_the_warmup_does_not_wait(url: str) -> None:
    started = time.monotonic()
    assert warmup.warm_workers(url, ["a"], seconds=20) == (0, 0, 0)
    assert time.monotonic() - started < 10


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
        found = warmup.warm_workers(url, sentences, seconds=20)
        assert (found.processes, found.answered) == (2, 2)
        assert found.batches % 4 == 0
        assert first == second == [sentence[: warmup.SENTENCE_CHARACTERS] for sentence in sentences]

        store.announce(three, "recap")
        found = warmup.warm_workers(url, ["once more"], seconds=2)
        assert (found.processes, found.answered) == (3, 2)
