"""What surrounds every page: its width, the last message with its Undo, and the cluster's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard import cache, state
from dashboard.components.markdown import cut, plain
from portfolio.errors import ClusterfolioError

PAGE_WIDTH = 1280
"""Pixels; beyond, lines grow too long to read."""


@contextmanager
def shell() -> Iterator[None]:
    """Everything the page writes goes into one column of readable width."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=PAGE_WIDTH, key="app.page"),
    ):
        _message()
        _lacking()
        yield
        _footer()


def _message() -> None:
    message = state.take_flash()
    if message is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f":material/check: {plain(message['text'])}", width="content")
        if message["undo"]:
            st.button("Undo", key="app.undo", on_click=_undo, args=(message["undo"],))


def _lacking() -> None:
    here = cache.workspace()
    if here is not None and here.lacking:
        name = plain(cut(here.lacking))
        st.warning(f"There is no cluster “{name}” here. This is {plain(here.pool.cluster.name)}.")


def _undo(change: str) -> None:
    try:
        cache.store().undo(int(change), state.who())
    except ClusterfolioError as error:
        state.flash(str(error))
    else:
        state.flash("Undone.")


def _footer() -> None:
    here = cache.workspace()
    if here is not None and here.pool.cluster.fictional:
        st.caption(
            f"{plain(here.pool.cluster.name)} is a sample: all names and figures are invented."
        )
