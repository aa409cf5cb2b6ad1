"""Making and opening offices, on a thread of the TaskRunner; the services are imported when first needed."""

from __future__ import annotations

from pathlib import Path

from crmdesk.system.clock import Clock
from crmdesk.system.jobs import Job
from crmdesk.ui.office import Office
from crmdesk.ui.start.presenter import OWNER_LOGIN, Form, usual

EXAMPLE_NAMES = {"ru": "Печатный двор", "uk": "Друкарський двір", "en": "Print Yard"}
EXAMPLE_OWNERS = {"ru": "Савчук Игорь Петрович", "uk": "Савчук Ігор Петрович", "en": "Igor Savchuk"}
COUNTRY_OF = {"ru": "RU", "uk": "UA", "en": "RU"}


class OfficeMaker:
    """The real `Offices`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def create(self, address: str, form: Form, lang: str, login: str) -> Office:
        """A new office with its owner. Raises the errors of services.office.create_office."""
        from crmdesk.services import office

        if "://" not in address:
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        currency, zone = usual(form.country)
        desk = office.create_office(
            address,
            name=form.office.strip(),
            currency=currency,
            zone=zone,
            country=form.country,
            lang=lang,
            owner_login=login,
            owner_name=form.owner.strip(),
            clock=self._clock,
        )
        return Office(desk, address)

    def open(self, address: str) -> Office:
        """An office that is there. Raises the errors of services.office.open_office."""
        return Office.open(address, login=None, clock=self._clock)

    def example(self, address: str, lang: str, job: Job) -> Office:
        """The demo print shop; one that was made before is opened again."""
        file = Path(address)
        if file.exists():
            return self.open(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        from crmdesk.services import demo, office

        currency, zone = usual(COUNTRY_OF[lang])
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        desk = office.create_office(
            str(making),
            name=EXAMPLE_NAMES[lang],
            currency=currency,
            zone=zone,
            country=COUNTRY_OF[lang],
            lang=lang,
            owner_login=OWNER_LOGIN,
            owner_name=EXAMPLE_OWNERS[lang],
            clock=self._clock,
        )
        try:
            demo.build_demo(desk, job=job)
        except BaseException:
            desk.close()
            making.unlink(missing_ok=True)
            raise
        desk.close()
        making.replace(file)
        return self.open(address)
