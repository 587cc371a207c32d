"""Random pools and questions for Hypothesis: small, knotty, full of ties and tight limits.

Amounts come from short lists on purpose, so that equal worths, equal costs, projects that cost
nothing or are worth less than nothing, and limits met to the cent turn up all the time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
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
SCOPES = (Scope.CLUSTER_WIDE, Scope.HOT_SPOT, None)
LEADS = ("acme", "uni", "agency", "")
ORGANIZATIONS = (
    Organization("acme", "Acme", HelixRole.BUSINESS),
    Organization("uni", "University", HelixRole.ACADEMIA),
    Organization("agency", "Agency", HelixRole.PUBLIC),
)
MEMBERS = (Member("m1", "Ada"), Member("m2", "Bo"), Member("m3", "Cy"))
CRITERIA = (
    Criterion("fit", "Fit", 100, (Anchor(0, 0), Anchor(10, 100))),
    Criterion("reach", "Reach", 60, (Anchor(0, 0), Anchor(10, 100))),
)
CHANCES = (None, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
GRANTS = (0, 100, 200, 300, 300, 500, 700, 1099, 1250, 2001)
BENEFITS = (None, -2.0, 0.0, 1.0, 1.0, 2.0, 3.0, 3.5, 5.0, 8.25, 13.0)
PAYOFFS = (0, 100, 500, 1000, 1001, 2500, 4000)
SHARES = tuple(Decimal(text) for text in ("0", "0.1", "0.25", "0.3333", "0.5", "0.6", "0.9", "1"))
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
ROW_KINDS = ("capacity", "limit", "must", "must not", "requires", "at most of")


def _days() -> st.SearchStrategy[date | None]:
    return st.sampled_from(
        (None, date(2026, 5, 1), START, date(2027, 8, 15), date(2028, 2, 1), date(2030, 1, 1))
    )


@st.composite
def _project(draw: st.DrawFn, project_id: str) -> Project:
    grant = draw(st.sampled_from(GRANTS))
    points = sorted(draw(st.tuples(*[st.sampled_from(PAYOFFS)] * 3)))
    known = draw(st.integers(0, 9)) > 0
    year_amounts = draw(st.lists(st.sampled_from((-300, 100, 400, 900)), max_size=3))
    return Project(
        id=project_id,
        name=f"Project {project_id}",
        cost=grant + draw(st.sampled_from((0, 0, 50, 400))),
        grant=grant,
        status=ProjectStatus.PROPOSAL,
        lead=draw(st.sampled_from(LEADS)),
        leader=draw(st.sampled_from(("Kim", "Lee", ""))),
        theme=draw(st.sampled_from(THEMES)),
        scope=draw(st.sampled_from(SCOPES)),
        region=draw(st.sampled_from(("north", "south", ""))),
        international=draw(st.booleans()),
        newcomer=draw(st.booleans()),
        payoff=ThreePoint(*points) if known else None,
        launch_cost=draw(st.sampled_from((0, 0, 100, 333))),
        p_technical=draw(st.sampled_from(CHANCES)),
        p_commercial=draw(st.sampled_from(CHANCES)),
        cash=tuple(
            CashYear(year, amount, draw(st.sampled_from((1.0, 0.6, 0.25))))
            for year, amount in enumerate(year_amounts)
        ),
        benefit=draw(st.sampled_from(BENEFITS)),
        months_to_payoff=draw(st.sampled_from((None, 6, 12, 13, 36, 48))),
        start=draw(_days()),
        end=draw(_days()),
        spend=tuple(draw(st.sampled_from(((), (), (1,), (3, 1), (0, 2, 5), (1, 1, 1, 1, 1, 1))))),
        resources=tuple(
            ResourceNeed(name, draw(st.sampled_from((Decimal(1), Decimal("2.5"), Decimal(7)))))
            for name in draw(st.sampled_from(((), ("staff",), ("staff", "ships"))))
        ),
        sources=draw(st.sampled_from(((), (), (), ("city",), ("bank", "state")))),
        rating=draw(st.sampled_from(("green", "red", ""))),
    )


@st.composite
def pools(draw: st.DrawFn, most: int = 15, periods: int = 4) -> Pool:
    """A pool of up to `most` proposals, in any order, with a running project beside them."""
    count = draw(st.integers(0, most))
    ids = draw(st.permutations(IDS))[:count]
    projects = [draw(_project(i)) for i in ids]
    if draw(st.booleans()):
        running = Project("R1", "Under way", 500, 500, status=ProjectStatus.RUNNING, benefit=9.0)
        projects.append(running)
    judgements = tuple(
        Judgement(
            member.id,
            i,
            criterion.id,
            draw(st.sampled_from((None, 0.0, 2.5, 5.0, 5.0, 10.0))),
            interest=draw(st.integers(0, 9)) == 0,
        )
        for i in ids[:6]
        for member in MEMBERS[:2]
        for criterion in CRITERIA
    )
    return Pool(
        Cluster(
            "c",
            "Cluster",
            "EUR",
            Calendar(START, 6, draw(st.integers(1, periods))),
            discount_rate=draw(st.sampled_from((0.0, 0.035, 0.1))),
        ),
        tuple(projects),
        ORGANIZATIONS,
        MEMBERS,
        CRITERIA,
        judgements,
    )


def objectives() -> st.SearchStrategy[Objective]:
    """Every aim, method and degree of caution."""
    return st.builds(
        Objective,
        aim=st.sampled_from(("benefit", "payoff", "score", "blend")),
        method=st.sampled_from(("ecv", "ecv", "rnpv")),
        payoff_weight=st.sampled_from((0.0, 0.3, 0.5, 1.0)),
        caution=st.sampled_from((0.0, 0.0, 0.5, 1.0)),
    ).map(_without_caution_on_cash)


def _without_caution_on_cash(objective: Objective) -> Objective:
    return replace(objective, caution=0.0) if objective.method == "rnpv" else objective


@st.composite
def sources(draw: st.DrawFn, periods: int, most: int = 3, least: int = 0) -> tuple[Source, ...]:
    """Up to `most` envelopes with their own conditions, some with carry-over, some empty."""
    return tuple(
        Source(
            name,
            name.title(),
            tuple(draw(st.sampled_from((0, 100, 300, 750, 1250, 2600))) for _ in range(periods)),
            carry_over=draw(st.booleans()),
            themes=draw(st.sampled_from(((), (), ("ports",), ("ports", "wind")))),
            scopes=draw(st.sampled_from(((), (), (Scope.HOT_SPOT,)))),
            lead_roles=draw(st.sampled_from(((), (), (HelixRole.BUSINESS,)))),
        )
        for name in SOURCES[: draw(st.integers(least, most))]
    )


def _dated() -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(
        (
            {},
            {},
            {},
            {"valid_from": date(2027, 1, 1)},
            {"valid_to": date(2026, 12, 31)},
            {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 6, 30)},
        )
    )


@st.composite
def rules(draw: st.DrawFn, pool: Pool, name: str, kinds: tuple[str, ...] = ROW_KINDS) -> Rule:
    """One rule of a random kind over the pool's candidates."""
    ids = [project.id for project in pool.candidates]
    usable = [k for k in kinds if ids or k in ("capacity", "limit")]
    kind = draw(st.sampled_from(usable))
    common = {"id": name, **draw(_dated())}
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True) if ids else None
    match kind:
        case "capacity":
            count = draw(st.sampled_from((1, pool.cluster.calendar.count)))
            amounts = [
                draw(st.sampled_from((Decimal(0), Decimal("2.5"), Decimal(5), Decimal("10.25"))))
                for _ in range(count)
            ]
            resource = draw(st.sampled_from(("staff", "ships")))
            return Capacity(resource=resource, amounts=tuple(amounts), **common)
        case "limit":
            return draw(_limit(common))
        case "must":
            return Must(projects=tuple(draw(some)[:2]), **common)
        case "must not":
            return MustNot(projects=tuple(draw(some)[:2]), **common)
        case "requires":
            first, *needs = draw(some)
            needs = needs or [i for i in ids if i != first][:1]
            if not needs:
                return MustNot(projects=(first,), **common)
            return Requires(project=first, needs=tuple(needs), **common)
        case _:
            return AtMostOf(projects=tuple(draw(some)), count=draw(st.integers(0, 3)), **common)


@st.composite
def _limit(draw: st.DrawFn, common: dict[str, Any]) -> Limit:
    attribute = draw(st.sampled_from(sorted(VALUES)))
    measure = draw(st.sampled_from(("money share", "project share", "money", "projects")))
    amounts = {
        "money share": SHARES,
        "project share": SHARES,
        "money": tuple(map(Decimal, (0, 300, 1000, 2500, 5000))),
        "projects": tuple(map(Decimal, (0, 1, 2, 3, 5))),
    }[measure]
    low, high = sorted(draw(st.tuples(st.sampled_from(amounts), st.sampled_from(amounts))))
    which = draw(st.sampled_from(("low", "high", "high", "both")))
    return Limit(
        attribute=attribute,
        value=draw(st.sampled_from(VALUES[attribute])),
        measure=measure,
        at_least=None if which == "high" else low,
        at_most=None if which == "low" else high,
        **common,
    )


@st.composite
def questions(
    draw: st.DrawFn,
    most: int = 15,
    *,
    most_rules: int = 4,
    money: str = "any",
    kinds: tuple[str, ...] = ROW_KINDS,
    aims: st.SearchStrategy[Objective] | None = None,
) -> tuple[Pool, Scenario]:
    """A pool and what is asked of it.

    `money`: "total" for a total budget rule alone, "sources" for envelopes alone, "any" for
    either, both or neither.
    """
    pool = draw(pools(most, periods=4 if most <= 9 else 2))
    some_money = (
        draw(st.sampled_from(("total", "sources", "both", "none"))) if money == "any" else money
    )
    envelopes: tuple[Source, ...] = ()
    if some_money in ("sources", "both"):
        envelopes = draw(sources(pool.cluster.calendar.count, least=1))
    listed: list[Rule] = []
    if some_money in ("total", "both"):
        whole = sum(project.grant for project in pool.candidates)
        limit = draw(
            st.one_of(
                st.integers(0, 8).map(lambda eighths: whole * eighths // 8),
                st.sampled_from((0, 1099, 2500, 100_000)),
            )
        )
        listed.append(TotalBudget(id="budget", limit=limit))
    listed.extend(
        draw(rules(pool, f"rule-{k}", kinds)) for k in range(draw(st.integers(0, most_rules)))
    )
    scenario = Scenario(
        objective=draw(aims or objectives()),
        sources=envelopes,
        rules=tuple(listed),
        on=draw(st.sampled_from((None, None, date(2027, 3, 1), date(2026, 12, 31)))),
    )
    ids = [f"budget:{source.id}" for source in envelopes] + [rule.id for rule in listed]
    if envelopes:
        ids.append("eligibility")
    off = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if ids else []
    keep_off = draw(st.integers(0, 3)) == 0
    return pool, replace(scenario, off=tuple(sorted(off)) if keep_off else ())
