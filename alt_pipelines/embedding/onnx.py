"""A text encoder run by onnxruntime: tokens, batches of similar length, mean over real tokens, unit length.

Works for the shipped models and for any other text encoder: input names, integer type and outputs are read from the
model. Throughput comes from small batches (`batching`) and from running `inter_op_threads` of them side by side, each
in its own thread: the threads then meet once per call instead of after every matrix product. Two threads were 1.3 times
as fast this way as with onnxruntime's own division of each product (`intra_op_threads`).

Nothing is loaded before the first `encode` or `load_shared`. A forked process opens its own session, because the
threads and locks of the parent's session do not exist there.

Out of scope: choosing a model (`factory`, `router`) and caching vectors (`cache`).
"""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from alt_pipelines.embedding.batching import TokenIds, batches, load_tokenizer, masked_mean, pad, tokenize, unit_rows
from alt_pipelines.embedding.model_folder import REBUILD, ModelFolder, find_model
from alt_pipelines.embedding.protocol import BackendName, EmbeddingError, ModelFileError, Vectors, check_languages
from alt_pipelines.embedding.unigram import Pieces, UnigramTokenizer
from alt_pipelines.memory import give_back_memory
from alt_pipelines.settings import EmbeddingSettings

FOR_PHRASES = "for_phrases"  # optional input of a model with phrase layers: true for their output

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class OnnxSession:
    """An open model, valid only in the process that opened it.

    Attributes:
        run: onnxruntime's `run(output names, feeds)`.
        inputs: names of the inputs that the model takes.
        integers: their type.
        output: name of the output to read.
        pooled: the output is one vector per text, not one per token.
        dimension: length of a vector.
        has_phrase_input: the model has the input `FOR_PHRASES`.
    """

    run: Any
    inputs: tuple[str, ...]
    integers: type[np.signedinteger[Any]]
    output: str
    pooled: bool
    dimension: int
    has_phrase_input: bool


def open_session(folder: ModelFolder, settings: EmbeddingSettings) -> OnnxSession:
    """Open a model in this process and read its inputs and outputs.

    Raises:
        ModelFileError: onnxruntime cannot read the file, or it is not a text encoder.
        EmbeddingError: a provider of TAG_ONNX_RUNTIME_PROVIDERS is not available here.
    """
    import onnxruntime

    missing = set(settings.providers) - set(onnxruntime.get_available_providers())
    if missing:
        raise EmbeddingError(
            f"TAG_ONNX_RUNTIME_PROVIDERS names {', '.join(sorted(missing))}, but this onnxruntime has only "
            f"{', '.join(onnxruntime.get_available_providers())}."
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = settings.intra_op_threads
    options.log_severity_level = 3
    # Spinning threads would take cores from the other workers on the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not exact_products():
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        session = onnxruntime.InferenceSession(
            str(folder.model),
            options,
            providers=list(settings.providers),
            disabled_optimizers=list(folder.fusions_off) or None,
        )
    except Exception as error:  # onnxruntime's exceptions share no base class
        raise ModelFileError(f"{folder.model} cannot be opened by onnxruntime ({error}). {REBUILD}") from error
    give_back_memory()
    inputs = {node.name: node for node in session.get_inputs()}
    unknown = set(inputs) - {"input_ids", "attention_mask", "token_type_ids"}
    if unknown or "input_ids" not in inputs:
        raise ModelFileError(
            f"{folder.model} takes the inputs {', '.join(inputs)}; a text encoder takes input_ids, attention_mask and "
            "optionally token_type_ids."
        )
    output = _choose_output(session.get_outputs(), folder)
    return OnnxSession(
        run=session.run,
        inputs=tuple(inputs),
        integers=np.int32 if inputs["input_ids"].type == "tensor(int32)" else np.int64,
        output=output.name,
        pooled=len(output.shape) == 2,
        dimension=int(output.shape[-1]),
        has_phrase_input=any(node.name == FOR_PHRASES for node in session.get_overridable_initializers()),
    )


def _choose_output(outputs: list[Any], folder: ModelFolder) -> Any:
    """The output to read: a pooled `sentence_embedding` where the model offers it, else the states of the tokens."""
    by_name = {node.name: node for node in outputs}
    chosen = by_name.get("sentence_embedding") or by_name.get("last_hidden_state") or outputs[0]
    if len(chosen.shape) not in (2, 3) or not isinstance(chosen.shape[-1], int):
        raise ModelFileError(
            f"{folder.model} gives {chosen.name} of shape {chosen.shape}; a text encoder gives (texts, tokens, size) "
            "or (texts, size)."
        )
    return chosen


class OnnxEmbedder:
    """One ONNX encoder.

    Args:
        path: the model file, or a folder that holds it (see `model_folder.find_model`).
        settings: threads, providers, limits of a batch, longest text in tokens.

    Raises:
        ModelFileError: there is no complete model at `path`.
    """

    def __init__(self, path: Path, settings: EmbeddingSettings) -> None:
        self.folder: ModelFolder = find_model(path)
        self._settings = settings
        self._max_length = min(settings.max_length, self.folder.max_length or settings.max_length)
        self._process = os.getpid()
        self._loading = threading.Lock()
        self._session: OnnxSession | None = None

    @property
    def model_id(self) -> str:
        """As in the manifest; the folder's name where there is none."""
        return self.folder.model_id

    @property
    def backend(self) -> BackendName:
        """Always "onnx"."""
        return "onnx"

    @property
    def dimension(self) -> int:
        """Length of a vector; a model without a manifest is opened to read it."""
        return self.folder.dimension or self._open().dimension

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; for models with centres, the language selects the centre that is subtracted."""
        check_languages(texts, languages)
        session = self._open()
        vectors = np.zeros((len(texts), session.dimension), dtype=np.float32)
        rows, tokens = tokenize(self._tokenizer(), texts, self.folder.prefix, self._max_length)
        groups = list(batches([len(t) for t in tokens], self._settings.batch_size, self._settings.max_batch_tokens))

        def compute(group: list[int]) -> None:
            pooled = self._run(session, [tokens[i] for i in group])
            vectors[[rows[i] for i in group]] = pooled

        self._side_by_side(compute, groups)
        return self._centred(vectors, rows, languages) if self.folder.centres else vectors

    @property
    def phrase_layers(self) -> str | None:
        """Fingerprint of the model's phrase layers, by its manifest; with None, `pieces` and `phrase_states` cannot be
        called. Opens no file.
        """
        return self.folder.phrase_layers

    def pieces(self, text: str) -> Pieces:
        """Tokenize a text of any length, and record where each token begins (see `phrase_layers`).

        Raises:
            ModelFileError: the tokenizer cannot be read, or is of another kind.
        """
        return self._unigram().pieces(text)

    def phrase_states(self, sequences: Sequence[Sequence[int]]) -> list[Vectors]:
        """Return the states of tokens after the phrase layers, (tokens, dimension) per sequence (see `phrase_layers`).

        Each sequence is run alone, after the model's prefix.

        Raises:
            ModelFileError: the model or its tokenizer is not the one that the manifest describes.
            EmbeddingError: the model cannot be loaded or run.
        """
        session = self._open()
        if not session.has_phrase_input:
            raise ModelFileError(
                f"{self.folder.model} has no input {FOR_PHRASES}, but its manifest names phrase layers. {REBUILD}"
            )
        before, after = self.special_ids()

        def compute(sequence: Sequence[int]) -> Vectors:
            read = [*before, *sequence, *after]
            states, _ = self._states(session, [read], for_phrases=True)
            return states[0, len(before) : len(read) - len(after)]

        return self._side_by_side(compute, sequences)

    def special_ids(self) -> tuple[list[int], list[int]]:
        """Return the token ids before and after each sequence of `phrase_states`: special ones and the model's prefix.

        Raises:
            ModelFileError: the tokenizer cannot be read, or is of another kind.
        """
        tokenizer = self._unigram()
        return [*tokenizer.before, *tokenizer.pieces(self.folder.prefix.rstrip()).ids], [*tokenizer.after]

    def _side_by_side(self, compute: Callable[[_Part], _Result], parts: Sequence[_Part]) -> list[_Result]:
        """Return the result of each part, in order; `inter_op_threads` parts are computed at a time."""
        threads = min(self._settings.inter_op_threads or available_cores(), len(parts))
        if threads <= 1:
            return [compute(part) for part in parts]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(compute, parts))

    def _run(self, session: OnnxSession, sequences: list[list[int]]) -> Vectors:
        states, mask = self._states(session, sequences)
        return unit_rows(states if session.pooled else masked_mean(states, mask))

    def _states(
        self, session: OnnxSession, sequences: list[list[int]], *, for_phrases: bool = False
    ) -> tuple[Vectors, TokenIds]:
        """Return the model's output for padded sequences, and their mask."""
        ids, mask = pad(sequences, filler=0)
        feeds: dict[str, TokenIds] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        called: dict[str, Any] = {name: feeds[name].astype(session.integers, copy=False) for name in session.inputs}
        if for_phrases:
            called[FOR_PHRASES] = np.array([True])
        try:
            (output,) = session.run([session.output], called)
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise EmbeddingError(f"{self.folder.model} failed on a batch of shape {ids.shape}: {error}") from error
        return np.asarray(output, dtype=np.float32), mask

    def _centred(self, vectors: Vectors, rows: list[int], languages: Sequence[str] | None) -> Vectors:
        """Subtract each text's language centre. Method: the mean removal of Mu & Viswanath 2018, "All-but-the-Top"."""
        if rows:
            centres = [self.folder.centre(languages[row] if languages is not None else None) for row in rows]
            vectors[rows] = unit_rows(vectors[rows] - np.stack([c for c in centres if c is not None]))
        return vectors

    def load_shared(self) -> None:
        """Load the tokenizer, which forked processes share. Opens no session."""
        self._tokenizer()

    def _tokenizer(self) -> Any:
        return load_tokenizer(self.folder.tokenizer, self._max_length)

    def _unigram(self) -> UnigramTokenizer:
        tokenizer = self._tokenizer()
        if not isinstance(tokenizer, UnigramTokenizer):
            raise ModelFileError(
                f"{self.folder.tokenizer} is not the Unigram tokenizer that a model with phrase layers requires. "
                f"{REBUILD}"
            )
        return tokenizer

    def _open(self) -> OnnxSession:
        if (
            self._process != os.getpid()
        ):  # a fork: the session is the parent's, and one of its threads may hold the lock
            self._process, self._loading, self._session = os.getpid(), threading.Lock(), None
        if self._session is None:
            with self._loading:
                self._session = self._session or open_session(self.folder, self._settings)
        return self._session


def exact_products(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor multiplies uint8 by int8 without overflow, because it has VNNI instructions.

    Without them, onnxruntime has to be told to use exact products (`session.x64quantprecision`). With them that option
    changes no vector and doubles the time: 0.25 instead of 0.12 CPU ms per token with MiniLM, 0.50 instead of 0.23 with
    e5. False where it is unknown.
    """
    try:
        lines = cpuinfo.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    flags = next((line.split(":", 1)[1].split() for line in lines if line.startswith("flags") and ":" in line), [])
    return "avx512_vnni" in flags or "avx_vnni" in flags


def available_cores() -> int:
    """Number of cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
