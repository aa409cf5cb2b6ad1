"""The demo print shop of the window's tests: the same for everybody."""

from __future__ import annotations

from pathlib import Path

from crmdesk.services.demo import build_demo
from crmdesk.services.office import create_office
from crmdesk.system.clock import Clock
from tests.conftest import NOW, ZONE


def make_demo(file: Path) -> str:
    """Makes it in a file; its address."""
    desk = create_office(
        str(file),
        name="Печатный двор",
        currency="RUB",
        zone=ZONE,
        country="RU",
        lang="ru",
        owner_login="boss",
        owner_name="Савчук Игорь Петрович",
        clock=Clock.at(NOW, ZONE),
    )
    build_demo(desk)
    desk.close()
    return str(file)
