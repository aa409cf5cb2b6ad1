"""The pages of the settings: this computer, reminders, the office, the sheet's figures, norms, copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QSpinBox, QWidget

from crmdesk.domain.backups import ALL_FOR, DAILY_FOR, INTERVAL, MONTHLY_FOR
from crmdesk.domain.lists import ActionSegment, TaskKind
from crmdesk.domain.load import MINUTES
from crmdesk.services import content
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.language import NAMES
from crmdesk.ui.list_words import COUNTRIES, CURRENCIES, ROLES, ZONES
from crmdesk.ui.reminders import choices
from crmdesk.ui.reminders.tray import tray_is_possible
from crmdesk.ui.settings.form import Page, combo, fill, put, spin, tick
from crmdesk.ui.settings.presenter import SettingsPresenter, SettingsState
from crmdesk.ui.sheet.factors import FactorPicker
from crmdesk.ui.theme.look import THEMES
from crmdesk.ui.widgets.controls import Button, Field, Label

THEME_NAMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
HALF_HOURS = range(0, 24 * 60, 30)
MORNINGS = range(6 * 60, 12 * 60 + 1, 30)
LEADS = (0, 5, 10, 15, 30, 45, 60, 120)  # minutes
FOLDS = (3, 5, 8, 12)  # lines
CONTACTS = (N_("Visits"), N_("Calls"), N_("Mailings"))


class HerePage(Page):
    """What this person chose on this computer: language and theme."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.section(N_("Window"))
        self.language = combo(self._use_language)
        self.theme = combo(self._use_theme)
        self.row(N_("Language"), self.language)
        self.row(N_("Theme"), self.theme)
        self.section(N_("You"))
        self.me = self.value()
        self.address = self.value()
        self.row(N_("You work as"), self.me, wide=True)
        self.row(N_("Where it lies"), self.address, wide=True)
        self.column.addStretch()
        self.setFocusProxy(self.language)

    def _use_language(self, lang: object) -> None:
        self.kit.settings.set("lang", lang)
        self.kit.language.use(str(lang))

    def _use_theme(self, theme: object) -> None:
        self.kit.settings.set("theme", theme)
        self.kit.look.use(str(theme))

    def retranslate(self) -> None:
        """Says everything anew."""
        super().retranslate()
        words = self.kit.words
        fill(self.language, [(NAMES[lang], lang) for lang in LANGUAGES], words.lang)
        fill(self.theme, [(words.gettext(THEME_NAMES[theme]), theme) for theme in THEMES], self.kit.look.theme)

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        role = self.kit.words.gettext(ROLES[state.me.role])
        self.me.setText(f"{state.me.name} ({state.me.login}), {role}")
        self.address.setText(state.address)


class RemindersPage(Page):
    """When and how this person is reminded; kept on this computer, and in force at once."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._ticks: list[tuple[QCheckBox, str, str]] = []
        self.section(N_("What of"))
        self.enabled = self._tick(N_("Remind of tasks and promises"), "enabled")
        self.late = self._tick(N_("Every morning, of what is overdue: one line"), "late")
        self.eve = self._tick(N_("Of a promise, the working day before"), "eve")
        self.birthdays = self._tick(N_("Of birthdays of people at my clients"), "birthdays")
        self.section(N_("When"))
        self.visits = combo(lambda value: self._lead(value, TaskKind.VISIT, TaskKind.MEETING, TaskKind.EVENT), 140)
        self.calls = combo(lambda value: self._lead(value, TaskKind.CALL), 140)
        self.morning = combo(lambda value: self._set(morning=value), 140)
        self.row(N_("Before visits and meetings"), self.visits)
        self.row(N_("Before calls"), self.calls)
        self.row(N_("Tasks without a time"), self.morning)
        self.section(N_("How"))
        self.quiet_from = combo(lambda value: self._set(quiet_from=value), 140)
        self.quiet_to = combo(lambda value: self._set(quiet_to=value), 140)
        self.most = combo(lambda value: self._set(most=value), 140)
        self.row(N_("Quiet from"), self.quiet_from)
        self.row(N_("Quiet to"), self.quiet_to)
        self.row(N_("Lines at once"), self.most)
        self.hint(N_("The window comes up at most every five minutes, without a sound, and never while you type."))
        self.section(N_("Notification area"))
        self.tray = QCheckBox()
        self.tray.toggled.connect(self._use_tray)
        self.row("", self.tray)
        self.no_tray = self.hint(N_("This desktop has no notification area."))
        self.column.addStretch()
        self.setFocusProxy(self.enabled)

    def _tick(self, text: str, name: str) -> QCheckBox:
        box = QCheckBox()
        box.toggled.connect(lambda on: self._set(**{name: on}))
        self._ticks.append((box, text, name))
        self.row("", box)
        return box

    def _set(self, **values: Any) -> None:
        choices.keep(self.kit.settings, replace(choices.preferences(self.kit.settings), **values))
        self.kit.changes.tell("reminders")
        self.retranslate()

    def _lead(self, minutes: Any, *kinds: TaskKind) -> None:
        leads = {**choices.preferences(self.kit.settings).leads, **{str(kind): minutes for kind in kinds}}
        self._set(leads=leads)

    def _use_tray(self, on: bool) -> None:
        self.kit.settings.set(choices.TRAY, on)
        self.kit.changes.tell("settings")

    def retranslate(self) -> None:
        """Says everything anew, and shows what is chosen."""
        super().retranslate()
        words, wanted = self.kit.words, choices.preferences(self.kit.settings)
        for box, text, name in self._ticks:
            box.setText(words.gettext(text))
            tick(box, bool(getattr(wanted, name)))
            if box is not self.enabled:
                box.setEnabled(wanted.enabled)
        leads = [(words.gettext("{n} min before", n=n) if n else words.gettext("on time"), n) for n in LEADS]
        fill(self.visits, leads, wanted.leads.get(TaskKind.VISIT))
        fill(self.calls, leads, wanted.leads.get(TaskKind.CALL))
        fill(self.morning, [(self._clock(n), n) for n in MORNINGS], wanted.morning)
        hours: list[tuple[str, object]] = [("—", None), *((self._clock(n), n) for n in HALF_HOURS)]
        fill(self.quiet_from, hours, wanted.quiet_from)
        fill(self.quiet_to, hours, wanted.quiet_to)
        fill(self.most, [(words.number(n), n) for n in FOLDS], wanted.most)
        for field in (self.visits, self.calls, self.morning, self.quiet_from, self.quiet_to, self.most):
            field.setEnabled(wanted.enabled)
        self.tray.setText(words.gettext("Stay in the notification area when the window is closed"))
        tick(self.tray, bool(self.kit.settings.get(choices.TRAY, False)))
        possible = tray_is_possible()
        self.tray.setEnabled(possible)
        self.no_tray.setVisible(not possible)

    def _clock(self, minutes: int) -> str:
        return self.kit.words.time(time(*divmod(minutes, 60)))


class OfficePage(Page):
    """What the office says of itself."""

    def __init__(self, kit: Kit, presenter: SettingsPresenter) -> None:
        super().__init__(kit)
        self._presenter = presenter
        self.section(N_("Office"))
        self.name = Field(kit)
        self.name.setMinimumWidth(360)
        self.name.editingFinished.connect(lambda: presenter.set_facts(name=self.name.text()))
        self.currency = combo(lambda value: presenter.set_facts(currency=str(value)))
        self.zone = combo(lambda value: presenter.set_facts(zone=str(value)))
        self.country = combo(lambda value: presenter.set_facts(country=str(value)))
        self.row(N_("Name of the office"), self.name)
        self.row(N_("Currency"), self.currency)
        self.row(N_("Time zone"), self.zone)
        self.row(N_("Country"), self.country)
        self.hint(
            N_(
                "The currency says how amounts are written; nothing is converted. By the zone days begin and reminders "
                "come; by the country numbers without a code are dialled and public holidays are known."
            )
        )
        self.column.addStretch()
        self.setFocusProxy(self.name)

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        words, facts = self.kit.words, state.facts
        if not self.name.hasFocus() or not self.name.isModified():
            self.name.setText(facts.name)
        fill(self.currency, [(words.currency_name(code), code) for code in CURRENCIES], facts.currency)
        fill(self.zone, [(words.zone_name(zone), zone) for zone in ZONES], facts.zone)
        fill(self.country, [(words.gettext(name), code) for code, name in COUNTRIES.items()], facts.country)
        for field in (self.name, self.currency, self.zone, self.country):
            field.setEnabled(state.may_set_up)


class FactorsPage(Page):
    """Which figures everybody's sheet counts, unless somebody chose for himself."""

    def __init__(self, kit: Kit, presenter: SettingsPresenter) -> None:
        super().__init__(kit)
        self._presenter = presenter
        self.section(N_("What the sheet counts"))
        self.picker = FactorPicker(kit, self._changed)
        self.picker.setMaximumWidth(420)
        self.column.addWidget(self.picker)
        self.hint(
            N_("The order here is the order of the columns. Whoever chose other figures at the sheet keeps them.")
        )
        self.column.addStretch()
        self.setFocusProxy(self.picker)

    def _changed(self) -> None:
        if self.picker.fits:
            self._presenter.set_factors(self.picker.chosen())

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        if state.known is not None and (state.known.factors != self.picker.chosen() or not self.picker.list.count()):
            self.picker.put(state.known.factors)
        self.picker.setEnabled(state.may_set_up)


class NormsPage(Page):
    """How many contacts a month an action segment asks for, and what a day has room for."""

    def __init__(self, kit: Kit, presenter: SettingsPresenter) -> None:
        super().__init__(kit)
        self._presenter = presenter
        self.section(N_("Contacts a month"))
        self._table = QGridLayout()
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setHorizontalSpacing(8)
        self._table.setVerticalSpacing(6)
        self._table.setColumnMinimumWidth(0, 208)
        self._table.setColumnStretch(4, 1)
        for column, text in enumerate(CONTACTS, 1):
            self._table.addWidget(Label(kit, text, "small"), 0, column)
        self.numbers: dict[ActionSegment, tuple[QSpinBox, QSpinBox, QSpinBox]] = {}
        self._names: dict[ActionSegment, Label] = {}
        for row, segment in enumerate(ActionSegment, 1):
            name = self._names[segment] = Label(kit, "", "muted")
            self._table.addWidget(name, row, 0)
            boxes = tuple(spin(0, 99, _norm(self, segment)) for _ in CONTACTS)
            self.numbers[segment] = (boxes[0], boxes[1], boxes[2])
            for column, box in enumerate(boxes, 1):
                self._table.addWidget(box, row, column)
        self.column.addLayout(self._table)
        self.hint(N_("A client may have a norm of his own; it goes before that of his segment."))
        self.section(N_("Room of a day"))
        line = QWidget()
        fields = QHBoxLayout(line)
        fields.setContentsMargins(0, 0, 0, 0)
        self.hours = spin(0, 24, self._capacity)
        self.minutes = spin(0, 59, self._capacity, 15)
        fields.addWidget(self.hours)
        fields.addWidget(self.minutes)
        fields.addStretch()
        line.setFocusProxy(self.hours)
        self.row(N_("Planned work a day"), line)
        self.lengths = self.hint("")
        self.column.addStretch()
        self.setFocusProxy(self.numbers[ActionSegment.VVV][0])

    def norm(self, segment: ActionSegment) -> None:
        """A number of this segment was changed."""
        visits, calls, mailings = (box.value() for box in self.numbers[segment])
        self._presenter.set_norm(segment, (visits, calls, mailings))

    def _capacity(self) -> None:
        self._presenter.set_capacity(self.hours.value() * 60 + self.minutes.value())

    def retranslate(self) -> None:
        """Says everything anew."""
        super().retranslate()
        words = self.kit.words
        for segment, boxes in self.numbers.items():
            name = content.word("action_segment", segment.value, words.lang)
            self._names[segment].setText(name)
            for box, kind in zip(boxes, CONTACTS, strict=True):
                box.setAccessibleName(f"{name}: {words.gettext(kind)}")
        self.hours.setSuffix(words.gettext(" h"))
        self.minutes.setSuffix(words.gettext(" min"))
        self.hours.setAccessibleName(words.gettext("Planned work a day, hours"))
        self.minutes.setAccessibleName(words.gettext("Planned work a day, minutes"))
        usual = ", ".join(
            f"{content.word('task_kind', kind, words.lang)} {words.gettext('{minutes} min', minutes=minutes)}"
            for kind, minutes in MINUTES.items()
        )
        self.lengths.setText(words.gettext("A task that does not say how long it takes counts as: {list}.", list=usual))

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        if state.known is not None:
            for segment, norm in state.known.norms.items():
                for box, number in zip(self.numbers[segment], norm, strict=True):
                    put(box, number)
            hours, minutes = divmod(state.known.capacity, 60)
            put(self.hours, hours)
            put(self.minutes, minutes)
        for boxes in self.numbers.values():
            for box in boxes:
                box.setEnabled(state.may_set_up)
        self.hours.setEnabled(state.may_set_up)
        self.minutes.setEnabled(state.may_set_up)


class CopiesPage(Page):
    """Where the verified copies lie, how old the last is, and how one comes back."""

    def __init__(self, kit: Kit, presenter: SettingsPresenter) -> None:
        super().__init__(kit)
        self._presenter = presenter
        self._folder = ""
        self.section(N_("Copies"))
        self.last = self.value()
        self.folder = self.value()
        self.row(N_("Last verified copy"), self.last, wide=True)
        self.row(N_("Where copies lie"), self.folder, wide=True)
        line = QWidget()
        buttons = QHBoxLayout(line)
        buttons.setContentsMargins(0, 4, 0, 4)
        buttons.setSpacing(8)
        self.now = Button(
            kit, N_("Make a copy now"), lambda: kit.commands.run("copy-now"), kind="primary", icon="database-backup"
        )
        self.elsewhere = Button(kit, N_("Copy to a folder…"), self._choose, icon="folder")
        self.show_folder = Button(kit, N_("Open the folder"), self._open, kind="flat")
        for button in (self.now, self.elsewhere, self.show_folder):
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addWidget(line)
        self.section(N_("When"))
        self.schedule = self.hint("")
        self.section(N_("Getting a copy back"))
        self.hint(
            N_(
                "Close CRMDesk everywhere, then: crmdesk restore FILE. The copy is checked first, and the office as it "
                "was is kept beside it. After that, scheduled copies rest until you say that it is the right one."
            )
        )
        self.column.addStretch()
        self.setFocusProxy(self.now)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.kit.words.gettext("Copy to a folder…"))
        if chosen:
            self._presenter.copy_to(Path(chosen))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))

    def retranslate(self) -> None:
        """Says everything anew."""
        super().retranslate()
        words = self.kit.words
        self.schedule.setText(
            words.gettext(
                "Every {minutes} min while something changes, and when you leave. All copies of {hours} h are kept, "
                "then one a day for {days} days, one a month for {months} months.",
                minutes=int(INTERVAL.total_seconds() // 60),
                hours=int(ALL_FOR.total_seconds() // 3600),
                days=DAILY_FOR.days,
                months=MONTHLY_FOR.days // 30,
            )
        )

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        words, known = self.kit.words, state.known
        at = known.copy_at.astimezone(ZoneInfo(state.facts.zone)) if known is not None and known.copy_at else None
        self.last.setText(words.moment(at) if at else words.gettext("No verified copy yet"))
        self._folder = known.copy_folder if known is not None else ""
        self.folder.setText(self._folder or "—")
        self.show_folder.setEnabled(bool(self._folder))


def _norm(page: NormsPage, segment: ActionSegment) -> Any:
    return lambda: page.norm(segment)
