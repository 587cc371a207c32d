"""Somebody else changed the same cell: what they wrote, what you wrote, and which of both to keep."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components.markdown import plain, strong
from dashboard.services import project_edits, words
from dashboard.services.cell_columns import BY_NAME, Cell
from dashboard.services.project_edits import Conflict, Edit
from portfolio.errors import ClusterfolioError, NotFoundError

_OPEN = "projects.conflicts"


def _own(here: Workspace) -> str:
    return f"{_OPEN}.{here.cluster_id}"


def ask_later(here: Workspace, conflicts: Sequence[Conflict]) -> None:
    """Keep conflicts for the next look at the page."""
    entries = [*_entries(here), *(_entry(each) for each in conflicts)]
    newest = {(entry["project"], entry["column"]): entry for entry in entries}
    state.remember(_own(here), json.dumps(list(newest.values())) if newest else "")


def conflict_panel(here: Workspace) -> None:
    """Each open conflict with its two ways out."""
    for entry in _entries(here):
        try:
            project = here.pool.project(str(entry["project"]))
        except NotFoundError:
            _settle(here, entry)
            continue
        column = str(entry["column"])
        label = BY_NAME[column].label
        key = f"{entry['project']}.{entry['column']}"
        currency = here.pool.cluster.currency
        theirs = _shown(column, entry["theirs"], currency)
        yours = _shown(column, entry["new"], currency)
        with st.container(border=True):
            st.markdown(
                f":orange[:material/warning:] {strong(f'{project.name}, {label}')} was changed while "
                f"you edited: it now says {plain(theirs)}, you wrote {plain(yours)}.  \n"
                f"{plain(str(entry['act']))}"
            )
            with st.container(horizontal=True):
                st.button(
                    "Keep yours",
                    key=state.widget("projects", "yours", key),
                    on_click=_keep,
                    args=(here, entry),
                )
                st.button(
                    "Take theirs",
                    key=state.widget("projects", "theirs", key),
                    on_click=_settle,
                    args=(here, entry),
                )


def _keep(here: Workspace, entry: dict[str, Cell]) -> None:
    edit = Edit(str(entry["project"]), str(entry["column"]), entry["old"], entry["new"])
    try:
        mine = project_edits.overridden(here.store, here.cluster_id, edit)
        saved = project_edits.save(here.store, here.cluster_id, [mine], state.who())
    except ClusterfolioError as error:
        state.flash(str(error))
        return
    if saved.problems:
        state.flash(" ".join(str(problem) for problem in saved.problems))
        return
    _settle(here, entry)
    state.flash("Saved yours.", undo=str(saved.change or ""))


def _settle(here: Workspace, entry: dict[str, Cell]) -> None:
    rest = [each for each in _entries(here) if each != entry]
    state.remember(_own(here), json.dumps(rest) if rest else "")


def _entries(here: Workspace) -> list[dict[str, Cell]]:
    return list(json.loads(state.recall(_own(here)) or "[]"))


def _entry(conflict: Conflict) -> dict[str, Cell]:
    edit = conflict.edit
    return {
        "project": edit.project,
        "column": edit.column,
        "old": edit.old,
        "new": edit.new,
        "theirs": conflict.theirs,
        "act": conflict.act,
    }


def _shown(column: str, cell: Cell, currency: str) -> str:
    """A cell as a sentence says it."""
    if cell is None or cell == "":
        return "nothing"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        kind = BY_NAME[column].kind
        if kind == "money":
            return f"{words.symbol(currency)}{cell:,}"
        return f"{cell:g} %" if kind in ("percent", "share") else f"{cell:g}"
    return f"“{cell}”"
