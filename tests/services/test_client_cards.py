"""Cards on paper: what stands on them, page by page, in three languages; journalled when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.names import Birthday
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import ConsentRow, PersonRow
from crmdesk.services import client_cards, clients, interactions, orders, people, tasks
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id
from tests.documents.pages import page_boxes, page_texts


@pytest.fixture
def client(office: Desk) -> ClientForm:
    """A client with everything a card shows."""
    form = replace(
        clients.new_form(office), name="ООО «Стройдвор»", tax_number="7701234567", city="Тула",
        address="ул. Мира, д. 4",
        action_segment="VVV", importance="vip", notes="Платят по вторникам",
    )  # fmt: skip
    saved = clients.save(office, form)
    today = office.clock.today()
    contacts = people.contacts_of(office, None, ["8 900 123-45-67 доб. 14"], ["p@stroydvor.example"])
    people.save(
        office,
        PersonRow(
            new_id(), saved.id, "Сидоров", "Пётр", "Иванович", birthday=Birthday(29, 2), role="decides",
            contacts=contacts, consents=(ConsentRow("email", True, today), ConsentRow("sms", False, today)),
        ),
    )  # fmt: skip
    orders.add(
        office, saved.id, today - timedelta(days=10), [LineRow(1, None, "Каталог", 1000, 184_600_00)], number="7"
    )
    interactions.record(
        office, saved.id, "call", resume="Просит скидку", next_step=NextStep("visit", today + timedelta(3), "образцы")
    )
    tasks.add(office, saved.id, "other", today - timedelta(days=2), "прислать смету", promise=True)
    return saved


def printed(desk: Desk, ids: Sequence[int], lang: str = "ru") -> list[str]:
    return page_texts(client_cards.pdf(desk, ids, lang=lang, printed=False))


def test_that_a_card_says_who_what_and_what_is_next(office: Desk, client: ClientForm) -> None:
    (page,) = printed(office, [client.id])
    for words in (
        "ООО «Стройдвор»", "7701234567", "Тула, ул. Мира, д. 4", "Сидоров Пётр Иванович", "+7 900 123-45-67 доб. 14",
        "p@stroydvor.example", "д. р. 29.02", "05.11.2026 Визит: образцы", "31.10.2026 прислать смету", "октябрь 2026",
        "Просит скидку", "184 600 ₽", "Платят по вторникам", "стр. 1 из 1",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(("lang", "said"), [("uk", "Дванадцять місяців"), ("en", "Twelve months"), ("ru", "оборот")])
def test_that_a_card_speaks_the_language_asked_for(office: Desk, client: ClientForm, lang: str, said: str) -> None:
    assert said in printed(office, [client.id], lang)[0]


def test_that_every_card_begins_on_a_page_of_its_own(office: Desk, client: ClientForm) -> None:
    other = clients.save(office, replace(clients.new_form(office), name="Ж" * 200))
    first, second = printed(office, [client.id, other.id])
    assert "Стройдвор" in first and "стр. 1 из 2" in first
    assert "ЖЖЖ" in second and "Стройдвор" not in second and "стр. 2 из 2" in second


def test_that_nothing_leaves_the_paper_however_long_the_words(office: Desk, client: ClientForm) -> None:
    long = replace(client, name="Ж" * 200, address="улица " * 80, notes="слово " * 900)
    clients.save(office, long, client)
    for _ in range(30):
        interactions.record(office, client.id, "call", resume="очень длинное резюме " * 60)
    content = client_cards.pdf(office, [client.id], lang="ru", printed=False)
    pages = page_boxes(content)
    assert 1 <= len(pages) <= 2
    for boxes in pages:
        assert min(box.left for box in boxes) >= 9.0 and max(box.right for box in boxes) <= 201.0


def test_that_only_what_leaves_the_office_is_journalled(office: Desk, client: ClientForm) -> None:
    client_cards.pdf(office, [client.id], lang="ru", printed=False)
    content = client_cards.pdf(office, [client.id], lang="ru", printed=True)
    with office.store.read() as connection:
        lines = connection.execute(select(tables.AccessLog.kind, tables.AccessLog.what, tables.AccessLog.rows)).all()
    ((kind, what, rows),) = lines
    assert (kind, rows) == ("print", 1) and what.startswith("client cards ")
    assert what.rpartition(" ")[2] in page_texts(content)[0]


def test_that_nobody_has_no_card(office: Desk) -> None:
    with pytest.raises(UserError) as refused:
        client_cards.pdf(office, [5], lang="ru", printed=False)
    assert refused.value.key == "no_such_client"
