"""The card on the screen, over a real store: a contact by the keyboard, drafts, changes elsewhere, neighbours, size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from crmdesk.app import App
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.people import PersonRow
from crmdesk.domain.timeline import EntryKind
from crmdesk.services import clients, people, presence, tasks, timeline
from crmdesk.services.office import Desk, open_office
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id
from crmdesk.ui.card.screen import CardScreen
from crmdesk.ui.frame.host import ClientAt
from tests.conftest import NOW, ZONE
from tests.data.rows import add_interaction
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.stalls import MOST, Stalls
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.gui

CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
TODAY = NOW.date()


@pytest.fixture
def desk(sqlite_office: Desk) -> Desk:
    return sqlite_office


def add(desk: Desk, name: str = "Стройдвор", **values: Any) -> ClientForm:
    usual: dict[str, Any] = {"name": name, "action_segment": ActionSegment.VVV.value}
    return clients.save(desk, replace(clients.new_form(desk), **{**usual, **values}))


def card_of(app: App, qtbot: Any, client_id: int, among: tuple[int, ...] = ()) -> CardScreen:
    app.window.open_client(client_id, among)
    settle(app, qtbot)
    screen = app.window.screens["card"]
    assert isinstance(screen, CardScreen)
    return screen


def key(key_: Qt.Key, held: Qt.KeyboardModifier = NONE, text: str = "") -> int:
    """Pressed where the focus is; counts one."""
    where = QApplication.focusWidget()
    assert where is not None
    press(where, key_, held, text=text)
    return 1


def texts(screen: CardScreen) -> list[str]:
    return [line.text or line.title for line in screen.model.lines if not line.head]


def test_that_a_contact_with_its_next_step_takes_seven_keys_besides_its_words(
    desk: Desk, opened: Opened, qtbot: Any
) -> None:
    client = add(desk)
    people.save(desk, PersonRow(new_id(), client.id, "Ткач", "Марина"))
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    assert QApplication.focusWidget() is screen.composer.text
    type_text(screen.composer.text, "звонила Ткач 4 мин, ждём макет")
    keys = key(Qt.Key.Key_Tab)  # what it was: guessed
    while QApplication.focusWidget() is not screen.composer.result:
        keys += key(Qt.Key.Key_Tab)
    keys += key(Qt.Key.Key_4, text="4")  # a quote was asked for
    keys += key(Qt.Key.Key_Tab)
    keys += key(Qt.Key.Key_1, text="1")  # tomorrow
    keys += key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    assert keys <= 8
    (entry,) = timeline.page(desk, client.id, (EntryKind.CALL,)).entries
    assert (entry.words, entry.minutes, entry.rung) == ("звонила Ткач 4 мин, ждём макет", 4, "middle")
    assert entry.person == "Ткач Марина"
    (step,) = entry.steps
    assert (step.kind, step.due_day) == ("visit", TODAY + timedelta(days=1))
    assert screen.composer.typed.is_empty and screen.composer.more.isHidden()
    assert texts(screen)[0] == "звонила Ткач 4 мин, ждём макет"
    assert screen.header.step.said is not None and "завтра" in screen.header.step.said.words


def test_that_alt_and_a_digit_say_what_it_was_in_any_layout(desk: Desk, opened: Opened, qtbot: Any) -> None:
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, add(desk).id)
    type_text(screen.composer.text, "показал образцы")
    key(Qt.Key.Key_2, ALT)
    assert screen.composer.kind == "visit" and screen.composer.kinds.value == "visit"
    assert screen.composer.text.toPlainText() == "показал образцы"
    results = [screen.composer.result.itemData(n) for n in range(screen.composer.result.count())]
    assert "visit_order" in results and "call_order" not in results


def test_that_a_contact_without_a_next_step_is_a_breach_to_be_seen(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонил, никого")
    assert screen.composer.breach
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    assert screen.header.step.said is not None and screen.header.step.said.token == "today"
    assert [meaning for line in screen.model.lines for _, meaning in line.nexts] == ["today"]
    clients.save(desk, replace(clients.card(desk, client.id).form, action_segment="NONE"), _stored(desk, client.id))
    screen.reload()
    settle(app, qtbot)
    assert screen.header.step.said is None
    assert not screen.composer.breach


def _stored(desk: Desk, client_id: int) -> ClientForm:
    return clients.card(desk, client_id).form


def test_that_nothing_further_asks_for_its_reason(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонил: закрываются")
    screen.composer.whens.choose("nothing")
    assert QApplication.focusWidget() is screen.composer.reason
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    assert screen.model.lines == []
    type_text(screen.composer.reason, "ликвидация")
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    (entry,) = timeline.page(desk, client.id).entries
    assert entry.reason == "ликвидация"


def test_that_a_named_acquaintance_becomes_a_lead_linked_to_who_named_him(
    desk: Desk, opened: Opened, qtbot: Any
) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонил, отказались")
    screen.composer.result.setFocus()
    key(Qt.Key.Key_9, text="9")
    number = screen.composer.result.findData("call_refused")
    screen.composer.result.setCurrentIndex(number)
    screen.composer.result.activated.emit(number)
    assert not screen.composer.referral.isHidden()
    type_text(screen.composer.referral, "Плитка-Центр")
    screen.composer.whens.choose("week")
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    (entry,) = timeline.page(desk, client.id, (EntryKind.CALL,)).entries
    assert (entry.result, entry.rung) == ("call_referral", "minimum")
    (hit,) = clients.search(desk, "плитка")
    lead = clients.card(desk, hit.id).form
    assert (lead.name, lead.referrer_id, lead.stage, lead.manager_id) == ("Плитка-Центр", client.id, "lead", desk.me.id)


def test_that_a_planned_visit_is_done_with_what_happened_and_what_follows_at_once(
    desk: Desk, opened: Opened, qtbot: Any
) -> None:
    client = add(desk)
    planned = tasks.add(desk, client.id, "visit", TODAY, "цветопроба")
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    app.kit.commands.run("done")
    assert screen.composer.task is not None and screen.composer.kind == "visit"
    type_text(screen.composer.text, "цвет приняли")
    screen.composer.whens.choose("days")
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    assert tasks.get(desk, planned.id).done_at is not None
    page = timeline.page(desk, client.id, counts=True)
    assert [(entry.kind, entry.words) for entry in page.entries] == [(EntryKind.VISIT, "цвет приняли")]
    assert page.counts is not None and page.counts[EntryKind.TASK] == 0
    assert [step.kind for step in page.entries[0].steps] == ["visit"]
    assert screen.composer.task is None


def test_that_a_promise_is_kept_by_its_button(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    tasks.add(desk, client.id, "other", TODAY - timedelta(days=3), "смета", promise=True)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    said = screen.header.promise.said
    assert said is not None and said.token == "over" and "3 дня просрочки" in said.words
    screen.header.kept.click()
    settle(app, qtbot)
    assert screen.header.promise.isHidden()
    (entry,) = timeline.page(desk, client.id).entries
    assert entry.done_day == TODAY


def test_that_the_next_step_is_moved_and_changed_from_the_head(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    planned = tasks.add(desk, client.id, "call", TODAY, "сверка")
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    screen.header.move_step.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()  # tomorrow: it stands today already
    menu.close()
    settle(app, qtbot)
    assert tasks.get(desk, planned.id).due_day == TODAY + timedelta(days=1)
    assert screen.header.step.said is not None and "завтра" in screen.header.step.said.words
    screen.header.change.click()
    settle(app, qtbot)
    (form,) = [dialog for dialog in app.window.findChildren(QDialog) if dialog.isVisible()]
    form.reject()


def test_that_the_menu_of_the_card_holds_its_actions_and_the_archive_takes_and_gives_back(
    desk: Desk, opened: Opened, qtbot: Any
) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    screen.header.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = {action.text().replace("&", "") for action in menu.actions()}
    menu.close()
    titles = {app.kit.commands.title(name) for name in ("record", "next-step", "print", "archive")}
    assert titles <= found
    app.kit.commands.run("archive")
    settle(app, qtbot)
    assert clients.card(desk, client.id).archived and not screen.header.record.isEnabled()
    app.kit.commands.run("archive")
    settle(app, qtbot)
    assert not clients.card(desk, client.id).archived and screen.header.record.isEnabled()


def test_that_a_change_elsewhere_leaves_what_is_typed_alone(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонил, просят")
    screen.composer.whens.choose("week")
    typed = screen.composer.typed
    clients.save(desk, replace(client, name="Стройдвор-Юг"), client)
    tasks.add(desk, client.id, "call", TODAY, "перезвонить")
    app.kit.changes.tell("clients", clients=[client.id])
    settle(app, qtbot)
    assert screen.composer.typed == typed
    assert screen.header.title.accessibleName().startswith("Стройдвор-Юг")
    assert screen.header.step.said is not None


def test_that_a_draft_outlives_the_window_and_goes_with_the_saving(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client, other = add(desk), add(desk, "Лидер")
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонила Ткач")
    screen.composer.whens.choose("month")
    typed = screen.composer.typed
    app.window.open_client(other.id)
    settle(app, qtbot)
    assert screen.composer.typed.is_empty
    app.close()
    again = opened(desk.store.address)
    screen = card_of(again, qtbot, client.id)
    assert screen.composer.typed == typed
    key(Qt.Key.Key_Return, CTRL)
    settle(again, qtbot)
    card_of(again, qtbot, other.id)
    assert card_of(again, qtbot, client.id).composer.typed.is_empty
    assert len(timeline.page(desk, client.id).entries) == 1


def test_that_the_neighbours_are_those_of_the_list_and_back_leads_to_it(desk: Desk, opened: Opened, qtbot: Any) -> None:
    ids = tuple(add(desk, name).id for name in ("Альфа", "Бета", "Гамма"))
    app = opened(desk.store.address)
    app.window.go("clients")
    settle(app, qtbot)
    screen = card_of(app, qtbot, ids[0], ids)
    assert not screen.header.previous.isEnabled() and screen.header.next.isEnabled()
    app.kit.commands.run("next-client")
    settle(app, qtbot)
    app.kit.commands.run("next-client")
    settle(app, qtbot)
    assert screen.presenter.state.client_id == ids[2] and not screen.header.next.isEnabled()
    app.window.back()
    settle(app, qtbot)
    assert app.window.here == "clients"


def test_that_pills_and_search_filter_and_the_empty_stream_says_why(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    assert screen.stream.state == "empty"
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        add_interaction(writing, client.id, resume="Каталог на май")
        add_interaction(writing, client.id, kind="visit", resume="Ценники")
    screen.reload()
    settle(app, qtbot)
    assert [(pill.choice.text, pill.choice.note) for pill in screen.pills.pills] == [
        ("Все", ""), ("Звонки", "1"), ("Визиты", "1"),
    ]  # fmt: skip
    screen.pills.choose(EntryKind.VISIT)
    settle(app, qtbot)
    assert texts(screen) == ["Ценники"]
    app.kit.commands.run("find")
    type_text(screen.search, "каталог")
    qtbot.waitUntil(lambda: screen.stream.state == "filtered", timeout=PATIENCE)
    screen.stream.note.button.click()
    settle(app, qtbot)
    assert len(texts(screen)) == 2


def test_that_five_thousand_entries_and_a_long_name_neither_stop_nor_clip_the_window(
    desk: Desk, opened: Opened, qtbot: Any
) -> None:
    client = add(desk, "Очень длинное название " * 8 + "конец названия", importance="vip")
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        for n in range(5_000):
            day = date(2026, 11, 1) - timedelta(days=n // 3)
            add_interaction(writing, client.id, day, resume=f"Обсудили тираж {n}. " * (1 + n % 6))
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    tester = QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(texts(screen)) == 50
    bar = screen.timeline.verticalScrollBar()
    for _ in range(3):
        before = len(texts(screen))
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda: len(texts(screen)) > before, timeout=PATIENCE)  # noqa: B023
    assert len(texts(screen)) >= 200
    title = screen.header.title
    assert title.x() + title.width() <= screen.header.previous.x()
    assert screen.header.record.geometry().right() <= screen.width()
    assert tester.model() is screen.model


def test_that_no_turn_of_the_window_is_long_with_five_thousand_entries(
    desk: Desk, opened: Opened, qtbot: Any, stalls: Stalls
) -> None:
    small, large = add(desk), add(desk, "Лидер")
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        for n in range(5_000):
            add_interaction(
                writing, large.id, date(2026, 11, 1) - timedelta(days=n // 3), resume="Обсудили тираж. " * 9
            )
        add_interaction(writing, large.id, resume="слово " * 15_000)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, small.id)
    stalls.start()
    card_of(app, qtbot, large.id)
    bar = screen.timeline.verticalScrollBar()
    for _ in range(8):
        before = len(texts(screen))
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda: len(texts(screen)) > before, timeout=PATIENCE)  # noqa: B023
    type_text(screen.composer.text, "звонил, просят скидку")
    screen.composer.whens.choose("week")
    key(Qt.Key.Key_Return, CTRL)
    settle(app, qtbot)
    screen.pills.choose(EntryKind.CALL)
    settle(app, qtbot)
    app.window.resize(1000, 700)
    settle(app, qtbot)
    stalls.stop()
    assert stalls.longest < MOST, f"{stalls.longest:.0f} ms in one turn"


def test_that_everything_in_reach_of_tab_has_a_name(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    screen.composer.begin()
    screen.composer.whens.choose("date")
    screen.composer.whens.choose("nothing")
    nameless = [
        child
        for child in screen.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not (child.accessibleName() or getattr(child, "text", str)())
    ]
    assert nameless == []


def test_that_a_card_that_cannot_be_read_says_so_and_tries_again(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    app.window.go("card", ClientAt(client.id + 1))
    settle(app, qtbot)
    screen = app.window.screens["card"]
    assert isinstance(screen, CardScreen) and screen.states.state == "failed"
    assert card_of(app, qtbot, client.id).states.state == "ready"


def test_that_the_card_speaks_another_language_at_once(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    type_text(screen.composer.text, "звонил")
    typed = screen.composer.typed
    app.kit.language.use("uk")
    assert screen.composer.typed == typed
    assert screen.header.record.text().strip() == "Записати контакт"
    assert screen.composer.kinds.pills[0].choice.text == "Дзвінок"


def test_that_two_who_have_the_same_card_open_know_of_each_other(desk: Desk, opened: Opened, qtbot: Any) -> None:
    client = add(desk)
    other = open_office(desk.store.address, login="ivanova", clock=Clock.at(NOW, ZONE))
    presence.enter(other, client.id)
    app = opened(desk.store.address)
    screen = card_of(app, qtbot, client.id)
    assert screen.presenter.state.others == (other.me.name,)
    assert "открыт также: Иванова" in screen.header.title.accessibleName()
    assert presence.others(other, client.id) == (desk.me.name,)
    app.window.go("clients")
    settle(app, qtbot)
    assert presence.others(other, client.id) == ()
    presence.leave(other)
    app.window.go("card")
    settle(app, qtbot)
    assert presence.others(other, client.id) == (desk.me.name,)
    screen.reload()
    settle(app, qtbot)
    assert screen.presenter.state.others == ()
    other.close()
