from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from sqlalchemy import func, select

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UserError
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


def test_that_of_many_who_change_one_row_at_once_nobody_overwrites_another(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        counter = tables.SalesPlan(id=new_id(), manager_id=None, month=202611, amount=0, created_at=writing.at)
        manager = tables.User(id=new_id(), login="x", name="x", role="manager", created_at=writing.at)
        counter.manager_id = manager.id
        writing.session.add(manager)
        writing.session.flush()
        writing.session.add(counter)

    def count(times: int) -> int:
        """Adds one so many times over an own store, each time as often as others come between; how often they did."""
        mine, lost = Store.open(store.address), 0
        while times:
            try:
                with mine.write(user_id=None, clock=clock) as writing:
                    row = writing.session.get_one(tables.SalesPlan, counter.id)
                    row.amount += 1
                times -= 1
            except (UserError, OutsideError) as error:
                assert error.key in ("changed_meanwhile", "try_again")
                lost += 1
        mine.close()
        return lost

    with ThreadPoolExecutor(4) as people:
        list(people.map(count, [12] * 4))
    with store.read() as connection:
        amount, version = connection.execute(select(tables.SalesPlan.amount, tables.SalesPlan.version)).one()
    assert (amount, version) == (48, 49)
