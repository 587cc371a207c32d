"""Decisions: what was decided, and whether anybody can replay it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, page
from dashboard.components.markdown import cut, plain
from dashboard.components.record import load, show_record
from dashboard.components.side_by_side import side_by_side
from dashboard.components.tables import money_column, table
from dashboard.services import decisions, words
from portfolio.decision import Decision
from portfolio.wording import count


def main() -> None:
    """The list, one record, and two side by side."""
    here = page.begin("What we decided")
    records = here.store.decisions(here.cluster_id)
    if not records:
        answer.answer(
            "Nothing is decided yet.", "Put a mix to the board, and its record stands here."
        )
        page.to_screen("Mix", "Open Mix", primary=True)
        return
    last = records[0]
    answer.answer(
        f"{count(len(records), 'decision')} on record.",
        f"The last one, {plain(last.title)}, was made by {plain(last.who) or 'nobody named'}"
        f" on {words.day(decisions.made_on(last))}.",
    )
    _list(here, records)
    picked = _pick(records)
    if picked is None:
        return
    decision = load(here, picked)
    if decision is None:
        st.warning("This record is not there.")
        return
    show_record(here, decision)
    _compare(here, records, decision)


def _list(here: Workspace, records: Sequence[Decision]) -> None:
    frame = cache.remember(
        ("decisions", here.key[0], here.cluster_id, records[0].fingerprint, len(records)),
        lambda: frames.decisions(records),
    )
    currency = here.pool.cluster.currency
    table(
        frame,
        key="decisions.list",
        alt="All decisions, the newest first",
        columns={
            "No.": st.column_config.NumberColumn("No.", format="%d", width="small"),
            "When": st.column_config.DateColumn("When", format="D MMM YYYY"),
            "Money": money_column("Money", currency),
        },
    )


def _pick(records: Sequence[Decision]) -> str | None:
    names = _names(records)
    wanted = state.shared(state.RECORD) or str(records[0].id)
    options = list(names)
    picked = st.selectbox(
        "Open a record",
        options,
        index=options.index(wanted) if wanted in options else None,
        format_func=names.__getitem__,
        placeholder="Pick a record",
        key=state.widget("decisions", "record", wanted),
    )
    if picked is not None:
        state.share(record=picked)
    elif wanted not in options:
        st.warning("The record that the link names is not on record here.")
    return picked


def _compare(here: Workspace, records: Sequence[Decision], decision: Decision) -> None:
    others = [record for record in records if record.id != decision.id]
    if not others:
        return
    names = _names(others)
    options = list(names)
    wanted = state.shared(state.COMPARE)
    picked = st.selectbox(
        "Compare it with",
        options,
        index=options.index(wanted) if wanted in options else None,
        format_func=names.__getitem__,
        placeholder="Pick another record",
        key=state.widget("decisions", "compare", str(decision.id)),
    )
    state.share(compare=picked)
    other = None if picked is None else load(here, picked)
    if other is not None:
        one, two = sorted((decision, other), key=lambda record: record.id)
        side_by_side(one, two, here.pool)


def _names(records: Sequence[Decision]) -> dict[str, str]:
    return {
        str(record.id): f"{record.id} · {words.short_day(decisions.made_on(record))}"
        f" · {cut(record.title, 60)}"
        for record in records
    }


main()
