"""Clients: what is read of them, and what is accepted of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from crmdesk.domain.interactions import InteractionRow
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance, Role, Stage
from crmdesk.domain.months import Month
from crmdesk.domain.orders import OrderRow
from crmdesk.domain.people import ContactRow, PersonRow
from crmdesk.domain.sheet import MonthFigures
from crmdesk.domain.tasks import TaskRow
from crmdesk.domain.text import printable
from crmdesk.system.errors import UserError

NAME_LENGTH = 500


class ClientHit(NamedTuple):
    """A client found by a search."""

    id: int
    name: str
    city: str
    code: str | None
    action_segment: str
    importance: str
    manager_id: int | None
    manager: str | None


@dataclass(frozen=True, slots=True)
class ClientForm:
    """What a person may change of a client, and the version he saw."""

    id: int
    name: str
    is_company: bool = True
    code: str | None = None
    tax_number: str | None = None
    manager_id: int | None = None
    branch_id: int | None = None
    tracked: bool = False
    action_segment: str = ActionSegment.NONE.value
    visits_norm: int | None = None
    calls_norm: int | None = None
    mailings_norm: int | None = None
    importance: str = Importance.REGULAR.value
    stage: str = Stage.LEAD.value
    goal_kind: str | None = None
    goal_value: int | None = None
    city: str = ""
    address: str = ""
    industry: str = ""
    channel: str = ""
    referrer_id: int | None = None
    since: date | None = None
    lost_on: date | None = None
    lost_reason: str = ""
    notes: str = ""
    version: int = 0  # 0: not stored yet


@dataclass(frozen=True, slots=True)
class PotentialRow:
    """What a client could spend a month on a product group (None: on everything), minor units."""

    id: int
    group_id: int | None
    monthly: int
    on_day: date


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Everything the card shows of one client."""

    form: ClientForm
    manager: str | None
    archived: bool
    order_days: int
    first_order: date | None
    last_order: date | None
    gap_mean: float | None  # days between order days
    turnover: int  # of the whole history, minor units
    last_contact: date | None
    next_due: date | None
    people: tuple[PersonRow, ...]
    contacts: tuple[ContactRow, ...]  # the client's own, of no particular person
    interactions: tuple[InteractionRow, ...]  # the last 50, newest first
    orders: tuple[OrderRow, ...]  # the last 50, newest first
    tasks: tuple[TaskRow, ...]  # the open ones, due first
    months: Mapping[Month, MonthFigures]  # the last 24 full ones, and the current one
    potential: tuple[PotentialRow, ...] = field(default=())
    order_dates: tuple[date, ...] = ()  # days with a sale of the last year, the last one before it among them
    skus: int = 0  # different ones bought in the last six full months
    skus_before: int = 0  # in the six before them


def checked(form: ClientForm) -> ClientForm:
    """The form as it may be stored: spaces trimmed, control characters gone. Raises UserError by name of the field."""
    name = " ".join(printable(form.name).split())
    if not name:
        raise UserError("name_missing")
    if len(name) > NAME_LENGTH:
        raise UserError("name_too_long", length=len(name), limit=NAME_LENGTH)
    for kind, value in ((ActionSegment, form.action_segment), (Importance, form.importance), (Stage, form.stage)):
        if value not in set(kind):
            raise UserError("not_in_list", value=value)
    if form.goal_kind is not None and form.goal_kind not in set(GoalKind):
        raise UserError("not_in_list", value=form.goal_kind)
    for norm in (form.visits_norm, form.calls_norm, form.mailings_norm, form.goal_value):
        if norm is not None and norm < 0:
            raise UserError("below_zero", value=norm)
    return replace(
        form,
        name=name,
        code=printable(form.code or "").strip() or None,
        tax_number=printable(form.tax_number or "").strip() or None,
        city=printable(form.city).strip(),
        address=printable(form.address).strip(),
        notes=printable(form.notes),
    )


_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12 = ((7, *_INN10), (3, 7, *_INN10))
_RNOKPP = (-1, 5, 7, 9, 4, 6, 10, 5, 7)


def is_doubtful_tax_number(number: str, country: str) -> bool:
    """Whether the check digits speak of a slip of the hand. A warning, never a refusal; other countries pass.

    RU: ИНН of 10 or 12 digits (ФНС, приказ ММВ-7-6/435). UA: ЄДРПОУ of 8, РНОКПП of 10 digits.
    """
    digits = [int(c) for c in number if c.isdigit()]
    if country == "RU":
        if len(digits) == 10:
            return _weighed(digits, _INN10) % 11 % 10 != digits[9]
        if len(digits) == 12:
            return any(_weighed(digits, w) % 11 % 10 != digits[len(w)] for w in _INN12)
        return True
    if country == "UA":
        if len(digits) == 10:
            return _weighed(digits, _RNOKPP) % 11 % 10 != digits[9]
        return len(digits) != 8 or _edrpou(digits) != digits[7]
    return False


TAX_NUMBER_DIGITS = {"RU": (10, 12), "UA": (8, 10)}  # ИНН · ЄДРПОУ, РНОКПП


def check_tax_number(number: str, country: str) -> None:
    """Refuses a tax number of the wrong length, in words with the figure; other countries pass, and so does none.

    Raises UserError("tax_number_ru", "tax_number_ua").
    """
    wanted = TAX_NUMBER_DIGITS.get(country)
    digits = sum(c.isdigit() for c in number)
    if wanted is None or not number.strip() or digits in wanted:
        return
    if country == "RU":
        raise UserError("tax_number_ru", found=digits)
    raise UserError("tax_number_ua", found=digits)


def may_reassign(role: Role) -> bool:
    """Whether somebody may give a client to another manager: owners and supervisors."""
    return role is not Role.MANAGER


def _edrpou(digits: list[int]) -> int:
    number = int("".join(map(str, digits)))
    weights = (7, 1, 2, 3, 4, 5, 6) if 30_000_000 <= number <= 60_000_000 else (1, 2, 3, 4, 5, 6, 7)
    rest = _weighed(digits, weights) % 11
    if rest == 10:
        rest = _weighed(digits, tuple(w + 2 for w in weights)) % 11 % 10
    return rest


def _weighed(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
