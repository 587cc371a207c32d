"""How every page begins: the cluster it is about, or the sentence for a store without one."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, navigation
from dashboard.cache import Workspace
from dashboard.components.answer import answer, title


def begin(words: str) -> Workspace:
    """Write the page's title and return the visitor's cluster.

    Without any cluster the page ends here, with one sentence and the way to add one.
    """
    title(words)
    here = cache.workspace()
    if here is None:
        answer("There is no cluster yet.", "Add proposals to begin.")
        to_screen("Projects", "Import a table")
        st.stop()
    return here


def no_proposals() -> None:
    """The empty state of a page that needs proposals."""
    answer("No proposals yet.", "Add proposals to begin.")
    to_screen("Projects", "Import a table")


def to_screen(name: str, label: str, *, key: str = "", primary: bool = False) -> None:
    """A button that opens another screen, where there is such a screen."""
    if navigation.has(name) and st.button(
        label, key=key or f"page.to.{name}", type="primary" if primary else "secondary"
    ):
        navigation.go(name)
