"""Options of a stack, from the command line or a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alt_pipelines.runtime.queues import QUEUES, Queue


@dataclass(frozen=True)
class StackOptions:
    """Options that change the default stack: other definitions (tests), fewer parts, processes per worker group."""

    definitions: str = "alt_pipelines.definitions"
    models: bool = True
    adapter: bool = True
    webserver_port: int = 3000
    adapter_port: int | None = None
    recap_port: int | None = None  # by default RECAP_SUBWORKER_PORT, else the old recap-subworker's
    code_server_port: int | None = None  # by default ALT_CODE_SERVER_PORT
    worker_groups: Mapping[str, Queue] = field(default_factory=lambda: {f"{queue} worker": queue for queue in QUEUES})
    processes: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
