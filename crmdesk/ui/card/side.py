"""The right pane of the card: people, facts, orders, potential, goal; each edited in place. The screen tells it which
client is shown; one column, two from TWO_COLUMNS pixels on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.conflict import Field
from crmdesk.domain.lists import Importance
from crmdesk.system.drafts import Draft, Drafts
from crmdesk.ui.card.clash import ClashDialog
from crmdesk.ui.card.client_fields import LINES, Ground
from crmdesk.ui.card.edit_in_place import PAD, Value
from crmdesk.ui.card.new_client import open_new_client
from crmdesk.ui.card.printing import print_cards
from crmdesk.ui.card.side_facts import FactsSection, draft_key
from crmdesk.ui.card.side_office import SideOffice
from crmdesk.ui.card.side_orders import GoalSection, OrdersSection, PotentialSection
from crmdesk.ui.card.side_people import PeopleSection
from crmdesk.ui.card.side_presenter import Clash, Saving, SidePresenter, SideState
from crmdesk.ui.card.side_section import Bench, Section
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.tokens import SMALL
from crmdesk.ui.widgets.controls import Elided

TWO_COLUMNS = 600  # pixels
RETRY = 10_000  # milliseconds until what could not be stored is tried again
MARGIN = 16


class DraftBar(QWidget):
    """«Есть незаписанный текст от 14:02 · Вернуть · Выбросить»; hidden while there is none."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(0)
        self._words = Elided(kit, "today")
        self._words.setFixedHeight(20)
        self._words.setContentsMargins(22, 0, 0, 0)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.bring_back = Value(kit, token="primary", fits=True)
        self.throw_away = Value(kit, token="primary", fits=True)
        row.addWidget(self.bring_back)
        row.addWidget(self.throw_away)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def tell(self, draft: Draft, moment: str) -> None:
        """Says that there is a text, and from when."""
        w = self._kit.words
        self._words.say(w.gettext("There is unsaved text of {moment}", moment=moment))
        self.setAccessibleName(self._words.text())
        self.bring_back.say(w.gettext("Bring it back"))
        self.throw_away.say(w.gettext("Throw it away"))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        Draw(painter, self._kit.look).fill(0, 0, self.width(), self.height(), "today_tint", 6)
        painter.end()


class Foot(QWidget):
    """How it stands with what was typed: being stored, stored, kept here; hidden while nothing was."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN - 4, 2, MARGIN - 4, 4)
        row.setSpacing(4)
        self.words = Value(kit, size=SMALL, lines=3)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words.setCursor(Qt.CursorShape.ArrowCursor)
        self.action = Value(kit, token="primary", fits=True, size=SMALL)
        row.addWidget(self.words, 1)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str, icon: str, token: str, action: str) -> None:
        """Says it; nothing hides it."""
        self.words.say(text, icon=icon, icon_token=token, token="muted" if token in ("done", "muted") else token)
        self.action.say(action)
        self.action.setVisible(bool(action))
        self.setVisible(bool(text))


class SidePane(QWidget):
    """Shows `card`; None while another one is on its way. `wanted`: an editor opens, the pane is to be seen."""

    wanted = Signal()

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self.card: ClientCard | None = None
        self._whole_office = office
        self._office = SideOffice(office)
        self.presenter = SidePresenter(self, kit.runner, self._office, office.desk.clock)
        self.drafts = Drafts.of(office.address, office.me.id)
        self._bench = Bench(kit, self._office, self.presenter, self.drafts, self._ground)
        self._offered: Draft | None = None
        self.clash: ClashDialog | None = None
        self._build()
        self._retry = QTimer(self, interval=RETRY)
        self._retry.timeout.connect(self.presenter.again)
        kit.language.changed.connect(self.retranslate)
        self.show_state(self.presenter.state)
        self._offer()

    def _offer(self) -> None:
        there = lambda: self.card is not None  # noqa: E731
        for command in (
            Command("edit", N_("Change the facts"), self.edit, "edit", "F2", "pencil", there),
            Command("person", N_("Change the people"), self.edit_person, "client", "Ctrl+Shift+P", "users", there),
            Command("print", N_("Print the card…"), self.print, "file", "Ctrl+P", "printer", there),
            Command("order", N_("New order"), self.add_order, "client", "Ctrl+Shift+O", "package", there),
        ):
            self._host.offer(command)

    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.draft_bar = DraftBar(kit)
        self.draft_bar.bring_back.clicked.connect(self._bring_back)
        self.draft_bar.throw_away.clicked.connect(self._throw_away)
        around = QHBoxLayout()
        around.setContentsMargins(MARGIN - 4, 6, MARGIN - 4, 0)
        around.addWidget(self.draft_bar)
        column.addLayout(around)
        inner = QWidget()
        inner.setMinimumWidth(1)  # never wider than the pane, whatever the words in it
        self._columns = QHBoxLayout(inner)
        self._columns.setContentsMargins(MARGIN - PAD, 4, MARGIN - PAD, MARGIN)
        self._columns.setSpacing(2 * MARGIN)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for half in (self._left, self._right):
            half.setContentsMargins(0, 0, 0, 0)
            half.setSpacing(0)
            self._columns.addLayout(half, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        column.addWidget(self.area, 1)
        self.foot = Foot(kit)
        self.foot.action.clicked.connect(self._foot_pressed)
        column.addWidget(self.foot)
        self.people = PeopleSection(self._bench)
        self.facts = FactsSection(self._bench, self.people.edit_first)
        self.orders = OrdersSection(self._bench)
        self.potential = PotentialSection(self._bench)
        self.goal = GoalSection(self._bench, self.edit)
        self._two: bool | None = None
        self._place(two=False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All parts, in the order of one column."""
        return self.people, self.facts, self.orders, self.potential, self.goal

    def _place(self, *, two: bool) -> None:
        if two == self._two:
            return
        self._two = two
        for half in (self._left, self._right):
            while half.takeAt(0) is not None:
                pass
        right: tuple[Section, ...] = (self.orders, self.potential, self.goal) if two else ()
        for section in self.sections:
            half = self._right if section in right else self._left
            section.rule.setVisible(half.count() > 0)
            half.addWidget(section)
        for half in (self._left, self._right):
            half.addStretch(1)
        self._columns.setStretch(1, 1 if two else 0)
        self._columns.setSpacing(2 * MARGIN if two else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._place(two=self.width() >= TWO_COLUMNS)

    def _ground(self) -> Ground:
        state, facts = self.presenter.state, self._office.facts
        side = state.side
        return Ground(
            words=self._kit.words,
            country=facts.country,
            currency=facts.currency,
            me=self._office.me,
            users=state.users,
            norms=side.norms if side is not None else None,
            referrer=side.referrer if side is not None else "",
        )

    # what the card's screen asks ---------------------------------------------------------------------
    def show_card(self, card: ClientCard | None) -> None:
        """Shows a client, or the same one read anew."""
        before = self.card.form.id if self.card is not None else 0
        self.card = card
        if card is not None and card.form.id != before:
            self._store_open_editors()
        self.presenter.show(card)
        if card is not None and card.form.id != before:
            self._offer_draft()

    def edit(self, line: str = "name") -> None:
        """F2: opens the editor of a line of facts; of the one that has the keyboard when there is one."""
        focused = next((name for name, row in self.facts.rows.items() if row.value.hasFocus()), line)
        self.wanted.emit()
        self.facts.edit(focused)

    def edit_person(self) -> None:
        """Opens the editor of the first of the people, or of a new one."""
        self.wanted.emit()
        self.people.edit_first()

    def add_order(self) -> None:
        """Opens the form of a new order."""
        self.orders.open_form()

    def print(self) -> None:
        """The card on paper."""
        if self.card is not None:
            print_cards(self._kit, self._whole_office, self._host, [self.card.form.id], self.card.form.name)

    @property
    def unsaved(self) -> bool:
        """Whether anything typed is not in the store yet."""
        return self.presenter.unsaved or bool(self.facts.editing) or self.people.editor is not None

    def pose(self, name: str) -> None:
        """For pictures: "person" and "facts" have an editor open, "conflict" asks about a clash, "new" is the form of
        a new client, "order" that of an order."""
        w, form = self._kit.words, self.presenter.state.form
        if name == "person":
            self.edit_person()
        elif name == "facts":
            self.wanted.emit()
            self.facts.edit("tax_number")
            editor = self.facts.rows["tax_number"].editor
            if editor is not None:
                editor.put({"tax_number": "770123456"})
                editor.commit()
                self.drafts.forget(draft_key(self.presenter.state.client_id, "tax_number"))
        elif name == "order":
            self.orders.open_form()
        elif name == "new" and form is not None:
            open_new_client(self._kit, self._whole_office, self._host, form.name)
        elif name == "conflict" and form is not None:
            fields = {
                "address": Field(w.gettext("10 Mira Street, entrance 2"), w.gettext("12 Mira Street"), form.address),
                "importance": Field(form.importance, Importance.POTENTIAL_VIP.value, form.importance),
                "notes": Field(w.gettext("Call before ten"), w.gettext("Call after lunch"), form.notes),
            }
            clash = Clash(fields, self._office.me.name, self._kit.clock.now(), form.version, form, form)
            self._show_clash(clash)

    def _store_open_editors(self) -> None:
        """Another client comes: what stands in an open editor is kept as a draft, nothing is asked."""
        if self.people.editor is not None:
            self.people.editor.keep()

    # drafts ------------------------------------------------------------------------------------------
    def _offer_draft(self) -> None:
        client_id = self.presenter.state.client_id
        mine = f"client-{client_id}-"
        ours = {f"{mine}{line}" for line in LINES}
        self._offered = next(
            (
                draft
                for draft in self.drafts.pending()
                if draft.key in ours or draft.key.startswith(f"{mine}person-") or draft.key == f"{mine}order"
            ),
            None,
        )
        if self._offered is None:
            self.draft_bar.hide()
            return
        words, clock = self._kit.words, self._kit.clock
        at = self._offered.at.astimezone(clock.local().tzinfo)
        today = at.date() == clock.today()
        self.draft_bar.tell(self._offered, words.time(at.time()) if today else words.moment(at))

    def _bring_back(self) -> None:
        draft, self._offered = self._offered, None
        self.draft_bar.hide()
        if draft is None:
            return
        what = draft.key.removeprefix(f"client-{self.presenter.state.client_id}-")
        if what in LINES:
            self.facts.edit(what, draft.fields)
        elif what == "order":
            self.orders.open_form()
        elif not self.people.bring_back(draft.key, dict(draft.fields)):
            self._offered = draft  # his people are still on their way, or he is in the archive
            self.draft_bar.show()

    def _throw_away(self) -> None:
        if self._offered is not None:
            self.drafts.forget(self._offered.key)
        self._offer_draft()

    # the presenter's view ------------------------------------------------------------------------------
    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        self.area.setVisible(state.client_id != 0)
        for section in self.sections:
            section.show_state(state)
        self._say_saving(state)
        if state.saving is Saving.LOCAL:
            if not self._retry.isActive():
                self._retry.start()
        else:
            self._retry.stop()
        if state.clash is not None and self.clash is None:
            self._show_clash(state.clash)

    def _show_clash(self, clash: Clash) -> None:
        self.clash = ClashDialog(self._kit, self.window(), clash, self._ground(), self.presenter.decide)
        self.clash.finished.connect(self._asked)
        self.clash.open()

    def _asked(self) -> None:
        self.clash = None

    def stored(self, client_id: int, *nouns: str) -> None:
        """Something was written: its drafts go, the other views hear of it."""
        if "clients" in nouns:
            here = client_id == self.presenter.state.client_id
            for line in LINES:
                if not here or line != self.facts.editing:
                    self.drafts.forget(f"client-{client_id}-{line}")
        self._kit.changes.tell(*nouns, clients=[client_id])

    def _say_saving(self, state: SideState) -> None:
        w = self._kit.words
        at = w.time(state.at.time()) if state.at is not None else ""
        if state.error is not None and state.side is None:
            self.foot.tell(told(state.error, w), "circle-alert", "over", w.gettext("Retry"))
        elif state.saving is Saving.UNDER_WAY:
            self.foot.tell(w.gettext("Saving…"), "clock", "muted", "")
        elif state.saving is Saving.STORED:
            merged = w.gettext("{who} has changed other fields", who=state.merged) if state.merged else ""
            self.foot.tell(
                " · ".join(part for part in (w.gettext("Saved {time}", time=at), merged) if part), "check", "done", ""
            )
        elif state.saving is Saving.LOCAL:
            self.foot.tell(
                w.gettext("No connection; the text of {time} is kept on this computer", time=at),
                "circle-alert",
                "over",
                w.gettext("Retry"),
            )
        elif state.saving is Saving.REFUSED and state.refusal is not None:
            self.foot.tell(told(state.refusal, w), "circle-alert", "over", w.gettext("Bring it back"))
        elif state.saving is Saving.CONFLICT:
            self.foot.tell(w.gettext("Two people changed the same"), "triangle-alert", "today", w.gettext("Compare"))
        else:
            self.foot.tell("", "", "muted", "")

    def _foot_pressed(self) -> None:
        state = self.presenter.state
        if state.clash is not None:
            if self.clash is None:
                self._show_clash(state.clash)
        elif state.saving is Saving.LOCAL:
            self.presenter.again()
        elif state.saving is Saving.REFUSED:
            self._offer_draft()
            self._bring_back()
        else:
            self.presenter.load()

    def retranslate(self) -> None:
        """Says everything anew."""
        for section in (self.people, self.orders):
            section.say_all()
        self.facts.say_all(self._ground())
        self.show_state(self.presenter.state)
        if self.draft_bar.isVisible():
            self._offer_draft()
