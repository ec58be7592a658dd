"""Tagging and embedding for requests: in child processes, with a deadline per text.

No text is analysed in the process that answers requests, so no text can block it. The children (`api.child`) load
their models when they start. The first child starts with the adapter, in the background. Until its models are loaded,
`/health` answers `loading`, and requests that need a model wait. If they cannot be loaded, it answers `unavailable`.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import cast

import structlog

from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from api.frames import Deadline, Identity
from api.pool import Pool, PoolLimits

log = structlog.get_logger(__name__)

LOADING, UNAVAILABLE = "loading", "unavailable"

WALL_FACTOR = 3.0
"""Wall-clock seconds allowed per second of CPU time: other processes may compete for the CPU."""

WARMUP = Deadline(wall=120.0, cpu=120.0)

RELOAD_SECONDS = 60.0
"""Time after which models that could not be loaded are tried again."""


class Models:
    """The tag extractor and the encoder, behind a pool of children."""

    def __init__(self, settings: Settings) -> None:
        edge = settings.edge
        limits = PoolLimits(children=edge.text_processes, memory_mb=settings.execution.memory_per_process_mb)
        self._pool = Pool(settings, limits, first="load")
        self._pool.on_start = self._started
        self._deadline = Deadline(WALL_FACTOR * edge.text_seconds, edge.text_seconds)
        self._loading: asyncio.Task[None] | None = None
        self.state = Identity(LOADING, LOADING)

    def start_loading(self) -> None:
        """Start the first child, without waiting."""
        self._loading = asyncio.create_task(self._load(), name="load-models")

    async def stop(self) -> None:
        """End the children."""
        if self._loading is not None:
            self._loading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loading
        await self._pool.stop()

    async def extract(self, article: RawArticle) -> Extraction:
        """Tag one article.

        Raises:
            TaskTimeout: the deadline has passed.
            PoolBusy, ChildLost: no child was available, or the child died.
        """
        return cast(Extraction, await self._pool.run("extract", article, deadline=self._deadline))

    async def embed(self, sentences: Sequence[str]) -> int:
        """Embed sentences and drop the vectors, once the models are loaded; returns the number of batches."""
        return cast(int, await self._pool.run("embed", list(sentences), deadline=WARMUP, patient=True))

    async def _load(self) -> None:
        while self.state.model_id in (LOADING, UNAVAILABLE):  # a request, too, starts a child that loads them
            try:
                await self._pool.run("load", deadline=WARMUP)
            except Exception:  # requests that need no model are still served; those that need one raise the same error
                self.state = Identity(UNAVAILABLE, UNAVAILABLE)
                log.exception("models_not_loaded")
                await asyncio.sleep(RELOAD_SECONDS)
            else:
                return

    def _started(self, identity: Identity) -> None:
        self.state = identity
        log.info("models_loaded", model_id=identity.model_id, backend=identity.backend)
