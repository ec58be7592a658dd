"""Bodies of the health routes."""

from typing import Literal

from pydantic import BaseModel, Field


class Health(BaseModel):
    """The process is running; `model_id` and `backend` identify the model that it tags with."""

    status: Literal["healthy"] = Field(default="healthy", description="Always `healthy`")
    service: Literal["tag-generator"] = Field(default="tag-generator", description="Always `tag-generator`")
    model_id: str = Field(description="Id of the model; `loading` while it loads, `unavailable` if it cannot be loaded")
    backend: str = Field(
        description="Embedding backend: `onnx`, `sentence-transformers` or `hash`; `loading` or `unavailable` like "
        "model_id"
    )


class Live(BaseModel):
    """The process is running; `installation` identifies the installation that it belongs to."""

    status: Literal["alive"] = Field(default="alive", description="Always `alive`")
    installation: str = Field(description="ALT_PIPELINES_INSTALLATION, or a digest of host name and home folder")


class Component(BaseModel):
    """The state of one component that the service needs."""

    ok: bool = Field(description="Whether the component works")
    detail: str = Field(description="State of the component, or the problem and its remedy")


class Readiness(BaseModel):
    """Whether the service can process new work, and the state of each component."""

    status: Literal["ready", "not_ready"] = Field(description="`ready` if every component works")
    components: dict[str, Component] = Field(
        description="Components by name: alt_db, recap_db, dagster, daemon, workers, tagging"
    )
