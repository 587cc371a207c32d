"""The rules that all charts follow, applied in one place, and how a chart is put on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import plotly.graph_objects as go
import streamlit as st

from dashboard.components.markdown import cut, plain
from dashboard.components.palette import GRID, INK, PAGE, Mode
from portfolio.wording import NO_BREAK

TEXT_SIZE = 14
TICK_SIZE = 13
NAME_LENGTH = 28
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def mode() -> Mode:
    """Whether the visitor sees the light or the dark theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def frame(figure: go.Figure, height: int, mode: Mode) -> go.Figure:
    """Give a figure the house's text, margins and grid, and keep fingers from zooming it.

    Text colors are set here because Streamlit's own chart gray is too pale to read.
    """
    ink = INK[mode]
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 16, "b": 44},
        font={"size": TEXT_SIZE, "color": ink},
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": PAGE[mode],
            "bordercolor": ink,
            "font": {"size": TICK_SIZE, "color": ink},
            "align": "left",
        },
        showlegend=False,
    )
    axes: dict[str, Any] = {
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": TICK_SIZE, "color": ink},
        "title_font": {"size": TICK_SIZE, "color": ink},
        "gridcolor": GRID[mode],
    }
    figure.update_xaxes(**axes, showgrid=False)
    figure.update_yaxes(**axes)
    figure.for_each_annotation(
        lambda note: note.update(font={"size": TICK_SIZE, "color": note.font.color or ink})
    )
    return figure


def name_rows(figure: go.Figure, places: Sequence[int], names: Sequence[str]) -> None:
    """Write each row's name beside it, with room above the first and below the last."""
    figure.update_yaxes(
        tickvals=places,
        ticktext=[text(cut(name, NAME_LENGTH)) for name in names],
        range=[-0.7, len(names) - 0.3],
        showgrid=False,
    )


def show(
    figure: go.Figure, *, key: str, alt: str, clicked: Callable[[], None] | None = None
) -> None:
    """Put a framed figure on the page. `alt` is its finding, in words; a table stands elsewhere.

    `clicked` is called after a click on a point; what it does has another way too, for keyboards.
    """
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=cast(dict[str, Any], CONFIG),
        on_select=clicked or "ignore",
        selection_mode="points",
    )


def legend(colors: Mapping[str, str]) -> None:
    """A line of swatches above a chart: it wraps on a phone, and screen readers read it."""
    entries = (
        f':color[●]{{foreground="{color}"}}{NO_BREAK}{plain(name).replace(" ", NO_BREAK)}'
        for name, color in colors.items()
    )
    st.markdown("\u2002 ".join(entries))


def hover(name: str, *lines: str) -> str:
    """Hover text: the bold name and up to five short lines, nothing of it read as markup."""
    safe = [text.replace("&", "&amp;").replace("<", "&lt;") for text in (name, *lines[:5])]
    return "<br>".join((f"<b>{safe[0]}</b>", *safe[1:]))


def text(label: str) -> str:
    """A user's text for an axis or a mark: Plotly reads a few HTML tags, so none may pass."""
    return label.replace("&", "&amp;").replace("<", "&lt;")
