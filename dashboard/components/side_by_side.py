"""Two decisions side by side: what enters and leaves, what changes in money and worth."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.answer import Figure, answer, figures, heading
from dashboard.components.markdown import plain
from dashboard.services import decisions, words
from dashboard.services.chosen import Mix
from dashboard.services.question_differences import name_in
from portfolio.decision import Decision
from portfolio.pool import Pool
from portfolio.scoring import value
from portfolio.wording import count, money

MOST_TOLD = 6
"""Differences of two questions that stand open; the rest opens."""


def side_by_side(one: Decision, other: Decision, pool: Pool) -> None:
    """Compare an earlier decision with a later one. `pool` serves for names that both lack."""
    found = decisions.compare(one, other, pool)
    heading("Side by side")
    answer(_change_of_mix(one, other, found), _asked(found))
    if len(found.questions) > 1:
        st.markdown(_bullets(found.questions[:MOST_TOLD]))
    if len(found.questions) > MOST_TOLD:
        with st.expander(f"{len(found.questions) - MOST_TOLD} more differences"):
            st.markdown(_bullets(found.questions[MOST_TOLD:]))
    if found.data_differs:
        st.markdown("The data was changed between the two.")
    if found.proof:
        st.markdown(found.proof)
    currency = pool.cluster.currency
    amount = words.short_money(abs(found.money), currency)
    items = [
        Figure("Stay", f"{len(found.stays):,}", "in both"),
        Figure("Enter", f"{len(found.enters):,}"),
        Figure("Leave", f"{len(found.leaves):,}"),
        Figure("Money", words.signed(amount, found.money) or "the same"),
    ]
    figures(items)
    st.markdown(_worth(one, found, currency))
    if found.changed:
        st.markdown(_otherwise(found, other.pool or pool))
    if not (found.enters or found.leaves):
        return
    left, right = st.columns(2, gap="medium")
    for column, name, ids, mix in (
        (left, "Leave", found.leaves, decisions.mix_of(one, pool)),
        (right, "Enter", found.enters, decisions.mix_of(other, pool)),
    ):
        with column:
            st.subheader(name, anchor=False)
            if not ids:
                st.markdown("Nothing.")
            for project_id in ids:
                st.markdown(_line(mix, project_id, currency))


def _change_of_mix(one: Decision, other: Decision, found: decisions.Difference) -> str:
    names = f"{plain(one.title)} to {plain(other.title)}"
    if found.same_mix:
        mixes = one.selection.status.has_mix or other.selection.status.has_mix
        return f"From {names}, {'the mix stays the same' if mixes else 'there is no mix'}."
    changed = len(found.changed)
    if not (found.enters or found.leaves):
        return f"From {names}, the proposals stay, but {changed:,} of them otherwise than before."
    enter, leave = count(len(found.enters), "proposal"), count(len(found.leaves), "proposal")
    sentence = (
        f"From {names}, {enter} {_verb(found.enters, 'enters', 'enter')} and {leave} "
        f"{_verb(found.leaves, 'leaves', 'leave')}."
    )
    if not found.changed:
        return sentence
    stay = "stays" if changed == 1 else "stay"
    return f"{sentence} {count(changed, 'proposal')} {stay}, but otherwise than before."


def _asked(found: decisions.Difference) -> str:
    if not found.questions:
        return "Both answer the same question."
    if len(found.questions) == 1:
        return f"The questions differ in one thing. {plain(found.questions[0])}"
    return "The questions differ. What the later one asks:"


def _bullets(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {plain(sentence)}" for sentence in sentences)


def _worth(one: Decision, found: decisions.Difference, currency: str) -> str:
    if found.aims_differ:
        return "The two aim for different things, so their worth cannot be compared."
    if found.worth is None:
        return "Worth cannot be compared where there is no mix."
    if found.worth == 0:
        return "Both mixes are worth the same."
    amount = words.worth(abs(found.worth), value.unit(one.scenario.objective), currency)
    return f"The later mix is worth {amount} {'more' if found.worth > 0 else 'less'}."


def _otherwise(found: decisions.Difference, pool: Pool) -> str:
    """Those that stay in another version or from another period on."""
    told = [f"- **{plain(name_in(pool, i))}**: {plain(how)}" for i, how in found.changed.items()]
    return "Stay, but otherwise:\n\n" + "\n".join(told)


def _verb(ids: tuple[str, ...], one: str, many: str) -> str:
    return one if len(ids) == 1 else many


def _line(mix: Mix, project_id: str, currency: str) -> str:
    name = name_in(mix.pool, project_id)
    grant = decisions.grants(mix).get(project_id)
    return f"**{plain(name)}**" + ("" if grant is None else f" · {money(grant, currency)}")
