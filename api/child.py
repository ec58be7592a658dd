"""A child process of the adapter: runs tasks that could block an interpreter, and is killed when it exceeds a deadline.

    python -m api.child PARENT    frames on standard input and output; started by `api.pool`, never by hand

The first frame (`api.frames`) holds the settings; each further one is `(task, arguments, deadline)` and is answered
with `(True, result)` or `(False, exception)`. Before each task the process arms two kernel timers, one for wall-clock
time and one for its own CPU time. Their signals end the process at once, also in native code, so enforcing a deadline
depends on no other process.
"""

import os
import signal
import sys
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from api.frames import Deadline, Identity, frame, read_frame

_MOST_DESCRIPTORS = 65_536
_NICENESS = 5  # as tagging: the processes that answer requests take precedence


# So short that both need a second pass.
_REHEARSAL = (
    RawArticle("", "Oil spill off Alaska", "The tanker ran aground off Alaska and leaked crude oil."),
    RawArticle("", "東京で国際会議", "東京で国際会議が開かれ、環境大臣が温室効果ガスの新しい削減目標を発表した。"),
)


class Tasks:
    """The tasks by name. Models are loaded by the first task that needs one and kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _platform(self) -> Any:
        from alt_pipelines.platform import Platform  # imports all model libraries, which parsing does not need

        return Platform(self._settings)

    def load(self) -> Identity:
        """Load everything that a text needs, by tagging one of each main language in both passes."""
        embedder = self._platform.embedder
        self._platform.tag_extractor.with_own_budget().extract(list(_REHEARSAL))
        return Identity(embedder.model_id, embedder.backend)

    def load_schemas(self) -> None:
        """Import the schemas of request bodies, for `parse`."""
        import api.validation  # noqa: F401

    def extract(self, article: Any) -> Any:
        """Tag one `RawArticle`; returns its `Extraction`."""
        (extraction,) = self._platform.tag_extractor.extract([article])
        return extraction

    def embed(self, sentences: Sequence[str]) -> int:
        """Embed sentences and drop the vectors; returns the number of batches."""
        self._platform.embedder.encode(list(sentences))
        return -(-len(sentences) // self._settings.embedding.batch_size)

    def parse(self, model: str, body: bytes) -> Any:
        """Validate a request body; `model` names one of `api.schemas.REQUESTS`.

        Raises:
            InvalidBody: the body is invalid.
        """
        from api.validation import parse

        return parse(model, body)


def main() -> None:
    """Serve frames until standard input ends."""
    from alt_pipelines.observability.logging import configure_logging
    from alt_pipelines.processes import die_with_parent

    os.closerange(3, _MOST_DESCRIPTORS)  # listening sockets are inheritable, and uvloop closes none of them
    die_with_parent(int(sys.argv[1]))
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", closefd=True)
    os.dup2(2, 1)  # output printed by libraries goes to the log, not between the frames
    settings: Settings = read_frame(source)
    configure_logging(settings.logging)
    tasks = Tasks(settings)
    while True:
        try:
            name, arguments, deadline = read_frame(source)
        except EOFError:
            return
        _arm(deadline)
        try:
            answer = True, getattr(tasks, name)(*arguments)
        except Exception as error:
            answer = False, error
        _arm(Deadline(0, 0))
        sink.write(frame(answer))
        sink.flush()


def _arm(deadline: Deadline) -> None:
    """Set both timers; 0 stops one. The default action of either signal ends the process."""
    signal.setitimer(signal.ITIMER_REAL, deadline.wall)
    signal.setitimer(signal.ITIMER_PROF, deadline.cpu)


if __name__ == "__main__":
    from api import child  # under its own name: a class of `__main__` cannot be unpickled elsewhere

    child.main()
