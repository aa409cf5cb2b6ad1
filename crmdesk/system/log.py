"""The log: a rotating file in UTF-8. It names ids, never people."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from crmdesk.system import paths


def start(*, verbose: bool = False) -> None:
    """Starts logging to the person's log folder; without a writable folder the program runs unlogged."""
    root = logging.getLogger("crmdesk")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    if root.handlers:
        return
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            paths.log_dir() / "crmdesk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s %(message)s"))
    root.addHandler(handler)
