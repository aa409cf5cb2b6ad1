"""The keys of the calendar's panes: walking, moving, carrying. Letters count by their place on the keyboard, so that
they work in every layout."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, carried_of

Key = Qt.Key
TODAY_KEYS, CARRY_KEYS = frozenset("tTеЕ"), frozenset("mMьЬ")
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
ENTER = (Key.Key_Return, Key.Key_Enter)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier


def belongs_here(state: CalendarState, event: QKeyEvent) -> bool:
    """Whether a key that is also a command's is the calendar's own now: Alt with an arrow moves what is chosen, and
    while something is carried Enter, Esc and the arrows are its."""
    key, held = Key(event.key()), event.modifiers() & (ALT | CTRL | SHIFT)
    if state.ghost is not None and (key in ARROWS or key in ENTER or key == Key.Key_Escape):
        return True
    chosen = state.entry(state.selected)
    return key in ARROWS and held == ALT and chosen is not None and chosen.movable


def moves(event: QKeyEvent) -> bool:
    """Whether a key moves what is chosen, or takes it up."""
    key, held = Key(event.key()), event.modifiers() & (ALT | CTRL | SHIFT)
    takes = event.text() in CARRY_KEYS and bool(event.text()) and not held & (ALT | CTRL)
    return takes or (key in ARROWS and held == ALT)


def press(presenter: CalendarPresenter, event: QKeyEvent, walk: bool = True) -> bool:
    """Does what a key says; whether it says anything. `walk`: plain arrows go from entry to entry."""
    key, held = Key(event.key()), event.modifiers() & (ALT | CTRL | SHIFT)
    if presenter.state.ghost is not None:
        return _carry(presenter, key, held)
    if key in ARROWS and held == ALT:
        chosen, (days, quarters) = presenter.chosen, ARROWS[key]
        if chosen is not None:
            presenter.move(chosen, days, quarters)
        return chosen is not None
    if walk and key in ARROWS and held == PLAIN:
        days, entries = ARROWS[key]
        presenter.walk(days, entries)
    elif key in (Key.Key_PageUp, Key.Key_PageDown) and held == PLAIN:
        presenter.turn(-1 if key == Key.Key_PageUp else 1)
    elif key == Key.Key_Home or (event.text() in TODAY_KEYS and not held & (ALT | CTRL) and event.text()):
        presenter.go_today()
    elif event.text() in CARRY_KEYS and event.text() and not held & (ALT | CTRL):
        take_up(presenter)
    else:
        return False
    return True


def take_up(presenter: CalendarPresenter) -> None:
    """Begins to carry what is chosen."""
    chosen = presenter.chosen
    if chosen is not None:
        presenter.pick_up(carried_of(chosen))


def _carry(presenter: CalendarPresenter, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
    if key in ENTER:
        presenter.put_down()
    elif key == Key.Key_Escape:
        presenter.let_go()
    elif key in ARROWS:
        days, quarters = ARROWS[key]
        if held == SHIFT:
            presenter.nudge(longer=quarters)
        else:
            presenter.nudge(days, quarters)
    elif key == Key.Key_Space:
        presenter.to_whole_day()
    else:
        return False
    return True
