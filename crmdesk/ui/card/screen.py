"""The card on the screen: the head over everything, composer and timeline at the left, the side pane at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.card import lacks_step
from crmdesk.domain.tasks import CONTACT_OF, TaskRow
from crmdesk.domain.timeline import EntryKind, Place
from crmdesk.system.drafts import Drafts
from crmdesk.ui.card import composer_presenter as composing
from crmdesk.ui.card.composer import Composer
from crmdesk.ui.card.composer_presenter import Typed
from crmdesk.ui.card.header import CardHeader, HeadVerbs
from crmdesk.ui.card.office import CardVerbs
from crmdesk.ui.card.pills import Choice, Pills
from crmdesk.ui.card.presenter import CardPresenter, CardState, Phase
from crmdesk.ui.card.side import SidePane
from crmdesk.ui.card.timeline import TimelineModel, TimelineView
from crmdesk.ui.card.timeline_lines import PILLS, Line, lines
from crmdesk.ui.commands import Command
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import ClientAt, Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.task.form import open_task_form
from crmdesk.ui.task.move import open_move
from crmdesk.ui.theme.tokens import MARGIN
from crmdesk.ui.widgets.controls import Button, Field, Tool
from crmdesk.ui.widgets.states import StatePane

SIDE, WIDE_SIDE = 312, 680  # pixels: one column, two columns
WIDE_SCREEN = 1300  # of the card, from which the side pane has two columns: a window of about 1600
NARROW_SCREEN = 880  # below it timeline and side pane take turns
LOW_SCREEN = 520  # below it the figures make room for what is being written
PAUSE = 120  # milliseconds after the last key before a search starts


class CardScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._office = office
        self._verbs = CardVerbs(office.desk)
        self._state = CardState()
        self._opened: set[Place] = set()  # places of entries that are shown whole
        self._draft: Drafting | None = None
        self._shows_side = False
        self._left = False  # another view is open
        self.presenter = CardPresenter(self, kit.runner, self._verbs)
        self._build()
        self._offer()
        kit.language.changed.connect(self.retranslate)
        self.retranslate()
        self.show_state(self._state)

    # building --------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        whole = QWidget()
        self.states = StatePane(kit, whole)
        column.addWidget(self.states)
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        verbs = HeadVerbs(self.step, self._menu, self._record, self._done, self._move, self._change, self._plan)
        self.header = CardHeader(kit, self._office.facts.currency, verbs)
        page.addWidget(self.header)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        page.addLayout(body, 1)
        self.left = QWidget()
        body.addWidget(self.left, 1)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 10, 0, 0)
        left.setSpacing(8)
        left.addLayout(self._pill_row())
        self.composer = Composer(kit, lambda: self._verbs.today)
        self.composer.changed.connect(self._typed)
        self.composer.sent.connect(self._send)
        self.composer.dropped.connect(self._dropped)
        self.composer.unfolded.connect(lambda there: self._arrange())
        around = QHBoxLayout()
        around.setContentsMargins(MARGIN, 0, MARGIN, 0)
        around.addWidget(self.composer)
        left.addLayout(around)
        self.model = TimelineModel(self.presenter.older)
        self.timeline = TimelineView(kit, self.model)
        self.timeline.opened.connect(self._open_line)
        self.stream = StatePane(kit, self.timeline)
        self.stream.setMinimumHeight(0)
        self.stream.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        left.addWidget(self.stream, 1)
        self.side = SidePane(kit, self._office, self._host)
        self.side.wanted.connect(self._show_side)
        self.side_frame = QFrame()
        self.side_frame.setObjectName("inspector")
        frame = QVBoxLayout(self.side_frame)
        frame.setContentsMargins(1, 0, 0, 0)
        frame.setSpacing(0)
        self.back_to_left = Button(kit, N_("Back to the timeline"), self._turn, kind="flat", icon="arrow-left")
        self.back_to_left.hide()
        frame.addWidget(self.back_to_left, 0, Qt.AlignmentFlag.AlignLeft)
        frame.addWidget(self.side, 1)
        body.addWidget(self.side_frame)
        whole.setFocusProxy(self.composer.text)
        self.setFocusProxy(self.states)

    def _pill_row(self) -> QHBoxLayout:
        kit = self._kit
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        self.pills = Pills(kit, len(PILLS) + 1)
        self.pills.chosen.connect(self._pressed)
        self.search = Field(kit, N_("Search in the timeline"), icon="search")
        self.search.setMaximumWidth(240)
        self.search.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.presenter.search(self.search.text()))
        self.search.textEdited.connect(lambda text: self._pause.start())
        self.find_tool = Tool(kit, "search", N_("Search in the timeline"), self._find)
        self.to_side = Tool(kit, "user-round", N_("People and facts"), self._turn)
        self.to_side.hide()
        row.addWidget(self.pills, 1)
        row.addWidget(self.search)
        row.addWidget(self.find_tool)
        row.addWidget(self.to_side)
        return row

    def _offer(self) -> None:
        offer, there = self._host.offer, lambda: self._state.card is not None
        planned = lambda: self._state.figures is not None and self._state.figures.step is not None  # noqa: E731
        for command in (
            Command("record", N_("Record a contact"), self._record, "client", "Ctrl+Shift+N", "plus", there),
            Command("next-step", N_("Plan the next step"), self._plan, "task", "Ctrl+Shift+A", "arrow-right", there),
            Command("done", N_("Next step: done"), lambda: self._on_step(self._done), "task", "Ctrl+D", "check",
                    planned),
            Command("previous-client", N_("Previous client"), lambda: self.step(-1), "client", "Alt+PgUp", "chevron-up",
                    lambda: self._state.neighbour(-1) is not None),
            Command("next-client", N_("Next client"), lambda: self.step(1), "client", "Alt+PgDown", "chevron-down",
                    lambda: self._state.neighbour(1) is not None),
            Command("find", N_("Search in the timeline"), self._find, "edit", "Ctrl+F", "search", there),
            Command("refresh", N_("Read anew"), self.reload, "view", "F5", "repeat", there),
            Command("archive", N_("To the archive, or back"), self.presenter.archive, "client", "", "database-backup",
                    there),
        ):  # fmt: skip
            offer(command)

    # the frame asks --------------------------------------------------------------------------------
    def show_at(self, at: object) -> None:
        """Opens the client of a `ClientAt`."""
        if isinstance(at, ClientAt):
            self._keep_draft()
            other = at.client_id != self._state.client_id
            self.presenter.open(at.client_id, at.among)
            if other:
                self._begin_client(at.client_id)

    def reload(self) -> None:
        """Reads the client anew; what is typed stays."""
        self.presenter.load()

    def pose(self, name: str) -> None:
        """For pictures: some client with a history, in a state."""
        if name == "composer":
            self.composer.fill(
                Typed(
                    text=self._kit.words.gettext("Called: they want 5% off from 3,000 copies, the director decides"),
                    result="call_quote",
                    when="days",
                    step_title=self._kit.words.gettext("the answer on the discount"),
                )
            )
        elif name == "search":
            self._find()
            self.search.setText(self._kit.words.gettext("proof"))
            self.presenter.search(self.search.text())
        elif name == "changes":
            self._pressed(EntryKind.CHANGE)
        else:
            self.side.pose(name)

    # the client ------------------------------------------------------------------------------------
    def _begin_client(self, client_id: int) -> None:
        self._opened.clear()
        self.search.clear()
        self.search.hide()
        self.find_tool.show()
        drafts = Drafts.of(self._office.address, self._office.me.id)
        self._draft = Drafting(
            drafts, f"contact-{client_id}", self._kit.clock
        )  # a write under way may still need the last
        kept = self._draft.kept()
        self.composer.fill(Typed.of(kept.fields) if kept else Typed())
        if kept and not self.composer.typed.is_empty:
            w = self._kit.words
            self._host.tell(
                "neutral",
                w.gettext("Here is what you did not save"),
                w.moment(kept.at.astimezone(ZoneInfo(self._office.facts.zone))),
            )

    def step(self, step: int) -> None:
        """To a neighbour in the list he was opened from."""
        client_id = self._state.neighbour(step)
        if client_id is not None:
            at = ClientAt(client_id, self._state.among)
            self._host.moved(at)
            self.show_at(at)

    def _typed(self) -> None:
        if self._draft is not None:
            typed = self.composer.typed
            if typed.is_empty:
                self._draft.forget()
            else:
                self._draft.typed(typed.kept())

    def _keep_draft(self) -> None:
        if self._draft is not None:
            self._draft.flush()

    def _dropped(self) -> None:
        if self._draft is not None:
            self._draft.forget()

    # writing ---------------------------------------------------------------------------------------
    def _record(self) -> None:
        self._show_left()
        self.composer.begin()

    def _plan(self) -> None:
        self._show_left()
        self.composer.plan()

    def _done(self, task: TaskRow) -> None:
        if task.kind in CONTACT_OF and not task.promise:
            self._show_left()
            typed = self.composer.typed
            begun = composing.begun(task)
            self.composer.fill(replace(typed, kind=begun.kind, person=begun.person or typed.person), task)
            self.composer.begin()
        else:
            self.presenter.done(task.id)

    def _send(self) -> None:
        state, typed, w = self._state, self.composer.typed, self._kit.words
        if state.card is None or state.saving:
            return
        today = self._verbs.today
        field, sentence = composing.wrong(typed, today, w)
        if field:
            self.composer.complain(field, w.gettext(sentence))
            return
        segment = state.card.form.action_segment
        task = self.composer.task
        draft = self._draft
        self.presenter.record(
            composing.contact(typed, state.card.people, self.composer.kind),
            composing.next_step(typed, segment, today, w),
            typed.reason.strip() if typed.when == "nothing" else "",
            typed.referral.strip() if task is None else "",
            task_id=task.id if task else None,
            kept=lambda: self._kept(typed, draft),
        )

    def _kept(self, typed: Typed, draft: Drafting | None) -> None:
        """The store has it. What was typed since then stays."""
        if draft is not None:
            draft.forget()
        if self.composer.typed == typed:
            self.composer.fill(Typed())
            if self._host.here == "card":
                self.composer.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def written(self, *nouns: str) -> None:
        """Something of this client was stored: told to everybody."""
        self._kit.changes.tell(*nouns, clients=[self._state.client_id])

    def refused(self, error: Exception) -> None:
        """Nothing was stored; the words stay where they are."""
        self._host.tell("over", told(error, self._kit.words))

    def _on_step(self, verb: Callable[[TaskRow], None]) -> None:
        if self._state.figures is not None and self._state.figures.step is not None:
            verb(self._state.figures.step)

    def _move(self, anchor: QWidget, task: TaskRow) -> None:
        today = self._verbs.today
        open_move(self._kit, self._host, anchor, task, lambda day: self.presenter.move(task.id, day), today)

    def _change(self, task: TaskRow) -> None:
        open_task_form(self._kit, self._office, self._host, task=task)

    # actions ---------------------------------------------------------------------------------------
    def _menu(self, anchor: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        commands = self._kit.commands
        for name in ("record", "next-step", "find", "edit", "print", "refresh", "archive"):
            if commands.known(name):
                action = commands.action(name)
                action.setEnabled(commands[name].enabled())
                menu.addAction(action)
        menu.aboutToHide.connect(commands.wake)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    def _pressed(self, kind: EntryKind | None) -> None:
        self.presenter.show_kind(kind)

    def _find(self) -> None:
        self._show_left()
        self.search.show()
        self.find_tool.hide()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _end_search(self) -> None:
        self._pause.stop()
        self.search.clear()
        self.search.hide()
        self.find_tool.show()
        self.presenter.search("")
        self.composer.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, line: Line) -> None:
        cut = self.timeline.delegate.is_cut(line, self.timeline.viewport().width())
        if line.head or not (line.fold or line.open or cut):
            return
        place = line.key[1]
        if isinstance(place, Place):
            self._opened ^= {place}
        self._show_entries(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape and not self.search.isHidden():
            self._end_search()
            return
        super().keyPressEvent(event)

    # showing ---------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self.timeline.setAccessibleName(words.gettext("Timeline"))
        self.pills.setAccessibleName(words.gettext("What the timeline shows"))
        self.show_state(self._state)

    def show_state(self, state: CardState) -> None:
        """The presenter's state."""
        before, self._state = self._state, state
        if state.phase is Phase.NOBODY:
            words = self._kit.words
            self.states.empty(
                "building-2",
                words.gettext("No client is open"),
                words.gettext("Choose one in the list, or look for him by name or phone."),
                button=words.gettext("To the list"),
                press=lambda: self._host.go("clients"),
            )
            return
        if state.phase is Phase.FAILED and state.error is not None:
            self.states.failed(state.error, self.presenter.load, anew=True)
            return
        if state.phase is Phase.LOADING:
            self.states.loading()
        if state.phase is Phase.READY:
            self.states.ready()
        self.header.show_card(state.card, state.figures, state.others, self._verbs.today)
        self.header.neighbours(state.neighbour(-1) is not None, state.neighbour(1) is not None)
        self.composer.show_saving(state.saving)
        if before.card is not state.card:
            self.composer.show_card(state.card)
            self.composer.setEnabled(state.card is None or not state.card.archived)
            self.side.show_card(state.card)
        self._show_pills(state)
        self._show_entries(state)
        if state.phase is Phase.READY and before.phase is not Phase.READY and self._host.here == "card":
            self.composer.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pills(self, state: CardState) -> None:
        w, counts = self._kit.words, state.counts or {}
        found = [Choice(None, w.pgettext("timeline", "All"))]
        for kind, name in PILLS.items():
            if counts.get(kind) or kind is state.kind:
                found.append(Choice(kind, w.gettext(name), w.number(counts.get(kind, 0))))
        self.pills.offer(found, state.kind)

    def _show_entries(self, state: CardState) -> None:
        w = self._kit.words
        if state.entries is None:
            if state.lost is not None:
                self.stream.failed(state.lost, self.presenter.load, anew=True)
            else:
                self.stream.loading(anew=True)
            return
        if not state.entries:
            if state.kind is not None or state.text:
                self.stream.filtered(self._reset)
            else:
                self.stream.empty(
                    "history",
                    w.gettext("Nothing happened with this client yet"),
                    w.gettext("Write the first call or visit into the line above: two words are enough."),
                )
            return
        self.stream.ready()
        breach = state.card is not None and lacks_step(state.card) and state.kind is None and not state.text
        opened = self._opened
        if state.kind is EntryKind.CHANGE:  # whoever asks for the changes wants to see what they were
            opened = {entry.place for entry in state.entries} ^ opened
        found = lines(
            state.entries,
            w,
            self._office.facts.currency,
            self._verbs.today,
            opened,
            breach=breach,
        )
        self.timeline.show_lines(found, more=state.more)

    def _reset(self) -> None:
        self.search.clear()
        self.presenter.reset()

    # shape -----------------------------------------------------------------------------------------
    def _turn(self) -> None:
        self._shows_side = not self._shows_side
        self._arrange()

    def _show_side(self) -> None:
        if not self._shows_side and not self.side_frame.isVisible():
            self._turn()

    def _show_left(self) -> None:
        if self._shows_side:
            self._turn()

    def _arrange(self) -> None:
        narrow = self.width() < NARROW_SCREEN
        writing = self.height() < LOW_SCREEN and not self.composer.more.isHidden()
        self.header.metrics.setVisible(not writing)
        self._shows_side = self._shows_side and narrow
        self.left.setVisible(not self._shows_side)
        self.side_frame.setVisible(not narrow or self._shows_side)
        self.to_side.setVisible(narrow)
        self.back_to_left.setVisible(narrow)
        if narrow:
            self.side_frame.setMinimumWidth(0)
            self.side_frame.setMaximumWidth(16777215)
        else:
            self.side_frame.setFixedWidth(WIDE_SIDE if self.width() >= WIDE_SCREEN else SIDE)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        if not event.spontaneous() and self._left:
            self._left = False
            self.presenter.enter()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102
        super().hideEvent(event)
        self._keep_draft()
        if not event.spontaneous() and not self._kit.runner.closed:
            self._left = True
            self.presenter.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()
