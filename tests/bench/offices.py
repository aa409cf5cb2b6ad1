"""Synthetic offices to measure on: S, M, L clients with 10 orders, 30 contacts and 6 tasks each, made in bulk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, text

from crmdesk.data import bulk, figures, quiet, search, tables
from crmdesk.domain.lists import Role
from crmdesk.domain.text import firm_key, sort_key
from crmdesk.services import users
from crmdesk.services.office import Desk, create_office
from crmdesk.system.clock import Clock
from crmdesk.system.ids import id_block

SIZES = {"XS": 50, "S": 2_000, "M": 20_000, "L": 100_000}
NOW = datetime(2026, 11, 2, 9, 30)
ZONE = "Europe/Moscow"
HISTORY_DAYS = 1000
MANAGERS = 25
TRACKED = 40  # clients on a manager's sheet; the last manager has all of his on it
ORDERS, CONTACTS, TASKS, LINES = 10, 30, 6, 2  # a client; lines an order
PRODUCTS, GROUPS = 300, 20

_FIRST = [
    "Альфа",
    "Бета",
    "Вектор",
    "Гамма",
    "Дельта",
    "Енисей",
    "Жемчуг",
    "Заря",
    "Искра",
    "Каскад",
    "Лидер",
    "Маяк",
    "Норд",
    "Орион",
    "Пламя",
    "Радуга",
    "Салют",
    "Темп",
    "Урал",
    "Факел",
    "Холод",
    "Центр",
    "Чайка",
    "Шторм",
    "Эхо",
    "Юность",
    "Ясень",
    "Ёлочка",
    "Рассвет",
    "Восход",
    "Прогресс",
    "Монолит",
    "Кристалл",
    "Гранит",
    "Меридиан",
]
_SECOND = [
    "Строй",
    "Торг",
    "Сервис",
    "Мед",
    "Авто",
    "Агро",
    "Пром",
    "Трейд",
    "Дизайн",
    "Сталь",
    "Лес",
    "Техно",
    "Фарм",
    "Хлеб",
    "Пак",
    "Свет",
    "Дом",
    "Сад",
    "Тур",
    "Банк",
    "Плюс",
    "Груп",
]
_FORMS = ("ООО «{}»", "АО «{}»", "ИП {}", "ТОВ «{}»", "«{}»")
_CITIES = ("Тула", "Орёл", "Курск", "Киев", "Львов", "Пермь", "Казань", "Омск", "Тверь", "Минск")
_SURNAMES = [
    "Иванова",
    "Петров",
    "Сидоренко",
    "Коваленко",
    "Мельник",
    "Ткачук",
    "Орлов",
    "Жукова",
    "Гончар",
    "Лисицына",
    "Белов",
    "Чернова",
]
_NAMES = ["Анна", "Пётр", "Олег", "Ольга", "Иван", "Мария", "Сергей", "Юлия", "Тарас", "Елена"]
_RESULTS = (("call_order", "maximum"), ("call_quote", "middle"), ("call_no_need", "none"), ("call_not_reached", "none"))
_RESUME = "Обсудили тираж и сроки; просят образцы бумаги и расчёт на три варианта, решение в начале недели. "


@dataclass
class Office:
    """An office made for measuring."""

    desk: Desk
    size: str
    clients: range
    managers: list[int]

    @property
    def full_manager(self) -> int:
        """The manager who has all of his clients on the sheet."""
        return self.managers[-1]


def empty(address: str) -> Desk:
    """Makes an office with nobody in it but its owner."""
    return create_office(
        address, name="Bench", currency="RUB", zone=ZONE, country="RU", lang="ru",
        owner_login="boss", owner_name="Boss", clock=Clock.at(NOW, ZONE),
    )  # fmt: skip


def build(address: str, size: str) -> Office:
    """Makes an office of a size at an address; the same every time but for its ids."""
    desk = empty(address)
    clock = desk.clock
    count = SIZES[size]
    staff = MANAGERS if count > SIZES["S"] else 5
    managers = [users.add(desk, f"m{n}", f"Менеджер {n}", Role.MANAGER).id for n in range(staff)]
    with desk.store.write(user_id=desk.me.id, clock=clock) as writing, without_triggers(writing.connection):
        clients = _fill(writing.connection, count, managers, clock.today())
        figures.recompute_all(writing.connection)
        search.reindex_all(writing.connection)
        kept = quiet.kept_rhythm(writing.connection)
        quiet.keep(writing, {"gap": kept.gap})  # as after the monthly fitting, which takes minutes here
    analyse(desk)
    return Office(desk, size, clients, managers)


def analyse(desk: Desk) -> None:
    """Tells the planner what is there, and cleans up after the load, as an office does after a large import."""
    with desk.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if desk.store.dialect == "sqlite" else "VACUUM ANALYZE"))


@contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """The block writes no audit rows: a synthetic past has no history of changes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        connection.execute(text("SET LOCAL session_replication_role = origin"))
        return
    made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in made:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in made:
        connection.exec_driver_sql(sql)


def _fill(connection: Connection, count: int, managers: list[int], today: date) -> range:
    rnd = random.Random(1)
    last = today.toordinal()
    first = last - HISTORY_DAYS
    at = int(NOW.timestamp() * 1000)
    made = ("created_at", "archived_at")
    bulk.load(
        connection, tables.ProductGroup, ("id", "name", "important", "position", *made),
        [(n + 1, f"Группа {n}", n < 4, n, at, None) for n in range(GROUPS)],
    )  # fmt: skip
    bulk.load(
        connection, tables.Product, ("id", "code", "name", "match_key", "group_id", "unit", *made),
        [(n + 1, f"P{n}", f"Изделие {n}", f"изделие {n}", n % GROUPS + 1, "шт", at, None) for n in range(PRODUCTS)],
    )  # fmt: skip
    clients = id_block(count)
    owner = {client: managers[n % len(managers)] for n, client in enumerate(clients)}

    def client_rows() -> Iterator[tuple[object, ...]]:
        for n, client in enumerate(clients):
            name = rnd.choice(_FORMS).format(f"{rnd.choice(_FIRST)}-{rnd.choice(_SECOND)} {n}")
            tracked = n // len(managers) < TRACKED or owner[client] == managers[-1]
            yield (
                client, name, True, f"К{n:06d}", f"77{n:08d}", owner[client], tracked, "CCC" if tracked else "INFO",
                "regular", "steady", rnd.choice(_CITIES), "", "", "", "", "", "{}", firm_key(name), sort_key(name),
                first, at, None,
            )  # fmt: skip

    bulk.load(
        connection, tables.Client,
        ("id", "name", "is_company", "code", "tax_number", "manager_id", "tracked", "action_segment", "importance",
         "stage", "city", "address", "industry", "channel", "lost_reason", "notes", "own_fields", "match_key",
         "sort_key", "since", *made),
        client_rows(),
    )  # fmt: skip
    people = id_block(count)
    bulk.load(
        connection, tables.Person,
        ("id", "client_id", "surname", "given_name", "patronymic", "birth_day", "birth_month", "profession", "role",
         "notes", *made),
        ((person, client, rnd.choice(_SURNAMES), rnd.choice(_NAMES), "", rnd.randint(1, 28), rnd.randint(1, 12),
          "", "", "", at, None)
         for person, client in zip(people, clients, strict=True)),
    )  # fmt: skip
    bulk.load(
        connection, tables.ContactPoint,
        ("id", "client_id", "person_id", "kind", "original", "normal", "extension", "position", *made),
        ((point, client, person, "phone", f"8 9{n:09d}", f"+79{n:09d}", "", 0, at, None)
         for n, (point, client, person) in enumerate(zip(id_block(count), clients, people, strict=True))),
    )  # fmt: skip
    orders = id_block(count * ORDERS)

    def order_rows() -> Iterator[tuple[object, ...]]:
        for n, order in enumerate(orders):
            client = clients[n // ORDERS]
            total = rnd.randint(1_000_00, 90_000_00)
            day = first + (n % ORDERS) * HISTORY_DAYS // ORDERS + rnd.randint(0, HISTORY_DAYS // ORDERS)
            yield order, client, owner[client], day, f"Р-{n}", "done", total, total * 6 // 10, "{}", at, None

    bulk.load(
        connection, tables.Order,
        ("id", "client_id", "manager_id", "day", "number", "stage", "total", "cost", "details", *made),
        order_rows(),
    )  # fmt: skip
    bulk.load(
        connection, tables.OrderLine, ("order_id", "line", "product_id", "words", "quantity", "amount"),
        ((order, line, rnd.randint(1, PRODUCTS), "", 1000_000, 5_000_00)
         for order in orders for line in range(1, LINES + 1)),
    )  # fmt: skip

    def contact_rows() -> Iterator[tuple[object, ...]]:
        for n, contact in enumerate(id_block(count * CONTACTS)):
            client = clients[n // CONTACTS]
            day = first + (n % CONTACTS) * HISTORY_DAYS // CONTACTS + rnd.randint(0, HISTORY_DAYS // CONTACTS)
            kind = "visit" if n % 5 == 0 else "mailing" if n % 7 == 0 else "call"
            result, rung = rnd.choice(_RESULTS) if kind == "call" else ("", "none")
            moment = int((datetime.fromordinal(day) + timedelta(hours=12)).timestamp() * 1000)
            yield contact, client, owner[client], kind, moment, day, result, rung, _RESUME, "", at, None

    bulk.load(
        connection, tables.Interaction,
        ("id", "client_id", "manager_id", "kind", "at", "day", "result", "rung", "resume", "no_next_reason", *made),
        contact_rows(),
    )  # fmt: skip

    def task_rows() -> Iterator[tuple[object, ...]]:
        for n, task in enumerate(id_block(count * TASKS)):
            client = clients[n // TASKS]
            is_open = n % TASKS == 0
            day = last + rnd.randint(-3, 90) if is_open else last - rnd.randint(4, HISTORY_DAYS)
            done = None if is_open else day + rnd.choice((-1, 0, 0, 2))
            yield (
                task, client, owner[client], "call", "Перезвонить по расчёту", "", n % 4 == 0, False, 0, day, "", day,
                0, at if done else None, done, "", at, None,
            )  # fmt: skip

    bulk.load(
        connection, tables.Task,
        ("id", "client_id", "manager_id", "kind", "title", "notes", "promise", "routine", "priority", "due_day",
         "zone", "first_due_day", "moved_count", "done_at", "done_day", "release_reason", *made),
        task_rows(),
    )  # fmt: skip
    return clients
