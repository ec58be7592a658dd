"""Every genre a client may send is a partition key that Dagster takes, and comes back unchanged."""

import dagster as dg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alt_pipelines.recap.genre_key import genre_of, partition_key

ODD = [
    "a...b",
    "...",
    "....",
    "a,b|c*[d]",
    'say "x"',
    "100%",
    "%2C",
    "\U0001f680/space",
    " x ",
    "\u2028",
    "a\tb\n",
    "x" * 32,
]
GENRES = st.text(st.characters(), min_size=1, max_size=32)  # lone surrogates too


@pytest.mark.parametrize("genre", ["tech", "science & nature", "世界/政治", "rock'n'roll", "sci-fi. really"])
def test_an_ordinary_genre_is_its_own_key(genre: str) -> None:
    assert partition_key(genre) == genre


def test_dagster_takes_the_key_of_every_odd_genre() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        for genre in ODD:
            instance.add_dynamic_partitions("genre", [partition_key(genre)])
        stored = instance.get_dynamic_partitions("genre")
    assert sorted(map(genre_of, stored)) == sorted(ODD)


@given(GENRES)
@example("%2E%2E%2E")
@example("\ud800")
def test_a_key_gives_its_genre_back(genre: str) -> None:
    key = partition_key(genre)
    assert genre_of(key) == genre
    assert "..." not in key
    assert key.encode("utf-8")  # storable: no lone surrogate is left in it
    assert not set(key) & set(',|*[]"\n\t\0')


@given(GENRES, GENRES)
def test_two_genres_never_share_a_key(one: str, other: str) -> None:
    assert (partition_key(one) == partition_key(other)) == (one == other)


def test_an_empty_genre_is_refused() -> None:
    with pytest.raises(ValueError, match="non-empty genre"):
        partition_key("")
