"""Ids made by the program: 63-bit, time-ordered, so that an insert can be retried and branches can merge."""

from __future__ import annotations

import secrets
import threading
import time

RANDOM_BITS = 22
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A new id: 41 bits of milliseconds since 1970, 22 random bits; strictly rising within one process."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        _last = fresh if fresh > _last else _last + 1
        return _last


def id_block(count: int) -> range:
    """`count` new ids in a row, for bulk loads; as unique as `new_id`."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS
        first = max(fresh, _last + 1)
        _last = first + count - 1
        return range(first, first + count)
