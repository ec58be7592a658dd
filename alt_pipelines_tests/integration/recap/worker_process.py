"""A worker as a process of its own, for tests that kill or interrupt it: `python -m ... <dsn> <dagster home> <run id>`.

It works on a stored run as a Dagster run does, with an encoder that takes ten minutes, so that there is time to strike.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.platform import Platform
from alt_pipelines.settings import RecapDatabaseSettings, Settings
from alt_pipelines_tests.integration.recap.runs import run_asset

ENCODING = "encoding"  # a file in the home folder, made when the encoder has begun


class SlowEmbedder(HashingEmbedder):
    """Takes its time, as a large model does."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        (self._home / ENCODING).touch()
        time.sleep(600)
        return super().encode(texts, languages)


def main(dsn: str, home: Path, run_id: int) -> None:
    """Work on the run in this process."""
    platform = Platform(Settings(recap_db=RecapDatabaseSettings(dsn=dsn)))
    platform.__dict__["embedder"] = SlowEmbedder(home)
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        run_asset(platform, instance, run_id=run_id)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
