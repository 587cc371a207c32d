"""Projects: what is on the table, and is it complete."""

from __future__ import annotations

from dashboard import cache
from dashboard.components import answer, page
from dashboard.components.conflict_panel import conflict_panel
from dashboard.components.markdown import plain
from dashboard.components.project_add import add_project
from dashboard.components.project_exports import take_in_and_out, template_button
from dashboard.components.project_sheet import project_sheet
from dashboard.components.project_table import project_table
from dashboard.services import project_list


def main() -> None:
    """The answer, what needs an answer of the visitor, the list, and the ways in and out."""
    answer.title("What is on the table")
    here = cache.workspace()
    if here is None or not here.pool.projects:
        answer.answer(
            "No proposals yet.", "Import a list, or fill in the template and import that."
        )
        page.to_screen("Import", "Import a list…", primary=True)
        template_button(here)
        if here is not None:
            add_project(here)
        return
    answer.answer(project_list.headline(here.pool), plain(project_list.context(here.pool)))
    conflict_panel(here)
    project_table(here)
    take_in_and_out(here)
    add_project(here)
    project_sheet(here)


main()
