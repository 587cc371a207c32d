"""Selected words in the dark theme: Streamlit writes them in the accent, too dim to read there."""

from __future__ import annotations

from dashboard.components.chart import mode

DARK_TEXT = "#E6EBEE"
"""The dark theme's text color."""


def legible(label: str) -> str:
    """A label or a number format whose words keep the text color when selected.

    For options of `st.segmented_control` and `st.select_slider`, and formats of `st.slider`: their
    selected words take the accent, and no accent is both readable as text and under white words.
    """
    return f':color[{label}]{{foreground="{DARK_TEXT}"}}' if mode() == "dark" else label
