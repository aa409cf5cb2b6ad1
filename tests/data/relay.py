"""A wire to a server that can be cut at a chosen word: what was said before it arrives, the answer never does."""

from __future__ import annotations

import select
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SOCKET = ".s.PGSQL.5432"


class Relay:
    """Carries bytes between programs and the server. `cut_at`: what a program says last; then both ends are closed,
    the server's answer unread when `delivered`, the words unsaid when not. Once."""

    def __init__(self, server: str) -> None:
        self._server = server
        self.folder = Path(tempfile.mkdtemp(prefix="crmrl", dir="/tmp"))  # a socket's path must be short
        self.cut_at = b""
        self.delivered = True
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self.folder / SOCKET))
        self._door.listen()
        self._threads = [threading.Thread(target=self._let_in, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Lets nobody in any more; who is inside ends when the program does."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(10)
        shutil.rmtree(self.folder)

    def _let_in(self) -> None:
        while True:
            try:
                program, _ = self._door.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            self._threads.append(threading.Thread(target=self._carry, args=(program, server), daemon=True))
            self._threads[-1].start()

    def _carry(self, program: socket.socket, server: socket.socket) -> None:
        with program, server:
            while True:
                for source in select.select([program, server], [], [])[0]:
                    said = source.recv(65536)
                    if not said:
                        return
                    if source is program and self.cut_at and self.cut_at in said:
                        self.cut_at = b""
                        if self.delivered:
                            server.sendall(said)
                            server.recv(65536)  # the server has done it and says so; nobody will hear
                        return
                    (server if source is program else program).sendall(said)


@contextmanager
def relayed(address: str) -> Iterator[tuple[Relay, str]]:
    """A relay to the server of a URL, and the URL of the same database by way of it."""
    folder = parse_qs(urlsplit(address).query)["host"][0]
    relay = Relay(f"{folder}/{SOCKET}")
    try:
        yield relay, address.replace(folder, str(relay.folder))
    finally:
        relay.close()
