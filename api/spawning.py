"""Start child processes with pipes, without blocking the event loop.

uvloop starts a process by a fork inside the loop, which copies the page tables of the whole process and waits until the
child has been scheduled and executes its program. No request is answered meanwhile: 20 ms on an idle machine, and up to
half a second while hostile texts keep every core busy. `subprocess` uses vfork, which takes a millisecond.
"""

import asyncio
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class PipedProcess:
    """A child process and the streams to its standard input and from its standard output."""

    process: "subprocess.Popen[bytes]"
    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    _reading: asyncio.ReadTransport

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended, by itself or killed by anyone."""
        return self.process.poll() is not None

    async def wait(self) -> int:
        """Wait for the end of the process and return its status, negative for a signal."""
        return await asyncio.to_thread(self.process.wait)

    async def kill(self) -> None:
        """Kill the process, wait for its end and close the pipes."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.wait()
        self.stdin.close()
        self._reading.close()


async def spawn(command: Sequence[str]) -> PipedProcess:
    """Start a process. It starts in a thread of the loop's own executor, which lives as long as the loop.

    Raises:
        OSError: the process cannot be started.
    """
    process = await asyncio.to_thread(
        subprocess.Popen, list(command), bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), process.stdout)
    writing, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), process.stdin
    )
    return PipedProcess(process, asyncio.StreamWriter(writing, protocol, None, loop), reader, reading)
