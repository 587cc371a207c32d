"""Random pools and questions for Hypothesis: small, knotty, full of ties and tight limits.

Amounts come from short lists on purpose, so that equal worths, equal costs, projects that cost
nothing or are worth less than nothing, and limits met to the cent turn up all the time. Each
project, source and rule is a function of one number: so cases spread evenly over what there is,
and Hypothesis shrinks a failing one by leaving projects and rules out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    AtMostOf,
    Capacity,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole, Member, Organization
from portfolio.pool import Pool
from portfolio.project import CashYear, Project, ProjectStatus, ResourceNeed, Scope, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.units import Calendar

START = date(2027, 1, 1)
# Ids whose order as text is not the order in which they are made: P10 comes before P2.
IDS = tuple(f"P{k}" for k in range(1, 16))
SOURCES = ("city", "bank", "state")
THEMES = ("ports", "wind", "")
LEADS = ("acme", "uni", "agency", "")
ORGANIZATIONS = (
    Organization("acme", "Acme", HelixRole.BUSINESS),
    Organization("uni", "University", HelixRole.ACADEMIA),
    Organization("agency", "Agency", HelixRole.PUBLIC),
)
MEMBERS = (Member("m1", "Ada"), Member("m2", "Bo"))
CRITERIA = (
    Criterion("fit", "Fit", 100, (Anchor(0, 0), Anchor(10, 100))),
    Criterion("reach", "Reach", 60, (Anchor(0, 0), Anchor(10, 100))),
)
CHANCES = (None, 0.1, 0.3, 0.4, 0.5, 0.7, 0.9, 1.0)
GRANTS = (0, 100, 200, 300, 300, 500, 700, 1099, 1250, 2001)
BENEFITS = (None, -2.0, 0.0, 1.0, 1.0, 2.0, 3.0, 3.5, 5.0, 8.25, 13.0)
PAYOFFS = (500, 1000, 1001, 2500, 4000, 9000)
DAYS = (None, date(2026, 5, 1), START, date(2027, 8, 15), date(2028, 2, 1), date(2030, 1, 1))
# The day asked about, and rules whose first or last day it is.
TODAY = date(2027, 3, 1)
FORCE: tuple[dict[str, Any], ...] = (
    *({},) * 6,
    {"valid_from": TODAY},
    {"valid_to": TODAY},
    {"valid_from": date(2027, 3, 2)},
    {"valid_to": date(2027, 2, 28)},
    {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 6, 30)},
)
SHARES = tuple(map(Decimal, ("0", "0.1", "0.25", "0.3333", "0.5", "0.6", "0.9", "1")))
AMOUNTS = {
    "money share": SHARES,
    "project share": SHARES,
    "money": tuple(map(Decimal, (0, 300, 1000, 2500, 5000))),
    "projects": tuple(map(Decimal, (0, 1, 2, 3, 5))),
}
VALUES = {
    "all": ("all",),
    "theme": ("ports", "wind", "not known", "sail", "*"),
    "scope": ("cluster-wide", "hot spot", "not known", "*"),
    "horizon": ("quick win", "medium", "long", "not known", "*"),
    "risk": ("high", "medium", "low", "not known", "*"),
    "region": ("north", "south", "*"),
    "international": ("yes", "no", "*"),
    "newcomer": ("yes", "no", "*"),
    "lead": ("acme", "uni", "not known", "*"),
    "leader": ("Kim", "Lee", "*"),
    "rating": ("green", "red", "*"),
}
KINDS = ("capacity", "limit", "limit", "limit", "must", "must not", "requires", "at most of")
SEEDS = st.integers(0, 2**32 - 1)


def some_project(seed: int, project_id: str) -> Project:
    """The project that a number stands for."""
    draw = Random(seed)
    grant = draw.choice(GRANTS)
    low, likely, high = sorted(draw.choices(PAYOFFS, k=3))
    years = draw.choices((-300, 100, 400, 900), k=draw.randint(0, 3))
    return Project(
        id=project_id,
        name=f"Project {project_id}",
        cost=grant + draw.choice((0, 0, 50, 400)),
        grant=grant,
        lead=draw.choice(LEADS),
        leader=draw.choice(("Kim", "Lee", "")),
        theme=draw.choice(THEMES),
        scope=draw.choice((Scope.CLUSTER_WIDE, Scope.HOT_SPOT, None)),
        region=draw.choice(("north", "south", "")),
        international=draw.random() < 0.5,
        newcomer=draw.random() < 0.5,
        payoff=ThreePoint(low, likely, high) if draw.random() < 0.9 else None,
        launch_cost=draw.choice((0, 0, 100, 333)),
        p_technical=draw.choice(CHANCES),
        p_commercial=draw.choice(CHANCES),
        cash=tuple(CashYear(t, a, draw.choice((1.0, 0.6, 0.25))) for t, a in enumerate(years)),
        benefit=draw.choice(BENEFITS),
        months_to_payoff=draw.choice((None, 6, 12, 13, 36, 37)),
        start=draw.choice(DAYS),
        end=draw.choice(DAYS),
        spend=draw.choice(((), (), (1,), (3, 1), (0, 2, 5), (1, 1, 1, 1, 1, 1))),
        resources=tuple(
            ResourceNeed(name, draw.choice((Decimal(1), Decimal("2.5"), Decimal(7))))
            for name in draw.choice(((), ("staff",), ("staff", "ships")))
        ),
        sources=draw.choice(((), (), (), ("city",), ("bank", "state"))),
        rating=draw.choice(("green", "red", "")),
    )


def some_source(seed: int, name: str, periods: int) -> Source:
    """The envelope that a number stands for; some are empty, some pay only for some projects."""
    draw = Random(seed)
    return Source(
        name,
        name.title(),
        tuple(draw.choices((0, 100, 300, 1250, 2600, 4000), k=periods)),
        carry_over=draw.random() < 0.5,
        themes=draw.choice(((), (), ("ports",), ("ports", "wind"))),
        scopes=draw.choice(((), (), (Scope.HOT_SPOT,))),
        lead_roles=draw.choice(((), (), (HelixRole.BUSINESS,))),
    )


def some_rule(seed: int, pool: Pool, name: str) -> Rule:
    """The rule that a number stands for, over the candidates of a pool; now and then over another."""
    draw = Random(seed)
    ids = [project.id for project in pool.candidates]
    common = {"id": name, **draw.choice(FORCE)}
    kind = draw.choice(KINDS if ids else KINDS[:4])
    some = draw.sample(ids, min(len(ids), draw.randint(1, 4)))
    beside = sorted({project.id for project in pool.projects} - set(ids))
    stranger = [draw.choice(beside)] if beside and draw.random() < 0.4 else []
    match kind:
        case "capacity":
            count = draw.choice((1, pool.cluster.calendar.count))
            choices = ("0", "2.5", "5", "10.25", "3.5") if count == 1 else ("1.25", "2.5", "7")
            amounts = tuple(map(Decimal, draw.choices(choices, k=count)))
            return Capacity(resource=draw.choice(("staff", "ships")), amounts=amounts, **common)
        case "limit":
            return _some_limit(draw, common)
        case "must":
            return Must(projects=tuple(some[:2]), **common)
        case "must not":
            return MustNot(projects=(*stranger, *some[:2]), **common)
        case "requires" if len(ids) > 1:
            project, *needs = draw.sample(ids, min(len(ids), draw.randint(2, 3)))
            needs += stranger
            if stranger and draw.random() < 0.2:
                project, needs = stranger[0], [project]
            return Requires(project=project, needs=tuple(needs), **common)
    return AtMostOf(projects=(*some, *stranger), count=draw.randint(0, 3), **common)


def _some_limit(draw: Random, common: dict[str, Any]) -> Limit:
    attribute = draw.choice(sorted(VALUES))
    measure = draw.choice(("money share", "project share", "money", "projects"))
    low, high = sorted(draw.choices(AMOUNTS[measure], k=2))
    which = draw.choice(("low", "high", "high", "both"))
    return Limit(
        attribute=attribute,
        value=draw.choice(VALUES[attribute]),
        measure=measure,
        at_least=None if which == "high" else low,
        at_most=None if which == "low" else high,
        **common,
    )


def some_judgements(seed: int, ids: list[str]) -> tuple[Judgement, ...]:
    """What the members said of these projects, by a number; now and then nothing."""
    draw = Random(seed)
    levels = (None, 0.0, 2.5, 5.0, 5.0, 10.0)
    return tuple(
        Judgement(member.id, i, criterion.id, draw.choice(levels), interest=draw.random() < 0.1)
        for i in ids
        for member in MEMBERS
        for criterion in CRITERIA
        if draw.random() < 0.8
    )


def _seeds(most: int, least: int = 0) -> st.SearchStrategy[list[int]]:
    return st.integers(least, most).flatmap(
        lambda count: st.lists(SEEDS, min_size=count, max_size=count)
    )


@st.composite
def pools(draw: st.DrawFn, most: int = 15, periods: int = 4) -> Pool:
    """A pool of up to `most` candidates in any order, beside projects that are none."""
    seeds = draw(st.one_of(_seeds(most), _seeds(most, most // 2), _seeds(most, most * 2 // 3)))
    shuffle = Random(draw(SEEDS))
    ids = shuffle.sample(IDS, len(seeds))
    projects = [some_project(seed, i) for seed, i in zip(seeds, ids, strict=True)]
    if shuffle.random() < 0.5:
        running = Project("R1", "Under way", 500, 500, status=ProjectStatus.RUNNING, benefit=9.0)
        unpriced = Project("U1", "No cost known", benefit=9.0, cost_known=False)
        ended = Project("C1", "Ended", 500, 500, status=ProjectStatus.CLOSED, benefit=9.0)
        projects += [running, unpriced, ended]
    calendar = Calendar(START, 6, shuffle.randint(1, periods))
    return Pool(
        Cluster("c", "Cluster", "EUR", calendar, discount_rate=shuffle.choice((0.0, 0.035, 0.1))),
        tuple(projects),
        ORGANIZATIONS,
        MEMBERS,
        CRITERIA,
        some_judgements(shuffle.randrange(2**32), ids),
    )


def objectives() -> st.SearchStrategy[Objective]:
    """Every aim, method and degree of caution."""
    return st.builds(
        Objective,
        aim=st.sampled_from(("benefit", "payoff", "score", "blend")),
        method=st.sampled_from(("ecv", "ecv", "rnpv")),
        payoff_weight=st.sampled_from((0.5, 0.0, 0.3, 1.0)),
        caution=st.sampled_from((0.0, 0.5, 1.0)),
    ).map(_without_caution_on_cash)


def _without_caution_on_cash(objective: Objective) -> Objective:
    return replace(objective, caution=0.0) if objective.method == "rnpv" else objective


@st.composite
def questions(
    draw: st.DrawFn, most: int = 15, *, most_rules: int = 4, money: str = "any"
) -> tuple[Pool, Scenario]:
    """A pool and what is asked of it.

    `money`: "total" for a total budget rule alone, "sources" for envelopes alone, "any" for
    either, both or neither.
    """
    pool = draw(pools(most, periods=4 if most <= 10 else 2))
    either = ("total", "sources", "both", "none")
    kind = draw(st.sampled_from(either)) if money == "any" else money
    rules: list[Rule] = []
    if kind in ("total", "both"):
        whole = sum(project.grant for project in pool.candidates)
        eighths = draw(st.integers(0, 9))
        rules.append(TotalBudget(id="budget", limit=whole * eighths // 8))
    envelopes = _seeds(3, least=1) if kind in ("sources", "both") else st.just([])
    sources = tuple(
        some_source(seed, name, pool.cluster.calendar.count)
        for seed, name in zip(draw(envelopes), SOURCES, strict=False)
    )
    rules += [some_rule(s, pool, f"rule-{k}") for k, s in enumerate(draw(_seeds(most_rules)))]
    scenario = Scenario(
        objective=draw(objectives()),
        sources=sources,
        rules=tuple(rules),
        on=draw(st.sampled_from((None, TODAY))),
    )
    ids = [rule.id for rule in rules]
    if sources:
        ids += ["eligibility", *(f"budget:{source.id}" for source in sources)]
    off = draw(st.sampled_from(ids)) if ids and draw(st.integers(0, 3)) == 0 else None
    return pool, replace(scenario, off=(off,) if off else ())
