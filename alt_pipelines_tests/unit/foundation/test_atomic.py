"""The one writer of files: whole or not at all, and nothing else on the way."""

import os
import stat
from pathlib import Path

import pytest

from alt_pipelines.atomic import opened_whole


def test_a_failure_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before")

    def fail_halfway() -> None:
        with opened_whole(tmp_path / "out") as out:
            out.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"out": "before"}


def test_the_target_is_there_only_at_the_end(tmp_path: Path) -> None:
    with opened_whole(tmp_path / "out") as out:
        out.write(b"all")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out").read_bytes() == b"all"


def test_permissions_are_those_of_the_replaced_file_or_those_that_open_gives(tmp_path: Path) -> None:
    (tmp_path / "private").touch(0o600)
    (tmp_path / "usual").touch()
    for name in ("private", "new"):
        with opened_whole(tmp_path / name) as out:
            out.write(b"x")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"private": 0o600, "usual": modes["usual"], "new": modes["usual"]}


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to("real")
    with opened_whole(tmp_path / "link") as out:
        out.write(b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "after"


def test_a_device_gets_the_bytes_and_stays_a_device() -> None:
    with opened_whole(os.devnull) as out:
        out.write(b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
