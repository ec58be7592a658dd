"""The composition root: builds the resources of a process from the settings, each on first use.

One `Platform` per process holds the engines of both databases, the embedder and the tag extractor. A warm worker
creates each once, and later runs reuse it. After a fork the child starts with none of them, because connections and
inference sessions do not survive a fork.

Scope: construction and lifetime. Out of scope: any behaviour; packages receive the resources as arguments.
"""

import gc
import os
import weakref
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import alt_url, make_engine, recap_url
from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder, EmbeddingError
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.runtime.serving import Factory, Handler
from alt_pipelines.runtime.supervised import SupervisedChild
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.words.dictionaries import keep_in as keep_dictionaries
from alt_pipelines.tagging.processes.isolated import IsolatedExtractor, handler

if TYPE_CHECKING:
    from alt_pipelines.tagging.extraction.extractor import TagExtractor

log = structlog.get_logger(__name__)

EXTRACTOR_MODULES = ("alt_pipelines.platform", "alt_pipelines.tagging.extraction.loading:warm_up")
"""What the extractor's process imports before it loads models; everything in it can be shared by forked processes."""


class Platform:
    """Engines and models of one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def for_process(cls, settings: Settings) -> Self:
        """Return a platform for a process that forks: each forked child starts with no resources."""
        made = cls(settings)
        known = weakref.ref(made)

        def forget_in_child() -> None:
            if (platform := known()) is not None:
                platform.forget()

        os.register_at_fork(after_in_child=forget_in_child)
        return made

    @cached_property
    def alt_engine(self) -> Engine:
        """Engine of alt-db (articles, tags)."""
        return make_engine(alt_url(self.settings), self.settings.pool)

    @cached_property
    def recap_engine(self) -> Engine:
        """Engine of recap-db (runs, learning, graph)."""
        return make_engine(recap_url(self.settings), self.settings.pool)

    @cached_property
    def embedder(self) -> Embedder:
        """The sentence encoder; loading it takes about half a second."""
        return load_embedder(self.settings.embedding)

    @cached_property
    def encoder(self) -> Embedder | None:
        """The sentence encoder, or None if its model is missing: tagging works without one."""
        try:
            return self.embedder
        except EmbeddingError as error:
            log.warning("tagging_without_encoder", reason=str(error))
            return None

    @cached_property
    def tag_extractor(self) -> "TagExtractor":
        """The tag extractor with its dictionaries. Without a model it logs a warning and runs only its first pass."""
        from alt_pipelines.tagging.extraction.extractor import TagExtractor  # most processes never tag

        return TagExtractor(self.settings.tagging, self.encoder)

    @cached_property
    def isolated_extractor(self) -> IsolatedExtractor:
        """The tag extractor of runs: child processes with a deadline per article. Loads no model in this process."""
        memory = self.settings.execution.memory_per_process_mb
        child: SupervisedChild[Any, Any] = SupervisedChild(
            Factory(tag_handler, (self.settings,)), EXTRACTOR_MODULES, memory, self.settings.tagging.idle_seconds
        )
        more = [child.sibling() for _ in range(self.settings.tagging.extractors - 1)]
        return IsolatedExtractor(child, self.settings.tagging, more)

    def close(self) -> None:
        """Close the connections and end the extractor's process. Models are freed with this object."""
        extractor: Any = self.__dict__.pop("isolated_extractor", None)
        if isinstance(extractor, IsolatedExtractor):
            extractor.close()
        for name in ("alt_engine", "recap_engine"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose()

    def forget(self) -> None:
        """Drop every resource without closing it. A forked child calls this: its parent still uses the connections."""
        for name in ("alt_engine", "recap_engine"):
            engine: Any = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose(close=False)
        for name in ("embedder", "encoder", "tag_extractor", "isolated_extractor"):
            self.__dict__.pop(name, None)


def tag_handler(settings: Settings) -> Handler:
    """Build the handler of the isolated extractor's child process, with an extractor and models of its own."""
    configure_logging(settings.logging)
    gc.set_threshold(100_000, 20, 100)  # articles leave few cycles; the default thresholds cost a sixth of the CPU time
    keep_dictionaries(settings.execution.home.resolve())
    platform = Platform(settings)
    return handler(platform.tag_extractor, platform.encoder)
