"""How onnxruntime is set up for a text encoder, and how a particular model wants to be called.

Works for the shipped models and for any other text encoder: its inputs, integer type and outputs are read from it.

What belongs here: options of the session, and errors for files that are not what they should be. What does not: texts.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from alt_pipelines.embedding.model_folder import REBUILD, ModelFolder
from alt_pipelines.embedding.protocol import EmbeddingError, ModelFileError
from alt_pipelines.settings import EmbeddingSettings


@dataclass(frozen=True)
class OnnxSession:
    """An open model; of use only to the process that opened it.

    Attributes:
        run: onnxruntime's `run(output names, feeds)`.
        inputs: names of the inputs that the model takes.
        integers: their type.
        output: name of the output to read.
        pooled: the output is one vector per text, not one per token.
        dimension: length of a vector.
    """

    run: Any
    inputs: tuple[str, ...]
    integers: type[np.signedinteger[Any]]
    output: str
    pooled: bool
    dimension: int


def open_session(folder: ModelFolder, settings: EmbeddingSettings) -> OnnxSession:
    """Open a model in this process and read how it is to be called.

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
    # Threads that spin while they wait take the cores from the other workers of the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Without VNNI instructions uint8 by int8 products can overflow; this makes them exact there and changes nothing
    # where they are exact.
    options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        session = onnxruntime.InferenceSession(
            str(folder.model),
            options,
            providers=list(settings.providers),
            disabled_optimizers=list(folder.fusions_off) or None,
        )
    except Exception as error:  # onnxruntime's exceptions share no base class
        raise ModelFileError(f"{folder.model} is no model that onnxruntime can open ({error}). {REBUILD}") from error
    inputs = {node.name: node for node in session.get_inputs()}
    unknown = set(inputs) - {"input_ids", "attention_mask", "token_type_ids"}
    if unknown or "input_ids" not in inputs:
        raise ModelFileError(
            f"{folder.model} takes the inputs {', '.join(inputs)}; a text encoder takes input_ids, attention_mask and "
            "perhaps token_type_ids."
        )
    output = _choose_output(session.get_outputs(), folder)
    return OnnxSession(
        run=session.run,
        inputs=tuple(inputs),
        integers=np.int32 if inputs["input_ids"].type == "tensor(int32)" else np.int64,
        output=output.name,
        pooled=len(output.shape) == 2,
        dimension=int(output.shape[-1]),
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
