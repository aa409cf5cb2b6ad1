"""Writes the SQL of the first migration anew from the tables: `python -m tests.data.write_first_migration`.

Only until the first release: afterwards the first migration is history, and a change is a step of its own.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.dialects import postgresql, sqlite

from crmdesk.data import schema, upgrade

FOLDER: Path = upgrade.STEPS / "versions"


def text(dialect: str) -> str:
    found = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()
    return "\n----\n".join(schema.statements(found)) + "\n"


if __name__ == "__main__":
    for name in ("sqlite", "postgresql"):
        (FOLDER / f"0001_first.{name}.sql").write_text(text(name), encoding="utf-8", newline="\n")
