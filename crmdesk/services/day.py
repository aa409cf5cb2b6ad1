"""A manager's day: everything Today shows, late work spread over the week, the page on paper."""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import date, timedelta

from crmdesk.data import day as store
from crmdesk.data import settings, tasks, users
from crmdesk.domain.day import Day, rank
from crmdesk.domain.lists import Role
from crmdesk.domain.load import CAPACITY, CAPACITY_KEY, DayPlan, Plan, day_load, spread
from crmdesk.domain.tasks import is_open
from crmdesk.domain.users import User
from crmdesk.services import content, holidays, papers
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.i18n import words
from crmdesk.system.jobs import NO_JOB, Job

SPREAD_DAYS = 5
"""Over how many working days late work is spread, today the first."""

LOOK_AHEAD = 21
"""Days within which they are looked for: the longest holidays leave five of them."""


def page(desk: Desk, manager_id: int | None = None, day: date | None = None) -> Day:
    """One manager's day, mine and today's when left out. Raises UserError("not_your_day") for a manager's colleague."""
    owner = _allowed(desk, manager_id)
    with desk.store.read() as connection:
        return store.page(connection, owner, day or desk.clock.today())


def still_open(desk: Desk) -> int:
    """How much of today, and of what was left before, I have still to do: the number in the rail."""
    with desk.store.read(single=True) as connection:
        return store.still_open(connection, desk.me.id, desk.clock.today())


def whose(desk: Desk) -> tuple[User, ...]:
    """Whose day I may look at: everybody's who works here, but a manager only his own; managers first, then me."""
    if desk.me.role is Role.MANAGER:
        return (desk.me,)
    with desk.store.read() as connection:
        everybody = [user for user in users.all_users(connection) if user.active]
    managers = [user for user in everybody if user.role is Role.MANAGER]
    return (*managers, *(user for user in everybody if user.role is not Role.MANAGER))


def capacity(desk: Desk) -> int:
    """How many minutes of planned work a day holds in this office."""
    with desk.store.read() as connection:
        said = settings.all_settings(connection).get(CAPACITY_KEY)
    return said if isinstance(said, int) and said > 0 else CAPACITY


def plan_spread(desk: Desk, task_ids: Collection[int], manager_id: int | None = None) -> Plan:
    """How these open tasks would lie over the next working days; nothing is changed: give its moves to move_many.

    Raises UserError("not_your_day").
    """
    owner = _allowed(desk, manager_id)
    today = desk.clock.today()
    days = holidays.working_days(desk.office.country, today, today + timedelta(days=LOOK_AHEAD))[:SPREAD_DAYS]
    with desk.store.read() as connection:
        work = [task for task in tasks.by_ids(connection, task_ids).values() if is_open(task)]
        there = store.planned(connection, owner, days[0], days[-1])
        importance = store.importance_of(connection, [task.client_id for task in work if task.client_id is not None])
    moving = {task.id for task in work}
    loads = {day: day_load(one for one in there if one.due_day == day and one.id not in moving) for day in days}
    ranks = {task.id: rank(importance.get(task.client_id or 0, "")) for task in work}
    most = capacity(desk)
    moves = spread(work, days, most, loads, ranks)
    by_id = {task.id: task for task in work}
    coming = {day: tuple(by_id[move.task_id] for move in moves if move.day == day) for day in days}
    return Plan(tuple(DayPlan(day, loads[day], coming[day]) for day in days), tuple(moves), most)


def pdf(
    desk: Desk, manager_id: int | None = None, day: date | None = None, *, lang: str, printed: bool, job: Job = NO_JOB
) -> bytes:
    """The day's page as a PDF: A4, black and white; `printed` leaves a line in the print journal.

    Raises UserError("not_your_day"), Stopped.
    """
    from crmdesk.documents import day_page  # 0.3 s of import, not before it is needed

    found = page(desk, manager_id, day)
    with desk.store.read() as connection:
        name = next((user.name for user in users.all_users(connection) if user.id == found.manager_id), desk.me.name)
    job.check()
    stamp = papers.stamp(
        desk, repr(found).encode(), what=f"day {found.day.isoformat()} {name}", count=len(found.tasks), logged=printed
    )
    local = desk.clock.local()
    kinds = {key: entry.name(lang) for key, entry in content.entries("task_kind").items()}
    target = io.BytesIO()
    wanted = day_page.DayPaper(found, name, kinds, local.hour * 60 + local.minute)
    day_page.write_pdf(target, wanted, words=words(lang), printed=stamp, job=job)
    return target.getvalue()


def _allowed(desk: Desk, manager_id: int | None) -> int:
    if manager_id is None or manager_id == desk.me.id:
        return desk.me.id
    if desk.me.role is Role.MANAGER:
        raise UserError("not_your_day")
    return manager_id
