"""From settings to the encoder of this process: backend, models, fallback, router and cache.

English goes to MiniLM and every other language to multilingual-e5-small, because the English model is better and twice
as fast on English and cannot read Japanese. How a text finds its route is `router`'s; which models there are is decided
here.
"""

from pathlib import Path

import structlog

from alt_pipelines.embedding import sentence_transformers as torch_backend
from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.model_folder import find_model, verify_checksums
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import Embedder, EmbeddingError, ModelFileError
from alt_pipelines.embedding.router import LanguageRouter
from alt_pipelines.embedding.sentence_transformers import SentenceTransformersEmbedder
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines.text.language import detect

log = structlog.get_logger(__name__)

# The shipped models, by the folder's name under `models_dir`.
ENGLISH = "all-MiniLM-L6-v2"
MULTILINGUAL = "multilingual-e5-small"


def load_embedder(settings: EmbeddingSettings) -> Embedder:
    """Return the encoder of the settings, with a cache around it unless `cache_size` is 0.

    Cheap: it checks that the files exist and opens them at first use. When backend is `onnx` and a model file is
    missing, a SentenceTransformer on this machine replaces it if the extra is installed, with a warning; `backend` and
    `model_id` always name what ran. Only the backend `sentence-transformers` asks the hub.

    Raises:
        ModelFileError: no ONNX model and no fallback.
        EmbeddingError: the requested model cannot be loaded.
    """
    encoder = _load(settings)
    return CachedEmbedder(encoder, settings.cache_size) if settings.cache_size else encoder


def load_sentence_transformer(settings: EmbeddingSettings, *, download: bool = True) -> SentenceTransformersEmbedder:
    """Return the torch encoder of the settings, whatever their backend; KeyBERT takes its `.model`.

    Raises:
        EmbeddingError: the extra is not installed, or the model cannot be loaded.
    """
    return SentenceTransformersEmbedder(settings.sentence_transformers_model, settings, download=download)


def preload_before_fork(settings: EmbeddingSettings) -> None:
    """Load what forked processes can share: 300 MB per process with the shipped models.

    Safe before a fork: it opens no session and starts no thread. It does nothing for other backends or when model
    files are missing; `load_embedder` reports those.
    """
    if settings.backend != "onnx":
        return
    try:
        for path in model_paths(settings):
            OnnxEmbedder(path, settings).load_shared()
    except ModelFileError as missing:
        log.info("models_not_preloaded", reason=str(missing))


def verify_models(settings: EmbeddingSettings) -> list[str]:
    """Return the problems of the ONNX models in the settings, each a sentence with its remedy; [] if there are none.

    Reads every byte of every file, so it is meant for `doctor` and tests, not for start-up.
    """
    problems = []
    for path in model_paths(settings):
        try:
            problems += verify_checksums(find_model(path))
        except ModelFileError as error:
            problems.append(str(error))
    return problems


def _load(settings: EmbeddingSettings) -> Embedder:
    if settings.backend == "hash":
        return HashingEmbedder()
    if settings.backend == "sentence-transformers":
        return load_sentence_transformer(settings)
    if settings.backend == "distill":
        if not settings.distill_model:
            raise EmbeddingError("RECAP_SUBWORKER_MODEL_BACKEND is 'distill', so DISTILL_MODEL_ID must name the model.")
        return SentenceTransformersEmbedder(settings.distill_model, settings)
    try:
        return _load_onnx(settings)
    except ModelFileError as missing:
        return _fallback_for_onnx(settings, missing)


def model_paths(settings: EmbeddingSettings) -> list[Path]:
    """Return the named model, or the English and the multilingual model if none, or a folder with both, is named."""
    named = settings.model_path
    if named is not None and not (named / ENGLISH).is_dir():
        return [named]
    folder = named or settings.models_dir
    return [folder / ENGLISH, folder / MULTILINGUAL]


def _load_onnx(settings: EmbeddingSettings) -> Embedder:
    encoders = [OnnxEmbedder(path, settings) for path in model_paths(settings)]
    if len(encoders) == 1:
        return encoders[0]
    english, multilingual = encoders
    return LanguageRouter({"en": english}, default=multilingual, detect=detect)


def _fallback_for_onnx(settings: EmbeddingSettings, missing: ModelFileError) -> Embedder:
    remedy = (
        f"{missing} Or install the fallback with {torch_backend.INSTALL} and name its model in "
        "RECAP_SUBWORKER_MODEL_ID."
    )
    if not torch_backend.is_installed():
        raise ModelFileError(remedy) from missing
    model = settings.sentence_transformers_model
    log.warning("onnx_model_missing", reason=str(missing), model_used=model, device=settings.device)
    try:
        return load_sentence_transformer(settings, download=False)
    except EmbeddingError as error:
        raise ModelFileError(f"{missing} The fallback failed as well: {error}") from error
