"""Inputs that forms of rules share: keys, numbers, and projects to choose."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from portfolio.pool import Pool

MOST = 1e13


def key_of(thing: str, rule_id: str) -> str:
    """The key of an input of a rule's form."""
    return state.widget("settings", f"rule.{thing}", rule_id)


def choose(pool: Pool, label: str, chosen: tuple[str, ...], rule_id: str) -> tuple[str, ...]:
    """Projects picked from all that a mix may hold, and from those that the rule names already."""
    names = names_of(pool, chosen)
    picked = st.multiselect(
        label,
        list(names),
        default=[each for each in chosen if each in names],
        placeholder="Choose projects",
        format_func=lambda each: names.get(each, each),
        key=key_of("projects", rule_id),
    )
    return tuple(picked)


def names_of(pool: Pool, also: tuple[str, ...]) -> dict[str, str]:
    """What there is to choose, beside what is chosen already, by name where it has one."""
    names = {project.id: project.name for project in pool.candidates}
    others = {project.id: project.name for project in pool.projects if project.id in also}
    return names | {each: others.get(each, each) for each in also if each and each not in names}


def number(
    label: str, value: float | None, key: str, least: float = 0.0, placeholder: str = ""
) -> float | None:
    """A number that may be left empty."""
    return st.number_input(
        label,
        min_value=least,
        max_value=MOST,
        value=value,
        step=1.0,
        format="%.10g",
        placeholder=placeholder or None,
        key=key,
    )
