"""The question of Mix, in the sidebar: money, aim, what is always in or out, caution."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components.asking import Asked, ask
from dashboard.components.legible import legible
from dashboard.components.markdown import cut
from dashboard.services import aims, decisions, words
from dashboard.services.question import CAUTION_LEVELS, NOT_CLOSE, Question, to_params
from portfolio.scenario import StayClose, active_rules
from portfolio.wording import count, percent

PAGE = "mix"


def question_form(here: Workspace, asked: Asked) -> None:
    """Draw the form. Nothing is sought while it is filled in; its button asks."""
    with st.sidebar:
        st.header("The question", anchor=False)
        with st.form(state.widget(PAGE, "question"), border=False):
            changed = _inputs(here, asked)
            sent = st.form_submit_button("Find the best mix", type="primary", width="stretch")
        if sent:
            ask(changed)
            st.rerun()
        st.caption(_rules_line(len(active_rules(asked.scenario))))
        if asked.changed:
            st.button(
                "Ask as agreed", key=state.widget(PAGE, "reset"), on_click=ask, args=(Question(),)
            )


def _rules_line(rules: int) -> str:
    if rules == 0:
        return "No rules apply yet."
    verb = "applies" if rules == 1 else "apply"
    return f"{count(rules, 'rule')} {verb}. Switch them under *What each rule costs*."


def _inputs(here: Workspace, asked: Asked) -> Question:
    """The fields; their keys change with the question, so that they show what is asked."""
    stamp = sha256(repr(sorted(to_params(asked.question).items())).encode()).hexdigest()[:8]
    stamp = f"{here.cluster_id}.{stamp}"
    question = _money(here, asked, stamp)
    question = _aim(here, asked, question, stamp)
    question = _blend(asked, question, stamp)
    question = _always(here, question, stamp)
    question = _caution(asked, question, stamp)
    return _stay_close(here, asked, question, stamp)


def _money(here: Workspace, asked: Asked, stamp: str) -> Question:
    standing = asked.scenario.money
    currency = here.pool.cluster.currency
    typed = st.number_input(
        f"Money to commit ({words.symbol(currency).strip() or 'whole units'})",
        min_value=0,
        max_value=10**13,
        value=None if standing is None else standing // 100,
        step=words.round_step(standing),
        placeholder="no limit",
        key=state.widget(PAGE, "money", stamp),
    )
    if typed is None or (standing is not None and int(typed) == standing // 100):
        return asked.question
    return replace(asked.question, money=int(typed) * 100, sources=())


def _aim(here: Workspace, asked: Asked, question: Question, stamp: str) -> Question:
    options = aims.possible(here.pool)
    present = asked.scenario.objective.aim
    if present not in options:
        options = (*options, present)
    picked = st.segmented_control(
        "Aim for",
        options,
        default=present,
        required=True,
        format_func=lambda aim: legible(aims.WORDS[aim]),
        key=state.widget(PAGE, "aim", stamp),
    )
    if picked is None or picked == present:
        return question
    return replace(question, aim=None if picked == asked.start.objective.aim else picked)


def _blend(asked: Asked, question: Question, stamp: str) -> Question:
    """How payoff and score weigh, once both are aimed for."""
    objective = asked.scenario.objective
    if objective.aim != "blend":
        return question
    present = round(objective.payoff_weight * 100)
    picked = st.slider(
        "Payoff counts for",
        0,
        100,
        present,
        5,
        format=legible("%d %%"),
        help="The score counts for the rest.",
        key=state.widget(PAGE, "weight", stamp),
    )
    if picked == present:
        return question
    standing = round(asked.start.objective.payoff_weight * 100)
    return replace(question, payoff_weight=None if picked == standing else picked / 100)


def _always(here: Workspace, question: Question, stamp: str) -> Question:
    names = {project.id: cut(project.name or project.id) for project in here.pool.candidates}
    inside = st.multiselect(
        "Always in",
        list(names),
        default=question.always_in,
        format_func=names.__getitem__,
        placeholder="Nothing has to be in",
        key=state.widget(PAGE, "in", stamp),
    )
    outside = st.multiselect(
        "Always out",
        list(names),
        default=question.always_out,
        format_func=names.__getitem__,
        placeholder="Nothing is shut out",
        key=state.widget(PAGE, "out", stamp),
    )
    return replace(question, always_in=tuple(sorted(inside)), always_out=tuple(sorted(outside)))


def _caution(asked: Asked, question: Question, stamp: str) -> Question:
    levels = dict(CAUTION_LEVELS)
    present = asked.scenario.objective.caution
    if present not in levels.values():
        levels[f"{words.whole_percent(present)}"] = present
    by_amount = dict(sorted((amount, name) for name, amount in levels.items()))
    picked = st.select_slider(
        "Caution about estimates",
        list(by_amount),
        value=present,
        format_func=lambda amount: legible(by_amount[amount].capitalize()),
        help="Moves every payoff from what is expected towards its low estimate.",
        key=state.widget(PAGE, "caution", stamp),
    )
    if picked == present:
        return question
    return replace(
        question, caution=None if picked == asked.start.objective.caution else float(picked)
    )


def _stay_close(here: Workspace, asked: Asked, question: Question, stamp: str) -> Question:
    """Whether to change little of what was agreed; of which mix, where there are two."""
    choices = _closeness(here, asked)
    if len(choices) == 1:
        return question
    present = question.close if question.close in choices else ""
    key = state.widget(PAGE, "close", stamp)
    if len(choices) > 2:
        close = st.selectbox(
            "Fewest changes",
            list(choices),
            index=list(choices).index(present),
            format_func=lambda each: f"{choices[each][0].upper()}{choices[each][1:]}",
            help=_close_help(asked),
            key=key,
        )
        return replace(question, close=close)
    off, on = choices
    wanted = st.checkbox(
        f"Fewest changes {choices[on]}", value=present == on, help=_close_help(asked), key=key
    )
    return replace(question, close=on if wanted else off)


def _closeness(here: Workspace, asked: Asked) -> dict[str, str]:
    """What the mix can stay close to, as `Question.close` says it, with words; nothing first."""
    standing = asked.start.stay_close
    choices = {"": "do not matter"}
    if standing is not None:
        choices = {NOT_CLOSE: "do not matter", "": "from what was agreed before"}
    named = asked.question.close
    record = decisions.find(here.store, here.cluster_id, named)
    record = record or decisions.latest(here.store, here.cluster_id)
    if record is None or not record.selection.ids:
        return choices
    if standing is None or set(standing.agreed) != set(record.selection.ids):
        when = words.short_day(decisions.made_on(record))
        choices[str(record.id)] = f"since {when}"
    return choices


def _close_help(asked: Asked) -> str:
    loss = (asked.start.stay_close or StayClose(())).loss
    return f"Among all mixes within {percent(loss)} of the best, the one that changes least."
