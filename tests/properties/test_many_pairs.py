"""Many pairs that are worth more, or less, together: nothing allowed is cut off, and the best is found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given

from optimizer import optimize
from optimizer.joined import joined_rows
from optimizer.options import Options, Watch
from optimizer.search import Question
from optimizer.swaps import Swaps
from portfolio.cluster import Cluster
from portfolio.funding.rules import Capacity, Rule, Synergy, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed, Version
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.value import MICRO
from portfolio.units import Calendar
from tests.support.cases import cases
from tests.support.pools import SEEDS

IDS = ("a", "b", "c", "d", "e", "f")


def some_question(seed: int) -> tuple[Pool, Scenario]:
    """Six projects, some in a smaller version, little money and staff, and nearly every pair."""
    chance = Random(seed)
    projects = []
    for name in IDS:
        cost = chance.randint(1, 9) * 100
        half = Version("half", cost // 2, cost // 2, Decimal("0.6"))
        projects.append(
            Project(
                name,
                name,
                cost,
                cost,
                benefit=float(chance.randint(-3, 9)),
                resources=(ResourceNeed("staff", Decimal(chance.randint(0, 5))),),
                versions=(half,) if chance.random() < 0.4 else (),
            )
        )
    rules: list[Rule] = [TotalBudget(id="budget", limit=chance.randint(0, 25) * 100)]
    if chance.random() < 0.6:
        amount = Decimal(chance.randint(0, 12))
        rules.append(Capacity(id="staff", resource="staff", amounts=(amount,)))
    for pair in itertools.combinations(IDS, 2):
        for time in range(chance.choice((0, 1, 1, 1, 2))):
            worth = Decimal(chance.choice((9, 7, 5, 3, 1, -4)))
            rules.append(Synergy(id=f"{pair} {time}", projects=pair, worth=worth))
    cluster = Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2))
    return Pool(cluster, tuple(projects)), Scenario(
        objective=Objective("benefit"), rules=tuple(rules)
    )


def every_mix(question: Question) -> Iterator[frozenset[int]]:
    """Each allowed way to choose, with what it earns."""
    columns = [(None, *own) for own in question.facts.columns_of.values()]
    for picked in itertools.product(*columns):
        mix = question.facts.whole(column for column in picked if column is not None)
        if question.allows(mix):
            yield mix


def worth_of(pool: Pool, scenario: Scenario, mix: frozenset[int], question: Question) -> float:
    """By the words of the rules: benefits, a version's share of them, and each pair that is in."""
    chosen = question.facts.choices(mix)
    ids = {choice.project for choice in chosen}
    alone = sum(
        (pool.project(choice.project).benefit or 0) * (0.6 if choice.version else 1.0)
        for choice in chosen
    )
    pairs = (rule for rule in scenario.rules if isinstance(rule, Synergy))
    return alone + sum(float(rule.worth) for rule in pairs if ids.issuperset(rule.projects))


@cases(60)
@given(SEEDS)
def test_joined_rows_cut_off_no_mix_and_the_answer_is_the_best_of_all(seed: int) -> None:
    pool, scenario = some_question(seed)
    question = Question.of(pool, scenario)
    joined = joined_rows(question.facts, question.rows)
    mixes = list(every_mix(question))
    assert all(row.holds(mix) for mix in mixes for row in joined)
    best = max(worth_of(pool, scenario, mix, question) for mix in mixes)
    found = optimize(pool, scenario)
    assert found.value is not None
    assert abs(found.value / MICRO - best) < 1e-6
    assert found.status == "OPTIMAL"


@cases(15)
@given(SEEDS)
def test_small_steps_lead_to_an_allowed_mix_that_is_worth_no_less(seed: int) -> None:
    question = Question.of(*some_question(seed))
    mixes = list(every_mix(question))
    start = mixes[seed % len(mixes)]
    swaps = Swaps(question.facts, question.worth, question.rows)
    then = question.facts.whole(swaps.better(start, Watch(Options())))
    assert then in mixes
    assert question.value(then) >= question.value(start)


def test_partners_that_do_not_fit_beside_a_project_make_a_row() -> None:
    # Of 10, a takes 6: of b (3) and c (4) only one fits beside it, and the pairs share 4.
    cluster = Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2))
    projects = tuple(
        Project(name, name, cost, cost, benefit=1.0)
        for name, cost in zip("abc", (6, 3, 4), strict=True)
    )
    rules = (
        TotalBudget(id="budget", limit=10),
        Synergy(id="ab", projects=("a", "b"), worth=Decimal(1)),
        Synergy(id="ac", projects=("a", "c"), worth=Decimal(1)),
    )
    question = Question.of(
        Pool(cluster, projects), Scenario(objective=Objective("benefit"), rules=rules)
    )
    (row,) = joined_rows(question.facts, question.rows)
    assert dict(zip(row.columns, row.coefficients, strict=True)) == {3: 3, 4: 4, 0: -4}
    assert row.limit == 0
    roomy = Question.of(
        Pool(cluster, projects),
        Scenario(
            objective=Objective("benefit"), rules=(TotalBudget(id="budget", limit=13), *rules[1:])
        ),
    )
    assert joined_rows(roomy.facts, roomy.rows) == []
