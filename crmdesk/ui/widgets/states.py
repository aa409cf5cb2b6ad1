"""One place that shows either a view's content or why there is none: the six states every view has."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from crmdesk.system.errors import CrmError
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.notes import Empty

NO_CONNECTION = {"no_answer", "connection_lost", "server_slow", "server_overloaded", "office_busy"}
NO_RIGHT = {"no_right"}


class StatePane(QStackedWidget):
    """Shows `content` or words. All words given to it are already in the language of the window.

    `state` is one of "loading", "ready", "empty", "filtered", "failed", "no_right", "offline". A pane that shows its
    content keeps showing it while it is read anew: `loading` and `failed` after `ready` change nothing unless
    `anew=True`, so that nothing a person looks at goes away under his eyes.
    """

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__()
        self._kit = kit
        self.content = content
        self.state = ""
        self.note = Empty(kit)
        self.addWidget(self.note)
        self.addWidget(content)
        self.setFocusProxy(self.note)
        self._again: Callable[[], None] = lambda: None
        self._say: Callable[[], None] = lambda: None
        kit.language.changed.connect(lambda: self._say())
        self.loading()

    @property
    def words(self) -> str:
        """What it says instead of the content; nothing while the content is shown."""
        return "" if self.state == "ready" else self.note.words

    def ready(self) -> None:
        """The content is there."""
        self._show("ready", lambda: None)
        self.note.clear()

    def loading(self, *, anew: bool = False) -> None:
        """The content is on its way."""
        if self.state != "ready" or anew:
            self._show("loading", lambda: self.note.tell("hourglass", self._kit.words.gettext("Looking…")))

    def empty(
        self,
        icon: str,
        reason: str,
        detail: str = "",
        *,
        button: str = "",
        press: Callable[[], None] | None = None,
        link: str = "",
        press_link: Callable[[], None] | None = None,
    ) -> None:
        """There is nothing yet, and what to do first."""
        self._show(
            "empty",
            lambda: self.note.tell(icon, reason, detail, button=button, press=press, link=link, press_link=press_link),
        )

    def filtered(
        self,
        reset: Callable[[], None],
        *,
        reason: str = "",
        hidden: int | None = None,
        change: Callable[[], None] | None = None,
    ) -> None:
        """The filter or the search hides all; `hidden` rows, if they were counted; `change` leads to the conditions."""

        def say() -> None:
            w = self._kit.words
            detail = w.gettext("The search or the filter hides everything.")
            if hidden:
                detail = w.ngettext("The filter hides {n} row.", "The filter hides {n} rows.", hidden)
            self.note.tell(
                "list-filter",
                reason or w.gettext("Nothing fits"),
                detail,
                button=w.gettext("Reset the filter"),
                press=reset,
                link=w.gettext("Change") if change is not None else "",
                press_link=change,
            )

        self._show("filtered", say)

    def failed(self, error: Exception, again: Callable[[], None], *, anew: bool = False) -> None:
        """It could not be read: no connection, no right, or another reason."""
        if self.state == "ready" and not anew:
            return
        key = error.key if isinstance(error, CrmError) else ""
        if key in NO_RIGHT:
            self.no_right(told(error, self._kit.words))
        elif key in NO_CONNECTION:
            self.offline(again, told(error, self._kit.words))
        else:
            self._show("failed", lambda: self._wrong("circle-alert", N_("This could not be read"), error, again))

    def no_right(self, detail: str = "") -> None:
        """The person may not see it."""
        self._show(
            "no_right",
            lambda: self.note.tell(
                "lock",
                self._kit.words.gettext("Not shown to you"),
                detail or self._kit.words.gettext("Ask the owner of the office for the right."),
            ),
        )

    def offline(self, again: Callable[[], None], detail: str = "") -> None:
        """There is no connection to the base."""

        def say() -> None:
            w = self._kit.words
            self.note.tell(
                "cloud-off",
                w.gettext("No connection to the base"),
                detail or w.gettext("The window looks for it by itself and shows this as soon as it is back."),
                token="today",
                button=w.gettext("Try again"),
                press=again,
            )

        self._show("offline", say)

    def _wrong(self, icon: str, reason: str, error: Exception, again: Callable[[], None]) -> None:
        w = self._kit.words
        self.note.tell(
            icon, w.gettext(reason), told(error, w), token="over", button=w.gettext("Try again"), press=again
        )

    def _show(self, state: str, say: Callable[[], None]) -> None:
        focus = self.window().focusWidget()  # what is hidden gives the keyboard to the next one: it is kept here
        had_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.state, self._say = state, say
        say()
        self.setCurrentWidget(self.content if state == "ready" else self.note)
        shown = self.content if state == "ready" else self.note.focus_button or self.note
        self.setFocusProxy(shown)
        if had_focus and focus is not shown and not shown.isAncestorOf(focus):
            self.setFocus()
