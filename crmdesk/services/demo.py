"""A demo print shop: an office as it looks after two years, for a first look, for rehearsals and for tests.

Deterministic: the same language, currency, size, seed and day give the same rows, ids included. All firms, people and
figures are invented; the office is marked `demo`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.data import demo, figures, search, settings
from crmdesk.data.office import Writing
from crmdesk.domain import months, text
from crmdesk.domain.lists import Gender, GoalKind, Role
from crmdesk.domain.months import Month
from crmdesk.services import content, office
from crmdesk.services.demo_cast import Part, cast
from crmdesk.services.demo_chronicle import Chronicle, Contact, Deed
from crmdesk.services.demo_sales import Buyer, Sale, Span, orders, rate, returned, skus, span
from crmdesk.services.demo_words import DemoWords, Firm, shop
from crmdesk.services.office import Desk
from crmdesk.system.errors import UsageError, UserError
from crmdesk.system.ids import RANDOM_BITS
from crmdesk.system.jobs import NO_JOB, Job

Rows = dict[str, list[dict[str, Any]]]
BATCH = 500  # clients written at a time
MILLE = 100_000  # a thousand of the currency, in minor units
PLANNED_AHEAD = 12


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
        self.sold: dict[int, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
        self.leap_day_given = False
        self._midnight = cache(self._midnight_of)

    def fill(self, writing: Writing, job: Job) -> None:
        """Writes everything; figures and search words of all clients at the end."""
        rnd = Random(f"{self.seed} staff")
        rows: Rows = defaultdict(list)
        managers = self._staff(rows, rnd)
        groups, products = self._products(rows)
        demo.add(writing.connection, rows)
        rows = defaultdict(list)
        done = 0
        firms = self.words.firms(Random(f"{self.seed} firms"))
        for number, manager_id in enumerate(managers):
            share = self.size.clients // len(managers) + (number < self.size.clients % len(managers))
            parts = cast(Random(f"{self.seed} cast {number}"), share, first=number == 0)
            for part in parts:
                done += 1
                firm = next(firms[part.size])
                _Client(self, done, manager_id, number, part, firm, groups, products).tell(rows)
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
        current = months.month_of(self.today)
        neat = max(1, round(50 * rate(self.currency))) * MILLE
        for number, manager_id in enumerate(managers):
            rnd = Random(f"{self.seed} plan {number}")
            sold = self.sold[manager_id]
            for month in (
                *months.ending(months.add(current, -1), 24),
                *months.following(months.add(current, -1), PLANNED_AHEAD),
            ):
                if month < current:
                    short = month == months.add(current, -1)  # the month the sheet is about
                    amount = sold[month] / (rnd.uniform(0.8, 0.9) if short and number == 0 else rnd.uniform(0.86, 1.1))
                else:
                    amount = sold[months.add(month, -12)] * rnd.uniform(1.02, 1.08)
                made = months.first_day(month).toordinal() - 20
                planned = max(neat, round(amount / neat) * neat)
                rows["sales_plan"].append(
                    {**self.record(made), "manager_id": manager_id, "month": month, "amount": planned}
                )


class _Client:
    """One client of the demo with everything that hangs on him."""

    def __init__(
        self,
        shop_: _Shop,
        number: int,
        manager_id: int,
        place: int,
        part: Part,
        firm: Firm,
        groups: Mapping[str, int],
        products: Mapping[int, int],
    ) -> None:
        self.shop, self.number, self.manager_id, self.place = shop_, number, manager_id, place
        self.part, self.firm, self.groups, self.products = part, firm, groups, products
        self.rnd = Random(shop_.seed * 1_000_003 + number)
        self.today = shop_.today.toordinal()
        self.words = shop_.words

    def tell(self, rows: Rows) -> None:
        """Adds all rows of this client."""
        rnd, part = self.rnd, self.part
        budget = part.month * MILLE * rate(self.shop.currency)
        buyer = Buyer(part, self.firm.industry, self.shop.skus, budget, rnd)
        when = span(part, self.today, rnd)
        sales = orders(part, buyer, when, self.today, budget, rnd)
        since = min(when.first, sales[0].day if sales else self.today - rnd.randint(5, 120)) - rnd.randint(0, 40)
        if rnd.random() < 0.5 and part.shape not in ("new", "lead"):
            since -= rnd.randint(200, 2500)
        client_id = self._client(rows, sales, when, since, budget)
        people = self._people(rows, client_id, since)
        self._potential(rows, client_id, buyer, budget, since)
        self._orders(rows, client_id, sales)
        chronicle = Chronicle(part, self.words, [human for _, human in people], sales, when, self.today, rnd)
        contacts = chronicle.contacts(self.shop.size.months if part.tracked else self.shop.size.months_others)
        kept = (0.86, 0.93, 0.8)[self.place % 3]
        deeds = chronicle.deeds(contacts, kept)
        self._interactions(rows, client_id, contacts, [person_id for person_id, _ in people])
        self._tasks(rows, client_id, deeds, people[0][0])

    def _client(self, rows: Rows, sales: list[Sale], when: Span, since: int, budget: float) -> int:
        rnd, part, words = self.rnd, self.part, self.words
        name = self.firm.name
        sole = bool(words.said["sole"]) and name.startswith(words.said["sole"])
        if not sole and rnd.random() < 0.25:
            form = rnd.choice(words.said["legal_forms"])
            name = f"{name} {form}" if words.lang == "en" else f"{form} {name}"
        goal_kind, goal_value = self._goal(sales)
        lost = part.shape == "lost"
        reasons = [entry.key for entry in content.entries("client_loss_reason").values()]
        city = rnd.choice(words.said["cities"])
        address = words.said["address"].format(
            city=city, street=rnd.choice(words.said["streets"]), house=rnd.randint(1, 120)
        )
        row = {
            **self.shop.record(since),
            "name": name,
            "is_company": not sole,
            "code": f"00-{self.number:08d}",
            "tax_number": words.tax_number(rnd) if rnd.random() < 0.9 else None,
            "manager_id": self.manager_id,
            "branch_id": None,
            "tracked": part.tracked,
            "action_segment": part.segment.value,
            "visits_norm": None,
            "calls_norm": None,
            "mailings_norm": None,
            "importance": part.importance.value,
            "stage": self._stage(sales),
            "goal_kind": goal_kind,
            "goal_value": goal_value,
            "city": city,
            "address": address,
            "industry": self.firm.industry,
            "channel": rnd.choice(list(content.entries("ad_channel"))),
            "since": since,
            "lost_on": when.last + 50 if lost else None,
            "lost_reason": rnd.choice(reasons) if lost else "",
            "notes": rnd.choice(words.said["channel_notes"]) if rnd.random() < 0.4 else "",
            "own_fields": {},
            "match_key": text.firm_key(name),
            "sort_key": text.sort_key(name),
        }
        rows["client"].append(row)
        return int(row["id"])

    def _stage(self, sales: list[Sale]) -> str:
        if self.part.shape in ("lost", "lead"):
            return self.part.shape
        if self.part.shape in ("silent", "collapse"):
            return "cooling"
        if self.part.shape == "back":
            return "won_back"
        if not sales:
            return "lead"
        if len({sale.day for sale in sales}) == 1:
            return "first_order"
        return "developing" if self.part.shape in ("grow", "new") or sales[0].day > self.today - 200 else "steady"

    def _goal(self, sales: list[Sale]) -> tuple[str | None, int | None]:
        """The goal, a share of what the client does by himself: some are met, some nearly, some missed."""
        part = self.part
        recent = [sale for sale in sales if sale.day > self.today - 200]
        if part.goal is None or not recent or self.rnd.random() < 0.04:
            return None, None
        kind, share = part.goal
        if kind is GoalKind.ORDER_EVERY_DAYS:
            usual = 200 / max(1, len({sale.day for sale in recent}))
            return kind.value, max(5, round(max(part.gap, usual) * share * self.rnd.uniform(0.75, 1.1) / 5) * 5)
        months_seen = {date.fromordinal(sale.day).month for sale in recent}
        if kind is GoalKind.SKUS:
            each = [
                len({line.sku.number for s in recent if date.fromordinal(s.day).month == m for line in s.lines})
                for m in months_seen
            ]
            return kind.value, max(2, round(sum(each) / len(each) * share))
        money = sum(sale.total for sale in recent) / len(months_seen) * share
        neat = 5 * MILLE * rate(self.shop.currency)
        return kind.value, max(1, round(money / neat)) * round(neat)

    def _people(self, rows: Rows, client_id: int, since: int) -> list[tuple[int, str]]:
        rnd, words = self.rnd, self.words
        found = []
        professions = shop()["professions"].get(self.firm.industry) or shop()["professions"]["default"]
        for place in range(rnd.choices((1, 2, 3), (45, 40, 15) if self.part.size != "large" else (5, 55, 40))[0]):
            human = words.human(rnd)
            birth = self._birthday(place)
            person = {
                **self.shop.record(since),
                "client_id": client_id,
                "surname": human.surname,
                "given_name": human.given_name,
                "patronymic": human.patronymic,
                "gender": human.gender.value
                if human.patronymic
                else (Gender(human.gender).value if rnd.random() < 0.9 else None),
                "birth_day": birth[0],
                "birth_month": birth[1],
                "birth_year": birth[2],
                "profession": rnd.choice(professions) if rnd.random() < 0.8 else "",
                "role": ("decides", "orders", "pays")[place],
                "notes": "",
            }
            rows["person"].append(person)
            self._points(rows, client_id, person["id"], human, since, place)
            found.append((int(person["id"]), human.polite))
        return found

    def _birthday(self, place: int) -> tuple[int | None, int | None, int | None]:
        if not self.shop.leap_day_given and self.number == 6:
            self.shop.leap_day_given = True
            return 29, 2, 1988
        if self.rnd.random() > (0.85 if place == 0 and self.part.tracked else 0.5):
            return None, None, None
        born = date(self.rnd.randint(self.shop.today.year - 62, self.shop.today.year - 23), 1, 1)
        born += timedelta(days=self.rnd.randrange(365))
        return born.day, born.month, born.year if self.rnd.random() < 0.7 else None

    def _points(self, rows: Rows, client_id: int, person_id: int, human: Any, since: int, place: int) -> None:
        rnd = self.rnd
        point = {"client_id": client_id, "person_id": person_id, "extension": ""}
        if rnd.random() < 0.95:
            written, normal = self.words.phone(rnd)
            rows["contact_point"].append(
                {
                    **self.shop.record(since),
                    **point,
                    "kind": "phone",
                    "original": written,
                    "normal": normal,
                    "position": 0,
                }
            )
        if rnd.random() < 0.8:
            address = self.words.email(human, self.firm.name)
            rows["contact_point"].append(
                {
                    **self.shop.record(since),
                    **point,
                    "kind": "email",
                    "original": address,
                    "normal": address,
                    "position": 1,
                }
            )
        if place == 0 and rnd.random() < 0.8:
            for channel in rnd.sample(("email", "sms", "call", "messenger"), rnd.randint(1, 3)):
                rows["consent"].append(
                    {
                        **self.shop.record(since),
                        "person_id": person_id,
                        "channel": channel,
                        "given": rnd.random() < 0.85,
                        "on_day": since + rnd.randint(0, 20),
                        "origin": rnd.choice(self.words.said["consents"]),
                    }
                )

    def _potential(self, rows: Rows, client_id: int, buyer: Buyer, budget: float, since: int) -> None:
        """What he could spend a month, split over the groups he buys; one in sixteen was never asked."""
        rnd = self.rnd
        if not self.part.potential or rnd.random() < 0.06:
            return
        groups = list(dict.fromkeys(sku.group for sku in buyer.palette))[:4]
        parts = [rnd.uniform(0.5, 1.5) / (place + 1) for place in range(len(groups))]
        whole = budget * self.part.potential * rnd.uniform(0.95, 1.05)
        neat = MILLE * rate(self.shop.currency)
        for group, share in zip(groups, parts, strict=True):
            monthly = max(1, round(whole * share / sum(parts) / neat)) * round(neat)
            rows["potential"].append(
                {
                    **self.shop.record(since),
                    "client_id": client_id,
                    "group_id": self.groups[group],
                    "monthly": monthly,
                    "on_day": max(since, self.today - rnd.randint(20, 300)),
                }
            )

    def _orders(self, rows: Rows, client_id: int, sales: list[Sale]) -> None:
        rnd = self.rnd
        sold = self.shop.sold[self.manager_id]
        back = [returned(sale, rnd) for sale in sales if rnd.random() < 0.008]
        whole = sorted([*sales, *(sale for sale in back if sale.day < self.today)], key=lambda sale: sale.day)
        for place, sale in enumerate(whole, 1):
            total = sale.total
            order = {
                **self.shop.record(sale.day, 600),
                "client_id": client_id,
                "manager_id": self.manager_id,
                "day": sale.day,
                "number": f"{self.number}/{place}",
                "stage": "done",
                "total": total,
                "cost": sum(line.cost for line in sale.lines),
                "details": {"run": abs(sale.lines[0].pieces), **sale.lines[0].sku.details},
            }
            rows["orders"].append(order)
            sold[months.month_of(date.fromordinal(sale.day))] += total
            rows["order_line"] += [
                {
                    "order_id": order["id"],
                    "line": position,
                    "product_id": self.products[line.sku.number],
                    "words": line.sku.name,
                    "quantity": line.pieces * 1000,
                    "amount": line.amount,
                    "cost": line.cost,
                }
                for position, line in enumerate(sale.lines, 1)
            ]

    def _interactions(self, rows: Rows, client_id: int, contacts: list[Contact], people: list[int]) -> None:
        rnd = self.rnd
        for contact in contacts:
            rows["interaction"].append(
                {
                    **self.shop.record(contact.day, contact.minute + 20),
                    "client_id": client_id,
                    "person_id": people[0] if rnd.random() < 0.7 else rnd.choice(people),
                    "manager_id": self.manager_id,
                    "kind": contact.kind.value,
                    "at": self.shop.instant(contact.day, contact.minute),
                    "day": contact.day,
                    "result": contact.result,
                    "rung": contact.rung,
                    "resume": contact.resume,
                    "no_next_reason": "",
                }
            )

    def _tasks(self, rows: Rows, client_id: int, deeds: list[Deed], person_id: int) -> None:
        for deed in deeds:
            released = deed.released is not None and deed.released < self.today
            done = deed.done if deed.done is not None and deed.done < self.today else None
            moved = deed.done is None and not deed.routine and self.rnd.random() < 0.15
            rows["task"].append(
                {
                    **self.shop.record(deed.made),
                    "client_id": client_id,
                    "person_id": person_id if self.rnd.random() < 0.5 else None,
                    "manager_id": self.manager_id,
                    "kind": deed.kind.value,
                    "title": deed.title,
                    "notes": deed.notes,
                    "promise": deed.promise,
                    "routine": deed.routine,
                    "priority": 1 if deed.promise else 0,
                    "due_day": deed.due,
                    "due_time": deed.minute,
                    "zone": self.shop.zone.key if deed.minute is not None else "",
                    "minutes": 60 if deed.kind == "visit" else None,
                    "first_due_day": deed.due - 7 if moved and deed.due else deed.due,
                    "moved_count": int(moved),
                    "done_at": self.shop.instant(done, 1020) if done is not None else None,
                    "done_day": done,
                    "released_at": self.shop.instant(deed.released, 1020) if released and deed.released else None,
                    "release_reason": deed.reason if released else "",
                }
            )
