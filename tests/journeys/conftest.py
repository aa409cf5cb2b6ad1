"""The journeys through the window start the program as its own tests do."""

from __future__ import annotations

from tests.ui.conftest import opened  # noqa: F401 (a fixture)
