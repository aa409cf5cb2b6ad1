"""What this person chose on this computer: last office, language, theme, window. No secrets, no office data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crmdesk.system import paths


class Settings:
    """A small JSON file of choices; a damaged or missing file means the defaults, never an error."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or paths.config_dir() / "settings.json"
        try:
            loaded = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            loaded = {}
        self._values: dict[str, Any] = loaded if isinstance(loaded, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        """The choice under `key`, or the default."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keeps a choice; written at once, whole or not at all. A read-only folder is not an error."""
        self._values[key] = value
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            Path(fresh).replace(self.file)
        except OSError:
            return
