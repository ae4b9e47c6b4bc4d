"""Run the portal's processes together: start again what dies, and stop everything in order."""

import select
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from types import FrameType

from eeportal.launch import offspring
from eeportal.launch.places import CHECKOUT, Places

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
GRACE = 6.0
CANNOT_RUN = 78
"""The status (EX_CONFIG) of a part that cannot run here at all; its last line says why."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One process of the portal, with the story of its restarts (instants of the monotonic clock)."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0
    given_up: bool = False


@dataclass
class Supervisor:
    """Starts the parts that do not run, in the order given, and stops them in the opposite order."""

    places: Places
    parts: list[Part]
    variables: dict[str, str] = field(default_factory=dict)
    asked_to_stop: bool = False

    def __post_init__(self) -> None:
        self.bell, self.button = socket.socketpair()
        self.bell.setblocking(False)
        self.button.setblocking(False)
        self.listen()

    def listen(self) -> None:
        """Take over the signals that end a program; one that was ignored (nohup) stays ignored."""
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self.ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(self.button.fileno())

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Note that the portal is to stop; the loop does it."""
        self.asked_to_stop = True

    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self.asked_to_stop

    def wait(self, seconds: float) -> None:
        """Sleep until a signal arrives or a child ends, at most that long."""
        if not self.stopping() and select.select([self.bell], [], [], seconds)[0]:
            self.bell.recv(512)

    def start_part(self, part: Part) -> None:
        """Start one part, its output in its own log."""
        with self.places.log(part.name).open("a") as log:
            part.process = offspring.spawn(part.command, log=log, folder=CHECKOUT, variables=self.variables)
        part.started = time.monotonic()

    def run(self) -> None:
        """Keep all parts running until somebody asks to stop."""
        while not self.stopping():
            now = time.monotonic()
            for part in self.parts:
                self.look_after(part, now)
            self.wait(1.0)

    def look_after(self, part: Part, now: float) -> None:
        """Start a part that does not run; a dead one after a pause that doubles while it keeps dying."""
        if part.given_up:
            return
        if part.process is None:
            if now >= part.again_at:
                self.start_part(part)
            return
        status = part.process.poll()
        if status is None:
            return
        offspring.signal_group(part.process, signal.SIGKILL)
        part.process = None
        if status == CANNOT_RUN:
            part.given_up = True
            print(self.last_line(part), flush=True)
            return
        part.pause = FIRST_PAUSE if now - part.started > HEALTHY_AFTER else part.pause
        part.again_at = now + part.pause
        print(
            f"{part.name} ended with status {status}; starting it again in {part.pause:.0f} s "
            f"(log: {self.places.log(part.name)})",
            flush=True,
        )
        part.pause = min(part.pause * 2, LONGEST_PAUSE)

    def last_line(self, part: Part) -> str:
        """What a part wrote last into its log."""
        lines = self.places.log(part.name).read_text(errors="replace").splitlines()
        return next((line for line in reversed(lines) if line.strip()), "no output")

    def stop(self) -> None:
        """Stop every part and all that it started; whoever does not end in time is made to."""
        running = [part.process for part in reversed(self.parts) if part.process is not None]
        offspring.end(running, GRACE)
