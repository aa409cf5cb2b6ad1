"""The bare drivers: sqlite3 and psycopg, each statement written for both, one with ? and one with %s."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg

from crmdesk.data.office import Store

MONTH = {
    "sqlite": "CAST(strftime('%Y%m', {day} + 1721424.5) AS INTEGER)",
    "postgresql": "CAST(to_char(DATE '0001-01-01' + ({day} - 1), 'YYYYMM') AS INTEGER)",
}
AMONG = {"sqlite": "IN (SELECT value FROM json_each(?))", "postgresql": "= ANY (%s)"}


class Raw:
    """A connection of the driver alone to the same base."""

    def __init__(self, store: Store) -> None:
        self.dialect = store.dialect
        self.connection: Any
        if self.dialect == "sqlite":
            self.connection = sqlite3.connect(store.address, isolation_level=None)
            self.connection.execute("PRAGMA synchronous=FULL")
        else:
            self.connection = psycopg.connect(store.address, autocommit=True, options="-c search_path=crm")
        self.read = self.connection.execute

    def sql(self, text: str) -> str:
        """The statement as this driver writes it: parameters, months of days, sets of ids."""
        text = text.replace("AMONG_IDS", AMONG[self.dialect])
        start = text.find("MONTH_OF(")
        while start >= 0:
            end = text.index(")", start)
            day = text[start + len("MONTH_OF(") : end]
            text = text[:start] + MONTH[self.dialect].format(day=day) + text[end + 1 :]
            start = text.find("MONTH_OF(")
        return text if self.dialect == "sqlite" else text.replace("?", "%s")

    def ids(self, ids: Sequence[int]) -> Any:
        """A set of ids as this driver takes it."""
        return json.dumps(ids) if self.dialect == "sqlite" else list(ids)

    def close(self) -> None:
        """Gives the connection back."""
        self.connection.close()
