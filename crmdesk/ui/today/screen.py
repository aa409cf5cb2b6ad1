"""Today on the screen: head, the list of the day, and what its lines, links and keys do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from crmdesk.domain.lists import TaskKind
from crmdesk.domain.load import Plan
from crmdesk.domain.names import short_name
from crmdesk.domain.tasks import TaskRow, is_open
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.frame.inspector import Page
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.task.form import open_task_form
from crmdesk.ui.task.move import ReleaseDialog, open_move
from crmdesk.ui.task.next_step import NextStepRow
from crmdesk.ui.task.when import said_day
from crmdesk.ui.theme.tokens import NARROW_WINDOW
from crmdesk.ui.today.about import about
from crmdesk.ui.today.head import TodayHead
from crmdesk.ui.today.list import TodayList
from crmdesk.ui.today.office import TodayOffice
from crmdesk.ui.today.presenter import TodayPresenter, TodayState
from crmdesk.ui.today.rows import Kind, Line, Section, lines_of, open_tasks, usual_kind
from crmdesk.ui.today.spread import SpreadDialog
from crmdesk.ui.widgets.states import StatePane

MINUTE = 60_000
REST = 150  # milliseconds on a line before its client is looked up: nobody reads while he scrolls


class TodayScreen(QWidget):
    """The view; the frame is its host."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._office = office
        self._host = host
        self._beside = bool(kit.settings.get("today_beside", True))
        self.presenter = TodayPresenter(
            self, kit.runner, TodayOffice(office), kit.settings, lambda ids: kit.changes.tell("tasks", clients=ids)
        )
        self._offer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = TodayHead(kit, choose=self.presenter.choose)
        self.list = TodayList(kit)
        self.pane = StatePane(kit, self.list)
        column.addWidget(self.head)
        column.addWidget(self.pane, 1)
        self.setFocusProxy(self.pane)
        self.list.ticked.connect(self._tick)
        self.list.folded.connect(lambda line: self.presenter.fold(line.section))
        self.list.pressed_link.connect(self._link)
        self.list.opened.connect(self._open)
        self.list.turned.connect(self._turned)
        self.list.beside.connect(self._want_beside)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._inspect_current)
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._minute_passed)
        host.inspector_closed.connect(self._inspector_closed)
        kit.language.changed.connect(self.retranslate)
        self._wait_for_minute()
        self.retranslate()
        self.presenter.start()

    def _offer(self) -> None:
        offer = self._host.offer
        chosen = lambda: bool(open_tasks(self.list.chosen()))  # noqa: E731
        line = lambda: self.list.current() is not None  # noqa: E731
        offer(Command("new", N_("New task"), self._new, "task", "Ins; Ctrl+N", "plus"))
        offer(Command("edit", N_("Change the task…"), self._edit, "task", "F2", "pencil", chosen))
        offer(Command("done", N_("Done"), self._done, "task", "Ctrl+D", "check", chosen))
        offer(Command("next-step", N_("Next step…"), self._next_step, "task", "Ctrl+Shift+A", "calendar-plus", line))
        offer(Command("move", N_("Move…"), self._move, "task", "Ctrl+M", "calendar-clock", chosen))
        offer(Command("move-later", N_("A day later"), lambda: self._move_by(1), "task", "Alt+Down", "", chosen))
        offer(Command("move-earlier", N_("A day earlier"), lambda: self._move_by(-1), "task", "Alt+Up", "", chosen))
        offer(Command("spread", N_("Spread over the week"), self._spread, "task", "", "calendar-clock", self._any_late))
        offer(Command("release", N_("Take off…"), self._release, "task", "Del", "x", chosen))
        offer(Command("print", N_("Print the day"), self._print, "file", "Ctrl+P", "printer"))
        offer(Command("refresh", N_("Refresh"), self.presenter.load, "view", "F5", "repeat"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        if self.list.current() is None:
            return
        commands = self._kit.commands
        commands.grey()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("done", "next-step", "edit", "move", "move-later", "move-earlier", "release", "", "new"):
            if name:
                menu.addAction(commands.action(name))
            else:
                menu.addSeparator()
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.list.visualRect(self.list.currentIndex())
            at = self.list.viewport().mapToGlobal(rect.bottomLeft() + QPoint(44, 2))
        menu.aboutToHide.connect(commands.wake)
        menu.popup(at)

    # the frame asks --------------------------------------------------------------------------------
    def show_at(self, at: object) -> None:
        """A task (its id) to stand on."""
        if isinstance(at, int):
            self.list.go_to(("task", at))

    def pose(self, name: str) -> None:
        """Leads into a state for a picture: "next" asks what is next, "spread" shows the plan, "form" a new task."""
        tasks = open_tasks(self.list.model_.lines)
        if name == "next" and tasks:
            timed = [one for one in self.list.model_.lines if one.section is Section.TIMED and open_tasks([one])]
            line = (timed or [one for one in self.list.model_.lines if one.task is tasks[0]])[0]
            self.list.go_to(line.key)
            self._tick(line)
        elif name == "spread":
            self._spread()
        elif name == "form":
            self._new()
        elif name == "release":
            self._release()

    def retranslate(self) -> None:
        """Says everything anew."""
        self.list.setAccessibleName(self._kit.words.gettext("What is to do today"))
        self.head.whose.setAccessibleName(self._kit.words.gettext("Whose day"))
        self.show_state(self.presenter.state)

    # showing ---------------------------------------------------------------------------------------
    def show_state(self, state: TodayState) -> None:
        """The presenter's state."""
        w = self._kit.words
        day = state.day
        shown = day.day if day is not None else self.presenter.office.today()
        self.head.tell(day, self._title(shown))
        self.head.offer(state.people, state.manager_id)
        if day is not None and state.manager_id == self._office.me.id:
            self._host.counter("today", day.still_open or None)  # at once; the frame asks, too, after each change
        if state.error is not None:
            self.pane.failed(state.error, self.presenter.load)
        if day is None:
            if state.error is None:
                self.pane.loading(anew=self.pane.state == "ready")
            return
        lines = lines_of(day, state.now, state.choice, w, self._office.facts.currency)
        if not day.tasks and not day.promises and not day.birthdays and not self._wants_important(state):
            self._show_empty(state)
            self.list.show_lines([], None)
            return
        self.list.show_lines(lines, state.asking)
        self.pane.ready()
        if state.asking is not None:
            self._ask(state.asking)
        if self._beside and state.client_id is not None:
            self._show_beside(state)

    def _title(self, day: date) -> str:
        w = self._kit.words
        name = w.weekday_name(day.weekday())
        return f"{name[:1].upper()}{name[1:]}, {w.day_month(day)}"

    def _wants_important(self, state: TodayState) -> bool:
        """Whether the lists of clients were asked for on a day without anything to do."""
        return Section.IMPORTANT in state.choice.unfolded

    def _show_empty(self, state: TodayState) -> None:
        w, day = self._kit.words, state.day
        if day is None:
            return
        calendar = self._kit.commands.known("go-calendar")
        if not day.clients and self._kit.commands.known("import"):
            self.pane.empty(
                "sun",
                w.gettext("Nothing to do today"),
                w.gettext("There are no clients here yet. Bring them in from Excel or 1C."),
                button=w.gettext("Import a file…"),
                press=lambda: self._kit.commands.run("import"),
            )
            return
        count = len(day.unplanned)
        detail = (
            w.ngettext("{n} important client without a plan.", "{n} important clients without a plan.", count)
            if count
            else w.gettext("Every important client has a plan.")
        )
        self.pane.empty(
            "sun",
            w.gettext("Nothing to do today"),
            detail,
            button=w.gettext("Show them") if count else w.gettext("New task"),
            press=self._show_important if count else self._new,
            link=w.gettext("Open the week") if calendar else "",
            press_link=(lambda: self._host.go("calendar")) if calendar else None,
        )

    def _show_important(self) -> None:
        self.presenter.show_all(Section.IMPORTANT)
        self.list.setFocus()

    def _ask(self, task_id: int) -> None:
        task = self._task(task_id)
        if task is None:
            return

        def make() -> QWidget:
            return NextStepRow(
                self._kit,
                task,
                self.presenter.office.today(),
                answered=lambda answer: self.presenter.answer(task_id, answer),
                left=lambda: self._question_over(task_id),
            )

        self.list.ask_in(task_id, make)

    def _question_over(self, task_id: int) -> None:
        self.list.end_question(task_id)
        self.presenter.ask(None)
        self.list.setFocus()

    def _task(self, task_id: int) -> TaskRow | None:
        return next((line.task for line in self.list.model_.lines if line.task and line.task.id == task_id), None)

    # the inspector ---------------------------------------------------------------------------------
    def _turned(self, line: Line, by_hand: bool) -> None:
        asking = self.presenter.state.asking
        if asking is not None and line.key != ("task", asking):
            self.list.end_question(asking)
            self.presenter.ask(None)
        if by_hand and line.client_id is not None and not self._narrow():
            self._beside = True
        if self._beside:
            if not self._rest.isActive():
                self._inspect_current()  # the first line at once, those that are only passed not at all
            self._rest.start()

    def _want_beside(self, wanted: bool) -> None:
        self._beside = wanted
        self._kit.settings.set("today_beside", wanted)
        if wanted:
            self._inspect_current(force=True)
        else:
            close = getattr(self._host, "close_inspector", None)
            if close is not None:
                close()

    def _inspect_current(self, *, force: bool = False) -> None:
        line = self.list.current()
        if self._host.here != "today" or line is None or line.client_id is None:
            return
        if force or (self._beside and not self._narrow()):
            self.presenter.inspect(line.client_id)
            self._show_beside(self.presenter.state)

    def _show_beside(self, state: TodayState) -> None:
        line = self.list.current()
        if self._host.here != "today" or line is None or line.client_id != state.client_id:
            return
        if state.card is None or state.card.form.id != state.client_id:
            self._host.inspect(Page(title=line.client, records_head=self._kit.words.gettext("Looking…")))
            return
        self._host.inspect(
            about(
                state.card,
                line.task,
                self._kit.words,
                self._office.facts.currency,
                self.presenter.office.today(),
                done=self._done,
                move=self._move,
                plan=self._next_step,
                open_card=lambda: self._open(line),
            )
        )

    def _inspector_closed(self) -> None:
        if self._host.here == "today" and self.isVisible():
            self._beside = False
            self.presenter.inspect(None)

    def _narrow(self) -> bool:
        return self.window().width() < NARROW_WINDOW

    # what lines and links do -----------------------------------------------------------------------
    def _tick(self, line: Line) -> None:
        if line.task is not None:
            self.presenter.toggle(line.task)

    def _open(self, line: Line) -> None:
        if line.client_id is not None:
            among = dict.fromkeys(one.client_id for one in self.list.model_.lines if one.client_id is not None)
            self._host.open_client(line.client_id, tuple(among))
        elif line.task is not None:
            self._edit()

    def _link(self, line: Line, name: str) -> None:
        if name == "spread":
            self._spread()
        elif name == "release":
            self._release_section()
        elif name == "all":
            self.presenter.show_all(line.section)
        elif name in ("plan", "greet"):
            self._plan(line)

    def _plan(self, line: Line) -> None:
        day, w = self.presenter.state.day, self._kit.words
        if day is None or line.client_id is None:
            return
        greets = line.kind is Kind.BIRTHDAY
        on = next((one.on for one in day.birthdays if greets and one.person_id == line.key[1]), day.day)
        open_task_form(
            self._kit,
            self._office,
            self._host,
            client_id=line.client_id,
            day=on,
            kind=TaskKind.CALL.value if greets else usual_kind(day, line),
            title=w.gettext("Birthday: congratulate {name}", name=line.words.split(",")[0]) if greets else "",
            manager_id=day.manager_id,
            done=lambda task: self.happened("planned", [task]),
        )

    def _new(self) -> None:
        state = self.presenter.state
        open_task_form(
            self._kit,
            self._office,
            self._host,
            day=self.presenter.office.today(),
            manager_id=state.manager_id,
            done=self._go_to_new,
        )

    def _go_to_new(self, task: TaskRow) -> None:
        self.list.go_to(("task", task.id))

    def _edit(self) -> None:
        tasks = open_tasks(self.list.chosen())
        if tasks:
            open_task_form(self._kit, self._office, self._host, task=tasks[0])

    def _next_step(self) -> None:
        """What follows: asked in the line of a task that is done, else a new task for the client of the line."""
        line, state = self.list.current(), self.presenter.state
        if line is None:
            return
        if line.task is not None and not is_open(line.task) and line.task.done_at is not None:
            self.presenter.ask(line.task.id)
            return
        if line.client_id is not None and state.day is not None:
            open_task_form(
                self._kit,
                self._office,
                self._host,
                client_id=line.client_id,
                kind=line.task.kind if line.task is not None else usual_kind(state.day, line),
                manager_id=state.manager_id,
                done=lambda task: self.happened("planned", [task]),
            )

    def _done(self) -> None:
        tasks = open_tasks(self.list.chosen())
        if len(tasks) == 1:
            self.presenter.toggle(tasks[0])
        elif tasks:
            self.presenter.done(tasks)

    def _move(self) -> None:
        tasks = open_tasks(self.list.chosen())
        if tasks:
            rect = self.list.visualRect(self.list.currentIndex())
            at = self.list.viewport().mapToGlobal(QPoint(rect.x() + 142, rect.bottom() + 2))
            open_move(
                self._kit,
                self._host,
                at,
                tasks[0],
                lambda day: self.presenter.move(tasks, day),
                self.presenter.office.today(),
            )

    def _move_by(self, days: int) -> None:
        self.presenter.move_by(open_tasks(self.list.chosen()), days)

    def _late(self) -> list[TaskRow]:
        """The late tasks that were chosen, when several were; else all of them."""
        chosen = [task for line in self.list.chosen() if line.section is Section.LATE for task in open_tasks([line])]
        day = self.presenter.state.day
        everything = [one.task for one in day.late if is_open(one.task)] if day is not None else []
        return chosen if len(chosen) > 1 else everything

    def _any_late(self) -> bool:
        return bool(self._late())

    def _spread(self) -> None:
        self.presenter.plan_spread(self._late())

    def _release(self) -> None:
        self._ask_reason(open_tasks(self.list.chosen()))

    def _release_section(self) -> None:
        self._ask_reason(self._late())

    def _ask_reason(self, tasks: Sequence[TaskRow]) -> None:
        if tasks:
            promises = sum(task.promise for task in tasks)
            ReleaseDialog(
                self._kit, self, len(tasks), promises, lambda reason: self.presenter.release(tasks, reason)
            ).open()

    def _print(self) -> None:
        from crmdesk.ui.printing import print_paper  # the printer's part of Qt, when it is first needed

        state, lang = self.presenter.state, self._kit.words.lang
        whose = state.manager_id
        if whose is None:
            return
        name = next((short_name(user.name) for user in state.people if user.id == whose), "")
        today = self.presenter.office.today()
        title = self._kit.words.gettext("Day {day}, {name}", day=self._kit.words.day(today), name=name)
        print_paper(
            self._kit,
            self._host,
            title,
            lambda job, printed: self.presenter.office.pdf(whose, lang, job, printed=printed),
        )

    # what has happened -----------------------------------------------------------------------------
    def happened(self, what: str, tasks: Sequence[TaskRow]) -> None:
        """Tells what cannot be seen at a glance; what stands in its line needs no words."""
        w, count = self._kit.words, len(tasks)
        if what in ("moved", "spread"):
            day = tasks[0].due_day if tasks else None
            text = w.ngettext("{n} task moved", "{n} tasks moved", count)
            plain = said_day(day, w) if what == "moved" and day is not None else ""
        elif what == "released":
            text, plain = w.ngettext("{n} task taken off", "{n} tasks taken off", count), ""
        elif what == "planned" and tasks:
            text = w.gettext("Planned")
            day = tasks[0].due_day
            plain = " ".join(part for part in (said_day(day, w) if day else "", tasks[0].client) if part)
        else:
            return
        undo = self._kit.commands.known("undo")
        self._host.tell(
            "neutral",
            text,
            plain,
            action=w.gettext("Undo") if undo else "",
            press=(lambda: self._kit.commands.run("undo")) if undo else None,
        )

    def refused(self, error: Exception) -> None:
        """Says why something was not possible, and shows what is true now."""
        self._host.tell("over", told(error, self._kit.words))
        self.presenter.load()

    def show_plan(self, plan: Plan, tasks: Sequence[TaskRow]) -> None:
        """How late work would lie over the week."""
        SpreadDialog(self._kit, self, plan, tasks, lambda: self.presenter.spread(plan)).open()

    # time ------------------------------------------------------------------------------------------
    def _wait_for_minute(self) -> None:
        self._minute.start(max(1000, MINUTE - self.presenter.office.seconds() * 1000))

    def _minute_passed(self) -> None:
        self._wait_for_minute()
        self.presenter.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.head.arrange(event.size().width())
        if self._beside and self.presenter.state.client_id is None:
            self._rest.start()  # there may be room beside the list now
