"""Random questions of the full model: versions, parts and starts everywhere, limits met exactly.

Each project and rule is a function of one number, as in `tests.support.pools`. A rule takes its
limit from a hidden mix: what that uses, to the cent, or one step less or more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

from hypothesis import strategies as st

from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    AtMostOf,
    Capacity,
    CoFunding,
    DeMinimis,
    LeaderLoad,
    Limit,
    Must,
    MustNot,
    NewTies,
    Requires,
    Rule,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Partner, Project, ProjectStatus, Scope, Version
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar
from tests.support.full_oracle import FullQuestion, Terms
from tests.support.oracle import by_period
from tests.support.pools import (
    AMOUNTS,
    CRITERIA,
    FORCE,
    MEMBERS,
    SEEDS,
    START,
    TODAY,
    VALUES,
    some_judgements,
    some_project,
)
from tests.support.ways import months_later, sizes, when

Asked = tuple[Pool, Scenario]
# In the order of the text P10 comes before P2.
IDS = ("P10", "P2", "P3", "P4", "P5", "P6", "P7")
ORGANIZATIONS = (
    Organization("acme", "Acme", HelixRole.BUSINESS, SizeClass.SMALL, group="holding"),
    Organization("bolt", "Bolt", HelixRole.BUSINESS, SizeClass.MID, group="holding", newcomer=True),
    Organization("corp", "Corp", HelixRole.BUSINESS, SizeClass.LARGE),
    Organization("uni", "University", HelixRole.ACADEMIA, SizeClass.NOT_A_FIRM),
    Organization("agency", "Agency", HelixRole.PUBLIC, SizeClass.NOT_A_FIRM, newcomer=True),
    Organization("club", "Club", HelixRole.ASSOCIATION, SizeClass.NOT_A_FIRM),
)
LEADS = ("acme", "acme", "bolt", "bolt", "corp", "uni", "agency", "nobody knows", "")
PARTNERS = ("acme", "bolt", "corp", "uni", "agency", "club", "stranger")
LEADERS = ("Kim", "Kim", "Lee", "")
SHARES = tuple(map(Decimal, ("0.5", "0.7", "0.8", "0.3333", "0", "1")))
FEES = tuple(map(Decimal, ("0", "0", "0.05", "0.3333", "0.1")))
WORTHS = tuple(map(Decimal, ("0.72", "0.5", "1", "1.3", "0")))
LEAST = tuple(map(Decimal, ("0.9", "0.8", "0.75", "0.65", "1")))
LOSSES = tuple(map(Decimal, ("0", "0", "0.1", "0.25", "1")))
MONEY_KINDS = ("total budget", "source budget", "eligibility", "co-funding", "de minimis")
KINDS = (
    *MONEY_KINDS,
    "capacity",
    "limit",
    "must",
    "must not",
    "requires",
    "at most of",
    "admission",
    "leader load",
    "synergy",
    "new ties",
)
MEASURES = (
    "partners",
    "helix roles",
    "small firms",
    "newcomers",
    "cost",
    "grant",
    "grant share",
    "duration",
    "wait",
)
MOST_ASSIGNMENTS = 120
TO_THE_CENT = (0, 0, 0, -1, 1)


def full_project(seed: int, project_id: str) -> Project:
    """The candidate that a number stands for: most may run smaller, larger, in part or later."""
    draw = Random(seed)
    plain = some_project(seed, project_id)
    grant = plain.grant
    cost = draw.choice((grant, grant, grant * 2, grant * 10 // 7, grant + 50, grant + 400))
    versions = tuple(
        _version(draw, name, cost) for name in draw.choice(((), (), ("S",), ("L",), ("S", "L")))
    )
    waits = draw.random() < 0.4
    return replace(
        plain,
        cost=cost,
        lead=draw.choice(LEADS),
        leader=draw.choice(LEADERS),
        partners=_partners(draw),
        versions=versions,
        least_share=draw.choice(LEAST) if draw.random() < 0.25 else None,
        latest_start=draw.choice((TODAY, date(2027, 12, 31), date(2028, 7, 1), date(2040, 1, 1)))
        if waits
        else None,
        waiting_loss=draw.choice(LOSSES) if waits else Decimal(0),
    )


def _version(draw: Random, name: str, cost: int) -> Version:
    tenths = draw.choice((6, 5, 9)) if name == "S" else draw.choice((12, 15))
    own = cost * tenths // 10 + draw.choice((0, 0, 1))
    return Version(name, own, own * draw.choice((10, 10, 7, 5)) // 10, draw.choice(WORTHS))


def _partners(draw: Random) -> tuple[Partner, ...]:
    names = draw.sample(PARTNERS, draw.choice((0, 0, 1, 1, 2)))
    return tuple(Partner(name, active=draw.random() < 0.85) for name in names)


def simplified(projects: Sequence[Project], calendar: Calendar, most: int) -> tuple[Project, ...]:
    """The projects, less what makes more than `most` assignments of them, the last ones first."""
    kept = list(projects)
    counts = [ways_of(project, calendar) for project in kept]
    drops: tuple[dict[str, Any], ...] = (
        {"least_share": None},
        {"latest_start": None},
        {"versions": ()},
    )
    for change in drops:
        for place in reversed(range(len(kept))):
            if prod(count + 1 for count in counts) <= most:
                return tuple(kept)
            kept[place] = replace(kept[place], **change)
            counts[place] = ways_of(kept[place], calendar)
    return tuple(kept)


def ways_of(project: Project, calendar: Calendar) -> int:
    """In how many ways it can be chosen."""
    return len(list(sizes(project))) * len(when(project, calendar))


def full_pool(seed: int, project_seeds: Sequence[int], most: int = MOST_ASSIGNMENTS) -> Pool:
    """A pool of these projects, beside a running, a closed and an unpriced one now and then."""
    draw = Random(seed)
    calendar = Calendar(START, draw.choice((6, 6, 3, 12)), draw.choice((1, 2, 2, 3, 3)))
    made = [full_project(one, i) for one, i in zip(project_seeds, IDS, strict=False)]
    projects = simplified(made, calendar, most)
    if draw.random() < 0.6:
        running = ProjectStatus.RUNNING
        common = {"cost": 500, "grant": 500, "benefit": 9.0}
        projects += (
            Project(
                "R1",
                "Under way",
                status=running,
                leader=draw.choice(LEADERS),
                lead=draw.choice(LEADS),
                partners=_partners(draw),
                start=date(2026, 5, 1),
                end=draw.choice((None, date(2027, 8, 15), date(2030, 1, 1))),
                **common,
            ),
            Project(
                "C1",
                "Ended",
                status=ProjectStatus.CLOSED,
                leader="Kim",
                lead=draw.choice(LEADS),
                partners=_partners(draw),
                **common,
            ),
            Project("U1", "No cost known", benefit=9.0, cost_known=False, lead="corp"),
        )
    ids = [project.id for project in projects]
    return Pool(
        Cluster("c", "Cluster", "EUR", calendar, discount_rate=draw.choice((0.0, 0.035))),
        tuple(draw.sample(projects, len(projects))),
        tuple(draw.sample(ORGANIZATIONS, len(ORGANIZATIONS))),
        MEMBERS,
        CRITERIA,
        some_judgements(draw.randrange(2**32), ids[: len(made)]),
    )


@dataclass(frozen=True)
class Draft:
    """A pool with its assignments, one of them hidden, to take limits from."""

    draw: Random
    asked: FullQuestion
    hidden: int

    def used(self, sizes: Sequence[Fraction | int]) -> Fraction:
        """What the hidden mix comes to, given the size of each way."""
        chosen = self.asked.chosen(self.hidden)
        pairs = zip(self.asked.every_way, sizes, strict=True)
        return sum((Fraction(size) for way, size in pairs if way.choice in chosen), Fraction(0))

    def some(self, least: int, most: int) -> tuple[str, ...]:
        """So many candidates."""
        ids = self.asked.ids
        size = min(len(ids), self.draw.randint(least, most))
        return tuple(self.draw.sample(ids, size))

    def stranger(self) -> tuple[str, ...]:
        """Now and then a project that no mix can hold."""
        beside = sorted({p.id for p in self.asked.pool.projects} - set(self.asked.ids))
        return (self.draw.choice(beside),) if beside and self.draw.random() < 0.4 else ()


Common = dict[str, Any]


def total_budget(one: Draft, common: Common) -> Rule:
    limit = int(one.asked.spends[one.hidden]) + one.draw.choice(TO_THE_CENT)
    return TotalBudget(limit=max(limit, 0), **common)


def capacity(one: Draft, common: Common) -> Rule:
    count = one.draw.choice((1, one.asked.calendar.count))
    rule = Capacity(resource="staff", amounts=(Decimal(0),) * count, **common)
    amounts = []
    for period in range(count):
        used = one.used(one.asked.capacity_needs(rule, period))
        step = one.draw.choice((0, 0, 0, Fraction(1, 1000), -1))
        amounts.append(decimal(max(used + step, Fraction(0))))
    return replace(rule, amounts=tuple(amounts))


def limit(one: Draft, common: Common) -> Rule:
    draw = one.draw
    attribute = draw.choice(sorted(VALUES))
    measure = draw.choice(("money share", "project share", "money", "projects"))
    value = draw.choice(VALUES[attribute])
    rule = Limit(attribute=attribute, value=value, measure=measure, **common)
    if value == "*" or draw.random() < 0.3:
        low, high = sorted(draw.choices(AMOUNTS[measure], k=2))
    else:
        part, whole = (int(sums[one.hidden]) for sums in one.asked.limit_sums(rule, value))
        exact = Fraction(part, whole or 1)
        share = measure.endswith("share")
        step = Fraction(1, 1000) if share else Fraction(1)
        exact = max(exact + draw.choice((0, 0, 0, step, -step)), Fraction(0))
        low = high = decimal(min(exact, Fraction(1)) if share else exact)
    which = draw.choice(("low", "high", "high", "both"))
    at_least, at_most = None if which == "high" else low, None if which == "low" else high
    return replace(rule, at_least=at_least, at_most=at_most)


def must(one: Draft, common: Common) -> Rule:
    return Must(projects=one.some(1, 2), **common)


def must_not(one: Draft, common: Common) -> Rule:
    return MustNot(projects=(*one.stranger(), *one.some(1, 2)), **common)


def requires(one: Draft, common: Common) -> Rule:
    project, *needs = one.some(1, 3)
    stranger = one.stranger()
    if stranger and one.draw.random() < 0.2:
        return Requires(project=stranger[0], needs=(project,), **common)
    return Requires(project=project, needs=(*needs, *stranger), **common)


def at_most_of(one: Draft, common: Common) -> Rule:
    projects = (*one.some(1, 4), *one.stranger())
    return AtMostOf(projects=projects, count=one.draw.randint(0, 3), **common)


def admission(one: Draft, common: Common) -> Rule:
    """A condition at what one of the ways has, or a step beside it."""
    draw, asked = one.draw, one.asked
    measure = draw.choice(MEASURES)
    known = [asked.measured(measure, way) for way in asked.every_way]
    found = draw.choice([number for number in known if number is not None] or [Fraction(1)])
    step = Fraction(1, 1000) if measure == "grant share" else 1
    low, high = sorted(max(found + draw.choice((0, 0, 0, step, -step)), Fraction(0)) for _ in "lh")
    if measure == "grant share":
        low, high = min(low, Fraction(1)), min(high, Fraction(1))
    which = draw.choice(("low", "low", "high", "high", "both"))
    classes = draw.choice(((), (), ("small", "mid"), ("academia", "public", "other"), ("large",)))
    return Admission(
        measure=measure,
        at_least=None if which == "high" else decimal(low),
        at_most=None if which == "low" else decimal(high),
        classes=classes,
        **common,
    )


def de_minimis(one: Draft, common: Common) -> Rule:
    """A ceiling that the hidden mix meets to the cent, after grants on both ends of the window."""
    draw, asked = one.draw, one.asked
    years = draw.choice((3, 3, 1))
    begins = months_later(asked.day, -12 * years)
    one_day = timedelta(days=1)
    when = (begins - one_day, begins, begins + one_day, asked.day, asked.day + one_day)
    granted = tuple(
        AidGrant(draw.choice(("acme", "bolt", "corp", "uni", "x")), draw.choice(when), cents)
        for cents in draw.choices((100, 300, 777), k=draw.randint(0, 3))
    )
    rule = DeMinimis(ceiling=0, years=years, granted=granted, **common)
    owner = draw.choice(sorted(asked.owners()) or [""])
    used = int(asked.aid(owner)[one.hidden]) + asked.aid_before(rule).get(owner, 0)
    return replace(rule, ceiling=max(used + draw.choice((*TO_THE_CENT, -500)), 0))


def leader_load(one: Draft, common: Common) -> Rule:
    return LeaderLoad(at_most=one.draw.choice((0, 1, 1, 1, 2, 2, 3)), **common)


def synergy(one: Draft, common: Common) -> Rule:
    named = (*one.some(1, 3), *one.stranger())
    others = [p.id for p in one.asked.pool.projects if p.id not in named]
    if len(named) < 2:
        named = (*named, one.draw.choice(others))
    worth = one.draw.choice(("-3", "-0.5", "0", "0.5", "1", "2.5", "10", "0.000001"))
    return Synergy(projects=named, worth=Decimal(worth), **common)


def new_ties(one: Draft, common: Common) -> Rule:
    worth = one.draw.choice(("0", "0.5", "1", "1", "3", "0.3333333"))
    return NewTies(worth=Decimal(worth), **common)


MAKERS: dict[str, Callable[[Draft, Common], Rule]] = {
    "total budget": total_budget,
    "de minimis": de_minimis,
    "capacity": capacity,
    "limit": limit,
    "must": must,
    "must not": must_not,
    "requires": requires,
    "at most of": at_most_of,
    "admission": admission,
    "leader load": leader_load,
    "synergy": synergy,
    "new ties": new_ties,
}


def decimal(number: Fraction) -> Decimal:
    """A number that is not below zero to twelve places, cut off."""
    return Decimal(int(number * 10**12)) / 10**12


def sources_for(one: Draft, rates: bool) -> tuple[Source, ...]:
    """Envelopes that pay the hidden mix to the cent where their terms allow it, or a cent less."""
    draw, asked = one.draw, one.asked
    periods = asked.calendar.count
    terms = [_terms(draw, name, rates) for name in draw.choice((("city",), ("city", "bank")))]
    drawn = [[0] * periods for _ in terms]
    chosen = asked.members(one.hidden)
    for way in chosen:
        most = [asked.may_pay_at_most(way, source, Terms(True, True)) for source in terms]
        for period, cents in enumerate(by_period(way.project, way.project.grant, asked.calendar)):
            for place in draw.sample(range(len(terms)), len(terms)):
                paid = min(cents, most[place][period])
                drawn[place][period] += paid
                cents -= paid
    return tuple(_filled(draw, *pair) for pair in zip(terms, drawn, strict=True))


def _terms(draw: Random, name: str, rates: bool) -> Source:
    shares: tuple[Rate, ...] = ()
    if rates:
        classes = draw.sample(("*", "small", "mid", "large", "academia", "public", "other"), 2)
        shares = tuple(Rate(kind, draw.choice(SHARES)) for kind in classes)
    return Source(
        name,
        name.title(),
        (),
        carry_over=draw.random() < 0.4,
        themes=draw.choice(((), (), (), ("ports", "wind"))),
        scopes=draw.choice(((), (), (), (Scope.HOT_SPOT,))),
        lead_roles=draw.choice(((), (), (), (HelixRole.BUSINESS,))),
        rates=shares,
        fee=draw.choice(FEES),
    )


def _filled(draw: Random, source: Source, drawn: list[int]) -> Source:
    payable = list(drawn)
    if source.carry_over and len(payable) > 1 and draw.random() < 0.5:
        payable = [sum(payable), *[0] * (len(payable) - 1)]
    budgets = []
    for cents in payable:
        cents += draw.choice((*TO_THE_CENT, 0, 300))
        # The least budget that leaves so much after the fee.
        exact = Fraction(max(cents, 0)) / (1 - Fraction(source.fee))
        budgets.append(-(-exact.numerator // exact.denominator))
    return replace(source, budgets=tuple(budgets))


def some_objective(draw: Random) -> Objective:
    """Every aim, method and degree of caution; most often the benefit, where worths tie."""
    aim = draw.choice(("benefit", "benefit", "payoff", "score", "blend"))
    method = draw.choice(("ecv", "ecv", "rnpv"))
    weight = draw.choice((0.5, 0.0, 0.3, 1.0))
    return Objective(aim, method, weight, 0.0 if method == "rnpv" else draw.choice((0.0, 0.5)))


def full_question(
    seed: int,
    project_seeds: Sequence[int],
    rule_seeds: Sequence[int],
    kind: str | None = None,
    assignments: int = MOST_ASSIGNMENTS,
) -> Asked:
    """The question that these numbers stand for; a rule of `kind` is in force in it."""
    draw = Random(seed)
    pool = full_pool(draw.randrange(2**32), project_seeds, assignments)
    on = draw.choice((None, TODAY, TODAY, date(2028, 2, 29)))
    asked = FullQuestion(pool, Scenario(on=on, objective=Objective("benefit")))
    hidden = draw.randrange(asked.count)
    rules: list[Rule] = []
    if kind in MAKERS:
        rules.append(MAKERS[kind](Draft(draw, asked, hidden), {"id": "focus"}))
    for place, one in enumerate(rule_seeds):
        own = Random(one)
        common = {"id": f"rule-{place}", **own.choice(FORCE)}
        rules.append(MAKERS[own.choice(sorted(MAKERS))](Draft(own, asked, hidden), common))
    sources: tuple[Source, ...] = ()
    if kind in ("source budget", "eligibility", "co-funding") or draw.random() < 0.25:
        rates = kind == "co-funding" or draw.random() < 0.4
        sources = sources_for(Draft(draw, asked, hidden), rates)
        if any(source.rates for source in sources) and draw.random() < 0.1:
            rules.append(CoFunding(id="rates-too"))
    off = ()
    names = [rule.id for rule in rules if rule.id != "focus"]
    names += [f"budget:{source.id}" for source in sources if kind != "source budget"]
    names += ["eligibility"] if sources and kind != "eligibility" else []
    if names and draw.random() < 0.2:
        off = (draw.choice(names),)
    return pool, Scenario(
        objective=some_objective(draw), sources=sources, rules=tuple(rules), off=off, on=on
    )


@st.composite
def full_questions(
    draw: st.DrawFn,
    kind: str | None = None,
    *,
    most: int = 4,
    most_rules: int = 2,
    assignments: int = MOST_ASSIGNMENTS,
) -> Asked:
    """A question of the full model, of up to `most` candidates; a rule of `kind` is in force in it."""
    projects = draw(st.lists(SEEDS, min_size=2, max_size=most))
    rules = draw(st.lists(SEEDS, max_size=most_rules))
    return full_question(draw(SEEDS), projects, rules, kind, assignments)
