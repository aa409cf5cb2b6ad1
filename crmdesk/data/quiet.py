"""Who goes quiet, read from the derived rows: the office's rhythm, the quiet list, order days for the base loss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    Integer,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from crmdesk.data import settings, tables
from crmdesk.data.dialects import among
from crmdesk.data.figures import sale_clause
from crmdesk.data.ready import Ready
from crmdesk.data.writing import Writing
from crmdesk.domain import months as calendar
from crmdesk.domain import quiet
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import (
    ALARM_ORDER_DAYS,
    DAYS_A_WEEK,
    GOING_DAYS,
    MONEY_MONTHS,
    OfficeRhythm,
    QuietClient,
    Rhythm,
    mean_while_buying,
    office_gap_of_sums,
)

RHYTHM_KEY = "quiet"  # the setting that keeps the office's gap and fitted coefficients

_client: Any = tables.Client.__table__
_stat: Any = tables.ClientStat.__table__
_month: Any = tables.ClientMonth.__table__
_order: Any = tables.Order.__table__
_user: Any = tables.User.__table__
_setting: Any = tables.Setting.__table__

_TODAY: Any = bindparam("today", type_=_order.c.day.type)
_SINCE: Any = bindparam("since", type_=_order.c.day.type)

# Days as the whole numbers that they are, for arithmetic in SQL.
_first_day_number = type_coerce(_stat.c.first_order, Integer)
_last_day_number = type_coerce(_stat.c.last_order, Integer)
_span = _last_day_number - _first_day_number
_silent = type_coerce(_TODAY, Integer) - _last_day_number

_sold = and_(sale_clause(_order.c), _order.c.total > 0)
_SOLD_DAYS = select(_order.c.client_id, _order.c.day).where(_sold).distinct().order_by(_order.c.client_id, _order.c.day)
_ORDER_DAYS = Ready(_SOLD_DAYS.where(among(_order.c.client_id)))
_LATE_ORDER_DAYS = Ready(
    union_all(
        select(_order.c.client_id, func.max(_order.c.day).label("day"))
        .where(among(_order.c.client_id), _sold, _order.c.day < _SINCE)
        .group_by(_order.c.client_id),
        select(_order.c.client_id, _order.c.day).where(among(_order.c.client_id), _sold, _order.c.day >= _SINCE),
    )
)
_ALL_ORDER_DAYS = Ready(_SOLD_DAYS)
_KEPT_RHYTHM = select(_setting.c.value).where(_setting.c.key == RHYTHM_KEY)
_BUYERS = select(_stat.c.client_id).where(_stat.c.order_days > 0).order_by(_stat.c.client_id)
_SPANS = select(
    func.coalesce(func.sum(_span), 0).label("days"),
    func.coalesce(func.sum(_stat.c.order_days - 1), 0).label("gaps"),
).where(_stat.c.order_days > 0)


def order_days(connection: Connection, client_ids: Collection[int] | None = None) -> dict[int, list[date]]:
    """The distinct days with a sale of each client, in order; of all clients without `client_ids`."""
    rows = _ALL_ORDER_DAYS.rows(connection) if client_ids is None else _ORDER_DAYS.rows(connection, ids=client_ids)
    found: dict[int, list[date]] = {}
    for client_id, day in rows:
        found.setdefault(client_id, []).append(day)
    return found


def late_order_days(connection: Connection, client_ids: Collection[int], since: date) -> dict[int, list[date]]:
    """The distinct days with a sale of each client from `since` on, and the last one before it, in order."""
    return ask_late_order_days(connection, client_ids, since)()


def ask_late_order_days(
    connection: Connection, client_ids: Collection[int], since: date
) -> Callable[[], dict[int, list[date]]]:
    """The same, asked now and answered when called."""
    answer = _LATE_ORDER_DAYS.ask(connection, ids=client_ids, since=since)

    def days() -> dict[int, list[date]]:
        found: dict[int, set[date]] = defaultdict(set)
        for client_id, day in answer():
            found[client_id].add(day)
        return {client_id: sorted(days) for client_id, days in found.items()}

    return days


def rhythm_of(connection: Connection, kept: Any) -> OfficeRhythm:
    """The office's gap, coefficients and own thresholds from the setting; the gap counted where none is kept yet."""
    known = {key: kept[key] for key in OfficeRhythm.__dataclass_fields__ if key in kept} if kept else {}
    if "coefficients" in known:
        known["coefficients"] = tuple(known["coefficients"])
    if "gap" not in known:
        known["gap"] = counted_gap(connection)
    return OfficeRhythm(**known)


def counted_gap(connection: Connection) -> float:
    """The office's gap g0 in weeks, counted from all clients."""
    spans = connection.execute(_SPANS).one()
    return office_gap_of_sums(float(spans.days) / DAYS_A_WEEK, int(spans.gaps))


def buyers(connection: Connection) -> list[int]:
    """Whoever has ever ordered, in the order of their ids."""
    return list(connection.scalars(_BUYERS))


def fitted_in(connection: Connection) -> Month | None:
    """The month of the last fit; None before the first."""
    kept = connection.scalar(_KEPT_RHYTHM)
    return kept.get("month") if isinstance(kept, dict) else None


def keep(writing: Writing, values: Mapping[str, Any]) -> None:
    """Keeps what was fitted, or a threshold of the office's own; the other kept values stay."""
    kept = writing.connection.scalar(_KEPT_RHYTHM)
    settings.put(writing, {RHYTHM_KEY: {**(kept if isinstance(kept, dict) else {}), **values}})


def kept_rhythm(connection: Connection) -> OfficeRhythm:
    """The office's rhythm as the sheet takes it."""
    return rhythm_of(connection, connection.scalar(_KEPT_RHYTHM))


# ---- the quiet list ----------------------------------------------------------------------------------

_QUIET = (
    select(
        _client.c.id,
        _client.c.name,
        func.coalesce(_user.c.login, "").label("manager"),
        _stat.c.order_days,
        _stat.c.first_order,
        _stat.c.last_order,
    )
    .select_from(
        _stat.join(_client, _client.c.id == _stat.c.client_id).outerjoin(_user, _user.c.id == _client.c.manager_id)
    )
    .where(
        _stat.c.order_days >= ALARM_ORDER_DAYS,
        _stat.c.last_order.between(_SINCE, _TODAY),
        # silent >= ratio · (usual - 1/2): nobody the rule would name is missed, most of the others are
        _silent * _stat.c.order_days
        >= bindparam("ratio", type_=Float())
        * (bindparam("gap_days", type_=Float()) + _span - _stat.c.order_days * literal_column("0.5")),
        _client.c.archived_at.is_(None),
        _client.c.action_segment != literal(ActionSegment.NONE.value),
    )
)
_QUIET_MONTHS = select(_month.c.client_id, _month.c.month, _month.c.turnover).where(
    among(_month.c.client_id), _month.c.month >= bindparam("first")
)


_QUIET_OF = _QUIET.where(_client.c.manager_id == bindparam("manager"))


def quiet_list(connection: Connection, today: date, horizon: float, manager_id: int | None = None) -> list[QuietClient]:
    """Whoever of the office, or of one manager, is going quiet by the rule of the alarm, in no order.

    Silent for two years is gone. Three statements, from the derived rows only; a fourth in an office whose rhythm was
    never fitted.
    """
    office = kept_rhythm(connection)
    oldest = date.fromordinal(max(today.toordinal() - GOING_DAYS, 1))
    values = {"today": today, "since": oldest, "ratio": office.alarm_ratio, "gap_days": office.gap * DAYS_A_WEEK}
    if manager_id is None:
        rows = connection.execute(_QUIET, values)
    else:
        rows = connection.execute(_QUIET_OF, values | {"manager": manager_id})
    found = []
    for row in rows:
        silence = quiet.score(Rhythm(row.order_days, row.first_order, row.last_order), today, office)
        if quiet.is_alarm(silence, row.order_days, office):
            if horizon != quiet.HORIZON_WEEKS:
                silence = quiet.score(Rhythm(row.order_days, row.first_order, row.last_order), today, office, horizon)
            found.append((row, silence))
    since = calendar.add(calendar.month_of(oldest), 1 - MONEY_MONTHS)
    turnover: dict[int, dict[Month, int]] = defaultdict(dict)
    for client_id, month, money in connection.execute(_QUIET_MONTHS, {"ids": [r.id for r, _ in found], "first": since}):
        turnover[client_id][month] = money
    return [
        QuietClient(
            client_id=row.id,
            client=row.name,
            manager=row.manager,
            p_quiet=silence.chance,
            silent_days=silence.silent_days,
            usual_days=silence.usual_days,
            money_per_month=mean_while_buying(
                turnover[row.id], row.first_order, row.last_order, calendar.month_of(today)
            ),
        )
        for row, silence in found
    ]
