"""What a visitor sees when something fails: facts and a remedy, or a reference; never a trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.components.markdown import plain
from dashboard.jobs import is_the_users, new_reference
from portfolio.errors import InputError

log = logging.getLogger("dashboard")
OUR_SIDE = "Something is wrong on our side (ref. {reference}). Your data is safe; try again."


def show(error: Exception, reference: str = "") -> None:
    """Show an error where the page stands. Unknown ones are logged under a reference."""
    if isinstance(error, InputError):
        st.error("\n".join(f"- {plain(str(problem))}" for problem in error.problems))
    elif is_the_users(error):
        st.error(plain(str(error)))
    else:
        if not reference:
            reference = new_reference()
            log.error("Shown as ref. %s", reference, exc_info=error)
        st.error(OUR_SIDE.format(reference=reference))


@contextmanager
def boundary() -> Iterator[None]:
    """Show any error of the block instead of raising it; Streamlit's own signals pass."""
    try:
        yield
    except Exception as error:
        show(error)
