"""Step 4 of an import: what needs a person, what would change, and the import itself."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames, navigation, state
from dashboard.cache import Workspace
from dashboard.components import answer, errors, import_state, tables, work
from dashboard.components.choices import option
from dashboard.components.import_state import Upload
from dashboard.components.markdown import plain
from dashboard.services import bad_rows, importing, new_cluster
from dashboard.services.importing import Checked
from data.codec import fingerprint
from data.importer import ImportPlan, ImportResult, Mapping, Table
from portfolio.errors import ClusterfolioError
from portfolio.wording import count

HERE, NEW = "into", "new"
LONGEST_NAME = 120
_SLOT = "import.check"


def check_and_import(
    here: Workspace | None, sent: Upload, read: Table | None, mapping: Mapping
) -> None:
    """All problems at once, then the import of the good rows, into this cluster or a new one."""
    strict = read is not None and state.recall("import.strict") == "1"
    found = _checked(here, sent, read, mapping, strict)
    if found is None:
        return
    result = found.result
    answer.answer(importing.headline(result), importing.context(result))
    for note in result.notes:
        st.caption(plain(note))
    if result.problems:
        answer.heading(f"{count(len(result.problems), 'cell or row', 'cells or rows')} to look at")
        tables.problem_table(result.problems, key=state.widget("import", "problems"))
        _downloads(result, read)
        if read is not None and (result.unread or strict):
            _strict_toggle(strict)
    elif strict:
        _strict_toggle(strict)
    if not result.projects:
        st.markdown("There is nothing to import. Go back and correct how the list is read.")
        return
    answer.heading("Where it goes")
    _destination(here, sent, found)


def _checked(
    here: Workspace | None, sent: Upload, read: Table | None, mapping: Mapping, strict: bool
) -> Checked | None:
    """The list taken in and compared; None while that runs, or when it failed (which is shown)."""
    told = fingerprint((mapping, import_state.told()))
    key = ("checked", sent.digest, told, here.key if here else None, strict)
    kept = cache.of_file(key, lambda: None)
    if kept is not None:
        return kept
    pool = here.pool if here else None

    def look() -> Checked:
        found = importing.check(sent.content, read, mapping, pool)
        if not strict or read is None:
            return found
        bad = bad_rows.numbers_of(read, found.result.unread)
        return importing.check(sent.content, bad_rows.without(read, bad), mapping, pool)

    job = work.start(_SLOT, key, lambda report, cancel: look(), first=True)
    if work.failed(job):
        return None
    if isinstance(job.result, Checked):
        found = job.result
        return cache.of_file(key, lambda: found)
    if not job.finished:
        work.progress(_SLOT, lambda _: "Reading every row of the list.", lambda _: None)
    return None


def _strict_toggle(strict: bool) -> None:
    key = state.widget("import", "strict")
    st.toggle(
        "Leave out every row with a cell that could not be read",
        value=strict,
        key=key,
        on_change=lambda: state.remember("import.strict", "1" if st.session_state[key] else ""),
    )


def _downloads(result: ImportResult, read: Table | None) -> None:
    with st.container(horizontal=True):
        bad = () if read is None else bad_rows.numbers_of(read, result.problems)
        if read is not None and bad:
            st.download_button(
                f"Download the {count(len(bad), 'row')} to correct",
                lambda: bad_rows.to_correct(read, result.problems),
                file_name="rows-to-correct.csv",
                mime="text/csv",
                on_click="ignore",
                key=state.widget("import", "bad"),
            )
        st.download_button(
            "Download the report",
            lambda: bad_rows.report(result.problems),
            file_name="import-report.csv",
            mime="text/csv",
            on_click="ignore",
            key=state.widget("import", "report"),
        )


def _destination(here: Workspace | None, sent: Upload, found: Checked) -> None:
    """This cluster, with what would change in it, or a new one.

    A list that has nothing to do with the cluster shown would only be mixed into it by mistake.
    """
    words = {NEW: "A new cluster"}
    if here is not None:
        words = {HERE: here.pool.cluster.name, **words}
    plan, asks = found.plan, found.result.scenario is not None
    here_first = here and plan and not asks and importing.belongs(plan, here.pool)
    chosen = st.segmented_control(
        "Import into",
        list(words),
        default=HERE if here_first else NEW,
        required=True,
        format_func=lambda each: option(words.get(str(each), "")),
        key=state.widget("import", "where"),
    )
    if chosen == HERE and here is not None:
        _into_this(here, found)
    else:
        _into_new(sent, found)


def _into_this(here: Workspace, found: Checked) -> None:
    plan = found.plan
    if plan is None:
        st.markdown(f"It cannot go there. {plain(found.obstacle)}")
        return
    st.markdown(f"**{importing.plan_words(plan)}**")
    _differences(plan)
    if _buttons(importing.plan_label(plan), disabled=not plan.writes):
        _import_here(here, plan)


def _differences(plan: ImportPlan) -> None:
    """What is new, changed and gone, before anything is written."""
    for name, of, frame in (
        ("New", "projects", frames.named(plan.new)),
        ("Changed", "projects", frames.changed(plan.changed)),
        ("Stored, not in the list", "projects", frames.named(plan.gone)),
        ("New", "organizations", frames.named(plan.new_organizations, "Organization")),
        (
            "Changed",
            "organizations",
            frames.changed(plan.changed_organizations, "Organization"),
        ),
    ):
        if len(frame):
            title = name if of == "projects" else f"{name} {of}"
            with st.expander(f"{title} ({len(frame):,})"):
                tables.table(frame, key=state.widget("import", title.lower()), alt=f"{name} {of}")


def _into_new(sent: Upload, found: Checked) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name of the new cluster",
            value=sent.name.rsplit(".", 1)[0][:LONGEST_NAME],
            max_chars=LONGEST_NAME,
            key=state.widget("import", "name"),
        )
        periods = st.selectbox(
            "Money is planned by",
            list(new_cluster.PERIODS),
            key=state.widget("import", "periods"),
            width=200,
        )
    if found.result.scenario is not None:
        st.caption("The list asks a question of its own: its budget becomes the cluster's.")
    number = count(len(found.result.projects), "project")
    if _buttons(f"Import the {number} into a new cluster", disabled=not name.strip()):
        _import_new(sent, found.result, name, periods)


def _buttons(label: str, *, disabled: bool) -> bool:
    """Back, none, and the import itself; whether that is wanted."""
    with st.container(horizontal=True):
        st.button("Back", key=state.widget("import", "back3"), on_click=import_state.go, args=(3,))
        none = st.button("Import nothing", key=state.widget("import", "none"))
        wanted = st.button(
            label, type="primary", disabled=disabled, key=state.widget("import", "go")
        )
    if none:
        _leave()
    return wanted


def _leave() -> None:
    import_state.forget()
    navigation.go("Projects")


def _import_here(here: Workspace, plan: ImportPlan) -> None:
    try:
        change = here.store.apply_import(here.cluster_id, plan, state.who())
    except ClusterfolioError as error:
        errors.show(error)
        return
    state.flash(f"Imported {importing.taken_words(plan)}.", undo=str(change or ""))
    _leave()


def _import_new(sent: Upload, result: ImportResult, name: str, periods: str) -> None:
    store = cache.store()
    try:
        taken = {cluster.id for cluster in store.clusters()}
        pool, notes = new_cluster.cluster_from(result, sent.name, name, periods, taken)
        store.create_cluster(pool, state.who())
    except ClusterfolioError as error:
        errors.show(error)
        return
    state.choose_cluster(pool.cluster.id)
    holds = f"{pool.cluster.name} holds {count(len(pool.projects), 'project')} now."
    state.flash(" ".join((holds, *notes)))
    _leave()
