"""What a picture of a view is asked for with; no Qt here, the command line asks too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picture:
    """A view (`view`, a name of shots.PICTURES) of an office, as `login` sees it, to be written to `out` as PNG.

    `size` is in points, `scale` pixels on one point; `now` the office's clock, for rehearsals.
    """

    view: str
    out: Path
    office: str
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    dark: bool = False
    lang: str | None = None
    now: datetime | None = None
    login: str | None = None
