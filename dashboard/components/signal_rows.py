"""A row of the review: an initiative, what its signals call for, and what would clear them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import navigation, state
from dashboard.components.answer import Badge, Tone, badges, heading
from dashboard.components.markdown import plain, strong
from dashboard.services import slipping, words
from dashboard.services.clearing import clears
from dashboard.services.slipping import Slips
from portfolio.review.signal import Signal, State
from portfolio.review.verdicts import ProjectReview, Verdict

_VERDICTS: dict[Verdict, Badge] = {
    Verdict.CLOSE_OR_RESCUE: Badge("Close or rescue", "red", "cancel"),
    Verdict.ASK_FOR_A_PLAN: Badge("Ask for a plan", "orange", "warning"),
    Verdict.WATCH: Badge("Watch", "gray", "visibility"),
    Verdict.ON_PLAN: Badge("On plan", "green", "check_circle"),
}
_SIGNS: dict[State, tuple[Tone, str]] = {
    State.FINE: ("green", "check_circle"),
    State.LOOK_CLOSER: ("orange", "warning"),
    State.AGAINST: ("red", "cancel"),
    State.NOT_KNOWN: ("gray", "help"),
}


def initiative(found: Slips, row: ProjectReview, place: int) -> None:
    """One bordered row. `place` tells rows of equal names apart."""
    with st.container(border=True):
        text, act = st.columns([4, 1], gap="medium")
        with text:
            heading(plain(row.name))
            st.markdown(f"{_badge(row.verdict)} {slipping.row_line(found, row, plain)}")
        with act:
            key = state.widget("review", "sheet", f"{place}")
            if st.button("Open its sheet", key=key, width="stretch"):
                state.share(sheet=row.project)
                navigation.go("Projects")
        verdict_signals(row, found.on)


def verdict_signals(row: ProjectReview, on: date) -> None:
    """The five signals side by side, and below them, folded, what would clear those that are not fine."""
    with st.grid(5, min_column_width=150):
        for signal in row.signals:
            st.markdown(_signal(signal))
    open_signals = [signal for signal in row.signals if signal.state is not State.FINE]
    if open_signals:
        with st.expander("What would clear it"):
            st.markdown("\n".join(_clearing(signal, on) for signal in open_signals))


def legend() -> None:
    """How to read the signs."""
    signs = " · ".join(f"{_sign(each)} {each.value}" for each in _SIGNS)
    st.caption(
        f"How we know: {signs}. Pace is work done over work planned to date. Three signals against "
        "it: close or rescue. Two, or one with two to look closer at: ask for a plan."
    )


def verdict_badge(verdict: Verdict) -> None:
    """What the signals call for, in a word."""
    badges([_VERDICTS[verdict]])


def _badge(verdict: Verdict) -> str:
    mark = _VERDICTS[verdict]
    return f":{mark.tone}-badge[:material/{mark.icon}: {mark.words}]"


def _sign(found: State) -> str:
    tone, icon = _SIGNS[found]
    return f":{tone}[:material/{icon}:]"


def _signal(signal: Signal) -> str:
    return f"{_sign(signal.state)} {strong(signal.name.capitalize())}  \n{plain(signal.fact)}"


def _clearing(signal: Signal, on: date) -> str:
    since = f" (since {words.day(signal.since, on)})" if signal.since else ""
    return f"- **{signal.name.capitalize()}**{since}: {clears(signal)}"
