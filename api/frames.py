"""The frames between the adapter and its child processes: a length (4 bytes, big-endian) and a pickle."""

import pickle
import struct
from typing import Any, BinaryIO, NamedTuple

HEADER = struct.Struct(">I")


class Deadline(NamedTuple):
    """Seconds allowed for a task: wall-clock time, and CPU time of the process over all its threads."""

    wall: float
    cpu: float


class Identity(NamedTuple):
    """The encoder of a child and its backend."""

    model_id: str
    backend: str


def read_frame(stream: BinaryIO) -> Any:
    """Read a frame and return its value.

    Raises:
        EOFError: the other end is closed.
    """
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    return pickle.loads(stream.read(HEADER.unpack(header)[0]))  # noqa: S301 - written by our own process


def frame(value: Any) -> bytes:
    """Serialise a value as a frame."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(content)) + content
