"""The step curve of Budgets: an estimate at once, exact points behind it, the next steps numbered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

import optimizer
from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import chart, work
from dashboard.components.answer import heading
from dashboard.components.arriving import Filling, arriving
from dashboard.components.choices import one_of
from dashboard.components.palette import Mode
from dashboard.components.solving import Found
from dashboard.components.step_curve import NUMBERED, Axis, Mark, Point, heights, step_curve
from dashboard.components.tables import money_column, table
from dashboard.services import budgets, mix, words
from dashboard.services.curve import Known, estimate
from dashboard.services.curve import points as points_of
from data.codec import fingerprint
from optimizer import BudgetPoint, Options, PreviewPoint, Step
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.selection import Selection, Status

STEPS_PATIENCE = Options(time_limit=60.0)
WHAT_IT_SHOWS = "Worth of the best mix for every amount of money. A step up is a better mix."
DOTS = "Dots are proven, the rest is estimated."
PATIENCE = Options(time_limit=10.0)
"""For each point of the curve, at first."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a curve: estimates, and the exact answers that have arrived."""

    estimates: tuple[PreviewPoint, ...]
    exact: tuple[BudgetPoint, ...]


def curve_panel(
    here: Workspace,
    scenario: Scenario,
    setting: int,
    agreed: tuple[int, int] | None,
    found: Found,
    steps: Sequence[Step],
) -> None:
    """Draw the curve around the setting. `agreed`: its money in cents and worth in millionths."""
    heading("Payoff climbs in steps" if _unit(scenario) == "money" else "Worth climbs in steps")
    span: budgets.Span = (
        "whole"
        if one_of(
            "Part of the curve",
            ("Near here", "Whole range"),
            key="budgets.span",
            default="Near here",
            hidden=True,
        )
        == "Whole range"
        else "near"
    )
    ladder = budgets.ladder(setting, scenario, here.pool, span)
    key = ("curve", *here.key, fingerprint(scenario), ladder)
    curve = Curve(
        cache.remember(
            ("preview", *key), lambda: tuple(optimizer.preview(here.pool, scenario, ladder))
        ),
        arriving(_Exact(here.pool, scenario, ladder), key) or (),
    )
    mode = chart.mode()
    ends = (ladder[0], ladder[-1])
    points = _points(curve, setting, found, steps)
    if not points:
        st.markdown("No mix meets all rules for any of these amounts.")
        return
    shown_key = (
        *key,
        tuple(sorted(point.budget for point in curve.exact)),
        found.key,
        tuple(step.budget for step in steps),
        mode,
    )
    whole = all(point.exact for point in points)
    st.caption(WHAT_IT_SHOWS if whole else f"{WHAT_IT_SHOWS} {DOTS}")
    figure = cache.remember(
        shown_key,
        lambda: _draw(here.pool, scenario, points, ends, setting, agreed, found, steps, mode),
    )
    chart.show(
        figure,
        key="budgets.curve",
        alt=f"Worth of the best mix for {len(points)} amounts of money, rising in steps.",
    )
    with st.expander("The same as a table"):
        _table(here.pool, scenario, points)


class _Exact(Filling[tuple[BudgetPoint, ...]]):
    """The exact points of a curve, each as it arrives."""

    slot = "curve"

    def __init__(self, pool: Pool, scenario: Scenario, ladder: tuple[int, ...]) -> None:
        self.patience = PATIENCE
        self._pool, self._scenario, self._ladder = pool, scenario, ladder

    def run(
        self,
        begun: tuple[BudgetPoint, ...] | None,
        options: Options,
        tell: Callable[[tuple[BudgetPoint, ...]], None],
        cancel: threading.Event,
    ) -> tuple[BudgetPoint, ...]:
        found = list(begun or ())

        def arrived(point: BudgetPoint) -> None:
            found.append(point)
            tell(tuple(found))

        known = {point.budget for point in found}
        left = [budget for budget in self._ladder if budget not in known]
        pool, scenario = self._pool, self._scenario
        optimizer.sweep(pool, scenario, left, options, cancel=cancel, arrived=arrived)
        return tuple(found)

    def kept(self, points: tuple[BudgetPoint, ...]) -> tuple[BudgetPoint, ...]:
        return proven(points)

    def whole(self, points: tuple[BudgetPoint, ...]) -> bool:
        return len(proven(points)) == len(self._ladder)

    def share(self, points: tuple[BudgetPoint, ...]) -> float:
        return len(points) / len(self._ladder)

    def line(self, points: tuple[BudgetPoint, ...] | None) -> str:
        if points is None:
            return "Close estimate; exact points are on their way."
        whole = len(self._ladder)
        return f"Close estimate; exact points are arriving ({len(points)} of {whole})."

    def missing(self, points: tuple[BudgetPoint, ...], stopped: bool) -> str:
        there, whole = len(proven(points)), len(self._ladder)
        begins = "Stopped" if stopped else "Time ran out"
        return f"{begins}: {there} of {whole} points are proven, the rest is a close estimate."

    def longer(self, points: tuple[BudgetPoint, ...], stopped: bool) -> bool:
        return len(proven(points)) < len(points)


def proven(points: Sequence[BudgetPoint]) -> tuple[BudgetPoint, ...]:
    """The points whose answer more time could not change."""
    settled = (Status.OPTIMAL, Status.INFEASIBLE)
    return tuple(point for point in points if point.selection.status in settled)


def _points(curve: Curve, setting: int, found: Found, steps: Sequence[Step]) -> tuple[Known, ...]:
    """All that is known of the curve: estimates, exact answers, the setting's own, the steps."""
    known = [Known(point.budget, point.value, point.bound) for point in curve.estimates]
    known += [_known(point.budget, point.selection) for point in curve.exact]
    known += [_known(step.budget, step.selection) for step in steps]
    if not found.old:
        known.append(_known(setting, found.answered.selection))
    return points_of(known)


def _known(budget: int, selection: Selection) -> Known:
    return Known(budget, selection.value, selection.bound)


def _draw(
    pool: Pool,
    scenario: Scenario,
    known: Sequence[Known],
    ends: tuple[int, int],
    setting: int,
    agreed: tuple[int, int] | None,
    found: Found,
    steps: Sequence[Step],
    mode: Mode,
) -> go.Figure:
    currency, unit = pool.cluster.currency, _unit(scenario)
    points = [_point(point, unit, currency) for point in known]
    first, last = ends[0] / 100, ends[1] / 100
    money = budgets.money_ticks(first, last, currency)
    selection = found.answered.selection
    here = None
    if selection.value is not None and not found.old:
        detail = (
            f"{words.short_money(setting, currency)} → "
            f"{words.short_worth(selection.value, unit, currency)}"
        )
        here = Mark(setting / 100, selection.value / 1e6, "Your setting", detail)
    then = None
    if agreed is not None and ends[0] <= agreed[0] <= ends[1]:
        then = Mark(agreed[0] / 100, agreed[1] / 1e6, "As agreed")
    marks = [
        Mark(step.budget / 100, (step.selection.value or 0) / 1e6, NUMBERED[k])
        for k, step in enumerate(steps[: len(NUMBERED)])
        if step.budget <= ends[1]
    ]
    whole = all(point.exact for point in points)
    return step_curve(
        points,
        [] if whole else [point for point in points if point.exact],
        Axis((first, last), money, "Money in all"),
        budgets.worth_ticks(*heights(points), unit, currency),
        here,
        then,
        marks,
        mode,
    )


def _point(known: Known, unit: value.Unit, currency: str) -> Point:
    bound = None if known.bound is None else known.bound / 1e6
    worth = words.short_worth(known.value or 0, unit, currency)
    lines = ["proven best" if known.exact else "estimate"]
    if not known.exact and known.bound is not None:
        lines.append(f"at most {words.short_worth(known.bound, unit, currency)}")
    hover = chart.hover(words.short_money(known.budget, currency), worth, *lines)
    return Point(known.budget / 100, (known.value or 0) / 1e6, known.exact, bound, hover)


def _table(pool: Pool, scenario: Scenario, points: Sequence[Known]) -> None:
    unit, currency = _unit(scenario), pool.cluster.currency
    worth = "Expected payoff" if unit == "money" else "Worth"
    table(
        frames.rows(
            ("Money", worth, "Certainty"),
            [
                (
                    point.budget / 100,
                    round((point.value or 0) / 1e6)
                    if unit == "money"
                    else (point.value or 0) / 1e6,
                    "proven best" if point.exact else estimate(point),
                )
                for point in points
            ],
        ),
        key="budgets.points",
        alt="Amounts of money with the worth of the best mix",
        columns={
            "Money": money_column("Money", currency),
            worth: money_column(worth, currency)
            if unit == "money"
            else st.column_config.NumberColumn(worth, format="%.1f"),
        },
    )


def _unit(scenario: Scenario) -> value.Unit:
    return value.unit(scenario.objective)


def steps_panel(here: Workspace, found: Found) -> tuple[Step, ...]:
    """The next steps from the setting, with their table; empty while they are worked out."""
    if found.old or found.answered.selection.value is None:
        return ()
    steps, whole = _steps(found)
    if steps:
        heading("The next steps from here")
        _steps_table(here, found, steps)
    elif steps is not None:
        st.markdown(budgets.NO_MORE_STEPS if whole else budgets.NO_STEP_IN_TIME)
    return steps or ()


def _steps(found: Found) -> tuple[tuple[Step, ...] | None, bool]:
    """The steps, None while they are sought; and whether the search came to its end."""
    answered = found.answered
    key = ("steps", found.key)
    kept = cache.answer(key)
    if isinstance(kept, tuple):
        return kept, True
    job = work.start(
        "steps",
        key,
        lambda report, cancel: tuple(
            optimizer.next_steps(
                answered.pool,
                answered.scenario,
                answered.selection,
                budgets.STEPS,
                STEPS_PATIENCE,
                progress=report,
                cancel=cancel,
            )
        ),
    )
    if work.failed(job):
        return None, False
    if isinstance(job.result, tuple):
        whole = not job.cancelled.is_set() and job.worked < STEPS_PATIENCE.time_limit
        if whole:
            cache.keep_answer(key, job.result)
        return job.result, whole
    if not job.finished:
        work.progress("steps", lambda _: "Looking for the next steps.", mix.progress_share)
    return None, False


def _steps_table(here: Workspace, found: Found, steps: Sequence[Step]) -> None:
    """The next steps with the numbers of the curve."""
    currency, unit = here.pool.cluster.currency, _unit(found.answered.scenario)
    gained = "Payoff gained" if unit == "money" else "Worth gained"
    scale = 1_000_000
    base = found.answered.selection
    otherwise = [budgets.step_changes(here.pool, base, step.selection) for step in steps]
    heads = ("Step", "With", "More money", gained, "Enters", "Leaves")
    table(
        frames.rows(
            (*heads, *(["Changes"] if any(otherwise) else [])),
            [
                (
                    NUMBERED[k],
                    step.budget / 100,
                    step.more / 100,
                    round(step.gain / scale) if unit == "money" else step.gain / scale,
                    budgets.step_names(here.pool, step.enters),
                    budgets.step_names(here.pool, step.leaves),
                    *([otherwise[k]] if any(otherwise) else []),
                )
                for k, step in enumerate(steps)
            ],
        ),
        key="budgets.steps",
        alt="The next steps: how much more money buys which better mix",
        columns={
            "Step": st.column_config.TextColumn("Step", width="small"),
            "With": money_column("With", currency),
            "More money": money_column("More money", currency),
            gained: money_column(gained, currency)
            if unit == "money"
            else st.column_config.NumberColumn(gained, format="%.1f"),
        },
    )
