"""Why a proposal is not eligible, and the smallest change that would make it so, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.services.chosen import clause
from dashboard.services.rule_forms import said
from portfolio.funding.barriers import barriers
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario, all_rules

HEADLINE = "Not eligible: no mix can hold it as it stands."


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that a proposal misses by itself: its sentence, why, and what would be enough."""

    rule: str
    sentence: str
    why: str
    change: str

    @property
    def line(self) -> str:
        """All of it in one line. Names stand in it as typed: escape where Markdown is read."""
        return f"{self.sentence}: {self.why}; {self.change}."


def not_eligible(pool: Pool, scenario: Scenario, project: Project) -> tuple[Told, ...]:
    """What stands against a proposal whatever else a mix holds; empty for one that is eligible."""
    if project.status is not ProjectStatus.PROPOSAL or not project.cost_known:
        return ()
    rules = {rule.id: rule for rule in all_rules(scenario)}
    return tuple(
        Told(
            found.rule,
            said(rules[found.rule], pool, scenario),
            ", ".join(filter(None, (clause(pool, found.choice), found.why))),
            found.change,
        )
        for found in barriers(pool, scenario, project)
    )
