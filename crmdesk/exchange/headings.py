"""The words by which Russian, Ukrainian and English files call their columns.

A heading is compared folded, without punctuation; the first field that knows it wins. `PARTS` are looked for inside
longer headings when no whole heading fits.
"""

from __future__ import annotations

import re
from enum import StrEnum

from crmdesk.domain.text import fold


class Kind(StrEnum):
    """What a file brings."""

    CLIENTS = "clients"
    PEOPLE = "people"
    ORDERS = "orders"
    PRODUCTS = "products"
    INTERACTIONS = "interactions"
    TASKS = "tasks"


_CLIENT = {
    "client": "контрагент клиент клієнт покупатель покупець заказчик замовник компания компанія организация "
    "організація фирма фірма company customer client organization organisation account partner партнер партнёр firm "
    "company_name organization_name account_name customer_name client_name название_компании назва_компанії "
    "наименование_клиента наименование_контрагента название_клиента название_организации имя_клиента "
    "назва_клієнта назва_контрагента найменування_клієнта полное_наименование наименование_полное дебитор "
    "контрагент_наименование клиент_наименование имя_контрагента головной_контрагент юр_лицо юридическое_лицо",
    "client_code": "код_клиента код_клієнта код_контрагента client_code customer_code customer_id account_id client_id "
    "код_1с id_клиента id_компании код_покупателя контрагент_код",
    "tax_number": "инн іпн єдрпоу едрпоу код_єдрпоу код_едрпоу tax_number tax_id vat_number vat_id унп бин рнокпп ипн "
    "инн_кпп инн_клиента инн_контрагента єдрпоу_іпн контрагент_инн огрн_инн код_за_єдрпоу",
    "manager": "менеджер ответственный відповідальний manager responsible owner куратор ответственный_менеджер "
    "основной_менеджер продавец продавець sales_manager account_manager salesperson основний_менеджер "
    "менеджер_клиента assigned_to менеджер_логин логин_менеджера manager_login",
}
_PERSON = {
    "surname": "фамилия прізвище last_name surname family_name",
    "given_name": "имя ім'я им'я first_name given_name",
    "patronymic": "отчество по_батькові middle_name patronymic по_батьковi",
    "person": "фио піб п_і_б ф_и_о контактное_лицо контактна_особа контакт contact contact_person full_name "
    "contact_name person руководитель директор керівник контактные_лица имя_контакта прізвище_ім'я_по_батькові "
    "фамилия_имя_отчество фамилия_имя",
    "birthday": "дата_рождения дата_народження birthday birth_date date_of_birth день_рождения день_народження др bday "
    "dob",
    "role": "должность посада job_title position organization_title роль посада_контакту role",
    "profession": "профессия професія profession occupation",
    "gender": "пол стать gender sex",
    "person_notes": "примечание_к_контакту person_notes",
}
_CONTACTS = {
    "phone": "телефон phone тел tel telephone mobile мобильный мобільний рабочий_телефон мобильный_телефон "
    "домашний_телефон другой_телефон рабочий_прямой_телефон телефоны телефони mobile_phone business_phone "
    "home_phone phone_number контактный_телефон контактний_телефон phone_1_value phone_2_value phone_3_value",
    "email": "email e_mail mail почта пошта эл_почта електронна_пошта электронная_почта e_mail_address email_address "
    "рабочий_e_mail частный_e_mail рабочий_email личный_email другой_email адрес_электронной_почты "
    "адреса_електронної_пошти e_mail_1_value e_mail_2_value e_mail_3_value имейл",
}
_ABOUT = {
    "city": "город місто city business_city населенный_пункт населений_пункт town регион_город",
    "address": "адрес адреса address юридический_адрес фактический_адрес почтовый_адрес business_street адрес_доставки "
    "юридична_адреса фактична_адреса поштова_адреса address_1_formatted street",
    "industry": "отрасль галузь industry сфера_деятельности вид_деятельности сфера_діяльності вид_діяльності",
    "channel": "источник джерело канал source lead_source channel канал_привлечения рекламный_канал "
    "источник_обращения звідки_дізналися",
    "action_segment": "сегмент_действия сегмент_дії сегмент_дій action_segment сегмент segment что_делать",
    "importance": "важность важливість importance приоритет пріоритет priority",
    "stage": "стадия стадія этап етап stage стадия_отношений",
    "tracked": "под_контролем отслеживается tracked на_листе_контроля контроль під_контролем відстежується",
    "since": "клиент_с клієнт_з since дата_первого_обращения клиент_с_даты customer_since",
    "notes": "комментарий примечание коментар примітка notes note comment comments примечание_1 примечание_2 "
    "примечание_3 примечание_4 примечание_5 заметки нотатки описание_клиента дополнительно доп_информация",
}
_PRODUCT = {
    "product": "номенклатура товар товары товари продукция продукція продукт услуга послуга product item "
    "наименование_товара название_товара назва_товару найменування_товару позиция позиція изделие виріб "
    "product_name item_name товар_услуга вид_продукции вид_продукції номенклатура_наименование "
    "наименование_номенклатуры goods товары_работы_услуги товари_роботи_послуги",
    "product_code": "артикул sku код_товара код_товару код_номенклатуры product_code item_code article "
    "код_номенклатури номенклатура_код номенклатура_артикул",
    "product_group": "группа_товаров группа_товара номенклатурная_группа група_товарів product_group category "
    "категория категорія группа_номенклатуры вид_номенклатуры группа група group товарная_группа товарна_група",
    "unit": "ед од unit единица_измерения одиниця_виміру ед_изм од_вим единица одиниця uom единица_хранения",
}

HEADINGS: dict[Kind, dict[str, str]] = {
    Kind.CLIENTS: {**_CLIENT, **_PERSON, **_CONTACTS, **_ABOUT},
    Kind.PEOPLE: {
        **_CLIENT,
        **_PERSON,
        **_CONTACTS,
        "person_notes": _PERSON["person_notes"] + " " + _ABOUT["notes"],
    },
    Kind.ORDERS: {
        **_CLIENT,
        "day": "дата date день day дата_продажи дата_реализации дата_отгрузки дата_документа дата_продажу "
        "дата_реалізації дата_відвантаження sale_date order_date invoice_date дата_накладной дата_заказа "
        "дата_замовлення дата_операции дата_рахунку дата_счета document_date",
        "number": "документ номер № номер_документа номер_заказа номер_замовлення document number order_number "
        "invoice_number order invoice регистратор накладная накладна счет рахунок №_документа №_заказа "
        "№_замовлення doc document_number заказ замовлення документ_продажи документ_реализации order_id "
        "номер_накладной номер_счета ссылка document_no order_no invoice_no doc_no док №_док номер_док",
        **_PRODUCT,
        "quantity": "количество кол_во колво к_сть кількість qty quantity тираж наклад кол шт количество_товара "
        "кількість_товару продано",
        "amount_net": "сумма_без_ндс без_ндс сума_без_пдв без_пдв net net_amount стоимость_без_ндс вартість_без_пдв "
        "amount_net выручка_без_ндс сумма_выручки_без_ндс",
        "amount": "сумма сума amount total стоимость вартість выручка виторг revenue продажи продажі сумма_продажи "
        "сума_продажу оборот sum turnover sales сумма_документа сума_документа сумма_заказа line_total "
        "сумма_продаж сумма_реализации сумма_выручки итого_сумма value",
        "amount_gross": "сумма_с_ндс с_ндс сума_з_пдв з_пдв gross gross_amount amount_gross стоимость_с_ндс "
        "всего_с_ндс усього_з_пдв",
        "price": "цена ціна price unit_price цена_за_единицу ціна_за_одиницю цена_продажи",
        "cost": "себестоимость собівартість cost cogs себестоимость_продаж сумма_себестоимости собівартість_продажу "
        "стоимость_закупки сумма_закупки total_cost",
        "unit_cost": "цена_закупки ціна_закупівлі unit_cost закупочная_цена себестоимость_единицы цена_себестоимости",
        "profit": "валовая_прибыль прибыль маржа gross_profit profit margin валовий_прибуток прибуток валова_маржа",
        "order_stage": "статус статус_заказа статус_замовлення status состояние стан этап_заказа этап етап stage",
    },
    Kind.PRODUCTS: {
        **_PRODUCT,
        "product": _PRODUCT["product"] + " наименование найменування название назва name",
        "product_code": _PRODUCT["product_code"] + " код code id",
    },
    Kind.INTERACTIONS: {
        **_CLIENT,
        "day": "дата date день day дата_контакта дата_контакту когда коли дата_и_время when дата_события время",
        "contact_kind": "вид тип вид_контакта тип_контакта kind type вид_контакту тип_события channel способ",
        "result": "результат result итог outcome підсумок",
        "resume": "резюме содержание зміст описание опис комментарий коментар summary text notes note заметка текст "
        "о_чем_говорили суть",
        "person": _PERSON["person"],
    },
    Kind.TASKS: {
        **_CLIENT,
        "due": "срок термін due due_date крайний_срок дедлайн deadline дата date когда выполнить_до виконати_до до "
        "дата_выполнения_план",
        "task_kind": "вид тип kind type вид_задачи тип_задачи вид_завдання",
        "title": "задача завдання тема title subject task название что_сделать що_зробити дело справа задание name",
        "promise": "обещание обіцянка promise обещано",
        "done": "выполнено выполнена дата_выполнения done done_date виконано готово completed дата_виконання",
        "notes": "комментарий примечание коментар примітка notes note comment описание опис description",
        "person": _PERSON["person"],
    },
}

WEAK: dict[Kind, dict[str, str]] = {
    Kind.CLIENTS: {"client": "наименование найменування название назва name имя ім'я", "client_code": "код code"},
    Kind.PEOPLE: {"person": "имя ім'я name наименование"},
    Kind.ORDERS: {
        "product": "наименование найменування название назва description описание услуги_и_товары вид_работ name "
        "содержание работа",
        "day": "период період period месяц місяць дата_оплаты",
        "amount": "итого всего разом усього оплачено к_оплате",
    },
    Kind.INTERACTIONS: {"contact_kind": "событие подія event", "resume": "примечание примітка"},
    Kind.TASKS: {"due": "дата_и_время план"},
    Kind.PRODUCTS: {},
}
"""What a heading may mean when nothing better stands in the file."""

PARTS: tuple[tuple[str, str], ...] = (
    (r"e ?mail|эл почт|пошт", "email"),
    (r"телефон|моб тел|phone", "phone"),
    (r"адрес", "address"),
    (r"дата рожд|народж|birth", "birthday"),
    (r"\bинн\b|єдрпоу|едрпоу", "tax_number"),
    (r"себестоим|собівартіст", "cost"),
    (r"без ндс|без пдв", "amount_net"),
    (r"с ндс|з пдв", "amount_gross"),
    (r"контрагент|покупател|заказчик|клієнт|клиент", "client"),
    (r"номенклатур", "product"),
    (r"менеджер|ответственн|відповідальн", "manager"),
    (r"количеств|кількіст", "quantity"),
    (r"(сумма|сума) (продаж|выручк|реализ|документ|заказ)", "amount"),
    (r"^дата (продаж|отгруз|реализ|документ|заказ|відвант)", "day"),
)
"""Looked for inside a heading, in this order."""

NEVER = re.compile(
    r"label|display name|phonetic|prefix|suffix|nickname|photo|website|web page|последн|останн|first order|"
    r"создан|измен|створен|змінен|created|modified|updated|кем |факс|fax|скидк|знижк|discount|%|процент|ставка"
)
"""Headings that look like one of ours and are not."""


_UNITS = frozenset(
    ("руб", "рублей", "р", "грн", "гривень", "rub", "uah", "usd", "eur", "kzt", "тг", "шт", "экз", "прим", "pcs")
)


def plain(heading: str) -> str:
    """A heading as it is compared: folded, dots and dashes away, one space, no currency or unit at its end."""
    words = re.findall(r"[\w'%№]+", fold(heading).replace("_", " "))
    while len(words) > 1 and words[-1] in _UNITS:
        words.pop()
    return " ".join(words)


def _table(source: dict[Kind, dict[str, str]]) -> dict[Kind, dict[str, str]]:
    made: dict[Kind, dict[str, str]] = {}
    for kind, fields in source.items():
        known = made[kind] = {}
        for field, headings in fields.items():
            known.setdefault(plain(field), field)
            for heading in headings.split():
                known.setdefault(plain(heading), field)
    return made


_STRONG = _table(HEADINGS)
_WEAK = _table(WEAK)
_PARTS = tuple((re.compile(pattern), field) for pattern, field in PARTS)


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields a column of such a file may mean, in the order a person is offered them."""
    return tuple(HEADINGS[kind])


def strong(kind: Kind, heading: str) -> str | None:
    """The field a heading surely means."""
    return _STRONG[kind].get(plain(heading))


def weak(kind: Kind, heading: str) -> str | None:
    """The field a heading may mean when no column surely does."""
    return _WEAK[kind].get(plain(heading))


def inside(kind: Kind, heading: str) -> str | None:
    """The field a longer heading speaks of."""
    text = plain(heading)
    for pattern, field in _PARTS:
        if field in HEADINGS[kind] and pattern.search(text):
            return field
    return None


def is_known(heading: str) -> bool:
    """Whether any kind of file knows such a heading."""
    return bool(plain(heading)) and any(strong(kind, heading) or weak(kind, heading) for kind in Kind)
