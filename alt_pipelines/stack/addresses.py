"""Choose the addresses on which the parts of a stack listen."""

from dataclasses import dataclass
from typing import NamedTuple

from alt_pipelines.runtime import broker
from alt_pipelines.settings import Settings
from alt_pipelines.settings.processes import url_at
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.ports import HeldPort, hold_port

_RECAP_PORT = 8002  # where clients expect the old recap-subworker


@dataclass(frozen=True)
class Addresses:
    """The addresses on which the parts listen."""

    webserver: str
    adapter: str
    code_server: tuple[str, int]
    broker: str
    recap_port: int | None = None  # the adapter's second port, the one of the old recap-subworker


class Ports(NamedTuple):
    """The reserved ports of a stack; `moved` lists the parts on another port: (part, requested port, actual port)."""

    addresses: Addresses
    held: list[HeldPort]
    moved: list[tuple[str, int, int]]

    def close(self) -> None:
        """Release the ports."""
        for held in self.held:
            held.close()


def choose_ports(settings: Settings, options: StackOptions) -> Ports:
    """Reserve a port for every part: the configured one, or the next free one.

    Raises:
        OSError: there is no free port.
    """
    host = settings.server.host
    wanted = {
        "the API": (options.adapter_port or settings.server.port, host),
        "the API (second port)": (options.recap_port or settings.edge.recap_port or _RECAP_PORT, host),
        "Dagster's UI": (options.webserver_port, "127.0.0.1"),
        "the code server": (options.code_server_port or settings.execution.code_server_port, "127.0.0.1"),
    }
    held: dict[str, HeldPort] = {}
    try:
        for what, (port, address) in wanted.items():
            held[what] = hold_port(port, address)
    except OSError:
        for port_held in held.values():
            port_held.close()
        raise
    adapter, recap, webserver, code = (one.port for one in held.values())
    addresses = Addresses(
        webserver=f"http://127.0.0.1:{webserver}",
        adapter=url_at(host, adapter),
        code_server=("127.0.0.1", code),
        broker=broker.broker_url(settings.execution),
        recap_port=recap if options.adapter else None,
    )
    moved = [(what, port, held[what].port) for what, (port, _) in wanted.items() if held[what].port != port]
    return Ports(addresses, list(held.values()), moved)
