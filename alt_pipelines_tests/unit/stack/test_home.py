"""The folder of a stack: what an interrupted write leaves is never taken for the file."""

from pathlib import Path

import pytest

from alt_pipelines.stack import home as module
from alt_pipelines.stack.home import Home


def test_a_disk_that_is_full_while_the_secret_is_written_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)

    def full(_: int) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(module.secrets, "token_urlsafe", full)
        with pytest.raises(OSError, match="No space left"):
            home.service_secret()
    path, is_new = home.service_secret()
    assert is_new
    assert len(path.read_text("utf-8")) >= 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.service_secret() == (path, False)


def test_an_empty_secret_of_an_earlier_start_is_replaced(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (tmp_path / "service_secret").touch()
    path, is_new = home.service_secret()
    assert is_new
    assert len(path.read_text("utf-8")) >= 32
