"""The demo print shop: the same twice, another on another day, and everything the sheet has to show is in it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from crmdesk.data import tables
from crmdesk.domain import lists, months
from crmdesk.services import content, demo
from crmdesk.services.demo_cast import cast
from crmdesk.services.demo_words import SIZES, DemoWords
from crmdesk.services.office import Desk, create_office
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UsageError, UserError
from crmdesk.system.jobs import Stopped

pytestmark = pytest.mark.slow

MORNING = datetime(2026, 11, 2, 9, 30)
KEPT = [table for table in tables.metadata.sorted_tables if table.name not in ("audit", "audit_context", "setting")]


def new_desk(place: Path, lang: str = "ru", moment: datetime = MORNING) -> Desk:
    zone, currency = {"ru": ("Europe/Moscow", "RUB"), "uk": ("Europe/Kyiv", "UAH"), "en": ("Europe/London", "EUR")}[
        lang
    ]
    return create_office(
        str(place),
        name=demo.office_name(lang),
        currency=currency,
        zone=zone,
        country="RU",
        lang=lang,
        owner_login="owner",
        owner_name=demo.owner_name(lang),
        clock=Clock.at(moment, zone),
    )


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Desk]]:
    """The small demo in each language, made once."""
    made: dict[str, Desk] = {}

    def shop(lang: str) -> Desk:
        if lang not in made:
            made[lang] = new_desk(tmp_path_factory.mktemp(lang) / "demo.crmdesk", lang)
            demo.build_demo(made[lang])
        return made[lang]

    yield shop
    for desk in made.values():
        desk.close()


def rows(desk: Desk, sql: str, **values: object) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(text(sql), values))


def content_hash(desk: Desk) -> str:
    """Of every row of every table but the trail and what create_office wrote."""
    found = hashlib.sha256()
    with desk.store.read() as connection:
        for table in KEPT:
            query = table.select().order_by(*table.primary_key.columns)
            for row in connection.execute(query):
                if table.name != "app_user" or row.login != "owner":
                    found.update(repr((table.name, tuple(row))).encode())
    return found.hexdigest()


def test_that_the_same_seed_and_day_make_the_same_office(tmp_path: Path, shops: Callable[[str], Desk]) -> None:
    again = new_desk(tmp_path / "again.crmdesk", moment=MORNING + timedelta(hours=5))
    demo.build_demo(again)
    assert content_hash(again) == content_hash(shops("ru"))
    again.close()


def test_that_another_seed_makes_another_office(tmp_path: Path, shops: Callable[[str], Desk]) -> None:
    other = new_desk(tmp_path / "other.crmdesk")
    demo.build_demo(other, seed=2)
    assert content_hash(other) != content_hash(shops("ru"))
    other.close()


def test_that_the_dates_go_with_the_clock(tmp_path: Path, shops: Callable[[str], Desk]) -> None:
    later = new_desk(tmp_path / "later.crmdesk", moment=datetime(2028, 2, 29, 12, 0))
    demo.build_demo(later)
    for desk, today in ((later, date(2028, 2, 29)), (shops("ru"), MORNING.date())):
        last = rows(desk, "SELECT max(day) FROM orders")[0][0]
        assert 0 < today.toordinal() - last <= 7
        assert rows(desk, "SELECT max(day) FROM interaction")[0][0] < today.toordinal()
        assert rows(desk, "SELECT max(due_day) FROM task")[0][0] > today.toordinal() + 60
    later.close()


def test_that_the_demo_is_marked_and_has_its_people(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    assert desk.office.demo
    roles = Counter(row.role for row in rows(desk, "SELECT role FROM app_user"))
    assert roles == {"owner": 1, "supervisor": 1, "manager": 3}
    tracked = rows(desk, "SELECT manager_id, count(*) n FROM client WHERE tracked = 1 GROUP BY 1")
    assert [row.n for row in tracked] == [35, 35, 35]
    assert rows(desk, "SELECT count(*) FROM client")[0][0] == demo.SIZES["small"].clients


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
def test_that_firms_people_and_sentences_are_of_the_language(shops: Callable[[str], Desk], lang: str) -> None:
    desk = shops(lang)
    foreign = {"ru": "[іїєґ]", "uk": "[ыэъё]", "en": "[а-яёіїєґ]"}[lang]
    for sql in (
        "SELECT name FROM client",
        "SELECT surname || given_name || patronymic FROM person",
        "SELECT resume FROM interaction",
        "SELECT title || notes FROM task",
        "SELECT name FROM product",
    ):
        for (found,) in rows(desk, sql):
            assert not re.search(foreign, found, re.I), found
            assert "{" not in found, found
    names = [name for (name,) in rows(desk, "SELECT name FROM client")]
    assert len(set(names)) == len(names)


def test_that_resumes_read_like_people_wrote_them(shops: Callable[[str], Desk]) -> None:
    for lang in ("ru", "uk"):
        sentences = DemoWords(lang).said["resumes"]
        assert sum(map(len, sentences.values())) >= 150
        assert set(sentences) >= set(content.entries("contact_result"))
        said = [row.resume for row in rows(shops(lang), "SELECT resume FROM interaction WHERE resume <> ''")]
        assert len(set(said)) > len(said) / 3
        assert all(text_[0].isupper() or text_[0] in '«"' for text_ in said)


def test_that_every_coded_word_is_a_key_of_its_list(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    for column, list_name, of in (
        ("client.industry", "industry", "lists"),
        ("client.channel", "ad_channel", "lists"),
        ("client.lost_reason", "client_loss_reason", "lists"),
        ("client.stage", "stage", "lists"),
        ("client.importance", "importance", "lists"),
        ("person.role", "decision_role", "lists"),
        ("person.profession", "profession", "holidays"),
        ("interaction.result", "contact_result", "lists"),
        ("interaction.kind", "contact_kind", "lists"),
        ("task.kind", "task_kind", "lists"),
    ):
        table, name = column.split(".")
        found = {row[0] for row in rows(desk, f"SELECT DISTINCT {name} FROM {table}")} - {""}
        assert found
        assert found <= set(content.entries(list_name, of=of)), column


def test_that_one_person_was_born_on_the_29th_of_february(shops: Callable[[str], Desk]) -> None:
    assert rows(shops("ru"), "SELECT count(*) FROM person WHERE birth_month = 2 AND birth_day = 29")[0][0] >= 1


def test_that_calendars_sell_in_autumn(shops: Callable[[str], Desk]) -> None:
    sold = rows(
        shops("ru"),
        "SELECT o.day, l.amount FROM order_line l JOIN orders o ON o.id = l.order_id"
        " JOIN product p ON p.id = l.product_id JOIN product_group g ON g.id = p.group_id WHERE g.key = 'calendars'",
    )
    season = sum(row.amount for row in sold if date.fromordinal(row.day).month >= 9)
    assert season > 0.8 * sum(row.amount for row in sold)


def test_that_orders_are_the_sums_of_their_lines_and_earn_money(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    wrong = rows(
        desk,
        "SELECT o.id FROM orders o WHERE o.total <> (SELECT sum(amount) FROM order_line l WHERE l.order_id = o.id)"
        " OR o.cost <> (SELECT sum(cost) FROM order_line l WHERE l.order_id = o.id)",
    )
    assert wrong == []
    total, cost = rows(desk, "SELECT sum(total), sum(cost) FROM orders")[0]
    assert 0.4 < cost / total < 0.65
    assert rows(desk, "SELECT count(*) FROM orders WHERE total < 0")[0][0] >= 10, "returns"


def test_that_the_fact_is_80_to_110_per_cent_of_the_plan(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    sold: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows(desk, "SELECT manager_id, day, total FROM orders"):
        sold[row.manager_id, months.month_of(date.fromordinal(row.day))] += row.total
    for row in rows(desk, "SELECT manager_id, month, amount FROM sales_plan WHERE month BETWEEN 202501 AND 202610"):
        assert 0.78 < sold[row.manager_id, row.month] / row.amount < 1.12


def test_that_promises_are_kept_and_broken_and_some_tasks_hang(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    today = MORNING.date().toordinal()
    managers = rows(desk, "SELECT id FROM app_user WHERE role = 'manager'")
    for (manager,) in managers:
        tasks = rows(desk, "SELECT * FROM task WHERE manager_id = :m", m=manager)
        half_year = [t for t in tasks if t.promise and t.due_day and today - 184 <= t.due_day < today]
        kept = [t for t in half_year if t.done_day and t.done_day <= t.due_day]
        broken = [t for t in half_year if not t.released_at and (not t.done_day or t.done_day > t.due_day)]
        assert len(kept) > len(broken) >= 1
        open_ones = [t for t in tasks if not t.done_day and not t.released_at]
        assert any(t.due_day and t.due_day < today for t in open_ones)
        assert any(t.due_day is None for t in open_ones)


def test_that_most_clients_have_a_next_step(shops: Callable[[str], Desk]) -> None:
    found = rows(
        shops("ru"),
        "SELECT c.id, s.next_due FROM client c JOIN client_stat s ON s.client_id = c.id"
        " WHERE c.tracked = 1 AND c.action_segment <> 'NONE'",
    )
    with_step = [row for row in found if row.next_due]
    assert 0.8 < len(with_step) / len(found) <= 1


def test_that_phones_and_addresses_belong_to_nobody(shops: Callable[[str], Desk]) -> None:
    found = rows(shops("ru"), "SELECT kind, normal FROM contact_point")
    assert all(re.fullmatch(r"\+79\d\d555\d{4}", row.normal) for row in found if row.kind == "phone")
    assert all(row.normal.endswith(".example") for row in found if row.kind == "email")
    assert all(
        re.fullmatch(r"00\d{8}", row.tax_number) for row in rows(shops("ru"), "SELECT tax_number FROM client") if row[0]
    )


def test_that_no_two_firms_of_a_large_base_share_a_name() -> None:
    for lang in ("ru", "uk", "en"):
        firms = DemoWords(lang).firms(Random(1))
        names = [next(firms[size]).name for size in SIZES for _ in range(12_000)]
        assert len(set(names)) == len(names)


def test_that_the_cast_has_as_many_parts_as_asked() -> None:
    for wanted in (1, 40, 400):
        assert len(list(cast(Random(5), wanted, first=False))) == wanted


def test_that_only_an_empty_office_takes_a_demo_and_only_of_a_known_size(shops: Callable[[str], Desk]) -> None:
    with pytest.raises(UserError, match="demo_needs_empty_office"):
        demo.build_demo(shops("ru"))
    with pytest.raises(UsageError, match="unknown_demo_size"):
        demo.build_demo(shops("ru"), size="huge")


def test_that_a_stopped_demo_leaves_an_empty_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopping:
        def progress(self, done: int, total: int) -> None:
            assert done <= total

        def check(self) -> None:
            raise Stopped

    desk = new_desk(tmp_path / "stopped.crmdesk")
    monkeypatch.setattr(demo, "BATCH", 10)
    with pytest.raises(Stopped):
        demo.build_demo(desk, job=Stopping())
    assert rows(desk, "SELECT count(*) FROM client")[0][0] == 0
    assert rows(desk, "SELECT count(*) FROM app_user")[0][0] == 1
    assert not desk.office.demo
    desk.close()


@pytest.mark.postgres
def test_that_the_demo_is_the_same_on_postgres(postgres_server: str, shops: Callable[[str], Desk]) -> None:
    import psycopg

    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE demo_shop")
    desk = create_office(
        postgres_server.format(database="demo_shop"),
        name="x",
        currency="RUB",
        zone="Europe/Moscow",
        country="RU",
        lang="ru",
        owner_login="owner",
        owner_name="x",
        clock=Clock.at(MORNING, "Europe/Moscow"),
    )
    demo.build_demo(desk)
    for table in ("client", "orders", "order_line", "interaction", "task", "client_month"):
        assert rows(desk, f"SELECT count(*) FROM {table}") == rows(shops("ru"), f"SELECT count(*) FROM {table}"), table
    logins = "SELECT count(*) FROM app_user u JOIN pg_roles r ON r.rolname = u.login AND r.rolcanlogin"
    assert rows(desk, logins) == rows(desk, "SELECT count(*) FROM app_user")
    sums = "SELECT sum(turnover), sum(gross_profit), sum(skus), sum(calls), sum(visits) FROM client_month"
    assert [int(value) for value in rows(desk, sums)[0]] == list(rows(shops("ru"), sums)[0])
    desk.close()
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE demo_shop WITH (FORCE)")


def test_that_every_kind_of_the_model_is_played(shops: Callable[[str], Desk]) -> None:
    desk = shops("ru")
    for sql, keys in (
        ("SELECT DISTINCT stage FROM client", set(lists.Stage) - {lists.Stage.FIRST_ORDER}),
        ("SELECT DISTINCT importance FROM client", set(lists.Importance)),
        ("SELECT DISTINCT action_segment FROM client", set(lists.ActionSegment)),
        ("SELECT DISTINCT goal_kind FROM client WHERE goal_kind IS NOT NULL", set(lists.GoalKind)),
        ("SELECT DISTINCT rung FROM interaction", set(lists.Rung)),
    ):
        assert {row[0] for row in rows(desk, sql)} >= {str(key) for key in keys}, sql


def test_that_the_managers_have_a_full_week_before_them(shops: Callable[[str], Desk]) -> None:
    timed = rows(
        shops("ru"),
        "SELECT manager_id, count(*), sum(done_at IS NOT NULL) FROM task WHERE due_time IS NOT NULL "
        "AND due_day BETWEEN :first AND :last GROUP BY manager_id",
        first=MORNING.date().toordinal(),
        last=MORNING.date().toordinal() + 6,
    )
    assert len(timed) == 3 and all(count >= 10 for _, count, _ in timed)
    assert sum(done for _, _, done in timed) >= 1
