"""The errors a person can meet. They carry values, never words: the words live in ui/error_texts.py."""

from __future__ import annotations


class CrmError(Exception):
    """Something a person is told about in one sentence: what happened, where, what to do.

    `key` names the sentence in ui/error_texts.py; `values` fill its placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(f"{key} {values}" if values else key)


class UserError(CrmError):
    """A rule said no. Nothing was changed. Exit code 1 on the command line."""


class UsageError(CrmError):
    """The command was called in a way it does not understand. Exit code 2 on the command line."""


class OutsideError(CrmError):
    """Disk, network, server or a file failed; the same call may succeed later. Exit code 3."""
