"""Products a file names: found by code, then by name; made with their group when nobody knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crmdesk.data import imports as store
from crmdesk.domain.products import product_key
from crmdesk.domain.text import fold
from crmdesk.exchange.records import ProductRecord
from crmdesk.exchange.sales import ProductRef
from crmdesk.services.import_plan import Plan
from crmdesk.system.ids import new_id

PRODUCT_COLUMNS = ("id", "code", "name", "match_key", "group_id", "unit")
GROUP_COLUMNS = ("id", "name", "important", "position")


class Catalogue:
    """All products and groups, and those the import is about to make."""

    def __init__(self, connection: Any) -> None:
        self._codes: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._facts: dict[int, dict[str, Any]] = {}
        self._groups = {product_key(name): group_id for group_id, name in store.product_groups(connection)}
        self._position = len(self._groups)
        self.made: dict[int, list[Any]] = {}
        self.made_groups: list[tuple[Any, ...]] = []
        self.changes: dict[int, dict[str, Any]] = {}
        self.filled = 0  # how often a product learnt something
        for row in store.products(connection):
            self._facts[row["id"]] = dict(row)
            self._names.setdefault(row["match_key"] or product_key(row["name"]), row["id"])
            if row["code"]:
                self._codes.setdefault(fold(row["code"]), row["id"])

    def find(self, ref: ProductRef) -> int:
        """The product's id, of a stored or of a new one; what the file knows more of a stored one is filled in."""
        key = product_key(ref.name)
        found = self._codes.get(fold(ref.code)) if ref.code else None
        if found is None:
            found = self._names.get(key)
            if found is not None and ref.code and self._facts[found]["code"] not in (None, "", ref.code):
                found = None  # a namesake with another code is another product
        if found is None:
            found = new_id()
            group = self._group(ref.group)
            facts = {"id": found, "code": ref.code[:60] or None, "name": ref.name, "match_key": key, "group_id": group}
            self._facts[found] = {**facts, "unit": ref.unit[:20]}
            self.made[found] = list(self._facts[found].values())
            self._names.setdefault(key, found)
        else:
            self._fill(found, ref)
        if ref.code:
            self._codes.setdefault(fold(ref.code), found)
        return found

    def _fill(self, product_id: int, ref: ProductRef) -> None:
        facts = self._facts[product_id]
        known: dict[str, Any] = {}
        if ref.code and not facts["code"]:
            known["code"] = ref.code[:60]
        if ref.unit and not facts["unit"]:
            known["unit"] = ref.unit[:20]
        if ref.group and facts["group_id"] is None:
            known["group_id"] = self._group(ref.group)
        if not known:
            return
        facts.update(known)
        self.filled += 1
        if product_id in self.made:
            self.made[product_id] = [facts[name] for name in PRODUCT_COLUMNS]
        else:
            self.changes.setdefault(product_id, {"id": product_id}).update(known)

    def _group(self, name: str) -> int | None:
        if not name:
            return None
        key = product_key(name)
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = new_id()
            self._position += 1
            self.made_groups.append((found, name[:200], False, self._position))
        return found

    def rename(self, product_id: int, name: str) -> bool:
        """Gives a product, found by its code, the name it has now; says whether that was news."""
        facts = self._facts[product_id]
        if product_id in self.made or facts["name"] == name:
            return False
        facts["name"] = name
        self.changes.setdefault(product_id, {"id": product_id}).update(name=name, match_key=product_key(name))
        return True

    def finish(self, plan: Plan) -> None:
        """Puts what was made and filled in into the plan."""
        if self.made_groups:
            plan.put("product_group", GROUP_COLUMNS, self.made_groups)
        if self.made:
            plan.put("product", PRODUCT_COLUMNS, list(self.made.values()))
        if self.changes:
            plan.changes["product"] = list(self.changes.values())
        plan.size += len(self.made)


def plan_products(connection: Any, records: Iterable[ProductRecord]) -> Plan:
    """Works out what a list of products changes."""
    plan = Plan()
    catalogue = Catalogue(connection)
    for record in records:
        made, filled = len(catalogue.made), catalogue.filled
        product_id = catalogue.find(ProductRef(record.code, record.name, record.group, record.unit))
        renamed = bool(record.code) and catalogue.rename(product_id, record.name)
        if len(catalogue.made) > made:
            plan.added += 1
        elif renamed or catalogue.filled > filled:
            plan.updated += 1
        else:
            plan.unchanged += 1
    catalogue.finish(plan)
    return plan
