"""The list of projects, to be read, searched and edited in place; edits wait until they are saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import tables
from dashboard.components.conflict_panel import ask_later
from dashboard.components.project_filters import filters
from dashboard.services import project_edits, project_list
from dashboard.services.cell_columns import CHOICES, COLUMNS, Cell, lead_words
from dashboard.services.project_edits import Edit
from portfolio.errors import ClusterfolioError
from portfolio.pool import Pool
from portfolio.wording import count

MOST_LEADS = 1_000
VERSIONS_HELP = (
    "Name, cost / grant @ share of the worth, as “small: 600000 / 400000 @ 0.72; large: 1500000 @ "
    "1.3”. Without a grant it is in proportion."
)
ROW_HEIGHT = 35
MOST_HEIGHT = 15
_KEPT, _VIEW, _TURN, _AGAIN = ("projects.kept", "projects.view", "projects.turn", "projects.again")
_BY_LABEL = {column.label: column.name for column in COLUMNS}


def project_table(here: Workspace) -> None:
    """The list. It draws itself anew; only what it saves draws the whole page."""
    state.remember(_AGAIN, "")
    _table(here)


@st.fragment
def _table(here: Workspace) -> None:
    """Filters, the table, and what to do with edits. `here` is what stood on the page."""
    edits = _pending(here)
    asked = filters(here.pool)
    found = cache.remember(
        ("wanted", here.key, asked), lambda: project_list.wanted(here.pool, asked)
    )
    shown = found[: tables.MOST_ROWS]
    if len(found) > len(shown):
        st.caption(f"Showing {len(shown):,} of {len(found):,}. Search to narrow.")
    if not shown:
        st.markdown("No project is like that. Search for less.")
    else:
        edits = _editor(here, [project.id for project in shown], edits)
    _actions(here, edits)
    if shown:
        _sheet_of({project.id: project.name for project in shown})
    if state.recall(_AGAIN):
        state.remember(_AGAIN, "")
        st.rerun()


def _pending(here: Workspace) -> tuple[Edit, ...]:
    """What was edited up to now, in this view of the list and in those before it."""
    kept = _kept(here)
    view = json.loads(state.recall(_own(_VIEW, here)) or "null")
    if view is None:
        return kept
    return project_edits.merge(here.pool, kept, _written(view["key"], view["ids"]))


def _own(name: str, here: Workspace) -> str:
    """The name under which a cluster's own edits wait: ids of two clusters may be the same."""
    return f"{name}.{here.cluster_id}"


def _kept(here: Workspace) -> tuple[Edit, ...]:
    known = {project.id for project in here.pool.projects}
    every = project_edits.from_text(state.recall(_own(_KEPT, here)))
    return tuple(edit for edit in every if edit.project in known)


def _written(key: str, ids: Sequence[str]) -> dict[str, dict[str, Cell]]:
    """What stands in an editor: new cells by project id and column."""
    rows: Mapping[Any, Mapping[str, Cell]] = st.session_state.get(key, {}).get("edited_rows", {})
    return {
        ids[int(place)]: {
            _BY_LABEL[label]: cell for label, cell in row.items() if label in _BY_LABEL
        }
        for place, row in rows.items()
        if 0 <= int(place) < len(ids)
    }


def _editor(here: Workspace, ids: list[str], edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The table itself. A view with other rows is another editor, which begins with all edits."""
    digest = hashlib.sha256("\n".join((here.cluster_id, *ids)).encode()).hexdigest()[:12]
    key = state.widget("projects", "table", f"{digest}.{state.recall(_TURN)}")
    view = json.loads(state.recall(_own(_VIEW, here)) or "null")
    if view is None or view["key"] != key:
        state.remember(_own(_KEPT, here), project_edits.to_text(edits))
        state.remember(_own(_VIEW, here), json.dumps({"key": key, "ids": ids}))
    base = _kept(here)
    frame = cache.remember(
        ("editor", here.key, digest, base), lambda: frames.editable(here.pool, ids, base)
    )
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="fixed",
        height=ROW_HEIGHT * (min(len(ids), MOST_HEIGHT) + 1) + 3,
        column_config=_columns(here, ids),
        disabled=["Lacks"],
        placeholder=tables.NOT_KNOWN,
        alt="The list of projects, a row each; every cell but the last column can be edited",
    )
    return project_edits.merge(here.pool, base, _written(key, ids))


def _columns(here: Workspace, ids: list[str]) -> dict[str, Any]:
    config = st.column_config
    currency = here.pool.cluster.currency
    made: dict[str, Any] = {"_index": None}
    for column in COLUMNS:
        match column.kind:
            case "money":
                floor = None if column.name.startswith("payoff") else 0
                made[column.label] = tables.money_column(column.label, currency, min_value=floor)
            case "percent" | "share":
                made[column.label] = config.NumberColumn(
                    column.label, format="%g %%", min_value=0, max_value=100
                )
            case "whole":
                made[column.label] = config.NumberColumn(
                    column.label, format="%d", min_value=0, max_value=1_200, step=1
                )
            case "periods":
                made[column.label] = config.NumberColumn(
                    column.label, format="%d", min_value=1, step=1
                )
            case "day":
                made[column.label] = config.DateColumn(column.label, format="D MMM YYYY")
            case "choice":
                made[column.label] = config.SelectboxColumn(
                    column.label, options=CHOICES[column.name], required=column.name == "status"
                )
            case "lead":
                made[column.label] = _lead_column(here.pool, column.label)
            case "versions":
                made[column.label] = config.TextColumn(column.label, help=VERSIONS_HELP)
            case "flag":
                made[column.label] = config.CheckboxColumn(column.label)
            case _:
                made[column.label] = config.TextColumn(column.label, required=column.name == "name")
    made["Sheet"] = config.ButtonColumn(
        "Sheet", key=state.widget("projects", "open"), on_click=_open, args=(ids,), width="small"
    )
    return made


def _lead_column(pool: Pool, label: str) -> Any:
    options = sorted(lead_words(pool).values())
    if len(options) > MOST_LEADS:
        return st.column_config.TextColumn(label)
    return st.column_config.SelectboxColumn(label, options=options)


def _open(ids: list[str]) -> None:
    click = st.session_state[state.widget("projects", "open")]
    if click is not None and 0 <= click["row"] < len(ids):
        state.share(sheet=ids[click["row"]])
        state.remember(_AGAIN, "1")


def _sheet_of(names: dict[str, str]) -> None:
    """The way to a sheet without a mouse."""
    key = state.widget("projects", "sheet")

    def show() -> None:
        state.share(sheet=st.session_state[key])
        state.remember(_AGAIN, "1")
        st.session_state[key] = None

    st.selectbox(
        "Open a project's sheet",
        list(names),
        index=None,
        placeholder="Choose a project",
        format_func=lambda each: names.get(each, each),
        key=key,
        on_change=show,
    )


def _actions(here: Workspace, edits: tuple[Edit, ...]) -> None:
    """Save and drop, and everything that is wrong with the edits as they stand."""
    if not edits:
        st.caption("Change a cell by a double click. Nothing is saved before you say so.")
        return
    problems = project_edits.check(here.pool, edits)
    for problem in problems:
        st.error(tables.problem_words(problem))
    with st.container(horizontal=True):
        st.button(
            f"Save {count(len(edits), 'change')}",
            key=state.widget("projects", "save"),
            type="primary",
            on_click=_save,
            args=(here, edits),
        )
        st.button("Drop them", key=state.widget("projects", "drop"), on_click=_drop, args=(here,))


def _save(here: Workspace, edits: tuple[Edit, ...]) -> None:
    try:
        saved = project_edits.save(here.store, here.cluster_id, edits, state.who())
    except ClusterfolioError as error:
        state.flash(str(error))
        return
    ask_later(here, saved.conflicts)
    _begin_anew(here, saved.failed)
    if saved.change is not None:
        rest = f" {count(len(saved.failed), 'change')} could not be saved." if saved.failed else ""
        if saved.problems and not saved.failed:
            rest = " " + " ".join(str(problem) for problem in saved.problems)
        state.flash(f"Saved {count(saved.count, 'change')}.{rest}", undo=str(saved.change))
    elif saved.problems and not saved.failed:
        state.flash(" ".join(str(problem) for problem in saved.problems))


def _drop(here: Workspace) -> None:
    _begin_anew(here, ())


def _begin_anew(here: Workspace, kept: tuple[Edit, ...]) -> None:
    """A fresh editor over these edits; the page is drawn once more."""
    state.remember(_own(_KEPT, here), project_edits.to_text(kept))
    state.remember(_own(_VIEW, here), "")
    state.remember(_TURN, str(int(state.recall(_TURN) or "0") + 1))
    state.remember(_AGAIN, "1")
