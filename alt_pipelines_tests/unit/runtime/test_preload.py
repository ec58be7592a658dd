"""A worker process whose models cannot be loaded still executes runs, which then say what is missing."""

import structlog

from alt_pipelines.runtime import preload


def test_a_model_that_cannot_be_loaded_ends_no_process() -> None:
    def missing() -> None:
        raise RuntimeError("There is no ONNX model at /nowhere.")

    before = preload.registered("recap")
    preload.register(preload.WarmUp("recap", (), lambda: None, missing, len))
    try:
        with structlog.testing.capture_logs() as logs:
            preload.warm_child("recap")
    finally:
        if before is not None:
            preload.register(before)
    assert [log["reason"] for log in logs] == ["There is no ONNX model at /nowhere."]
