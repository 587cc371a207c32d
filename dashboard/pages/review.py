"""Review: which initiatives are slipping, and how we know."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart, page, tables
from dashboard.components.choices import day, some_of
from dashboard.components.gantt import Bar, Gate, gantt
from dashboard.components.markdown import plain
from dashboard.components.signal_rows import initiative, legend
from dashboard.services import bars, slipping
from dashboard.services.present import present
from dashboard.services.slipping import Slips
from portfolio.review.verdicts import Verdict
from portfolio.wording import count

MOST_ROWS = 12
YEARS = timedelta(days=3660)


def main() -> None:
    """The answer, a row for each initiative that is not on plan, the bars, and the whole table."""
    here = page.begin("Which initiatives are slipping")
    says = st.container()
    if not here.pool.running:
        with says:
            answer.answer("No initiative is running.", "Projects under way appear here.")
            page.to_screen("Projects", "Open the list of projects")
        return
    on, shown = _controls(here)
    found = cache.remember(("review", here.key, on), lambda: slipping.slips(here.pool, on))
    with says:
        answer.answer(slipping.headline(found), slipping.context(found, plain))
    _rows(found, shown)
    _bars(here, found)
    _table(here, found)


def _controls(here: Workspace) -> tuple[date, list[str]]:
    """The day to look from, and which verdicts to list; both are part of the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = some_of(
            "Show",
            [verdict.value for verdict in Verdict],
            key=state.widget("review", "show"),
            default=[each.value for each in Verdict if each is not Verdict.ON_PLAN],
            words=str.capitalize,
        )
        on = day(
            "As known on",
            key=state.widget("review", "on"),
            default=present(here.pool),
            span=YEARS,
            width=180,
        )
    return on, shown


def _rows(found: Slips, shown: list[str]) -> None:
    wanted = [row for row in found.rows if row.verdict.value in shown]
    if not wanted:
        st.caption("No initiative has such signals on this day.")
        return
    for place, row in enumerate(wanted[:MOST_ROWS]):
        initiative(found, row, place)
    if len(wanted) > MOST_ROWS:
        rest = count(len(wanted) - MOST_ROWS, "more initiative")
        st.caption(f"And {rest}: all of them stand in the table at the end of the page.")
    legend()


def _bars(here: Workspace, found: Slips) -> None:
    drawn = bars.spans(here.pool, found.rows, found.on)
    if not drawn:
        return
    answer.heading(slipping.gantt_finding(found, plain))
    missing = len(found.rows) - len(drawn)
    rest = f" {count(missing, 'initiative')} more without a bar: see the table." if missing else ""
    st.caption(
        "Thin gray: the plan agreed at the start. Thick: what is expected now, hatched when late. "
        f"Diamond: a gate, filled once passed.{rest}"
    )
    figure = cache.remember(
        ("gantt", here.key, found.on, chart.mode()),
        lambda: gantt([_bar(span) for span in drawn], found.on, chart.mode()),
    )
    late = sum(span.late for span in drawn)
    chart.show(
        figure,
        key=state.widget("review", "gantt"),
        alt=f"{late} of {count(len(drawn), 'initiative')} are expected to end late. "
        "The table below holds the same dates.",
    )


def _bar(span: bars.Span) -> Bar:
    gates = tuple(Gate(gate.name, gate.on, gate.passed) for gate in span.gates)
    return Bar(
        span.name, span.start, span.plan_end, span.forecast_end, span.late, span.lateness, gates
    )


def _table(here: Workspace, found: Slips) -> None:
    answer.heading("All initiatives")
    tables.table(
        cache.remember(("review table", here.key, found.on), lambda: frames.slips(found)),
        key=state.widget("review", "table"),
        alt="Every running initiative with its dates, its money and its five signals",
        columns={
            "Not yet spent": tables.money_column("Not yet spent", here.pool.cluster.currency),
            "Start": st.column_config.DateColumn("Start", format="D MMM YYYY"),
            "Planned end": st.column_config.DateColumn("Planned end", format="D MMM YYYY"),
            "Expected end": st.column_config.DateColumn("Expected end", format="D MMM YYYY"),
        },
    )


main()
