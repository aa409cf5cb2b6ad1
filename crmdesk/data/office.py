"""Opening a store, reading from it, writing to it: the one read wrapper and the one write wrapper.

A store is a SQLite file (one computer) or a Postgres database (several). Reads get a connection; writes get a
`Writing`: one transaction with its audit rows, its derived figures and its search words, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from crmdesk.data import figures, schema, search, sqlite, sqlite_file, tables
from crmdesk.data.driver_errors import told
from crmdesk.data.owner_note import OwnerNote
from crmdesk.data.writing import Writing
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
from crmdesk.system.ids import new_id

UTC_CLOCK = Clock("UTC")


class Store:
    """An open store. `dialect` is "sqlite" or "postgresql"; `address` a path or a URL.

    `place` is the address as it may be shown; `read_only` a file that can be read and not written.
    """

    def __init__(self, address: str, engine: Engine, *, read_only: bool = False, note: OwnerNote | None = None) -> None:
        self.address = address
        self.engine = engine
        self.dialect = engine.dialect.name
        self.read_only = read_only
        self.place = _place(address)
        self._note = note
        self._writer = engine.execution_options(**{sqlite.WRITES: True})
        self._reader = engine
        self._asker = engine.execution_options(**{sqlite.SINGLE: True})
        if self.dialect == "postgresql":  # one moment for the whole reading; said in BEGIN itself, no round trip
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._asker = engine.execution_options(isolation_level="AUTOCOMMIT")

    @classmethod
    def open(cls, address: str) -> Store:
        """Opens an existing office; looks before it changes anything, and runs no migration.

        A file without right to write is opened `read_only`. Raises OutsideError("no_office", "not_an_office",
        "office_empty", "office_damaged", …), UserError("newer_schema", "older_schema", "office_in_use").
        """
        if is_postgres(address):
            from crmdesk.data import postgres  # psycopg is 0.2 s of import that a SQLite office never needs

            engine = postgres.engine(address)
            try:
                postgres.look(engine, address)
            except BaseException:
                engine.dispose()
                raise
            return cls(address, engine)
        place = sqlite_file.look(address)
        note = None
        if place.network and not place.read_only:
            note = OwnerNote(place.file)
            note.take()
        return cls(address, sqlite.engine(place), read_only=place.read_only, note=note)

    @classmethod
    def create(cls, address: str, *, fill: Callable[[Writing], None] | None = None, clock: Clock = UTC_CLOCK) -> Store:
        """Makes an office with the newest schema; refuses a place where something is already.

        `fill` writes the first rows in the same transaction: a place has a whole office, or none. Raises
        UserError("office_exists", "may_not_make_roles"), OutsideError("no_folder", "read_only_folder", "disk_full", …).
        """
        if is_postgres(address):
            from crmdesk.data import postgres

            engine = postgres.engine(address)
            try:
                postgres.free_place(engine, address)
                _make(engine, address, fill, clock)
            except BaseException:
                engine.dispose()
                raise
            return cls(address, engine)
        file = sqlite_file.free_place(address)
        fresh = file.with_name(file.name + ".new")  # gets its name when it is whole
        leftovers = (fresh, fresh.with_name(fresh.name + "-journal"))
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        engine = sqlite.new_engine(fresh)
        try:
            _make(engine, address, fill, clock)
            engine.dispose()
            fresh.rename(file)
        except BaseException:
            engine.dispose()
            for leftover in leftovers:
                leftover.unlink(missing_ok=True)
            raise
        return cls.open(address)

    def close(self) -> None:
        """Gives back all connections, and the owner note when there is one."""
        self.engine.dispose()
        if self._note:
            self._note.give_back()

    @contextmanager
    def read(self, *, single: bool = False) -> Iterator[Connection]:
        """A connection to read with; what it sees is one consistent moment. Takes no lock that a writer waits for.

        `single` promises that one statement is asked: that is one moment by itself, and saves the transaction's two
        round trips to a server.
        """
        with told(self.place), (self._asker if single else self._reader).connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, user_id: int | None, clock: Clock) -> Iterator[Writing]:
        """One transaction: committed whole at the end of the block, or rolled back by any error.

        Where the connection breaks while the server commits, the trail is asked what became of it: what stands there
        was written, and must not be written twice.

        Raises UserError("changed_meanwhile", "no_right"), OutsideError("read_only_office", "disk_full", "office_busy",
        "connection_lost", …).
        """
        if self.read_only:
            raise OutsideError("read_only_office", address=self.place)
        with told(self.place):
            committing = 0
            try:
                with self._writer.begin() as connection:
                    with _writing(connection, user_id, clock.now()) as writing:
                        yield writing
                    committing = writing.tx
            except DBAPIError as error:
                if not (committing and error.connection_invalidated and self._was_kept(committing)):
                    raise

    def _was_kept(self, tx: int) -> bool:
        """Whether a transaction stands in the trail, seen from another connection."""
        with self.read(single=True) as connection:
            return connection.scalar(select(tables.Audit.id).where(tables.Audit.tx == tx).limit(1)) is not None


@contextmanager
def _writing(connection: Connection, user_id: int | None, at: datetime) -> Iterator[Writing]:
    context = sqlite.AuditContext(connection) if connection.dialect.name == "sqlite" else None
    tx = new_id() if context else _server_tx(connection)
    writing = Writing(connection=connection, tx=tx, at=at, user_id=user_id)
    if context:
        context.put(tx, user_id, at)
    try:
        yield writing
        if writing.opened is not None:
            writing.opened.flush()
        if writing.touched:
            figures.recompute(connection, writing.touched, writing.first_day, writing.last_day)
            search.reindex(connection, writing.renamed)
    finally:
        if writing.opened is not None:
            writing.opened.close()
    if context:
        context.clear()


def _server_tx(connection: Connection) -> int:
    """The number that the server gives to this transaction; asked of the driver itself, every write pays for it."""
    driver: Any = connection.connection.driver_connection
    return int(driver.execute("SELECT crm.current_tx()").fetchone()[0])


def is_postgres(address: str) -> bool:
    """Whether the address is a URL of a Postgres database; otherwise it is a path of a SQLite file."""
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def _place(address: str) -> str:
    if is_postgres(address):
        from crmdesk.data import postgres

        return postgres.place(address)
    return address


def _make(engine: Engine, address: str, fill: Callable[[Writing], None] | None, clock: Clock) -> None:
    with told(_place(address)), engine.execution_options(**{sqlite.WRITES: True}).begin() as connection:
        schema.make(connection)
        with _writing(connection, None, clock.now()) as writing:
            if engine.dialect.name == "postgresql":
                from crmdesk.data.postgres import roles

                group = roles.make_group(connection)
                connection.execute(insert(tables.Setting).values(key=roles.GROUP, value=group))
            if fill is not None:
                fill(writing)
