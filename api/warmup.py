"""Warming: a few sentences through the embedder of this process and of every worker process."""

from collections.abc import Sequence

from alt_pipelines.settings import Settings
from api.dagster_client import DagsterClient
from api.models import Models
from api.schemas import WarmupResponse

DEFAULT_SENTENCES = (
    "The ministry tightened export rules for advanced chips on Monday.",
    "政府は先端半導体の輸出規制を強化した。",
)


class Warmup:
    """Warms the processes of an installation."""

    def __init__(self, settings: Settings, models: Models, dagster: DagsterClient) -> None:
        self._settings = settings
        self._models = models
        self._dagster = dagster

    async def run(self, sentences: Sequence[str]) -> WarmupResponse:
        """Embed the sentences (a few of our own when there are none)."""
        texts = [sentence for sentence in sentences if sentence.strip()] or list(DEFAULT_SENTENCES)
        await self._models.embed(texts)
        batches = -(-len(texts) // self._settings.embedding.batch_size)
        return WarmupResponse(warmed=True, batches=batches, backend=self._models.state.backend)
