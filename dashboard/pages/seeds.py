"""Seeds: how many first stages to plant, and what to keep back for those that prove themselves."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

import optimizer
from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart, page, patience, tables, work
from dashboard.components.asking import current, show_notes
from dashboard.components.choices import one_of
from dashboard.components.legible import legible
from dashboard.components.markdown import plain
from dashboard.components.sought import sought
from dashboard.components.stage_bars import COLORS, stage_bars
from dashboard.services import mix, stages
from data.codec import fingerprint
from optimizer import Options, Stages
from portfolio.errors import InputError
from portfolio.scenario import Scenario
from portfolio.selection import Status
from portfolio.staging.first_stages import Assumed
from portfolio.wording import count

SLOT, PATIENCE = "seeds", 30.0
"""Seconds that a plan is looked for at first."""
OWN, ALL = "Those that state one", "All of them"


def main() -> None:
    """The sentence, the figures, the picture of the money, and the seeds."""
    here = page.begin("Seeds and scale-ups")
    if not here.pool.candidates:
        page.no_proposals()
        return
    asked = current(here)
    show_notes(asked)
    says = st.container()
    assumed = _assumed(here)
    if assumed is None and all(one.first_stage is None for one in here.pool.candidates):
        with says:
            answer.answer(
                "No proposal has a first stage yet.",
                "Fill in first grants on Projects, or give all proposals one below.",
            )
        return
    found = _found(here, asked.scenario, assumed)
    if found is None:
        return
    with says:
        _answer(here, asked.scenario, found)
        if not _settled(found):
            st.button(
                "Keep looking",
                key=f"{SLOT}.keep",
                on_click=_longer,
                args=(_key(here, asked.scenario, assumed),),
            )
    if found.plan is not None:
        _money(here, found)
        _seeds(here, found)


def _assumed(here: Workspace) -> Assumed | None:
    """Which proposals have a first stage, and what is assumed for those that state none."""
    stated = any(one.first_stage is not None for one in here.pool.candidates)
    which = one_of(
        "First stages for", [OWN, ALL], key="seeds.which", default=OWN if stated else ALL
    )
    if which == OWN:
        return None
    left, right = st.columns(2, gap="medium")
    with left:
        share = st.slider(
            "First grant, of the whole grant",
            5,
            50,
            20,
            5,
            format=legible("%d %%"),
            key=state.widget("seeds", "share"),
        )
    most = min(here.pool.cluster.calendar.count, 8)
    periods = 1
    if most > 1:
        with right:
            periods = st.slider(
                "Periods until the gate",
                1,
                most,
                1,
                format=legible("%d"),
                key=state.widget("seeds", "periods"),
            )
    st.caption("A proposal that states no first stage passes its gate as often as it works.")
    return Assumed(Decimal(share) / 100, periods)


def _found(here: Workspace, scenario: Scenario, assumed: Assumed | None) -> Stages | None:
    key = _key(here, scenario, assumed)
    seconds = patience.seconds(SLOT, key, PATIENCE)
    return sought(
        SLOT,
        (*key, seconds),
        Stages,
        lambda report, cancel: optimizer.stages(
            here.pool,
            scenario,
            assumed,
            options=Options(time_limit=seconds),
            progress=report,
            cancel=cancel,
        ),
        mix.progress_words(here.pool, scenario),
        # Settled is settled, also where the visitor stopped it a moment later.
        lambda found, _: _settled(found),
        first=True,
    )


def _key(here: Workspace, scenario: Scenario, assumed: Assumed | None) -> tuple[object, ...]:
    return (SLOT, *here.key, fingerprint(scenario), assumed)


def _settled(found: Stages) -> bool:
    """Whether more time would change nothing."""
    return found.status in (Status.OPTIMAL, Status.INFEASIBLE)


def _longer(key: tuple[object, ...]) -> None:
    patience.look_longer(SLOT, key, PATIENCE)
    work.again(SLOT)


def _answer(here: Workspace, scenario: Scenario, found: Stages) -> None:
    pool = here.pool
    said = [plain(line) for line in stages.context(pool, scenario, found)]
    answer.answer(plain(stages.headline(pool, scenario, found)), " ".join(said))
    if found.plan is None:
        if found.status is Status.INFEASIBLE:
            page.to_screen("Mix", "See on Mix which rules clash", primary=True)
        return
    proven = found.status is Status.OPTIMAL
    mark = answer.Badge(
        stages.proof(found),
        "green" if proven else "orange",
        "verified" if proven else "hourglass_bottom",
    )
    answer.badges([mark, answer.Badge("Rules kept in every outcome", "gray", "rule")])
    answer.figures(
        [answer.Figure(n.label, n.value, n.note) for n in stages.numbers(pool, scenario, found)]
    )


def _money(here: Workspace, found: Stages) -> None:
    calendar, currency = here.pool.cluster.calendar, here.pool.cluster.currency
    answer.heading(plain(stages.money_words(here.pool, found)))
    st.caption(stages.money_basis(found))
    chart.legend(COLORS)
    names = list(COLORS)
    money = {
        names[0]: [each.at_once for each in found.periods],
        names[1]: [each.planted for each in found.periods],
        names[2]: [each.kept_back for each in found.periods],
    }
    labels = [calendar.label(period) for period in range(calendar.count)]
    figure = cache.remember(
        ("stage bars", here.key, found, chart.mode()),
        lambda: stage_bars(labels, money, currency, chart.mode()),
    )
    chart.show(figure, key="seeds.money", alt=stages.money_words(here.pool, found))


def _seeds(here: Workspace, found: Stages) -> None:
    currency = here.pool.cluster.currency
    if found.seeds:
        answer.heading(f"{count(len(found.seeds), 'seed')} to plant")
        tables.table(
            frames.seeds(here.pool, found),
            key="seeds.table",
            alt=f"{count(len(found.seeds), 'seed')} with chance, grants and how often scaled up",
            columns={
                "Passes its gate": tables.percent_column("Passes its gate"),
                "Scaled up": tables.percent_column("Scaled up"),
                "First grant": tables.money_column("First grant", currency),
                "Scale-up": tables.money_column("Scale-up", currency),
            },
        )
    chosen = stages.at_once(here.pool, found)
    if chosen:
        answer.heading(f"{count(len(chosen), 'project')} funded at once")
        tables.table(
            frames.at_once(here.pool, chosen),
            key="seeds.at_once",
            alt=f"{count(len(chosen), 'project')} funded at once, with their grants",
            columns={"Grant": tables.money_column("Grant", currency)},
        )
    st.caption(plain(stages.basis(found)))


try:
    main()
except InputError as error:
    st.error("\n".join(f"- {plain(str(problem))}" for problem in error.problems))
