"""Colors: one for each of the six largest themes, and mid-tones that read on both backgrounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

Mode = Literal["light", "dark"]

CATEGORIES: dict[Mode, tuple[str, ...]] = {
    "light": ("#2F80C2", "#D2633A", "#7A479C", "#35663E", "#B5648A", "#5A3E00"),
    "dark": ("#4FA5F2", "#EBB096", "#DBCBFE", "#658D56", "#DB76AA", "#A6AA2F"),
}
OTHER: dict[Mode, str] = {"light": "#66717B", "dark": "#9AA5AE"}
INK: dict[Mode, str] = {"light": "#36424C", "dark": "#D3DADF"}
GRID: dict[Mode, str] = {"light": "#E4E0D8", "dark": "#2C3842"}
PAGE: dict[Mode, str] = {"light": "#FCFBF9", "dark": "#0D1317"}
BAND: dict[Mode, str] = {"light": "#DCDEDD", "dark": "#2C3338"}

BLUE = "#2F80A8"
RUST = "#C4552B"
GRAY = "#7A858F"
"""As planned; late or the visitor's own setting; background. They clear 3 : 1 on both pages."""

OTHERS = "Other"


def theme_groups(themes: Iterable[str]) -> dict[str, str]:
    """The legend entry of each theme: its own name for the six most frequent, else “Other”.

    Ties go to the earlier name, so that the same list always gets the same colors.

    >>> theme_groups(["a", "b", "b"])
    {'b': 'b', 'a': 'a'}
    """
    counts = Counter(theme or OTHERS for theme in themes)
    ranked = sorted(counts, key=lambda theme: (theme == OTHERS, -counts[theme], theme))
    limit = len(CATEGORIES["light"])
    return {
        theme: theme if k < limit and theme != OTHERS else OTHERS for k, theme in enumerate(ranked)
    }


def theme_colors(themes: Iterable[str], mode: Mode) -> dict[str, str]:
    """The color of each legend entry, “Other” last and gray; entries in alphabetical order."""
    entries = set(theme_groups(themes).values())
    named = sorted(entries - {OTHERS})
    colors = dict(zip(named, CATEGORIES[mode], strict=False))
    if OTHERS in entries:
        colors[OTHERS] = OTHER[mode]
    return colors
