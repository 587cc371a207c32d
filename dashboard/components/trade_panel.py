"""What can be traded for what: the curve of best trades, and the mix of the one picked on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import optimizer
from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart
from dashboard.components.arriving import Filling, arriving
from dashboard.components.changes_panel import changes_panel
from dashboard.components.legible import legible
from dashboard.components.markdown import plain
from dashboard.components.palette import Mode
from dashboard.components.solving import Found
from dashboard.components.step_curve import Axis, Mark, Point, heights, step_curve
from dashboard.components.tables import money_column, table
from dashboard.services import budgets, trades, words
from dashboard.services.mix import Answered
from dashboard.services.trades import Spot, Trade, Traded
from optimizer import FrontPoint, Options
from portfolio.scoring import value
from portfolio.scoring.value import MICRO
from portfolio.wording import count

PATIENCE = Options(time_limit=60.0)
PICK = "budgets.point"
"""The name in the address of the point that is looked at."""
CHART = "budgets.trade"
WHAT_IT_SHOWS = (
    "Each dot is a mix that no other beats on both sides, the ring the one we suggest. "
    "Click on one to see it."
)
SHADED = "The best mixes between lie in the shaded band."


def trade_panel(
    here: Workspace, now: Found, trade: Trade, sentence: DeltaGenerator
) -> FrontPoint | None:
    """The sentence, the curve, the mix picked, and the same as a table; the point that is picked."""
    traded = None if now.old else arriving(_Trading(now.answered, trade), (*now.key, trade.id))
    with sentence:
        _say(now, trade, traded)
    if traded is None:
        return None
    answer.heading(trade.heading)
    st.caption(WHAT_IT_SHOWS if traded.whole else f"{WHAT_IT_SHOWS} {SHADED}")
    curve_area = st.container()
    picked = _picked(here, trade, traded)
    with curve_area:
        _curve(here, now, trade, traded, picked)
    if picked is not None:
        _mix(now, trade, traded, picked)
    if traded.points:
        with st.expander("The same as a table"):
            _table(now.answered, trade, traded)
    return picked


class _Trading(Filling[Traded]):
    """The best trades of a question, the nearest estimates first."""

    slot = "trade"

    def __init__(self, best: Answered, trade: Trade) -> None:
        self.patience = PATIENCE
        self._best, self._trade = best, trade

    def run(
        self,
        begun: Traded | None,
        options: Options,
        tell: Callable[[Traded], None],
        cancel: threading.Event,
    ) -> Traded:
        pool, scenario, selection = self._best.pool, self._best.scenario, self._best.selection
        second = self._trade.second
        if begun is None:
            has = optimizer.second_of(pool, scenario, second, selection.chosen)
            band = optimizer.band(pool, scenario, second, selection.chosen)
            begun = Traded(Spot(has, selection.value or 0), band)
            tell(begun)
        front = optimizer.frontier(
            pool,
            scenario,
            second,
            options,
            begun=begun.front,
            cancel=cancel,
            arrived=lambda front: tell(replace(begun, front=front)),
        )
        return replace(begun, front=front)

    def kept(self, points: Traded) -> Traded:
        return points

    def whole(self, points: Traded) -> bool:
        return points.whole or points.full

    def share(self, points: Traded) -> float:
        return points.share

    def line(self, points: Traded | None) -> str:
        if points is None:
            return "A close estimate is on its way."
        return f"Exact points are arriving ({len(points.points):,} so far)."

    def missing(self, points: Traded, stopped: bool) -> str:
        begins = "Stopped" if stopped else "Time ran out"
        found = count(len(points.points), "point is", "points are")
        return f"{begins}: {found} proven, more may lie in the shaded band."

    def longer(self, points: Traded, stopped: bool) -> bool:
        return not stopped


def _say(now: Found, trade: Trade, traded: Traded | None) -> None:
    if traded is None:
        answer.answer(f"{trade.heading} is being worked out.")
        return
    pool, scenario = now.answered.pool, now.answered.scenario
    said = trades.headline(trade, traded, pool, scenario)
    answer.answer(plain(said), plain(trades.context(traded)))


def _picked(here: Workspace, trade: Trade, traded: Traded) -> FrontPoint | None:
    """The exact point that is looked at: by the slider, a click or a link; else the one suggested."""
    points = {_name(trade, point.second): point for point in traded.points}
    if not points:
        return None
    wanted = (state.read_address(PICK) or [""])[0]
    if wanted not in points:
        first = trades.suggested(traded)
        wanted = "" if first is None else _name(trade, first.second)
    if wanted not in points:
        wanted = next(iter(points))
    if len(points) > 1:
        key = state.widget("budgets", "trade", f"{wanted}.{len(points)}")
        currency = here.pool.cluster.currency
        st.select_slider(
            "The mix to look at",
            list(points),
            wanted,
            format_func=lambda name: legible(
                trades.label(trade, traded.best, trades.spot(points[name]), currency)
            ),
            key=key,
            on_change=_slid,
            args=(key,),
        )
    return points[wanted]


def _name(trade: Trade, second: int) -> str:
    return f"{trade.id}:{second}"


def _slid(key: str) -> None:
    state.write_address(PICK, [st.session_state[key]])


def _clicked(key: str) -> None:
    names = [point.get("customdata") for point in st.session_state[key].selection.points]
    if names and names[0]:
        state.write_address(PICK, [names[0]])


def _curve(
    here: Workspace, now: Found, trade: Trade, traded: Traded, picked: FrontPoint | None
) -> None:
    mode = chart.mode()
    stamp = (len(traded.points), traded.share, None if picked is None else picked.second, mode)
    figure = cache.remember(
        ("trade", *now.key, trade.id, *stamp),
        lambda: _draw(now.answered, trade, traded, picked, mode),
    )
    key = state.widget(
        "budgets", "trade_curve", sha256(repr((trade.id, stamp)).encode()).hexdigest()
    )
    chart.show(
        figure,
        key=key,
        alt=trades.headline(trade, traded, here.pool, now.answered.scenario),
        clicked=lambda: _clicked(key),
    )


def _draw(
    best: Answered, trade: Trade, traded: Traded, picked: FrontPoint | None, mode: Mode
) -> go.Figure:
    currency, unit = best.pool.cluster.currency, value.unit(best.scenario.objective)

    def point(second: int, worth: int, bound: int | None, *, exact: bool) -> Point:
        said = words.short_worth(worth, unit, currency)
        lines = ["proven best" if exact else "estimate"]
        if not exact and bound is not None:
            lines.append(f"at most {words.short_worth(bound, unit, currency)}")
        return Point(
            trade.plain(second),
            worth / MICRO,
            exact,
            None if bound is None else bound / MICRO,
            chart.hover(trade.told(second, currency), said, *lines),
            _name(trade, second),
        )

    line = [
        point(-known.budget, known.value or 0, known.bound, exact=known.exact)
        for known in trades.curve(traded)
    ]
    dots = [point(spot.second, spot.value, None, exact=True) for spot in traded.spots]
    places = [one.place for one in line]
    ends = (min(places), max(places))
    base = traded.best
    ring = Mark(trade.plain(base.second), base.value / MICRO, "We suggest")
    here = None
    if picked is not None and picked.second != base.second:
        spot = trades.spot(picked)
        detail = trades.label(trade, base, spot, currency)
        here = Mark(trade.plain(spot.second), spot.value / MICRO, "This mix", detail)
    return step_curve(
        line,
        dots,
        Axis(ends, trade.ticks(*ends, currency), trade.axis),
        budgets.worth_ticks(*heights(line), unit, currency),
        here,
        ring,
        (),
        mode,
    )


def _mix(now: Found, trade: Trade, traded: Traded, picked: FrontPoint) -> None:
    """The mix picked beside the one we suggest: what it gives up, who leaves and who enters."""
    best = now.answered
    this = Answered(best.pool, best.scenario, picked.selection)
    spot = trades.spot(picked)
    answer.heading("This mix")
    st.markdown(plain(trades.exchange(trade, traded.best, spot, best.pool, best.scenario)))
    answer.figures(
        [answer.Figure(*each) for each in trades.figures(trade, traded, best, this, spot)]
    )
    changes_panel(best, this)


def _table(best: Answered, trade: Trade, traded: Traded) -> None:
    currency, unit = best.pool.cluster.currency, value.unit(best.scenario.objective)
    worth = "Expected payoff" if unit == "money" else "Worth"
    # Where it is the money or the projects, one column of them is enough.
    rows = [
        {
            trade.short: trade.plain(spot.second),
            worth: spot.value / MICRO,
            "Given up": trades.given_up(traded.best, spot),
            "Money spent": point.selection.spend / 100,
            "Projects": len(point.selection.chosen),
            "Certainty": "proven best",
        }
        for point, spot in zip(traded.points, traded.spots, strict=True)
    ]
    amount = st.column_config.NumberColumn(format="%.1f")
    table(
        frames.rows(tuple(rows[0]), [tuple(row.values()) for row in rows]),
        key="budgets.trades",
        alt=f"{trade.axis} beside the worth, for every trade known",
        columns={
            trade.short: money_column(trade.short, currency) if trade.by_money else amount,
            worth: money_column(worth, currency) if unit == "money" else amount,
            "Given up": st.column_config.NumberColumn("Given up", format="%.1f %%"),
            "Money spent": money_column("Money spent", currency),
            "Projects": st.column_config.NumberColumn("Projects", format="%d"),
        },
    )
