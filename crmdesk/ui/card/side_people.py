"""The people of a client in the right pane: phones that show themselves when asked, consents, birthdays near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.names import Birthday, greeted_on
from crmdesk.domain.people import ConsentRow, ContactRow, PersonRow, masked
from crmdesk.domain.phones import shown
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.card.edit_in_place import Value
from crmdesk.ui.card.person_edit import CONSENT_WORDS, PersonEditor, person_key
from crmdesk.ui.card.side_presenter import SideState
from crmdesk.ui.card.side_section import Bench, Section
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas

NEAR = 14  # days before a birthday from which it is spoken of
FIRST = 5  # people shown before the rest is asked for
ROLES = {  # of content's decision_role, short enough to stand beside a name
    "decides": N_("decides"),
    "influences": N_("influences"),
    "orders": N_("buyer"),
    "approves_proof": N_("signs proofs"),
    "pays": N_("pays"),
    "receives": N_("receives"),
    "gatekeeper": N_("secretary"),
    "ally": N_("our friend"),
}


def days_until(birthday: Birthday, today: date) -> int:
    """Days to the next day on which he is greeted."""
    this_year = greeted_on(birthday, today.year)
    following = this_year if this_year >= today else greeted_on(birthday, today.year + 1)
    return (following - today).days


def birthday_words(birthday: Birthday, today: date, w: Words) -> str:
    """«сегодня», «завтра», «через 5 дней»; "" when it is not near."""
    days = days_until(birthday, today)
    if days > NEAR:
        return ""
    if days == 0:
        return w.gettext("today")
    return w.gettext("tomorrow") if days == 1 else w.ngettext("in {n} day", "in {n} days", days)


class PhoneRow(QWidget):
    """A phone, hidden until it is asked for; then pressing it calls, and the link copies it."""

    def __init__(self, kit: Kit, contact: ContactRow, reveal: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self._reveal = reveal  # tells the journal
        self._contact = contact
        self._whole = shown(contact.normal, contact.original)
        self.revealed = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.number = Value(kit, self._press, icon="phone", fits=True)
        self.link = Value(kit, self._link, token="primary", fits=True)
        row.addWidget(self.number)
        row.addWidget(self.link)
        row.addStretch()
        self._say()

    def _say(self) -> None:
        w = self._kit.words
        tail = f" {w.gettext('ext.')} {self._contact.extension}" if self._contact.extension else ""
        if self.revealed:
            self.number.say(self._whole + tail, name=w.gettext("Call {number}", number=self._whole))
            self.link.say(w.gettext("copy"), name=w.gettext("Copy {number}", number=self._whole))
        else:
            hidden = masked(self._whole)
            self.number.say(hidden, name=w.gettext("Show the phone {number}", number=hidden))
            self.link.say(w.gettext("show"), name=w.gettext("Show the phone {number}", number=hidden))

    def _press(self) -> None:
        if self.revealed:
            QDesktopServices.openUrl(QUrl(f"tel:{self._contact.normal or self._contact.original}"))
        else:
            self._link()

    def _link(self) -> None:
        if self.revealed:
            QGuiApplication.clipboard().setText(self._contact.normal or self._contact.original)
            self.link.say(self._kit.words.gettext("copied"), token="done")
        else:
            self.revealed = True
            self._say()
            self._reveal()


class PersonBlock(QWidget):
    """One of the people as the pane shows him."""

    def __init__(
        self, kit: Kit, person: PersonRow, today: date, edit: Callable[[], None], reveal: Callable[[], None]
    ) -> None:
        super().__init__()
        w = kit.words
        self._kit = kit
        self.person = person
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        self.name = Value(kit, edit, weight=MEDIUM)
        self.name.say(person.name, name=w.gettext("Change {name}", name=person.name))
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        top.addWidget(self.name)
        role = content.word("decision_role", person.role, w.lang) if person.role else ""
        known = content.entries("profession", of="holidays").get(person.profession)
        profession = known.name(w.lang) if known else person.profession
        short = ROLES.get(person.role)
        said = w.gettext(short) if short else role or profession
        if said:
            right = Canvas(kit, lambda draw, wide, high: _role(draw, wide, high, said))
            right.setFixedHeight(24)
            right.setAccessibleName(said)
            right.setToolTip(" · ".join(part for part in (profession, role) if part))
            top.addWidget(right, 1)
        column.addLayout(top)
        near = birthday_words(person.birthday, today, w) if person.birthday else ""
        self.phones = [PhoneRow(kit, one, reveal) for one in person.contacts if one.kind == "phone"]
        mails: list[QWidget] = [self._mail(one) for one in person.contacts if one.kind == "email"]
        for phone in self.phones:
            column.addWidget(phone)
        if near:  # beside what can be cut short: a phone and its link leave no room
            column.addWidget(self._beside(mails.pop(0) if mails else QWidget(), near))
        for mail in mails:
            column.addWidget(mail)
        said_so = [one for one in person.consents or () if one.channel in CONSENT_WORDS]
        if said_so:
            signs = [(w.gettext(CONSENT_WORDS[one.channel]), one.given) for one in _in_order(person)]
            strip = Canvas(kit, lambda draw, wide, high: _consents(draw, wide, signs))
            strip.setFixedHeight(22)
            yes, no = w.gettext("agreed"), w.gettext("refused")
            strip.setAccessibleName(", ".join(f"{name}: {yes if given else no}" for name, given in signs))
            strip.setToolTip(
                "\n".join(
                    f"{w.gettext(CONSENT_WORDS[one.channel])}: {yes if one.given else no}, {w.day(one.on_day)}"
                    + (f", {one.origin}" if one.origin else "")
                    for one in _in_order(person)
                )
            )
            column.addWidget(strip)

    def _mail(self, contact: ContactRow) -> Value:
        address = contact.normal or contact.original

        def write() -> None:
            QDesktopServices.openUrl(QUrl(f"mailto:{address}"))

        found = Value(self._kit, write, icon="mail")
        found.say(contact.original, name=self._kit.words.gettext("Write to {address}", address=address))
        return found

    def _beside(self, widget: QWidget, near: str) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(widget, 1)
        chip = Canvas(self._kit, lambda draw, w, h: _birthday(draw, w, h, near))
        chip.setFixedSize(int(width(near, SMALL, SEMIBOLD)) + 24, 24)
        name = self._kit.words.gettext("Birthday: {when}", when=near)
        chip.setAccessibleName(name)
        chip.setToolTip(name)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignRight)
        return both


def _in_order(person: PersonRow) -> list[ConsentRow]:
    places = list(CONSENT_WORDS)
    said = [one for one in person.consents or () if one.channel in CONSENT_WORDS]
    return sorted(said, key=lambda one: places.index(one.channel))


def _consents(draw: Draw, wide: int, signs: list[tuple[str, bool]]) -> None:
    x = 4.0
    for name, given in signs:
        room = width(name, SMALL) + 18
        if x + room > wide:
            draw.text(x, 0, 0, 22, "…", size=SMALL, token="muted")
            return
        draw.icon("check" if given else "x", x, 4, 14, "done" if given else "muted")
        draw.text(x + 18, 0, 0, 22, name, size=SMALL, token="text" if given else "muted")
        x += room + 12


def _role(draw: Draw, w: int, h: int, said: str) -> None:
    if w > 40:
        draw.text(0, 0, w - 4, h, said, size=SMALL, token="muted", align=RIGHT)


def _birthday(draw: Draw, w: int, h: int, near: str) -> None:
    draw.icon("cake", 0, (h - 14) // 2, 14, "today")
    draw.text(19, 0, 0, h, near, size=SMALL, weight=SEMIBOLD, token="today")


class PeopleSection(Section):
    """The section. `edit` opens the editor of one of the people, or of a new one."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, N_("People"))
        self.add = self.link(self.kit.words.gettext("+ add"), lambda: self.edit(None))
        self.blocks: list[PersonBlock] = []
        self.editor: PersonEditor | None = None
        self._state: SideState | None = None
        self._shown: object = None
        self._all = False
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.body.addLayout(self._list)

    @property
    def people(self) -> tuple[PersonRow, ...]:
        """Those of the client shown now."""
        if self._state is None:
            return ()
        if self._state.side is not None:
            return self._state.side.people
        return self._state.card.people if self._state.card is not None else ()

    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        if self._state is not None and self._state.client_id != state.client_id:
            self._end()
            self._all = False
        self._state = state
        now = (state.client_id, self.people, self.kit.words.lang, self._all, self.editor)
        if now != self._shown:
            self._shown = now
            self._fill()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.editor:
                widget.hide()
                widget.deleteLater()
        self.blocks = []
        placed = False
        w, today = self.kit.words, self.bench.office.today
        shown_people = self.people if self._all else self.people[:FIRST]
        for person in shown_people:
            if self.editor is not None and self.editor.person.id == person.id:
                self._list.addWidget(self.editor)
                placed = True
                continue
            block = PersonBlock(
                self.kit,
                person,
                today,
                lambda one=person: self.edit(one),  # type: ignore[misc]
                self.bench.presenter.reveal,
            )
            self.blocks.append(block)
            self._list.addWidget(block)
        if self.editor is not None and not placed:  # a new person, or one whom somebody has just archived
            self._list.addWidget(self.editor)
        if not self.people and self.editor is None:
            nobody = Value(self.kit, lambda: self.edit(None), token="muted")
            nobody.say(w.gettext("Nobody is named yet"))
            self._list.addWidget(nobody)
        rest = len(self.people) - len(shown_people)
        if rest > 0:
            more = Value(self.kit, self._show_all, token="primary")
            more.say(w.gettext("{n} more", n=w.number(rest)))
            self._list.addWidget(more)

    def _show_all(self) -> None:
        self._all = True
        if self._state is not None:
            self.show_state(self._state)

    def edit(self, person: PersonRow | None, draft: dict[str, str] | None = None) -> None:
        """Opens the editor of a person; None: of a new one."""
        if self._state is None or not self._state.client_id:
            return
        if self.editor is not None:
            if person is not None and self.editor.person.id == person.id:
                self.editor.begin()
                return
            if not self.editor.store():
                return
        self.editor = PersonEditor(self.bench, self._state.client_id, person, self._end)
        if draft is not None:
            self.editor.put(draft)
        self._all = self._all or (person is not None and person not in self.people[:FIRST])
        self.show_state(self._state)
        self.editor.begin()

    def edit_first(self) -> None:
        """Opens the editor of the first of the people, or of a new one."""
        self.edit(self.people[0] if self.people else None)

    def bring_back(self, key: str, fields: dict[str, str]) -> bool:
        """Opens the editor with a draft of one of the people shown; whether it was one of theirs."""
        if self._state is None:
            return False
        if key == person_key(self._state.client_id, None):
            self.edit(None, fields)
            return True
        person = next((one for one in self.people if person_key(self._state.client_id, one) == key), None)
        if person is not None:
            self.edit(person, fields)
        return person is not None

    def _end(self) -> None:
        editor, self.editor = self.editor, None
        focused = QApplication.focusWidget()
        had_focus = editor is not None and focused is not None and editor.isAncestorOf(focused)
        if editor is not None:
            editor.hide()
            self._list.removeWidget(editor)
            editor.deleteLater()
        if self._state is not None:
            self._shown = None
            self.show_state(self._state)
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_all(self) -> None:
        """Says everything anew, in another language."""
        self.add.say(self.kit.words.gettext("+ add"))
        if self._state is not None:
            self.show_state(self._state)
