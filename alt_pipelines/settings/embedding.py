"""Settings of the sentence encoder."""

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationInfo, field_validator

from alt_pipelines.settings.reading import CommaSeparated, SettingsGroup, env
from alt_pipelines.settings.shipped_files import resources


class EmbeddingSettings(SettingsGroup):
    """Sentence embedding: model, device and batch size."""

    # Declared before `backend`, whose validator reads it.
    allow_hash: bool = env(
        "RECAP_SUBWORKER_ALLOW_HASH_BACKEND",
        default=False,
        description="Confirms the backend `hash`, which old deployments set by default. If false, `hash` is ignored "
        "and reported.",
    )
    backend: Literal["onnx", "sentence-transformers", "distill", "hash"] = env(
        "RECAP_SUBWORKER_MODEL_BACKEND",
        default="onnx",
        description="Engine of the sentence encoder. `hash` returns random vectors, for tests only, and requires "
        "`RECAP_SUBWORKER_ALLOW_HASH_BACKEND`. `sentence-transformers` and `distill` require the extra `torch`.",
    )
    model_path: Path | None = env(
        "TAG_ONNX_MODEL_PATH",
        default=None,
        description="ONNX model (file or folder) to use for every language instead of the shipped models.",
    )
    models_dir: Path = env(
        "ALT_PIPELINES_MODELS",
        default=resources() / "models",
        shown_default="`models/` of the installation",
        description="Folder of the shipped models.",
    )
    sentence_transformers_model: str = env(
        "RECAP_SUBWORKER_MODEL_ID",
        default="BAAI/bge-m3",
        description="Model id or folder for the backend `sentence-transformers`.",
    )
    distill_model: str | None = env(
        "RECAP_SUBWORKER_DISTILL_MODEL_ID",
        "DISTILL_MODEL_ID",
        default=None,
        description="Model id or folder for the backend `distill`.",
    )
    device: str = env(
        "RECAP_SUBWORKER_DEVICE", default="cpu", description="Device of the PyTorch backends, for example `cuda`."
    )
    batch_size: int = env(
        "RECAP_SUBWORKER_BATCH_SIZE",
        "TAG_ONNX_RUNTIME_BATCH_SIZE",
        default=64,
        ge=1,
        le=4096,
        description="Maximum number of sentences per batch.",
    )
    max_batch_tokens: int = env(
        "TAG_ONNX_MAX_BATCH_TOKENS",
        default=512,
        ge=64,
        description="Maximum number of tokens per batch. At the default, the activations of a layer fit the CPU cache.",
    )
    max_length: int = env(
        "TAG_ONNX_MAX_LENGTH",
        "RECAP_SUBWORKER_ONNX_MAX_LENGTH",
        "RECAP_ONNX_MAX_LENGTH",
        default=256,
        ge=16,
        le=512,
        description="Maximum number of tokens per sentence; longer sentences are cut.",
    )
    cache_size: int = env(
        "RECAP_SUBWORKER_EMBED_CACHE_SIZE",
        default=50_000,
        ge=0,
        description="Number of vectors that a process caches by text. 0 disables the cache.",
    )
    providers: CommaSeparated = env(
        "TAG_ONNX_RUNTIME_PROVIDERS",
        default=("CPUExecutionProvider",),
        description="Execution providers of ONNX Runtime in order of preference, separated by commas.",
    )
    intra_op_threads: int = env(
        "TAG_ONNX_INTRA_OP_THREADS",
        default=1,
        ge=0,
        description="Threads per operator. 0: chosen by ONNX Runtime.",
    )
    inter_op_threads: int = env(
        "TAG_ONNX_INTER_OP_THREADS", default=0, ge=0, description="Batches encoded in parallel. 0: one per core."
    )

    @field_validator("backend", mode="before")
    @classmethod
    def _backend_of_old_deployments(cls, backend: Any, others: ValidationInfo) -> Any:
        """Ignore backends that old deployments set by default and that would degrade results (see `old_services`)."""
        ignored = backend == "ollama-remote" or (backend == "hash" and not others.data.get("allow_hash", False))
        return "onnx" if ignored else backend
