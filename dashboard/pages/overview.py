"""Overview: what needs a decision today."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, navigation, state
from dashboard.cache import Workspace
from dashboard.components import answer, page, solving
from dashboard.components.markdown import italic, plain
from dashboard.components.shares_panel import shares_panel
from dashboard.services import decisions, overview, slipping, words
from dashboard.services.overview import Known, Waiting
from dashboard.services.present import present

MOST = 5
CHANGES = 6
ICONS = {
    "urgent": ":red[:material/error:]",
    "open": ":orange[:material/balance:]",
    "quiet": ":gray[:material/info:]",
}


def main() -> None:
    """The answer, four figures, what waits, theme shares, and what changed."""
    here = page.begin("What needs a decision today")
    if not here.pool.projects:
        page.no_proposals()
        return
    sentence = st.container()
    figures = st.container()
    found = None
    if here.pool.candidates:
        found = solving.best_mix(here, here.pool.scenario, slot="overview")
    on = present(here.pool)
    known = Known(
        pool=here.pool,
        on=on,
        slips=cache.remember(("slips", here.key, on), lambda: slipping.slips(here.pool, on)),
        latest=decisions.latest(here.store, here.cluster_id),
        answered=found.answered if found else None,
    )
    items = cache.remember(
        ("waiting", here.key, on, _print(known), found.key if found else None),
        lambda: overview.waiting(known, italic, plain),
    )
    with sentence:
        answer.answer(overview.headline(known, items), overview.context(known))
    with figures:
        answer.figures([answer.Figure(n.label, n.value, n.note) for n in overview.numbers(known)])
    _waiting(items)
    if found is None or not found.answered.selection.spend:
        _changes(here, known)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        shares_panel(found.answered, found.key)
    with right:
        _changes(here, known)


def _print(known: Known) -> str:
    return known.latest.fingerprint if known.latest else ""


def _waiting(items: tuple[Waiting, ...]) -> None:
    if not items:
        return
    answer.heading("Waiting for a decision")
    everything = state.recall("overview.all") == "yes"
    shown = items if everything else items[:MOST]
    for k, item in enumerate(shown):
        with (
            st.container(border=True, key=f"overview.item.{item.key}"),
        ):
            text, action = st.columns([4, 1], gap="medium", vertical_alignment="center")
            with text:
                st.markdown(
                    f"{ICONS[item.weight]} **{item.headline}**  \n{item.evidence} {item.due}".strip()
                )
            with action:
                _open(item, primary=k == 0)
    if len(items) > len(shown):
        st.button(
            f"Show {len(items) - len(shown)} more",
            key="overview.more",
            type="tertiary",
            on_click=state.remember,
            args=("overview.all", "yes"),
        )


def _open(item: Waiting, primary: bool) -> None:
    if navigation.has(item.screen) and st.button(
        item.button,
        key=f"overview.open.{item.key}",
        type="primary" if primary else "secondary",
        width="stretch",
    ):
        if item.project:
            state.share(project=item.project)
        navigation.go(item.screen)


def _changes(here: Workspace, known: Known) -> None:
    answer.heading("Latest changes")
    entries = here.store.changes(here.cluster_id, CHANGES)
    if not entries:
        st.markdown("Nothing has changed yet.")
        return
    st.markdown(
        "\n".join(
            f"- **{words.recent_day(entry.at.date(), known.on)}** · {plain(entry.sentence)}"
            for entry in entries
        )
    )
    st.caption(f"Figures of {words.day(known.on)}.")


main()
