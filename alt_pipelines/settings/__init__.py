"""The one place that reads the environment: variables in, typed and checked settings out.

Each group is a frozen model; each field names the variables that set it. Anything wrong raises `SettingsError`, whose
text names the variable, what it was and what is allowed; the value of a secret is never in it.

Here and in the modules beside: names, defaults, bounds. Not here: anything that acts on them.
"""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict

from alt_pipelines.settings.databases import (
    DRIVER,
    AltDatabaseSettings,
    PoolSettings,
    RecapDatabaseSettings,
    postgres_url,
)
from alt_pipelines.settings.processes import ExecutionSettings, LoggingSettings, ServerSettings, TracingSettings
from alt_pipelines.settings.reading import PROJECT_ROOT, SettingsError, SettingsGroup
from alt_pipelines.settings.work import (
    EmbeddingSettings,
    GraphSettings,
    LearningSettings,
    RecapSettings,
    TaggingSettings,
)

__all__ = [
    "DRIVER",
    "PROJECT_ROOT",
    "AltDatabaseSettings",
    "EmbeddingSettings",
    "ExecutionSettings",
    "GraphSettings",
    "LearningSettings",
    "LoggingSettings",
    "PoolSettings",
    "RecapDatabaseSettings",
    "RecapSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "TaggingSettings",
    "TracingSettings",
    "postgres_url",
]


class Settings(BaseModel):
    """All settings of a process."""

    model_config = ConfigDict(frozen=True)

    alt_db: AltDatabaseSettings = AltDatabaseSettings()
    recap_db: RecapDatabaseSettings = RecapDatabaseSettings()
    pool: PoolSettings = PoolSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    tagging: TaggingSettings = TaggingSettings()
    recap: RecapSettings = RecapSettings()
    graph: GraphSettings = GraphSettings()
    learning: LearningSettings = LearningSettings()
    server: ServerSettings = ServerSettings()
    execution: ExecutionSettings = ExecutionSettings()
    logging: LoggingSettings = LoggingSettings()
    tracing: TracingSettings = TracingSettings()

    @staticmethod
    def environment() -> Mapping[str, str]:
        """The variables of this process, for those who read a single group."""
        return os.environ

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read every group; all problems are reported together.

        Raises:
            SettingsError: one sentence per variable that cannot be used.
        """
        source = cls.environment() if environ is None else environ
        groups: dict[str, SettingsGroup] = {}
        problems = []
        for name, info in cls.model_fields.items():
            group = info.annotation
            assert isinstance(group, type)
            assert issubclass(group, SettingsGroup)
            try:
                groups[name] = group.read(source)
            except SettingsError as error:
                problems.append(str(error))
        if problems:
            raise SettingsError(" ".join(problems))
        return cls(**groups)  # type: ignore[arg-type]
