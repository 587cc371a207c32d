"""No mix meets all rules: which cannot hold together, and the cheapest way out of each."""

from __future__ import annotations

import streamlit as st

import optimizer
from dashboard import cache, state
from dashboard.components import work
from dashboard.components.answer import heading
from dashboard.components.asking import change
from dashboard.components.markdown import plain
from dashboard.components.solving import Found
from dashboard.services import mix
from dashboard.services.question import switched
from dashboard.services.repair import (
    doubts,
    headline,
    overlap,
    priced,
    set_words,
    settled,
    several,
    tried,
    way_out,
)
from optimizer import Clash, Options, Repair
from portfolio.wording import count

PATIENCE = Options(time_limit=60.0)


def clash_panel(found: Found) -> None:
    """Each clash with a row a rule: its way out and a button to try it."""
    clash, sought = _clash(found)
    if clash is None:
        if not sought:
            st.markdown("Which rules clash was not found in time. Switch rules off to find out.")
        return
    if clash.others:
        st.markdown(several(clash))
    for number, each in enumerate(clash.each):
        _one(found, each, number)
    if len(clash.sets) > 1:
        sets = f"{'All ' if clash.all_sets else ''}{count(len(clash.sets), 'set')} of rules"
        with st.expander(f"{sets} that cannot hold together"):
            st.markdown(overlap(clash))
            st.markdown("\n".join(f"- {plain(set_words(rules))}" for rules in clash.sets))
    for doubt in doubts(clash):
        st.caption(doubt)


def _one(found: Found, clash: Clash, number: int) -> None:
    """The rules of one clash; the first way of the first clash stands out."""
    heading(headline(clash))
    repairs = {repair.rule: repair for repair in clash.repairs}
    for k, (rule, words) in enumerate(clash.rules):
        item = f"{number}.{rule}" if number else rule
        with st.container(border=True):
            answered = found.answered
            worth = priced(answered.pool, answered.scenario, clash, rule)
            st.markdown(
                f"**{plain(words)}**  \n{plain(way_out(clash, rule))}. {plain(worth)}".rstrip()
            )
            with st.container(horizontal=True):
                if rule in repairs:
                    st.button(
                        "Try it",
                        key=state.widget("mix", "try", item),
                        type="primary" if k == number == 0 else "secondary",
                        on_click=_try,
                        args=(repairs[rule],),
                    )
                st.button(
                    "Switch it off",
                    key=state.widget("mix", "off", item),
                    type="tertiary",
                    on_click=_switch_off,
                    args=(rule,),
                )


def _clash(found: Found) -> tuple[Clash | None, bool]:
    """The clash, None when it is not known; and whether it is still being sought."""
    key = ("clash", found.key)
    kept = cache.answer(key)
    if isinstance(kept, Clash) or found.old:
        return (kept if isinstance(kept, Clash) else None), found.old
    answered = found.answered
    job = work.start(
        "clash",
        key,
        lambda report, cancel: optimizer.clash(
            answered.pool, answered.scenario, PATIENCE, progress=report, cancel=cancel
        ),
    )
    if work.failed(job):
        return None, True
    if not job.finished:
        work.progress("clash", _progress_words, mix.progress_share)
        return None, True
    if isinstance(job.result, Clash):
        if settled(job.result) and not job.cancelled.is_set():
            cache.keep_answer(key, job.result)
        return job.result, False
    return None, False


def _progress_words(progress: object) -> str:
    if mix.progress_share(progress):
        return "Looking for the way out of each rule."
    return "Looking for the smallest set of rules that clash."


def _try(repair: Repair) -> None:
    change(lambda asked: tried(asked.question, asked.scenario, asked.start, repair))


def _switch_off(rule: str) -> None:
    change(lambda asked: switched(asked.question, asked.start, rule, False))
