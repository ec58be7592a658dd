"""Warming: a few sentences through the embedder of this process and of every worker process."""

from collections.abc import Sequence

import anyio.to_thread
import structlog
from psycopg2 import Error as DriverError
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import dagster_url
from alt_pipelines.runtime.warmup import Warmed, warm_workers
from alt_pipelines.settings import Settings
from api.inference import Models
from api.schemas import WarmupResponse

log = structlog.get_logger(__name__)

DEFAULT_SENTENCES = (
    "The ministry tightened export rules for advanced chips on Monday.",
    "政府は月曜日、先端半導体の輸出規制を強化した。",
)

# A process that has just been started loads its models before it answers.
WORKER_SECONDS = 30.0


class Warmup:
    """Warms the processes of an installation. The adapter's other processes have loaded their models at their start."""

    def __init__(self, settings: Settings, models: Models) -> None:
        self._settings = settings
        self._models = models

    async def run(self, sentences: Sequence[str]) -> WarmupResponse:
        """Embed the sentences (two of our own when there are none). `warmed` is false when a worker did not answer."""
        texts = [sentence for sentence in sentences if sentence.strip()] or list(DEFAULT_SENTENCES)
        own = await self._models.embed(texts)
        workers = await anyio.to_thread.run_sync(self._warm_workers, texts)
        log.info("warmed", own_batches=own, **({} if workers is None else workers._asdict()))
        return WarmupResponse(
            warmed=workers is not None and workers.answered >= workers.processes,
            batches=own + (workers.batches if workers else 0),
            backend=self._models.state.backend,
        )

    def _warm_workers(self, texts: Sequence[str]) -> Warmed | None:
        try:
            url = dagster_url(self._settings).update_query_dict({"connect_timeout": "5"})
            return warm_workers(url.render_as_string(hide_password=False), texts, WORKER_SECONDS)
        except (DBAPIError, DriverError) as error:
            log.warning("workers_not_warmed", error=type(error).__name__)
            return None
