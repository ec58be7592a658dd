"""Probes in time: a hanging one costs its limit once, and is never started twice."""

import asyncio
import time

import pytest

from api import readiness
from api.readiness import NotReady, Probes
from api.single_flight import SingleFlight


def test_a_hanging_probe_is_reported_and_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0)
    started = 0

    async def hangs() -> str:
        nonlocal started
        started += 1
        await asyncio.sleep(60)
        return "late"

    async def works() -> str:
        return "fine"

    async def main() -> None:
        probes = Probes({"stuck": hangs, "good": works}, seconds=0.1)
        for _ in range(3):
            began = time.monotonic()
            answer = await probes.readiness()
            assert time.monotonic() - began < 10
            assert answer.status == "not_ready"
            assert answer.components["stuck"].detail == "no answer within 0.1 s"
            assert answer.components["good"].ok
        probes.stop()

    asyncio.run(main())
    assert started == 1


def test_what_a_probe_raises_is_worded_and_never_shown() -> None:
    async def known() -> str:
        raise NotReady("no fresh heartbeat of SENSOR")

    async def unknown() -> str:
        raise RuntimeError("password=secret")

    async def main() -> None:
        components = (await Probes({"known": known, "unknown": unknown}).readiness()).components
        assert components["known"].detail == "no fresh heartbeat of SENSOR"
        assert components["unknown"].detail == "does not answer (RuntimeError)"

    asyncio.run(main())


def test_everybody_who_asks_at_once_gets_one_answer() -> None:
    asked = 0

    async def counts() -> str:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.05)
        return "fine"

    async def main() -> None:
        probes = Probes({"one": counts})
        answers = await asyncio.gather(*(probes.readiness() for _ in range(50)))
        assert {answer.status for answer in answers} == {"ready"}

    asyncio.run(main())
    assert asked == 1


def test_a_late_answer_is_discarded() -> None:
    asked = 0

    async def main() -> None:
        late, answered = asyncio.Event(), asyncio.Event()

        async def answers() -> str:
            nonlocal asked
            asked += 1
            if asked == 1:
                await late.wait()
                answered.set()
            return f"answer {asked}"

        single_flight = SingleFlight()
        for _ in range(2):  # the second asker meets a question that is too old already
            with pytest.raises(TimeoutError):
                await single_flight.ask("slow", answers, 0.05)
        late.set()
        await answered.wait()
        await asyncio.sleep(0)
        assert await single_flight.ask("slow", answers, 60) == "answer 2"

    asyncio.run(main())
