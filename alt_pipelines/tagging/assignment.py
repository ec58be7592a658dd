"""The work assigned to a tagging run."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """The work assigned to a run.

    Attributes:
        days: partitions to tag, as naive UTC datetimes at the start of each day.
        only_pending: skip articles with a final outcome, tag fresh articles before a backlog, and stop at the run
            limits of the settings. If false, tag every article of the days again, without these limits; pending
            articles of any day still go first.
        linger_seconds: after the work, wait for new articles until none has arrived for this long.
        retag: tag only articles marked by `alt-pipelines retag`; fresh articles still go first.
        first: the first partition, as a naive UTC datetime; older articles belong to it.
    """

    days: tuple[datetime, ...]
    only_pending: bool = False
    linger_seconds: float = 0.0
    retag: bool = False
    first: datetime = datetime(2000, 1, 1)
