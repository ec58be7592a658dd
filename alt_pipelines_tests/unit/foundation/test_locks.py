"""No two advisory locks can be the same, and nobody makes up a number elsewhere."""

import re
from pathlib import Path

import alt_pipelines
from alt_pipelines.database.locks import Paired, Single

ROOT = Path(alt_pipelines.__file__).parent


def test_all_lock_numbers_are_distinct_and_in_range() -> None:
    numbers = [int(lock) for lock in (*Single.__members__.values(), *Paired.__members__.values())]
    assert len(set(numbers)) == len(numbers) == 7
    assert all(0 <= lock < 2**31 for lock in Paired)
    assert all(0 <= lock < 2**63 for lock in Single)


def test_every_advisory_lock_of_the_code_is_one_of_the_register() -> None:
    users = [path for path in ROOT.rglob("*.py") if re.search(r"pg_(try_)?advisory", path.read_text("utf-8"))]
    assert len(users) >= 5
    for path in users:
        source = path.read_text("utf-8")
        assert path.name == "locks.py" or "database.locks import" in source, f"{path} has a lock of its own"
        assert not re.search(r"_(LOCK|KEY|CLASS)\s*=\s*0x", source), f"{path} has a number of its own"


def test_only_the_register_reads_which_advisory_locks_are_held() -> None:
    readers = [path.relative_to(ROOT) for path in ROOT.rglob("*.py") if "FROM pg_locks" in path.read_text("utf-8")]
    assert readers == [Path("database", "locks.py")]
