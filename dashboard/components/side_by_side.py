"""Two decisions side by side: what enters and leaves, what changes in money and worth."""

from __future__ import annotations

import streamlit as st

from dashboard.components.answer import Figure, answer, figures, heading
from dashboard.components.markdown import plain
from dashboard.services import decisions, words
from portfolio.decision import Decision
from portfolio.pool import Pool
from portfolio.scoring import value
from portfolio.wording import MINUS, count, listed, money


def side_by_side(one: Decision, other: Decision, pool: Pool) -> None:
    """Compare an earlier decision with a later one. `pool` serves for names that both lack."""
    found = decisions.compare(one, other)
    heading("Side by side")
    enter, leave = count(len(found.enters), "proposal"), count(len(found.leaves), "proposal")
    answer(
        f"From {plain(one.title)} to {plain(other.title)}, "
        f"{enter} {_verb(found.enters, 'enters', 'enter')} and {leave} "
        f"{_verb(found.leaves, 'leaves', 'leave')}.",
        _asked(found),
    )
    currency = pool.cluster.currency
    items = [
        Figure("Stay", f"{len(found.stays):,}", "in both"),
        Figure("Enter", f"{len(found.enters):,}"),
        Figure("Leave", f"{len(found.leaves):,}"),
        Figure("Money", _change(words.short_money(abs(found.money), currency), found.money)),
    ]
    figures(items)
    if found.worth is not None:
        unit = value.unit(one.scenario.objective)
        amount = words.worth(abs(found.worth), unit, currency)
        if found.worth:
            st.markdown(f"The later mix is worth {amount} {'more' if found.worth > 0 else 'less'}.")
        else:
            st.markdown("Both mixes are worth the same.")
    else:
        st.markdown("The two aim for different things, so their worth cannot be compared.")
    left, right = st.columns(2, gap="medium")
    for column, name, ids, source in (
        (left, "Leave", found.leaves, one),
        (right, "Enter", found.enters, other),
    ):
        with column:
            st.subheader(name, anchor=False)
            if not ids:
                st.markdown("Nothing.")
            for project_id in ids:
                st.markdown(_line(source.pool or pool, project_id, currency))


def _asked(found: decisions.Difference) -> str:
    if not found.questions_differ:
        return "Both answer the same question."
    return f"The questions differ in {listed(found.questions_differ)}."


def _verb(ids: tuple[str, ...], one: str, many: str) -> str:
    return one if len(ids) == 1 else many


def _change(amount: str, cents: int) -> str:
    if cents == 0:
        return "the same"
    return f"{'+' if cents > 0 else MINUS}{amount}"


def _line(pool: Pool, project_id: str, currency: str) -> str:
    name = decisions.name_in(pool, project_id)
    grant = decisions.grant_in(pool, project_id)
    return f"**{plain(name)}**" + ("" if grant is None else f" · {money(grant, currency)}")
