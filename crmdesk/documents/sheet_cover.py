"""The cover of a batch: one row a manager, in the order of the sheets that follow (SHEET.md, Overview)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crmdesk.documents import paper, sheet_frame
from crmdesk.documents.paper import MARGIN, RIGHT, Paper
from crmdesk.documents.sheet_columns import FIGURE, HEAD
from crmdesk.documents.sheet_frame import Sign, Worst
from crmdesk.documents.sheet_managers import ALARM_GROUPS, alarm_counts, history, weighted_completeness, worst_managers
from crmdesk.documents.sheet_units import batch_unit
from crmdesk.documents.sheet_words import EMPTY_SIGN, SIGNS, Printed, SheetWords
from crmdesk.domain.sheet import AlarmKind, Factor, Sheet
from crmdesk.system.i18n import Words

FIRST_PAGE = 12  # managers, with or without the totals
PITCH = 9.2
_MONTHS = 6  # month columns at most; the sum covers the whole period
_FIGURE = FIGURE + 0.3
_HEADS_FIRST = MARGIN + 25.6
_HEADS_NEXT = MARGIN + 5.0
_HEADS_HIGH = 8.4
_BOTTOM_ZONE = 30.4  # totals, legend, pen, footer
MIDDLE_PAGE = int((paper.HEIGHT - MARGIN - 4.6 - _HEADS_NEXT - _HEADS_HIGH) / PITCH)
LAST_PAGE = int((paper.HEIGHT - MARGIN - _BOTTOM_ZONE - _HEADS_NEXT - _HEADS_HIGH) / PITCH)
# worse than the norm, and so bold
_PLAN_BAD = 90  # per cent
_CONTACTS_BAD = 80
_DATA_BAD = 80
_LATE_BAD = 5
_BROKEN_BAD = 3
_LOST_BAD = 2
_ALARMS_BAD = 4


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of figures: how a manager's figure reads, whether it is off the norm, and its total."""

    group: str
    head: str
    least: float
    text: Callable[[Sheet], str]
    total: str
    bad: Callable[[Sheet], bool] = lambda sheet: False
    before: float = 0.0
    strong: bool = False
    kind: str = "figure"  # or "spark", "bar"


def rows_of_pages(managers: int) -> list[int]:
    """How many managers stand on each page of the overview: the first page full, the others even."""
    sizes = [min(managers, FIRST_PAGE)]
    rest = managers - sizes[0]
    pages = 1 + max(0, -(-(rest - LAST_PAGE) // MIDDLE_PAGE)) if rest else 0
    for left in range(pages, 0, -1):
        size = max(-(-rest // left), rest - (left - 2) * MIDDLE_PAGE - LAST_PAGE) if left > 1 else rest
        sizes.append(size)
        rest -= size
    return sizes


def page_count(managers: int) -> int:
    """How many pages the overview takes."""
    return len(rows_of_pages(managers))


def draw(page: Paper, sheets: Sequence[Sheet], *, words: Words, printed: Printed, total: int) -> None:
    """Draws the overview's pages; `total` is the number of pages of the whole batch."""
    _Cover(page, sheets, words, printed, total).draw()


class _Cover:
    def __init__(self, page: Paper, sheets: Sequence[Sheet], words: Words, printed: Printed, total: int) -> None:
        currency = sheets[0].currency if sheets else "RUB"
        self._page = page
        self._sheets = sheets
        self._words = SheetWords(words, currency, unit=batch_unit(sheets))
        self._printed = printed
        self._total = total
        self._ranks = {sheet.manager_id: rank for rank, sheet in enumerate(worst_managers(sheets), 1)}
        self._alarms = {sheet.manager_id: alarm_counts(sheet) for sheet in sheets}
        self._scale = self._bar_scale()
        self._columns = self._make_columns() if sheets else []
        self._edges = self._place()

    # columns ----------------------------------------------------------------------------------------
    def _bar_scale(self) -> int:
        unit = self._words.counts_in
        step = unit.size * (50 if unit.decimals else 500)
        most = max((max(sheet.head.month.fact, sheet.head.month.plan) for sheet in self._sheets), default=0)
        return max(step, -(-most // step) * step)

    def _sum(self, figure: Callable[[Sheet], int]) -> int:
        return sum(map(figure, self._sheets))

    def _make_columns(self) -> list[_Column]:
        words, w, sheets = self._words, self._words.words, self._sheets
        months = sheets[0].months
        shown = range(max(0, len(months) - _MONTHS), len(months))
        last = words.month_head(months[-1])

        def number(group: str, head: str, least: float, figure: Callable[[Sheet], int], **more: object) -> _Column:
            text = lambda sheet: w.number(figure(sheet)) if figure(sheet) else ""  # noqa: E731
            return _Column(group, head, least, text, w.number(self._sum(figure)), **more)  # type: ignore[arg-type]

        clients = w.pgettext("sheet", "Clients")
        found = [
            number(clients, w.pgettext("sheet", "tracked"), 6, lambda s: len(s.rows)),
            number(clients, w.pgettext("sheet", "all"), 7.2, lambda s: s.clients_all),
            _Column("", w.pgettext("sheet", "24 months"), 14, lambda s: "", "", before=2.2, kind="spark"),
        ]
        turnover = f"{w.pgettext('sheet', 'Turnover')}, {words.unit}"
        for i in shown:
            found.append(
                _Column(
                    turnover,
                    words.month_head(months[i]),
                    8.2,
                    lambda s, i=i: words.money(s.totals.all.months[i]) if s.totals.all.months[i] else "",  # type: ignore[misc]
                    words.money(self._sum(lambda s, i=i: s.totals.all.months[i])),  # type: ignore[misc]
                    before=0.6 if i == shown[0] else 0.0,
                )
            )
        found.append(
            _Column(
                turnover,
                words.sum_head(len(months)),
                9.4,
                lambda s: words.money(s.totals.all.total, split=True),
                words.money(self._sum(lambda s: s.totals.all.total), split=True),
                strong=True,
            )
        )
        fact = w.pgettext("sheet", "Plan / actual, {month}", month=w.month_name(months[-1] % 100))
        found += [
            _Column(fact, "", 15, lambda s: "", "", before=2.4, kind="bar"),
            _Column(
                fact,
                w.pgettext("sheet", "{month} %", month=last),
                6.2,
                lambda s: _share(s.head.month.share),
                _share(self._plan_share(lambda s: s.head.month.fact, lambda s: s.head.month.plan)),
                bad=lambda s: s.head.month.share is not None and s.head.month.share < _PLAN_BAD,
            ),
            _Column(
                fact,
                w.pgettext("sheet", "{n} mo %", n=w.number(len(months))),
                7,
                lambda s: _share(s.head.period.share),
                _share(self._plan_share(lambda s: s.head.period.fact, lambda s: s.head.period.plan)),
                bad=lambda s: s.head.period.share is not None and s.head.period.share < _PLAN_BAD,
            ),
        ]
        for factor, done, norm in (
            (Factor.CALLS, lambda s: s.head.calls, lambda s: s.head.calls_norm),
            (Factor.VISITS, lambda s: s.head.visits, lambda s: s.head.visits_norm),
        ):
            found += [
                number(
                    words.factor(factor),
                    w.pgettext("sheet", "done"),
                    7.0,
                    done,
                    bad=lambda s, done=done, norm=norm: 100 * done(s) < _CONTACTS_BAD * norm(s),
                    before=1.2,
                ),
                number(words.factor(factor), w.pgettext("sheet", "norm"), 6.2, norm),
            ]
        discipline, base = w.pgettext("sheet", "Discipline"), w.pgettext("sheet", "Base")
        broken, due = self._sum(lambda s: s.head.promises_broken), self._sum(lambda s: s.head.promises_due)
        found += [
            number(
                discipline,
                w.pgettext("sheet", "late"),
                7.2,
                lambda s: s.head.overdue_tasks,
                bad=lambda s: s.head.overdue_tasks >= _LATE_BAD,
                before=1.0,
            ),
            _Column(
                discipline,
                w.pgettext("sheet", "prom."),
                8.2,
                lambda s: f"{s.head.promises_broken}/{s.head.promises_due}" if s.head.promises_broken else "",
                f"{broken}/{due}",
                bad=lambda s: s.head.promises_broken >= _BROKEN_BAD,
            ),
            _Column(
                discipline,
                w.pgettext("sheet", "data"),
                8,
                lambda s: w.percent(s.head.completeness),
                w.percent(weighted_completeness(sheets)),
                bad=lambda s: s.head.completeness < _DATA_BAD,
            ),
            number(
                base,
                w.pgettext("sheet", "lost"),
                6.2,
                lambda s: s.head.lost,
                bad=lambda s: s.head.lost >= _LOST_BAD,
                before=0.8,
            ),
            number(base, w.pgettext("sheet", "back"), 6, lambda s: s.head.won_back),
            number(base, w.pgettext("sheet", "new"), 6.2, lambda s: s.head.new),
        ]
        alarms = w.pgettext("sheet", "Alarms")
        for i, sign in enumerate([*(sign for sign, _ in ALARM_GROUPS), EMPTY_SIGN]):
            found.append(
                number(
                    alarms,
                    sign,
                    5.0,
                    lambda s, i=i: self._alarms[s.manager_id][i],  # type: ignore[misc]
                    bad=lambda s, i=i: self._alarms[s.manager_id][i] >= _ALARMS_BAD,
                    before=0.0 if i else 1.4,
                )
            )
        found.append(
            _Column(
                "",
                w.pgettext("sheet", "risk"),
                9.4,
                lambda s: words.money(s.risk_total) if s.risk_total else "",
                words.money(self._sum(lambda s: s.risk_total)),
                before=0.4,
                strong=True,
            )
        )
        return found

    def _plan_share(self, fact: Callable[[Sheet], int], plan: Callable[[Sheet], int]) -> int | None:
        planned = self._sum(plan)
        return round(100 * self._sum(fact) / planned) if planned else None

    def _place(self) -> list[tuple[float, float]]:
        """Left and right edge of each column, set from the right margin; the names take what is left."""
        widths = []
        for column in self._columns:
            texts = [column.total, *map(column.text, self._sheets)]
            need = max(paper.width(text, _FIGURE, bold=True) for text in texts) + 1.3
            head = paper.width(column.head, HEAD, bold=column.strong) + 1.3
            widths.append(max(column.least, need, head if column.kind == "figure" else 0))
        x = RIGHT - sum(widths) - sum(column.before for column in self._columns)
        edges = []
        for column, length in zip(self._columns, widths, strict=True):
            x += column.before
            edges.append((x, x + length))
            x += length
        return edges

    # drawing ----------------------------------------------------------------------------------------
    def draw(self) -> None:
        sizes = rows_of_pages(len(self._sheets))
        pages, first = len(sizes), 0
        for number, size in enumerate(sizes):
            part = self._sheets[first : first + size]
            if number == 0:
                self._page.bookmark(self._words.words.pgettext("sheet", "All managers"))
                self._head()
            else:
                self._continued()
            y = self._heads(_HEADS_NEXT if number else _HEADS_FIRST)
            for i, sheet in enumerate(part):
                self._row(sheet, first + i + 1, y)
                y += PITCH
                if i + 1 < len(part):
                    self._page.rule(y, 0.2)
            first += size
            remark = ""
            if number + 1 == pages:
                self._bottom(y)
            else:
                w = self._words.words
                remark = w.pgettext("sheet", "totals, legend and signature are on page {n}", n=w.number(pages))
            sheet_frame.footer(self._page, self._words, self._printed, number + 1, self._total, remark=remark)
            self._page.end_page()

    def _title(self) -> str:
        return self._words.words.pgettext("sheet", "All managers")

    def _subtitle(self) -> str:
        w, sheets = self._words.words, self._sheets
        tracked, clients = self._sum(lambda s: len(s.rows)), self._sum(lambda s: s.clients_all)
        parts = [self._words.span(sheets[0].months)] if sheets else []
        if self._printed.branch:
            parts.append(w.pgettext("sheet", "branch “{branch}”", branch=self._printed.branch))
        managers = w.ngettext("{n} manager", "{n} managers", len(sheets))
        of = w.ngettext(
            "{tracked} of {n} client tracked", "{tracked} of {n} clients tracked", clients, tracked=w.number(tracked)
        )
        parts.append(f"{managers}, {of}")
        if sheets:
            parts.append(self._words.sorted_by(sheets[0]))
        return " · ".join(parts)

    def _head(self) -> None:
        w = self._words.words
        sheet_frame.title(
            self._page, self._title(), w.pgettext("sheet", "Supervisor's sheets, cover"), self._subtitle()
        )
        sheet_frame.figures(self._page, self._figures())
        found = []
        for sheet in worst_managers(self._sheets):
            silent, promises, contacts, falls, empty = alarm_counts(sheet)
            counts = (
                (silent, "■", w.ngettext("{n} silent", "{n} silent", silent)),
                (promises, "◆", w.ngettext("{n} promise late", "{n} promises late", promises)),
                (contacts, "●", w.pgettext("sheet", "{n} without contact", n=w.number(contacts))),
                (falls, "▼", w.pgettext("sheet", "{n} falling", n=w.number(falls))),
                (empty, EMPTY_SIGN, w.ngettext("{n} empty month", "{n} empty months", empty)),
            )
            why = "  ".join(f"{sign} {text}" for count, sign, text in counts if count)
            found.append(Worst(sheet.manager, self._words.risk(sheet.risk_total), why))
        sheet_frame.worst(self._page, self._words.start_with(len(found)), found)

    def _continued(self) -> None:
        rest = self._words.words.pgettext(
            "sheet",
            "{sheet}, continued · {period}",
            sheet=self._words.words.pgettext("sheet", "Supervisor's sheets, cover"),
            period=self._words.span(self._sheets[0].months),
        )
        length = self._page.text(MARGIN, MARGIN + 3, self._title(), 10, bold=True)
        self._page.text(MARGIN + length + 2, MARGIN + 3, rest, 8)

    def _figures(self) -> list[tuple[str, str, str, bool]]:
        words, w, sheets = self._words, self._words.words, self._sheets
        if not sheets:
            return []
        fact, plan = self._sum(lambda s: s.head.month.fact), self._sum(lambda s: s.head.month.plan)
        share = self._plan_share(lambda s: s.head.month.fact, lambda s: s.head.month.plan)
        late = [s.head.overdue_tasks for s in sheets if s.head.overdue_tasks >= _LATE_BAD]
        poor = sum(s.head.completeness < _DATA_BAD for s in sheets)
        complete = weighted_completeness(sheets)
        broken, due = self._sum(lambda s: s.head.promises_broken), self._sum(lambda s: s.head.promises_due)
        lost, back, new = (
            self._sum(f) for f in (lambda s: s.head.lost, lambda s: s.head.won_back, lambda s: s.head.new)
        )
        return [
            (
                w.pgettext("sheet", "Plan / actual, {month}", month=w.month_name(sheets[0].months[-1] % 100)),
                _share(share, w) or "—",
                words.plan_fact(fact, plan),
                share is not None and share < _PLAN_BAD,
            ),
            (
                w.pgettext("sheet", "Overdue tasks"),
                w.number(self._sum(lambda s: s.head.overdue_tasks)),
                w.ngettext("{k} of them with {n} manager", "{k} of them with {n} managers", len(late), k=sum(late))
                if late
                else "",
                bool(late),
            ),
            (
                w.pgettext("sheet", "Promises broken"),
                words.of(broken, due),
                w.ngettext("over {n} month", "over {n} months", len(sheets[0].months)),
                broken > 0,
            ),
            (
                w.pgettext("sheet", "Data completeness"),
                w.percent(complete),
                w.ngettext(
                    "below {norm} with {n} manager", "below {norm} with {n} managers", poor, norm=w.percent(_DATA_BAD)
                )
                if poor
                else "",
                complete < _DATA_BAD,
            ),
            (
                w.pgettext("sheet", "Clients lost"),
                w.number(lost),
                words.came(back, new),
                lost >= _LOST_BAD * len(sheets),
            ),
            (
                w.pgettext("sheet", "At risk"),
                words.money(self._sum(lambda s: s.risk_total)),
                w.pgettext("sheet", "{unit} a month", unit=words.unit),
                bool(self._ranks),
            ),
        ]

    def _heads(self, y: float) -> float:
        page, w = self._page, self._words.words
        base = y + 6.6
        page.text(MARGIN + 5.2, base, w.pgettext("sheet", "Manager, weak spot"), HEAD, bold=True)
        start = 0
        for i, (column, (left, right)) in enumerate(zip(self._columns, self._edges, strict=True)):
            if column.kind == "bar":
                page.text(left, base, "0", HEAD)
                page.text(right, base, self._words.money(self._scale), HEAD, align="r")
            elif column.kind == "spark":
                page.text(left, base, column.head, HEAD)
            else:
                page.text(right, base, column.head, HEAD, bold=column.strong, align="r")
            ends = i + 1 == len(self._columns) or self._columns[i + 1].group != column.group
            if ends and column.group:
                sheet_frame.spanner(page, self._edges[start][0] + 1, right, y, column.group)
            if ends:
                start = i + 1
        page.rule(y + 7.8, 0.6)
        return y + _HEADS_HIGH

    def _row(self, sheet: Sheet, number: int, y: float) -> None:
        page, base = self._page, y + 4.0
        rank = self._ranks.get(sheet.manager_id)
        if rank is None:
            page.text(MARGIN + 2.4, base, str(number), 7, align="r")
        else:
            page.disc(MARGIN + 1.6, base - 0.95, 1.6, str(rank), 7.5)
        room = self._edges[0][0] - MARGIN - 5.2 if self._edges else RIGHT
        page.text(
            MARGIN + 5.2, base, paper.cut(sheet.manager, room, 8.2, bold=rank is not None), 8.2, bold=rank is not None
        )
        second = next(
            left for column, (left, _) in zip(self._columns, self._edges, strict=True) if column.kind == "spark"
        )
        page.text(MARGIN + 5.2, base + 3.2, self._weak(sheet, second - MARGIN - 6.2), 7)
        for column, (left, right) in zip(self._columns, self._edges, strict=True):
            if column.kind == "spark":
                page.sparkline(left, base + 1.4, right - left - 2, 4.2, history(sheet), strong=len(sheet.months))
            elif column.kind == "bar":
                month = sheet.head.month
                page.bar(left, base - 0.4, right - left, month.fact, month.plan, self._scale, 1.1)
            else:
                page.text(right, base, column.text(sheet), _FIGURE, bold=column.strong or column.bad(sheet), align="r")

    def _weak(self, sheet: Sheet, room: float) -> str:
        """The client with most money at risk, and why; cut in its name, never in the reason."""
        if not sheet.worst:
            return ""
        weakest = sheet.worst[0]
        if not weakest.alarms:
            return paper.cut(weakest.name, room, 7)
        texts = self._words.alarm(weakest.alarms[0])
        for reason in (texts.long, texts.short):
            if paper.width(f"{weakest.name} · {reason}", 7) <= room:
                return f"{weakest.name} · {reason}"
        return paper.cut(weakest.name, room - paper.width(f" · {texts.short}", 7), 7) + f" · {texts.short}"

    def _bottom(self, y: float) -> None:
        page, w = self._page, self._words.words
        page.rule(y, 0.6)
        branch = w.pgettext("sheet", "Total of the branch") if self._printed.branch else w.pgettext("sheet", "Total")
        page.text(MARGIN + 5.2, y + 4, branch, 8.2, bold=True)
        for column, (_, right) in zip(self._columns, self._edges, strict=True):
            page.text(right, y + 4, column.total, FIGURE, bold=True, align="r")
        y += 7
        sheet_frame.legend(page, MARGIN, y + 4.2, self._signs(), rows=4, pitch=3.4, gap=16)
        sheet_frame.pen(page, self._words, MARGIN + 130, y, paper.HEIGHT - MARGIN - 4.2 - y, manager_signs=False)
        page.text(
            MARGIN, paper.HEIGHT - MARGIN - 4, w.pgettext("sheet", "The sheets follow the cover in the same order."), 7
        )

    def _signs(self) -> list[Sign]:
        w = self._words.words
        return [
            Sign(SIGNS[AlarmKind.SILENT], w.pgettext("sheet", "silent longer than usual")),
            Sign(SIGNS[AlarmKind.PROMISE], w.pgettext("sheet", "promise overdue")),
            Sign(SIGNS[AlarmKind.NO_VISIT], w.pgettext("sheet", "no visit or call")),
            Sign(SIGNS[AlarmKind.SKUS_FALL], w.pgettext("sheet", "SKU or turnover falling")),
            Sign(EMPTY_SIGN, w.pgettext("sheet", "months with nothing planned")),
            Sign("bar", w.pgettext("sheet", "fact and plan of the month, one scale")),
            Sign("disc", w.pgettext("sheet", "most money at risk")),
            Sign("12", w.pgettext("sheet", "in bold: worse than the norm"), bold=True),
        ]


def _share(share: int | None, words: Words | None = None) -> str:
    if share is None:
        return ""
    return words.percent(share) if words else str(share)
