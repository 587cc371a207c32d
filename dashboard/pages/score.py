"""Score: where do we agree, what is each score made of, and one's own scores."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, state
from dashboard.cache import Workspace
from dashboard.components import answer, page
from dashboard.components.agreement_panel import agreement_panel
from dashboard.components.choices import one_of
from dashboard.components.give_scores import give_scores
from dashboard.components.markdown import plain
from dashboard.components.parts_panel import parts_panel, say
from dashboard.components.scorecard_panel import scorecard_panel
from dashboard.components.weights_sidebar import weights
from dashboard.services import agreement
from dashboard.services.four_parts import four_parts

AGREE, GIVE, PARTS = "Where we agree", "Give my scores", "Four parts"


def main() -> None:
    """One of three views, chosen at the top and part of the address."""
    here = page.begin("Where do we agree")
    if not here.pool.candidates:
        page.no_proposals()
        return
    view = one_of(
        "View", [AGREE, GIVE, PARTS], key=state.widget("score", "view"), default=AGREE, hidden=True
    )
    if view == GIVE:
        give_scores(here)
    elif view == PARTS:
        found = cache.remember(("four parts", here.key), lambda: four_parts(here.pool))
        say(found)
        parts_panel(here, found)
    else:
        _agree(here)


def _agree(here: Workspace) -> None:
    says = st.container()
    tried = weights(here)
    swings = None if tried is None else tuple(sorted(tried.items()))
    found = cache.remember(
        ("agreement", here.key, swings), lambda: agreement.agreement(here.pool, tried)
    )
    with says:
        answer.answer(agreement.headline(found, plain), agreement.context(found))
    agreement_panel(here, found)
    if here.pool.criteria:
        scorecard_panel(here, found)


main()
