"""self-test: the installed program proves itself, on a temporary office, without touching anything of the person's."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.session import Session
from crmdesk.system.errors import CrmError
from crmdesk.ui.pictures import Picture

if TYPE_CHECKING:
    from crmdesk.services.office import Desk

# A file of sales as offices have it: semicolons, decimal commas, a client nobody knows yet.
SALES = (
    "Дата;Номер;Контрагент;Номенклатура;Количество;Сумма;Себестоимость\n"
    "05.10.2026;501;ООО «Проба пера»;Визитки;500;2 150,50;980,00\n"
    "05.10.2026;501;ООО «Проба пера»;Листовки А5;1000;4 300,00;2 100,00\n"
    "19.10.2026;533;ООО «Проба пера»;Визитки;300;1 290,00;610,00\n"
)


@dataclass(frozen=True, slots=True)
class Trouble(Exception):
    """A step came to something else than it should."""

    what: str


def self_test(session: Session) -> int:
    """One line a step; exit code 1 when a step fails."""
    from crmdesk.ui.error_texts import sentence

    w = session.words
    steps: list[tuple[str, Callable[[_Trial], None]]] = [
        (w.gettext("an office is made and filled"), _Trial.fill),
        (w.gettext("a file of sales comes in once"), _Trial.bring_in),
        (w.gettext("the sheets are drawn: PDF, XLSX, JSON"), _Trial.draw),
        (w.gettext("a copy is made and verified"), _Trial.copy),
        (w.gettext("the doctor finds nothing"), _Trial.examine),
    ]
    views = session.screens.views()
    if views:
        steps.append((w.gettext("every screen opens: {views}", views=", ".join(views)), _Trial.open_screens))
    done = []
    with _away_from_home() as place:
        trial = _Trial(session, place)
        try:
            for name, step in steps:
                why = ""
                try:
                    step(trial)
                except Trouble as trouble:
                    why = trouble.what
                except CrmError as error:
                    why = sentence(error, w)
                state = w.gettext("failed") if why else w.gettext("ok")
                session.say(f"{state:12} {name}" + (f": {why}" if why else ""))
                done.append({"step": step.__name__.strip("_"), "ok": not why, "why": why})
        finally:
            trial.close()
    passed = all(step["ok"] for step in done)
    said = w.gettext("Everything works.") if passed else w.gettext("Something does not work. The lines above say what.")
    session.say(said)
    session.answer({"ok": passed, "steps": done})
    return 0 if passed else 1


@contextlib.contextmanager
def _away_from_home() -> Iterator[Path]:
    """A temporary folder that is also the home of settings, so that nothing of the person's is read or changed."""
    before = {name: os.environ.get(name) for name in ("CRMDESK_HOME", "QT_QPA_PLATFORM")}
    with tempfile.TemporaryDirectory(prefix="crmdesk-", ignore_cleanup_errors=True) as folder:
        os.environ["CRMDESK_HOME"] = str(Path(folder) / "home")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        try:
            yield Path(folder)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


class _Trial:
    """The steps, one after another, on one temporary office."""

    def __init__(self, session: Session, place: Path) -> None:
        self.session, self.place = session, place
        self.file = place / "self-test.crmdesk"
        self.desk: Desk | None = None

    def close(self) -> None:
        """Gives back the office."""
        if self.desk is not None:
            self.desk.close()
            self.desk = None

    @property
    def office(self) -> Desk:
        """The temporary office. Raises Trouble when it could not be made."""
        if self.desk is None:
            raise Trouble(self.session.words.gettext("there is no office to work with"))
        return self.desk

    def fill(self) -> None:
        """A demo office, reopened from its file."""
        from crmdesk.services import demo, office

        lang = self.session.words.lang
        made = office.create_office(
            str(self.file),
            name=demo.office_name(lang),
            currency="RUB",
            zone="Europe/Moscow",
            country="RU",
            lang=lang,
            owner_login="owner",
            owner_name=demo.owner_name(lang),
            clock=self.session.clock("Europe/Moscow"),
        )
        try:
            demo.build_demo(made, "small")
        finally:
            made.close()
        self.desk = office.open_office(str(self.file), login=None, clock=self.session.clock("Europe/Moscow"))

    def bring_in(self) -> None:
        """The file adds its lines the first time and nothing the second."""
        from crmdesk.services import imports

        file = self.place / "sales.csv"
        file.write_text(SALES, encoding="cp1251")
        first = imports.run(self.office, "orders", file, create_unknown=True, backup=False)
        second = imports.run(self.office, "orders", file, create_unknown=True, backup=False)
        if not first.added or first.refused or second.added or second.updated:
            raise Trouble(f"{first.added}, {len(first.refused)}, {second.added}, {second.updated}")

    def draw(self) -> None:
        """All sheets in three formats; the JSON adds up, and the others begin as such files do."""
        from crmdesk.services import sheets

        lang = self.session.words.lang
        batch = sheets.all_sheets(self.office)
        for ending, mark in ((".pdf", b"%PDF-"), (".xlsx", b"PK"), (".json", b"[")):
            path = sheets.save(self.office, batch, self.place / f"sheets{ending}", lang=lang)
            if not path.read_bytes().startswith(mark):
                raise Trouble(path.name)
        written = json.loads((self.place / "sheets.json").read_text(encoding="utf-8"))
        if [len(one["rows"]) for one in written] != [len(one.rows) for one in batch.sheets] or not written:
            raise Trouble("sheets.json")

    def copy(self) -> None:
        """A verified copy that opens again."""
        from crmdesk.services import backups, office

        made = backups.backup(self.office, self.place / "copies")
        restored = backups.restore(made.path, str(self.place / "restored.crmdesk"))
        if dict(restored.counts) != dict(made.counts):
            raise Trouble(str(made.path))
        office.open_office(restored.address, login=None, clock=self.session.clock("Europe/Moscow")).close()

    def examine(self) -> None:
        """The doctor finds the office whole."""
        from crmdesk.services.doctor import run_doctor

        found = run_doctor(self.office)
        if not found.healthy:
            raise Trouble(", ".join(f"{one.trouble.value} {one.table}" for one in found.found))

    def open_screens(self) -> None:
        """Each view is drawn offscreen."""
        self.close()
        screens, lang = self.session.screens, self.session.words.lang
        for view in screens.views():
            picture = self.place / f"{view}.png"
            now = self.session.options.now
            screens.shot(Picture(view, picture, str(self.file), lang=lang, now=now, login="owner"))
            if not picture.is_file() or not picture.read_bytes().startswith(b"\x89PNG"):
                raise Trouble(view)
