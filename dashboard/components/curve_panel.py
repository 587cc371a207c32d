"""The step curve of Budgets: an estimate at once, exact points behind it, the next steps numbered."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

import optimizer
from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import chart, patience, work
from dashboard.components.answer import heading
from dashboard.components.choices import one_of
from dashboard.components.palette import Mode
from dashboard.components.solving import Found
from dashboard.components.step_curve import NUMBERED, Mark, Point, step_curve
from dashboard.components.tables import money_column, table
from dashboard.jobs import Report
from dashboard.services import budgets, mix, words
from dashboard.services.curve import Known
from dashboard.services.curve import points as points_of
from data.codec import fingerprint
from optimizer import BudgetPoint, Options, PreviewPoint, Step
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.selection import Selection, Status

STEPS_PATIENCE = Options(time_limit=60.0)
REDRAW = 2.0
"""Seconds after which a curve of which more has arrived is drawn again."""
WHAT_IT_SHOWS = "Worth of the best mix for every amount of money. A step up is a better mix."
DOTS = "Dots are proven, the rest is estimated."
PATIENCE = Options(time_limit=10.0)
"""For each point of the curve, at first."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a curve: estimates, and the exact answers that have arrived, by budget in cents."""

    estimates: tuple[PreviewPoint, ...]
    exact: dict[int, BudgetPoint]


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
    curve = _curve(here.pool, scenario, ladder, key)
    if curve is None:
        return
    mode = chart.mode()
    ends = (ladder[0], ladder[-1])
    points = _points(curve, setting, found, steps)
    if not points:
        st.markdown("No mix meets all rules for any of these amounts.")
        return
    shown_key = (
        *key,
        tuple(sorted(curve.exact)),
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
        _table(here.pool, scenario, [_point(point) for point in points])


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a running curve reports: the exact points so far, of how many."""

    points: tuple[BudgetPoint, ...]
    of: int


def _curve(
    pool: Pool, scenario: Scenario, ladder: tuple[int, ...], key: tuple[object, ...]
) -> Curve | None:
    kept = cache.answer(key)
    if isinstance(kept, Curve):
        return kept
    estimates = cache.remember(
        ("preview", *key), lambda: tuple(optimizer.preview(pool, scenario, ladder))
    )
    options = Options(time_limit=patience.seconds("curve", key, PATIENCE.time_limit))
    job = work.start(
        "curve",
        key,
        lambda report, cancel: _sweep(pool, scenario, ladder, options, key, report, cancel),
    )
    if work.failed(job):
        return Curve(estimates, _arrived(job.progress))
    if isinstance(job.result, tuple):
        curve = Curve(estimates, {point.budget: point for point in job.result})
        if len(proven(job.result)) == len(ladder):
            cache.keep_answer(key, curve)
        else:
            _missing(job.result, ladder, key, stopped=job.cancelled.is_set())
        return curve
    if not job.finished:
        work.progress("curve", _progress_words, _progress_share, redraw=REDRAW)
    return Curve(estimates, _arrived(job.progress))


def _arrived(progress: object) -> dict[int, BudgetPoint]:
    points = progress.points if isinstance(progress, Arriving) else ()
    return {point.budget: point for point in points}


def _missing(
    points: Sequence[BudgetPoint], ladder: Sequence[int], key: tuple[object, ...], stopped: bool
) -> None:
    """Say how much of the curve is proven, with the way to go on from there.

    Where time ran out for a point, it may take longer then.
    """
    there = len(proven(points))
    begins = "Stopped" if stopped else "Time ran out"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{begins}: {there} of {len(ladder)} points are proven, the rest is a close estimate.",
            width="content",
        )
        st.button(
            "Go on",
            key="budgets.curve.again",
            on_click=_go_on,
            args=(key, there < len(points)),
        )


def _go_on(key: tuple[object, ...], longer: bool) -> None:
    if longer:
        patience.look_longer("curve", key, PATIENCE.time_limit)
    work.again("curve")


def proven(points: Sequence[BudgetPoint]) -> tuple[BudgetPoint, ...]:
    """The points whose answer more time could not change."""
    settled = (Status.OPTIMAL, Status.INFEASIBLE)
    return tuple(point for point in points if point.selection.status in settled)


def _sweep(
    pool: Pool,
    scenario: Scenario,
    ladder: tuple[int, ...],
    options: Options,
    key: tuple[object, ...],
    report: Report,
    cancel: threading.Event,
) -> tuple[BudgetPoint, ...]:
    """The exact points, each reported as it arrives.

    What is proven is kept, however the sweep ends, and taken up by the next one.
    """
    part = (*key, "proven")
    kept = cache.answer(part)
    found = list(kept) if isinstance(kept, tuple) else []

    def arrived(point: BudgetPoint) -> None:
        found.append(point)
        report(Arriving(tuple(found), len(ladder)))

    if found:
        report(Arriving(tuple(found), len(ladder)))
    known = {point.budget for point in found}
    left = [budget for budget in ladder if budget not in known]
    try:
        optimizer.sweep(pool, scenario, left, options, cancel=cancel, arrived=arrived)
    finally:
        cache.keep_answer(part, proven(found))
    return tuple(found)


def _progress_words(progress: object) -> str:
    if isinstance(progress, Arriving):
        done = len(progress.points)
        return f"Close estimate; exact points are arriving ({done} of {progress.of})."
    return "Close estimate; exact points are on their way."


def _progress_share(progress: object) -> float | None:
    return len(progress.points) / progress.of if isinstance(progress, Arriving) else None


def _points(curve: Curve, setting: int, found: Found, steps: Sequence[Step]) -> tuple[Known, ...]:
    """All that is known of the curve: estimates, exact answers, the setting's own, the steps."""
    known = [Known(point.budget, point.value, point.bound) for point in curve.estimates]
    known += [_known(point.budget, point.selection) for point in curve.exact.values()]
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
    points = [_point(point) for point in known]
    tops = [point.worth if point.bound is None else point.bound for point in points]
    low, high = min(point.worth for point in points), max(tops)
    first, last = ends[0] / 100, ends[1] / 100
    money = budgets.money_ticks(first, last, currency)
    worth = budgets.worth_ticks(low, high, unit, currency)
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
    return step_curve(
        points,
        (first, last),
        here,
        then,
        marks,
        (money.places, money.words),
        (worth.places, worth.words),
        [_hover(point, unit, currency) for point in points],
        "Money in all",
        mode,
    )


def _point(known: Known) -> Point:
    bound = None if known.bound is None else known.bound / 1e6
    return Point(known.budget / 100, (known.value or 0) / 1e6, known.exact, bound)


def _hover(point: Point, unit: value.Unit, currency: str) -> str:
    worth = words.short_worth(round(point.worth * 1e6), unit, currency)
    lines = ["proven best" if point.exact else "estimate"]
    if not point.exact and point.bound is not None:
        top = words.short_worth(round(point.bound * 1e6), unit, currency)
        lines.append(f"at most {top}")
    return chart.hover(words.short_money(round(point.money * 100), currency), worth, *lines)


def _table(pool: Pool, scenario: Scenario, points: Sequence[Point]) -> None:
    unit, currency = _unit(scenario), pool.cluster.currency
    worth = "Expected payoff" if unit == "money" else "Worth"
    table(
        frames.rows(
            ("Money", worth, "Certainty"),
            [
                (
                    point.money,
                    round(point.worth) if unit == "money" else point.worth,
                    "proven best" if point.exact else _estimate(point),
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


def _estimate(point: Point) -> str:
    if point.bound is None or point.worth <= 0:
        return "estimate"
    gap = Fraction(point.bound - point.worth) / Fraction(point.worth)
    return f"estimate, at most {words.whole_percent(gap)} missing"


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
