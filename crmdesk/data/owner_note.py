"""The note beside an office file in a network folder: who has it open, and since when. One at a time, never two."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
from pathlib import Path
from types import TracebackType

from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UserError


class OwnerNote:
    """The note of this process; made by `take`, removed by `give_back`."""

    def __init__(self, file: Path) -> None:
        self.file = file.with_name(file.name + ".owner")
        self._said = ""

    def take(self) -> None:
        """Writes the note. Raises UserError("office_in_use") with who, host, since when somebody else has the office.

        A note of a process of this computer that no longer runs is taken over.
        """
        self._said = json.dumps(
            {
                "who": getpass.getuser(),
                "host": socket.gethostname(),
                "pid": os.getpid(),
                "since": Clock().now().isoformat(timespec="seconds"),
            },
            ensure_ascii=False,
        )
        for _ in range(2):
            try:
                with self.file.open("x", encoding="utf-8") as stream:
                    stream.write(self._said)
            except FileExistsError:
                self._look_at_the_other()
            except OSError as error:
                raise OutsideError("read_only_folder", folder=str(self.file.parent)) from error
            else:
                return
        raise UserError("office_in_use", who="?", host="?", since="?", note=str(self.file))

    def give_back(self) -> None:
        """Removes the note, when it is still ours."""
        with contextlib.suppress(OSError):
            if self._said and self.file.read_text(encoding="utf-8") == self._said:
                self.file.unlink()

    def __enter__(self) -> OwnerNote:
        self.take()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.give_back()

    def _look_at_the_other(self) -> None:
        try:
            other = json.loads(self.file.read_text(encoding="utf-8"))
            who, host, pid, since = str(other["who"]), str(other["host"]), int(other["pid"]), str(other["since"])
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError):
            who, host, pid, since = "?", "?", 0, "?"
        if host == socket.gethostname() and not runs(pid):
            self.file.unlink(missing_ok=True)
            return
        raise UserError("office_in_use", who=who, host=host, since=since, note=str(self.file))


def runs(pid: int) -> bool:
    """Whether a process of this computer is alive."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
