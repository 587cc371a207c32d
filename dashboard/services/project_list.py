"""The list of projects: what each lacks, which ones a search asks for, and the answer above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.services import proposals
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scoring.measures import JUDGED
from portfolio.wording import count, listed

NO_THEME = "No theme"
_ORDER = {status: place for place, status in enumerate(ProjectStatus)}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which projects are asked for; empty parts ask for all."""

    text: str = ""
    themes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    incomplete: bool = False


def lacks(pool: Pool, project: Project) -> tuple[str, ...]:
    """What is not known of a project that its stage needs, in a few words each."""
    if project.status is ProjectStatus.CLOSED:
        return () if project.outcome else ("outcome",)
    found = [] if project.cost_known else ["cost"]
    if project.status is ProjectStatus.PROPOSAL:
        found += _worth_lacks(pool, project)
    if project.status is ProjectStatus.RUNNING and not project.reports:
        found.append("report")
    found += [name for name, day in (("start", project.start), ("end", project.end)) if day is None]
    found += [name for name, text in (("theme", project.theme), ("lead", project.lead)) if not text]
    return tuple(found)


def wanted(pool: Pool, asked: Filter) -> tuple[Project, ...]:
    """The projects that a filter asks for: proposals first, then running, then closed, by name."""
    words = asked.text.casefold().split()
    found = (
        project
        for project in pool.projects
        if (not asked.statuses or project.status.value in asked.statuses)
        and (not asked.themes or (project.theme or NO_THEME) in asked.themes)
        and (not asked.incomplete or lacks(pool, project))
        and _says(pool, project, words)
    )
    return tuple(sorted(found, key=lambda p: (_ORDER[p.status], p.name.casefold(), p.id)))


def themes(pool: Pool) -> tuple[str, ...]:
    """The themes there are, in alphabetical order; projects without one come last."""
    names = {project.theme for project in pool.projects}
    return (*sorted(names - {""}), *([NO_THEME] if "" in names else []))


def headline(pool: Pool) -> str:
    """How many proposals can be chosen from, as a sentence."""
    waiting = len(pool.incomplete)
    whole = len(pool.candidates) + waiting
    if not whole:
        return "No proposals yet."
    if not waiting:
        if whole == 1:
            return "The one proposal is ready to choose from."
        return f"All {count(whole, 'proposal')} are ready to choose from."
    lack = "lacks" if waiting == 1 else "lack"
    return (
        f"{len(pool.candidates):,} of {count(whole, 'proposal')} are ready to choose from; "
        f"{waiting:,} {lack} a cost."
    )


def context(pool: Pool) -> str:
    """One plain sentence: what else is missing, and what else is in the list."""
    short = [p for p in pool.candidates if _worth_lacks(pool, p)]
    parts = []
    if short:
        names = listed(sorted({f"a {each}" for p in short for each in _worth_lacks(pool, p)}), "or")
        parts.append(f"{len(short):,} {'lacks' if len(short) == 1 else 'lack'} {names}.")
    others = [
        count(len(group), f"{status.value} project")
        for status, group in (
            (ProjectStatus.RUNNING, pool.running),
            (ProjectStatus.CLOSED, pool.closed),
        )
        if group
    ]
    if others:
        parts.append(f"The list also holds {listed(others)}.")
    return " ".join(parts)


def _worth_lacks(pool: Pool, project: Project) -> list[str]:
    """What is missing to say what a proposal is worth."""
    if project.benefit is not None:
        return []
    judged = any(criterion.measure == JUDGED for criterion in pool.criteria)
    if project.payoff is None and not project.cash:
        return [] if judged and pool.scenario.objective.aim == "score" else ["payoff"]
    return ["chance of success"] if project.p_success is None and not project.cash else []


def _says(pool: Pool, project: Project, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = " ".join(_texts(pool, project)).casefold()
    return all(word in text for word in words)


def _texts(pool: Pool, project: Project) -> Iterable[str]:
    return (
        project.name,
        project.id,
        project.summary,
        project.theme,
        project.technology,
        project.region,
        project.leader,
        proposals.lead_name(pool, project),
    )
