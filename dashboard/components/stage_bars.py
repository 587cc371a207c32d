"""Money of a plan by period: for first stages, at once, and kept back for scale-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover
from dashboard.components.palette import BLUE, GRAY, RUST, Mode
from dashboard.services import words

HEIGHT = 320
COLORS = {"For projects funded at once": GRAY, "For seeds": BLUE, "Kept back for scale-ups": RUST}
PATTERNS = {"Kept back for scale-ups": "/"}


def stage_bars(
    periods: Sequence[str], money: Mapping[str, Sequence[int]], currency: str, mode: Mode
) -> go.Figure:
    """Draw a bar a period, stacked; `money` has cents by period for each of `COLORS`."""
    figure = go.Figure()
    for name, color in COLORS.items():
        figure.add_bar(
            x=list(periods),
            y=[cents / 100 for cents in money[name]],
            marker={
                "color": color,
                "line": {"width": 0},
                "pattern": {
                    "shape": PATTERNS.get(name, ""),
                    "fillmode": "overlay",
                    "size": 6,
                    "solidity": 0.3,
                },
            },
            text=[
                hover(period, name, words.short_money(cents, currency))
                for period, cents in zip(periods, money[name], strict=True)
            ],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    ticks = _ticks([sum(each) for each in zip(*money.values(), strict=True)])
    figure.update_layout(barmode="stack", bargap=0.25)
    figure.update_yaxes(
        tickvals=[cents / 100 for cents in ticks],
        ticktext=[words.short_money(cents, currency) for cents in ticks],
        title_text="Granted in the period",
    )
    figure.update_xaxes(type="category", nticks=6)
    return frame(figure, HEIGHT, mode)


def _ticks(totals: Sequence[int]) -> list[int]:
    """Three to five round amounts of cents from zero up to the largest bar."""
    most = max([*totals, 100])
    step = next(
        size * 10**power
        for power in range(2, 20)
        for size in (1, 2, 5)
        if most <= 4 * size * 10**power
    )
    return [step * k for k in range(most // step + 2)]
