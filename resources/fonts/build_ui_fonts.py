"""Cuts the bundled UI font from Inter: three static TTFs named "CRMDesk Sans", figures tabular by default.

Usage: python build_ui_fonts.py Inter-roman.var.ttf OUTDIR

Needs fonttools, which the product itself does not; run once when Inter changes and commit the three files.
The source is Inter's variable roman (Debian: package fonts-inter-variable), SIL Open Font License 1.1. The family
gets a name of its own so that an installed Inter never stands in for it. Tabular figures are put into the
character map itself, so that widgets and QPainter show the same columns without asking for a font feature.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "CRMDesk Sans"
WEIGHTS = ((400, "Regular"), (500, "Medium"), (600, "SemiBold"))
TABULAR = "0123456789+-−=<>≤≥±"
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x2BC, 0x2BC),
    (0x2C6, 0x2DD),
    (0x300, 0x308),  # Latin, accents
    (0x400, 0x45F),
    (0x462, 0x463),
    (0x472, 0x475),
    (0x490, 0x4FF),  # Cyrillic with ґ є і ї
    (0x2000, 0x2064),
    (0x20A0, 0x20BF),
    (0x2100, 0x2122),
    (0x2150, 0x215F),  # spaces, dashes, money, №
    (0x2190, 0x2199),
    (0x2200, 0x2265),
    (0x25A0, 0x25CF),
    (0x2605, 0x2606),
    (0x2713, 0x2713),
    (0x2717, 0x2717),  # signs
)
WINDOWS, MACINTOSH = (3, 1, 0x409), (1, 0, 0)


def tabular_glyphs(font: TTFont) -> dict[str, str]:
    """Which glyph stands in for which when figures are tabular (the font's own "tnum" feature)."""
    table = font["GSUB"].table
    swap: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    swap.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return swap


def cut(source: Path, out: Path, weight: int, style: str) -> Path:
    """One static face of the given weight, written into `out`."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight}, inplace=False)
    swap = tabular_glyphs(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code, glyph in list(table.cmap.items()):
                if chr(code) in TABULAR and glyph in swap:
                    table.cmap[code] = swap[glyph]
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
        name_IDs=["*"],
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        drop_tables=["DSIG", "STAT", "MVAR", "HVAR", "avar"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    name = font["name"]
    for number in (16, 17, 21, 22, 25):
        name.removeNames(nameID=number)
    legacy = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    for number, text in (
        (1, legacy),
        (2, "Regular"),
        (3, f"{FAMILY} {style} 1"),
        (4, f"{FAMILY} {style}"),
        (6, f"CRMDeskSans-{style}"),
        (16, FAMILY),
        (17, style),
    ):
        name.setName(text, number, *WINDOWS)
        name.setName(text, number, *MACINTOSH)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | 0x40  # "regular" of its own family
    font["head"].macStyle = 0
    font["head"].created = font["head"].modified = 0  # the same bytes from every run
    font.recalcTimestamp = False
    path = out / f"CRMDeskSans-{style}.ttf"
    font.save(path)
    return path


def main() -> None:
    """Cuts all three weights and says what came out."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for weight, style in WEIGHTS:
        path = cut(source, out, weight, style)
        print(path.name, path.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
