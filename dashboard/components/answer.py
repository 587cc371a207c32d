"""The top of a page: title, the answer as a bold sentence with one plain sentence, badges, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

Tone = Literal["green", "orange", "red", "gray", "blue"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short certainty or status, its words already safe for Markdown."""

    words: str
    tone: Tone = "gray"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: label of at most 20 signs, value of about 8, note of at most 16."""

    label: str
    value: str
    note: str = ""


def title(words: str) -> None:
    """The page's only first-level heading."""
    st.title(words, anchor=False)


def heading(words: str) -> None:
    """A second-level heading; on charts it states the finding. No icons or badges inside."""
    st.header(words, anchor=False)


def answer(bold: str, plain_sentence: str = "") -> None:
    """The answer first. Both texts are Markdown: names in them go through `markdown.plain`."""
    st.markdown(f"**{bold}** {plain_sentence}".strip())


def badges(marks: Sequence[Badge]) -> None:
    """Certainty in words beside the answer."""
    st.markdown(
        " ".join(
            f":{mark.tone}-badge[{f':material/{mark.icon}: ' if mark.icon else ''}{mark.words}]"
            for mark in marks
        )
    )


def figures(items: Sequence[Figure]) -> None:
    """Up to four figures in a row; two by two on a phone."""
    with st.grid(4, min_column_width=140):
        for item in items:
            st.metric(
                item.label,
                item.value,
                item.note or None,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )
