"""What a proposal's score is made of: a bar by criterion, and the same as a table."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart
from dashboard.components.contributions import Part, contribution_bars
from dashboard.components.markdown import plain
from dashboard.services.agreement import Agreement, means
from portfolio.scoring.scorecard import Scorecard


def scorecard_panel(here: Workspace, found: Agreement) -> None:
    """Pick a proposal, see its score beside the mean of all."""
    names = {project.id: project.name for project in found.pool.candidates}
    ids = sorted(names, key=lambda each: (found.cards[each].rank or len(names) + 1, names[each]))
    wanted = state.shared(state.PROJECT)
    st.header("What a score is made of", anchor=False)
    picked = st.selectbox(
        "Proposal",
        ids,
        index=ids.index(wanted) if wanted in names else 0,
        format_func=lambda each: names.get(each, each),
        key=state.widget("score", "project"),
        on_change=_share,
    )
    card = found.cards[picked]
    answer.answer(*_sentences(found, card, names[picked]))
    st.caption("Gray: the most that a criterion can add. Blue: what it adds. Line: mean of all.")
    swings = tuple(criterion.swing for criterion in found.pool.criteria)
    figure = cache.remember(
        ("score bars", here.key, swings, picked, chart.mode()),
        lambda: contribution_bars(_parts(found, card), chart.mode()),
    )
    chart.show(
        figure,
        key=state.widget("score", "bars"),
        alt="Points by criterion, with the mean of all proposals. The table below holds the same.",
    )
    st.dataframe(
        frames.score_parts(found, card),
        key=state.widget("score", "parts"),
        alt="The score by criterion: level, value, weight and points",
        hide_index=True,
        column_config={
            "Weight": st.column_config.NumberColumn("Weight", format="%.0f %%"),
            "Points": st.column_config.NumberColumn("Points", format="%.1f"),
            "Mean of all": st.column_config.NumberColumn("Mean of all", format="%.1f"),
            "Value": st.column_config.NumberColumn("Value", format="%.0f"),
            "Mean level": st.column_config.NumberColumn("Mean level", format="%.1f"),
        },
    )


def _sentences(found: Agreement, card: Scorecard, name: str) -> tuple[str, str]:
    if card.points is None:
        return f"{plain(name)} has no score yet.", "Nothing that the criteria ask for is known."
    scored = sum(each.points is not None for each in found.cards.values())
    bold = f"{plain(name)} scores {round(card.points)} of 100, place {card.rank} of {scored}."
    if card.unknown:
        low, high = round(card.at_least), round(card.at_most)
        lacking = ", ".join(plain(each) for each in card.unknown)
        return bold, f"Not known: {lacking}. It could lie between {low} and {high}."
    best = max(card.parts, key=lambda part: (part.contribution, part.criterion))
    return bold, f"Most of it comes from {plain(best.name)}: {round(best.contribution)} points."


def _parts(found: Agreement, card: Scorecard) -> list[Part]:
    return [
        Part(
            name=part.name,
            points=None if part.value is None else float(part.contribution),
            most=float(part.weight * 100),
            mean=None if mean is None else float(mean),
        )
        for part, mean in zip(card.parts, means(found), strict=True)
    ]


def _share() -> None:
    state.share(project=st.session_state[state.widget("score", "project")])
