"""Warm every worker process on request, through NOTIFY in Dagster's Postgres.

The broker is not used, because each of its messages reaches one process only. Each worker process listens on a channel
in a thread with its own session and embeds the received sentences, even while it executes a run. It answers on a second
channel. The requester compares the answers with the live processes (`store.live_workers`).

What a process loads at its start is in `preload`.
"""

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import structlog
from psycopg2 import Error as DriverError
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import dagster_url
from alt_pipelines.runtime import store
from alt_pipelines.runtime.process_names import process_name
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

ASKED, ANSWERED = "alt_warmup", "alt_warmup_answer"
RECONNECT_SECONDS = 5.0
WORKER_SECONDS = 30.0  # a process that has just started loads its models before it answers
LISTEN_SECONDS = 60.0  # the longest wait of an idle session for a notification

# A notification holds at most 8000 bytes. An encoder reads no more characters of a sentence than this.
SENTENCE_CHARACTERS = 1000
PART_BYTES = 7000

Warm = Callable[[list[str]], int]
"""Embeds sentences and returns the number of batches."""


class Warmed(NamedTuple):
    """The outcome of a request: live processes, processes that answered in time, and the sum of their batches."""

    processes: int
    answered: int
    batches: int


def warm_installation(settings: Settings, sentences: Sequence[str]) -> Warmed | None:
    """Have every live worker process embed the sentences. Returns None if Dagster's database does not answer."""
    try:
        url = dagster_url(settings).update_query_dict({"connect_timeout": "5"})
        return warm_workers(url.render_as_string(hide_password=False), sentences, WORKER_SECONDS)
    except (DBAPIError, DriverError) as error:
        log.warning("worker_warmup_failed", error=type(error).__name__)
        return None


def listen_in_background(url: str, warm: Warm) -> None:
    """Start a thread that answers warm-up requests until the process ends. Call it after the fork."""
    threading.Thread(target=answer_requests, args=(url, warm), name="warmup", daemon=True).start()


def warm_workers(url: str, sentences: Sequence[str], seconds: float) -> Warmed:
    """Have every live worker process embed the sentences, and wait at most `seconds` for the answers.

    Raises:
        DBAPIError, psycopg2.Error: Dagster's database does not answer.
    """
    request = uuid.uuid4().hex
    answers: dict[str, int] = {}
    deadline = time.monotonic() + seconds
    engine = store.lease_engine(url, "alt-warmup")
    with engine.connect() as session:
        expected = sum(store.live_workers(session).values())
        if not expected:
            return Warmed(0, 0, 0)
        store.listen(session, ANSWERED)
        for part in _parts(request, sentences):
            store.notify(session, ASKED, part)
        while len(answers) < expected and time.monotonic() < deadline:
            for payload in store.notices(session, deadline - time.monotonic()):
                answer = json.loads(payload)
                if answer["id"] == request:
                    answers[answer["process"]] = answer["batches"]
    return Warmed(expected, len(answers), sum(answers.values()))


def _parts(request: str, sentences: Sequence[str]) -> Iterator[str]:
    groups: list[list[str]] = [[]]
    size = 0
    for sentence in sentences:
        cut = sentence[:SENTENCE_CHARACTERS]
        length = len(json.dumps(cut, ensure_ascii=False).encode()) + 2
        if groups[-1] and size + length > PART_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(cut)
        size += length
    for number, group in enumerate(groups):
        message = {"id": request, "last": number == len(groups) - 1, "sentences": group}
        yield json.dumps(message, ensure_ascii=False)


def answer_requests(url: str, warm: Warm) -> None:
    """Answer warm-up requests until the process ends."""
    engine = store.lease_engine(url, "alt-warmup")
    while True:
        try:
            with engine.connect() as session:
                store.listen(session, ASKED)
                batches: dict[str, int] = {}
                while True:
                    for payload in store.notices(session, LISTEN_SECONDS):
                        _answer(session, json.loads(payload), batches, warm)
        except (DBAPIError, DriverError) as error:
            log.warning("warmup_session_lost", error=type(error).__name__)
        except Exception:
            log.exception("warmup_failed")
        time.sleep(RECONNECT_SECONDS)


def _answer(session: Connection, message: dict[str, Any], batches: dict[str, int], warm: Warm) -> None:
    batches[message["id"]] = batches.get(message["id"], 0) + warm(message["sentences"])
    if message["last"]:
        answer = {"id": message["id"], "process": process_name(), "batches": batches.pop(message["id"])}
        store.notify(session, ANSWERED, json.dumps(answer))
