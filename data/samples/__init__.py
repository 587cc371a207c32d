"""The demo: two fictional clusters and a past decision, committed as JSON and made by `make_demo`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

from data.codec import from_json, pool_from_json
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.selection import Selection

DEMO_FILES = ("halm-maritime.json", "weidenau-food.json")
PAST_DECISION_FILE = "halm-september.json"


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision that comes with the demo. `not_yet` names proposals that arrived after it."""

    title: str
    who: str
    why: str
    at: datetime
    not_yet: tuple[str, ...]
    scenario: Scenario
    selection: Selection


@cache
def demo_pools() -> tuple[Pool, ...]:
    """The demo's clusters as committed, the main one first."""
    return tuple(pool_from_json(_content(name)) for name in DEMO_FILES)


def past_decision() -> tuple[PastDecision, Pool]:
    """What the main cluster's board decided in September, and the pool as it was then."""
    decision = from_json(PastDecision, _content(PAST_DECISION_FILE))
    return decision, as_it_was(demo_pools()[0], decision.at.date(), decision.not_yet)


def as_it_was(pool: Pool, on: date, not_yet: tuple[str, ...]) -> Pool:
    """The pool on an earlier day: without what was reported, reached, handed in or agreed since.

    Other ways to run a proposal and rates of funders were asked for after every day that this is
    meant for; rules came on their first day.
    """

    def earlier(project: Project) -> Project:
        return replace(
            project,
            versions=(),
            least_share=None,
            latest_start=None,
            waiting_loss=Decimal(0),
            first_stage=None,
            reports=tuple(report for report in project.reports if report.on <= on),
            milestones=tuple(
                entry if entry.done is None or entry.done <= on else replace(entry, done=None)
                for entry in project.milestones
            ),
        )

    scenario = replace(
        pool.scenario,
        sources=tuple(replace(source, rates=()) for source in pool.scenario.sources),
        rules=tuple(
            rule
            for rule in pool.scenario.rules
            if rule.valid_from is None or rule.valid_from <= on
        ),
    )
    return replace(
        pool,
        scenario=scenario,
        projects=tuple(earlier(entry) for entry in pool.projects if entry.id not in not_yet),
        judgements=tuple(entry for entry in pool.judgements if entry.project not in not_yet),
    )


def _content(name: str) -> bytes:
    return (files("data.samples") / name).read_bytes()
