"""Drafts: what somebody typed and the store has not got yet, kept on this computer until it has.

One small file a form, in a folder of one office and one user that nobody else may read. A file is written whole or not
at all, so a kill in the middle of typing leaves the draft before or the draft after. The window writes within a second
of the last key (ui/drafting.py). A draft is forgotten when the store has the text, or the person throws it away.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crmdesk.system import paths


@dataclass(frozen=True, slots=True)
class Draft:
    """The unwritten text of one form: `key` names the form, `fields` what stands in it, `at` an aware moment."""

    key: str
    fields: Mapping[str, str]
    at: datetime


class Drafts:
    """The drafts of one user in one office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, address: str, user_id: int) -> Drafts:
        """Those of a user of the office at `address` (a path or a URL), in this person's own data folder."""
        place = address if "://" in address else str(Path(address).resolve())
        return cls(paths.data_dir() / "drafts" / _short(f"{place}\n{user_id}"))

    def keep(self, key: str, fields: Mapping[str, str], at: datetime) -> bool:
        """Keeps what is typed in a form now, instead of what was kept before; whether the disk took it.

        Costs a small file, no wait for the disk to settle: it outlives the program, not the power.
        """
        text = json.dumps({"key": key, "at": at.isoformat(), "fields": dict(fields)}, ensure_ascii=False)
        file = self._file(key)
        fresh = file.with_suffix(".new")
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self.folder.chmod(0o700)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(text.encode("utf-8", "surrogatepass"))
            fresh.replace(file)
        except OSError:
            return False
        return True

    def get(self, key: str) -> Draft | None:
        """What was kept of a form; None when there is nothing, or it cannot be read."""
        found = _read(self._file(key))
        return found if found is not None and found.key == key else None

    def forget(self, key: str) -> None:
        """The store has the text, or nobody wants it."""
        try:
            self._file(key).unlink(missing_ok=True)
        except OSError:
            return

    def pending(self) -> tuple[Draft, ...]:
        """All that is kept, the newest first; files that cannot be read are left where they are."""
        try:
            files = sorted(self.folder.glob("*.json"))
        except OSError:
            return ()
        found = [draft for draft in map(_read, files) if draft is not None]
        return tuple(sorted(found, key=lambda draft: draft.at, reverse=True))

    def _file(self, key: str) -> Path:
        return self.folder / f"{_short(key)}.json"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _read(file: Path) -> Draft | None:
    try:
        found = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        fields = {str(name): str(value) for name, value in found["fields"].items()}
        at = datetime.fromisoformat(found["at"])
        return Draft(str(found["key"]), fields, at) if at.tzinfo is not None else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
