"""The order in which waiting runs start: turns between jobs, and always a process without a suspect."""

from alt_pipelines.runtime.fairness import QueuedRun, Trait, order


def _runs(*described: str) -> tuple[list[QueuedRun], dict[str, Trait]]:
    """Runs from words: `a1` waits, `A1` has started, `a1!` is a suspect; the letter is the group."""
    runs = [QueuedRun(word.rstrip("!").lower(), {}, word[0].isupper()) for word in described]
    traits = {word.rstrip("!").lower(): Trait(word[0].lower(), word.endswith("!")) for word in described}
    return runs, traits


def test_a_small_job_is_not_held_behind_a_large_one() -> None:
    runs, traits = _runs("A1", "a2", "a3", "a4", "b1", "b2")
    assert order(runs, traits, 2) == ["b1", "a2", "b2", "a3", "a4"]


def test_runs_of_one_job_keep_their_order() -> None:
    runs, traits = _runs("a1", "a2", "a3")
    assert order(runs, traits, 1) == ["a1", "a2", "a3"]


def test_one_process_is_reserved_for_runs_that_have_not_failed() -> None:
    runs, traits = _runs("A1!", "b1!", "c1")
    assert order(runs, traits, 2) == ["c1"]
    assert order(runs, traits, 3) == ["b1", "c1"]


def test_on_a_single_process_a_suspect_waits_for_all_others() -> None:
    runs, traits = _runs("a1!", "b1", "b2")
    assert order(runs, traits, 1) == ["b1", "b2", "a1"]


def test_a_suspect_starts_when_a_process_is_free_for_it() -> None:
    runs, traits = _runs("a1!", "B1")
    assert order(runs, traits, 2) == ["a1"]
