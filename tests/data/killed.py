"""A nursery of writers that are killed: `python -m tests.data.killed ADDRESS TIMES SEED`.

Each writer is a child process of its own that opens the office, writes client + task pairs and says the id of each
after its commit; it is killed (SIGKILL) at a random moment. Prints the ids that were said. The nursery itself never
opens the office: children must not inherit a connection.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import configure_mappers

from crmdesk.data import figures, search, tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id

LONGEST = 0.04  # seconds that a writer lives after its first word
PATIENCE = 60.0  # seconds that a writer may take to its first word on a busy machine


def write_forever(address: str, said: int) -> None:
    store = Store.open(address)
    while True:
        with store.write(user_id=None, clock=Clock()) as writing:
            client = tables.Client(id=new_id(), name="ООО «Ёлка»", created_at=writing.at)
            writing.session.add(client)
            writing.session.flush()
            task = tables.Task(id=new_id(), client_id=client.id, kind="call", title="Звонок", created_at=writing.at)
            writing.session.add(task)
            writing.touch([client.id])
        os.write(said, f"{client.id}\n".encode())


def kill_one(work: Callable[[int], None], lives: float, *, may_end: bool = False) -> bytes:
    """What one worker, told where to say it, said before it was killed `lives` seconds after its first word."""
    listening, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listening)
        try:
            work(said)
            os._exit(0)
        finally:
            os._exit(3)
    os.close(said)
    heard, end = b"", time.monotonic() + PATIENCE
    while (left := end - time.monotonic()) > 0:
        if not select.select([listening], [], [], left)[0]:
            break
        word = os.read(listening, 65536)
        if not word:
            break
        if not heard:
            end = time.monotonic() + lives
        heard += word
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while word := os.read(listening, 65536):
        heard += word
    os.close(listening)
    if not os.WIFSIGNALED(status) and not (may_end and status == 0):
        raise SystemExit(f"a worker failed: {status}")
    return heard


if __name__ == "__main__":
    assert figures and search  # imported before the fork, so that a writer starts at once
    configure_mappers()
    chance = random.Random(int(sys.argv[3]))
    for _ in range(int(sys.argv[2])):
        sys.stdout.write(kill_one(partial(write_forever, sys.argv[1]), chance.uniform(0, LONGEST)).decode())
    sys.stdout.flush()
