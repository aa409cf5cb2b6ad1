"""Whether a folder lies on another computer: SQLite's locks and its WAL cannot be trusted there."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PurePosixPath

# The kinds of file systems that are served by another computer, as /proc/mounts names them.
NETWORK_KINDS = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "davfs", "ceph", "9p"),
        *("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.curlftpfs"),
    }
)
DRIVE_REMOTE = 4  # what GetDriveTypeW answers for a mapped drive


def is_network(folder: Path) -> bool:
    """Whether the folder lies on another computer, a drive letter of a share included."""
    folder = folder.resolve()
    if sys.platform == "win32":
        root = folder.anchor
        return is_unc(root) or ctypes.windll.kernel32.GetDriveTypeW(root) == DRIVE_REMOTE
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(folder, mounts) in NETWORK_KINDS


def is_unc(root: str) -> bool:
    r"""Whether a Windows root is a share: \\server\share, and \\?\UNC\server\share; not \\?\C:\."""
    plain = root.replace("/", "\\")
    if plain.startswith("\\\\?\\"):
        return plain[4:8].upper() == "UNC\\"
    return plain.startswith("\\\\")


def file_system(folder: Path, mounts: str) -> str:
    """The kind of the file system that a folder lies on, by the text of /proc/mounts; "" when it is not told."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        point = words[1]
        for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
            point = point.replace(code, sign)
        if len(point) >= best and PurePosixPath(folder).is_relative_to(point):
            best, kind = len(point), words[2]
    return kind
