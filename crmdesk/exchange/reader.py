"""Reading a stranger's file in a child process that cannot take more than 1 GB or 60 s of the machine.

The child opens the table and sends its rows in batches as JSON over a pipe; the parent never parses the file
itself. On Unix the limits are the kernel's (setrlimit); on Windows a job object holds the memory; and everywhere the
parent gives up on a child that is silent for a minute.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crmdesk.exchange import guards, tables
from crmdesk.exchange.tables import Cell, Source
from crmdesk.system.errors import CrmError, UserError
from crmdesk.system.jobs import NO_JOB, Job

MEMORY = 1 << 30  # bytes of address space
SECONDS = 60  # of processor time, and of silence
BATCH = 2_000  # rows a message


@dataclass(frozen=True, slots=True)
class Reading:
    """A table being read: how, and batches of (row number, cells) with the share of the file read so far."""

    source: Source
    batches: Iterator[tuple[float, list[tuple[int, list[Cell]]]]]

    def rows(self, job: Job = NO_JOB) -> Iterator[tuple[int, list[Cell]]]:
        """The rows one by one; tells the job how far the file is read, in per mille."""
        for share, batch in self.batches:
            job.check()
            job.progress(round(share * 1000), 1000)
            yield from batch


@contextmanager
def reading(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Iterator[Reading]:
    """Opens a file in a child process; the child is gone when the block ends.

    Raises UserError and OutsideError of guards, encodings and tables, and UserError("file_too_heavy") when the child
    ran into its limits.
    """
    guards.check_file(path)
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(sending, str(path), sheet, encoding), daemon=True)
    child.start()
    sending.close()
    try:
        head = _receive(receiving, path)
        facts = head["source"]
        source = Source(
            form=facts["form"],
            encoding=facts["encoding"],
            separator=facts["separator"],
            sheet=facts["sheet"],
            sheets=tuple(facts["sheets"]),
            headings=None if facts["headings"] is None else tuple(facts["headings"]),
        )
        yield Reading(source, _batches(receiving, path))
    finally:
        receiving.close()
        child.kill()
        child.join()
        child.close()


def _batches(receiving: Connection, path: Path) -> Iterator[tuple[float, list[tuple[int, list[Cell]]]]]:
    while True:
        message = _receive(receiving, path)
        if "rows" not in message:
            return
        yield message["done"], message["rows"]


def _receive(receiving: Connection, path: Path) -> dict[str, Any]:
    try:
        if not receiving.poll(SECONDS):
            raise UserError("file_too_heavy", file=path.name)
        message: dict[str, Any] = json.loads(receiving.recv_bytes())
    except (EOFError, OSError):
        raise UserError("file_too_heavy", file=path.name) from None
    if "error" in message:
        from crmdesk.system import errors

        raise getattr(errors, message["class"])(message["error"], **message["values"])
    return message


def _child(sending: Connection, path: str, sheet: str | None, encoding: str | None) -> None:
    """The child's whole life: limits, head, batches, end; or an error by its key."""
    _limit()

    def send(message: dict[str, Any]) -> None:
        sending.send_bytes(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))

    try:
        table = tables.open_table(Path(path), sheet=sheet, encoding=encoding)
        source = table.source
        send({"source": {name: getattr(source, name) for name in source.__slots__}})
        batch: list[tuple[int, list[Cell]]] = []
        for row in table.rows:
            batch.append(row)
            if len(batch) == BATCH:
                send({"rows": batch, "done": table.done()})
                batch = []
        send({"rows": batch, "done": 1.0})
        send({"end": True})
    except CrmError as error:
        send({"error": error.key, "values": error.values, "class": type(error).__name__})
    except MemoryError:
        send({"error": "file_too_heavy", "values": {"file": Path(path).name}, "class": "UserError"})
    except OSError:
        sys.exit(1)  # the parent is gone, or the disk is: either way nobody listens
    sending.close()


def _limit() -> None:
    if sys.platform == "win32":
        _limit_on_windows()
        return
    import resource

    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue  # macOS has no RLIMIT_AS to speak of


def _limit_on_windows() -> None:
    """Puts this process into a job object with a memory limit (JOB_OBJECT_LIMIT_PROCESS_MEMORY)."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    process_memory, extended = 0x100, 9
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION: basic limits (flags in the 5th word), I/O counters, four sizes
    word = ctypes.sizeof(ctypes.c_size_t)
    basic = 16 + (8 if word == 8 else 4) + 2 * word + (8 if word == 8 else 4) + word + 8
    size = basic + 48 + 4 * word
    information = (ctypes.c_byte * size)()
    ctypes.c_uint32.from_buffer(information, 16).value = process_memory
    ctypes.c_size_t.from_buffer(information, basic + 48).value = MEMORY
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    kernel.SetInformationJobObject(job, extended, ctypes.byref(information), size)
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
