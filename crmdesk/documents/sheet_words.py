"""Every word and number form of the supervisor's sheet, on paper and in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property

from crmdesk.documents.sheet_units import Unit
from crmdesk.domain.coming import BIRTHDAY
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance, TaskKind
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import Alarm, AlarmKind, Coming, Factor, GoalResult, Sheet, Sort, Verdict
from crmdesk.system.i18n import CURRENCY_SIGNS, NBSP, Words

SIGNS = {
    AlarmKind.SILENT: "■",
    AlarmKind.PROMISE: "◆",
    AlarmKind.NO_VISIT: "●",
    AlarmKind.NO_CALL: "●",
    AlarmKind.SKUS_FALL: "▼",
    AlarmKind.TURNOVER_FALL: "▼",
}
EMPTY_SIGN = "○"
VERDICT_SIGNS = {Verdict.MET: "✓", Verdict.NEAR: "≈", Verdict.MISSED: "✘"}


@dataclass(frozen=True, slots=True)
class Printed:
    """What the footer says: the state of the data, who prints and when (wall clocks), the seal of the journal."""

    data_at: datetime
    by: str
    at: datetime
    seal: str
    office: str
    branch: str


def printed_words(words: Words, printed: Printed, wanted: str = "") -> list[str]:
    """The footer's parts: the state of the data, the filter (`wanted`), who printed, the journal's seal, the office.

    A preview has no seal and says so: nobody may take it for a printed paper.
    """
    w = words
    parts = [
        w.pgettext("sheet", "Data as of {data}", data=w.moment(printed.data_at)),
        wanted,
        w.pgettext("sheet", "printed by {who} {when}", who=printed.by, when=w.moment(printed.at)),
        w.pgettext("sheet", "print journal {seal}", seal=printed.seal[:16])
        if printed.seal
        else w.pgettext("sheet", "preview, not in the print journal"),
    ]
    return [part for part in parts if part] + [printed.office]


class Form(Enum):
    """How much of a planned thing is said."""

    WHOLE = "whole"
    BARE = "bare"  # without the surname or the added words
    SHORT = "short"  # only its kind and its day


@dataclass(frozen=True, slots=True)
class AlarmText:
    """One alarm in its three lengths; the shortest is the bare sign."""

    sign: str
    long: str
    short: str


class SheetWords:
    """The words of one language, with money in one unit of one currency."""

    def __init__(self, words: Words, currency: str, *, unit: Unit = Unit.THOUSAND) -> None:
        self.words = words
        self.counts_in = unit
        self.sign = CURRENCY_SIGNS.get(currency, currency)

    # numbers ----------------------------------------------------------------------------------------
    def money(self, minor: int, *, split: bool | None = None) -> str:
        """Money in the sheet's unit, with its decimals; halves away from zero."""
        size, sign = self.counts_in.size, -1 if minor < 0 else 1
        if self.counts_in.decimals:
            return self.words.decimal(sign * (abs(minor) * 1000 // size), self.counts_in.decimals)
        return self.words.number(sign * ((abs(minor) + size // 2) // size), split=split)

    @property
    def unit(self) -> str:
        """тыс. ₽, млн ₽ or ₽."""
        w = self.words
        if self.counts_in is Unit.ONE:
            return self.sign
        if self.counts_in is Unit.MILLION:
            return w.pgettext("sheet", "m {currency}", currency=self.sign)
        return w.pgettext("sheet", "k {currency}", currency=self.sign)

    def risk(self, minor: int) -> str:
        """под угрозой 430 тыс./мес."""
        w = self.words
        if self.counts_in is Unit.ONE:
            return w.pgettext("sheet", "{amount} a month at risk", amount=f"{self.money(minor)}{NBSP}{self.sign}")
        if self.counts_in is Unit.MILLION:
            return w.pgettext("sheet", "{amount}m a month at risk", amount=self.money(minor))
        return w.pgettext("sheet", "{amount}k a month at risk", amount=self.money(minor))

    # the head ---------------------------------------------------------------------------------------
    def title(self) -> str:
        """Лист руководителя."""
        return self.words.pgettext("sheet", "Supervisor's sheet")

    def span(self, months: tuple[Month, ...]) -> str:
        """май – октябрь 2026; the year is said twice only when it changes."""
        first, last = months[0], months[-1]
        name = self.words.month_name
        if first == last:
            return f"{name(last % 100)} {last // 100}"
        year = "" if first // 100 == last // 100 else f" {first // 100}"
        return f"{name(first % 100)}{year} – {name(last % 100)} {last // 100}"

    def period(self, sheet: Sheet) -> str:
        """май – октябрь 2026, план на ноябрь 2026 – январь 2027."""
        past = self.span(sheet.months)
        if not sheet.ahead:
            return past
        return self.words.pgettext("sheet", "{past}, plan for {coming}", past=past, coming=self.span(sheet.ahead))

    def tracked(self, sheet: Sheet) -> str:
        """на контроле 35 из 212 клиентов."""
        w = self.words
        return w.ngettext(
            "{tracked} of {n} client tracked",
            "{tracked} of {n} clients tracked",
            sheet.clients_all,
            tracked=w.number(len(sheet.rows)),
        )

    def sorted_by(self, sheet: Sheet) -> str:
        """по обороту за 6 месяцев."""
        w, n = self.words, len(sheet.months)
        if sheet.sort is Sort.IMPORTANCE:
            return w.pgettext("sheet", "by importance, then by turnover")
        if sheet.sort is Sort.GROSS_PROFIT:
            return w.ngettext("by gross profit over {n} month", "by gross profit over {n} months", n)
        return w.ngettext("by turnover over {n} month", "by turnover over {n} months", n)

    def in_sheet(self, count: int) -> str:
        """в листе 81."""
        return self.words.pgettext("sheet", "{n} in the sheet", n=self.words.number(count))

    def figures(self, sheet: Sheet) -> list[tuple[str, str, str, bool]]:
        """The figures above the table: label, figure, remark, whether it is off the norm."""
        w, head, months = self.words, sheet.head, len(sheet.months)
        name = w.month_name(sheet.months[-1] % 100)
        over = w.ngettext("over {n} month", "over {n} months", months)
        late = head.oldest_overdue_days
        found = [
            (
                w.pgettext("sheet", "Plan / actual, {month}", month=name),
                self._share(head.month.share),
                self.plan_fact(head.month.fact, head.month.plan),
                head.month.below_norm,
            )
        ]
        if months > 1:
            found.append(
                (
                    w.ngettext("Plan / actual, {n} month", "Plan / actual, {n} months", months),
                    self._share(head.period.share),
                    self.plan_fact(head.period.fact, head.period.plan),
                    head.period.below_norm,
                )
            )
        found += [
            (
                w.pgettext("sheet", "Overdue tasks"),
                w.number(head.overdue_tasks),
                w.ngettext("oldest {n} day late", "oldest {n} days late", late) if head.overdue_tasks else "",
                head.overdue_tasks > 0,
            ),
            (
                w.pgettext("sheet", "Promises broken"),
                self.of(head.promises_broken, head.promises_due),
                over,
                head.promises_broken > 0,
            ),
            (
                w.pgettext("sheet", "Calls / visits"),
                f"{w.number(head.calls)} / {w.number(head.visits)}",
                f"{self.norm(head.calls_norm)} / {w.number(head.visits_norm)}",
                head.contacts_bad,
            ),
            (
                w.pgettext("sheet", "Data completeness"),
                w.percent(head.completeness),
                w.ngettext("gaps at {n} client", "gaps at {n} clients", head.clients_with_gaps)
                if head.clients_with_gaps
                else w.pgettext("sheet", "no gaps"),
                head.completeness_bad,
            ),
            (w.pgettext("sheet", "Clients lost"), w.number(head.lost), self.came(head.won_back, head.new), False),
        ]
        return found

    def came(self, won_back: int, new: int) -> str:
        """вернулся 1, новых 1."""
        w = self.words
        back = w.ngettext("{n} won back", "{n} won back", won_back)
        return back + w.pgettext("sheet", ", {n} new", n=w.number(new))

    def _share(self, share: int | None) -> str:
        return "—" if share is None else self.words.percent(share)

    def plan_fact(self, fact: int, plan: int) -> str:
        """4104 из 5000 тыс. ₽."""
        amount = f"{self.money(fact)}{NBSP}{self.unit}"
        if not plan:
            return self.words.pgettext("sheet", "{fact}, no plan", fact=amount)
        whole = f"{self.money(plan)}{NBSP}{self.unit}"
        return self.words.pgettext("sheet", "{part} of {whole}", part=self.money(fact), whole=whole)

    def of(self, part: int, whole: int) -> str:
        """3 из 21."""
        w = self.words
        return w.pgettext("sheet", "{part} of {whole}", part=w.number(part), whole=w.number(whole))

    def norm(self, norm: int) -> str:
        """норма 480."""
        return self.words.pgettext("sheet", "norm {n}", n=self.words.number(norm))

    def printed(self, printed: Printed) -> list[str]:
        """The footer's parts, what is filtered among them."""
        return printed_words(self.words, printed, self.words.pgettext("sheet", "filter: tracked"))

    def start_with(self, count: int) -> str:
        """The heading of the worst: three, two, one, none."""
        w = self.words
        return {
            0: w.pgettext("sheet", "No alarms"),
            1: w.pgettext("sheet", "Start with this one"),
            2: w.pgettext("sheet", "Start with these two"),
        }.get(count, w.pgettext("sheet", "Start with these three"))

    # the columns ------------------------------------------------------------------------------------
    def month_head(self, month: Month) -> str:
        """окт."""
        return self.words.month_short(month % 100)

    def month_initial(self, month: Month) -> str:
        """One letter, over a column of single digits."""
        return self.words.month_initial(month % 100)

    def plan_head(self, month: Month) -> str:
        """Ноябрь."""
        name = self.words.month_name(month % 100)
        return name[0].upper() + name[1:]

    def sum_head(self, months: int) -> str:
        """6 мес."""
        return self.words.pgettext("sheet", "{n} mo", n=self.words.number(months))

    def factor(self, factor: Factor) -> str:
        """The factor's name alone."""
        return self._factors[factor]

    @cached_property
    def _factors(self) -> dict[Factor, str]:
        w = self.words
        return {
            Factor.TURNOVER: w.pgettext("sheet", "Turnover"),
            Factor.SKUS: w.pgettext("sheet", "SKU"),
            Factor.CALLS: w.pgettext("sheet", "Calls"),
            Factor.VISITS: w.pgettext("sheet", "Visits"),
            Factor.GROSS_PROFIT: w.pgettext("sheet", "Gross profit"),
            Factor.IMPORTANT_PRODUCTS: w.pgettext("sheet", "Important products"),
            Factor.ORDERS: w.pgettext("sheet", "Orders"),
            Factor.MAILINGS: w.pgettext("sheet", "Mailings"),
            Factor.PROMISES_KEPT: w.pgettext("sheet", "Promises kept"),
        }

    def distinct(self, months: int) -> str:
        """разных за 6 мес: under the total of SKUs."""
        return self.words.pgettext("sheet", "distinct in {n} mo", n=self.words.number(months))

    def importance(self, value: Importance) -> str:
        """VIP, VIPп, обыч, раз."""
        return self._importances[value]

    @cached_property
    def _importances(self) -> dict[Importance, str]:
        w = self.words
        return {
            Importance.VIP: w.pgettext("sheet", "VIP"),
            Importance.POTENTIAL_VIP: w.pgettext("sheet", "VIPp"),
            Importance.REGULAR: w.pgettext("sheet", "reg."),
            Importance.ONE_OFF: w.pgettext("sheet", "once"),
        }

    def segment(self, value: ActionSegment) -> str:
        """ВВВ, ЗвЗвЗв, ИНФО, —."""
        return self._segments[value]

    @cached_property
    def _segments(self) -> dict[ActionSegment, str]:
        w = self.words
        return {
            ActionSegment.VVV: w.pgettext("sheet", "VVV"),
            ActionSegment.CCC: w.pgettext("sheet", "CCC"),
            ActionSegment.INFO: w.pgettext("sheet", "INFO"),
            ActionSegment.NONE: "—",
        }

    # the cells --------------------------------------------------------------------------------------
    def goal(self, goal: GoalResult) -> str:
        """≤14 дн.: 61 · SKU ≥30: 12 · об. ≥240: 238."""
        w = self.words
        amount = self.money if goal.kind is GoalKind.TURNOVER else w.number
        values = {"target": amount(goal.target), "actual": "—" if goal.actual is None else amount(goal.actual)}
        if goal.kind is GoalKind.ORDER_EVERY_DAYS:
            return w.pgettext("sheet", "≤{target} d: {actual}", **values)
        if goal.kind is GoalKind.SKUS:
            return w.pgettext("sheet", "SKU ≥{target}: {actual}", **values)
        return w.pgettext("sheet", "t. ≥{target}: {actual}", **values)

    def no_goal(self) -> str:
        """нет цели."""
        return self.words.pgettext("sheet", "no goal")

    def empty(self) -> str:
        """○ пусто: a month of a visited or called client with nothing planned."""
        return EMPTY_SIGN + NBSP + self.words.pgettext("sheet", "empty")

    def alarm(self, alarm: Alarm) -> AlarmText:
        """An alarm in words, long and short."""
        w, kind = self.words, alarm.kind
        values = {f"v{i}": w.number(value) for i, value in enumerate(alarm.values)}
        long, short = {
            AlarmKind.SILENT: lambda: (
                w.pgettext("sheet", "silent {v0} d, usually {v1}", **values),
                w.pgettext("sheet", "silent {v0} d ({v1})", **values),
            ),
            AlarmKind.PROMISE: lambda: (
                w.pgettext("sheet", "promise {v0} d late", **values),
                w.pgettext("sheet", "promise +{v0} d", **values),
            ),
            AlarmKind.NO_VISIT: lambda: (
                w.pgettext("sheet", "no visit for {v0} mo", **values),
                w.pgettext("sheet", "visit {v0} mo", **values),
            ),
            AlarmKind.NO_CALL: lambda: (
                w.pgettext("sheet", "no call for {v0} mo", **values),
                w.pgettext("sheet", "call {v0} mo", **values),
            ),
            AlarmKind.SKUS_FALL: lambda: (
                w.pgettext("sheet", "SKU {v0}→{v1}", **values),
                w.pgettext("sheet", "SKU→{v1}", **values),
            ),
            AlarmKind.TURNOVER_FALL: lambda: (
                w.pgettext("sheet", "turnover −{v0}%", **values),
                w.pgettext("sheet", "−{v0}%", **values),
            ),
        }[kind]()
        return AlarmText(SIGNS[kind], long, short)

    def coming(self, item: Coming, *, spelled: bool = False, form: Form = Form.WHOLE) -> str:
        """One planned thing with its day: В12, Зв5 этикетка, ДР 19 Гусевой, договор до 30; short: обещ. 30, дело 5.

        `spelled` writes визит and звонок out, unless the short form is asked for.
        """
        w = self.words
        day, words = str(item.day.day), " ".join(item.words.split()) if form is Form.WHOLE else ""
        if item.kind == BIRTHDAY:
            head = w.pgettext("sheet", "BD {day}", day=day)
            return f"{head} {words}" if words else head
        if item.kind in {TaskKind.VISIT, TaskKind.CALL}:
            head = self._contact(item.kind, day, spelled=spelled and form is not Form.SHORT)
            return f"{head} {words}" if words and not item.routine else head
        if form is Form.SHORT:
            kind = w.pgettext("sheet", "promise") if item.promise else self._task(item.kind)
            return f"{kind}{NBSP}{day}"
        words = " ".join(item.words.split()) or self._task(item.kind)
        if item.promise or item.kind == TaskKind.CONTRACT:
            return w.pgettext("sheet", "{what} by {day}", what=words, day=day)
        return f"{words}{NBSP}{day}"

    def _contact(self, kind: str, day: str, *, spelled: bool) -> str:
        w = self.words
        if kind == TaskKind.VISIT:
            return w.pgettext("sheet", "visit {day}", day=day) if spelled else w.pgettext("sheet", "V{day}", day=day)
        return w.pgettext("sheet", "call {day}", day=day) if spelled else w.pgettext("sheet", "C{day}", day=day)

    def _task(self, kind: str) -> str:
        w = self.words
        return {
            TaskKind.LETTER: w.pgettext("sheet", "letter"),
            TaskKind.MAILING: w.pgettext("sheet", "mailing"),
            TaskKind.MEETING: w.pgettext("sheet", "meeting"),
            TaskKind.EVENT: w.pgettext("sheet", "event"),
            TaskKind.CONTRACT: w.pgettext("sheet", "contract"),
        }.get(TaskKind(kind), w.pgettext("sheet", "task"))
