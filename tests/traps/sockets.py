"""No test talks to anything but this machine."""

import socket
from typing import Any

import pytest

LOCAL = {"localhost", "127.0.0.1", "::1", "", None}


def arm() -> None:
    """Fail a test at once when it connects or looks up a name outside this machine."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def require_local(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in LOCAL:
            pytest.fail(f"a test tried to reach {name} over the network")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            require_local(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            require_local(address[0])
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        require_local(host)
        return look_up(host, *args, **kwargs)

    setattr(socket.socket, "connect", guarded_connect)
    setattr(socket.socket, "connect_ex", guarded_connect_ex)
    setattr(socket, "getaddrinfo", guarded_look_up)
