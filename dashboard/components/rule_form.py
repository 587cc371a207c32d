"""The form of one rule, by its kind; it goes into the draft, not yet to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import errors, settings_draft
from dashboard.components.markdown import plain
from dashboard.services import drafts, rule_forms
from dashboard.services.rule_forms import ATTRIBUTE_WORDS, KINDS, MEASURE_WORDS, Fields
from dashboard.services.words import symbol
from portfolio.errors import InputError
from portfolio.funding.rules import EVERY, Rule
from portfolio.pool import Pool

MOST = 1e13


def rule_form(
    here: Workspace, kind: str, rule_id: str, rule: Rule | None, close: Callable[[], None]
) -> None:
    """The fields of a rule that stands, or of a new one (`rule` None)."""
    with st.container(border=True):
        st.markdown(f"**{KINDS[kind]}**")
        given = Fields() if rule is None else rule_forms.fields_of(rule)
        told = _FORMS[kind](here.pool, given, rule_id)
        told = _common(told, rule_id)
        _reads(here, kind, rule_id, told)
        with st.container(horizontal=True):
            done = st.button(
                "Put it into the draft",
                type="primary",
                key=_key("done", rule_id),
            )
            st.button("Leave it as it was", key=_key("leave", rule_id), on_click=close)
    if not done:
        return
    try:
        built = rule_forms.build(kind, rule_id, told, here.pool)
    except InputError as error:
        errors.show(error)
        return
    settings_draft.change(here, drafts.with_rule(settings_draft.draft(here), built))
    close()
    st.rerun()


def _reads(here: Workspace, kind: str, rule_id: str, told: Fields) -> None:
    """The sentence as it will be quoted, as soon as the fields make a rule."""
    try:
        built = rule_forms.build(kind, rule_id, told, here.pool)
    except InputError:
        return
    words = rule_forms.said(built, here.pool, settings_draft.draft(here))
    st.markdown(f"It reads: {plain(words)}.")


def _key(thing: str, rule_id: str) -> str:
    return state.widget("settings", f"rule.{thing}", rule_id)


def _limit(pool: Pool, given: Fields, rule_id: str) -> Fields:
    currency = symbol(pool.cluster.currency).strip() or "money"
    with st.grid(3, min_column_width=200):
        attribute = st.selectbox(
            "Of",
            list(ATTRIBUTE_WORDS),
            index=list(ATTRIBUTE_WORDS).index(given.attribute),
            format_func=lambda each: ATTRIBUTE_WORDS.get(each, each),
            key=_key("attribute", rule_id),
        )
        values = list(rule_forms.values_of(pool, attribute))
        if given.attribute == attribute and given.value not in values:
            values.append(given.value)
        value = st.selectbox(
            "Which",
            values,
            index=values.index(given.value) if given.value in values else 0,
            format_func=lambda each: rule_forms.value_words(pool, attribute, each),
            key=_key(f"value.{attribute}", rule_id),
        )
        measure = st.selectbox(
            "Counted in",
            list(MEASURE_WORDS),
            index=list(MEASURE_WORDS).index(given.measure),
            format_func=lambda each: currency if each == "money" else MEASURE_WORDS.get(each, each),
            key=_key("measure", rule_id),
        )
        at_least = _number("At least", given.at_least, _key(f"least.{measure}", rule_id))
        at_most = _number("At most", given.at_most, _key(f"most.{measure}", rule_id))
    return replace(
        given,
        attribute=attribute,
        value=value or EVERY,
        measure=measure,
        at_least=at_least,
        at_most=at_most,
    )


def _total(pool: Pool, given: Fields, rule_id: str) -> Fields:
    label = f"At most, in {pool.cluster.currency or 'money'}"
    return replace(given, limit=_number(label, given.limit, _key("limit", rule_id)))


def _capacity(pool: Pool, given: Fields, rule_id: str) -> Fields:
    names = list(dict.fromkeys((*rule_forms.resources_of(pool), given.resource)))
    names = [name for name in names if name]
    calendar = pool.cluster.calendar
    with st.container(horizontal=True, vertical_alignment="bottom"):
        resource = st.selectbox(
            "What is used up",
            names,
            index=names.index(given.resource) if given.resource in names else None,
            placeholder="Choose, or write another",
            accept_new_options=True,
            key=_key("resource", rule_id),
        )
        by_period = st.toggle(
            "A limit for each period", value=len(given.amounts) > 1, key=_key("by", rule_id)
        )
    labels = (
        [calendar.label(k) for k in range(calendar.count)] if by_period else ["Over the whole time"]
    )
    known = dict(enumerate(given.amounts)) if (len(given.amounts) > 1) == by_period else {}
    with st.grid(4, min_column_width=140):
        amounts = [
            _number(label, known.get(k, 0.0), _key(f"amount.{by_period}.{k}", rule_id)) or 0.0
            for k, label in enumerate(labels)
        ]
    return replace(given, resource=resource or "", amounts=tuple(amounts))


def _projects(pool: Pool, given: Fields, rule_id: str) -> Fields:
    return replace(given, projects=_choose(pool, "Projects", given.projects, rule_id))


def _requires(pool: Pool, given: Fields, rule_id: str) -> Fields:
    names = _names(pool, (given.project,))
    project = st.selectbox(
        "The project",
        list(names),
        index=list(names).index(given.project) if given.project in names else None,
        placeholder="Choose a project",
        format_func=lambda each: names.get(each, each),
        key=_key("project", rule_id),
    )
    needs = _choose(pool, "needs all of", given.projects, rule_id)
    return replace(given, project=project or "", projects=needs)


def _at_most_of(pool: Pool, given: Fields, rule_id: str) -> Fields:
    count = st.number_input(
        "At most",
        min_value=0,
        value=1 if given.count is None else given.count,
        key=_key("count", rule_id),
        width=160,
    )
    return replace(given, count=int(count), projects=_choose(pool, "of", given.projects, rule_id))


_FORMS: dict[str, Callable[[Pool, Fields, str], Fields]] = {
    "limit": _limit,
    "total budget": _total,
    "capacity": _capacity,
    "must": _projects,
    "must not": _projects,
    "requires": _requires,
    "at most of": _at_most_of,
}


def _common(told: Fields, rule_id: str) -> Fields:
    """What every rule carries: its origin, its days, its own words."""
    with st.grid(3, min_column_width=200):
        origin = st.text_input(
            "Where it comes from",
            value=told.origin,
            max_chars=rule_forms.LONGEST,
            placeholder="A law, a call, a board decision",
            key=_key("origin", rule_id),
        )
        begins = st.date_input(
            "In force from", value=told.valid_from, format="DD/MM/YYYY", key=_key("from", rule_id)
        )
        ends = st.date_input(
            "In force to", value=told.valid_to, format="DD/MM/YYYY", key=_key("to", rule_id)
        )
    words = st.text_input(
        "Its sentence, where it should read otherwise",
        value=told.sentence,
        max_chars=rule_forms.LONGEST,
        placeholder="Left empty, it is made from the fields above",
        key=_key("sentence", rule_id),
    )
    return replace(told, origin=origin, valid_from=begins, valid_to=ends, sentence=words)


def _choose(pool: Pool, label: str, chosen: tuple[str, ...], rule_id: str) -> tuple[str, ...]:
    names = _names(pool, chosen)
    picked = st.multiselect(
        label,
        list(names),
        default=[each for each in chosen if each in names],
        placeholder="Choose projects",
        format_func=lambda each: names.get(each, each),
        key=_key("projects", rule_id),
    )
    return tuple(picked)


def _names(pool: Pool, also: tuple[str, ...]) -> dict[str, str]:
    """What there is to choose, beside what is chosen already, by name where it has one."""
    names = {project.id: project.name for project in pool.candidates}
    others = {project.id: project.name for project in pool.projects if project.id in also}
    return names | {each: others.get(each, each) for each in also if each and each not in names}


def _number(label: str, value: float | None, key: str) -> float | None:
    return st.number_input(
        label, min_value=0.0, max_value=MOST, value=value, step=1.0, format="%.10g", key=key
    )
