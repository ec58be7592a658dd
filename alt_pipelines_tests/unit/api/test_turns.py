"""Turns are taken across processes, and a process that is killed gives its turn back."""

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from alt_pipelines_tests.support.waiting import wait_until
from api.turns import Turns

WAIT_SECONDS = 60


def _hold(folder: Path, at_once: int, says: Connection) -> None:
    with Turns(folder, at_once).turn():
        says.send("has it")
        time.sleep(WAIT_SECONDS)


def _holder(folder: Path, at_once: int) -> multiprocessing.process.BaseProcess:
    """Start a process that holds a turn, and return it when it does."""
    reads, writes = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(folder, at_once, writes), daemon=True)
    process.start()
    assert reads.poll(WAIT_SECONDS)
    return process


def test_a_turn_is_waited_for_across_processes_and_a_killed_one_gives_it_back(tmp_path: Path) -> None:
    process = _holder(tmp_path, 1)
    has_it = threading.Event()

    def wait_for_turn() -> None:
        with Turns(tmp_path, 1).turn():
            has_it.set()

    waiting = threading.Thread(target=wait_for_turn)
    waiting.start()
    try:
        assert not has_it.wait(0.2), "another process has it"
    finally:
        process.kill()
        process.join(WAIT_SECONDS)
        waiting.join(WAIT_SECONDS)
    assert has_it.is_set()


def test_a_turn_ends_with_an_error_and_the_result_is_that_of_the_function(tmp_path: Path) -> None:
    turns = Turns(tmp_path, 1)

    def divide(dividend: int, by: int) -> float:
        return dividend / by

    for _ in range(3):
        try:
            turns.taking(divide)(1, 0)
        except ZeroDivisionError:
            continue
        raise AssertionError("the error is lost")
    assert turns.taking(divide)(6, by=3) == 2


def test_no_more_threads_than_allowed_have_a_turn(tmp_path: Path) -> None:
    turns, present, most, counting = Turns(tmp_path, 2), 0, 0, threading.Lock()

    def work() -> None:
        nonlocal present, most
        for _ in range(20):
            with turns.turn():
                with counting:
                    present += 1
                    most = max(most, present)
                time.sleep(0.0005)
                with counting:
                    present -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    assert present == 0
    assert most <= 2


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_as_many_as_allowed_have_a_turn_at_once_whatever_process_they_are_in(tmp_path: Path, at_once: int) -> None:
    holders = [_Waiting(Turns(tmp_path, at_once)) for _ in range(at_once + 3)]  # a process has its own `Turns`
    wait_until(lambda: sum(holder.has_it.is_set() for holder in holders) == at_once)
    time.sleep(0.1)
    assert sum(holder.has_it.is_set() for holder in holders) == at_once
    for holder in holders:
        holder.end()


@pytest.mark.parametrize("first_to_end", [0, 1, 2])
def test_the_next_in_line_has_the_place_of_whoever_ends_first(tmp_path: Path, first_to_end: int) -> None:
    holders = []
    for _ in range(3):
        holders.append(_Waiting(Turns(tmp_path, 3)))
        assert holders[-1].has_it.wait(WAIT_SECONDS)
    waiting = _Waiting(Turns(tmp_path, 3))
    assert not waiting.has_it.wait(0.05)
    holders[first_to_end].end()
    assert waiting.has_it.wait(WAIT_SECONDS)
    for holder in (*holders, waiting):
        holder.end()


class _Waiting:
    """A thread that waits for a turn and keeps it until it is let go."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.has_it, self._let_go = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._take_turn, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._let_go.set()
        self._thread.join(WAIT_SECONDS)

    def _take_turn(self) -> None:
        with self._turns.turn():
            self.has_it.set()
            self._let_go.wait(WAIT_SECONDS)
