"""A demo print shop: an office as it looks after two years, for a first look, for rehearsals and for tests.

Deterministic: the same language, currency, size, seed and day give the same rows, ids included. All firms, people and
figures are invented; the office is marked `demo`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.data import client_list, clients, demo, figures, search, settings, users
from crmdesk.data.writing import Writing
from crmdesk.domain import months, text
from crmdesk.domain.client_list import ClientFilter, ClientOrder
from crmdesk.domain.lists import Role
from crmdesk.domain.months import Month
from crmdesk.services import content, office
from crmdesk.services.demo_cast import cast
from crmdesk.services.demo_client import MILLE, Rows, Teller
from crmdesk.services.demo_sales import rate, skus
from crmdesk.services.demo_words import DemoWords
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UsageError, UserError
from crmdesk.system.ids import RANDOM_BITS
from crmdesk.system.jobs import NO_JOB, Job

BATCH = 500  # clients written at a time
PLANNED_AHEAD = 12
EDITED = 12  # cards that somebody changed lately


@dataclass(frozen=True, slots=True)
class Size:
    """How large a demo is; `months` of contacts are told for the tracked clients and for the others."""

    clients: int
    managers: int
    branches: int
    months: int
    months_others: int


# At large the chronicle of those who are not under control is short: 96 of 100 clients are never opened in a demo.
SIZES: Mapping[str, Size] = {
    "small": Size(120, 3, 1, 24, 24),
    "medium": Size(2_000, 10, 2, 24, 12),
    "large": Size(100_000, 25, 3, 24, 4),
}


def office_name(lang: str) -> str:
    """What the demo office is called."""
    return str(DemoWords(lang).said["office"])


def owner_name(lang: str) -> str:
    """Who owns the demo office."""
    return str(DemoWords(lang).said["owner"])


def build_demo(desk: Desk, size: str = "small", seed: int = 1, job: Job = NO_JOB) -> None:
    """Fills an empty office with the demo print shop, in one transaction.

    Raises UsageError("unknown_demo_size"), UserError("demo_needs_empty_office"), Stopped when the job is stopped.
    """
    if size not in SIZES:
        raise UsageError("unknown_demo_size", size=size, sizes=", ".join(SIZES))
    with desk.store.read() as connection:
        if demo.has_clients(connection):
            raise UserError("demo_needs_empty_office")
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        _Shop(desk, SIZES[size], seed).fill(writing, job)
        settings.put(writing, {"demo": True})
    office.refresh(desk)
    _edit_cards(desk)


def _edit_cards(desk: Desk) -> None:
    """What the managers changed in some cards in the last weeks: a demo without it would have no changes to show."""
    words, today = DemoWords(desk.office.lang), desk.clock.today()
    wanted = ClientFilter(sort=ClientOrder.TURNOVER, descending=True)
    with desk.store.read() as connection:
        largest = client_list.page_ids(connection, wanted, today)[:EDITED]
        forms = [clients.form(connection, client_id) for client_id in largest]
    for number, form in enumerate(forms):
        if form is None:
            continue
        moment = datetime.combine(today - timedelta(days=4 + 5 * number), time(11 + number % 5, 20))
        address = words.said["address"].format(
            city=form.city, street=words.said["streets"][number % len(words.said["streets"])], house=4 + number
        )
        notes = words.said["channel_notes"][number % len(words.said["channel_notes"])]
        with desk.store.write(user_id=form.manager_id, clock=Clock.at(moment, desk.clock.zone)) as writing:
            clients.update_form(writing, replace(form, address=address, notes=notes))


class _Shop:
    """The making of one demo: rows go out by batches, sums for the sales plan stay."""

    def __init__(self, desk: Desk, size: Size, seed: int) -> None:
        self.size, self.seed, self.owner_id = size, seed, desk.me.id
        self.today = desk.clock.today()
        self.words = DemoWords(desk.office.lang)
        self.currency, self.zone = desk.office.currency, ZoneInfo(desk.office.zone)
        self.skus = skus(self.words.lang, self.currency)
        noon = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC) - timedelta(days=1)
        self.ids = count(int(noon.timestamp() * 1000) << RANDOM_BITS)
        self.sold: defaultdict[int, defaultdict[Month, int]] = defaultdict(lambda: defaultdict(int))
        self.months = (size.months, size.months_others)
        self._midnight = cache(self._midnight_of)

    def fill(self, writing: Writing, job: Job) -> None:
        """Writes everything; figures and search words of all clients at the end."""
        rnd = Random(f"{self.seed} staff")
        rows: Rows = defaultdict(list)
        managers = self._staff(rows, rnd)
        groups, products = self._products(rows)
        demo.add(writing.connection, rows)
        for row in rows["app_user"]:
            users.let_in(writing, row["login"], None)
        rows = defaultdict(list)
        done = 0
        firms = self.words.firms(Random(f"{self.seed} firms"))
        for number, manager_id in enumerate(managers):
            share = self.size.clients // len(managers) + (number < self.size.clients % len(managers))
            parts = cast(Random(f"{self.seed} cast {number}"), share, first=number == 0)
            for part in parts:
                done += 1
                firm = next(firms[part.size])
                Teller(self, done, manager_id, number, part, firm, groups, products).tell(rows)
                if done % BATCH == 0:
                    job.check()
                    job.progress(done, self.size.clients)
                    demo.add(writing.connection, rows)
                    rows = defaultdict(list)
        self._plans(rows, managers)
        demo.add(writing.connection, rows)
        figures.recompute_all(writing.connection)
        search.reindex_all(writing.connection)
        job.progress(done, self.size.clients)

    # ---- the office ------------------------------------------------------------------------------------

    def record(self, day: int, minute: int = 540) -> dict[str, Any]:
        """The columns that every record has; made on a day."""
        return {"id": next(self.ids), "created_at": self.instant(day, minute), "version": 1}

    def instant(self, day: int, minute: int) -> int:
        """A moment of the office's wall clock in milliseconds since 1970, never later than today's midnight."""
        return self._midnight(min(day, self.today.toordinal() - 1)) + minute * 60_000

    def moment(self, day: int, minute: int) -> int:
        """A moment of the office's wall clock in milliseconds since 1970."""
        return self._midnight(day) + minute * 60_000

    def _midnight_of(self, day: int) -> int:
        midnight = datetime.combine(date.fromordinal(day), datetime.min.time(), self.zone)
        return round(midnight.timestamp() * 1000)

    def _staff(self, rows: Rows, rnd: Random) -> list[int]:
        start = self.today.toordinal() - 1100
        said = self.words.said
        for name in said["branches"][: self.size.branches]:
            rows["branch"].append({**self.record(start), "name": name})
        branches = [row["id"] for row in rows["branch"]]
        logins = {"supervisor"}
        self._user(rows, start, "supervisor", said["supervisor"], Role.SUPERVISOR, branches[0])
        managers = []
        for number in range(self.size.managers):
            if number < len(said["first_managers"]):
                name, login = said["first_managers"][number], said["logins"][number]
            else:
                human = self.words.human(rnd)
                name = " ".join(filter(None, (human.surname, human.given_name, human.patronymic)))
                login = self.words.latin(human.surname)
            while login in logins:
                login += str(number + 1)
            logins.add(login)
            managers.append(
                self._user(rows, start + number, login, name, Role.MANAGER, branches[number % len(branches)])
            )
        return managers

    def _user(self, rows: Rows, day: int, login: str, name: str, role: Role, branch_id: int) -> int:
        row = {
            **self.record(day),
            "login": login,
            "name": name,
            "role": role.value,
            "branch_id": branch_id,
            "active": True,
        }
        rows["app_user"].append(row)
        return int(row["id"])

    def _products(self, rows: Rows) -> tuple[dict[str, int], dict[int, int]]:
        start = self.today.toordinal() - 1000
        groups = {}
        for entry in content.entries("group", of="products").values():
            facts = {
                "name": entry.name(self.words.lang),
                "important": entry.facts["important"],
                "position": entry.facts["order"],
            }
            rows["product_group"].append({**self.record(start), "key": entry.key, **facts})
            groups[entry.key] = rows["product_group"][-1]["id"]
        products = {}
        for sku in self.skus:
            rows["product"].append(
                {
                    **self.record(start),
                    "code": f"{sku.number:05d}",
                    "name": sku.name,
                    "match_key": text.fold(sku.name),
                    "group_id": groups[sku.group],
                    "unit": {"ru": "шт", "uk": "шт"}.get(self.words.lang, "pcs"),
                    "reprint_days": sku.reprint_days or None,
                }
            )
            products[sku.number] = rows["product"][-1]["id"]
        return groups, products

    def _plans(self, rows: Rows, managers: list[int]) -> None:
        """The sales plan: past months so that the fact is 80 to 110 % of it, coming ones a little above last year."""
        last = months.add(months.month_of(self.today), -1)
        neat = max(1, round(50 * rate(self.currency))) * MILLE
        for number, manager_id in enumerate(managers):
            rnd = Random(f"{self.seed} plan {number}")
            sold = self.sold[manager_id]
            for month in (*months.ending(last, 24), *months.following(last, PLANNED_AHEAD)):
                if month <= last:  # a plan is smoother than what came of it
                    around = [sold[months.add(month, step)] for step in (-1, 0, 1) if months.add(month, step) <= last]
                    short = rnd.uniform(0.82, 0.9) if month == last and number == 0 else rnd.uniform(0.92, 1.02)
                    amount = min(max(sum(around) / len(around) / short, sold[month] / 1.1), sold[month] / 0.8)
                else:
                    amount = sold[months.add(month, -12)] * rnd.uniform(1.02, 1.08)
                made = months.first_day(month).toordinal() - 20
                planned = max(neat, round(amount / neat) * neat)
                rows["sales_plan"].append(
                    {**self.record(made), "manager_id": manager_id, "month": month, "amount": planned}
                )
