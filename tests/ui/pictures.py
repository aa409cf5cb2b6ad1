"""The picture of each view as a few numbers: the mean brightness and colour of its blocks, kept beside the tests.

Letters are drawn a little differently on each system, a block's mean hardly notices. A view that loses a column, a
head or its colours does not pass. Made anew, after the pictures were looked at, by

    python -m tests.ui.pictures [NAME …]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

KEPT = Path(__file__).with_name("pictures.json")
SIZE = (1000, 640)
ACROSS, DOWN = 20, 16  # blocks of 50 × 40 pixels
FAR = 16  # levels of 255 by which a block is another one
FEW = 0.05  # share of blocks that may be: a clock, a path, a number that is a digit longer
NEAR = 3.0  # levels by which blocks may differ on the whole


def blocks(image: QImage) -> str:
    """The blocks from left to right and down, a byte each for red, green and blue; as base64."""
    small = image.convertToFormat(QImage.Format.Format_RGB888).scaled(
        ACROSS, DOWN, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    colors = (small.pixelColor(x, y) for y in range(DOWN) for x in range(ACROSS))
    return b64encode(bytes(level for color in colors for level in color.getRgb()[:3])).decode("ascii")  # type: ignore[index]


def differences(one: str, other: str) -> list[int]:
    """By how much each block differs: the largest of its three colours."""
    first, second = b64decode(one), b64decode(other)
    found = [abs(a - b) for a, b in zip(first, second, strict=True)]
    return [max(found[place : place + 3]) for place in range(0, len(found), 3)]


def complaint(name: str, found: str, kept: str) -> str:
    """What is wrong with a picture; nothing when it is as it was."""
    apart = differences(found, kept)
    far = [place for place, much in enumerate(apart) if much > FAR]
    mean = sum(apart) / len(apart)
    if len(far) <= FEW * len(apart) and mean <= NEAR:
        return ""
    places = ", ".join(f"{place % ACROSS}:{place // ACROSS}" for place in far[:12])
    return f"{name}: {len(far)} of {len(apart)} blocks are others ({places}), {mean:.1f} levels on the whole"


def references() -> dict[str, str]:
    """The kept pictures by name, dark ones with «-dark»."""
    found: dict[str, str] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def wanted(name: str) -> list[bool]:
    """In which themes a picture is kept: the views themselves in both, their states in the light one."""
    from crmdesk.app import VIEWS

    return [False, True] if name in VIEWS else [False]


def take(name: str, office: str, out: Path, *, dark: bool) -> QImage:
    """A picture as it is kept and compared."""
    from crmdesk.app import shot
    from crmdesk.ui.pictures import Picture
    from tests.conftest import NOW

    shot(Picture(name, out, office, size=SIZE, dark=dark, lang="ru", now=NOW, login="boss"))
    return QImage(str(out))


def main(names: list[str]) -> None:
    """Makes the pictures anew, all or those named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crmdesk.app import PICTURES
    from tests.ui.offices import make_demo

    kept = {name: said for name, said in references().items() if name.removesuffix("-dark") in PICTURES}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CRMDESK_HOME"] = folder
        office = make_demo(Path(folder) / "demo.crmdesk")
        for name in names or PICTURES:
            for dark in wanted(name):
                image = take(name, office, Path(folder) / "picture.png", dark=dark)
                kept[name + ("-dark" if dark else "")] = blocks(image)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(said)}" for name, said in sorted(kept.items()))
    KEPT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
