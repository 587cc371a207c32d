"""Import: will my table be understood? Four steps, and nothing is written before the last."""

from __future__ import annotations

from dashboard import cache
from dashboard.components import answer, import_state
from dashboard.components.import_check import check_and_import
from dashboard.components.import_columns import match_columns
from dashboard.components.import_file import choose_file
from dashboard.components.import_table import look_at_table
from dashboard.services import importing
from data.importer import Mapping


def main() -> None:
    """One step at a time."""
    answer.title("Import a list")
    here = cache.workspace()
    sent = import_state.upload()
    step = import_state.step() if sent else 1
    if sent is not None:
        import_state.breadcrumb()
    if sent is None or step == 1:
        choose_file(here)
        return
    if importing.asks_itself(sent.content):
        check_and_import(here, sent, None, Mapping())
    elif step == 2:
        look_at_table(sent)
    else:
        read = import_state.table(sent)
        if step == 3:
            match_columns(here, sent, read)
        else:
            known = importing.profiles(here.store.profiles() if here else ())
            check_and_import(here, sent, read, import_state.mapping(read, known))


main()
