"""The words of imports: why a row does not come in, what a column may mean. Keys are those of services.imports."""

from __future__ import annotations

from crmdesk.services.import_plan import Refusal
from crmdesk.system.i18n import Words

CARDS = "vcard"  # the form of a file whose columns have no headings of their own


def NP_(_context: str, text: str) -> str:
    """Marks a text for translation in a context; returns it as it is."""
    return text


REASONS: dict[str, str] = {
    # of a cell (exchange.values)
    "no_such_day": NP_("import", "there is no such day as {value}"),
    "not_a_day": NP_("import", "{value} is not a date"),
    "not_a_number": NP_("import", "{value} is not a number"),
    "number_too_big": NP_("import", "{value} is too big a number"),
    "not_yes_or_no": NP_("import", "{value} is neither yes nor no"),
    "not_in_list": NP_("import", "{value} is not in the office's list"),
    "unknown_stage": NP_("import", "{value} is not a stage of an order"),
    "too_long": NP_("import", "the text is too long: {value}…"),
    # of a row
    "no_client": NP_("import", "the client is missing"),
    "no_day": NP_("import", "the date is missing"),
    "no_amount": NP_("import", "the amount is missing"),
    "no_name": NP_("import", "the name is missing"),
    "no_title": NP_("import", "neither a client nor a subject is given"),
    "unknown_client": NP_("import", "there is no client {value}"),
    "ambiguous_client": NP_("import", "several clients are called {value}: give a code or a tax number"),
    "unknown_manager": NP_("import", "there is no manager {value}"),
    "unclear_group": NP_("import", "the rows under {value} do not add up to it"),
    # of what an undo leaves
    "changed_since": NP_("import", "changed since the import"),
    "in_use": NP_("import", "others need it by now"),
}
"""By reason_key."""

FIELDS: dict[str, str] = {
    "client": NP_("import", "Client"),
    "client_code": NP_("import", "Client's code"),
    "tax_number": NP_("import", "Tax number"),
    "manager": NP_("import", "Manager"),
    "surname": NP_("import", "Surname"),
    "given_name": NP_("import", "Given name"),
    "patronymic": NP_("import", "Patronymic"),
    "person": NP_("import", "Contact person"),
    "birthday": NP_("import", "Birthday"),
    "role": NP_("import", "Position"),
    "profession": NP_("import", "Profession"),
    "gender": NP_("import", "Gender"),
    "person_notes": NP_("import", "Notes on the person"),
    "phone": NP_("import", "Phone"),
    "email": NP_("import", "E-mail"),
    "city": NP_("import", "City"),
    "address": NP_("import", "Address"),
    "industry": NP_("import", "Industry"),
    "channel": NP_("import", "Source"),
    "action_segment": NP_("import", "Action segment"),
    "importance": NP_("import", "Importance"),
    "stage": NP_("import", "Stage"),
    "tracked": NP_("import", "Tracked"),
    "since": NP_("import", "Client since"),
    "notes": NP_("import", "Notes"),
    "day": NP_("import", "Date"),
    "number": NP_("import", "Document"),
    "product": NP_("import", "Product"),
    "product_code": NP_("import", "Product code"),
    "product_group": NP_("import", "Product group"),
    "unit": NP_("import", "Unit"),
    "quantity": NP_("import", "Quantity"),
    "amount_net": NP_("import", "Amount without VAT"),
    "amount": NP_("import", "Amount"),
    "amount_gross": NP_("import", "Amount with VAT"),
    "price": NP_("import", "Price"),
    "cost": NP_("import", "Cost"),
    "unit_cost": NP_("import", "Cost of one"),
    "profit": NP_("import", "Gross profit"),
    "order_stage": NP_("import", "Order stage"),
    "contact_kind": NP_("import", "Kind of contact"),
    "result": NP_("import", "Result"),
    "resume": NP_("import", "Résumé"),
    "due": NP_("import", "Due"),
    "task_kind": NP_("import", "Kind of task"),
    "title": NP_("import", "Subject"),
    "promise": NP_("import", "Promise"),
    "done": NP_("import", "Done"),
}
"""What a column may mean, by the field's key; said in the context "import"."""

KINDS: dict[str, str] = {
    "clients": NP_("import", "Clients"),
    "people": NP_("import", "People"),
    "orders": NP_("import", "Sales"),
    "products": NP_("import", "Products"),
    "interactions": NP_("import", "Contacts"),
    "tasks": NP_("import", "Tasks"),
}
"""What a file brings; said in the context "import"."""

_ROW = NP_("import", "row {row}")
_CELL = NP_("import", "row {row}, column “{column}”")


def reason(refusal: Refusal, words: Words) -> str:
    """Why: there is no such day as 31.02.1990."""
    return words.pgettext("import", REASONS[refusal.reason_key]).format(**refusal.values)


def refusal_line(refusal: Refusal, words: Words, *, form: str = "") -> str:
    """Where and why: row 6, column “Birthday”: there is no such day as 31.02.1990. `form` as Preview.form."""
    where = words.pgettext("import", _CELL if refusal.column else _ROW)
    column = column_name(refusal.column, form, words)
    return f"{where.format(row=refusal.row, column=column)}: {reason(refusal, words)}"


def column_name(label: str, form: str, words: Words) -> str:
    """A column as the person knows it: by its heading, and of a card, which has none, by the name of the field."""
    return field_name(label, words) if form == CARDS and label in FIELDS else label


def field_name(field: str, words: Words) -> str:
    """What a field is called; "" for a column that is left out."""
    return words.pgettext("import", FIELDS[field]) if field else ""


def kind_name(kind: str, words: Words) -> str:
    """What a kind of file is called."""
    return words.pgettext("import", KINDS[kind])
