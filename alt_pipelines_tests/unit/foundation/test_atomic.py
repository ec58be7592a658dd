"""The one writer of files: whole or not at all, and nothing else on the way."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
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


def test_a_pipe_gets_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "out"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        with opened_whole(pipe) as out:
            out.write(b"rows\n")
        assert read.result(timeout=120) == b"rows\n"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes device nodes")
def test_a_device_node_of_one_s_own_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """`alt-pipelines tag -o /dev/null` as root once replaced the device by a file."""
    node = tmp_path / "null"
    try:
        os.mknod(node, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        node.write_bytes(b"")
    except OSError as error:
        pytest.skip(f"device nodes cannot be used here: {error}")
    with opened_whole(node) as out:
        out.write(b"rows\n")
    assert stat.S_ISCHR(node.stat().st_mode)
    assert list(tmp_path.iterdir()) == [node]
