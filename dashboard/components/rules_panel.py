"""What each rule costs: a switch and a price a rule, the dearest first, the free ones folded."""

from __future__ import annotations

import streamlit as st

import optimizer
from dashboard import cache, state
from dashboard.cache import Workspace
from dashboard.components.answer import heading
from dashboard.components.asking import Asked, change
from dashboard.components.markdown import plain
from dashboard.components.solving import Found
from dashboard.components.sought import sought
from dashboard.services import mix
from dashboard.services.question import switched
from dashboard.services.why import free_words, price_words
from optimizer import Options, RulePrice
from portfolio.funding.rules import SourceBudget
from portfolio.funding.sentences import sentence
from portfolio.scenario import active_rules, all_rules
from portfolio.scoring import value
from portfolio.wording import count

PAGE = "mix"
PATIENCE = Options(time_limit=60.0)


def rules_panel(here: Workspace, asked: Asked, found: Found) -> None:
    """Prices of the rules that count; rules that are off come last."""
    heading("What each rule costs")
    if not all_rules(asked.scenario):
        st.markdown("No rules apply yet. Add them in Settings.")
        return
    money = value.unit(asked.scenario.objective) == "money"
    lost = "Expected payoff lost" if money else "Worth lost"
    st.caption(f"{lost} because the rule is there. Switch one off to see the mix without it.")
    prices = _prices(here, found)
    if prices is None:
        rules = active_rules(found.answered.scenario)
        with st.expander(f"All {count(len(rules), 'rule')}"):
            for rule in rules:
                _row(rule.id, sentence(rule, here.pool, asked.scenario), "", True)
    else:
        _priced(here, asked, found, prices)
    off = [rule for rule in all_rules(asked.scenario) if rule.id in asked.scenario.off]
    for rule in off:
        _row(rule.id, sentence(rule, here.pool, asked.scenario), "off", False)


def _priced(here: Workspace, asked: Asked, found: Found, prices: tuple[RulePrice, ...]) -> None:
    scenario = found.answered.scenario
    budgets = {rule.id for rule in active_rules(scenario) if isinstance(rule, SourceBudget)}
    rules = [price for price in prices if price.rule not in budgets]
    dear = [price for price in rules if price.price is None or price.price > 0]
    free = [price for price in rules if price.price is not None and price.price <= 0]
    for price in dear:
        _row(price.rule, price.sentence, price_words(price, scenario, here.pool), True)
    if free:
        with st.expander(free_words(len(free), bool(dear))):
            for price in free:
                _row(price.rule, price.sentence, "", True)
    priced = {price.rule for price in prices}
    adding = [rule for rule in active_rules(scenario) if rule.id not in priced]
    if adding and not found.old:
        forbids = "forbids" if len(adding) == 1 else "forbid"
        with st.expander(f"{count(len(adding), 'rule')} that {forbids} nothing, for worth alone"):
            for rule in adding:
                _row(rule.id, sentence(rule, here.pool, scenario), "", True)
    funders = [price for price in prices if price.rule in budgets]
    if funders:
        with st.expander(f"What unlimited money of {count(len(funders), 'funder')} would add"):
            for price in funders:
                words = price_words(price, scenario, here.pool)
                _row(price.rule, price.sentence, words, True)


def _prices(here: Workspace, found: Found) -> tuple[RulePrice, ...] | None:
    answered = found.answered
    key = ("prices", found.key)
    if found.old or not active_rules(answered.scenario):
        kept = cache.answer(key)
        return kept if isinstance(kept, tuple) else () if not found.old else None
    return sought(
        "prices",
        key,
        tuple,
        lambda report, cancel: optimizer.rule_prices(
            answered.pool,
            answered.scenario,
            answered.selection,
            PATIENCE,
            progress=report,
            cancel=cancel,
        ),
        _progress_words,
        lambda prices, job: not job.cancelled.is_set() and all(price.proven for price in prices),
    )


def _progress_words(progress: object) -> str:
    share = mix.progress_share(progress)
    if share is None or not isinstance(progress, optimizer.Progress):
        return "Asking the question again without each rule."
    return f"Asked again without {progress.done} of {progress.of} rules."


def _row(rule: str, words: str, price: str, on: bool) -> None:
    with st.container(border=True):
        left, right = st.columns([3, 1], gap="small", vertical_alignment="center")
        left.toggle(
            plain(words),
            value=on,
            key=state.widget(PAGE, "rule", f"{rule}.{on}"),
            on_change=_switch,
            args=(rule, not on),
            wrap=True,
        )
        if price:
            right.markdown(f"**{price}**", text_alignment="right")


def _switch(rule: str, on: bool) -> None:
    change(lambda asked: switched(asked.question, asked.start, rule, on))
