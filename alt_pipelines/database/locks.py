"""All advisory locks of this project, in one module so that no two have the same number.

Postgres has two spaces of advisory locks per database: single 64-bit keys, and pairs of 32-bit keys. A `Single` lock is
a key of the first space. A `Paired` lock is the first half of a key of the second space; the second half selects one of
many (a window's days, a hashed genre, a queue). The locks of Dagster's database are included, because an installation
can keep everything in one database. The lease on a Dagster run is a single key too: the first 64 bits of the run's
random id, which collide as rarely as random numbers do.
"""

from enum import IntEnum


class Single(IntEnum):
    """Locks that exist once per database."""

    MIGRATION = 0x616C7470  # "altp": one migration of a database at a time
    LEARNING = 0x6C6561726E  # "learn": one learning run at a time
    RUN_CLAIM = 0x636C61696D  # "claim": one transaction at a time counts and claims genre runs
    DAEMON = 0x616C7464_00000001  # "altd": one Dagster daemon at a time


class Paired(IntEnum):
    """First halves of two-part locks."""

    GRAPH_WINDOW = 0x746C6772  # "tlgr"; second half: the window's days
    SUBMISSION = 0x7375626D  # "subm"; second half: a hash of job and genre
    WORKER = 0x616C7477  # "altw"; second half: the index of the worker's queue


# pg_locks shows a single key as two halves, with objsubid 1, and the two keys of a pair with objsubid 2.
_HELD = """
    FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HELD_SINGLE = f"SELECT (classid::bigint << 32) | objid::bigint AS key, pid {_HELD} AND objsubid = 1"
"""SQL: `key` and `pid` of every single lock that is held in this database."""
HELD_PAIRED = f"SELECT classid::bigint AS first, objid::bigint AS second, pid {_HELD} AND objsubid = 2"
"""SQL: `first`, `second` and `pid` of every paired lock that is held in this database."""
