"""Why not mine: one proposal that is out, and every way in, for its sponsor to read and to print."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import optimizer
from dashboard import navigation, state
from dashboard.cache import Workspace
from dashboard.components import answer, page, patience, solving, work
from dashboard.components.asking import current, show_notes
from dashboard.components.barred import barred
from dashboard.components.markdown import cut, italic, plain
from dashboard.components.solving import Found
from dashboard.components.sought import sought
from dashboard.services import mix, why_not
from dashboard.services.eligible import HEADLINE, not_eligible
from dashboard.services.present import present
from dashboard.services.why import why
from dashboard.services.why_not import Way
from dashboard.services.why_not_letter import letter
from dashboard.services.words import Mark, day
from optimizer import Explanation, Options, WhyNot
from portfolio.errors import InputError
from portfolio.wording import listed

PAGE = "why_not"
TITLE = "Why not mine?"
PATIENCE = 120.0
"""Seconds for all ways in together, at first."""


def main() -> None:
    """The question of one proposal, answered; then a way to ask it of another."""
    here = page.begin(TITLE)
    if not here.pool.candidates:
        page.no_proposals()
        return
    asked = current(here)
    show_notes(asked)
    found = solving.best_mix(here, asked.scenario, slot="why_not.mix")
    if found is None:
        return
    solving.say_old(found)
    if not found.answered.selection.status.has_mix:
        answer.answer(plain(mix.headline(found.answered)), plain(mix.context(found.answered)))
        page.to_screen("Mix", "See it in Mix", primary=True)
        return
    ids = [one.id for one in here.pool.candidates]
    project = state.shared(state.PROJECT)
    if project in ids:
        _one(here, found, project)
    else:
        answer.answer("Pick a proposal.", "Then read what would bring it into the mix.")
    _pick(here, found, project)


def _one(here: Workspace, found: Found, project: str) -> None:
    explanation, told = _explanation(found, project), _routes(here, found, project)
    name = here.pool.project(project).name or project
    if explanation is None or told is None:
        answer.answer(f"{plain(name)}: the ways in are being worked out.")
        return
    answer.answer(why_not.headline(here.pool, told, italic))
    st.markdown(" ".join(_sentences(here, found, explanation, italic)))
    barred(here.pool, found.answered.scenario, here.pool.project(project))
    solving.certainty(found, "why_not.mix")
    ways = why_not.ways(here.pool, found.answered.scenario, told, italic)
    most = len(told.cheapest)
    if ways:
        _ways("The cheapest way in" if most == 1 else "The cheapest ways in", ways[:most])
        st.caption(why_not.RANKED)
    if ways[most:]:
        _ways("Other ways in", ways[most:])
    _rest(here, found, told)
    _share(here, found, told, explanation)


def _sentences(here: Workspace, found: Found, explanation: Explanation, mark: Mark) -> list[str]:
    """What putting it in would cost, and the rules that shut it out where no mix can hold it."""
    scenario = found.answered.scenario
    said = why(here.pool, scenario, explanation, mark)
    rules = () if explanation.inside else explanation.clash
    shut = why_not.shut(here.pool, scenario, rules, mark)
    return [part for part in (said.bold, said.sentence, shut) if part]


def _ways(words: str, ways: Sequence[Way]) -> None:
    answer.heading(words)
    for one in ways:
        with st.container(border=True):
            st.markdown(f"**{one.bold}**  \n{one.follows}  \n{why_not.small(one)}")


def _rest(here: Workspace, found: Found, told: WhyNot) -> None:
    """What does not help, and what was not settled in time."""
    scenario = found.answered.scenario
    useless = why_not.helpless(here.pool, scenario, told, italic)
    if useless:
        with st.expander("What alone does not help, however far it goes"):
            st.markdown("\n".join(f"- {one}" for one in useless))
    open_ = why_not.undecided(here.pool, scenario, told, italic)
    if open_ or not all(route.exact for route in told.routes):
        words = f"Not settled in time: {listed(open_, most=len(open_))}." if open_ else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            if words:
                st.markdown(words, width="content")
            st.button(
                "Look longer",
                key=f"{PAGE}.longer",
                on_click=_look_longer,
                args=(_key(found, told.project),),
            )


def _share(here: Workspace, found: Found, told: WhyNot, explanation: Explanation) -> None:
    """How to hand this page on."""
    name = here.pool.project(told.project).name or told.project
    today = day(present(here.pool))
    st.caption(
        "The address of this page opens it again as it is. To hand it to somebody outside, print "
        "it or send the file."
    )
    st.download_button(
        "Download to send",
        lambda: letter(
            f"{TITLE} {name}",
            why_not.headline(here.pool, told, str),
            [*_sentences(here, found, explanation, str), *_barriers(here, found, told.project)],
            why_not.ways(here.pool, found.answered.scenario, told, str),
            len(told.cheapest),
            f"{here.pool.cluster.name}, {today}. {mix.certainty(found.answered)}.",
        ),
        file_name="why-not-mine.html",
        mime="text/html",
        key=f"{PAGE}.download",
        on_click="ignore",
        icon=":material/download:",
    )


def _barriers(here: Workspace, found: Found, project: str) -> list[str]:
    """What makes a proposal ineligible, for a letter."""
    against = not_eligible(here.pool, found.answered.scenario, here.pool.project(project))
    return [HEADLINE, *(told.line for told in against)] if against else []


def _pick(here: Workspace, found: Found, project: str) -> None:
    """Another proposal that is out; and the way back."""
    inside = found.answered.inside
    out = sorted(
        (one for one in here.pool.candidates if one.id not in inside),
        key=lambda one: ((one.name or one.id).casefold(), one.id),
    )
    names = {one.id: cut(one.name or one.id) for one in out}
    if project and project not in names and project in inside:
        names[project] = cut(here.pool.project(project).name or project)
    ids = list(names)
    picked = st.selectbox(
        "Another proposal",
        ids,
        index=ids.index(project) if project in names else None,
        format_func=names.__getitem__,
        placeholder="Pick a proposal",
        key=state.widget(PAGE, "pick", f"{here.cluster_id}.{project}"),
    )
    if picked is not None and picked != project:
        state.share(project=picked)
        st.rerun()
    if st.button("Back to the mix", key=f"{PAGE}.back", type="tertiary"):
        navigation.go("Mix")


def _explanation(found: Found, project: str) -> Explanation | None:
    """Why it is out, without the ways in."""
    answered = found.answered
    return sought(
        "why_not.why",
        ("why_not.why", found.key, project),
        Explanation,
        lambda report, cancel: optimizer.explain_project(
            answered.pool,
            answered.scenario,
            answered.selection,
            project,
            Options(time_limit=PATIENCE),
            money=False,
            progress=report,
            cancel=cancel,
        ),
        lambda _: "Asking the question again with it.",
        lambda told, job: told.proven and not job.cancelled.is_set(),
    )


def _key(found: Found, project: str) -> tuple[object, ...]:
    return ("why_not", found.key, project)


def _routes(here: Workspace, found: Found, project: str) -> WhyNot | None:
    answered, key = found.answered, _key(found, project)
    seconds = patience.seconds(PAGE, key, PATIENCE)
    return sought(
        PAGE,
        (*key, seconds),
        WhyNot,
        lambda report, cancel: optimizer.why_not(
            answered.pool,
            answered.scenario,
            answered.selection,
            project,
            Options(time_limit=seconds),
            progress=report,
            cancel=cancel,
        ),
        _progress_words,
        lambda told, job: not told.undecided and not job.cancelled.is_set(),
    )


def _progress_words(progress: object) -> str:
    if isinstance(progress, optimizer.Progress) and progress.of:
        return f"Looked at {progress.done} of {progress.of} things that could change."
    return "Looking at what could change."


def _look_longer(key: tuple[object, ...]) -> None:
    patience.look_longer(PAGE, key, PATIENCE)
    work.again(PAGE)


try:
    main()
except InputError as error:
    st.error("\n".join(f"- {plain(str(problem))}" for problem in error.problems))
