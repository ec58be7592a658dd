"""The one place that reads the environment: variables in, typed and checked settings out.

Each group is a frozen model. A wrong value raises `SettingsError`, whose text names the variable, its value and what is
allowed; the value of a secret is never in it.

To add a setting, add a field to the group it belongs to (`tagging`, `recap`, `embedding`, `databases`, `processes`):

    max_tags: int = env("TAG_MAX_TAGS", default=10, ge=1, le=50, description="Most tags per article.")

then run `alt-pipelines settings --write docs/settings.md`. A setting of a deployment also goes into compose.yaml and
deploy/kubernetes/configuration.yaml. Out of scope: anything that acts on a setting.
"""

import hashlib
import os
import socket
from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict

from alt_pipelines.settings.databases import (
    DRIVER,
    AltDatabaseSettings,
    PoolSettings,
    RecapDatabaseSettings,
    postgres_url,
)
from alt_pipelines.settings.edge import EdgeSettings
from alt_pipelines.settings.embedding import EmbeddingSettings
from alt_pipelines.settings.old_services import without_effect
from alt_pipelines.settings.places import PROJECT_ROOT, resources
from alt_pipelines.settings.processes import (
    AlertSettings,
    ExecutionSettings,
    LoggingSettings,
    ServerSettings,
    TracingSettings,
)
from alt_pipelines.settings.reading import SettingsError, SettingsGroup, variables_of
from alt_pipelines.settings.recap import GraphSettings, LearningSettings, RecapSettings
from alt_pipelines.settings.reference import Group, groups
from alt_pipelines.settings.tagging import TaggingSettings

__all__ = [
    "DRIVER",
    "PROJECT_ROOT",
    "AlertSettings",
    "AltDatabaseSettings",
    "EdgeSettings",
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
    "resources",
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
    edge: EdgeSettings = EdgeSettings()
    execution: ExecutionSettings = ExecutionSettings()
    logging: LoggingSettings = LoggingSettings()
    tracing: TracingSettings = TracingSettings()
    alerts: AlertSettings = AlertSettings()

    @property
    def installation(self) -> str:
        """What tells this installation from others: its name, else 12 hex digits from host and home folder."""
        place = f"{socket.gethostname()}:{self.execution.home.resolve()}"
        return self.edge.installation or hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]

    @property
    def dagster_ui_url(self) -> str:
        """Where people find Dagster's UI, without a slash at the end."""
        return (self.edge.dagster_ui_url or self.execution.webserver_url).rstrip("/")

    @staticmethod
    def environment() -> Mapping[str, str]:
        """The variables of this process, for callers that read a single group."""
        return os.environ

    @staticmethod
    def remove_from_environment(prefix: str) -> None:
        """Remove the variables that begin with `prefix` from this process, for a library that reads them itself."""
        for name in [name for name in os.environ if name.startswith(prefix)]:
            del os.environ[name]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read every group; all problems are reported together.

        Raises:
            SettingsError: one sentence per variable that cannot be used.
        """
        source = cls.environment() if environ is None else environ
        read: dict[str, SettingsGroup] = {}
        problems = []
        for name, group in cls.group_models().items():
            try:
                read[name] = group.read(source)
            except SettingsError as error:
                problems.append(str(error))
        if problems:
            raise SettingsError(" ".join(problems))
        return cls(**read)  # type: ignore[arg-type]

    @classmethod
    def group_models(cls) -> dict[str, type[SettingsGroup]]:
        """The groups by attribute name."""
        models = {name: info.annotation for name, info in cls.model_fields.items()}
        return {name: model for name, model in models.items() if isinstance(model, type)}

    @classmethod
    def variables(cls) -> frozenset[str]:
        """Every environment variable that some setting reads."""
        fields = [field for group in cls.group_models().values() for field in group.model_fields.values()]
        return frozenset(name for field in fields for name in variables_of(field))

    @classmethod
    def describe(cls, environ: Mapping[str, str] | None = None) -> Iterator[Group]:
        """Every setting with its bounds, its meaning and its value in `environ`; secrets are hidden.

        Raises:
            SettingsError: a value cannot be used.
        """
        source = cls.environment() if environ is None else environ
        read = cls.from_environment(source)
        return groups(cls.group_models(), source, {name: getattr(read, name) for name in cls.model_fields})

    @classmethod
    def without_effect(cls, environ: Mapping[str, str] | None = None) -> list[str]:
        """A sentence for each variable that is set and read by nothing: old services' names and misspelled ones."""
        return without_effect(cls.environment() if environ is None else environ, cls.variables())
