"""Is the way free: the web server's port, and one portal a checkout."""

import errno
import socket

from eeportal.launch.places import Places, locked
from eeportal.launch.trouble import Trouble

ADDRESS = "127.0.0.1"


def require_free(port: int) -> None:
    """Raise Trouble unless the web server could listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Trouble(
                    f"Port {port} is taken by another program: stop that program, or choose another port "
                    f"with ./run --port {port + 1 if port < 65_535 else 8000}."
                ) from None
            if error.errno == errno.EACCES:
                raise Trouble(
                    f"Port {port} needs more rights than this user has: choose one from 1024 up, such as "
                    "./run --port 8000."
                ) from None
            raise


def require_alone(places: Places) -> None:
    """Raise Trouble if a portal already runs from this checkout."""
    with locked(places.lock("portal"), already(places)):
        return


def already(places: Places) -> str:
    """The sentence for a second start."""
    address = places.state / "address"
    where = f" at {address.read_text().strip()}" if address.exists() else ""
    return f"The portal already runs{where}, started from this folder: stop it there with Ctrl-C first."


def is_free(port: int) -> bool:
    """Whether something could listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError):
            return False
    return True


def beside(port: int) -> int:
    """The next port, or any free one when that is taken."""
    return port + 1 if is_free(port + 1) else free()


def free() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
