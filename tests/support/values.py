"""Any frozen value that the store has to keep, for Hypothesis: every field, every kind of rule."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from portfolio.funding.rules import (
    Admission,
    AidGrant,
    AtMostOf,
    Capacity,
    CoFunding,
    CostReserve,
    DeMinimis,
    Eligibility,
    LeaderLoad,
    Limit,
    LossLimit,
    LossWeight,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    Requires,
    SourceBudget,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole
from portfolio.project import (
    CashYear,
    FirstStage,
    Milestone,
    Outcome,
    Partner,
    Project,
    ProjectStatus,
    Report,
    ResourceNeed,
    Scope,
    ThreePoint,
    Version,
)
from portfolio.scenario import Objective, Scenario, StayClose
from portfolio.selection import Choice, Payment, RuleCheck, Selection, Status

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text("abcäß漢é–'\"\\%_ ", min_size=1, max_size=8)
cents = st.integers(-(10**17), 10**17)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**6)
shares = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=1, places=4)
floats = st.floats(allow_nan=False, allow_infinity=False)
chances = st.none() | st.floats(0, 1)
days = st.none() | st.dates(date(1000, 1, 1))
some_days = st.dates(date(1000, 1, 1))


def many(
    entries: st.SearchStrategy[object], most: int = 3
) -> st.SearchStrategy[tuple[object, ...]]:
    """A tuple of up to `most` entries."""
    return st.lists(entries, max_size=most).map(tuple)


PROJECT_FIELDS = {
    "id": names,
    "name": words,
    "cost": cents,
    "grant": cents,
    "summary": words,
    "status": st.sampled_from(ProjectStatus),
    "lead": words,
    "leader": words,
    "partners": many(st.builds(Partner, words, st.booleans())),
    "theme": words,
    "scope": st.none() | st.sampled_from(Scope),
    "region": words,
    "technology": words,
    "international": st.booleans(),
    "newcomer": st.booleans(),
    "payoff": st.none() | st.builds(ThreePoint, cents, cents, cents),
    "launch_cost": cents,
    "p_technical": chances,
    "p_commercial": chances,
    "cash": many(st.builds(CashYear, st.integers(0, 3000), cents, st.floats(0, 1))),
    "benefit": st.none() | floats,
    "months_to_payoff": st.none() | st.integers(0, 999),
    "start": days,
    "end": days,
    "spend": many(cents),
    "resources": many(st.builds(ResourceNeed, words, amounts)),
    "sources": many(words),
    "rating": words,
    "milestones": many(st.builds(Milestone, words, some_days, days, days, st.booleans())),
    "reports": many(st.builds(Report, some_days, st.floats(0, 1), cents, days, words, words)),
    "closed_on": days,
    "outcome": st.none() | st.builds(Outcome, cents, cents, st.booleans(), words, words),
    "cost_known": st.booleans(),
    "versions": many(st.builds(Version, words, cents, cents, amounts)),
    "least_share": st.none() | shares,
    "latest_start": days,
    "waiting_loss": shares,
    "first_stage": st.none() | st.builds(FirstStage, cents, st.integers(1, 99), st.floats(0, 1)),
}
projects = st.builds(Project, **PROJECT_FIELDS)

_BASE = {
    "id": names,
    "sentence": words,
    "origin": words,
    "valid_from": days,
    "valid_to": days,
}
rules = st.one_of(
    st.builds(TotalBudget, **_BASE, limit=cents),
    st.builds(SourceBudget, **_BASE, source=words),
    st.builds(Eligibility, **_BASE),
    st.builds(Capacity, **_BASE, resource=words, amounts=many(amounts)),
    st.builds(
        Limit,
        **_BASE,
        attribute=words,
        value=words,
        measure=st.sampled_from(["money share", "project share", "money", "projects"]),
        at_least=st.none() | shares,
        at_most=st.none() | shares,
    ),
    st.builds(Must, **_BASE, projects=many(words)),
    st.builds(MustNot, **_BASE, projects=many(words)),
    st.builds(Requires, **_BASE, project=words, needs=many(words)),
    st.builds(AtMostOf, **_BASE, projects=many(words), count=st.integers(0, 99)),
    st.builds(CoFunding, **_BASE),
    st.builds(
        Admission,
        **_BASE,
        measure=words,
        at_least=st.none() | shares,
        at_most=st.none() | shares,
        classes=many(words),
    ),
    st.builds(
        DeMinimis,
        **_BASE,
        ceiling=cents,
        years=st.integers(0, 9),
        granted=many(st.builds(AidGrant, words, some_days, cents)),
    ),
    st.builds(LeaderLoad, **_BASE, at_most=st.integers(0, 9)),
    st.builds(Synergy, **_BASE, projects=many(words), worth=amounts),
    st.builds(NewTies, **_BASE, worth=amounts),
    st.builds(PayoffReserve, **_BASE, shortfall=shares, projects=st.integers(0, 9)),
    st.builds(LossWeight, **_BASE, worth=amounts, outcomes=st.integers(1, 999)),
    st.builds(CostReserve, **_BASE, limit=cents, overrun=shares, projects=st.integers(0, 9)),
    st.builds(
        LossLimit,
        **_BASE,
        at_most=cents,
        level=shares,
        outcomes=st.integers(1, 999),
        seed=st.integers(0, 9),
    ),
)
sources = st.builds(
    Source,
    id=names,
    name=words,
    budgets=many(cents, 8),
    carry_over=st.booleans(),
    public=st.booleans(),
    themes=many(words),
    scopes=many(st.sampled_from(Scope)),
    lead_roles=many(st.sampled_from(HelixRole)),
    note=words,
    rates=many(st.builds(Rate, words, shares)),
    fee=shares,
)
scenarios = st.builds(
    Scenario,
    name=words,
    objective=st.builds(
        Objective,
        aim=st.sampled_from(["payoff", "score", "blend", "benefit"]),
        method=st.sampled_from(["ecv", "rnpv"]),
        payoff_weight=st.floats(0, 1),
        caution=st.floats(0, 1),
    ),
    sources=st.lists(sources, max_size=3, unique_by=lambda source: source.id).map(tuple),
    rules=st.lists(rules, max_size=4, unique_by=lambda rule: rule.id).map(tuple),
    off=many(words),
    on=days,
    stay_close=st.none() | st.builds(StayClose, many(words), shares),
)
_exact = (
    st.fractions(max_denominator=10**6) | st.just(Fraction(0)) | st.integers(0, 9).map(Fraction)
)
selections = st.builds(
    Selection,
    status=st.sampled_from(Status),
    chosen=many(
        st.builds(Choice, names, version=st.none() | words, start=st.none() | st.integers(0, 9))
    ),
    value=st.none() | st.integers(-(10**24), 10**24),
    bound=st.none() | st.integers(-(10**24), 10**24),
    spend=cents,
    payments=many(st.builds(Payment, words, words, st.integers(0, 9), cents)),
    checks=many(
        st.builds(
            RuleCheck, words, words, words, _exact, st.none() | _exact, st.none() | _exact, words
        )
    ),
    seconds=st.floats(0, 1000),
    message=words,
)
