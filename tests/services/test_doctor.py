from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, text, update

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.services.doctor import Finding, Trouble, run_doctor
from crmdesk.services.office import Desk
from crmdesk.system.ids import new_id
from crmdesk.system.jobs import Stopped

DAY = date(2026, 10, 12)


@pytest.fixture
def patient(office: Desk) -> Desk:
    """A healthy office with a little of everything."""
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        group = tables.ProductGroup(id=new_id(), name="Визитки", created_at=writing.at)
        product = tables.Product(id=new_id(), name="Визитка 90×50", group_id=group.id, created_at=writing.at)
        clients = [
            tables.Client(id=new_id(), name=f"Клиент {number}", manager_id=office.me.id, created_at=writing.at)
            for number in range(5)
        ]
        writing.session.add(group)
        writing.session.flush()
        writing.session.add_all([product, *clients])
        writing.session.flush()
        for number, client in enumerate(clients):
            for days in range(0, 90, 30):
                order = tables.Order(
                    id=new_id(),
                    client_id=client.id,
                    manager_id=office.me.id,
                    day=DAY - timedelta(days=days),
                    stage="done",
                    total=100_000 + number,
                    created_at=writing.at,
                )
                writing.session.add(order)
                writing.session.flush()
                for number_of_line in (1, 2):
                    writing.session.add(
                        tables.OrderLine(order_id=order.id, line=number_of_line, product_id=product.id, amount=50_000)
                    )
        writing.session.flush()
        clients[0].notes = "изменено"
        writing.touch([client.id for client in clients])
    return office


def harm(desk: Desk, *statements: object) -> None:
    """Changes rows behind the program's back: without their triggers and references, and without a recount."""
    if desk.store.dialect == "postgresql":  # only a superuser of the server can
        superuser = Store.open(desk.store.address.replace("//boss@", "//postgres@").replace("//boss:@", "//postgres:@"))
        with superuser.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]
        superuser.close()
        return
    with desk.store.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def test_that_a_healthy_office_has_no_findings(patient: Desk) -> None:
    findings = run_doctor(patient)
    assert findings.found == ()
    assert findings.healthy


def test_that_a_wrong_figure_is_found_and_only_repaired_on_wish(patient: Desk) -> None:
    harm(patient, update(tables.ClientMonth).values(turnover=tables.ClientMonth.turnover + 1))
    finding = Finding(Trouble.FIGURES, "client_month", 15)
    assert run_doctor(patient).found == (finding,)
    assert run_doctor(patient).found == (finding,), "looking changed nothing"
    repaired = run_doctor(patient, repair=True)
    assert repaired.healthy and repaired.found == (Finding(Trouble.FIGURES, "client_month", 15, repaired=True),)
    assert run_doctor(patient).found == ()


def test_that_missing_and_surplus_derived_rows_are_found(patient: Desk) -> None:
    harm(
        patient,
        delete(tables.ClientStat),
        delete(tables.SearchWord).where(tables.SearchWord.word == "0"),
        insert(tables.SearchWord).values(word="призрак", client_id=_any_client(patient), manager_id=None),
    )
    assert run_doctor(patient).found == (
        Finding(Trouble.FIGURES, "client_stat", 5),
        Finding(Trouble.SEARCH, "search_word", 2),
    )
    assert run_doctor(patient, repair=True).healthy
    assert run_doctor(patient).healthy


def test_that_a_row_pointing_nowhere_is_found_and_not_repaired(patient: Desk) -> None:
    harm(patient, update(tables.Client).where(tables.Client.name == "Клиент 1").values(manager_id=17, import_id=18))
    findings = run_doctor(patient, repair=True)
    assert Finding(Trouble.ORPHANS, "client", 2) in findings.found
    assert not findings.healthy


def test_that_a_change_past_the_trail_is_found(patient: Desk) -> None:
    harm(
        patient,
        update(tables.Client).where(tables.Client.name == "Клиент 1").values(notes="тайком"),
        delete(tables.OrderLine),
        insert(tables.Branch).values(id=new_id(), name="Тайный", version=1, created_at=patient.clock.now()),
        update(tables.Setting).where(tables.Setting.key == "name").values(value="Другой"),
    )
    trail = {f.table: f.count for f in run_doctor(patient).found if f.trouble is Trouble.TRAIL}
    assert trail == {"client": 1, "order_line": 30, "branch": 1, "setting": 1}


def test_that_a_lost_line_of_the_trail_is_found(patient: Desk) -> None:
    harm(patient, delete(tables.Audit).where(tables.Audit.tbl == "client", tables.Audit.op == "update"))
    assert run_doctor(patient).found == (Finding(Trouble.TRAIL, "client", 1),)


def test_that_damaged_pages_are_found(sqlite_office: Desk) -> None:
    other = "UPDATE sqlite_master SET sql = replace(sql, '(code)', '(name)') WHERE name = 'ix_client_code'"
    with sqlite_office.store.write(user_id=None, clock=sqlite_office.clock) as writing:
        writing.session.add(tables.Client(id=new_id(), name="Клиент", code="17", created_at=writing.at))
    harm(sqlite_office, text("PRAGMA writable_schema=ON"), text(other))
    sqlite_office.store.engine.dispose()
    (finding,) = run_doctor(sqlite_office, repair=True).found
    assert finding.trouble is Trouble.DAMAGED and not finding.repaired


def test_that_a_stopped_doctor_changes_nothing(patient: Desk) -> None:
    harm(patient, update(tables.ClientMonth).values(turnover=0))

    class StopAtOnce:
        def progress(self, done: int, total: int) -> None:
            """Nobody looks on."""

        def check(self) -> None:
            """Says stop."""
            raise Stopped

    with pytest.raises(Stopped):
        run_doctor(patient, repair=True, job=StopAtOnce())
    assert not run_doctor(patient).healthy


def _any_client(desk: Desk) -> int:
    with desk.store.read() as connection:
        return int(connection.execute(text("SELECT min(id) FROM client")).scalar_one())
