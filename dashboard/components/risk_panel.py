"""What could go wrong with the mix: a sentence, four figures, a picture of all cases, and its table."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import answer, chart
from dashboard.components.markdown import plain
from dashboard.components.outcome_bars import Line, Pillar, Side, outcome_bars
from dashboard.components.palette import Mode
from dashboard.components.solving import Found
from dashboard.services import budgets, risk
from dashboard.services.risk import Bar, Look
from portfolio.errors import InputError

TITLE = "What could go wrong"


def risk_panel(here: Workspace, found: Found) -> None:
    """The panel for the mix that stands on the page."""
    mix = found.answered.mix
    if not mix:
        return
    answer.heading(TITLE)
    assumptions = risk.for_screen(len(mix))
    try:
        seen = cache.remember(("risk", found.key), lambda: risk.look(mix, assumptions))
    except InputError as error:
        st.error("\n".join(f"- {plain(str(problem))}" for problem in error.problems))
        return
    currency = here.pool.cluster.currency
    if seen.empty:
        st.markdown(plain(risk.headline(seen, currency)))
        return
    answer.answer(plain(risk.headline(seen, currency)), plain(risk.context(seen)))
    answer.figures([answer.Figure(n.label, n.value, n.note) for n in risk.numbers(seen, currency)])
    mode = chart.mode()
    chart.show(
        cache.remember(("risk bars", found.key, mode), lambda: _picture(seen, currency, mode)),
        key="mix.risk",
        alt=risk.headline(seen, currency),
    )
    st.caption(plain(f"Where the mix ends, after all costs. {risk.basis(seen, assumptions)}"))
    for words in (*risk.unknown(seen), *filter(None, [risk.together(found.answered)])):
        st.caption(plain(words))
    _table(seen, currency)


def _table(seen: Look, currency: str) -> None:
    with st.expander("The same as a table"):
        st.table(
            frames.rows(("Of the whole mix", "Figure"), _plain(risk.rows(seen, currency))),
            hide_index=True,
            alt="The figures of the mix: what is usual, what is lost, what may be great",
        )
        whole = seen.figures.outcomes
        spans = [
            (risk.range_words(bar, currency), risk.share_words(bar, whole)) for bar in seen.bars
        ]
        st.table(
            frames.rows(("The mix ends at", "Cases"), _plain(spans)),
            hide_index=True,
            alt="How many of 100 cases end in each span of money",
        )


def _plain(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(plain(one), plain(other)) for one, other in cells]


def _picture(seen: Look, currency: str, mode: Mode) -> object:
    figures = seen.figures
    pillars = [_pillar(bar, seen, currency) for bar in seen.bars]
    ends = (pillars[0].low, pillars[-1].high)
    usual = Line(figures.expected / 100, f"On average {risk.short(figures.expected, currency)}")
    lines = [
        _end(figures.p5, "1 in 20 ends below", ends, currency),
        usual,
        _end(figures.p95, "1 in 20 ends above", ends, currency),
    ]
    ticks = budgets.money_ticks(*ends, currency)
    return outcome_bars(pillars, lines, (ticks.places, ticks.words), mode)


def _end(cents: int, words: str, ends: tuple[float, float], currency: str) -> Line:
    """A line at an end of what is usual, its words on the side where there is more room."""
    side: Side = "right" if cents / 100 < sum(ends) / 2 else "left"
    return Line(cents / 100, f"{words} {risk.short(cents, currency)}", side)


def _pillar(bar: Bar, seen: Look, currency: str) -> Pillar:
    """A bar of the picture; an open one is drawn as wide as its neighbor."""
    step = next(
        (b.high - b.low for b in seen.bars if b.low is not None and b.high is not None), 100
    )
    low = bar.low if bar.low is not None else (bar.high or 0) - step
    high = bar.high if bar.high is not None else (bar.low or 0) + step
    whole = seen.figures.outcomes
    return Pillar(
        low=low / 100,
        high=high / 100,
        cases=bar.cases * 100 / whole,
        span=risk.range_words(bar, currency),
        told=f"{risk.share_words(bar, whole)} cases",
    )
