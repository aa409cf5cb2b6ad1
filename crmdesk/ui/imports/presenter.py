"""The steps of an import. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from crmdesk.system.jobs import Job
from crmdesk.ui.tasks import Runner, Running

if TYPE_CHECKING:  # the services pull in SQLAlchemy: the office imports them when work first needs them
    from crmdesk.exchange.columns import ColumnMapping
    from crmdesk.services.imports import ImportReport, Preview, UndoReport

AUTO = "auto"


class Step(StrEnum):
    """Where one is."""

    CHOOSE = "choose"
    LOOKING = "looking"
    PREVIEW = "preview"
    RUNNING = "running"
    REPORT = "report"
    UNDONE = "undone"


@dataclass(frozen=True)
class ImportState:
    """Everything the dialog shows."""

    step: Step = Step.CHOOSE
    path: Path | None = None
    kind: str = AUTO
    preview: Preview | None = None
    fields: tuple[str, ...] = ()
    create_unknown: bool = False
    keep_good: bool = False
    done: int = 0
    total: int = 0
    report: ImportReport | None = None
    undone: UndoReport | None = None
    error: Exception | None = None


class ImportOffice(Protocol):
    """What an import needs of the office; called by work only."""

    def look_at(
        self, kind: str, path: Path, mapping: ColumnMapping | None, *, create_unknown: bool, job: Job
    ) -> tuple[Preview, tuple[str, ...]]:
        """What the file is taken for, and the fields its columns may be given."""

    def bring_in(
        self, kind: str, path: Path, mapping: ColumnMapping, *, keep_good: bool, create_unknown: bool, job: Job
    ) -> ImportReport:
        """Imports the file."""

    def take_back(self, import_id: int) -> UndoReport:
        """Undoes an import."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: ImportState) -> None:
        """Shows it all."""


class ImportPresenter:
    """Leads through the steps; `changed` is called when the base is another one afterwards."""

    def __init__(self, view: View, runner: Runner, office: ImportOffice, changed: Callable[[], None]) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._changed = changed
        self._running: Running | None = None
        self._looks = 0  # the newest look at the file; what an older one found is worth nothing
        self.state = ImportState()

    def start(self) -> None:
        """Shows the first step."""
        self._view.show_state(self.state)

    def choose(self, path: Path) -> None:
        """Another file: looked at anew, nothing known of it."""
        self.state = ImportState(path=path, create_unknown=self.state.create_unknown, keep_good=self.state.keep_good)
        self._look(None)

    def use_kind(self, kind: str) -> None:
        """What the file brings, if the guess is wrong."""
        if kind != self.state.kind and self.state.path is not None:
            self.state = replace(self.state, kind=kind)
            self._look(None)

    def use_field(self, label: str, field: str) -> None:
        """What a column means."""
        preview = self.state.preview
        if preview is None or preview.mapping.columns.get(label, "") == field:
            return
        columns = dict(preview.mapping.columns)
        if field:
            columns = {other: "" if taken == field else taken for other, taken in columns.items()}
        columns[label] = field
        self._look(replace(preview.mapping, columns=columns))

    def make_unknown(self, yes: bool) -> None:
        """Whether clients that nobody knows are made."""
        if yes != self.state.create_unknown:
            self.state = replace(self.state, create_unknown=yes)
            if self.state.preview is not None:
                self._look(self.state.preview.mapping)

    def keep_good(self, yes: bool) -> None:
        """Whether the good rows come in when others are refused."""
        self._tell(keep_good=yes)

    @property
    def can_run(self) -> bool:
        """Whether anything would come in."""
        state = self.state
        if state.step is not Step.PREVIEW or state.preview is None:
            return False
        outcome = state.preview.outcome
        return bool(outcome.added or outcome.updated) and (state.keep_good or not outcome.refused)

    def run(self) -> None:
        """Brings the file in."""
        state = self.state
        if not self.can_run or state.path is None or state.preview is None:
            return
        kind, path, mapping = state.preview.kind, state.path, state.preview.mapping
        self._tell(step=Step.RUNNING, done=0, total=0, error=None)
        self._running = self._runner.long(
            lambda job: self._office.bring_in(
                kind, path, mapping, keep_good=state.keep_good, create_unknown=state.create_unknown, job=job
            ),
            self._done,
            self._failed,
            progress=self._progress,
            stopped=self._stopped,
        )

    def stop(self) -> None:
        """Ends what is under way; nothing is half done."""
        if self._running is not None:
            self._running.stop()

    def undo(self) -> None:
        """Takes the import back."""
        report = self.state.report
        import_id = report.import_id if report is not None else None
        if import_id is None or self.state.step is not Step.REPORT:
            return
        self._tell(step=Step.RUNNING, done=0, total=0)
        self._runner.write(lambda job: self._office.take_back(import_id), self._undone, self._failed)

    # answers ---------------------------------------------------------------------------------------
    def _look(self, mapping: ColumnMapping | None) -> None:
        path, kind, unknown = self.state.path, self.state.kind, self.state.create_unknown
        assert path is not None
        if self._running is not None:
            self._running.stop()
        self._looks += 1
        look = self._looks
        self._tell(step=Step.LOOKING, error=None, done=0, total=0)
        self._running = self._runner.long(
            lambda job: self._office.look_at(kind, path, mapping, create_unknown=unknown, job=job),
            lambda found: self._seen(look, found),
            self._failed,
            progress=self._progress,
            stopped=lambda: self._look_stopped(look),
        )

    def _look_stopped(self, look: int) -> None:
        if look == self._looks:
            self._tell(step=Step.PREVIEW if self.state.preview is not None else Step.CHOOSE)

    def _seen(self, look: int, found: tuple[Preview, tuple[str, ...]]) -> None:
        if look != self._looks:
            return
        preview, fields = found
        self._tell(step=Step.PREVIEW, preview=preview, fields=fields)

    def _done(self, report: ImportReport) -> None:
        self._tell(step=Step.REPORT, report=report)
        if report.import_id is not None:
            self._changed()

    def _undone(self, undone: UndoReport) -> None:
        self._tell(step=Step.UNDONE, undone=undone)
        self._changed()

    def _progress(self, done: int, total: int) -> None:
        self._tell(done=done, total=total)

    def _stopped(self) -> None:
        self._tell(step=Step.PREVIEW)

    def _failed(self, error: Exception) -> None:
        back = Step.PREVIEW if self.state.preview is not None else Step.CHOOSE
        if self.state.report is not None:
            back = Step.REPORT
        self._tell(step=back, error=error)

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
