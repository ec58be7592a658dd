"""Running one learning attempt: the one piece of code behind the schedule, the API, the UI and the command."""

from sqlalchemy import Engine

from alt_pipelines.learning.report import LearningReport
from alt_pipelines.settings import LearningSettings


class LearningInProgress(RuntimeError):
    """Another learning run is under way; two at once are refused."""


class SendFailed(RuntimeError):
    """The payload could not be delivered; the attempt is stored with the reason. `attempt_id` names its row."""

    def __init__(self, message: str, attempt_id: int) -> None:
        super().__init__(message)
        self.attempt_id = attempt_id


def run_learning(engine: Engine, settings: LearningSettings, *, dry_run: bool = False) -> LearningReport:
    """Read the snapshot, learn the thresholds, send them, store the attempt with the answer.

    With `dry_run` nothing is sent or stored, and the report's `answer` is None.

    Raises:
        LearningInProgress: another run holds the lock.
        SendFailed: no receiver is configured, it did not answer in time, or it did not answer with success.
        sqlalchemy.exc.SQLAlchemyError: the database failed.
    """
    raise NotImplementedError
