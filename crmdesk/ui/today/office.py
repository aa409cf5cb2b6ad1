"""What Today asks of the office, beside the verbs of tasks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.day import Day
from crmdesk.domain.load import Plan
from crmdesk.domain.users import OfficeFacts, User
from crmdesk.system.jobs import Job
from crmdesk.ui.task.office import TaskOffice


class TodayOffice(TaskOffice):
    """The verbs of the day over the open office; called by work on a thread of the runner."""

    @property
    def facts(self) -> OfficeFacts:
        """What the office says of itself."""
        return self._office.facts

    def moment(self) -> datetime:
        """This moment (UTC) by the office's clock."""
        return self._desk.clock.now()

    def now(self) -> int:
        """The office's wall clock, in minutes after midnight."""
        local = self._desk.clock.local()
        return local.hour * 60 + local.minute

    def seconds(self) -> int:
        """The seconds of the running minute."""
        return self._desk.clock.local().second

    def whose(self) -> tuple[User, ...]:
        """Whose day may be looked at."""
        from crmdesk.services import day

        return day.whose(self._desk)

    def page(self, manager_id: int) -> Day:
        """A manager's day."""
        from crmdesk.services import day

        return day.page(self._desk, manager_id)

    def card(self, client_id: int) -> ClientCard:
        """Everything known of one client."""
        return self._office.client_card(client_id)

    def plan_spread(self, task_ids: Collection[int], manager_id: int) -> Plan:
        """How late tasks would lie over the week."""
        from crmdesk.services import day

        return day.plan_spread(self._desk, task_ids, manager_id)

    def pdf(self, manager_id: int, lang: str, job: Job, *, printed: bool) -> bytes:
        """The day's page on paper."""
        from crmdesk.services import day

        return day.pdf(self._desk, manager_id, lang=lang, printed=printed, job=job)
