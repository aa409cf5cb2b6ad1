"""Pictures of every view, light and dark: whole, in the theme's own colours, nothing blank."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from crmdesk.app import PICTURES, shot
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.ui import views
from crmdesk.ui.pictures import Picture
from crmdesk.ui.shots import VEIL
from crmdesk.ui.theme.tokens import DARK, LIGHT, Tokens
from tests.conftest import NOW
from tests.ui.pictures import SIZE, blocks, complaint, references, take, wanted

pytestmark = pytest.mark.gui
OVER_ALL = {"start"}  # pages without the frame
STATES = ("-empty", "-loading", "-error", "-offline")


def colors(image: QImage) -> Counter[str]:
    return Counter(
        image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    )


def behind_a_dialog(tokens: Tokens, name: str) -> str:
    """A colour of the page under the veil that a dialog puts over it."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.color(name)))
    veil = QColor(tokens.shadow)
    veil.setAlpha(VEIL)
    painter = QPainter(image)
    painter.fillRect(0, 0, 1, 1, veil)
    painter.end()
    return image.pixelColor(0, 0).name().upper()


@pytest.mark.parametrize(
    "view, dark",
    [(name, dark) for name in PICTURES for dark in wanted(name)],
)
def test_that_every_view_has_a_picture_in_its_colours(
    qapp: Any, demo_template: Path, tmp_path: Path, view: str, dark: bool
) -> None:
    image = take(view, str(demo_template), tmp_path / "view.png", dark=dark)
    assert (image.width(), image.height()) == SIZE
    seen, tokens = colors(image), DARK if dark else LIGHT
    total = sum(seen.values())
    assert len(seen) > 30, "nothing is written on it"
    known = {QColor(tokens.color(name)).name().upper() for name in ("surface", "sunken", "raised")}
    other = LIGHT if dark else DARK
    veiled = sum(seen[behind_a_dialog(tokens, name)] for name in ("surface", "sunken")) > total * 0.03
    if not veiled:
        assert sum(seen[color] for color in known) > total * 0.25
    paper = view == "sheet-preview"  # white in the dark, too
    assert seen[other.surface] < total * (0.9 if paper else 0.2)
    if view not in OVER_ALL and not veiled:
        assert seen[tokens.primary_tint] > 20, "the open view is not marked in the rail"
    name = view + ("-dark" if dark else "")
    wrong = complaint(name, blocks(image), references()[name])
    assert not wrong, f"{wrong}; if it is meant to be so, look at it and run: python -m tests.ui.pictures {view}"


def test_that_a_changed_picture_is_noticed_and_a_changed_letter_is_not(qapp: Any) -> None:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    before = blocks(image)
    painter = QPainter(image)
    painter.fillRect(208, 100, 60, 14, QColor(LIGHT.text))  # a word
    assert complaint("view", blocks(image), before) == ""
    painter.fillRect(0, 0, 208, SIZE[1], QColor(LIGHT.sunken))
    painter.fillRect(208, 100, 700, 300, QColor(LIGHT.over_tint))  # a pane
    painter.end()
    assert "view: " in complaint("view", blocks(image), before)


def test_that_every_kept_picture_is_one_of_a_view() -> None:
    assert set(references()) == {f"{name}-dark" if dark else name for name in PICTURES for dark in wanted(name)}


def test_that_every_view_has_a_picture_of_every_state() -> None:
    for view in views.VIEWS:
        assert {f"{view.name}{state}" for state in STATES} < set(PICTURES)


def test_that_the_states_of_a_view_look_different(qapp: Any, demo_template: Path, tmp_path: Path) -> None:
    images = []
    for state in ("", *STATES):
        out = tmp_path / f"clients{state}.png"
        shot(Picture(f"clients{state}", out, str(demo_template), size=(910, 512), lang="ru", now=NOW, login="boss"))
        images.append(QImage(str(out)))
    for number, image in enumerate(images):
        assert all(image != other for other in images[number + 1 :])


def test_that_a_picture_can_be_larger_for_a_finer_screen(qapp: Any, demo_template: Path, tmp_path: Path) -> None:
    out = tmp_path / "fine.png"
    shot(Picture("settings", out, str(demo_template), (910, 512), scale=1.5, lang="en", now=NOW, login="boss"))
    assert QImage(str(out)).size().toTuple() == (1365, 768)


def test_that_an_unknown_view_is_refused_by_name(qapp: Any, demo_template: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        shot(Picture("nonsense", tmp_path / "x.png", str(demo_template)))
    assert caught.value.key == "no_such_view"
    assert "sheet" in str(caught.value.values["views"])


def test_that_a_place_that_takes_no_picture_is_told(qapp: Any, demo_template: Path, tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        shot(Picture("settings", tmp_path / "no" / "folder" / "x.png", str(demo_template), now=NOW, login="boss"))
    assert caught.value.key == "picture_not_saved"
