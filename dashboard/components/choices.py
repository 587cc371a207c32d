"""Widgets that keep what they say in the address, so that a link opens the same view.

Streamlit's own binding is not used: it would write the markup that makes an option legible into the
link, and it forbids to open another page from code while a bound widget says anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import state
from dashboard.components.legible import legible
from dashboard.components.markdown import plain

_ON = "yes"


def option(words: str) -> str:
    """The label of an option: nothing of it acts, and it can be read in both themes."""
    return legible(plain(words))


def one_of(
    label: str, options: Sequence[str], *, key: str, default: str, hidden: bool = False
) -> str:
    """One of a few options; the choice is part of the address under the widget's key."""
    _restore(key, options, many=False, default=[default])
    picked = st.segmented_control(
        label,
        options,
        default=None if key in st.session_state else default,
        required=True,
        format_func=option,
        label_visibility="collapsed" if hidden else "visible",
        key=key,
    )
    chosen = picked if picked is not None and picked in options else default
    state.write_address(key, [] if chosen == default else [chosen])
    return chosen


def some_of(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    default: Sequence[str] = (),
    words: Callable[[str], str] = str,
) -> list[str]:
    """Any of some options, in their order; the choice is part of the address."""
    _restore(key, options, many=True, default=default)
    picked = st.pills(
        label,
        options,
        default=None if key in st.session_state else list(default),
        selection_mode="multi",
        format_func=lambda each: option(words(each)),
        key=key,
    )
    chosen = [each for each in options if each in picked]
    state.write_address(key, _written(chosen, default))
    return chosen


def search(label: str, *, key: str, placeholder: str, longest: int) -> str:
    """A text to search for, committed while it is typed."""
    texts = state.read_address(key)
    if texts is not None:
        st.session_state[key] = texts[0][:longest] if texts else ""
    text = st.text_input(
        label, type="search", live=True, placeholder=placeholder, max_chars=longest, key=key
    )
    state.write_address(key, [text] if text else [])
    return text[:longest]


def switch(label: str, *, key: str) -> bool:
    """A switch that is off by itself."""
    texts = state.read_address(key)
    if texts is not None:
        st.session_state[key] = texts == [_ON]
    on = st.toggle(label, key=key)
    state.write_address(key, [_ON] if on else [])
    return on


def day(label: str, *, key: str, default: date, span: timedelta, width: int) -> date:
    """A day, at most `span` away from the default."""
    texts = state.read_address(key)
    if texts is not None:
        st.session_state[key] = _day_of(texts, default, span)
    picked = st.date_input(
        label,
        value="today" if key in st.session_state else default,
        min_value=default - span,
        max_value=default + span,
        format="DD/MM/YYYY",
        key=key,
        width=width,
    )
    chosen = picked if isinstance(picked, date) else default
    state.write_address(key, [] if chosen == default else [chosen.isoformat()])
    return chosen


def _day_of(texts: Sequence[str], default: date, span: timedelta) -> date:
    try:
        told = date.fromisoformat(texts[0]) if texts else default
    except ValueError:
        return default
    return told if abs(told - default) <= span else default


def _restore(key: str, options: Sequence[str], *, many: bool, default: Sequence[str]) -> None:
    """Take over what a link or Back says, or what was chosen before the visitor left the page."""
    texts = state.read_address(key)
    if texts is None:
        return
    known = [text for text in texts if text in options]
    if many:
        st.session_state[key] = known if texts else list(default)
    else:
        st.session_state[key] = known[0] if known else default[0]


def _written(chosen: Sequence[str], default: Sequence[str]) -> list[str]:
    if list(chosen) == list(default):
        return []
    return list(chosen) or ["none"]
