"""Which sources may pay for a project, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portfolio.funding.classes import CLASSES, lead_class
from portfolio.funding.rules import CoFunding, Eligibility
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a source may not pay for a project, and what would have to be so.

    Both as clauses, after “because” and after “if”.
    """

    why: str
    remedy: str


def objections(pool: Pool, project: Project, source: Source) -> tuple[Objection, ...]:
    """Why a source may not pay for a project; empty when it may."""
    found = []
    if project.sources and source.id not in project.sources:
        found.append(
            Objection(
                "the project does not name it among its sources",
                "the project named it among its sources",
            )
        )
    if source.themes and project.theme not in source.themes:
        themes = _listed(source.themes)
        found.append(Objection(f"it pays only for {themes}", f"its theme were {themes}"))
    if source.scopes and project.scope not in source.scopes:
        scopes = _listed(tuple(scope.value for scope in source.scopes))
        found.append(Objection(f"it pays only for {scopes}", f"its scope were {scopes}"))
    if source.lead_roles:
        lead = pool.organization(project.lead)
        if lead is None or lead.role not in source.lead_roles:
            roles = _listed(tuple(role.value for role in source.lead_roles))
            found.append(Objection(f"the lead has to be {roles}", f"its lead were {roles}"))
    return tuple(found)


def eligible_sources(pool: Pool, scenario: Scenario) -> dict[str, frozenset[str]]:
    """Ids of the sources that may pay each candidate. With the rule off, all may pay all."""
    everything = frozenset(source.id for source in scenario.sources)
    if not any(isinstance(rule, Eligibility) for rule in active_rules(scenario)):
        return {project.id: everything for project in pool.candidates}
    return {
        project.id: frozenset(
            source.id for source in scenario.sources if not objections(pool, project, source)
        )
        for project in pool.candidates
    }


class Caps:
    """What each source may pay at most of a project as it would run, by its rates."""

    def __init__(self, pool: Pool, scenario: Scenario) -> None:
        self._pool = pool
        on = any(isinstance(rule, CoFunding) for rule in active_rules(scenario))
        self._shares = {
            kind: {
                source.id: Fraction(source.rate(kind))
                for source in scenario.sources
                if source.rate(kind) < 1
            }
            for kind in (CLASSES if on else ())
        }

    def of(self, project: Project) -> dict[str, tuple[int, ...]]:
        """Cents by period and source: the rate times what the cost comes to in the period, rounded up.

        So a grant that is exactly the rate of the cost can be paid, whatever the roundings.
        Sources whose rate reaches the whole cost are left out, for they have no such limit, and so
        are all where the rule is off.
        """
        shares = self._shares.get(lead_class(self._pool, project))
        if not shares:
            return {}
        calendar = self._pool.cluster.calendar
        return dict(zip(shares, project.most_by_period(shares.values(), calendar), strict=True))


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
