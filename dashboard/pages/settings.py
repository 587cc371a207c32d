"""Settings: what are our rules and funders, and by what do we judge."""

from __future__ import annotations

from dashboard import cache, state
from dashboard.components import answer, settings_draft
from dashboard.components.choices import one_of
from dashboard.components.cluster_settings import cluster_settings, new_cluster_form
from dashboard.components.criteria_settings import criteria_settings
from dashboard.components.funders import funders
from dashboard.components.log_panel import log_panel
from dashboard.components.rules_list import rules_list
from dashboard.services import settings_words

RULES, FUNDERS, CRITERIA, CLUSTER, LOG = "Rules", "Funders", "Criteria", "Cluster", "Changes"


def main() -> None:
    """One of five views; changes of rules and funders wait in a draft above them."""
    answer.title("Our rules and funders")
    here = cache.workspace()
    if here is None:
        answer.answer("There is no cluster yet.", "Add one, or import a list into a new one.")
        new_cluster_form()
        return
    decided = len(here.store.decisions(here.cluster_id))
    answer.answer(
        settings_words.headline(here.pool, here.pool.scenario), settings_words.context(decided)
    )
    view = one_of(
        "View",
        [RULES, FUNDERS, CRITERIA, CLUSTER, LOG],
        key=state.widget("settings", "view"),
        default=RULES,
        hidden=True,
    )
    settings_draft.panel(here)
    match view:
        case "Funders":
            funders(here)
        case "Criteria":
            criteria_settings(here)
        case "Cluster":
            cluster_settings(here)
        case "Changes":
            log_panel(here)
        case _:
            rules_list(here)


main()
