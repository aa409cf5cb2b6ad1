"""Build the fonts of the printed sheet; run by hand, the results are in the repository.

    python -m venv fonts && fonts/bin/pip install fonttools && fonts/bin/python resources/fonts/build_paper_fonts.py

Sources are the Debian packages fonts-paratype (PT Sans Narrow) and fonts-dejavu-core. The PT files are copied as
they are: their licence forbids a modified file under the same name. Of DejaVu Sans only the signs are kept which
PT Sans Narrow lacks, and the cut is renamed, as its licence asks.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DEBIAN = Path("/usr/share/fonts/truetype")
HERE = Path(__file__).resolve().parent / "paper"
# alarms ■◆●▼○, verdicts ✓✘, arrows, Σ, the visible replacement □, currency ₸, and the marks people put into names
SIGNS = "■□◆◇●○▼▽▲△▶◀★☆✓✔✗✘←↑→↓↔Σ₸☎✉♥♦♣♠♪☺"
NAME = "CRMDesk Signs"


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for file in ("PTN57F.ttf", "PTN77F.ttf"):
        shutil.copyfile(DEBIAN / "paratype" / file, HERE / file)
    font = TTFont(DEBIAN / "dejavu" / "DejaVuSans.ttf")
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"], drop_tables=["FFTM", "kern"]
    )
    cut = subset.Subsetter(options)
    cut.populate(text=SIGNS)
    cut.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = NAME
        elif record.nameID in (3, 6):
            record.string = NAME.replace(" ", "")
    missing = set(SIGNS) - {chr(code) for code in font.getBestCmap()}
    if missing:
        raise SystemExit(f"DejaVu Sans lacks {missing}")
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / "CRMDeskSigns.ttf")


main()
