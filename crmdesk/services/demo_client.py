"""One client of the demo, told row by row: himself, his people, potential, orders, contacts, tasks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from crmdesk.domain import months, text
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.months import Month
from crmdesk.services import content
from crmdesk.services.demo_cast import Part
from crmdesk.services.demo_chronicle import Chronicle, Contact, Deed
from crmdesk.services.demo_sales import Buyer, Sale, Sku, Span, orders, rate, returned, span
from crmdesk.services.demo_words import DemoWords, Firm, Human, shop

Rows = defaultdict[str, list[dict[str, Any]]]
LEAPLING = 6  # the number of the client whose first person was born on the 29th of February
MILLE = 100_000  # a thousand of the currency, in minor units


class Making(Protocol):
    """The demo in the making, as a client's teller sees it. `months`: of contacts told, tracked and others."""

    seed: int
    today: date
    words: DemoWords
    currency: str
    zone: ZoneInfo
    skus: tuple[Sku, ...]
    sold: defaultdict[int, defaultdict[Month, int]]
    months: tuple[int, int]

    def record(self, day: int, minute: int = 540) -> dict[str, Any]:
        """The columns that every record has; made on a day."""
        ...

    def instant(self, day: int, minute: int) -> int:
        """A moment of the office's wall clock in milliseconds since 1970, never later than today's midnight."""
        ...

    def moment(self, day: int, minute: int) -> int:
        """A moment of the office's wall clock in milliseconds since 1970."""
        ...


SPOKEN = frozenset({"call", "visit", "negotiation"})  # contacts that ask for a next step


class Teller:
    """One client of the demo with everything that hangs on him."""

    def __init__(
        self,
        shop_: Making,
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
        contacts = chronicle.contacts(self.shop.months[0 if part.tracked else 1])
        kept = (0.92, 0.97, 0.88)[self.place % 3]
        deeds = chronicle.deeds(contacts, kept)
        told = self._interactions(rows, client_id, contacts, [person_id for person_id, _ in people])
        self._tasks(rows, client_id, deeds, people[0][0], told)

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
            "lost_on": min(when.last + 90, self.today - 1) if lost else None,
            "lost_reason": rnd.choice(reasons) if lost else "",
            "notes": rnd.choice(words.said["channel_notes"]) if rnd.random() < 0.4 else "",
            "own_fields": "{}",
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
            usual = 200 / max(1, len({sale.day for sale in recent})) * share * self.rnd.uniform(0.86, 1.2)
            return kind.value, max(3, round(usual) if usual < 15 else round(usual / 5) * 5)
        months_seen = {date.fromordinal(sale.day).month for sale in recent}
        if kind is GoalKind.SKUS:
            each = [
                len({line.sku.number for s in recent if date.fromordinal(s.day).month == m for line in s.lines})
                for m in months_seen
            ]
            return kind.value, max(2, round(sum(each) / len(each) * share * self.rnd.uniform(0.9, 1.15)))
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
                "gender": human.gender.value if human.patronymic or rnd.random() < 0.9 else None,
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
        if self.number == LEAPLING and place == 0:
            return 29, 2, 1988
        if self.rnd.random() > (0.7 if place == 0 and self.part.tracked else 0.45):
            return None, None, None
        born = date(self.rnd.randint(self.shop.today.year - 62, self.shop.today.year - 23), 1, 1)
        born += timedelta(days=self.rnd.randrange(365))
        return born.day, born.month, born.year if self.rnd.random() < 0.7 else None

    def _points(self, rows: Rows, client_id: int, person_id: int, human: Human, since: int, place: int) -> None:
        rnd = self.rnd
        point = {"client_id": client_id, "person_id": person_id, "extension": ""}
        reachable = self.number % 29 != 11  # of a few nobody wrote down how to reach them
        if reachable and rnd.random() < 0.95:
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
        if reachable and rnd.random() < 0.8:
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
                "details": json.dumps({"run": abs(sale.lines[0].pieces), **sale.lines[0].sku.details}),
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

    def _interactions(
        self, rows: Rows, client_id: int, contacts: list[Contact], people: list[int]
    ) -> Sequence[Mapping[str, Any]]:
        before = len(rows["interaction"])
        rnd, lengths = self.rnd, Random(self.shop.seed * 7_000_003 + self.number)
        for contact in contacts:
            longest = {"call": 14, "visit": 90, "negotiation": 120}.get(contact.kind.value)
            minutes = lengths.randint(longest // 6, longest) if longest else None
            rows["interaction"].append(
                {
                    **self.shop.record(contact.day, contact.minute + 20),
                    "client_id": client_id,
                    "person_id": people[0] if rnd.random() < 0.7 else rnd.choice(people),
                    "manager_id": self.manager_id,
                    "kind": contact.kind.value,
                    "at": self.shop.instant(contact.day, contact.minute),
                    "day": contact.day,
                    "minutes": minutes,
                    "result": contact.result,
                    "rung": contact.rung,
                    "resume": contact.resume,
                    "no_next_reason": "",
                }
            )
        return rows["interaction"][before:]

    def _tasks(
        self, rows: Rows, client_id: int, deeds: list[Deed], person_id: int, told: Sequence[Mapping[str, Any]]
    ) -> None:
        """What was done as a contact says which; the last contact asked for the first task to come."""
        done_as = {(row["kind"], row["day"]): row["id"] for row in told}
        spoken = max((row for row in told if row["kind"] in SPOKEN), key=lambda row: row["at"], default=None)
        for deed in deeds:
            released = deed.released is not None and deed.released < self.today
            past = deed.done is not None and (deed.done < self.today or deed.minute is not None)
            done = deed.done if past and deed.done is not None and deed.done <= self.today else None
            moved = deed.done is None and not deed.routine and self.rnd.random() < 0.15
            asked = None
            to_come = done is None and not released and not deed.routine and (deed.due or 0) >= self.today
            if spoken is not None and to_come:
                asked, spoken = spoken, None
            made = {"created_at": asked["created_at"]} if asked else {}
            rows["task"].append(
                {
                    **self.shop.record(deed.made),
                    **made,
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
                    "minutes": deed.length or (60 if deed.kind == "visit" else None),
                    "first_due_day": deed.due - 7 if moved and deed.due else deed.due,
                    "moved_count": int(moved),
                    "done_at": self._done_at(deed, done) if done is not None else None,
                    "done_day": done,
                    "released_at": self.shop.instant(deed.released, 1020) if released and deed.released else None,
                    "release_reason": deed.reason if released else "",
                    "interaction_id": asked["id"] if asked else done_as.get((deed.kind.value, done)),
                }
            )

    def _done_at(self, deed: Deed, done: int) -> int:
        if deed.minute is None:
            return self.shop.instant(done, 1020)
        return self.shop.moment(done, deed.minute + (deed.length or 0))
