"""A new client in a few fields: name, person, phone, who leads, what is to be done; whoever is there already is shown
while one types. `open_new_client(kit, office, host)` from any view; afterwards the card opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crmdesk.domain.clients import NAME_LENGTH, ClientForm, check_tax_number, may_reassign
from crmdesk.domain.duplicates import Duplicate, Likeness
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.names import short_name, split_name
from crmdesk.domain.people import PersonRow
from crmdesk.domain.phones import read_phones
from crmdesk.domain.users import User
from crmdesk.services import content
from crmdesk.system.drafts import Drafts
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.i18n import Words
from crmdesk.system.ids import new_id
from crmdesk.ui.card.edit_in_place import Trouble, Value, mark, put_text, text_of
from crmdesk.ui.card.side_office import SideOffice
from crmdesk.ui.card.side_section import label
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_, sentence, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas
from crmdesk.ui.widgets.dialog import Dialog

PAUSE = 120  # milliseconds after the last key before the base is asked who is there already
WIDE = 480  # pixels
LABEL = 120
MOST = 3  # duplicates shown
DRAFT = "new-client"
FIELDS = {
    "name": N_("Name of the client"),
    "tax_number": N_("Tax number"),
    "person": N_("Person"),
    "phone": N_("Phone"),
    "manager": N_("Leads"),
    "segment": N_("Action"),
}
LIKE = {
    Likeness.TAX_NUMBER: N_("the same tax number"),
    Likeness.PHONE: N_("the same phone"),
    Likeness.NAME: N_("the same name"),
}


@dataclass(frozen=True)
class NewClient:
    """What was typed, as it can be stored."""

    form: ClientForm
    person: PersonRow | None
    phone: str


def read_new(
    texts: Mapping[str, str], form: ClientForm, words: Words, country: str
) -> tuple[NewClient, dict[str, str]]:
    """The new client that was typed, and a sentence for each field that cannot be stored."""
    errors: dict[str, str] = {}
    name = " ".join(texts["name"].split())
    tax_number = "".join(texts["tax_number"].split())
    try:
        if not name:
            raise UserError("name_missing")
        if len(name) > NAME_LENGTH:
            raise UserError("name_too_long", length=len(name), limit=NAME_LENGTH)
    except UserError as error:
        errors["name"] = sentence(error, words)
    try:
        check_tax_number(tax_number, country)
    except UserError as error:
        errors["tax_number"] = sentence(error, words)
    phone = texts["phone"].strip()
    unread = [found.original for found in read_phones(phone, country) if not found.e164]
    if unread:
        digits = sum(c.isdigit() for c in unread[0])
        errors["phone"] = words.ngettext(
            "“{typed}” is no phone: it has {n} digit",
            "“{typed}” is no phone: it has {n} digits",
            digits,
            typed=unread[0],
        )
    parts = split_name(texts["person"])
    person = None
    if texts["person"].strip() or phone:
        person = PersonRow(new_id(), form.id, parts.surname[:120], parts.given[:120], parts.patronymic[:120])
        if not person.name:
            errors.setdefault("person", words.gettext("Whose phone is it? Type at least a name."))
    found = replace(
        form,
        name=name,
        tax_number=tax_number or None,
        manager_id=int(texts["manager"]) if texts["manager"] else None,
        action_segment=texts["segment"],
    )
    return NewClient(found, person, phone), errors


def open_new_client(kit: Kit, office: Office, host: Host, name: str = "") -> NewClientForm:
    """Opens the form over the window, the name filled in when it is known; a draft that was left is back in it."""
    form = NewClientForm(kit, office, host, name)
    form.open()
    return form


class DuplicateRow(QWidget):
    """A client who is there already, why he may be meant, and the way to him, or who leads him."""

    def __init__(self, kit: Kit, duplicate: Duplicate, press: Callable[[], None], *, mine: bool) -> None:
        super().__init__()
        w = kit.words
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(8)
        name = " · ".join(
            part for part in (duplicate.name, duplicate.city, w.gettext(LIKE[duplicate.likeness])) if part
        )
        tail = name.removeprefix(duplicate.name)
        line = Canvas(kit, lambda draw, wide, high: _there(draw, wide, high, duplicate.name, tail))
        line.setFixedHeight(26)
        line.setAccessibleName(name)
        line.setToolTip(name)
        row.addWidget(line, 1)
        self.link = Value(kit, press, token="primary", fits=True)
        if mine:
            self.link.say(w.gettext("Open"), name=w.gettext("Open {name}", name=duplicate.name))
        else:
            leads = short_name(duplicate.manager) if duplicate.manager else w.gettext("nobody")
            self.link.say(w.gettext("Led by: {name}", name=leads), token="text")
            self.link.setEnabled(False)
        row.addWidget(self.link)


def _there(draw: Draw, w: int, h: int, name: str, rest: str) -> None:
    used = draw.text(0, 0, w * 0.7, h, name, weight=SEMIBOLD)
    used = min(used, w * 0.7)
    if w - used > 40:
        draw.text(used, 0, w - used, h, rest, size=SMALL, token="muted")


class Warnings(QWidget):
    """Who is there already, under the form; empty while nobody is."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.rows: list[DuplicateRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 30, 0, 6)
        self.column.setSpacing(0)
        tinted = Canvas(kit, self._paint)
        tinted.setParent(self)
        tinted.lower()
        self._tint = tinted
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        self._tint.setGeometry(0, 0, self.width(), self.height())

    def _paint(self, draw: Draw, w: int, h: int) -> None:
        draw.fill(0, 0, w, h, "today_tint", 6)
        draw.icon("triangle-alert", 10, 7, 16, "today")
        draw.text(34, 0, w - 40, 30, self._kit.words.gettext("There already"), weight=SEMIBOLD, token="today")

    def tell(self, rows: list[DuplicateRow]) -> None:
        """Shows these rows instead of those before."""
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = rows
        for row in rows:
            self.column.addWidget(row)
        self.setVisible(bool(rows))


class NewClientForm(Dialog):
    """The form. Enter stores and opens the card, Esc closes; what was typed stays a draft until it is stored."""

    def __init__(self, kit: Kit, office: Office, host: Host, name: str = "") -> None:
        assert isinstance(host, QWidget)  # the frame is the window the form stands over
        super().__init__(kit, host.window(), N_("New client"), verb=N_("Save and open"), press=self.store, width=WIDE)
        self._host, self._office = host, SideOffice(office)
        self._form: ClientForm | None = None
        self._by_hand = False  # what a program fills in is no draft
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._drafting = Drafting(Drafts.of(office.address, office.me.id), DRAFT, kit.clock, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        self.fields: dict[str, QWidget] = {}
        self.troubles: dict[str, Trouble] = {}
        self._build(name)
        self._bring_back(name)
        self._by_hand = True
        if self.texts["name"].strip():
            self._look()
        kit.runner.read(
            lambda job: (self._office.users(), self._office.new_form()),
            self._ready,
            self._failed,
            replaces="new-client",
        )

    def _build(self, name: str) -> None:
        kit, w = self.kit, self.kit.words
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        segment = QComboBox()
        for key, entry in content.entries("action_segment").items():
            segment.addItem(entry.name(w.lang), key)
        segment.setCurrentIndex(max(0, segment.findData(ActionSegment.CCC.value)))
        hints = {
            "name": w.gettext("Firm or person"),
            "person": w.gettext("Surname, given name, patronymic"),
            "phone": "+7 900 123-45-67" if self._office.facts.country == "RU" else "",
        }
        for row, (field, title) in enumerate(FIELDS.items()):
            widget: QWidget
            if field == "segment":
                widget = segment
            elif field == "manager":
                widget = QComboBox()
            else:
                widget = QLineEdit()
                widget.setPlaceholderText(hints.get(field, ""))
                widget.textChanged.connect(self._changed)
            if isinstance(widget, QComboBox):
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                widget.setMinimumContentsLength(8)
                widget.currentIndexChanged.connect(self._changed)
            widget.setAccessibleName(w.gettext(title))
            grid.addWidget(label(kit, w.gettext(title), LABEL, 28), 2 * row, 0)
            grid.addWidget(widget, 2 * row, 1)
            trouble = self.troubles[field] = Trouble(kit)
            grid.addWidget(trouble, 2 * row + 1, 1)
            self.fields[field] = widget
        self.body.addLayout(grid)
        self.warning = Warnings(kit)
        self.body.addWidget(self.warning)
        self.trouble = Trouble(kit)
        self.body.addWidget(self.trouble)
        self.body.addStretch()
        self.verb.setEnabled(False)  # until it is known who leads and under what number
        self.fields["name"].setFocus()

    def _ready(self, answer: tuple[tuple[User, ...], ClientForm]) -> None:
        users, form = answer
        self._form = form
        combo = self.fields["manager"]
        assert isinstance(combo, QComboBox)
        wanted = text_of(combo) or self._kept_manager
        me = self._office.me
        combo.blockSignals(True)
        if may_reassign(me.role):
            combo.addItem(self.kit.words.gettext("nobody"), "")
        for user in users:
            if user.active and (user.id == me.id or may_reassign(me.role)):
                combo.addItem(user.name, str(user.id))
        put_text(combo, wanted or str(me.id))
        combo.blockSignals(False)
        self.verb.setEnabled(True)

    # typing ----------------------------------------------------------------------------------------
    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {field: text_of(widget) for field, widget in self.fields.items()}

    def _bring_back(self, name: str) -> None:
        draft = self._drafting.kept()
        self._kept_manager = draft.fields.get("manager", "") if draft is not None else ""
        if draft is not None and (not name or draft.fields.get("name") == name):
            for field, text in draft.fields.items():
                if field in self.fields and field != "manager":
                    put_text(self.fields[field], text)
            clock = self.kit.clock
            at = draft.at.astimezone(clock.local().tzinfo)
            self.trouble.hide()
            self.words(
                self.kit.words.gettext("Here is what you typed at {time}", time=self.kit.words.moment(at)), "small"
            )
        elif name:
            put_text(self.fields["name"], name)

    def _changed(self) -> None:
        if not self._by_hand:
            return
        texts = self.texts
        if any(texts[field].strip() for field in ("name", "tax_number", "person", "phone")):
            self._drafting.typed(texts)
            self._pause.start()
        else:
            self._drafting.forget()

    def _look(self) -> None:
        texts = self.texts
        self.kit.runner.read(
            lambda job: self._office.duplicates(texts["name"], texts["tax_number"], texts["phone"]),
            self._there,
            lambda error: None,  # nobody can be warned of; storing will say that the base is gone
            replaces="new-client-duplicates",
        )

    def _there(self, duplicates: tuple[Duplicate, ...]) -> None:
        me = self._office.me
        rows = []
        for duplicate in duplicates[:MOST]:
            mine = may_reassign(me.role) or duplicate.manager_id in (me.id, None)
            rows.append(DuplicateRow(self.kit, duplicate, partial(self._open, duplicate.client_id), mine=mine))
        self.warning.tell(rows)

    def _open(self, client_id: int) -> None:
        self._drafting.forget()
        self.accept()
        self._host.open_client(client_id)

    # storing ---------------------------------------------------------------------------------------
    def store(self) -> None:
        """Stores the client with his person, or says beside the fields what is wrong."""
        if self._form is None:
            return
        self._drafting.flush()
        new, errors = read_new(self.texts, self._form, self.kit.words, self._office.facts.country)
        for field, trouble in self.troubles.items():
            trouble.say(errors.get(field, ""))
            mark(self.fields[field], bad=field in errors)
        if errors:
            self.fields[next(field for field in self.fields if field in errors)].setFocus()
            return
        self.verb.setEnabled(False)
        self.trouble.say("")
        self.kit.runner.write(lambda job: self._stored_by(new), self._stored, self._failed)

    def _stored_by(self, new: NewClient) -> int:
        """Client and person, the client first: tried again after a lost connection, nobody is there twice."""
        return self._office.add_client(new.form, new.person, new.phone)

    def _stored(self, client_id: int) -> None:
        self._drafting.forget()
        self.kit.changes.tell("clients", "people", clients=[client_id])
        self.accept()
        self._host.open_client(client_id)

    def _failed(self, error: Exception) -> None:
        self.verb.setEnabled(self._form is not None)
        w = self.kit.words
        kept = w.gettext("The text is kept on this computer.") if isinstance(error, OutsideError) else ""
        self.trouble.say(f"{told(error, w)} {kept}".strip())

    def reject(self) -> None:
        """Closed without storing: what was typed stays a draft for the next time."""
        self._drafting.flush()
        super().reject()
