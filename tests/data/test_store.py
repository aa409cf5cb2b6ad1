from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import func, select

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id


def test_that_what_was_written_is_read_back(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        writing.session.add(tables.Branch(id=new_id(), name="Главный", created_at=writing.at))
    with store.read() as connection:
        assert connection.scalar(select(tables.Branch.name)) == "Главный"


def test_that_an_error_inside_a_write_leaves_nothing(store: Store, clock: Clock) -> None:
    try:
        with store.write(user_id=None, clock=clock) as writing:
            writing.session.add(tables.Branch(id=new_id(), name="x", created_at=writing.at))
            writing.session.flush()
            raise ValueError
    except ValueError:
        pass
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.Branch)) == 0


def test_that_a_reader_does_not_make_a_writer_wait(store: Store, clock: Clock) -> None:
    with store.read() as reading:
        reading.scalar(select(func.count()).select_from(tables.Branch))
        with store.write(user_id=None, clock=clock) as writing:
            writing.session.add(tables.Branch(id=new_id(), name="x", created_at=writing.at))
        assert reading.scalar(select(func.count()).select_from(tables.Branch)) == 0, "one moment for the whole reading"


def test_that_statements_are_counted(
    store: Store, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    with store.read() as connection, statements(store) as said:
        connection.execute(select(tables.Branch.id))
        connection.execute(select(tables.Client.id))
    assert len(said) == 2
