"""The triggers of both stores, made from the tables: the audit trail, versions, keys that never change.

Every change of an audited row leaves one audit row: only the changed keys, old and new, as JSON that reads the same
on both stores (booleans as true and false, NULLs of new and deleted rows left out). Rows keyed by more than `id` say
their key in `old`, too. A table whose rows follow from others says `info=NOT_AUDITED`. SQLite writes row by row,
Postgres once a statement (transition tables), by a function that runs with its owner's rights: who may write a
client may not write the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import JSON, Boolean, Column, Table

from crmdesk.data.tables import metadata

STALE = "crmdesk: stale version"  # what the store says when a change does not carry version = old + 1
APPEND_ONLY = "crmdesk: the audit trail is append-only"
KEY_CHANGED = "crmdesk: a key never changes"


def audited_tables() -> tuple[Table, ...]:
    """The tables whose every change is in the trail, parents before children."""
    return tuple(table for table in metadata.sorted_tables if table.info.get("audited", True))


def statements(dialect: str) -> Iterator[str]:
    """The SQL that makes all triggers of an empty store."""
    if dialect == "sqlite":
        yield "INSERT INTO audit_context (one, tx, user_id, at) VALUES (1, 0, NULL, NULL)"
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit\n"
                f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            )
        for table in audited_tables():
            yield from _on_sqlite(table)
    else:
        yield from _POSTGRES_FUNCTIONS
        for table in audited_tables():
            yield from _on_postgres(table)


def key_columns(table: Table) -> tuple[str, ...]:
    """The names of the columns that name a row."""
    return tuple(column.name for column in table.primary_key)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _row_id(table: Table, row: str) -> str:
    """What stands in audit.row_id: the first key column when it is a number, else 0."""
    first = next(iter(table.primary_key))
    return f'{row}."{first.name}"' if first.type.python_type is int else "0"


# ---- SQLite ----------------------------------------------------------------------------------------


def _on_sqlite(table: Table) -> Iterator[str]:
    name, keys = table.name, key_columns(table)
    whole = {row: "'{' || substr(" + _concat(_member(c, row) for c in table.columns) + ", 2) || '}'" for row in _ROWS}
    said = () if keys == ("id",) else keys
    old = _concat(_changed(column, "OLD", always=column.name in said) for column in table.columns)
    new = _concat(_changed(column, "NEW", always=False) for column in table.columns)
    differs = " OR ".join(f'OLD."{column.name}" IS NOT NEW."{column.name}"' for column in table.columns)
    yield _sqlite_trigger(table, "insert", "", "NEW", "NULL", whole["NEW"])
    yield _sqlite_trigger(
        table,
        "update",
        f"WHEN {differs}\n",
        "NEW",
        f"'{{' || substr({old}, 2) || '}}'",
        f"'{{' || substr({new}, 2) || '}}'",
    )
    yield _sqlite_trigger(table, "delete", "", "OLD", whole["OLD"], "NULL")
    if "version" in table.columns:
        yield (
            f"CREATE TRIGGER {name}_version BEFORE UPDATE ON {name}\n"
            f"WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, '{STALE}'); END"
        )
    changed = " OR ".join(f'NEW."{key}" IS NOT OLD."{key}"' for key in keys)
    yield (
        f"CREATE TRIGGER {name}_key BEFORE UPDATE OF {_quoted(keys)} ON {name}\n"
        f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{KEY_CHANGED}'); END"
    )


_ROWS = ("OLD", "NEW")
_NOW = "CAST(strftime('%s', 'now') AS INTEGER) * 1000"  # for a change by another program, outside Store.write


def _sqlite_trigger(table: Table, op: str, when: str, row: str, old: str, new: str) -> str:
    return (
        f"CREATE TRIGGER {table.name}_{op} AFTER {op.upper()} ON {table.name}\n{when}"
        f"BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)\n"
        f"SELECT tx, coalesce(at, {_NOW}), user_id, '{op}', '{table.name}', {_row_id(table, row)},\n{old},\n{new}\n"
        "FROM audit_context; END"
    )


def _concat(parts: Iterator[str]) -> str:
    return "\n|| ".join(parts)


def _value(column: Column[object], row: str) -> str:
    """The value as JSON text."""
    cell = f'{row}."{column.name}"'
    if isinstance(column.type, Boolean):
        return f"CASE WHEN {cell} IS NULL THEN 'null' WHEN {cell} THEN 'true' ELSE 'false' END"
    if isinstance(column.type, JSON):
        return f"coalesce({cell}, 'null')"
    return f"json_quote({cell})"


def _member(column: Column[object], row: str) -> str:
    text = f"',\"{column.name}\":' || {_value(column, row)}"
    if not column.nullable:
        return text
    return f"CASE WHEN {row}.\"{column.name}\" IS NULL THEN '' ELSE {text} END"


def _changed(column: Column[object], row: str, *, always: bool) -> str:
    text = f"',\"{column.name}\":' || {_value(column, row)}"
    if always:
        return text
    return f'CASE WHEN OLD."{column.name}" IS NOT NEW."{column.name}" THEN {text} ELSE \'\' END'


# ---- Postgres --------------------------------------------------------------------------------------

# The number of a transaction: milliseconds of its start, then the low 22 bits of its own number, as an id is built.
# It is the same all through the transaction, no client can choose it, and it stays unique after a restore elsewhere.
_POSTGRES_FUNCTIONS = (
    """CREATE FUNCTION crm.current_tx() RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT (floor(extract(epoch FROM now()) * 1000)::bigint << 22)
| (pg_current_xact_id()::text::bigint & 4194303) $$""",
    f"""CREATE FUNCTION crm.refuse_stale() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION '{STALE}' USING errcode = '40001'; END $$""",
    f"""CREATE FUNCTION crm.refuse_key() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION '{KEY_CHANGED}' USING errcode = '23000'; END $$""",
    f"""CREATE FUNCTION crm.refuse_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}' USING errcode = '42501'; END $$""",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON crm.audit "
    "FOR EACH ROW EXECUTE FUNCTION crm.refuse_audit()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON crm.audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()",
)


def _on_postgres(table: Table) -> Iterator[str]:
    name, keys = table.name, key_columns(table)
    join = " AND ".join(f'o."{key}" = n."{key}"' for key in keys)
    said = () if keys == ("id",) else keys
    # Column by column: comparing the two rows as jsonb takes a hundred times longer. Compiling so long an expression
    # (jit) would take seconds, for any large number of rows.
    old = _object(_pair(column, "o") if column.name in said else _when_changed(column, "o") for column in table.columns)
    new = _object(_when_changed(column, "n") for column in table.columns)
    differs = f"({_row(table, 'o')}) IS DISTINCT FROM ({_row(table, 'n')})"
    yield f"""CREATE FUNCTION crm.{name}_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', '{name}', {_row_id(table, "n")}, NULL, {_whole(table, "n")}
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', '{name}', {_row_id(table, "o")}, {_whole(table, "o")}, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', '{name}', {_row_id(table, "n")},
    {old},
    {new}
    FROM old_rows o JOIN new_rows n ON {join}
    WHERE {differs};
  END IF;
  RETURN NULL;
END $$"""
    yield f"REVOKE ALL ON FUNCTION crm.{name}_audit() FROM PUBLIC"
    for op, seen in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ("DELETE", "OLD TABLE AS old_rows"),
    ):
        yield (
            f"CREATE TRIGGER {name}_{op.lower()} AFTER {op} ON crm.{name} REFERENCING {seen} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION crm.{name}_audit()"
        )
    if "version" in table.columns:
        yield (
            f"CREATE TRIGGER {name}_version BEFORE UPDATE ON crm.{name} FOR EACH ROW "
            "WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()"
        )
    changed = " OR ".join(f'NEW."{key}" IS DISTINCT FROM OLD."{key}"' for key in keys)
    yield (
        f"CREATE TRIGGER {name}_key BEFORE UPDATE OF {_quoted(keys)} ON crm.{name} FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION crm.refuse_key()"
    )
    yield (
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON crm.{name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()"
    )


def _row(table: Table, row: str) -> str:
    return ", ".join(f'{row}."{column.name}"' for column in table.columns)


def _object(pairs: Iterable[str]) -> str:
    """The pairs that are not NULL as one JSON object."""
    return "('{' || concat_ws(',',\n" + ",\n".join(pairs) + ") || '}')::jsonb"


def _pair(column: Column[object], row: str) -> str:
    cell = f'{row}."{column.name}"'
    text = f"{cell}::text" if _reads_as_json(column) else f"to_json({cell})::text"
    if column.nullable:
        text = f"coalesce({text}, 'null')"
    return f"'\"{column.name}\":' || {text}"


def _when_changed(column: Column[object], row: str) -> str:
    name = column.name
    return f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN {_pair(column, row)} END'


def _reads_as_json(column: Column[object]) -> bool:
    return isinstance(column.type, JSON | Boolean) or column.type.python_type is int


def _whole(table: Table, row: str) -> str:
    """The row as JSON without its NULLs; what lies inside JSON columns stays as it is."""
    return _object(
        f'CASE WHEN {row}."{column.name}" IS NOT NULL THEN {_pair(column, row)} END'
        if column.nullable
        else _pair(column, row)
        for column in table.columns
    )
