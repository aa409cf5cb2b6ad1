"""The right pane in the window: editing in place by keyboard, drafts, phones, what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import select

from crmdesk.app import App
from crmdesk.data.tables import AccessLog, Order, OrderLine, Product
from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.names import Birthday
from crmdesk.domain.people import ContactRow, PersonRow
from crmdesk.services import client_side, clients
from crmdesk.system.errors import OutsideError
from crmdesk.ui.card.edit_in_place import Trouble, Value
from crmdesk.ui.card.new_client import open_new_client
from crmdesk.ui.card.order_form import OrderForm, read_lines
from crmdesk.ui.card.screen import SIDE, CardScreen
from crmdesk.ui.card.side import MARGIN, SidePane
from crmdesk.ui.card.side_people import PersonBlock
from crmdesk.ui.card.side_presenter import Saving
from crmdesk.ui.frame.host import ClientAt
from crmdesk.ui.widgets.controls import Canvas
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.stalls import MOST, Stalls
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.gui


def card_of(app: App, qtbot: Any, number: int = 0) -> SidePane:
    """Opens the card of the n-th client of the list."""
    assert app.window.office is not None
    ids = clients.page_ids(app.window.office.desk, ClientFilter())
    app.window.go("card", ClientAt(ids[number], tuple(ids)))
    settle(app, qtbot)
    screen = app.window.screens["card"]
    assert isinstance(screen, CardScreen)
    side = screen.side
    until(qtbot, lambda: side.presenter.state.side is not None and side.presenter.state.client_id == ids[number])
    settle(app, qtbot)
    return side


def stored(app: App, side: SidePane) -> Any:
    assert app.window.office is not None
    return client_side.side(app.window.office.desk, side.presenter.state.client_id)


def line(side: SidePane, name: str, field: str) -> QLineEdit:
    """The input of an open line."""
    editor = side.facts.rows[name].editor
    assert editor is not None, f"{name} is not being edited"
    widget = editor.fields[field]
    assert isinstance(widget, QLineEdit)
    return widget


def shown(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(Value) if not one.isHidden()]


def until(qtbot: Any, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=PATIENCE)


def test_that_a_value_turns_into_its_editor_and_is_stored_by_enter(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    value = side.facts.rows["tax_number"].value
    value.setFocus()
    press(value, Qt.Key.Key_F2)
    field = line(side, "tax_number", "tax_number")
    field.setText("")
    type_text(field, "7701234567")
    press(field, Qt.Key.Key_Return)
    settle(app, qtbot)
    assert stored(app, side).form.tax_number == "7701234567"
    assert side.presenter.state.saving is Saving.STORED
    assert side.foot.words.text() == "Записано 09:30"
    assert side.drafts.pending() == ()
    assert side.facts.editing == "industry", "Enter goes on to the next line"


def test_that_escape_puts_back_what_was_there(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    before = stored(app, side).form
    side.facts.edit("place")
    type_text(line(side, "place", "city"), "Орёл")
    press(line(side, "place", "city"), Qt.Key.Key_Escape)
    settle(app, qtbot)
    assert side.facts.editing == "" and stored(app, side).form == before
    assert side.drafts.pending() == ()


def test_that_a_wrong_figure_stays_with_its_words_beside_it(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    before = stored(app, side).form
    side.facts.edit("tax_number")
    field = line(side, "tax_number", "tax_number")
    field.setText("770123456")
    press(field, Qt.Key.Key_Return)
    editor = side.facts.rows["tax_number"].editor
    assert editor is not None and editor.troubles["tax_number"].text == "ИНН: нужно 10 или 12 цифр, сейчас 9."
    assert field.property("bad") is True and field.accessibleDescription().startswith("ИНН")
    assert stored(app, side).form == before
    (draft,) = side.drafts.pending()
    assert draft.fields == {"tax_number": "770123456"}, "what was typed can be left, and is kept"


def test_that_text_left_in_a_killed_window_is_offered_again(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    client_id = side.presenter.state.client_id
    side.drafts.keep(f"client-{client_id}-notes", {"notes": "звонить после обеда"}, app.kit.clock.now())
    card_of(app, qtbot, 1)
    assert side.draft_bar.isHidden()
    side = card_of(app, qtbot)
    assert not side.draft_bar.isHidden()
    assert side.draft_bar.accessibleName() == "Есть незаписанный текст от 09:30"
    side.draft_bar.bring_back.click()
    editor = side.facts.rows["notes"].editor
    assert editor is not None and editor.texts == {"notes": "звонить после обеда"}
    editor.commit()
    settle(app, qtbot)
    assert stored(app, side).form.notes == "звонить после обеда"
    assert side.drafts.pending() == ()


def test_that_a_draft_nobody_wants_is_thrown_away(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    client_id = side.presenter.state.client_id
    side.drafts.keep(f"client-{client_id}-name", {"name": "х"}, app.kit.clock.now())
    card_of(app, qtbot, 1)
    side = card_of(app, qtbot)
    side.draft_bar.throw_away.click()
    assert side.draft_bar.isHidden() and side.drafts.pending() == ()


def test_that_a_store_that_is_gone_is_said_and_costs_nothing(
    opened: Opened, demo: str, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    office = side._office
    kept = office.save

    def gone(form: Any, base: Any) -> Any:
        raise OutsideError("connection_lost", address="база")

    monkeypatch.setattr(office, "save", gone)
    side.facts.edit("notes")
    editor = side.facts.rows["notes"].editor
    assert editor is not None
    editor.put({"notes": "важно"})
    editor.commit()
    until(qtbot, lambda: side.presenter.state.saving is Saving.LOCAL)
    assert "сохранён локально" in side.foot.words.text()
    assert side.facts.rows["notes"].value.text() == "важно"
    assert [draft.fields for draft in side.drafts.pending()] == [{"notes": "важно"}]
    monkeypatch.setattr(office, "save", kept)
    side.foot.action.click()
    settle(app, qtbot)
    assert stored(app, side).form.notes == "важно" and side.drafts.pending() == ()


def test_that_two_windows_are_asked_and_lose_nothing(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    assert app.window.office is not None
    form = stored(app, side).form
    clients.save(app.window.office.desk, replace(form, notes="записал другой", city="Орёл"), form)
    side.facts.edit("notes")
    editor = side.facts.rows["notes"].editor
    assert editor is not None
    editor.put({"notes": "записал я"})
    editor.commit()
    until(qtbot, lambda: side.clash is not None)
    clash = side.clash
    assert clash is not None
    mine, theirs = clash.choices["notes"]
    assert mine.isChecked() and mine.text() == "Моё: записал я"
    assert theirs.text().endswith(": записал другой")
    assert clash.choices["city"][1].isChecked() and not clash.choices["city"][0].isEnabled()
    clash.verb.click()
    settle(app, qtbot)
    now = stored(app, side).form
    assert (now.notes, now.city) == ("записал я", "Орёл")


def test_that_a_phone_is_hidden_until_it_is_asked_for(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    phone = next(row for block in side.people.blocks for row in block.phones)
    whole = next(one for one in side.people.people[0].contacts if one.kind == "phone")
    assert "•" in phone.number.text() and whole.normal[-7:-2] not in "".join(filter(str.isdigit, phone.number.text()))
    phone.link.click()
    assert "".join(c for c in phone.number.text() if c.isdigit() or c == "+") == whole.normal
    phone.link.click()
    assert QApplication.clipboard().text() == whole.normal
    settle(app, qtbot)
    with app.window.office.desk.store.read() as connection:  # the journal knows once, however often it is copied
        kept = connection.execute(select(AccessLog.kind, AccessLog.what, AccessLog.rows)).all()
    assert [tuple(row) for row in kept] == [("reveal", f"phone {side.people.people[0].client_id}", 1)]


def test_that_a_product_is_offered_while_a_line_is_typed_and_kept_with_the_order(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    desk = app.window.office.desk
    with desk.store.read() as connection:
        name, number = connection.execute(select(Product.name, Product.id).order_by(Product.name)).first()
    side.orders.open_form()
    form = app.window.findChild(OrderForm)
    what, quantity, price, _, _ = form.lines[0]
    what.setFocus()
    type_text(what, name[: len(name) // 2].upper())
    qtbot.waitUntil(lambda: what.popup.isVisible() and what.popup.model().rowCount() > 0, timeout=PATIENCE)
    rows = [what.popup.model().index(n, 0).data() for n in range(what.popup.model().rowCount())]
    row = next(n for n, text in enumerate(rows) if text.startswith(name))
    what.popup.setCurrentIndex(what.popup.model().index(row, 0))
    press(what.popup, Qt.Key.Key_Return)
    assert (what.text(), what.product_id) == (name, number)
    quantity.setText("100")
    price.setText("12,50")
    form.store()
    assert [line.product_id for line in read_lines(form.typed, app.kit.words)[0]] == [number]
    type_text(what, " x")
    assert what.product_id is None  # other words are no longer that product
    settle(app, qtbot)
    with desk.store.read() as connection:
        last = connection.execute(
            select(OrderLine.product_id).join(Order, Order.id == OrderLine.order_id).order_by(Order.created_at.desc())
        ).first()
    assert last[0] == number


def test_that_a_person_is_typed_in_one_line_and_greeted_by_it(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    before = len(side.people.people)
    side.people.add.click()
    editor = side.people.editor
    assert editor is not None
    whole = editor.fields["whole"]
    type_text(whole, "Пётр Иванович Сидоров")
    assert [editor.texts[part] for part in ("surname", "given_name", "patronymic")] == ["Сидоров", "Пётр", "Иванович"]
    assert editor._greeting.accessibleName().startswith("Уважаемый Пётр Иванович!; Шановний ")
    editor.put({"birthday": "31.02"})
    press(editor.fields["birthday"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.troubles["birthday"].text == "Такого дня нет: 31.02"
    editor.put({"birthday": "29.02", "consent-email": "yes", "origin": "анкета"})
    press(editor.fields["birthday"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(app, qtbot)
    people = stored(app, side).people
    assert len(people) == before + 1
    new = people[-1]
    assert (new.name, new.birthday.day) == ("Сидоров Пётр Иванович", 29)
    assert [(one.channel, one.given, one.origin) for one in new.consents] == [("email", True, "анкета")]
    assert side.people.editor is None and side.drafts.pending() == ()


def test_that_swapped_names_are_proposed_and_never_changed_silently(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    side.people.add.click()
    editor = side.people.editor
    assert editor is not None
    editor.put({"surname": "Петрович", "given_name": "Иванов"})
    assert not editor.swap.isHidden() and editor.texts["surname"] == "Петрович"
    editor.swap.click()
    assert (editor.texts["surname"], editor.texts["patronymic"]) == ("Иванов", "Петрович")
    assert editor.swap.isHidden()


def test_that_a_new_client_warns_of_his_twin_and_opens(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    assert app.window.office is not None
    known = stored(app, side).form.name
    form = open_new_client(app.kit, app.window.office, app.window)
    settle(app, qtbot)
    name = form.fields["name"]
    assert isinstance(name, QLineEdit)
    type_text(name, known)
    until(qtbot, lambda: bool(form.warning.rows))
    assert any(known in text for text in [row.link.accessibleName() for row in form.warning.rows])
    name.setText("ООО «Совсем новый»")
    form.store()
    settle(app, qtbot)
    until(
        qtbot, lambda: side.presenter.state.form is not None and side.presenter.state.form.name == "ООО «Совсем новый»"
    )
    settle(app, qtbot)
    assert side.drafts.get("new-client") is None


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_that_nothing_in_the_pane_is_wider_than_it(
    opened: Opened, demo: str, qtbot: Any, lang: str, size: tuple[int, int]
) -> None:
    app = opened(demo, lang=lang)
    app.window.resize(*size)
    side = card_of(app, qtbot)
    assert app.window.office is not None
    form = stored(app, side).form
    clients.save(app.window.office.desk, replace(form, name="Ж" * 200, address="улица " * 80, notes="я" * 400), form)
    side.facts.all_lines = True
    side.presenter.load()
    side.people.edit_first()
    settle(app, qtbot)
    inner = side.area.widget()
    assert inner.minimumSizeHint().width() <= side.area.viewport().width()
    assert side._two is (size[0] > 1600)
    for one in side.findChildren(Value):
        if one.isVisible() and one._fits:
            assert one.width() >= one.sizeHint().width(), one.text()
    for trouble in side.findChildren(Trouble):
        assert trouble.isHidden() or trouble.height() >= 16


def test_that_the_pane_can_be_heard(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    side.people.edit_first()
    side.facts.edit("action")
    settle(app, qtbot)
    silent = [
        type(one).__name__
        for one in side.findChildren(QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.isVisible() and not one.accessibleName()
        and not isinstance(one.parent(), QLineEdit) and not (hasattr(one, "text") and one.text())
    ]  # fmt: skip
    assert silent == []


def test_that_text_of_a_killed_program_is_offered_when_the_office_opens(opened: Opened, demo: str, qtbot: Any) -> None:
    first = opened(demo)
    side = card_of(first, qtbot, 3)
    client_id = side.presenter.state.client_id
    side.drafts.keep(f"client-{client_id}-notes", {"notes": "звонить после обеда"}, first.kit.clock.now())
    first.window.go("clients")
    app = opened(demo)
    assert app.window.banner.words == "Есть незаписанный текст от 09:30"
    app.window.banner._pressed()
    settle(app, qtbot)
    screen = app.window.screens["card"]
    assert isinstance(screen, CardScreen)
    until(qtbot, lambda: screen.side.presenter.state.client_id == client_id)
    assert not screen.side.draft_bar.isHidden()


def test_that_f2_shows_the_pane_of_a_narrow_window(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.resize(910, 512)
    side = card_of(app, qtbot)
    assert not side.isVisible()
    app.kit.commands.run("edit")
    assert side.isVisible() and side.facts.editing == "name"
    assert side.area.widget().minimumSizeHint().width() <= side.area.viewport().width()


def test_that_opening_and_typing_stall_nobody(opened: Opened, demo: str, qtbot: Any, stalls: Stalls) -> None:
    app = opened(demo)
    side = card_of(app, qtbot)
    side.people.edit_first()  # the lists' words are read once a program, with the first editor
    assert side.people.editor is not None
    side.people.editor.revert()
    settle(app, qtbot)
    stalls.start()
    side.facts.edit("notes")
    editor = side.facts.rows["notes"].editor
    assert editor is not None
    type_text(editor.fields["notes"], "звонить после обеда, спросить Ткач")
    until(qtbot, lambda: bool(side.drafts.pending()))
    editor.commit()
    settle(app, qtbot)
    assert stalls.longest < MOST


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
def test_that_a_birthday_leaves_a_phone_its_room(opened: Opened, demo: str, lang: str) -> None:
    phone = ContactRow(1, 7, "phone", "+79265550839", "+7 926 555-08-39")
    person = PersonRow(7, 5, "Чижова", "Алёна", birthday=Birthday(30, 11), contacts=(phone,))
    block = PersonBlock(opened(demo, lang=lang).kit, person, date(2026, 11, 20), lambda: None, lambda: None)
    assert any("10" in one.accessibleName() for one in block.findChildren(Canvas))
    assert block.minimumSizeHint().width() <= SIDE - 3 * MARGIN
