"""A place in the order of articles, (created_at, id): what every walk over them remembers."""

from typing import NamedTuple

LOWEST_ID = "00000000-0000-0000-0000-000000000000"
HIGHEST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


class Position(NamedTuple):
    """created_at as Postgres prints it, and the id. Text, because Postgres knows moments that Python does not."""

    created_at: str
    id: str


BEGINNING = Position("-infinity", LOWEST_ID)
