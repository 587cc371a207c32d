"""Step 1 of an import: choose a file, or take the template and come back."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import answer, import_state
from dashboard.components.project_exports import template_button
from dashboard.services import importing
from dashboard.services.importing import FILE_TYPES, MOST_MEGABYTES
from portfolio.errors import InputError


def choose_file(here: Workspace | None) -> None:
    """The uploader; a file that arrives opens the next step."""
    answer.answer(
        "Choose a list of projects: CSV, Excel or Pabulib.",
        "It is read, shown and checked; nothing is written before the last step.",
    )
    key = state.widget("import", "file")
    sent = st.file_uploader(
        "The list",
        type=list(FILE_TYPES),
        max_upload_size=MOST_MEGABYTES,
        help=f"At most {MOST_MEGABYTES} MB.",
        key=key,
        on_change=_take,
        args=(here, key),
    )
    before = import_state.upload()
    if sent is None and before is not None:
        st.button(
            "Go on with the file from before",
            key=state.widget("import", "before"),
            on_click=import_state.go,
            args=(2,),
        )
    st.caption(
        "A row or a column for each project, a line with headers above or beside them. The "
        "template has every field, with drop-downs and a guide."
    )
    template_button(here, "import")


def _take(here: Workspace | None, key: str) -> None:
    sent = st.session_state[key]
    if sent is None:
        return
    import_state.take(sent.name, sent.getvalue())
    fresh = import_state.upload()
    if fresh is None or importing.asks_itself(fresh.content):
        return
    known = importing.profiles(here.store.profiles() if here else ())
    try:
        fits = importing.fitting(import_state.table(fresh), known)
    except InputError:
        return  # the next step shows what is wrong, and lets it be corrected
    if fits:
        import_state.use_profile(fits, known[fits])
