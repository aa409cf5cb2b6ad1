"""The facts of a client in the right pane: what is known, what is missing and what that spoils; edited in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.client_side import known
from crmdesk.domain.clients import ClientForm, ClientHit
from crmdesk.domain.completeness import CardFact, Gap, Missing, Need, missing
from crmdesk.ui.card import client_fields as fields
from crmdesk.ui.card.client_fields import LABELS, LINES, NOTHING, SHORT, Ground, Refused
from crmdesk.ui.card.edit_in_place import PAD, LineEditor, Value
from crmdesk.ui.card.side_presenter import SideState
from crmdesk.ui.card.side_section import LABEL, Bench, Meter, Section, label
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit

LACKS = {  # fact: what is said at the left
    Gap.CONTACT: N_("No phone, no e-mail"),
    Gap.PERSON: N_("Nobody named"),
    Gap.ACTION_SEGMENT: N_("No action"),
    Gap.NEXT_STEP: N_("No step planned"),
    Gap.BIRTHDAY: N_("No birthday"),
    CardFact.EMAIL: N_("No e-mail"),
    CardFact.MAIL_CONSENT: N_("No consent"),
    CardFact.ADDRESS: N_("No address"),
    CardFact.INDUSTRY: N_("No industry"),
    CardFact.TAX_NUMBER: N_("No tax number"),
}
SPOILS = {
    Need.REACH: N_("cannot be reached"),
    Need.ADDRESSEE: N_("nobody to ask for"),
    Need.SEGMENT: N_("important, yet nothing is to be done"),
    Need.STEP: N_("will be forgotten"),
    Need.GREETING: N_("no birthday wishes"),
    Need.GREETING_MAIL: N_("left out of birthday mails"),
    Need.MAILING: N_("left out of mailings"),
    Need.CARD: N_("left out of postcards"),
    Need.BY_INDUSTRY: N_("in no segment by industry"),
    Need.INVOICE: N_("no invoice can be made"),
}
EDITED_BY = {CardFact.ADDRESS: "place", CardFact.INDUSTRY: "industry", CardFact.TAX_NUMBER: "tax_number",
             Gap.ACTION_SEGMENT: "action"}  # fmt: skip


def draft_key(client_id: int, line: str) -> str:
    """The name of the draft of one line of a client."""
    return f"client-{client_id}-{line}"


class FactRow(QWidget):
    """A label and its value, or the value's editor."""

    def __init__(self, kit: Kit, line: str, edit: Callable[[str], None]) -> None:
        super().__init__()
        self.line = line
        self._kit = kit
        self.editor: LineEditor | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, 0, 0)
        row.setSpacing(4)
        self._label = label(kit, "", LABEL)
        self.value = Value(kit, lambda: edit(line), lines=6 if line == "notes" else 2)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self.value)
        row.addLayout(self._room, 1)

    def show_value(self, name: str, text: str, doubt: str, *, may_edit: bool) -> None:
        """Shows the value, unless it is being edited."""
        self._label.say(name)
        self.value.say(
            text or NOTHING,
            token="text" if text else "muted",
            icon="triangle-alert" if doubt else "",
            icon_token="today",
            name=f"{name}: {text or NOTHING}",
        )
        if doubt:
            self.value.setToolTip(doubt)
        self.value.setEnabled(may_edit)

    def open(self, editor: LineEditor) -> None:
        """Puts the editor in the value's place."""
        self.editor = editor
        self.value.hide()
        self._room.addWidget(editor)
        editor.begin()

    def close_editor(self) -> None:
        """The value is back."""
        if self.editor is not None:
            self.editor.end()
            self._room.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self.value.show()


class MissingRow(QWidget):
    """A fact that is missing, and what that spoils; pressing it fills it in where it can be."""

    def __init__(self, kit: Kit, one: Missing, press: Callable[[], None] | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, 0, 0)
        row.setSpacing(4)
        w = kit.words
        lacks = w.gettext(next(text for key, text in LACKS.items() if key == one.fact))
        words = w.gettext(SPOILS[one.need])
        self.value = Value(kit, press, token="today", icon="triangle-alert")
        self.value.say(words, icon_token="today", name=f"{lacks}: {words}")
        self.value.setEnabled(press is not None)
        row.addWidget(label(kit, lacks, LABEL))
        row.addWidget(self.value, 1)


class FactsSection(Section):
    """The section. `edit` opens a line; `all_lines` says whether the rarely needed ones are shown."""

    def __init__(self, bench: Bench, edit_people: Callable[[], None]) -> None:
        super().__init__(bench, N_("Facts"))
        self._edit_people = edit_people
        self.all_lines = False
        self._state: SideState | None = None
        self._drafting: Drafting | None = None
        self._seen: ClientForm | None = None  # the client as the editor was opened on
        self.rows = {line: FactRow(self.kit, line, self.edit) for line in LINES}
        self.meter = Meter(self.kit, N_("Filled in"))
        self.head.addWidget(self.meter)
        self._missing = QVBoxLayout()
        self._missing.setContentsMargins(0, 0, 0, 0)
        self._missing.setSpacing(0)
        self._shown_missing: tuple[Missing, ...] | None = None
        for row in self.rows.values():
            self.body.addWidget(row)
        self.body.addLayout(self._missing)
        self.more = Value(self.kit, self.toggle, token="primary")
        self.body.addWidget(self.more)

    def toggle(self) -> None:
        """All lines, or only those that say something."""
        self.all_lines = not self.all_lines
        self._show_rows()

    @property
    def editing(self) -> str:
        """The line being edited; "" when none is."""
        return next((line for line, row in self.rows.items() if row.editor is not None), "")

    # showing ---------------------------------------------------------------------------------------
    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        if self._state is not None and self._state.client_id != state.client_id:
            self._close(self.editing)
            self.all_lines = False
        self._state = state
        self._show_rows()
        if state.side is not None and state.card is not None:
            found, share = missing(
                known(state.side, has_orders=state.card.order_days > 0, has_next_step=bool(state.card.tasks))
            )
            self.meter.say(share)
            if found != self._shown_missing:
                self._show_missing(found)
        self.meter.setVisible(state.side is not None)

    def _show_rows(self) -> None:
        form, ground = self.bench.presenter.shown, self.bench.ground()
        w = ground.words
        for line, row in self.rows.items():
            if form is None:
                row.hide()
                continue
            text = fields.value(line, form, ground)
            row.show_value(
                w.gettext(LABELS[line]), text, fields.doubt(line, form, ground), may_edit=fields.may_edit(line, ground)
            )
            row.setVisible(row.editor is not None or self._is_shown(line, text, form))
        self.more.say(w.gettext("Fewer fields") if self.all_lines else w.gettext("All fields"))
        self.more.setVisible(form is not None)

    def _is_shown(self, line: str, text: str, form: ClientForm) -> bool:
        if self.all_lines:
            return line != "lost" or fields.stages_lost(form)
        return line in SHORT and bool(text)

    def _show_missing(self, found: tuple[Missing, ...]) -> None:
        self._shown_missing = found
        while (item := self._missing.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._missing.addWidget(MissingRow(self.kit, one, self._mend(one)))

    def _mend(self, one: Missing) -> Callable[[], None] | None:
        line = next((line for key, line in EDITED_BY.items() if key == one.fact), None)
        if line is not None:
            return lambda: self.edit(line)
        return None if one.fact == Gap.NEXT_STEP else self._edit_people

    # editing ---------------------------------------------------------------------------------------
    def edit(self, line: str, draft: Mapping[str, str] | None = None) -> None:
        """Opens the editor of a line, with a draft when somebody wants it back."""
        form, ground = self.bench.presenter.shown, self.bench.ground()
        if form is None or not fields.may_edit(line, ground):
            return
        if line not in SHORT and not self.all_lines:
            self.all_lines = True
        row = self.rows[line]
        if row.editor is not None:
            row.editor.begin()
            return
        self._close(self.editing)
        self._seen = form
        drafting = Drafting(self.bench.drafts, draft_key(form.id, line), self.kit.clock, self)
        self._drafting = drafting
        editor = LineEditor(
            self.kit,
            fields.inputs(line, form, ground),
            store=lambda texts, go_on: self._store(line, texts, go_on=go_on),
            revert=lambda: self._revert(line),
            typed=drafting.typed,
            find=self._find,
        )
        if draft is not None:
            editor.put(draft)
        row.setVisible(True)
        row.open(editor)
        self._show_rows()

    def _find(self, text: str, came: Callable[[tuple[ClientHit, ...]], None]) -> None:
        self.kit.runner.read(
            lambda job: self.bench.office.found(text), came, lambda error: None, replaces="card-side-find"
        )

    def _store(self, line: str, texts: Mapping[str, str], *, go_on: bool) -> bool:
        """Hands what was typed to the presenter; False: refused, the editor stays."""
        editor, form = self.rows[line].editor, self.bench.presenter.shown
        if editor is None or form is None:
            return True
        if self._drafting is not None:
            self._drafting.flush()
        try:
            changes = fields.read(line, texts, form, self.bench.ground(), editor.clients)
        except Refused as refused:
            editor.refuse(refused.errors)
            return False
        had_focus = editor.isAncestorOf(editor.focusWidget()) if editor.focusWidget() else False
        self._close(line)
        if all(getattr(form, name) == value for name, value in changes.items()):
            self.bench.drafts.forget(draft_key(form.id, line))
        self.bench.presenter.change(changes, self._seen)
        if go_on:
            self._next(line)
        elif had_focus:
            self.rows[line].value.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _next(self, line: str) -> None:
        shown = [name for name, row in self.rows.items() if not row.isHidden()]
        after = shown[shown.index(line) + 1 :] if line in shown else []
        ground = self.bench.ground()
        following: str | None = next((name for name in after if fields.may_edit(name, ground)), None)
        if following is not None:
            self.edit(following)
        else:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _revert(self, line: str) -> None:
        if self._drafting is not None:
            self._drafting.forget()
        self._close(line)
        self._show_rows()
        self.rows[line].value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self, line: str) -> None:
        if line:
            self.rows[line].close_editor()
        if self._drafting is not None:
            self._drafting.flush()
            self._drafting = None

    def say_all(self, ground: Ground) -> None:
        """Says everything anew, in another language."""
        self._shown_missing = None
        if self._state is not None:
            self.show_state(self._state)
