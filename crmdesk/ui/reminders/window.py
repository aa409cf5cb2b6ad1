"""The one window of reminders: comes up without taking the keyboard, and can be worked through by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainterPath, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.reminders import Kind, Occasion, Snooze, folded
from crmdesk.domain.tasks import TaskRow
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.reminders.lines import MARGIN, ROW, WIDTH, LinePainter, Occasions
from crmdesk.ui.reminders.presenter import RemindersPresenter, RemindersState
from crmdesk.ui.task.next_step import NextStepRow
from crmdesk.ui.theme.tokens import RADIUS_POPUP
from crmdesk.ui.widgets.controls import Button, Label, Tool

MOST_ROWS = 8  # then the list scrolls
PAUSE = 3000  # milliseconds without a key before the window comes up
THROUGH = (Qt.Key.Key_F1, Qt.Key.Key_F8)  # keys that mean the same here as in the main window
SNOOZES = (
    (Snooze.MINUTES_5, N_("+5 min"), Qt.Key.Key_1),
    (Snooze.MINUTES_15, N_("+15 min"), Qt.Key.Key_2),
    (Snooze.HOUR, N_("+1 hour"), Qt.Key.Key_3),
    (Snooze.TOMORROW, N_("Tomorrow {time}"), Qt.Key.Key_4),
    (Snooze.MONDAY, N_("Monday {time}"), Qt.Key.Key_5),
)
IN_FOOT = (Snooze.MINUTES_15, Snooze.HOUR, Snooze.TOMORROW)
SILENCES = (
    (Snooze.HOUR, N_("For an hour")),
    (Snooze.TOMORROW, N_("Until tomorrow {time}")),
    (Snooze.MONDAY, N_("Until Monday {time}")),
)


class RemindersWindow(QFrame):
    """A window of its own beside the main one. Closing it answers nothing: what stands stays with the bell."""

    def __init__(self, kit: Kit, owner: QWidget, open_at: Callable[[Occasion], None]) -> None:
        super().__init__(owner, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle("CRMDesk")
        self.setFixedWidth(WIDTH)
        self.presenter: RemindersPresenter | None = None
        self._kit = kit
        self._owner = owner
        self._open_at = open_at
        self._state: RemindersState | None = None
        self._all = False
        self._waiting = False  # for the question that follows a task
        self._grip: QPoint | None = None
        self._working: QWidget | None = None  # where the person worked when this window came up uninvited
        self._pause = QTimer(self, singleShot=True, interval=PAUSE, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self.appear_now)
        self._build()
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self.update)
        self.retranslate()

    def _build(self) -> None:
        kit = self._kit
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._box = box = QFrame()
        box.setObjectName("popup")
        outer.addWidget(box)
        column = QVBoxLayout(box)
        column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 4)
        head.setSpacing(4)
        self.heading = Label(kit, "", "strong")
        self.silence = Button(kit, "", self._choose_silence, kind="flat")
        self.close_tool = Tool(kit, "x", N_("Close"), self._close)
        head.addWidget(self.heading, 1)
        head.addWidget(self.silence)
        head.addWidget(self.close_tool)
        column.addLayout(head)
        self.model = Occasions(kit)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(LinePainter(kit, self.model, self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet("background: transparent")
        self.list.activated.connect(lambda index: self._go(self.model.occasions[index.row()]))
        self.list.installEventFilter(self)
        column.addWidget(self.list)
        self.asked: NextStepRow | None = None  # «what next?», in the place of the buttons
        self._asking = QVBoxLayout()
        self._asking.setContentsMargins(0, 0, 0, 0)
        self.more = Button(kit, "", self._show_all, kind="flat")
        self.trouble = Label(kit, "", "error")
        self.trouble.setWordWrap(True)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.trouble)
        column.addLayout(self._asking)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 12, 0, 0)
        foot.setSpacing(8)
        self.done = Button(kit, N_("Done"), self._done, kind="primary", icon="check")
        foot.addWidget(self.done)
        self.later: dict[Snooze, Button] = {}
        for choice in IN_FOOT:
            self.later[choice] = Button(kit, "", _with(self._snooze, choice))
            foot.addWidget(self.later[choice])
        foot.addStretch()
        self.others = Tool(kit, "ellipsis", N_("More"), self._choose_other)
        foot.addWidget(self.others)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        column.addWidget(self._foot)
        self.setFocusProxy(self.list)

    # showing ------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether a person sees it, or will as soon as he stops typing."""
        return self.isVisible() or self._pause.isActive()

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self.setAccessibleName(words.gettext("Reminders"))
        self.list.setAccessibleName(words.gettext("Reminders"))
        for choice, text, _key in SNOOZES:
            if choice in self.later:
                self.later[choice].say(self._timed(text))
        self.more.setAccessibleName(words.gettext("Show all reminders"))
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: RemindersState) -> None:
        """The presenter's state; the place in the list is kept."""
        self._state = state
        words = self._kit.words
        presenter = self.presenter
        most = presenter.most if presenter is not None else MOST_ROWS
        if len(state.standing) <= most + 1:
            self._all = False
        shown, rest = (list(state.standing), 0) if self._all else folded(state.standing, most)
        chosen = {one.key for one in self.selected()}
        self.model.put(shown, state)
        self._select(chosen)
        rows = min(max(len(shown), 1), MOST_ROWS)
        self.list.setFixedHeight(rows * ROW if shown else 0)
        self.heading.setText(words.gettext("Now") if shown else words.gettext("Nothing to be reminded of now"))
        self.more.say(words.gettext("{n} more", n=words.number(rest)))
        self.more.setVisible(rest > 0)
        self.trouble.setText(told(state.error, words) if state.error is not None else "")
        self.trouble.setVisible(state.error is not None)
        self._foot.setVisible(bool(shown) and self.asked is None)
        quiet = state.quiet_until is not None and state.quiet_until > state.now
        self.silence.say(
            words.gettext("quiet until {time}", time=self._moment(state.quiet_until))
            if quiet and state.quiet_until is not None
            else words.gettext("quiet until…")
        )
        if self.isVisible():
            self._fit()

    def appear(self) -> None:
        """Comes up without the keyboard, when no key was pressed for three seconds."""
        if self.isVisible():
            return
        if not self._pause.isActive():
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._pause.start()

    def appear_now(self) -> None:
        """Comes up, wherever the person is; the keyboard stays where it was."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._pause.stop()
        if self._state is None or not self._state.standing:
            return
        self._all = False
        self.show_state(self._state)
        self._fit()
        self._working = QApplication.activeWindow()
        self.show()

    def call(self) -> None:
        """Somebody asked for it: it comes up with the keyboard."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._pause.stop()
        if self._state is not None:
            self.show_state(self._state)
        self._fit()
        self._working = None
        self.show()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.model.occasions and not self.selected():
            self._select({self.model.occasions[0].key})

    def _fit(self) -> None:
        """As high as its lines, in the lower right corner of the main window or, if that is hidden, of the screen."""
        for layout in (self._box.layout(), self.layout()):
            if layout is not None:
                layout.invalidate()
                layout.activate()
        self.setFixedHeight(self.sizeHint().height())
        screen = self._owner.screen().availableGeometry()
        area = self._owner.geometry() if self._owner.isVisible() and not self._owner.isMinimized() else screen
        area = area.intersected(screen) if area.intersects(screen) else screen
        if QGuiApplication.platformName() == "xcb":  # without a compositor the corners would be black there
            rounded = QPainterPath()
            rounded.addRoundedRect(QRectF(self.rect()), RADIUS_POPUP - 1, RADIUS_POPUP - 1)  # the edge stays smooth
            self.setMask(QRegion(rounded.toFillPolygon().toPolygon()))
        if self._grip is None:
            self.move(area.right() - self.width() - MARGIN, area.bottom() - self.height() - 2 * MARGIN - 12)

    def _moment(self, at: datetime) -> str:
        assert self._state is not None
        words = self._kit.words
        local = at.astimezone(self._state.zone)
        time = words.time(local.time())
        same = local.date() == self._state.now.astimezone(self._state.zone).date()
        return time if same else f"{words.weekday_short(local.weekday())} {time}"

    def _timed(self, text: str) -> str:
        presenter = self.presenter
        minutes = presenter.morning if presenter is not None else 9 * 60
        hours, rest = divmod(minutes, 60)
        shown = self._kit.words.gettext(text)
        return shown.replace("{time}", f"{hours}:{rest:02d}")

    # choosing -----------------------------------------------------------------------------------------
    def selected(self) -> list[Occasion]:
        """The chosen reminders, in order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.occasions[row] for row in rows if row < len(self.model.occasions)]

    def _select(self, keys: set[str]) -> None:
        """Chooses these again, or the first line when they are gone."""
        rows = [row for row, one in enumerate(self.model.occasions) if one.key in keys]
        if not rows and self.model.occasions:
            rows = [0]
        model = self.list.selectionModel()
        model.clearSelection()
        for row in rows:
            model.select(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)
        if rows and self.list.currentIndex().row() not in rows:
            model.setCurrentIndex(self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_all(self) -> None:
        self._all = True
        if self._state is not None:
            self.show_state(self._state)
        self.list.setFocus()

    def _done(self) -> None:
        chosen = self.selected()
        self._waiting = len(chosen) == 1 and chosen[0].client_id is not None and chosen[0].task_id is not None
        if self.presenter is not None:
            self.presenter.done(chosen)
        self._after()

    def _snooze(self, choice: Snooze) -> None:
        if self.presenter is not None:
            self.presenter.snooze(self.selected(), choice)
        self._after()

    def _dismiss(self) -> None:
        if self.presenter is not None:
            self.presenter.dismiss(self.selected())
        self._after()

    def _after(self) -> None:
        """Nothing left, nothing asked: it goes by itself; what is done comes back with its question."""
        if not self.model.occasions and self.asked is None and not self._waiting:
            self.close()

    def ask_next(self, task: TaskRow, today: date) -> None:
        """«What next?» in the place of the buttons; one key answers it, Esc leaves it."""
        self.leave_question()
        if not self.isVisible():
            return
        presenter = self.presenter
        if presenter is None:
            return
        self.asked = NextStepRow(
            self._kit,
            task,
            today,
            answered=lambda answer: presenter.follow(task, answer),
            left=self.leave_question,
        )
        self._asking.addWidget(self.asked)
        if self._state is not None:
            self.show_state(self._state)
        if self.isActiveWindow():
            self.asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_question(self) -> None:
        """The question was answered, or is not answered now."""
        self._waiting = False
        if self.asked is None:
            return
        asked, self.asked = self.asked, None
        self._asking.removeWidget(asked)
        asked.hide()
        asked.deleteLater()
        if self._state is not None:
            self.show_state(self._state)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._after()

    def _close(self) -> None:
        self.close()

    def _go(self, occasion: Occasion) -> None:
        self._open_at(occasion)

    def silence_menu(self, parent: QWidget) -> QMenu:
        """Until when no window comes up by itself."""
        menu = QMenu(parent)
        words = self._kit.words
        for choice, text in SILENCES:
            menu.addAction(self._timed(text), _with(self._be_quiet, choice))
        menu.addSeparator()
        menu.addAction(words.gettext("Remind as usual"), _with(self._be_quiet, None))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _be_quiet(self, choice: Snooze | None) -> None:
        if self.presenter is not None:
            self.presenter.quiet(choice)
            if choice is not None:
                self.close()

    def _choose_silence(self) -> None:
        self.silence_menu(self).popup(self.silence.mapToGlobal(QPoint(0, self.silence.height())))

    def _choose_other(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self._kit.words
        for choice, text, _key in SNOOZES:
            if choice not in IN_FOOT:
                menu.addAction(self._timed(text), _with(self._snooze, choice))
        menu.addSeparator()
        chosen = self.selected()
        if len(chosen) == 1:
            title = words.gettext("Open today") if chosen[0].kind is Kind.LATE else words.gettext("Open the client")
            menu.addAction(title, _with(self._go, chosen[0]))
        menu.addAction(words.gettext("Do not remind again"), self._dismiss)
        menu.popup(self.others.mapToGlobal(QPoint(0, self.others.height())))

    # Qt -----------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.KeyPress:
            if self._pause.isActive():
                self._pause.start()  # somebody types: three seconds from here
            if watched is self.list and isinstance(event, QKeyEvent) and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Digits put off, Del takes out, Ctrl+D is done; true when the key was ours."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        for choice, _text, key in SNOOZES:
            if plain and event.key() == key:
                self._snooze(choice)
                return True
        if plain and event.key() == Qt.Key.Key_Delete:
            self._dismiss()
            return True
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_D, ord("В")):  # the same key in a Cyrillic layout
            self._done()
            return True
        return False

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.WindowActivate and self._working is not None:
            before, self._working = self._working, None
            before.activateWindow()  # some desktops give the keyboard to every new window, asked or not
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Qt keeps the main window's keys working in a tool window: Ctrl+D or Del here would reach what lies there
            if event.key() not in THROUGH:
                event.accept()
                return True
        elif event.type() in (QEvent.Type.Enter, QEvent.Type.Hide):
            self._working = None  # the person came here
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.position().y() < ROW and self.windowHandle() is not None:
            self._grip = event.position().toPoint()  # it was put somewhere: it stays there
            self.windowHandle().startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        self._all = False
        self.leave_question()
        super().closeEvent(event)


def _with(do: Callable[..., None], value: object) -> Callable[[], None]:
    return lambda *_: do(value)
