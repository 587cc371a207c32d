"""Forms of conditions, aid, leaders, overruns, bad outcomes, synergies and new ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard import frames
from dashboard.components import tables
from dashboard.components.rule_inputs import MOST, choose, key_of, number
from dashboard.services import condition_forms
from dashboard.services.cell_columns import lead_words
from dashboard.services.condition_forms import CONDITION_WORDS, USUAL
from dashboard.services.rule_fields import Fields
from dashboard.services.words import symbol
from optimizer.validate import MOST_OUTCOMES
from portfolio.funding.classes import CLASS_WORDS
from portfolio.pool import Pool
from portfolio.units import from_cents


def _admission(pool: Pool, given: Fields, rule_id: str) -> Fields:
    currency = symbol(pool.cluster.currency).strip() or "money"
    words = list(CONDITION_WORDS)
    with st.grid(3, min_column_width=200):
        condition = st.selectbox(
            "Of each project",
            words,
            index=words.index(given.condition) if given.condition in words else 0,
            format_func=lambda each: CONDITION_WORDS.get(each, each),
            key=key_of("condition", rule_id),
        )
        same = given if condition == given.condition else Fields()
        kind = condition_forms.unit(condition)
        of = {"cents": f", {currency}", "share": ", %"}.get(kind, "")
        at_least = number(f"At least{of}", same.at_least, key_of(f"least.{condition}", rule_id))
        at_most = number(f"At most{of}", same.at_most, key_of(f"most.{condition}", rule_id))
    classes = st.multiselect(
        "Only where the lead is",
        list(CLASS_WORDS),
        default=[each for each in given.classes if each in CLASS_WORDS],
        format_func=lambda each: CLASS_WORDS.get(each, each),
        placeholder="Any organization",
        key=key_of("classes", rule_id),
    )
    return replace(
        given, condition=condition, at_least=at_least, at_most=at_most, classes=tuple(classes)
    )


def _de_minimis(pool: Pool, given: Fields, rule_id: str) -> Fields:
    currency = pool.cluster.currency
    usual = float(from_cents(USUAL.ceiling))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        limit = number(
            f"At most, in {currency or 'money'}",
            usual if given.limit is None else given.limit,
            key_of("ceiling", rule_id),
        )
        years = st.number_input(
            "Within years",
            min_value=1,
            max_value=condition_forms.MOST_YEARS,
            value=USUAL.years if given.years is None else given.years,
            key=key_of("years", rule_id),
            width=160,
        )
    st.markdown("Granted before: what the company and its group had, with the day of the grant.")
    leads = lead_words(pool)
    table = st.data_editor(
        frames.ledger(given.granted, leads),
        key=key_of("granted", rule_id),
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "Organization": st.column_config.SelectboxColumn(
                "Organization", options=sorted(leads.values())
            ),
            "Granted on": st.column_config.DateColumn("Granted on", format="D MMM YYYY"),
            "Amount": tables.money_column("Amount", currency, min_value=0),
        },
        alt="Aid that organizations had before; rows can be added and removed",
    )
    return replace(given, limit=limit, years=int(years), granted=frames.ledger_rows(table, leads))


def _leader_load(pool: Pool, given: Fields, rule_id: str) -> Fields:
    count = st.number_input(
        "At most so many projects at a time",
        min_value=0,
        max_value=condition_forms.MOST_AT_ONCE,
        value=2 if given.count is None else given.count,
        key=key_of("count", rule_id),
        width=320,
    )
    return replace(given, count=int(count))


def _cost_reserve(pool: Pool, given: Fields, rule_id: str) -> Fields:
    with st.grid(3, min_column_width=200):
        count = st.number_input(
            "Even if any so many projects",
            min_value=0,
            value=1 if given.count is None else given.count,
            key=key_of("count", rule_id),
        )
        share = number("cost so much more, %", given.share, key_of("share", rule_id))
        currency = pool.cluster.currency or "money"
        limit = number(f"the mix costs at most, {currency}", given.limit, key_of("limit", rule_id))
    return replace(given, count=int(count), share=share, limit=limit)


def _payoff_reserve(pool: Pool, given: Fields, rule_id: str) -> Fields:
    with st.grid(2, min_column_width=200):
        count = st.number_input(
            "If any so many projects",
            min_value=1,
            value=max(1 if given.count is None else given.count, 1),
            key=key_of("count", rule_id),
        )
        share = number("bring so much less, %", given.share, key_of("share", rule_id))
    st.caption("The mix is then worth that much: those of its projects count that hurt most.")
    return replace(given, count=int(count), share=share)


def _loss_limit(pool: Pool, given: Fields, rule_id: str) -> Fields:
    currency = pool.cluster.currency or "money"
    with st.grid(3, min_column_width=200):
        share = _worst(given, rule_id)
        limit = number(
            f"it loses at most on average, {currency}", given.limit, key_of("limit", rule_id), -MOST
        )
        outcomes = _outcomes(given, rule_id)
    st.caption("Below zero: it has to gain at least so much.")
    return replace(given, share=share, limit=limit, outcomes=outcomes)


def _loss_weight(pool: Pool, given: Fields, rule_id: str) -> Fields:
    with st.grid(3, min_column_width=200):
        share = _worst(given, rule_id)
        worth = _worth(pool, given, rule_id, 0.0, "each 100,000 lost takes off")
        outcomes = _outcomes(given, rule_id)
    st.caption("On average over those outcomes; each 100,000 gained there adds as much.")
    return replace(given, share=share, worth=worth, outcomes=outcomes)


def _worst(given: Fields, rule_id: str) -> float | None:
    usual = 10.0 if given.share is None else given.share
    return number("In the worst, % of outcomes", usual, key_of("share", rule_id))


def _outcomes(given: Fields, rule_id: str) -> int:
    return int(
        st.number_input(
            "Outcomes that are drawn",
            min_value=1,
            max_value=MOST_OUTCOMES,
            value=given.outcomes,
            key=key_of("outcomes", rule_id),
        )
    )


def _synergy(pool: Pool, given: Fields, rule_id: str) -> Fields:
    projects = choose(pool, "These together", given.projects, rule_id)
    st.caption("Below zero: together they are worth less than one by one.")
    return replace(given, projects=projects, worth=_worth(pool, given, rule_id, -MOST))


def _new_ties(pool: Pool, given: Fields, rule_id: str) -> Fields:
    return replace(given, worth=_worth(pool, given, rule_id, 0.0))


def _worth(
    pool: Pool, given: Fields, rule_id: str, least: float, label: str = "Worth"
) -> float | None:
    """Worth in what the standing aim counts."""
    aim = pool.scenario.objective.aim
    in_money = pool.cluster.currency or "money"
    unit = {"payoff": in_money, "score": "points", "blend": "points", "benefit": "benefit"}[aim]
    return number(f"{label}, in {unit}", given.worth, key_of("worth", rule_id), least)


FORMS: dict[str, Callable[[Pool, Fields, str], Fields]] = {
    "admission": _admission,
    "de minimis": _de_minimis,
    "leader load": _leader_load,
    "cost reserve": _cost_reserve,
    "loss limit": _loss_limit,
    "loss weight": _loss_weight,
    "payoff reserve": _payoff_reserve,
    "synergy": _synergy,
    "new ties": _new_ties,
}
