"""The models of this process: loaded in the background after the start, used by one thread at a time.

Loading takes from half a second to, for a missing ONNX file, the time the fallback needs. Until then `/health` answers
`loading`, and requests that need a model wait for it.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import anyio.to_thread
import structlog
from anyio import CapacityLimiter

from alt_pipelines.platform import Platform
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

LOADING, UNAVAILABLE = "loading", "unavailable"


class ModelState(NamedTuple):
    """Which model embeds here, and on what."""

    model_id: str
    backend: str


class Models:
    """The tag extractor and the embedder of a process."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._thread = CapacityLimiter(1)  # inference is bound by the processor; two at once only share it
        self._loading: asyncio.Task[None] | None = None
        self.state = ModelState(LOADING, LOADING)

    def start_loading(self) -> None:
        """Begin to load, without waiting."""
        self._loading = asyncio.create_task(self._load(), name="load-models")

    async def stop(self) -> None:
        """Stop waiting for the models."""
        if self._loading is not None:
            self._loading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loading

    async def extract(self, article: RawArticle) -> Extraction:
        """Tags of one article. Its content cannot make this raise; missing models can."""
        (extraction,) = await self._run(lambda: self._platform.tag_extractor.extract([article]))
        return extraction

    async def embed(self, sentences: Sequence[str]) -> int:
        """Embed and forget, so that everything on the way is loaded and compiled; returns in how many batches."""
        await self._run(lambda: self._platform.embedder.encode(list(sentences)))
        return -(-len(sentences) // self._platform.settings.embedding.batch_size)

    async def _load(self) -> None:
        try:
            await self._run(self._load_here)
        except Exception:  # the process serves what needs no model; requests that do will raise the same
            self.state = ModelState(UNAVAILABLE, UNAVAILABLE)
            log.exception("models_not_loaded")
        else:
            log.info("models_loaded", model_id=self.state.model_id, backend=self.state.backend)

    def _load_here(self) -> None:
        embedder = self._platform.embedder
        _ = self._platform.tag_extractor
        self.state = ModelState(embedder.model_id, embedder.backend)

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await anyio.to_thread.run_sync(work, limiter=self._thread)
