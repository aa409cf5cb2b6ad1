"""Taking an import back: what it added is archived, what it changed is set back, unless somebody went on from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, tuple_, union_all, update

from crmdesk.data import tables
from crmdesk.data.dialects import among, chunks
from crmdesk.data.imports import Run
from crmdesk.data.tables import Audit, Client, OrderLine, Product
from crmdesk.data.writing import Writing

# Children before parents: a client is looked at when his own rows are already archived.
_ADDED: tuple[Any, ...] = (
    tables.Task, tables.Interaction, tables.Order, tables.ContactPoint, tables.Person, Client, Product,
    tables.ProductGroup,
)  # fmt: skip
_OF_CLIENT: tuple[Any, ...] = (tables.Task, tables.Interaction, tables.Order, tables.ContactPoint, tables.Person)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was not taken back, and why: changed_since, in_use."""

    table: str
    id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows were archived, how many set back, which were not, whose figures follow."""

    archived: int
    restored: int
    kept: tuple[Kept, ...]
    touched: frozenset[int]


def undo(writing: Writing, run: Run) -> Undone:
    """Takes the import back, in the caller's transaction."""
    undoing = _Undoing(writing, run)
    restored = undoing.restore()
    archived = undoing.archive()
    return Undone(archived, restored, tuple(undoing.kept), frozenset(undoing.touched))


class _Undoing:
    def __init__(self, writing: Writing, run: Run) -> None:
        self.writing, self.run = writing, run
        self.connection: Connection = writing.connection
        self.kept: list[Kept] = []
        self.touched: set[int] = set()

    # what it changed ----------------------------------------------------------------------------------
    def restore(self) -> int:
        """Sets back the rows that the import changed and nobody has changed since."""
        before: dict[tuple[str, int], dict[str, Any]] = {}
        last: dict[tuple[str, int], int] = {}
        dropped: dict[int, list[dict[str, Any]]] = defaultdict(list)
        statement = (
            select(Audit.id, Audit.op, Audit.tbl, Audit.row_id, Audit.old)
            .where(Audit.tx == self.run.tx, Audit.op != "insert")
            .order_by(Audit.id)
        )
        for row in self.connection.execute(statement):
            if row.tbl == OrderLine.__tablename__:
                if row.op == "delete":
                    dropped[row.row_id].append(dict(row.old))
            elif row.op == "update" and row.tbl in _NAMES:
                key = (row.tbl, row.row_id)
                before[key] = {**dict(row.old), **before.get(key, {})}  # the oldest value of each field
                last[key] = row.id
        restored = 0
        for table in _ADDED:
            name = table.__tablename__
            ids = [row_id for tbl, row_id in before if tbl == name]
            changed = self._changed_since(name, ids, last)
            mine = self._mine(table, ids)
            for row_id in ids:
                if row_id in changed:
                    self.kept.append(Kept(name, row_id, "changed_since"))
                elif row_id not in mine:  # what the import made itself is archived anyway
                    set_back(self.connection, table, row_id, before[name, row_id])
                    restored += 1
            good = [row_id for row_id in ids if row_id not in changed and row_id not in mine]
            if table is tables.Order:
                self._set_lines_back(good, dropped)
            self._touch(table, good)
        return restored

    def _changed_since(self, name: str, ids: Collection[int], last: dict[tuple[str, int], int]) -> set[int]:
        tbls = [name, OrderLine.__tablename__] if name == tables.Order.__tablename__ else [name]
        statement = select(Audit.row_id, Audit.id).where(
            Audit.tbl.in_(tbls), among(Audit.row_id), Audit.tx != self.run.tx
        )
        return {
            row.row_id
            for some in chunks(ids)
            for row in self.connection.execute(statement, {"ids": some})
            if row.id > last[name, row.row_id]
        }

    def _mine(self, table: Any, ids: Collection[int]) -> set[int]:
        statement = select(table.id).where(among(table.id), table.import_id == self.run.id)
        return {row_id for some in chunks(ids) for row_id in self.connection.scalars(statement, {"ids": some})}

    def _set_lines_back(self, order_ids: Collection[int], dropped: dict[int, list[dict[str, Any]]]) -> None:
        """Lines the import put in go out, lines it took out come in."""
        lines: Any = OrderLine.__table__
        put_in = select(Audit.row_id, Audit.new).where(
            Audit.tbl == OrderLine.__tablename__, among(Audit.row_id), Audit.tx == self.run.tx, Audit.op == "insert"
        )
        for some in chunks(order_ids):
            keys = [(row.row_id, row.new["line"]) for row in self.connection.execute(put_in, {"ids": some})]
            for start in range(0, len(keys), 500):
                self.connection.execute(
                    delete(lines).where(tuple_(lines.c.order_id, lines.c.line).in_(keys[start : start + 500]))
                )
            back = [
                {column.name: line.get(column.name) for column in lines.columns}
                for order_id in some
                for line in dropped.get(order_id, ())
            ]
            if back:
                self.connection.execute(insert(lines), back)

    # what it added ------------------------------------------------------------------------------------
    def archive(self) -> int:
        """Archives the rows that the import added, except clients and products that others have come to need."""
        archived = 0
        for table in _ADDED:
            added = select(table.id).where(table.import_id == self.run.id, table.archived_at.is_(None))
            ids = list(self.connection.scalars(added))
            used = in_use(self.connection, table, ids)
            self.kept += [Kept(table.__tablename__, row_id, "in_use") for row_id in sorted(used)]
            gone = [row_id for row_id in ids if row_id not in used]
            self._touch(table, gone)
            statement = (
                update(table.__table__)
                .where(among(table.__table__.c.id))
                .values(archived_at=self.writing.at, version=table.__table__.c.version + 1)
            )
            for some in chunks(gone):
                self.connection.execute(statement, {"ids": some})
            archived += len(gone)
        return archived

    def _touch(self, table: Any, ids: Iterable[int]) -> None:
        """Marks the clients of rows, and those who bought a product."""
        rows = list(ids)
        if table is Client:
            self.touched.update(rows)
        elif table in _OF_CLIENT:
            statement = select(table.client_id).where(among(table.id), table.client_id.is_not(None))
            for some in chunks(rows):
                self.touched.update(self.connection.scalars(statement, {"ids": some}))


def set_back(
    connection: Connection, table: Any, row_id: int, values: dict[str, Any], version: int | None = None
) -> bool:
    """Gives a row these values as its next version; `values` as the trail keeps them. False when the row is no longer
    at `version`, if that is said."""
    there = table.__table__
    statement = update(there).where(there.c.id == row_id)
    if version is not None:
        statement = statement.where(there.c.version == version)
    fresh = {name: value for name, value in values.items() if name not in ("id", "version")}
    done = connection.execute(statement.values(**fresh, version=there.c.version + 1))
    return bool(done.rowcount)


def in_use(connection: Connection, table: Any, ids: Collection[int]) -> set[int]:
    """Which of these clients, people, products and groups are needed by a row that is not archived."""
    if table is Client:
        needs = union_all(
            *(
                select(child.client_id.label("id")).where(among(child.client_id), child.archived_at.is_(None))
                for child in _OF_CLIENT
            )
        )
    elif table is Product:
        needs = select(OrderLine.product_id.label("id")).where(
            among(OrderLine.product_id),
            exists().where(tables.Order.id == OrderLine.order_id, tables.Order.archived_at.is_(None)),
        )  # type: ignore[assignment]
    elif table is tables.ProductGroup:
        needs = select(Product.group_id.label("id")).where(among(Product.group_id), Product.archived_at.is_(None))  # type: ignore[assignment]
    elif table is tables.Person:
        needs = select(tables.Task.person_id.label("id")).where(
            among(tables.Task.person_id), tables.Task.archived_at.is_(None)
        )  # type: ignore[assignment]
    else:
        return set()
    return {row_id for some in chunks(ids) for row_id in connection.scalars(needs, {"ids": some})}


_NAMES = frozenset(table.__tablename__ for table in _ADDED)
