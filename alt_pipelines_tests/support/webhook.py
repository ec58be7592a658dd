"""A webhook receiver for tests: a server on a local port that records requests and sends a given answer."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ACCEPTED = b'{"status":"success","config_saved":true,"message":"saved"}'


def answer(body: bytes = ACCEPTED, status: str = "200 OK", content_type: str = "application/json") -> bytes:
    """Return the bytes of a complete HTTP response."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


class Receiver:
    """Records requests and answers with `says`, which may be changed between requests."""

    def __init__(self, says: bytes, seconds_between: float) -> None:
        self.says = says
        self.seconds_between = seconds_between
        self.requests: list[tuple[str, dict[str, object]]] = []
        self.url = ""

    def serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as reader, suppress(OSError):
            line = reader.readline().decode().strip()
            length = 0
            while header := reader.readline().decode().strip():
                if header.lower().startswith("content-length:"):
                    length = int(header.split(":")[1])
            self.requests.append((line, json.loads(reader.read(length))))
            if not self.seconds_between:
                connection.sendall(self.says)
                return
            for position in range(len(self.says)):  # byte by byte, until the client disconnects
                connection.sendall(self.says[position : position + 1])
                time.sleep(self.seconds_between)


@contextmanager
def receiver(says: bytes | None = None, seconds_between: float = 0.0) -> Iterator[Receiver]:
    """Run a receiver; an empty answer closes the connection without a response."""
    made = Receiver(answer() if says is None else says, seconds_between)
    listener = socket.create_server(("127.0.0.1", 0))
    made.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=made.serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield made
    finally:
        listener.close()
