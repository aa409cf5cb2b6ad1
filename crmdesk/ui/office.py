"""The open office as the window sees it: the services, imported when work first needs them.

Every method here is called by work on a thread of the TaskRunner. The services pull in SQLAlchemy and ReportLab;
importing them at the top would keep the first frame waiting for a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crmdesk.domain.client_list import ClientFilter, ClientRow
from crmdesk.domain.clients import ClientCard, ClientHit
from crmdesk.domain.evidence import Evidence
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import Factor, Sheet, SheetRequest
from crmdesk.domain.users import OfficeFacts, User
from crmdesk.system.clock import Clock
from crmdesk.system.jobs import Job

if TYPE_CHECKING:
    from crmdesk.exchange.columns import ColumnMapping
    from crmdesk.services.imports import ImportReport, Preview, UndoReport
    from crmdesk.services.office import Desk


class Office:
    """A desk and the verbs the screens use."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.desk = desk
        self.address = address

    @classmethod
    def open(cls, address: str, *, login: str | None, clock: Clock, now: datetime | None = None) -> Office:
        """Opens an existing office. Raises UserError and OutsideError of services.office.open_office.

        A naive `now` is a wall clock of the office, whose zone is known only when it is open.
        """
        from crmdesk.services import office

        desk = office.open_office(address, login=login, clock=clock)
        if now is not None:
            desk.clock = Clock.at(now, desk.office.zone)
        return cls(desk, address)

    @property
    def me(self) -> User:
        """Who works here."""
        return self.desk.me

    @property
    def facts(self) -> OfficeFacts:
        """What the office says of itself."""
        return self.desk.office

    def people(self) -> tuple[User, ...]:
        """All users, the disabled ones too."""
        from crmdesk.services import users

        return users.list_users(self.desk)

    def last_copy(self) -> datetime | None:
        """When the last copy was verified."""
        from crmdesk.services import backups

        return backups.last_verified(self.desk)

    def copies(self) -> tuple[datetime | None, str]:
        """When the last copy was verified, on the office's wall clock, and the folder of the copies."""
        from crmdesk.services import backups

        at = backups.last_verified(self.desk)
        made = backups.backups_of(self.desk)
        folder = str(made[0].parent) if made else ""
        return (at.astimezone(ZoneInfo(self.desk.clock.zone)) if at else None), folder

    def backup(self, folder: Path | None, job: Job) -> Path:
        """Makes a verified copy; where it lies."""
        from crmdesk.services import backups

        return backups.backup(self.desk, folder, job).path

    def copies_rest(self) -> bool:
        """Whether scheduled copies rest after a restore."""
        from crmdesk.services import backups

        return backups.is_paused(self.desk)

    def confirm_restored(self) -> None:
        """The restored office is the right one."""
        from crmdesk.services import backups

        backups.confirm_restored(self.desk)

    def backup_if_due(self, job: Job) -> bool:
        """Makes a scheduled copy when its time has come; whether it was made. Once a month the rhythm is fitted too."""
        from crmdesk.services import backups, sheets

        sheets.refit_when_due(self.desk)  # first: what it keeps is part of the copy
        due = backups.due_for_backup(self.desk)
        if due:
            backups.backup(self.desk, job=job)
        return due

    def backup_at_exit(self) -> None:
        """The last copy, when something was written since the one before."""
        from crmdesk.services import backups

        backups.backup_at_exit(self.desk)

    # clients ---------------------------------------------------------------------------------------
    def client_ids(self, wanted: ClientFilter) -> tuple[int, ...]:
        """The ids of all clients wanted, in order."""
        from crmdesk.services import clients

        return tuple(clients.page_ids(self.desk, wanted))

    def client_rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        """Their lines."""
        from crmdesk.services import clients

        return clients.rows(self.desk, ids)

    def client_hits(self, text: str, limit: int, *, anywhere: bool) -> tuple[ClientHit, ...]:
        """What a search finds; `anywhere` looks in the middle of words too."""
        from crmdesk.services import clients

        return clients.search(self.desk, text, limit, anywhere=anywhere)

    def client_card(self, client_id: int) -> ClientCard:
        """Everything known of one client."""
        from crmdesk.services import clients

        return clients.card(self.desk, client_id)

    # imports ---------------------------------------------------------------------------------------
    def look_at(
        self, kind: str, path: Path, mapping: ColumnMapping | None, *, create_unknown: bool, job: Job
    ) -> tuple[Preview, tuple[str, ...]]:
        """What a file is taken for, and the fields its columns may be given."""
        from crmdesk.services import imports

        found = imports.preview(self.desk, kind, path, mapping, create_unknown=create_unknown, job=job)
        return found, imports.fields(found.kind)

    def bring_in(
        self, kind: str, path: Path, mapping: ColumnMapping, *, keep_good: bool, create_unknown: bool, job: Job
    ) -> ImportReport:
        """Imports a file, all of it or (`keep_good`) what can be."""
        from crmdesk.services import imports

        return imports.run(
            self.desk, kind, path, mapping=mapping, keep_good=keep_good, create_unknown=create_unknown, job=job
        )

    def take_back(self, import_id: int) -> UndoReport:
        """Undoes an import."""
        from crmdesk.services import imports

        return imports.undo(self.desk, import_id)

    # the sheet -------------------------------------------------------------------------------------
    def factors(self) -> tuple[Factor, ...]:
        """The office's factors, in the order of the sheet."""
        from crmdesk.services import sheets

        return sheets.factors(self.desk)

    def set_factors(self, factors: tuple[Factor, ...]) -> None:
        """Keeps the office's factors."""
        from crmdesk.services import sheets

        sheets.set_factors(self.desk, factors)

    def sheet(self, request: SheetRequest) -> Sheet:
        """One manager's sheet."""
        from crmdesk.services import sheets

        return sheets.sheet(self.desk, request)

    def all_sheets(self, like: SheetRequest, job: Job) -> tuple[Sheet, ...]:
        """Everybody's sheets; of `like` the manager does not count."""
        from crmdesk.services import sheets

        return sheets.all_sheets(
            self.desk,
            last_month=like.last_month,
            months=like.months,
            ahead=like.ahead,
            sort=like.sort,
            factors=like.factors,
            job=job,
        ).sheets

    def behind(self, request: SheetRequest, client_id: int, what: str, month: Month | None) -> tuple[Evidence, ...]:
        """The records a cell was counted from; without a client, a figure of the head."""
        from crmdesk.services import sheets

        if client_id == 0:
            return sheets.behind_head(self.desk, request, what, month)
        return sheets.behind(
            self.desk,
            client_id,
            what,
            month,
            last_month=request.last_month,
            months=request.months,
            ahead=request.ahead,
        )

    def save(self, found: Sheet | tuple[Sheet, ...], path: Path, lang: str, job: Job) -> None:
        """Writes PDF, XLSX or JSON by the ending; several sheets get their cover."""
        from crmdesk.services import sheets

        sheets.save(self.desk, found, path, lang=lang, job=job)

    def pdf(self, found: Sheet | tuple[Sheet, ...], lang: str, job: Job, *, printed: bool) -> bytes:
        """The PDF's bytes; `printed` leaves a line in the print journal."""
        from crmdesk.services import sheets

        return sheets.pdf(self.desk, found, lang=lang, printed=printed, job=job)

    def track_top(self, manager_id: int, count: int) -> int:
        """Tracks the manager's clients with the largest turnover; how many were added."""
        from crmdesk.services import sheets

        return sheets.track_top(self.desk, manager_id, count)

    def close(self) -> None:
        """Gives back the store."""
        self.desk.close()
