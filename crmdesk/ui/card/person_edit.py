"""The editor of one of the people: the name in one line or in its parts, birthday, phones, consents, the greeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import FullName, gender_of, split_name, swapped
from crmdesk.domain.people import Channel, ConsentRow, PersonRow, email_of
from crmdesk.domain.phones import read_phones
from crmdesk.exchange import values
from crmdesk.services import content, greetings
from crmdesk.system.i18n import Words
from crmdesk.system.ids import new_id
from crmdesk.ui.card.edit_in_place import PAD, Trouble, Value, bring_into_view, mark, put_text, text_of
from crmdesk.ui.card.side_section import Bench, Hairline, label
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.widgets.controls import Button, Canvas

NAMES = ("surname", "given_name", "patronymic")
LABELS = {
    "whole": N_("Name in one line"),
    "surname": N_("Surname"),
    "given_name": N_("Given name"),
    "patronymic": N_("Patronymic"),
    "gender": N_("Gender"),
    "birthday": N_("Birth date"),
    "profession": N_("Position"),
    "role": N_("Role"),
    "phones": N_("Phones"),
    "emails": N_("E-mails"),
    "notes": N_("Notes"),
}
LENGTH = 120  # characters of a part of a name
LABEL, CONSENT = 100, 84  # pixels
GREETED_IN = ("ru", "uk")
CONSENT_WORDS = {
    "email": N_("mail"),
    "sms": N_("SMS"),
    "call": N_("calls"),
    "letter": N_("postcard"),
    "messenger": N_("messenger"),
}


def person_key(client_id: int, person: PersonRow | None) -> str:
    """The name of the draft of a person; None: of a new one at that client."""
    return f"client-{client_id}-person-{person.id if person is not None else 'new'}"


def birthday_text(person: PersonRow) -> str:
    """A birthday as it is typed: 03.02.1981, or 03.02 without its year."""
    born = person.birthday
    if born is None:
        return ""
    return f"{born.day:02d}.{born.month:02d}" + (f".{born.year}" if born.year else "")


def profession_words(kept: str, lang: str) -> str:
    """The name of a profession of the list; another one is kept as it was typed."""
    known = content.entries("profession", of="holidays").get(kept)
    return known.name(lang) if known else kept


def profession_of(typed: str, lang: str) -> str:
    """The key of a profession of the list when its name was left as it stands there; otherwise what was typed."""
    known = content.entries("profession", of="holidays")
    return next((key for key, entry in known.items() if entry.name(lang) == typed), typed)


def read_person(
    texts: Mapping[str, str], person: PersonRow, words: Words, country: str
) -> tuple[PersonRow, dict[str, str]]:
    """The person that was typed, and a sentence for each field that cannot be stored."""
    w, errors = words, dict[str, str]()
    names = {part: " ".join(texts[part].split()) for part in NAMES}
    if not any(names.values()):
        errors["surname"] = w.gettext("A person needs at least a surname or a given name.")
    for part, text in names.items():
        if len(text) > LENGTH:
            errors[part] = w.gettext(
                "{length} characters were typed, at most {limit} are kept.", length=len(text), limit=LENGTH
            )
    birthday = person.birthday
    try:
        birthday = values.birthday(texts["birthday"].strip())
    except values.BadValue as bad:
        typed = texts["birthday"].strip()
        errors["birthday"] = (
            w.gettext("There is no such day: {typed}", typed=typed)
            if bad.reason == "no_such_day"
            else w.gettext("Not a day: {typed}. Write 03.02.1981, or 03.02 without the year.", typed=typed)
        )
    bad_mails = [mail for mail in parts_of(texts["emails"]) if not email_of(mail)]
    if bad_mails:
        errors["emails"] = w.gettext("Not an e-mail: {typed}", typed=", ".join(bad_mails))
    unread = [found.original for found in read_phones(texts["phones"], country) if not found.e164]
    known = {one.original for one in person.contacts}
    if any(phone not in known for phone in unread):
        digits = sum(c.isdigit() for c in unread[0])
        errors["phones"] = w.ngettext(
            "“{typed}” is no phone: it has {n} digit",
            "“{typed}” is no phone: it has {n} digits",
            digits,
            typed=unread[0],
        )
    found = replace(
        person,
        surname=names["surname"],
        given_name=names["given_name"],
        patronymic=names["patronymic"],
        gender=Gender(texts["gender"]) if texts["gender"] else None,
        birthday=birthday,
        profession=profession_of(" ".join(texts["profession"].split())[:LENGTH], w.lang),
        role=texts["role"],
        notes=texts["notes"].strip(),
    )
    return found, errors


def parts_of(text: str) -> list[str]:
    """What was typed with commas between."""
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


class PersonEditor(QWidget):
    """One of the people being edited in place. Everything is stored together: Ctrl+Enter, the button, or opening
    another editor; Esc puts back what was there."""

    def __init__(self, bench: Bench, client_id: int, person: PersonRow | None, close: Callable[[], None]) -> None:
        super().__init__()
        self._bench = bench
        kit = self._kit = bench.kit
        w = kit.words
        self._close = close
        self.is_new = person is None
        self.base = person
        self.person = person or PersonRow(new_id(), client_id, consents=())
        self._split = self.is_new  # the parts follow the one line until one of them is typed into
        self._drafting = Drafting(bench.drafts, person_key(client_id, person), kit.clock, self)
        self.fields: dict[str, QWidget] = {}
        self.troubles: dict[str, Trouble] = {}
        self._proposed: FullName | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 6, 0, 8)
        column.setSpacing(4)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABEL)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        column.addLayout(grid)
        if self.is_new:
            whole = QLineEdit()
            whole.setPlaceholderText(w.gettext("Surname, given name, patronymic"))
            whole.textEdited.connect(self._take_apart)
            self._row("whole", whole)
        for part in NAMES:
            self._row(part, QLineEdit(getattr(self.person, part)))
        self.swap = Value(kit, self._swap, token="today", icon="repeat", lines=2)
        self.swap.hide()
        grid.addWidget(self.swap, grid.rowCount(), 1)
        self._row("gender", self._choice((("", w.gettext("by the name")), *_entries("gender", w)), self.person.gender))
        self._row("birthday", QLineEdit(birthday_text(self.person)))
        self._row("profession", QLineEdit(profession_words(self.person.profession, w.lang)))
        self._row("role", self._choice((("", "—"), *_entries("decision_role", w)), self.person.role))
        self._row("phones", QLineEdit(self._contacts("phone")))
        self._row("emails", QLineEdit(self._contacts("email")))
        self._row("notes", QLineEdit(" ".join(self.person.notes.split("\n"))))
        column.addWidget(Hairline(kit))
        self._consents(column)
        column.addWidget(Hairline(kit))
        self._greeting = Canvas(kit, self._paint_greeting)
        self._greeting.setFixedHeight(20 * len(GREETED_IN) + 8)
        column.addWidget(self._greeting)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(4)
        self.save_button = Button(kit, N_("Save changes"), self._press_save)
        self.save_button.setToolTip("Ctrl+Enter")
        self.drop = Value(kit, self.revert, token="primary", fits=True)
        self.drop.say(w.gettext("Cancel"))
        foot.addWidget(self.save_button)
        foot.addWidget(self.drop)
        foot.addStretch()
        if not self.is_new:
            self.archive = Value(kit, self._archive, token="primary", fits=True)
            self.archive.say(w.gettext("To the archive"))
            foot.addWidget(self.archive)
        column.addLayout(foot)
        for widget in self.fields.values():
            widget.installEventFilter(self)
        self._look_again()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(260, super().sizeHint().height())

    # building --------------------------------------------------------------------------------------
    def _row(self, field: str, widget: QWidget) -> None:
        w = self._kit.words
        widget.setAccessibleName(w.gettext(LABELS[field]))
        widget.setMinimumWidth(60)
        row = self._grid.rowCount()
        self._grid.addWidget(label(self._kit, w.gettext(LABELS[field]), LABEL), row, 0)
        self._grid.addWidget(widget, row, 1)
        trouble = self.troubles[field] = Trouble(self._kit)
        self._grid.addWidget(trouble, row + 1, 1)
        self.fields[field] = widget
        if isinstance(widget, QLineEdit):
            widget.setCursorPosition(0)
            widget.textChanged.connect(self._changed)
            if field in NAMES:
                widget.textEdited.connect(self._parts_typed)
        elif isinstance(widget, QComboBox):
            widget.currentIndexChanged.connect(self._changed)

    @staticmethod
    def _choice(options: tuple[tuple[str, str], ...], chosen: str | None) -> QComboBox:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(3)
        combo.setMinimumWidth(60)
        for key, words in options:
            combo.addItem(words, key)
        if chosen and combo.findData(chosen) < 0:
            combo.addItem(chosen, chosen)
        combo.setCurrentIndex(max(0, combo.findData(chosen or "")))
        return combo

    def _contacts(self, kind: str) -> str:
        return ", ".join(one.original for one in self.person.contacts if one.kind == kind)

    def _consents(self, column: QVBoxLayout) -> None:
        """A line a channel: what he said, and since when; and where all that was changed now is known from."""
        w = self._kit.words
        said = {one.channel: one for one in self.person.consents or ()}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        options = (("", "—"), ("yes", w.gettext("yes")), ("no", w.gettext("no")))
        for row, key in enumerate(map(str, Channel)):
            entry = content.entries("consent_channel")[key]
            stored = said.get(key)
            channel = label(self._kit, w.gettext(CONSENT_WORDS[key]), CONSENT)
            chosen = "" if stored is None else "yes" if stored.given else "no"
            combo = self._choice(options, chosen)
            combo.setAccessibleName(w.gettext("Consent: {channel}", channel=entry.name(w.lang)))
            combo.currentIndexChanged.connect(self._changed)
            day = QLineEdit(w.day(stored.on_day) if stored else "")
            day.setFixedWidth(106)
            day.setCursorPosition(0)
            day.setPlaceholderText(w.gettext("today"))
            day.setAccessibleName(w.gettext("Since: {channel}", channel=entry.name(w.lang)))
            day.textChanged.connect(self._changed)
            if stored is not None and stored.origin:
                channel.setToolTip(stored.origin)
            grid.addWidget(channel, row * 2, 0)
            grid.addWidget(combo, row * 2, 1)
            grid.addWidget(day, row * 2, 2)
            trouble = self.troubles[f"day-{key}"] = Trouble(self._kit)
            grid.addWidget(trouble, row * 2 + 1, 1, 1, 2)
            self.fields[f"consent-{key}"] = combo
            self.fields[f"day-{key}"] = day
        column.addLayout(grid)
        origin = QLineEdit()
        origin.setPlaceholderText(w.gettext("Where the consent is known from"))
        origin.setAccessibleName(w.gettext("Where the consent is known from"))
        origin.textChanged.connect(self._changed)
        self.fields["origin"] = origin
        column.addWidget(origin)

    # typing ----------------------------------------------------------------------------------------
    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {field: text_of(widget) for field, widget in self.fields.items()}

    @property
    def name(self) -> FullName:
        """The name as it stands there."""
        texts = self.texts
        return FullName(*(" ".join(texts[part].split()) for part in NAMES))

    def put(self, texts: Mapping[str, str]) -> None:
        """Puts texts into the fields: a draft that somebody wants back."""
        self._split = False
        for field, text in texts.items():
            if field in self.fields:
                put_text(self.fields[field], text)

    def begin(self) -> None:
        """The first field takes the keyboard."""
        bring_into_view(self)
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_apart(self, line: str) -> None:
        if self._split:
            name = split_name(line)
            for part, text in zip(NAMES, (name.surname, name.given, name.patronymic), strict=True):
                put_text(self.fields[part], text)

    def _parts_typed(self, _: str) -> None:
        self._split = False

    def _changed(self) -> None:
        self._look_again()
        self._drafting.typed(self.texts)

    def _look_again(self) -> None:
        w, name = self._kit.words, self.name
        self._proposed = swapped(name)
        if self._proposed is not None:
            there = self._proposed
            meant = " ".join(part for part in (there.surname, there.given, there.patronymic) if part)
            self.swap.say(w.gettext("Swap: {name}?", name=meant), icon_token="today")
        self.swap.setVisible(self._proposed is not None)
        chosen, spoken = text_of(self.fields["gender"]), gender_of(name)
        mismatch = bool(chosen) and spoken is not None and chosen != spoken
        self.troubles["gender"].say(w.gettext("The name speaks of another gender.") if mismatch else "")
        self._greeting.setAccessibleName("; ".join(text for text, _ in self._openings()))
        self._greeting.update()

    def _swap(self) -> None:
        if self._proposed is not None:
            there = self._proposed
            self._split = False
            for part, text in zip(NAMES, (there.surname, there.given, there.patronymic), strict=True):
                put_text(self.fields[part], text)

    def _openings(self) -> list[tuple[str, bool]]:
        chosen = text_of(self.fields["gender"])
        gender = Gender(chosen) if chosen else None
        found = []
        for lang in GREETED_IN:
            line = greetings.opening(self.name, gender, lang)
            found.append((line or self._kit.words.gettext("no name to greet by"), bool(line)))
        return found

    def _paint_greeting(self, draw: Draw, w: int, h: int) -> None:
        for number, ((line, there), lang) in enumerate(zip(self._openings(), GREETED_IN, strict=True)):
            y = 4 + number * 20
            draw.text(4, y, 24, 20, lang, size=12, token="muted")
            draw.text(28, y, w - 28, 20, line, token="text" if there else "muted")

    # storing ---------------------------------------------------------------------------------------
    def store(self) -> bool:
        """Stores what was typed; False: refused, the words stand beside the fields."""
        self._drafting.flush()
        texts, w = self.texts, self._kit.words
        found, errors = read_person(texts, self.person, w, self._bench.office.facts.country)
        consents = self._read_consents(texts, errors)
        for field, trouble in self.troubles.items():
            if field != "gender":
                trouble.say(errors.get(field, ""))
                mark(self.fields[field], bad=field in errors)
        if errors:
            self.fields[next(field for field in self.fields if field in errors)].setFocus()
            return False
        found = replace(found, consents=consents)
        phones, emails = [texts["phones"]], parts_of(texts["emails"])
        drafting = self._drafting
        unchanged = (
            self.base is not None
            and found == self.base
            and texts["phones"] == self._contacts("phone")
            and texts["emails"] == self._contacts("email")
        )
        self._close()
        if unchanged:
            drafting.forget()
        else:
            drafts, key = self._bench.drafts, drafting.key
            self._bench.presenter.save_person(found, self.base, phones, emails, lambda: drafts.forget(key))
        return True

    def _read_consents(self, texts: Mapping[str, str], errors: dict[str, str]) -> tuple[ConsentRow, ...] | None:
        if self.person.consents is None:
            return None
        said = {one.channel: one for one in self.person.consents}
        origin, w = texts["origin"].strip(), self._kit.words
        for channel in map(str, Channel):
            state, typed = texts[f"consent-{channel}"], texts[f"day-{channel}"].strip()
            if not state:
                continue
            try:
                day = values.day(typed) or self._bench.office.today
            except values.BadValue:
                errors[f"day-{channel}"] = w.gettext("There is no such day: {typed}", typed=typed)
                continue
            before = said.get(channel)
            if before is None or (before.given, before.on_day) != (state == "yes", day):
                if before is not None and before.given != (state == "yes") and before.on_day == day:
                    day = self._bench.office.today  # he changed his mind now, not then
                said[channel] = ConsentRow(channel, state == "yes", day, origin)
        return tuple(said.values())

    def keep(self) -> None:
        """Another client comes: what stands here is kept as a draft."""
        self._drafting.flush()

    def _press_save(self) -> None:
        self.store()

    def revert(self) -> None:
        """Puts back what was there."""
        self._drafting.forget()
        self._close()

    def _archive(self) -> None:
        self._drafting.forget()
        person_id = self.person.id
        self._close()
        self._bench.presenter.archive_person(person_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc, Ctrl+Enter, and Enter to the next field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.revert()
            return True
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.store()
            return True
        if enter:
            self.focusNextChild()
            return True
        return False


def _entries(list_name: str, w: Words) -> tuple[tuple[str, str], ...]:
    return tuple((key, entry.name(w.lang)) for key, entry in content.entries(list_name).items())
