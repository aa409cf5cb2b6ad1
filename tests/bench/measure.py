"""Measuring one thing beside its raw twin: turn by turn in one run, medians of the time of all processors at work."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], object]
WARM_UP = 3  # turns before measuring: caches of the store, compiled statements, prepared plans


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `target` is the greatest allowed ratio ours / raw; None: for information."""

    name: str
    store: str
    size: str
    ours_ms: float
    raw_ms: float
    target: float | None

    @property
    def ratio(self) -> float:
        """How many times the raw work we take."""
        return self.ours_ms / self.raw_ms if self.raw_ms else 0.0

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.target is None or self.ratio <= self.target


class Meter:
    """Processor time of this process and of the server's processes that work for it, in nanoseconds."""

    def __init__(self, server_pids: Sequence[int] = ()) -> None:
        self._files = [Path(f"/proc/{pid}/schedstat") for pid in server_pids]
        self.sees_server = all(file.exists() for file in self._files)

    def now(self) -> int:
        """The time used so far; wall time where the server's processor time cannot be seen."""
        if not self.sees_server:
            return time.perf_counter_ns()
        return time.process_time_ns() + sum(int(file.read_text("ascii").split()[0]) for file in self._files)


def beside(ours: Work, raw: Work, *, turns: int, meter: Meter | None = None) -> tuple[float, float]:
    """Median milliseconds of both works, done turn by turn; wall time without a meter."""
    clock = meter.now if meter else time.perf_counter_ns
    works = (ours, raw)
    spent: tuple[list[int], list[int]] = ([], [])
    for _ in range(min(WARM_UP, turns)):
        for work in works:
            work()
    gc.collect()
    gc.disable()
    try:
        for turn in range(turns):
            for place in (0, 1) if turn % 2 else (1, 0):
                before = clock()
                works[place]()
                spent[place].append(clock() - before)
    finally:
        gc.enable()
    return median(spent[0]) / 1e6, median(spent[1]) / 1e6


def cores() -> int:
    """How many processors this run may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
