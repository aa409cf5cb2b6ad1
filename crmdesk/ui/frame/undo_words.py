"""What an action is called where it can be taken back: short in the status bar, a sentence after a bulk action."""

from __future__ import annotations

from datetime import date, timedelta

from crmdesk.domain.undo import StepKind, UndoStep
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_

ONE = {
    StepKind.TASK_ADDED: N_("new task: {name}"),
    StepKind.TASK_DONE: N_("done: {name}"),
    StepKind.TASK_REOPENED: N_("open again: {name}"),
    StepKind.TASK_RELEASED: N_("taken off: {name}"),
    StepKind.TASK_CHANGED: N_("task changed: {name}"),
    StepKind.TASK_ARCHIVED: N_("task archived: {name}"),
    StepKind.CONTACT_ADDED: N_("contact recorded: {name}"),
    StepKind.CONTACT_CHANGED: N_("contact changed: {name}"),
    StepKind.CLIENT_ADDED: N_("new client: {name}"),
    StepKind.CLIENT_CHANGED: N_("card changed: {name}"),
    StepKind.CLIENT_ARCHIVED: N_("archived: {name}"),
    StepKind.CLIENT_RESTORED: N_("out of the archive: {name}"),
    StepKind.PERSON_ADDED: N_("new person: {name}"),
    StepKind.PERSON_CHANGED: N_("person changed: {name}"),
    StepKind.PERSON_ARCHIVED: N_("person archived: {name}"),
    StepKind.ORDER_ADDED: N_("new order: {name}"),
    StepKind.ORDER_CHANGED: N_("order changed: {name}"),
}


def said(step: UndoStep, words: Words, today: date) -> str:
    """The action in a few words: «перенос на завтра: ТД «Лидер»», «перенос 12 дел»."""
    w = words
    if step.count > 1:
        return _many(step, w)
    if step.kind is StepKind.TASK_MOVED:
        if step.day is None:
            return w.gettext("task moved: {name}", name=step.name)
        return w.gettext("moved to {day}: {name}", day=_day(step.day, w, today), name=step.name)
    return w.gettext(ONE[step.kind], name=step.name)


def bulk(step: UndoStep, words: Words) -> str:
    """What a bulk action did, as a banner says it: «Перенесено 12 дел»."""
    w, n = words, step.count
    if step.kind is StepKind.TASK_MOVED:
        return w.ngettext("{n} task moved", "{n} tasks moved", n)
    if step.kind is StepKind.TASK_DONE:
        return w.ngettext("{n} task done", "{n} tasks done", n)
    if step.kind is StepKind.TASK_RELEASED:
        return w.ngettext("{n} task taken off", "{n} tasks taken off", n)
    if step.kind is StepKind.TASK_ADDED:
        return w.ngettext("{n} task added", "{n} tasks added", n)
    if step.kind is StepKind.CLIENT_ARCHIVED:
        return w.ngettext("{n} client archived", "{n} clients archived", n)
    if step.kind is StepKind.CLIENT_CHANGED:
        return w.ngettext("{n} client changed", "{n} clients changed", n)
    return w.ngettext("{n} row changed", "{n} rows changed", n)


def _many(step: UndoStep, words: Words) -> str:
    text = bulk(step, words)
    return text[:1].lower() + text[1:]


def _day(day: date, words: Words, today: date) -> str:
    if day == today:
        return words.gettext("today")
    if day == today + timedelta(days=1):
        return words.gettext("tomorrow")
    return f"{words.weekday_short(day.weekday())} {words.short_day(day)}"
