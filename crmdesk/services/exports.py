"""Exports: the office's tables out as CSV or XLSX; every one leaves its trace before anything leaves the office."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmdesk.data import exports, journal
from crmdesk.documents.table_xlsx import write_xlsx
from crmdesk.exchange.csv_out import write_csv
from crmdesk.services import content
from crmdesk.services.office import Desk
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.system.i18n import Words, words
from crmdesk.system.jobs import NO_JOB, Job

KINDS = ("clients", "people", "orders", "products", "interactions", "tasks")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written."""

    path: Path
    kind: str
    rows: int


def export(
    desk: Desk, kind: str, path: str | os.PathLike[str], *, lang: str | None = None, job: Job = NO_JOB
) -> Export:
    """Writes all records of a kind to a .csv or .xlsx file, headings and list words in the office's language or `lang`.

    The file appears whole or not at all; the trace in `access_log` is committed before it appears.
    Raises UsageError("unknown_kind", "unknown_ending"), OutsideError("not_written").
    """
    target = Path(path)
    if kind not in KINDS:
        raise UsageError("unknown_kind", kind=kind, kinds=", ".join(KINDS))
    if target.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError("unknown_ending", file=str(target), endings=".csv, .xlsx")
    language = words(lang or desk.office.lang)
    fresh = target.with_name(target.name + ".new")
    try:
        with desk.store.read() as connection:
            rows = _spoken(kind, exports.rows(connection, kind), language, job)
            if kind == "people":
                rows = _with_contacts(rows, exports.phones_and_mails(connection))
            if target.suffix.lower() == ".csv":
                count = write_csv(fresh, headings(kind, language), rows, comma_is_decimal=language.lang != "en")
            else:
                count = write_xlsx(fresh, _titles(language)[kind], headings(kind, language), rows)
        with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
            journal.log(writing, kind="export", what=kind, count=count)
        fresh.replace(target)
    except OSError as error:
        raise OutsideError("not_written", file=str(target), why=error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return Export(target, kind, count)


def headings(kind: str, w: Words) -> list[str]:
    """The headings of an export: words that an import knows again."""
    client, code = w.gettext("Client"), w.gettext("Client code")
    return {
        "clients": [
            code, client, w.gettext("Tax number"), w.gettext("Manager"), w.gettext("Action segment"),
            w.gettext("Importance"), w.gettext("Stage"), w.gettext("Tracked"), w.gettext("City"),
            w.gettext("Address"), w.gettext("Industry"), w.gettext("Channel"), w.gettext("Client since"),
            w.gettext("Notes"),
        ],
        "people": [
            client, code, w.gettext("Surname"), w.gettext("Given name"), w.gettext("Patronymic"),
            w.gettext("Job title"), w.gettext("Profession"), w.gettext("Birthday"), w.gettext("Phone"),
            w.gettext("E-mail"),
        ],
        "orders": [
            client, code, w.gettext("Date"), w.gettext("Document number"), w.gettext("Stage"),
            w.gettext("Product code"), w.gettext("Product"), w.gettext("Quantity"), w.gettext("Amount"),
            w.gettext("Cost"),
        ],
        "products": [w.gettext("Product code"), w.gettext("Product"), w.gettext("Product group"), w.gettext("Unit")],
        "interactions": [
            client, code, w.gettext("Date"), w.gettext("Kind"), w.gettext("Result"), w.gettext("Résumé"),
            w.gettext("Manager"),
        ],
        "tasks": [
            client, code, w.gettext("Due"), w.gettext("Kind"), w.gettext("What to do"), w.gettext("Promise"),
            w.gettext("Done on"), w.gettext("Released because"), w.gettext("Manager"),
        ],
    }[kind]  # fmt: skip


def _titles(w: Words) -> dict[str, str]:
    return {
        "clients": w.gettext("Clients"),
        "people": w.gettext("People"),
        "orders": w.gettext("Orders"),
        "products": w.gettext("Products"),
        "interactions": w.gettext("Contacts"),
        "tasks": w.gettext("Tasks"),
    }


_LISTS = {
    "clients": {4: "action_segment", 5: "importance", 6: "stage", 10: "industry", 11: "ad_channel"},
    "people": {6: "decision_role", 7: "profession"},
    "orders": {4: "order_stage"},
    "interactions": {3: "contact_kind", 4: "contact_result"},
    "tasks": {3: "task_kind"},
}
"""The places of list keys in the rows of `data.exports`; people's rows begin with an id that is not written."""


def _word(list_name: str, key: str, w: Words) -> str:
    if list_name == "action_segment":
        short = content.entries(list_name)[key].short(w.lang)
        return short if short.isalnum() else ""  # a dash says on paper that none is chosen; a table leaves it empty
    if list_name == "profession":  # stands beside the professions' holidays
        known = content.entries(list_name, of="holidays").get(key)
        return known.name(w.lang) if known else key
    if list_name == "order_stage" and key == "done":  # a sale that came in finished: goods have left the shop
        key = "shipped"
    return content.word(list_name, key, w.lang)


def _spoken(kind: str, rows: Iterator[tuple[Any, ...]], w: Words, job: Job) -> Iterator[list[Any]]:
    """The rows with the keys of lists and the yes and no in words."""
    yes, no = w.gettext("yes"), w.gettext("no")
    for number, row in enumerate(rows):
        if number % exports.AT_ONCE == 0:
            job.check()
        cells: list[Any] = [(yes if cell else no) if isinstance(cell, bool) else cell for cell in row]
        for place, name in _LISTS.get(kind, {}).items():
            if cells[place]:
                cells[place] = _word(name, cells[place], w)
        yield cells


def _with_contacts(rows: Iterator[list[Any]], known: dict[int, tuple[list[str], list[str]]]) -> Iterator[list[Any]]:
    for person_id, *head, birthday in rows:
        phones, mails = known.get(person_id, ((), ()))
        written = ""
        if birthday is not None:
            year = f".{birthday.year}" if birthday.year else ""
            written = f"{birthday.day:02d}.{birthday.month:02d}{year}"
        yield [*head, written, ", ".join(phones), ", ".join(mails)]
