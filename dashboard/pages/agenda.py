"""Agenda: what deserves the board's two hours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

import optimizer
from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart, page, tables
from dashboard.components.asking import current, show_notes
from dashboard.components.choices import one_of
from dashboard.components.core_dots import Held, core_dots
from dashboard.components.legible import legible
from dashboard.components.markdown import plain
from dashboard.components.sought import sought
from dashboard.services import agenda, robustness, words
from dashboard.services.agenda import Agenda
from dashboard.services.present import present
from data.codec import fingerprint
from optimizer import CoreIndex, Options, Robustness
from portfolio.scenario import Scenario
from portfolio.scoring.information import Information, missing
from portfolio.wording import count

PATIENCE = Options(time_limit=60.0)
DRAWS = 1_000
MOST_ALIKE = 3
"""Rows of the picture for proposals that all stand at an end; the rest is a number beside them."""
MOST_DRAWN = 40
MOST_ASKED = 10
ORDER, NEARLY = "The order of the criteria", "Their weights, give or take 20 %"
KNOWN = {ORDER: Information("order"), NEARLY: Information("interval", Decimal("0.2"))}


def main() -> None:
    """The sentence, the picture with the running order beside it, and the three lists."""
    here = page.begin(_title())
    if not here.pool.candidates:
        page.no_proposals()
        return
    if reason := missing(here.pool):
        answer.answer("There is nothing to weigh yet.", reason)
        page.to_screen("Settings", "Add criteria", primary=True)
        return
    asked = current(here)
    show_notes(asked)
    says = st.container()
    known = one_of("What is agreed", list(KNOWN), key="agenda.known", default=ORDER)
    found = _found(here, asked.scenario, KNOWN[known])
    if found is None:
        return
    if not found.indices:
        with says:
            answer.answer("No mix meets all rules.", "Mix shows which rules clash.")
            page.to_screen("Mix", "Open Mix", primary=True)
        return
    plan = agenda.agenda(found)
    with says:
        answer.answer(agenda.headline(plan), robustness.basis(found))
        _asking(here, found)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _picture(here, found, plan)
    with right:
        _running_order(plan)
    _lists(here, plan)


def _title() -> str:
    here = cache.workspace()
    board = None if here is None else here.pool.cluster.next_board
    if here is None or board is None or board < present(here.pool):
        return "Agenda for the board"
    return f"Agenda for {words.weekday(board, present(here.pool))}"


def _found(here: Workspace, scenario: Scenario, known: Information) -> Robustness | None:
    return sought(
        "agenda",
        ("agenda", *here.key, fingerprint(scenario), known),
        Robustness,
        lambda report, cancel: optimizer.robustness(
            here.pool, scenario, known, PATIENCE, draws=DRAWS, progress=report, cancel=cancel
        ),
        robustness.progress_words,
        lambda found, _: robustness.whole(found, DRAWS),
        first=True,
    )


def _asking(here: Workspace, found: Robustness) -> None:
    """The number to ask for next, and the others that are worth asking for."""
    st.markdown(robustness.ask_next(here.pool, found, plain))
    asked = found.knowing.asked[:MOST_ASKED]
    if len(asked) < 2:
        return
    with st.expander(f"{count(len(asked), 'number')} worth asking for"):
        tables.table(
            frames.asking(here.pool, asked),
            key="agenda.asking",
            alt=f"{count(len(asked), 'number')} worth asking for, those worth most first",
            columns={
                "Worth": tables.points_column("Worth"),
                "Give or take": tables.points_column("Give or take"),
                "Places it decides": st.column_config.NumberColumn(format="%.1f"),
            },
        )
        st.caption(
            "Worth: how many points more the mix scores, on average, when it is decided after the"
            " answer instead of now. Places: how many open ones the answer settles."
        )


def _picture(here: Workspace, found: Robustness, plan: Agenda) -> None:
    numbers = (len(plan.agree), len(plan.aside), len(plan.discuss))
    answer.heading(f"{numbers[0]} always in, {numbers[1]} never, {numbers[2]} depend on us")
    st.caption("How many of the sensible mixes hold each proposal.")
    rows = _rows(here, plan)
    figure = cache.remember(
        ("agenda dots", here.key, found, chart.mode()), lambda: core_dots(rows, chart.mode())
    )
    alt = "{} proposals are in every sensible mix, {} in none, {} in some.".format(*numbers)
    chart.show(figure, key="agenda.dots", alt=alt)


def _rows(here: Workspace, plan: Agenda) -> list[Held]:
    between = sorted(plan.discuss, key=lambda each: (-each.index, each.project))[:MOST_DRAWN]
    return [
        *_some(here, plan.agree),
        *(_held(here, each) for each in between),
        *_some(here, plan.aside),
    ]


def _some(here: Workspace, alike: Sequence[CoreIndex]) -> list[Held]:
    shown = [_held(here, each) for each in alike[:MOST_ALIKE]]
    more = len(alike) - len(shown)
    return [*shown, Held(f"and {more} more")] if more else shown


def _held(here: Workspace, each: CoreIndex) -> Held:
    return Held(here.pool.project(each.project).name, each.index, each.kind)


@st.fragment
def _running_order(plan: Agenda) -> None:
    answer.heading("The meeting")
    minutes = st.slider(
        "Minutes for the meeting", 30, 240, 120, 10, format=legible("%d min"), key="agenda.minutes"
    )
    number = len(plan.discuss)
    if number > 1:
        number = st.slider(
            "Proposals to discuss",
            1,
            number,
            min(12, number),
            format=legible("%d"),
            key="agenda.number",
        )
    lines = agenda.running_order(plan, minutes, number)
    st.table({"Part": [part for part, _ in lines], "Time": [time for _, time in lines]})
    st.caption("The closest calls come first, while everybody is fresh.")


def _lists(here: Workspace, plan: Agenda) -> None:
    parts = {
        "Discuss": plan.discuss,
        "Agree as a block": plan.agree,
        "Set aside": plan.aside,
    }
    shown = [name for name, each in parts.items() if each]
    picked = one_of("List", shown, key="agenda.list", default=shown[0], hidden=True)
    chosen = parts[picked]
    tables.table(
        frames.agenda(here.pool, chosen),
        key="agenda.table",
        alt=f"{picked}: {count(len(chosen), 'proposal')}",
        columns={
            "Asked for": tables.money_column("Asked for", here.pool.cluster.currency),
            "In sensible mixes": tables.percent_column("In sensible mixes"),
        },
    )
    ids = [each.project for each in chosen]
    project = st.selectbox(
        "Look closer at",
        ids,
        index=None,
        format_func=lambda each: plain(here.pool.project(each).name),
        placeholder="Pick a proposal",
        key=state.widget("agenda", "pick", picked),
    )
    if project is not None:
        state.share(project=project)
        page.to_screen("Mix", "See in Mix what it costs and what would change it")


main()
