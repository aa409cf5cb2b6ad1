"""The design tokens: every colour, size and height the window uses. There are no others. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB."""

    name: str
    surface: str  # main pane, inspector, inputs
    sunken: str  # rail, menu, status bar
    raised: str  # popups, dialogs
    hover: str
    hair: str  # one-pixel separators, no contrast duty
    control: str  # borders of inputs, buttons, checkboxes: at least 3 : 1
    thumb: str  # scroll bar
    text: str
    muted: str
    primary: str
    on_primary: str
    primary_tint: str
    over: str  # broken
    over_tint: str
    today: str  # attention
    today_tint: str
    done: str
    done_tint: str
    prom: str  # a promise, not yet late
    prom_tint: str
    info: str
    info_tint: str
    chart: str
    chart_dim: str
    shadow: str

    def color(self, token: str) -> str:
        """The colour behind a token's name."""
        found: str = getattr(self, token)
        return found


LIGHT = Tokens(
    name="light",
    surface="#FFFFFF",
    sunken="#F5F6F8",
    raised="#FFFFFF",
    hover="#EEF0F3",
    hair="#E3E6EA",
    control="#7D8590",
    thumb="#C2C7CF",
    text="#1F2328",
    muted="#57606A",
    primary="#0B57D0",
    on_primary="#FFFFFF",
    primary_tint="#E6EFFD",
    over="#B3261E",
    over_tint="#FCEEEE",
    today="#7A4B00",
    today_tint="#FFF4DE",
    done="#1B6B3A",
    done_tint="#E7F4EB",
    prom="#6A3AA8",
    prom_tint="#F3EDFB",
    info="#2C5B8C",
    info_tint="#EAF1F8",
    chart="#4A6A94",
    chart_dim="#C3CEDD",
    shadow="#1F2328",
)
DARK = Tokens(
    name="dark",
    surface="#1E1F22",
    sunken="#17181A",
    raised="#26282C",
    hover="#2A2D32",
    hair="#34373C",
    control="#7A818B",
    thumb="#4A4E55",
    text="#E4E6EA",
    muted="#A6ABB3",
    primary="#8AB4F8",
    on_primary="#0D2146",
    primary_tint="#273449",
    over="#FF8A80",
    over_tint="#3A2425",
    today="#F0BC5E",
    today_tint="#372E1C",
    done="#7ED598",
    done_tint="#1E3427",
    prom="#C9A9FF",
    prom_tint="#302941",
    info="#8FBCE6",
    info_tint="#22303E",
    chart="#8FB1DE",
    chart_dim="#44556C",
    shadow="#000000",
)

# type: pixels and weights
SMALL, BODY, HEADING = 12, 13, 18
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
LEAD_SMALL, LEAD_BODY = 16, 18  # distance between lines

# heights, pixels
MENU, TOP_BAR, VIEW_HEAD, STATUS = 28, 44, 52, 28
ROW, RAIL_ITEM, RAIL_PINNED, FILTER_ROW, BANNER, METRICS, CHIP, BUTTON = 28, 32, 28, 40, 34, 86, 20, 28
TABLE_HEAD = 28

# widths, pixels
RAIL, RAIL_NARROW, INSPECTOR, SEARCH = 208, 48, 304, 360
MARGIN = 16  # of a page
NARROW_WINDOW = 1100  # below this the panes collapse: the rail shows icons only, the inspector lies over the page

# radii, pixels
RADIUS_CHIP, RADIUS, RADIUS_POPUP = 4, 6, 8
