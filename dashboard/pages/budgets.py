"""Budgets: what the money buys, and what a cut would lose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import streamlit as st

import optimizer
from dashboard import cache, navigation, state
from dashboard.cache import Workspace
from dashboard.components import answer, page, solving, work
from dashboard.components.asking import ask, current, show_notes
from dashboard.components.changes_panel import changes_panel
from dashboard.components.choices import one_of
from dashboard.components.curve_panel import curve_panel, steps_panel
from dashboard.components.legible import legible
from dashboard.components.markdown import cut, plain
from dashboard.components.next_money_panel import next_money_panel
from dashboard.components.solving import Found
from dashboard.components.trade_panel import trade_panel
from dashboard.services import budgets, trades, words
from dashboard.services.budgets import Purse
from dashboard.services.question import NOT_CLOSE, Question
from dashboard.services.question import scenario as scenario_of
from dashboard.services.trades import MONEY, Trade
from optimizer import FrontPoint
from portfolio.scenario import Scenario
from portfolio.wording import money

PRESETS = {"As agreed": Fraction(1), "20 % cut": Fraction(4, 5), "10 % more": Fraction(11, 10)}
TURN, DRAWN = "budgets.turn", "budgets.drawn"


def main() -> None:
    """Sentence on top, sliders below it, then the curve and its next steps."""
    here = page.begin("What the money buys")
    if not here.pool.candidates:
        page.no_proposals()
        return
    asked = current(here)
    show_notes(asked)
    purses = budgets.purses(asked.start, here.pool)
    sentence = st.container()
    if not purses:
        answer.answer("No money is named yet.", "Add a funder or a budget to the rules.")
        page.to_screen("Settings", "Add a funder")
        return
    trade = _against(here, asked.scenario)
    setting = _setting(here, purses)
    rest = replace(asked.question, money=None, sources=())
    if trade is not None and trade.id == "losses":
        rest = replace(rest, losses=None)
    _say_changes(replace(rest, close=""), close=asked.scenario.stay_close is not None)
    agreed_total, total = sum(p.agreed for p in purses), sum(setting.values())
    question = scenario_of(replace(rest, close=NOT_CLOSE), asked.start)
    agreed_scenario = budgets.scenario_at(question, budgets.agreed(purses))
    scenario = budgets.scenario_at(question, setting)
    now = solving.best_mix(here, scenario, slot="budgets")
    if now is None:
        return
    if trade is not None and now.answered.selection.status.has_mix:
        solving.say_old(now)
        point = trade_panel(here, now, trade, sentence)
        if not _use_point(_asked(rest, setting, purses), scenario, trade, point):
            _use(rest, setting, purses)
        return
    then = now if scenario == agreed_scenario else _agreed(here, agreed_scenario)
    with sentence:
        _answer(here, now, then, total, agreed_total)
    if not now.answered.selection.status.has_mix:
        st.markdown("Give more money, or see in Mix which rules clash.")
        _use(rest, setting, purses)
        return
    curve_area, changes_area, steps_area = st.container(), st.container(), st.container()
    with steps_area:
        steps = steps_panel(here, now)
    mark = None
    if then is not None and then is not now and then.answered.selection.value is not None:
        mark = (agreed_total, then.answered.selection.value)
    with curve_area:
        curve_panel(here, scenario, total, mark, now, steps)
    if then is not None and not now.old and then is not now:
        with changes_area:
            changes_panel(then.answered, now.answered)
    if not work.busy("curve"):
        next_money_panel(here, now)
    _use(rest, setting, purses)


def _against(here: Workspace, scenario: Scenario) -> Trade | None:
    """What the worth is weighed against; None for money."""
    offered = {trade.name: trade for trade in trades.trades(here.pool, scenario)}
    picked = one_of(
        "Weigh the worth against",
        (MONEY, *offered),
        key="budgets.against",
        default=MONEY,
    )
    return offered.get(picked)


def _setting(here: Workspace, purses: Sequence[Purse]) -> dict[str, int]:
    """The presets and a slider a funder; what the sliders say goes into the address.

    Sliders get new keys whenever the setting comes from elsewhere (a preset, a link, Back): a
    slider keeps its own value else, and what a browser still says of an old one counts no more.
    """
    setting = budgets.from_texts(state.setting(), purses)
    stamp = f"{here.cluster_id}.{_turn(here, setting)}"
    currency = here.pool.cluster.currency
    with st.container(border=True):
        st.markdown("Start from")
        presets = st.container(horizontal=True)
        with st.grid(3, min_column_width=220, gap="medium"):
            for purse in purses:
                units = st.slider(
                    plain(cut(purse.name, 60)),
                    0,
                    purse.most // 100,
                    setting[purse.id] // 100,
                    purse.step // 100,
                    format=legible(f"{words.symbol(currency)}%,d"),
                    key=state.widget("budgets", "purse", f"{purse.id}.{stamp}"),
                )
                setting[purse.id] = _cents(units, setting[purse.id])
        with presets:
            for name, share in PRESETS.items():
                amounts = _preset(purses, share)
                st.button(
                    name,
                    key=state.widget("budgets", "preset", name),
                    icon=":material/check:" if amounts == setting else None,
                    on_click=_take,
                    args=(amounts, purses),
                )
        amounts_line = " · ".join(
            f"{plain(purse.name)} {money(setting[purse.id], currency)}" for purse in purses
        )
        st.caption(f"In all {money(sum(setting.values()), currency)}: {amounts_line}.")
    # Before the address: to write it, Streamlit may end this run for the slider's next step, and
    # what was taken but not remembered would look like a setting from elsewhere.
    state.remember(DRAWN, _text(here, setting))
    _take(setting, purses)
    return setting


def _turn(here: Workspace, setting: Mapping[str, int]) -> str:
    """A number that rises when the setting is another one than the sliders last showed."""
    turn = state.recall(TURN) or "0"
    if state.recall(DRAWN) != _text(here, setting):
        turn = str(int(turn) + 1)
        state.remember(TURN, turn)
    return turn


def _text(here: Workspace, setting: Mapping[str, int]) -> str:
    return " ".join((here.cluster_id, *budgets.to_texts(setting)))


def _cents(units: int, present: int) -> int:
    """What a slider says, in cents; cents that it cannot show stay."""
    return present if units == present // 100 else units * 100


def _preset(purses: Sequence[Purse], share: Fraction) -> dict[str, int]:
    return budgets.agreed(purses) if share == 1 else budgets.cut(purses, share)


def _take(setting: Mapping[str, int], purses: Sequence[Purse]) -> None:
    same = dict(setting) == budgets.agreed(purses)
    state.set_setting([] if same else budgets.to_texts(setting))


def _agreed(here: Workspace, scenario: Scenario) -> Found | None:
    found = solving.best_mix(here, scenario, slot="budgets.agreed")
    return None if found is None or found.old else found


def _answer(here: Workspace, now: Found, then: Found | None, total: int, agreed_total: int) -> None:
    solving.say_old(now)
    if now.old:
        money_then = now.answered.scenario.money or 0
        answer.answer(plain(budgets.headline(now.answered, None, money_then, money_then)))
        return
    before = then.answered if then else None
    answer.answer(
        plain(budgets.headline(now.answered, before, total, agreed_total)),
        plain(budgets.context(now.answered, before, total, agreed_total, _rate(now))),
    )
    solving.certainty(now, "budgets")


def _rate(now: Found) -> float | None:
    """What one more unit of money is worth by the relaxed question's dual price."""
    answered = now.answered
    return cache.remember(
        ("rate", now.key), lambda: optimizer.lp_rate(answered.pool, answered.scenario)
    )


def _say_changes(rest: Question, close: bool) -> None:
    if close:
        st.caption("What is shown is the best mix for each amount, however much it changes.")
    if rest == Question():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Aim and rules are those of your question in Mix.", width="content")
        st.button(
            "Ask as agreed", key="budgets.reset", type="tertiary", on_click=ask, args=(Question(),)
        )


def _use(rest: Question, setting: Mapping[str, int], purses: Sequence[Purse]) -> None:
    if st.button("Use this budget in Mix", key="budgets.use", type="primary"):
        ask(_asked(rest, setting, purses))
        navigation.go("Mix")


def _use_point(
    question: Question, scenario: Scenario, trade: Trade, point: FrontPoint | None
) -> bool:
    """A way to hold Mix to what the mix picked has, where a question can say so; whether it can."""
    limited = None if point is None else trades.limited(trade, scenario, question, point.second)
    if limited is None:
        return False
    words = "Use this limit in Mix" if trade.id == "losses" else "Use this budget in Mix"
    if st.button(words, key="budgets.limit", type="primary"):
        ask(limited)
        navigation.go("Mix")
    return True


def _asked(rest: Question, setting: Mapping[str, int], purses: Sequence[Purse]) -> Question:
    if dict(setting) == budgets.agreed(purses):
        return rest
    if len(purses) == 1 and purses[0].id == budgets.ALL:
        return replace(rest, money=setting[budgets.ALL])
    return replace(rest, sources=tuple(sorted(setting.items())))


main()
