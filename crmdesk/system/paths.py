"""Where things lie: the program's own resources and the person's own folders."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The folder of icons, fonts, words and default content, in a checkout and in an installed program."""
    installed = PACKAGE / "resources"
    return installed if installed.is_dir() else PACKAGE.parent / "resources"


def config_dir() -> Path:
    """The person's settings; CRMDESK_HOME overrides (tests, portable use)."""
    home = os.environ.get("CRMDESK_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir("crmdesk", appauthor=False, roaming=True))


def data_dir() -> Path:
    """The person's offices, backups and drafts; CRMDESK_HOME overrides."""
    home = os.environ.get("CRMDESK_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir("crmdesk", appauthor=False))


def log_dir() -> Path:
    """Log files and crash reports."""
    home = os.environ.get("CRMDESK_HOME")
    return Path(home) / "log" if home else Path(platformdirs.user_log_dir("crmdesk", appauthor=False))
