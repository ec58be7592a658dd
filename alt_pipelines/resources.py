"""The four Dagster resources, with the names, types and descriptions that the UI shows.

    alt_db, recap_db   engines with their connection pools
    encoder            the sentence encoder, loaded when a run first needs it
    tag_extractor      the tag extractor in a supervised child process

Each resource returns a part of the process's `Platform`. A process loads and connects each part once, at its first use;
later runs reuse it.
"""

import dagster as dg
from sqlalchemy.engine import URL, Engine

from alt_pipelines.embedding.lazy import Encoder
from alt_pipelines.platform import Platform
from alt_pipelines.tagging.processes.isolated import IsolatedExtractor


def make_resources(platform: Platform) -> dict[str, dg.ResourceDefinition]:
    """Return the resources by name. Each returns the part that `platform` holds when a run or a tick starts."""
    settings = platform.settings

    def alt_db(_: dg.InitResourceContext) -> Engine:
        return platform.alt_engine

    def recap_db(_: dg.InitResourceContext) -> Engine:
        return platform.recap_engine

    def encoder(_: dg.InitResourceContext) -> Encoder:
        return Encoder(lambda: platform.embedder)

    def tag_extractor(_: dg.InitResourceContext) -> IsolatedExtractor:
        return platform.isolated_extractor

    connections = f"at most {settings.pool.size + settings.pool.overflow} connections per process"
    described = {
        alt_db: "Engine of alt-db: articles, feeds, tags and the outcome of every article. "
        f"{_place(settings.alt_db.url)}; {connections}.",
        recap_db: "Engine of recap-db: genre runs, clusters, learning rows and the tag label graph. "
        f"{_place(settings.recap_db.url)}; {connections}.",
        encoder: "Sentence encoder of clustering and of tagging's second pass. "
        f"Backend `{settings.embedding.backend}`; a process loads the model once, when a run first needs it.",
        tag_extractor: "Tag extractor in a child process, which is replaced when an article exceeds its deadline "
        f"({settings.tagging.article_cpu_seconds:g} s of CPU time). Each process keeps one child.",
    }
    return {
        part.__name__: dg.ResourceDefinition(resource_fn=part, description=description)
        for part, description in described.items()
    }


def _place(url: URL | None) -> str:
    """Describe the database that a URL names, without its password and query."""
    if url is None:
        return "Embedded server of this installation"
    return f"Database `{url.database}` on `{url.host}:{url.port or 5432}` as `{url.username}`"
