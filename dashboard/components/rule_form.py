"""The form of one rule, by its kind; it goes into the draft, not yet to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.cache import Workspace
from dashboard.components import condition_form, errors, settings_draft
from dashboard.components.markdown import plain
from dashboard.components.rule_inputs import choose, key_of, names_of, number
from dashboard.services import drafts, rule_forms
from dashboard.services.rule_fields import LONGEST, Fields
from dashboard.services.rule_forms import ATTRIBUTE_WORDS, KINDS, MEASURE_WORDS
from dashboard.services.words import symbol
from portfolio.errors import InputError
from portfolio.funding.rules import EVERY, Rule
from portfolio.pool import Pool


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
                key=key_of("done", rule_id),
            )
            st.button("Leave it as it was", key=key_of("leave", rule_id), on_click=close)
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


def _limit(pool: Pool, given: Fields, rule_id: str) -> Fields:
    currency = symbol(pool.cluster.currency).strip() or "money"
    with st.grid(3, min_column_width=200):
        attribute = st.selectbox(
            "Of",
            list(ATTRIBUTE_WORDS),
            index=list(ATTRIBUTE_WORDS).index(given.attribute),
            format_func=lambda each: ATTRIBUTE_WORDS.get(each, each),
            key=key_of("attribute", rule_id),
        )
        values = list(rule_forms.values_of(pool, attribute))
        if given.attribute == attribute and given.value not in values:
            values.append(given.value)
        value = st.selectbox(
            "Which",
            values,
            index=values.index(given.value) if given.value in values else 0,
            format_func=lambda each: rule_forms.value_words(pool, attribute, each),
            key=key_of(f"value.{attribute}", rule_id),
        )
        measure = st.selectbox(
            "Counted in",
            list(MEASURE_WORDS),
            index=list(MEASURE_WORDS).index(given.measure),
            format_func=lambda each: currency if each == "money" else MEASURE_WORDS.get(each, each),
            key=key_of("measure", rule_id),
        )
        at_least = number("At least", given.at_least, key_of(f"least.{measure}", rule_id))
        at_most = number("At most", given.at_most, key_of(f"most.{measure}", rule_id))
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
    return replace(given, limit=number(label, given.limit, key_of("limit", rule_id)))


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
            key=key_of("resource", rule_id),
        )
        by_period = st.toggle(
            "A limit for each period", value=len(given.amounts) > 1, key=key_of("by", rule_id)
        )
    labels = (
        [calendar.label(k) for k in range(calendar.count)] if by_period else ["Over the whole time"]
    )
    known = dict(enumerate(given.amounts)) if (len(given.amounts) > 1) == by_period else {}
    with st.grid(4, min_column_width=140):
        amounts = [
            number(label, known.get(k, 0.0), key_of(f"amount.{by_period}.{k}", rule_id)) or 0.0
            for k, label in enumerate(labels)
        ]
    return replace(given, resource=resource or "", amounts=tuple(amounts))


def _projects(pool: Pool, given: Fields, rule_id: str) -> Fields:
    return replace(given, projects=choose(pool, "Projects", given.projects, rule_id))


def _requires(pool: Pool, given: Fields, rule_id: str) -> Fields:
    names = names_of(pool, (given.project,))
    project = st.selectbox(
        "The project",
        list(names),
        index=list(names).index(given.project) if given.project in names else None,
        placeholder="Choose a project",
        format_func=lambda each: names.get(each, each),
        key=key_of("project", rule_id),
    )
    needs = choose(pool, "needs all of", given.projects, rule_id)
    return replace(given, project=project or "", projects=needs)


def _at_most_of(pool: Pool, given: Fields, rule_id: str) -> Fields:
    count = st.number_input(
        "At most",
        min_value=0,
        value=1 if given.count is None else given.count,
        key=key_of("count", rule_id),
        width=160,
    )
    return replace(given, count=int(count), projects=choose(pool, "of", given.projects, rule_id))


_FORMS: dict[str, Callable[[Pool, Fields, str], Fields]] = {
    **condition_form.FORMS,
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
            max_chars=LONGEST,
            placeholder="A law, a call, a board decision",
            key=key_of("origin", rule_id),
        )
        begins = st.date_input(
            "In force from", value=told.valid_from, format="DD/MM/YYYY", key=key_of("from", rule_id)
        )
        ends = st.date_input(
            "In force to", value=told.valid_to, format="DD/MM/YYYY", key=key_of("to", rule_id)
        )
    words = st.text_input(
        "Its sentence, where it should read otherwise",
        value=told.sentence,
        max_chars=LONGEST,
        placeholder="Left empty, it is made from the fields above",
        key=key_of("sentence", rule_id),
    )
    return replace(told, origin=origin, valid_from=begins, valid_to=ends, sentence=words)
