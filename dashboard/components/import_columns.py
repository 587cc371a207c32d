"""Step 3 of an import: which column feeds which field, in what unit, and under what name to keep it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import answer, import_state
from dashboard.components.import_state import Upload
from dashboard.components.markdown import cut, plain
from dashboard.services import importing
from data.fields import FieldSpec
from data.importer import Mapping, Profile, Table
from data.mapping import FieldMap
from portfolio.errors import ClusterfolioError

NOT_THERE = "not in this list"
KEEP = "as matched"
CURRENCIES = ("EUR", "GBP", "USD", "DKK", "SEK", "NOK", "PLN", "CHF", "CZK", "HUF")
_TIMES = {
    Decimal(1): "whole units",
    Decimal(1_000): "thousands",
    Decimal(1_000_000): "millions",
    Decimal(1_000_000_000): "thousand millions",
}
LONGEST_NAME = 80


def match_columns(here: Workspace | None, sent: Upload, read: Table) -> Mapping:
    """Ask for each field's column; what was guessed stands there already."""
    known = importing.profiles(here.store.profiles() if here else ())
    now = import_state.mapping(read, known)
    answer.answer(
        importing.matched_words(now, read),
        "The name is all that is needed; a project without a cost waits outside the choice.",
    )
    _profile_choice(sent, read, known)
    for entry in now.fields:
        if entry.assumption:
            st.caption(plain(entry.assumption))
    _currency(here, sent, now)
    specs = importing.specs()
    first = [
        spec
        for name, spec in specs.items()
        if name in importing.FIRST_FIELDS or now.of(name) is not None
    ]
    _fields(sent, read, now, first)
    rest = [spec for spec in specs.values() if spec not in first]
    if rest:
        with st.expander(f"{len(rest)} more fields"):
            _fields(sent, read, now, rest)
    _keep_profile(here, now, read)
    with st.container(horizontal=True):
        st.button(
            "Back",
            key=state.widget("import", "back2"),
            on_click=import_state.go,
            args=(2,),
        )
        st.button(
            "Check the list",
            type="primary",
            disabled=now.of("name") is None,
            key=state.widget("import", "to4"),
            on_click=import_state.go,
            args=(4,),
        )
    if now.of("name") is None:
        st.caption("Say which column holds the name of a project.")
    return now


def _profile_choice(sent: Upload, read: Table, known: dict[str, Profile]) -> None:
    names = ["", *known]
    now = import_state.profile_name()
    fits = importing.fitting(read, known)
    key = state.widget("import", "profile", f"{sent.digest}.{now}")

    def use() -> None:
        name = str(st.session_state[key])
        import_state.use_profile(name, known.get(name))

    st.selectbox(
        "Match by",
        names,
        index=names.index(now) if now in names else 0,
        format_func=lambda each: _profile_words(each, known, fits),
        key=key,
        on_change=use,
    )
    if fits and fits != now:
        st.caption(f"This list looks like the profile {plain(fits)}: choose it to match by it.")


def _profile_words(name: str, known: dict[str, Profile], fits: str) -> str:
    if not name:
        return "What the headers say"
    title = known[name].title if name in known else ""
    fit = ", fits this list" if name == fits else ""
    return f"{name}{': ' if title else ''}{cut(title, 60)}{fit}"


def _currency(here: Workspace | None, sent: Upload, now: Mapping) -> None:
    own = here.pool.cluster.currency if here else ""
    told = now.currency or own
    options = sorted({*CURRENCIES, told, own} - {""})
    key = state.widget("import", "currency", f"{sent.digest}.{told}")
    st.selectbox(
        "Amounts are in",
        options,
        index=options.index(told) if told else None,
        placeholder="Choose a currency",
        accept_new_options=True,
        key=key,
        on_change=lambda: import_state.correct(
            Mapping(now.fields, str(st.session_state[key] or "").strip().upper()[:3])
        ),
        width=240,
    )


def _fields(sent: Upload, read: Table, now: Mapping, specs: list[FieldSpec]) -> None:
    with st.grid(3, min_column_width=260) as grid:
        for spec in specs:
            with grid.cell():
                _field(sent, read, now, spec)


def _field(sent: Upload, read: Table, now: Mapping, spec: FieldSpec) -> None:
    """One field: its column, its unit where it is money, and what stands there."""
    entry = now.of(spec.name)
    key = state.widget("import", f"field.{spec.name}", f"{sent.digest}.{hash(entry)}")
    options = [NOT_THERE, *([KEEP] if _is_composed(entry) else []), *read.header]
    current = _current(entry)
    st.selectbox(
        f"{spec.label} (needed)" if spec.required == "yes" else spec.label,
        options,
        index=options.index(current) if current in options else 0,
        format_func=lambda each: _option_words(each, entry),
        help=plain(spec.meaning),
        key=key,
        on_change=lambda: _rematch(now, spec, str(st.session_state[key])),
    )
    if entry is not None and entry.headers and spec.type == "money":
        _multiplier(sent, now, entry)
    if spec.name == "status" and (entry is None or not entry.headers):
        _constant(sent, now, spec, entry)
    shown = importing.examples(read, entry)
    st.caption(
        f"For example: {plain(' · '.join(cut(each, 24) for each in shown))}" if shown else " "
    )


def _is_composed(entry: FieldMap | None) -> bool:
    return entry is not None and len(entry.headers) > 1


def _current(entry: FieldMap | None) -> str:
    if entry is None or not entry.headers:
        return NOT_THERE
    return KEEP if _is_composed(entry) else entry.headers[0]


def _option_words(option: str, entry: FieldMap | None) -> str:
    if option == KEEP and entry is not None:
        return cut(f"first filled of: {', '.join(entry.headers)}", 60)
    return option


def _rematch(now: Mapping, spec: FieldSpec, chosen: str) -> None:
    if chosen == KEEP:
        return
    headers = () if chosen == NOT_THERE else (chosen,)
    separator = ";" if spec.type in ("organizations", "names") else ""
    import_state.correct(now.with_field(FieldMap(spec.name, headers, separator=separator)))


def _multiplier(sent: Upload, now: Mapping, entry: FieldMap) -> None:
    options = list(dict.fromkeys((*_TIMES, entry.multiplier)))
    key = state.widget("import", f"unit.{entry.field}", f"{sent.digest}.{hash(entry)}")
    st.selectbox(
        "in",
        options,
        index=options.index(entry.multiplier),
        format_func=lambda each: _TIMES.get(each, f"times {each:,f}"),
        key=key,
        on_change=lambda: import_state.correct(
            now.with_field(_times(entry, st.session_state[key]))
        ),
    )


def _times(entry: FieldMap, multiplier: Decimal) -> FieldMap:
    return FieldMap(
        entry.field,
        entry.headers,
        entry.constant,
        multiplier,
        entry.values,
        entry.strict,
        entry.separator,
        entry.assumption,
    )


def _constant(sent: Upload, now: Mapping, spec: FieldSpec, entry: FieldMap | None) -> None:
    """What all projects are, where no column says it."""
    values = [choice.value for choice in spec.choices]
    told = entry.constant if entry and entry.constant in values else values[0]
    key = state.widget("import", f"all.{spec.name}", f"{sent.digest}.{told}")
    st.selectbox(
        "All of them are",
        values,
        index=values.index(told),
        key=key,
        on_change=lambda: import_state.correct(
            now.with_field(FieldMap(spec.name, constant=str(st.session_state[key])))
        ),
    )


def _keep_profile(here: Workspace | None, now: Mapping, read: Table) -> None:
    if here is None:
        return
    with (
        st.form("import.keep", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(
            "Keep this matching as",
            max_chars=LONGEST_NAME,
            placeholder="A name for lists of this kind",
            key=state.widget("import", "keep"),
        )
        kept = st.form_submit_button("Keep the matching")
    if not kept:
        return
    if not name.strip():
        st.error("Give the matching a name first.")
        return
    try:
        here.store.save_profile(importing.named(name, now, read.guess), state.who())
    except ClusterfolioError as error:
        st.error(plain(str(error)))
    else:
        st.success(f"Kept as {plain(name.strip())}. Choose it the next time such a list comes.")
