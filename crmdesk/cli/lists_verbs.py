"""due, quiet, base: lists for a person in the morning and for scripts at night."""

from __future__ import annotations

from crmdesk.cli.session import Session, money
from crmdesk.domain import months


def due(session: Session) -> int:
    """Overdue and coming tasks and promises."""
    from crmdesk.services import content, tasks, users

    desk, options, w = session.desk, session.options, session.words
    manager = users.find(desk, options.manager).id if options.manager else None
    found = tasks.due(desk, manager, options.until)
    logins = {user.id: user.login for user in users.list_users(desk)}
    today = desk.clock.today()
    late = [max(0, (today - task.due_day).days) if task.due_day else 0 for task in found]
    lines = [
        (
            w.day(task.due_day) if task.due_day else "",
            w.ngettext("{n} day late", "{n} days late", days) if days else "",
            logins.get(task.manager_id or 0, ""),
            content.word("task_kind", task.kind, w.lang) + (" ◆" if task.promise else ""),
            task.title,
            task.client,
        )
        for task, days in zip(found, late, strict=True)
    ]
    heads = (w.gettext("Due"), "", w.gettext("Manager"), w.gettext("What"), "", w.gettext("Client"))
    session.table(heads, lines)
    session.answer(
        [
            {
                "id": str(task.id),
                "client": task.client,
                "client_id": None if task.client_id is None else str(task.client_id),
                "manager": logins.get(task.manager_id or 0),
                "kind": task.kind,
                "title": task.title,
                "promise": task.promise,
                "due": task.due_day.isoformat() if task.due_day else None,
                "overdue_days": days,
            }
            for task, days in zip(found, late, strict=True)
        ]
    )
    return 0


def quiet(session: Session) -> int:
    """Who is going silent."""
    from crmdesk.domain.quiet import QuietSort
    from crmdesk.services import sheets

    desk, options, w = session.desk, session.options, session.words
    found = sheets.quiet(desk, horizon=options.horizon, sort=QuietSort(options.sort))
    lines = [
        (
            one.client,
            one.manager,
            w.percent(round(one.p_quiet * 100)),
            w.gettext("silent {days} d, usually {usual}", days=one.silent_days, usual=one.usual_days),
            w.money(one.money_per_month, desk.office.currency, cents=False),
        )
        for one in found
    ]
    heads = (w.gettext("Client"), w.gettext("Manager"), w.gettext("Chance"), "", w.gettext("A month"))
    session.table(heads, lines, right=(2, 4))
    session.answer(
        [
            {
                "client": one.client,
                "client_id": str(one.client_id),
                "manager": one.manager,
                "p_quiet": round(one.p_quiet, 4),
                "silent_days": one.silent_days,
                "usual_days": one.usual_days,
                "money_per_month": money(one.money_per_month),
            }
            for one in found
        ]
    )
    return 0


def base(session: Session) -> int:
    """How the base moved in a year."""
    from crmdesk.services import sheets

    w = session.words
    year = sheets.base(session.desk, session.options.year)
    lines = [
        (w.month_name(line.month % 100), w.number(line.lost), w.number(line.won_back), w.number(line.new))
        for line in year.months
    ]
    lines.append((w.gettext("Whole year"), w.number(year.lost), w.number(year.won_back), w.number(year.new)))
    heads = (w.gettext("Month"), w.gettext("Lost"), w.gettext("Won back"), w.gettext("New"))
    session.table(heads, lines, right=(1, 2, 3))
    if year.share_lost is not None:
        session.say(
            w.gettext(
                "Lost of the base: {share} (of {active} clients active when the year began)",
                share=w.percent(year.share_lost),
                active=w.number(year.active_at_start),
            )
        )
    session.answer(
        {
            "year": year.year,
            "months": {
                months.iso(line.month): {"lost": line.lost, "won_back": line.won_back, "new": line.new}
                for line in year.months
            },
            "active_at_start": year.active_at_start,
            "lost": year.lost,
            "won_back": year.won_back,
            "new": year.new,
            "share_lost_percent": year.share_lost,
        }
    )
    return 0
