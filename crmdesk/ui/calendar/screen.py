"""The calendar on the screen: head, late strip, the panes, the rail; wires them to the presenter and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.calendar import Entry, Span, What, task_of
from crmdesk.domain.tasks import TaskRow
from crmdesk.system.errors import CrmError
from crmdesk.ui.calendar import keys
from crmdesk.ui.calendar.agenda import AgendaList
from crmdesk.ui.calendar.drag import Carry, Pane
from crmdesk.ui.calendar.entry_popover import EntryPopover, NextStepPopover
from crmdesk.ui.calendar.head import CalendarHead
from crmdesk.ui.calendar.hours import HoursGrid
from crmdesk.ui.calendar.late_strip import LateStrip
from crmdesk.ui.calendar.month import MonthGrid
from crmdesk.ui.calendar.office import OfficeCalendar
from crmdesk.ui.calendar.poses import pose
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.rail import UnplannedRail
from crmdesk.ui.calendar.state import CalendarState, Carried, Phase, Slot
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.task.day_field import DayField
from crmdesk.ui.task.form import open_task_form
from crmdesk.ui.task.move import open_move
from crmdesk.ui.task.next_step import Answer
from crmdesk.ui.theme.tokens import NARROW_WINDOW
from crmdesk.ui.widgets.controls import Label
from crmdesk.ui.widgets.dialog import Dialog
from crmdesk.ui.widgets.states import StatePane

MINUTE = 60_000
SPAN_TITLES = {
    Span.DAY: N_("Calendar: day"),
    Span.WORK: N_("Calendar: work week"),
    Span.WEEK: N_("Calendar: week"),
    Span.MONTH: N_("Calendar: month"),
    Span.AGENDA: N_("Calendar: list"),
}


class CalendarScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._office = office
        kept = kit.settings.get("calendar")
        self.verbs = OfficeCalendar(office)
        self.presenter = CalendarPresenter(
            self,
            kit.runner,
            self.verbs,
            office.desk.clock,
            kept if isinstance(kept, dict) else None,
            lambda choices: kit.settings.set("calendar", choices),
        )
        self.carry = Carry(self.presenter, lambda: self.pane, self)
        self._build()
        self.popover = EntryPopover(
            kit, self, done=lambda: self.done(), move=lambda: self.move_entry(), edit=lambda: self.edit(),
            open_client=lambda: self.open_client(), back=self._focus_back,
        )  # fmt: skip
        self._anchor = QRect()
        self._day: date | None = None
        self._shown: object = None  # the days and the span that stand there
        self.asked: NextStepPopover | None = None
        self._register(host)
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.presenter.tick)
        kit.language.changed.connect(self.retranslate)
        self.show_state(self.presenter.state)
        self.presenter.start()

    # building ----------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit, presenter = self._kit, self.presenter
        self.panes = self._make_panes()
        self.head = CalendarHead(
            kit,
            spans=[span for span in Span if span in self.panes],
            choose_span=lambda span: presenter.show(span=span),
            turn=presenter.turn,
            today=presenter.go_today,
            choose_whose=presenter.choose,
            new=lambda: self.new(),
        )
        self.late = LateStrip(
            kit,
            self.carry,
            choose=self._choose_late,
            spread=presenter.plan_late,
            agree=presenter.agree,
            refuse=presenter.drop_plan,
        )
        self.stack = QStackedWidget()
        for pane in dict.fromkeys(self.panes.values()):
            self.stack.addWidget(pane)  # type: ignore[arg-type]
        self.content = QWidget()
        body = QHBoxLayout(self.content)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.stack, 1)
        self.rail = UnplannedRail(kit, self.verbs, self.carry)
        self.rail.planned.connect(self.plan_client)
        self.rail.taken_up.connect(self._take_up)
        self.rail.wanted_client.connect(lambda client_id: self._host.open_client(client_id))
        body.addWidget(self.rail)
        self._rail_wanted = kit.settings.get("calendar_rail")
        self.states = StatePane(kit, self.content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.late)
        column.addWidget(self.states, 1)
        self.setFocusProxy(self.states)

    def _make_panes(self) -> dict[Span, Pane]:
        """What shows each span; a pane may show several."""
        grid = HoursGrid(self._kit, self.presenter, self.carry)
        grid.wanted_slot.connect(self.new)
        grid.wanted_card.connect(self.open_client)
        grid.opened_entry.connect(self.edit)
        grid.pressed_entry.connect(self.show_beside)
        self.grid = grid
        month = MonthGrid(self._kit, self.presenter, self.carry)
        agenda = AgendaList(self._kit, self.presenter, self.carry)
        for pane in (month, agenda):
            pane.wanted_slot.connect(self.new)
            pane.wanted_card.connect(self.open_client)
            pane.opened_entry.connect(self.edit)
            pane.pressed_entry.connect(self.show_beside)
        return {Span.DAY: grid, Span.WORK: grid, Span.WEEK: grid, Span.MONTH: month, Span.AGENDA: agenda}

    def _register(self, host: Host) -> None:
        presenter, add = self.presenter, host.offer
        for number, span in enumerate(Span):
            if span in self.panes:
                add(Command(f"calendar-{span.value}", SPAN_TITLES[span], _shows(presenter, span), "view",
                            f"Ctrl+Alt+{number + 1}", "calendar-days"))  # fmt: skip
        add(Command("calendar-back", N_("Calendar: earlier"), lambda: presenter.turn(-1), "view", "", "chevron-left"))
        add(Command("calendar-on", N_("Calendar: later"), lambda: presenter.turn(1), "view", "", "chevron-right"))
        add(Command("calendar-today", N_("Calendar: today"), presenter.go_today, "view", "", "sun"))
        add(Command("refresh", N_("Calendar: read anew"), presenter.load, "view", "F5", "repeat"))
        chosen = lambda: presenter.chosen is not None and presenter.chosen.movable  # noqa: E731
        add(Command("carry", N_("Calendar: move by the keys"), self._carry_by_keys, "task", "Ctrl+M", "grip-vertical",
                    chosen))  # fmt: skip
        there = lambda: presenter.chosen is not None  # noqa: E731
        task = lambda: presenter.chosen is not None and presenter.chosen.what == What.TASK  # noqa: E731
        client = lambda: presenter.chosen is not None and presenter.chosen.client_id is not None  # noqa: E731
        add(Command("new", N_("New task"), lambda: self.new(), "task", "Ins; Ctrl+N", "plus"))
        add(Command("edit", N_("Calendar: change"), lambda: self.edit(), "task", "F2", "pencil", task))
        add(Command("done", N_("Calendar: done"), lambda: self.done(), "task", "Ctrl+D", "check", chosen))
        add(Command("move", N_("Calendar: to another day…"), lambda: self.move_entry(), "task", "Ctrl+Shift+M",
                    "calendar-clock", chosen))  # fmt: skip
        add(Command("open-client", N_("Calendar: open the client"), lambda: self.open_client(), "client", "",
                    "building-2", client))  # fmt: skip
        add(Command("beside", N_("Calendar: what is it"), self._beside_chosen, "view", "", "eye", there))
        add(Command("go-to-date", N_("Calendar: go to a date…"), self.ask_day, "view", "Ctrl+G", "calendar-days"))
        add(Command("calendar-rail", N_("Calendar: clients without a plan"), self.toggle_rail, "view", "Ctrl+Alt+U",
                    "calendar-plus"))  # fmt: skip
        read = lambda: presenter.state.page is not None  # noqa: E731
        add(Command("print", N_("Calendar: print…"), self.print_it, "file", "Ctrl+P", "printer", read))
        late = lambda: bool(presenter.state.late)  # noqa: E731
        add(Command("spread", N_("Calendar: spread what is late over the week"), presenter.plan_late, "task", "",
                    "calendar-clock", late))  # fmt: skip

    @property
    def pane(self) -> Pane:
        """What shows the chosen span."""
        return self.panes.get(self.presenter.state.span, self.grid)

    # showing -----------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Says everything anew."""
        self.show_state(self.presenter.state)

    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        if self._day is not None and state.day != self._day and self._host.here == "calendar":
            self._host.moved(state.day)
        if (state.days, state.span) != self._shown:
            self.popover.close_it(focus=False)  # what it points at is not there any more
        self._day, self._shown = state.day, (state.days, state.span)
        self.head.show_state(state)
        self.late.show_state(state)
        self.rail.show_state(state)
        pane = self.pane
        pane.show_state(state)
        self.stack.setCurrentWidget(pane)  # type: ignore[arg-type]
        self.content.setFocusProxy(pane)  # type: ignore[arg-type]
        if state.error is not None:
            unread = state.page is None or state.page.days != state.days
            self.states.failed(state.error, self.presenter.load, anew=unread)
        elif state.page is None:
            self.states.loading()
        elif state.phase is not Phase.FAILED:
            self.states.ready()

    def told(self, key: str, values: dict[str, object]) -> None:
        """The presenter has news: a failure, or something that was written."""
        words = self._kit.words
        error = values.get("error")
        if isinstance(error, Exception):
            text = told(error, words) if isinstance(error, CrmError) else str(error)
            self._host.tell("over", words.gettext("Nothing was changed."), text)
            return
        entry, clients = values.get("entry"), values.get("clients")
        if key == "done" and isinstance(entry, Entry):
            self._ask_next(entry)
        self._kit.changes.tell("tasks", clients=clients if isinstance(clients, list) else ())
        if key == "spread":
            count = values["n"]
            assert isinstance(count, int)
            self._host.tell("done", words.ngettext("{n} task was spread.", "{n} tasks were spread.", count))

    def reload(self) -> None:
        """Reads everything anew: something was written elsewhere."""
        self.presenter.load()

    def show_at(self, at: object) -> None:
        """Goes to a day."""
        if isinstance(at, date):
            self.presenter.show(day=at)

    def pose(self, name: str) -> None:
        """Leads itself into a state that pictures are taken of."""
        pose(self, name)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        self.presenter.tick()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102
        super().hideEvent(event)
        self._minute.stop()

    # verbs -------------------------------------------------------------------------------------------
    def new(self, slot: Slot | None = None) -> None:
        """Something new in a place of the calendar."""
        slot = slot or self.presenter.place
        self.popover.close_it(focus=False)
        open_task_form(
            self._kit, self._office, self._host, day=slot.day, time=slot.time, minutes=slot.minutes,
            manager_id=self.presenter.state.whose, done=lambda task: self.presenter.load(),
        )  # fmt: skip

    def edit(self, entry: Entry | None = None) -> None:
        """Changes a task."""
        entry = entry or self.presenter.chosen
        self.popover.close_it(focus=False)
        if entry is None or entry.what != What.TASK:
            return
        self._kit.runner.read(
            lambda job: self.verbs.task(entry),
            lambda task: self._open_form(task),
            lambda error: self.told("failed", {"error": error}),
            replaces="calendar-task",
        )

    def _open_form(self, task: TaskRow) -> None:
        open_task_form(self._kit, self._office, self._host, task=task, done=lambda changed: self.presenter.load())

    def open_client(self, entry: Entry | None = None) -> None:
        """The card of an entry's client."""
        entry = entry or self.presenter.chosen
        self.popover.close_it(focus=False)
        if entry is not None and entry.client_id is not None:
            self._host.open_client(entry.client_id)

    def done(self, entry: Entry | None = None) -> None:
        """It is done; «what next?» opens where it lay."""
        entry = entry or self.presenter.chosen
        if entry is not None:
            self._anchor = self._place_of(entry)
            self.popover.close_it(focus=False)
            self.presenter.complete(entry)

    def move_entry(self, entry: Entry | None = None) -> None:
        """Asks for another day."""
        entry = entry or self.presenter.chosen
        if entry is not None and entry.movable:
            anchor = self._place_of(entry).bottomLeft()
            self.popover.close_it(focus=False)
            open_move(
                self._kit, self._host, anchor, task_of(entry), lambda day: self.presenter.move_to(entry, day),
                self.presenter.state.today,
            )  # fmt: skip

    def show_beside(self, entry: Entry, place: QRect) -> None:
        """What an entry is, and what can be done with it."""
        self.popover.tell(entry, self.presenter.state)
        self.popover.stand(place)

    def _choose_late(self, entry: Entry, where: QWidget) -> None:
        self.presenter.select(entry.key)
        self.show_beside(entry, QRect(where.mapToGlobal(where.rect().topLeft()), where.size()))

    def _place_of(self, entry: Entry) -> QRect:
        """Where an entry is on the screen: in its pane, in the late strip, or in the middle."""
        for chip in self.late.shown:
            if chip.entry is not None and chip.entry.key == entry.key:
                return QRect(chip.mapToGlobal(chip.rect().topLeft()), chip.size())
        return self.pane.rect_of(entry)

    def _ask_next(self, entry: Entry) -> None:
        def answered(answer: Answer) -> None:
            self.presenter.follow(entry, answer.step, answer.reason, answer.result)

        asked = NextStepPopover(self._kit, self, entry, self.presenter.state, answered, self._focus_back)
        asked.stand(self._anchor)
        asked.row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked = asked

    def _focus_back(self) -> None:
        self.states.setFocus(Qt.FocusReason.OtherFocusReason)

    def _beside_chosen(self) -> None:
        entry = self.presenter.chosen
        if entry is not None:
            self.show_beside(entry, self._place_of(entry))

    def print_it(self) -> None:
        """What is shown, on paper."""
        from crmdesk.ui.calendar.printing import print_calendar  # the printer's part of Qt, when it is first needed

        print_calendar(self._kit, self._host, self.verbs, self.presenter.state)

    def ask_day(self) -> None:
        """Asks which day to go to."""
        state = self.presenter.state
        GoToDay(self._kit, self, state.today, state.day, lambda day: self.presenter.show(day=day)).open()

    def _carry_by_keys(self) -> None:
        keys.take_up(self.presenter)
        self.pane.setFocus(Qt.FocusReason.ShortcutFocusReason)  # type: ignore[attr-defined]

    # the rail of clients without a plan --------------------------------------------------------------
    def plan_client(self, carried: Carried) -> None:
        """Asks on which day, and what, with a client who has no plan."""
        slot = self.presenter.place
        open_task_form(
            self._kit, self._office, self._host, client_id=carried.client_id,
            day=max(slot.day, self.presenter.state.today),
            time=slot.time, kind=carried.kind, title=carried.title, manager_id=self.presenter.state.whose,
            done=lambda task: self.presenter.load(),
        )  # fmt: skip

    def _take_up(self, carried: Carried) -> None:
        self.presenter.pick_up(carried)
        self.pane.setFocus(Qt.FocusReason.ShortcutFocusReason)  # type: ignore[attr-defined]

    def toggle_rail(self) -> None:
        """Shows the rail, or gives its room to the days; remembered. In a narrow window it is away until asked for."""
        self._rail_wanted = self.rail.isHidden()
        self._kit.settings.set("calendar_rail", self._rail_wanted)
        self._place_rail()
        if self._rail_wanted:
            self.rail.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place_rail(self) -> None:
        narrow = self.window().width() < NARROW_WINDOW
        self.rail.setVisible(bool(self._rail_wanted) if narrow or self._rail_wanted is not None else True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._place_rail()


def _shows(presenter: CalendarPresenter, span: Span) -> Callable[[], None]:
    return lambda: presenter.show(span=span)


class GoToDay(Dialog):
    """Asks for a day to look at."""

    def __init__(self, kit: Kit, parent: QWidget, today: date, day: date, go: Callable[[date], None]) -> None:
        super().__init__(kit, parent.window(), N_("Which day to show?"), verb=N_("Show"), press=self.take)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._go = go
        self.day = DayField(kit, today, day)
        self.day.field.setAccessibleName(kit.words.gettext("Day"))
        self.day.field.selectAll()
        self.body.addWidget(self.day)
        self.error = Label(kit, N_("This day cannot be understood. Write 23.11, “tomorrow”, “fri” or “+3”."), "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.day.field.setFocus()

    def take(self) -> None:
        """Goes to the day that is typed, if it can be understood."""
        day = self.day.day
        if day is None:
            self.error.show()
            self.day.field.setFocus()
            return
        self.accept()
        self._go(day)
