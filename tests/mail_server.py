"""A real mail server on this machine, which refuses the addresses that it is told to refuse."""

import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Thread
from typing import Any, cast


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks SMTP. ``answers`` gives the answer to an address where it is not yes; ``taken`` is what came.

    ``pause`` is how many seconds it takes over each e-mail, as one far away does.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers: dict[str, str] = {}
        self.taken: list[tuple[str, Message]] = []
        self.connections = 0
        self.pause = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def recipients(self) -> list[str]:
        """Return who got an e-mail, in order."""
        return [to for to, _message in self.taken]


class Conversation(socketserver.StreamRequestHandler):
    """One connection of a client."""

    def handle(self) -> None:
        server = cast("MailServer", self.server)
        server.connections += 1
        self.to = ""
        self.say("220 ready")
        for line in self.rfile:
            word, _space, rest = line.decode().strip().partition(" ")
            if word.upper() == "DATA":
                self.take(server)
            elif word.upper() == "QUIT":
                self.say("221 bye")
                return
            elif not self.reply(server, word.upper(), rest):
                return

    def reply(self, server: MailServer, word: str, rest: str) -> bool:
        """Answer a command of one line; return whether the connection goes on."""
        answer = "250 fine"
        if word == "RCPT":
            self.to = rest[rest.index("<") + 1 : rest.index(">")]
            answer = server.answers.get(self.to, answer)
        if answer:
            self.say(answer)
        return bool(answer) and not answer.startswith("421")

    def take(self, server: MailServer) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        time.sleep(server.pause)
        server.taken.append((self.to, message_from_bytes(b"".join(lines))))
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running server, which the settings name."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
