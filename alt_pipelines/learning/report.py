"""Reports of a learning run: plain, frozen values."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """Thresholds of the rule that trusts the graph with an article.

    The rule: margin ≥ graph_margin and top_boost ≥ boost_threshold and tag_count ≥ tag_count_threshold.
    """

    graph_margin: float
    boost_threshold: float
    tag_count_threshold: int


REFERENCES = Thresholds(graph_margin=0.15, boost_threshold=0.0, tag_count_threshold=0)


@dataclass(frozen=True)
class Answer:
    """The receiver's answer: status code, body if it is a JSON object (else None), and the beginning of the text."""

    status_code: int
    body: dict[str, Any] | None
    text: str


@dataclass(frozen=True)
class Trial:
    """One point that the optimiser tried, with its accuracy on the training part."""

    thresholds: Thresholds
    accuracy: float


@dataclass(frozen=True)
class LearningReport:
    """One learning run that ended with the receiver's success, or that sent nothing (a dry run, or `withheld`).

    `reason` says why the references were used unchanged; it is None if thresholds were learned. `withheld` says why
    nothing was sent. An accuracy is None if it could not be measured. `previous` holds the thresholds that the recap
    worker used before; `previous_accuracy` is their accuracy on the same rows.
    """

    attempt_id: int
    started_at: datetime
    seconds: float
    rows_read: int
    rows_skipped: dict[str, int]
    rows_learned_from: int
    feedback_rows: int
    feedback_unrecognized: int
    graph_edges: int
    thresholds: Thresholds
    reason: str | None
    withheld: str | None
    train_accuracy: float | None
    test_accuracy: float | None
    previous: Thresholds
    previous_accuracy: float | None
    trials: tuple[Trial, ...]
    payload: dict[str, Any]
    answer: Answer | None

    @property
    def figures(self) -> dict[str, Any]:
        """The whole report except the individual trials, as JSON values for a materialization's metadata."""
        measured = {
            "train_accuracy": self.train_accuracy,
            "test_accuracy": self.test_accuracy,
            "previous_accuracy": self.previous_accuracy,
        }
        answer = self.answer
        return {
            "rows_read": self.rows_read,
            "rows_skipped": sum(self.rows_skipped.values()),
            "skipped_rows_by_reason": self.rows_skipped,
            "rows_learned_from": self.rows_learned_from,
            "feedback_rows": self.feedback_rows,
            "feedback_unrecognized": self.feedback_unrecognized,
            "graph_edges": self.graph_edges,
            **asdict(self.thresholds),
            "references_reason": self.reason or "none; the thresholds were learned",
            "sent": self.withheld is None,
            **({} if self.withheld is None else {"not_sent_reason": self.withheld}),
            **{name: value for name, value in measured.items() if value is not None},
            "attempt": self.attempt_id,
            "payload": self.payload,
            "seconds": round(self.seconds, 3),
            **({} if answer is None else {"answer_status": answer.status_code}),
            **({} if answer is None else {"answer": answer.body or {"text": answer.text}}),
        }
