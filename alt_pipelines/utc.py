"""Times as the databases have them: in UTC, without a zone."""

from datetime import UTC, datetime


def naive_utc(moment: datetime) -> datetime:
    """Return a time in UTC without a zone; one that has no zone is in UTC already.

    Raises:
        ValueError: in UTC, it is outside the years that a datetime can have.
    """
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError(f"{moment.isoformat()} is outside the years 1 to 9999 in UTC") from error
