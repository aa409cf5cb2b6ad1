"""The window with the last screen's data, beside a bare PySide6 window: each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from tests.bench.measure import Row
from tests.bench.offices import NOW
from tests.bench.reads import Bench

TURNS = 5
MOST_MEMORY = 250.0  # MB after every view was visited
_SAY = """
import json, os, resource
times = os.times()
print(json.dumps([times.user + times.system, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]), flush=True)
os._exit(0)
"""
_BARE = (
    """
import sqlite3, json
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("CRMDesk"))
window.resize(1366, 768)
window.show()
for _ in range(3):
    app.processEvents()
window.grab()
"""
    + _SAY
)
_OURS = """
import sys
from datetime import datetime
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from crmdesk.app import App
qt = QApplication([])
app = App(qt, lang="ru", theme="light", now=datetime.fromisoformat(sys.argv[2]), login="boss")
app.window.resize(1366, 768)
app.start(sys.argv[1])
def shown():
    screen = app.window.screens.get("today")
    return screen is not None and screen.pane.state in ("ready", "empty")
while not shown():
    qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
for _ in range(3):
    qt.processEvents()
app.window.grab()
"""
_EVERY = """
from crmdesk.domain.client_list import ClientFilter
from crmdesk.ui.views import VIEWS
def settled():
    while app.kit.runner.busy:
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
settled()
for view in VIEWS:
    if view.in_rail:
        app.window.go(view.name)
    else:
        app.window.open_client(app.window.office.client_ids(ClientFilter())[0])
    settled()
    app.window.grab()
"""


SCROLLED = 100_000  # clients in the list that is scrolled
PAGES = 120  # screenfuls, one after the other from the middle on, each painted
_SCROLL = """
import json, os, sys
from datetime import datetime
from PySide6.QtWidgets import QApplication
from crmdesk.app import App
qt = QApplication([])
app = App(qt, lang="ru", theme="light", now=datetime.fromisoformat(sys.argv[2]), login="boss")
app.window.resize(1366, 768)
app.start(sys.argv[1])
def settled():
    while app.window.office is None or app.kit.runner.busy:
        qt.processEvents()
settled()
app.window.go("clients")
settled()
screen = app.window.screens["clients"]
presenter, wanted, trivial = screen.presenter, int(sys.argv[3]), sys.argv[4] == "trivial"
ids = (presenter.state.ids * (wanted // len(presenter.state.ids) + 1))[:wanted]
if trivial:
    rows = {row.id: row for start in range(0, min(len(ids), 5000), 200)
            for row in presenter._office.rows(ids[start:start + 200])}
    screen.model.client = lambda number: rows.get(ids[number], rows[ids[0]])
    presenter.row = screen.model.client
presenter._tell(ids=ids)
qt.processEvents()
bar = screen.table.verticalScrollBar()
bar.setValue(wanted // 2)
began = os.times()
for page in range(int(sys.argv[5])):
    bar.setValue(bar.value() + bar.pageStep())
    while app.kit.runner.busy:
        qt.processEvents()
    qt.processEvents()
    screen.table.viewport().grab()
used = os.times()
print(json.dumps([used.user + used.system - began.user - began.system, 0]), flush=True)
os._exit(0)
"""


def rows(bench: Bench) -> Iterator[tuple[str, Callable[[], list[Row]]]]:
    """The start of the window: how long until the data is painted, with how much work and memory."""
    yield "window", lambda: _start(bench)
    yield "page scroll of 100,000 clients", lambda: [_scrolled(bench)]


def _start(bench: Bench) -> list[Row]:
    address = bench.office.desk.store.address
    ours: list[tuple[float, float, float]] = []
    bare: list[tuple[float, float, float]] = []
    for _ in range(1 if bench.office.size == "XS" else TURNS):
        bare.append(_run(_BARE))
        ours.append(_run(_OURS + _SAY, address, NOW.isoformat()))
    on_sqlite = bench.raw.dialect == "sqlite"
    store = "sqlite" if on_sqlite else "postgres"
    named: list[tuple[str, float | None]] = [
        ("window: painted with data (wall)", 1.3 if on_sqlite else None),
        ("window: painted with data (CPU)", 3.0 if on_sqlite else 3.5),
        ("window: memory, MB", 1.5 if on_sqlite else None),
    ]
    visited = _run(_OURS + _EVERY + _SAY, address, NOW.isoformat())[2]
    return [
        *(
            Row(name, store, bench.office.size, median(o[n] for o in ours), median(b[n] for b in bare), target)
            for n, (name, target) in enumerate(named)
        ),
        Row("window: memory after every view, of 250 MB", store, bench.office.size, visited, MOST_MEMORY, 1.0),
    ]


def _scrolled(bench: Bench) -> Row:
    """The list scrolled screenful by screenful, beside the same table over a model that has all rows in its hands."""
    address, spent = bench.office.desk.store.address, {}
    pages = "3" if bench.office.size == "XS" else str(PAGES)
    for kind in ("trivial", "ours"):
        turns = [
            _run(_SCROLL, address, NOW.isoformat(), str(SCROLLED), kind, pages)[1]
            for _ in range(1 if bench.office.size == "XS" else TURNS)
        ]
        spent[kind] = median(turns)
    store = "sqlite" if bench.raw.dialect == "sqlite" else "postgres"
    return Row("page scroll of 100,000 clients", store, bench.office.size, spent["ours"], spent["trivial"], 1.2)


def _run(program: str, *words: str) -> tuple[float, float, float]:
    """Wall ms until it says that it is painted, CPU ms, MB."""
    began = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    wall = (time.perf_counter() - began) * 1e3
    if child.returncode:
        raise RuntimeError(child.stderr)
    cpu, kilobytes = json.loads(child.stdout.splitlines()[-1])
    return wall, cpu * 1e3, kilobytes / 1024
