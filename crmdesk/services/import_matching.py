"""Which client a file means: by code, by tax number, by folded name; never by a guess."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from crmdesk.data.imports import ClientName
from crmdesk.domain.text import firm_key, fold
from crmdesk.exchange.sales import ClientRef
from crmdesk.services.import_plan import tax_key


class NoMatch(Enum):
    """Why no client was found."""

    UNKNOWN = "unknown_client"
    AMBIGUOUS = "ambiguous_client"


class Directory:
    """All clients that are not archived, and those the import is about to make."""

    def __init__(self, clients: Iterable[ClientName]) -> None:
        self._codes: dict[str, list[int]] = {}
        self._taxes: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._known: dict[int, tuple[str, str, str]] = {}
        self.managers: dict[int, int | None] = {}
        for client_id, code, tax, key, name, manager in clients:
            self._enter(client_id, fold(code or ""), tax_key(tax or ""), key or firm_key(name), name)
            self.managers[client_id] = manager

    def _enter(self, client_id: int, code: str, tax: str, key: str, name: str) -> None:
        self._known[client_id] = (code, tax, name)
        for index, value in ((self._codes, code), (self._taxes, tax), (self._keys, key)):
            if value:
                index.setdefault(value, []).append(client_id)

    def add(self, ref: ClientRef, client_id: int, manager: int | None) -> str:
        """Enters a client that is being made; returns its match key."""
        key = firm_key(ref.name)
        self._enter(client_id, fold(ref.code), tax_key(ref.tax_number), key, ref.name)
        self.managers[client_id] = manager
        return key

    def find(self, ref: ClientRef) -> int | NoMatch:
        """The client's id. A name that contradicts the code or tax number of its namesake is another client."""
        code, tax = fold(ref.code), tax_key(ref.tax_number)
        if code and (found := self._codes.get(code)):
            return self._one(found, ref)
        if tax and (found := self._fitting(self._taxes.get(tax), code, "")):
            return self._one(found, ref)
        if ref.name and (found := self._fitting(self._keys.get(firm_key(ref.name)), code, tax)):
            return self._one(found, ref)
        return NoMatch.UNKNOWN

    def _fitting(self, found: list[int] | None, code: str, tax: str) -> list[int]:
        def fits(client_id: int) -> bool:
            own_code, own_tax, _ = self._known[client_id]
            return not (code and own_code and code != own_code) and not (tax and own_tax and tax != own_tax)

        return [client_id for client_id in found or () if fits(client_id)]

    def _one(self, found: list[int], ref: ClientRef) -> int | NoMatch:
        if len(found) == 1:
            return found[0]
        same_key = set(self._keys.get(firm_key(ref.name), ())) & set(found) if ref.name else set()
        if len(same_key) == 1:
            return same_key.pop()
        written = fold(" ".join(ref.name.split()))
        exact = [client_id for client_id in found if fold(" ".join(self._known[client_id][2].split())) == written]
        return exact[0] if len(exact) == 1 else NoMatch.AMBIGUOUS
