"""The dialog of two people who changed the same: what I typed, what is stored now, what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.conflict import Field
from crmdesk.domain.names import Birthday, short_name
from crmdesk.domain.users import User
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.card import client_fields as lines
from crmdesk.ui.card import person_edit
from crmdesk.ui.card.client_fields import NOTHING, Ground
from crmdesk.ui.card.side_presenter import Clash
from crmdesk.ui.card.side_section import Hairline
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.tokens import SMALL
from crmdesk.ui.widgets.controls import Elided
from crmdesk.ui.widgets.dialog import Dialog

WIDE = 560  # pixels
LONGEST = 300  # characters of a value shown
NAMES = {  # field: what it is called, where a line stores several
    "city": N_("Town"),
    "address": N_("Street, house"),
    "action_segment": N_("Action"),
    "visits_norm": N_("Own norm: visits"),
    "calls_norm": N_("Own norm: calls"),
    "mailings_norm": N_("Own norm: mailings"),
    "goal_kind": N_("Goal"),
    "goal_value": N_("Value of the goal"),
    "manager_id": N_("Leads"),
    "referrer_id": N_("Referred by"),
    "lost_on": N_("Lost on"),
    "lost_reason": N_("Reason"),
    "contacts": N_("Phones and e-mails"),
    "consents": N_("Consents"),
}
_LISTS = {
    "action_segment": "action_segment",
    "importance": "importance",
    "stage": "stage",
    "goal_kind": "goal_kind",
    "industry": "industry",
    "channel": "ad_channel",
    "lost_reason": "client_loss_reason",
    "gender": "gender",
    "role": "decision_role",
}


def field_name(field: str, words: Words) -> str:
    """What a field is called in the language of the window."""
    return words.gettext(NAMES.get(field) or lines.LABELS.get(field) or person_edit.LABELS.get(field) or field)


def shown(field: str, value: object, words: Words, users: tuple[User, ...] = ()) -> str:
    """A value as a person reads it; a dash for nothing."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, bool):
        return words.gettext("yes") if value else words.gettext("no")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Birthday):
        return f"{value.day:02d}.{value.month:02d}" + (f".{value.year}" if value.year else "")
    if isinstance(value, tuple):
        return ", ".join(str(getattr(one, "original", "") or _consent(one, words)) for one in value)
    if field == "manager_id":
        return next((user.name for user in users if user.id == value), str(value))
    if field in _LISTS:
        return content.word(_LISTS[field], str(value), words.lang)
    return str(value)[:LONGEST]


def _consent(one: object, words: Words) -> str:
    channel, given = str(getattr(one, "channel", "")), bool(getattr(one, "given", False))
    answer = words.gettext("yes") if given else words.gettext("no")
    return f"{content.word('consent_channel', channel, words.lang)}: {answer}"


class ClashDialog(Dialog):
    """Each field with the two values to choose from: mine where I touched it, theirs where I did not. Closing it
    without a decision throws nothing away: what was typed stays, and the question comes back."""

    def __init__(
        self, kit: Kit, parent: QWidget, clash: Clash, ground: Ground, decide: Callable[[set[str]], None]
    ) -> None:
        super().__init__(
            kit, parent, "", verb=N_("Save as chosen"), press=self._decide, refuse=N_("Decide later"), width=WIDE
        )
        self._clash, self._decided = clash, decide
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        w = kit.words
        both = sum(field.contested for field in clash.fields.values())
        self.heading.setText(
            w.ngettext("{n} field was changed by two people", "{n} fields were changed by two people", both)
        )
        where = QLabel(str(clash.mine.name)[:LONGEST])
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        where.setProperty("k", "muted")
        self.body.addWidget(where)
        who = short_name(clash.who) if clash.who else w.gettext("somebody else")
        at = w.time(clash.at.astimezone(ZoneInfo(kit.clock.zone)).time())
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        for field, values in sorted(clash.fields.items(), key=lambda pair: not pair[1].contested):
            column.addWidget(Hairline(kit))
            self._line(column, field, values, ground, who=who, at=at)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setMinimumHeight(min(90 * len(clash.fields) + 20, 380))
        self.body.addWidget(area, 1)
        self.words(w.gettext("Fields that only one of you changed are kept as they were changed."), "small")

    def _line(self, column: QVBoxLayout, field: str, values: Field, ground: Ground, *, who: str, at: str) -> None:
        w, users = self.kit.words, ground.users
        name = field_name(field, w)
        label = QLabel(name)
        label.setProperty("k", "strong")
        label.setContentsMargins(0, 6, 0, 0)
        column.addWidget(label)
        mine = QRadioButton(w.gettext("Mine: {value}", value=_one_line(shown(field, values.mine, w, users))))
        theirs = QRadioButton(
            w.gettext(
                "{who}, {time}: {value}", who=who, time=at, value=_one_line(shown(field, values.theirs, w, users))
            )
        )
        group = QButtonGroup(self)
        for button in (mine, theirs):
            button.setText(button.text().replace("&", "&&"))
            button.setToolTip(button.text())
            group.addButton(button)
            column.addWidget(button)
        (mine if values.contested else theirs).setChecked(True)
        mine.setEnabled(values.contested)
        before = Elided(self.kit, size=SMALL)
        before.setFixedHeight(20)
        before.say(w.gettext("It was: {value}", value=_one_line(shown(field, values.base, w, users))))
        row = QHBoxLayout()
        row.setContentsMargins(22, 0, 0, 6)
        row.addWidget(before)
        column.addLayout(row)
        self.choices[field] = (mine, theirs)

    def _decide(self) -> None:
        chosen = {field for field, (_, theirs) in self.choices.items() if theirs.isChecked()}
        self.accept()
        self._decided(chosen)


def _one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
