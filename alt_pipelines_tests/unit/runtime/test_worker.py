"""What a worker prints at its start."""

import os
import warnings

import pytest
from celery.exceptions import SecurityError
from celery.platforms import check_privileges

from alt_pipelines.runtime.worker import quiet_superuser_warning


def test_a_worker_of_root_starts_without_a_warning_as_long_as_it_refuses_pickle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("C_FORCE_ROOT", raising=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quiet_superuser_warning()
        check_privileges(["json"])
        with pytest.raises(SecurityError):
            check_privileges(["pickle"])
