"""Every advisory lock of this project, in one place, so that no two of them can ever be the same number.

Postgres keeps two spaces of advisory locks per database, one of single 64-bit keys and one of pairs of 32-bit keys.
A lock of `Single` is a key of the first space; a lock of `Paired` is the first half of a key of the second, whose
second half says which one of many (a window's days, a hashed genre, a queue). Locks of Dagster's database are here too:
an installation may keep everything in one database. A lease on a Dagster run is a single key too, the first 64 bits of
the run's random id, so a collision is as likely as one of random ids.
"""

from enum import IntEnum


class Single(IntEnum):
    """Locks that exist once per database."""

    MIGRATION = 0x616C7470  # "altp": one migration of a database at a time
    LEARNING = 0x6C6561726E  # "learn": one learning run at a time
    RUN_CLAIM = 0x636C61696D  # "claim": claims of genre runs are counted one at a time
    DAEMON = 0x616C7464_00000001  # "altd": one Dagster daemon at a time


class Paired(IntEnum):
    """First halves of two-part locks, each with many second halves."""

    GRAPH_WINDOW = 0x746C6772  # "tlgr"; second half: the window's days
    SUBMISSION = 0x7375626D  # "subm"; second half: a hash of job and genre
    WORKER = 0x616C7477  # "altw"; second half: the place of the worker's queue
