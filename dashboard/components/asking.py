"""The visitor's question: read from the session, changed, and turned into a scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard import cache, state
from dashboard.cache import Workspace
from dashboard.components.markdown import plain
from dashboard.services import decisions
from dashboard.services.question import NOT_CLOSE, Question, from_params, scenario, to_params
from portfolio.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Asked:
    """A visitor's question, the scenario it starts from, and the scenario it makes."""

    question: Question
    start: Scenario
    scenario: Scenario
    start_name: str
    notes: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs from the question it starts from."""
        return self.question != Question()


def current(here: Workspace) -> Asked:
    """The visitor's question to this cluster, with a note for every part that cannot be used."""
    params = state.asked()
    base = params.get("base", [""])[0]
    record = decisions.find(here.store, here.cluster_id, base) if base else None
    start = record.scenario if record else here.pool.scenario
    question, notes = from_params(params, here.pool, start)
    if base and record is None:
        notes = (*notes, "The decision that the link starts from is not on record here.")
    named = "" if question.close == NOT_CLOSE else question.close
    close = decisions.find(here.store, here.cluster_id, named)
    if named and close is None:
        notes = (*notes, "The decision that the link wants to stay close to is not on record here.")
    return Asked(
        question=question,
        start=start,
        scenario=scenario(question, start, close.selection.ids if close else None),
        start_name=record.title if record else "",
        notes=notes,
    )


def change(edit: Callable[[Asked], Question]) -> None:
    """Change the question as it is now: for callbacks, which may come late or twice."""
    here = cache.workspace()
    if here is not None:
        ask(edit(current(here)))


def ask(question: Question) -> None:
    """Make this the visitor's question; the address follows."""
    state.ask(to_params(question))


def show_notes(asked: Asked) -> None:
    """Say what of the address could not be used, and which record the question starts from."""
    for note in asked.notes:
        st.warning(plain(note))
    if asked.start_name:
        st.caption(f"The question starts from the record {plain(asked.start_name)}.")
