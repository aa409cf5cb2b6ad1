"""What the palette finds beside commands: clients, open tasks, and the choices of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crmdesk.domain.tasks import TaskRow
from crmdesk.domain.text import fold
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.host import Host
from crmdesk.ui.frame.office import FrameOffice
from crmdesk.ui.kit import Kit
from crmdesk.ui.language import NAMES
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.office import Office
from crmdesk.ui.palette.presenter import MOST_CLIENTS, MOST_TASKS, Found, Row
from crmdesk.ui.palette.screen import Palette
from crmdesk.ui.settings.places import PAGES
from crmdesk.ui.theme.look import THEMES

THEME_TITLES = {
    "system": N_("Theme: as the system"),
    "light": N_("Theme: light"),
    "dark": N_("Theme: dark"),
}


class Finder:
    """Gives the palette what the open office and this computer have."""

    def __init__(self, kit: Kit, host: Host, palette: Palette) -> None:
        self._kit = kit
        self._host = host
        self._palette = palette
        palette.more = self._settings

    def watch(self, office: Office) -> None:
        """Finds in this office from now on."""
        self._palette.set_search(lambda text: self._found(office, text), self._host.open_client)

    def _found(self, office: Office, text: str) -> list[Found]:
        """Clients, then tasks; called by work."""
        hits = office.client_hits(text, MOST_CLIENTS, anywhere=False)
        found = [
            Found(hit.id, hit.name, " · ".join(part for part in (hit.city, hit.manager or "") if part)) for hit in hits
        ]
        typed = fold(text).split()
        for task in FrameOffice(office).open_tasks():
            words = fold(f"{task.title} {task.client}")
            if all(part in words for part in typed):
                found.append(self._task(office, task))
            if len(found) >= len(hits) + MOST_TASKS:
                break
        return found

    def _task(self, office: Office, task: TaskRow) -> Found:
        from crmdesk.services import content  # with the services, after the first frame

        when = self._kit.words.short_day(task.due_day) if task.due_day else ""
        note = " · ".join(part for part in (task.client, when) if part)
        icon = "flag" if task.promise else record_icon(task.kind)
        return Found(
            task.id,
            task.title or content.word("task_kind", task.kind, self._kit.words.lang),
            note,
            icon,
            lambda: self._open_task(office, task),
        )

    def _open_task(self, office: Office, task: TaskRow) -> None:
        from crmdesk.ui.task.form import open_task_form  # with the services, after the first frame

        open_task_form(self._kit, office, self._host, task=task)

    def _settings(self) -> Sequence[Row]:
        words = self._kit.words
        where, language = words.gettext("Settings"), words.gettext("Language")
        rows = [
            Row("settings", words.gettext(THEME_TITLES[theme]), where, "", self._use_theme(theme)) for theme in THEMES
        ]
        rows += [Row("globe", f"{language}: {NAMES[lang]}", where, "", self._speak(lang)) for lang in LANGUAGES]
        rows += [
            Row(icon, words.gettext(title), where, "", self._set_up(page)) for page, (title, icon) in PAGES.items()
        ]
        return rows

    def _set_up(self, page: str) -> Callable[[], None]:
        return lambda: self._host.go("settings", page)

    def _use_theme(self, theme: str) -> Callable[[], None]:
        def use() -> None:
            self._kit.settings.set("theme", theme)
            self._kit.look.use(theme)

        return use

    def _speak(self, lang: str) -> Callable[[], None]:
        def speak() -> None:
            self._kit.settings.set("lang", lang)
            self._kit.language.use(lang)

        return speak
