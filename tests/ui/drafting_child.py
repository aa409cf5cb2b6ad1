"""Types into a form until it is killed: `python -m tests.ui.drafting_child FOLDER`, says each text it has typed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from crmdesk.system.clock import Clock
from crmdesk.system.drafts import Drafts
from crmdesk.ui.drafting import Drafting


def main(folder: str) -> None:
    """One number more every 20 ms, typed into a real editor; each is said with the moment it was typed."""
    app = QApplication([])
    edit = QPlainTextEdit()
    drafting = Drafting(Drafts(Path(folder)), "contact-7", Clock(), edit)
    edit.textChanged.connect(lambda: drafting.typed({"resume": edit.toPlainText()}))
    number = 0

    def key() -> None:
        nonlocal number
        number += 1
        edit.setPlainText(f"звонок {number}")
        print(number, time.time(), flush=True)

    keys = QTimer(edit, interval=20)
    keys.timeout.connect(key)
    keys.start()
    while True:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main(sys.argv[1])
