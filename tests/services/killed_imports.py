"""A nursery of imports that are killed: `python -m tests.services.killed_imports ADDRESS FOLDER SEED`.

Each file of the folder is imported by a child process of its own, which says `start` and, after its commit, the name
of the file; it is killed at a random moment. Prints the names that were said.
"""

from __future__ import annotations

import os
import random
import sys
from functools import partial
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from crmdesk.services import imports
from crmdesk.services.office import open_office
from crmdesk.system.clock import Clock
from tests.data.killed import kill_one

LONGEST = 1.5  # seconds that an import lives: some end, most do not


def import_one(address: str, file: Path, said: int) -> None:
    desk = open_office(address, login=None, clock=Clock())
    os.write(said, b"start\n")
    report = imports.run(desk, "clients", file, backup=False)
    assert not report.refused
    os.write(said, f"{file.stem}\n".encode())


if __name__ == "__main__":
    configure_mappers()
    chance = random.Random(int(sys.argv[3]))
    for path in sorted(Path(sys.argv[2]).iterdir()):
        heard = kill_one(partial(import_one, sys.argv[1], path), chance.uniform(0, LONGEST), may_end=True)
        sys.stdout.write(heard.decode().replace("start\n", ""))
    sys.stdout.flush()
