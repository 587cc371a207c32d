"""When the mix runs and who pays for it, project by project and period by period, as chosen."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import chart, tables
from dashboard.components.answer import heading
from dashboard.components.markdown import plain
from dashboard.components.plan_bars import plan_bars
from dashboard.components.solving import Found
from dashboard.services import schedule
from dashboard.services.mix import Answered
from portfolio.wording import count


def schedule_panel(here: Workspace, found: Found) -> None:
    """The bars where there is more than one period, and the money where there are sources too."""
    answered = found.answered
    if not answered.selection.chosen:
        return
    if here.pool.cluster.calendar.count > 1:
        _bars(found, answered)
    if here.pool.cluster.calendar.count > 1 or answered.scenario.sources:
        _money(here, found, answered)


def _bars(found: Found, answered: Answered) -> None:
    runs = cache.remember(("runs", found.key), lambda: schedule.runs(answered))
    drawn, mode = runs[: schedule.MOST], chart.mode()
    heading(schedule.finding(runs))
    thin = " Thin gray: when it proposed to run." if any(run.proposed for run in drawn) else ""
    rest = len(runs) - len(drawn)
    more = f" {count(rest, 'more project')} in the table below." if rest else ""
    st.caption(f"Each bar is a project of the mix, as it was chosen.{thin}{more}")
    currency = answered.pool.cluster.currency
    figure = cache.remember(("plan", found.key, mode), lambda: plan_bars(drawn, currency, mode))
    chart.show(
        figure,
        key="mix.plan",
        alt=f"{schedule.finding(runs)}. The table below holds the same days.",
    )


def _money(here: Workspace, found: Found, answered: Answered) -> None:
    heading("Who pays, and when")
    frame = cache.remember(("spending", found.key), lambda: frames.spending(answered))
    currency = here.pool.cluster.currency
    tables.table(
        frame,
        key="mix.money",
        alt="Money of the mix by period and source",
        columns={name: tables.money_column(plain(name), currency) for name in frame.columns[1:]},
    )
