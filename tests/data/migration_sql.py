"""The SQL of migrations, from the tables: `python -m tests.data.migration_sql [TABLE]`.

Without a table: writes the SQL of the first migration anew. Only until the first release: afterwards the first
migration is history, and a change is a step of its own. With a table: prints, for such a step, the triggers that name
its columns, to be dropped and made anew on SQLite and replaced on Postgres.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.dialects import postgresql, sqlite

from crmdesk.data import audit_triggers, schema, tables, upgrade

FOLDER: Path = upgrade.STEPS / "versions"


def text(dialect: str) -> str:
    """The first migration for a store."""
    found = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()
    return "\n----\n".join(schema.statements(found)) + "\n"


def triggers(table: str, dialect: str) -> Iterator[str]:
    """The triggers of a table that name its columns, made anew."""
    wanted = tuple(f"CREATE TRIGGER {table}_{op} " for op in ("insert", "update", "delete"))
    for statement in audit_triggers.statements(dialect):
        if dialect == "sqlite" and statement.startswith(wanted):
            yield f"DROP TRIGGER {statement.split()[2]}"
            yield statement
        elif statement.startswith(f"CREATE FUNCTION crm.{table}_audit"):
            yield statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


if __name__ == "__main__":
    for name in ("sqlite", "postgresql"):
        if len(sys.argv) > 1:
            assert sys.argv[1] in tables.metadata.tables
            print(f"-- {name}", *triggers(sys.argv[1], name), sep="\n----\n")
        else:
            (FOLDER / f"0001_first.{name}.sql").write_text(text(name), encoding="utf-8", newline="\n")
