"""Build the fonts of the printed sheet; run by hand, the results are in the repository.

    python -m venv fonts && fonts/bin/pip install fonttools
    fonts/bin/python resources/fonts/build_paper_fonts.py PACKAGE

Sources are the Debian packages fonts-paratype (PT Sans Narrow) and fonts-dejavu-core, and the npm package
@fontsource/noto-emoji 5.3.2, unpacked; its folder is the argument. The PT files are copied as they are: their licence
forbids a modified file under the same name. Of DejaVu Sans only the signs are kept which PT Sans Narrow lacks, and the
cut is renamed, as its licence asks. Of Noto Emoji (black and white) every picture of one character is kept.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DEBIAN = Path("/usr/share/fonts/truetype")
HERE = Path(__file__).resolve().parent / "paper"
# alarms ■◆●▼○, verdicts ✓✘, arrows, Σ, the visible replacement □, currency ₸, and the marks people put into names
SIGNS = "■□◆◇●○▼▽▲△▶◀★☆✓✔✗✘←↑→↓↔Σ₸☎✉♥♦♣♠♪☺"


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for file in ("PTN57F.ttf", "PTN77F.ttf"):
        shutil.copyfile(DEBIAN / "paratype" / file, HERE / file)
    signs = TTFont(DEBIAN / "dejavu" / "DejaVuSans.ttf")
    missing = set(SIGNS) - {chr(code) for code in signs.getBestCmap()}
    if missing:
        raise SystemExit(f"DejaVu Sans lacks {missing}")
    _cut(signs, set(map(ord, SIGNS)), "CRMDesk Signs")
    emoji = TTFont(Path(sys.argv[1]) / "files" / "noto-emoji-emoji-400-normal.woff")
    emoji.flavor = None
    _cut(emoji, {code for code in emoji.getBestCmap() if code > 0x2000}, "CRMDesk Emoji")


def _cut(font: TTFont, codes: set[int], name: str) -> None:
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"], drop_tables=["FFTM", "kern"]
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=codes)
    cut.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = name
        elif record.nameID in (3, 6):
            record.string = name.replace(" ", "")
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / f"{name.replace(' ', '')}.ttf")


main()
