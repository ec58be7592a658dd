"""Room on the disk of an installation: whether a stack may start, and what `doctor` and a failure say about it."""

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from alt_pipelines.database.error_messages import message_of, sentence_of
from alt_pipelines.settings import Settings
from alt_pipelines.stack.stopped import database_urls

NEW_BYTES = 200_000_000
"""Needed for a new folder: the embedded Postgres takes 80 MB before the first article, and its log of changes grows."""
AGAIN_BYTES = 50_000_000
"""Needed for a folder that has its data: logs, and three segments of Postgres's log of changes (16 MB each)."""
_FULL_BYTES = 20_000_000  # Postgres cannot create the next segment of its log of changes, and cannot start


def free_in(folder: Path) -> tuple[Path, int]:
    """Return the folder, or its nearest parent that exists, and the free bytes there."""
    found = next(each for each in (folder.resolve(), *folder.resolve().parents) if each.exists())
    return found, shutil.disk_usage(found).free


def size(count: int) -> str:
    """Return a number of bytes for people."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def lack_for_start(settings: Settings) -> str | None:
    """Return a sentence with the remedy if there is not enough space to start a stack, else None."""
    home = settings.execution.home
    is_new = None in database_urls(settings).values() and not (home / "postgres").exists()
    needed = NEW_BYTES if is_new else AGAIN_BYTES
    found, free = free_in(home)
    if free >= needed:
        return None
    return (
        f"Not enough space in {found}: free {size(free)}, needed {size(needed)}. Free some space, or choose another "
        "folder: ALT_PIPELINES_HOME=/some/where alt-pipelines up"
    )


def database_failure(error: SQLAlchemyError, settings: Settings) -> str:
    """Say in a sentence why a database failed: a full disk, if a database is on it, else what the driver said first."""
    causes: list[BaseException] = [error]
    while (before := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(before)  # what cleans up after a failed statement may fail too, and then hides it
    found, free = free_in(settings.execution.home)
    if free < _FULL_BYTES and None in database_urls(settings).values():
        return f"No space is left in {found} (free: {size(free)}), and Postgres stops when the disk is full."
    first = next((cause for cause in reversed(causes) if isinstance(cause, DBAPIError)), None)
    return f"A database failed: {message_of(error)}" if first is None else sentence_of(first, "A database")
