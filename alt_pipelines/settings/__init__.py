"""Read the environment variables into typed, validated settings. No other room reads them directly.

Each group is a frozen model. An invalid value raises `SettingsError`; its text names the variable, its value and the
allowed values, and never contains a secret.

To add a setting, add a field to the group it belongs to (`tagging`, `recap`, `embedding`, `databases`, `processes`):

    max_tags: int = env("TAG_MAX_TAGS", default=10, ge=1, le=50, description="Most tags per article.")

then run `alt-pipelines settings --write docs/settings.md`. Add a setting that deployments change to compose.yaml and
deploy/kubernetes/configuration.yaml too.

Scope: reading, checking and describing settings. Out of scope: anything that acts on a setting.
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
from alt_pipelines.settings.shipped_files import PROJECT_ROOT, resources, usable_home
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
    "usable_home",
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
        """The identifier of this installation: its name, else 12 hex digits of a hash of host and home folder."""
        place = f"{socket.gethostname()}:{self.execution.home.resolve()}"
        return self.edge.installation or hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]

    @property
    def dagster_ui_url(self) -> str:
        """The address of Dagster's UI for people, without a trailing slash."""
        return (self.edge.dagster_ui_url or self.execution.webserver_url).rstrip("/")

    @property
    def public_url(self) -> str:
        """The address of the adapter's pages for people, without a trailing slash."""
        return (self.edge.public_url or self.server.url).rstrip("/")

    @staticmethod
    def environment() -> Mapping[str, str]:
        """Return the environment variables of this process, for callers that read a single group."""
        return os.environ

    @staticmethod
    def remove_from_environment(prefix: str) -> None:
        """Remove the variables that begin with `prefix` from this process, so that no library reads them."""
        for name in [name for name in os.environ if name.startswith(prefix)]:
            del os.environ[name]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read every group and report all problems together.

        Raises:
            SettingsError: has one sentence per invalid variable.
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
        """Return the groups by attribute name."""
        models = {name: info.annotation for name, info in cls.model_fields.items()}
        return {name: model for name, model in models.items() if isinstance(model, type)}

    @classmethod
    def variables(cls) -> frozenset[str]:
        """Return every environment variable that a setting reads."""
        fields = [field for group in cls.group_models().values() for field in group.model_fields.values()]
        return frozenset(name for field in fields for name in variables_of(field))

    @classmethod
    def describe(cls, environ: Mapping[str, str] | None = None) -> Iterator[Group]:
        """Yield every group of settings with bounds, meanings and values in `environ`; secrets are hidden.

        Raises:
            SettingsError: a value is invalid.
        """
        source = cls.environment() if environ is None else environ
        read = cls.from_environment(source)
        return groups(cls.group_models(), source, {name: getattr(read, name) for name in cls.model_fields})

    @classmethod
    def without_effect(cls, environ: Mapping[str, str] | None = None) -> list[str]:
        """Return one sentence per variable that is set and has no effect: old services' names and misspelled ones."""
        return without_effect(cls.environment() if environ is None else environ, cls.variables())
