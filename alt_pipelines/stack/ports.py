"""Choose and reserve ports of this machine, so that no other stack chooses the same ports."""

import errno
import socket
import sys
from typing import NamedTuple

_HAS_ABSTRACT_SOCKETS = sys.platform.startswith("linux")


class HeldPort(NamedTuple):
    """A port for a part, reserved against other stacks of this machine until `close`.

    A listener alone does not reserve a port: gRPC servers share ports (SO_REUSEPORT), so two stacks that start in the
    same second would answer each other's requests.
    """

    port: int
    mark: socket.socket | None

    def close(self) -> None:
        """Release the port."""
        if self.mark is not None:
            self.mark.close()


def hold_port(wanted: int, host: str = "127.0.0.1", attempts: int = 50) -> HeldPort:
    """Reserve the port `wanted`, or the next free one among the `attempts` ports from it.

    Raises:
        OSError: none of these ports is free, or the host is not an address of this machine.
    """
    last: OSError | None = None
    for port in range(wanted, min(wanted + attempts, 65536)):
        mark = _mark(port)
        if mark is None and _HAS_ABSTRACT_SOCKETS:
            continue
        try:
            _try_to_bind(port, host)
        except OSError as error:
            last = error
            if mark is not None:
                mark.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
            continue
        return HeldPort(port, mark)
    if last is not None and last.errno not in (errno.EADDRINUSE, errno.EACCES):
        raise OSError(
            f"Cannot listen on HOST={host} ({last.strerror or last}). Set HOST to an address of this machine."
        )
    raise OSError(
        f"No free port on {host} between {wanted} and {wanted + attempts - 1}. Stop another program or choose a port."
    )


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether the port is free to listen on."""
    try:
        _try_to_bind(port, host)
    except OSError:
        return False
    return True


def _try_to_bind(port: int, host: str) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _mark(port: int) -> socket.socket | None:
    """Bind an abstract socket name, which one process of this machine can hold at a time and loses when it ends."""
    if not _HAS_ABSTRACT_SOCKETS:
        return None
    mark = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        mark.bind(f"\0alt-pipelines-port-{port}")
    except OSError:
        mark.close()
        return None
    return mark
