"""Opening a store, reading from it, writing to it: the one read wrapper and the one write wrapper.

A store is a SQLite file (one computer) or a Postgres database (several). Reads get a connection; writes get a
`Writing`: one transaction with its audit rows, its derived figures and its search words, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, text, update
from sqlalchemy.orm import Session

from crmdesk.data import schema, sqlite, tables
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id

_SERVER_TX = text("SELECT crm.current_tx()")
_CONTEXT = update(tables.AuditContext).values(tx=bindparam("tx"), user_id=bindparam("user_id"), at=bindparam("at"))


@dataclass
class Writing:
    """One write transaction: change rows through `session` (ORM) or `connection` (Core), then say whom you touched.

    `tx` is the number that the audit rows of this transaction carry. A bulk change of records says
    `version = version + 1`, or the store refuses it.
    """

    session: Session
    connection: Connection
    tx: int
    at: datetime
    user_id: int | None
    touched: set[int] = field(default_factory=set)

    def touch(self, client_ids: Iterable[int]) -> None:
        """Marks clients whose figures and search words follow from what was changed; recomputed before the commit."""
        self.touched.update(client_ids)


class Store:
    """An open store. `dialect` is "sqlite" or "postgresql"; `address` a path or a URL."""

    def __init__(self, address: str, engine: Engine) -> None:
        self.address = address
        self.engine = engine
        self.dialect = engine.dialect.name
        self._writer = engine.execution_options(**{sqlite.WRITES: True})
        self._reader = engine
        if self.dialect == "postgresql":  # one moment for the whole reading; said in BEGIN itself, no round trip
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @classmethod
    def open(cls, address: str) -> Store:
        """Opens an existing office. Raises OutsideError("no_office") and others in one sentence each."""
        return cls(address, _engine(address, create=False))

    @classmethod
    def create(cls, address: str) -> Store:
        """Makes an empty office with the newest schema; refuses a place where something is already."""
        store = cls(address, _engine(address, create=True))
        with store._writer.begin() as connection:
            if store.dialect == "postgresql":
                connection.execute(text("CREATE SCHEMA crm"))
            schema.make(connection)
        return store

    def close(self) -> None:
        """Gives back all connections."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with; what it sees is one consistent moment. Takes no lock that a writer waits for."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, user_id: int | None, clock: Clock) -> Iterator[Writing]:
        """One transaction: committed whole at the end of the block, or rolled back by any error."""
        with self._writer.begin() as connection:
            on_sqlite = self.dialect == "sqlite"
            writing = Writing(
                session=Session(bind=connection, autoflush=False, expire_on_commit=False),
                connection=connection,
                tx=new_id() if on_sqlite else connection.execute(_SERVER_TX).scalar_one(),
                at=clock.now(),
                user_id=user_id,
            )
            if on_sqlite:
                connection.execute(_CONTEXT, {"tx": writing.tx, "user_id": user_id, "at": writing.at})
            with writing.session:
                yield writing
                writing.session.flush()
                if writing.touched:
                    from crmdesk.data import figures, search

                    figures.recompute(connection, writing.touched)
                    search.reindex(connection, writing.touched)
            if on_sqlite:
                connection.execute(_CONTEXT, {"tx": 0, "user_id": None, "at": None})


def is_postgres(address: str) -> bool:
    """Whether the address is a URL of a Postgres database; otherwise it is a path of a SQLite file."""
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def _engine(address: str, *, create: bool) -> Engine:
    if is_postgres(address):
        from crmdesk.data import postgres  # psycopg is 0.2 s of import that a SQLite office never needs

        return postgres.engine(address)
    return sqlite.engine(address, create=create)
