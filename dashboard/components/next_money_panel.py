"""What the next money buys, in all and from each funder: exact answers beside the rate."""

from __future__ import annotations

import streamlit as st

import optimizer
from dashboard import frames, state
from dashboard.cache import Workspace
from dashboard.components.answer import heading
from dashboard.components.markdown import plain
from dashboard.components.solving import Found
from dashboard.components.sought import sought
from dashboard.components.tables import money_column, table
from dashboard.services import budgets, mix, next_money, words
from optimizer import Options, Purchase
from portfolio.scoring import value
from portfolio.scoring.value import MICRO

PAGE = "budgets"
PATIENCE = Options(time_limit=60.0)


def next_money_panel(here: Workspace, found: Found) -> None:
    """An amount to choose, the sentence, and a table of the answers."""
    if found.old or found.answered.selection.value is None:
        return
    place = st.container()
    usual = next_money.usual(found.answered.scenario.money)
    amount = st.number_input(
        "How much more money",
        min_value=1,
        value=usual // 100,
        step=words.round_step(usual * 10),
        key=state.widget(PAGE, "next", f"{here.cluster_id}.{usual}"),
        width=260,
    )
    bought = _bought(found, int(amount) * 100)
    if bought is None or not bought:
        return
    with place:
        heading(f"What the next {words.short_money(int(amount) * 100, _currency(here))} buys")
        said = next_money.headline(here.pool, found.answered.scenario, bought, plain)
        st.markdown(f"**{said}**")
        _table(here, found, bought)
        st.caption(next_money.HOW_TO_READ)


def _currency(here: Workspace) -> str:
    return here.pool.cluster.currency


def _bought(found: Found, cents: int) -> tuple[Purchase, ...] | None:
    answered = found.answered
    return sought(
        "next_money",
        ("next_money", found.key, cents),
        tuple,
        lambda report, cancel: optimizer.purchases(
            answered.pool,
            answered.scenario,
            answered.selection,
            cents,
            PATIENCE,
            progress=report,
            cancel=cancel,
        ),
        _progress_words,
        lambda bought, job: not job.cancelled.is_set() and all(one.proven for one in bought),
    )


def _progress_words(progress: object) -> str:
    if mix.progress_share(progress) is None or not isinstance(progress, optimizer.Progress):
        return "Asking the question again with more money."
    return f"Asked again with more money of {progress.done} of {progress.of}."


def _table(here: Workspace, found: Found, bought: tuple[Purchase, ...]) -> None:
    currency, unit = _currency(here), value.unit(found.answered.scenario.objective)
    exact, rate = "Buys (exact)", "At the rate"

    def said(micro: int | None) -> float | None:
        if micro is None:
            return None
        return round(micro / MICRO) if unit == "money" else micro / MICRO

    column = (
        (lambda label: money_column(label, currency))
        if unit == "money"
        else (lambda label: st.column_config.NumberColumn(label, format="%.2f"))
    )
    table(
        frames.rows(
            ("Whose money", exact, rate, "How sure", "Enters", "Leaves"),
            [
                (
                    next_money.name(found.answered.scenario, one),
                    said(one.gain),
                    said(next_money.rate_gain(one)),
                    "exact" if one.proven else "best found so far",
                    budgets.step_names(here.pool, one.enters),
                    budgets.step_names(here.pool, one.leaves),
                )
                for one in bought
            ],
        ),
        key="budgets.next_money",
        alt="What so much more money buys, in all and from each funder, exact and at the rate",
        columns={exact: column(exact), rate: column(rate)},
    )
