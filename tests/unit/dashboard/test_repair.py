"""“Try it” on a clash: the visitor's question after it has an answer, and no rule is lost needlessly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dashboard.services.question import ALWAYS_IN, ALWAYS_OUT, Question, scenario
from dashboard.services.repair import doubts, settled, tried, way_out
from optimizer import Clash, clash, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import Limit, Must, TotalBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Status
from portfolio.units import Calendar

YEAR = {"start": date(2027, 1, 1), "end": date(2027, 12, 31)}
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2)),
    (
        Project("a", "A", 400_00, 400_00, benefit=1.0, newcomer=True, **YEAR),
        Project("b", "B", 600_00, 600_00, benefit=1.0, **YEAR),
        Project("c", "C", 1000_00, 1000_00, benefit=1.0, **YEAR),
    ),
)
START = Scenario(objective=Objective(aim="benefit"))
C_IN = Must(id="c-in", projects=("c",))


def after(start: Scenario, question: Question, rule: str) -> Question:
    """The question after the repair of a rule was tried; it has an answer."""
    asked = scenario(question, start)
    found = clash(POOL, asked)
    assert found is not None
    repair = next(repair for repair in found.repairs if repair.rule == rule)
    changed = tried(question, asked, start, repair)
    assert optimize(POOL, scenario(changed, start)).status is Status.OPTIMAL
    return changed


def test_more_money_in_all_becomes_the_money_of_the_question() -> None:
    start = replace(START, rules=(TotalBudget(id="budget", limit=700_00), C_IN))
    assert after(start, Question(), "budget") == Question(money=1000_00)
    assert after(start, Question(money=300_00), "budget") == Question(money=1000_00)


def test_a_total_beside_funders_goes_up_without_theirs() -> None:
    city = Source("city", "City", (500_00, 600_00))
    start = replace(START, sources=(city,), rules=(TotalBudget(id="budget", limit=700_00), C_IN))
    changed = after(start, Question(), "budget")
    assert changed == Question(limits=(("budget", "at most", Fraction(1000_00)),))
    assert scenario(changed, start).sources == (city,)


def test_a_funder_gets_what_its_periods_need_when_spread_as_before() -> None:
    # C needs 500 in each half. A fifth of the money stands in the second: 2,500 give it 500.
    city = Source("city", "City", (800_00, 200_00))
    start = replace(START, sources=(city,), rules=(C_IN,))
    changed = after(start, Question(), "budget:city")
    assert changed == Question(sources=(("city", 2500_00),))
    # With the money given in all, it becomes that of each funder.
    assert after(start, Question(money=500_00), "budget:city") == changed


def test_a_funder_with_nothing_in_a_period_that_needs_some_is_let_go() -> None:
    city = Source("city", "City", (800_00, 0))
    start = replace(START, sources=(city,), rules=(C_IN,))
    assert after(start, Question(), "budget:city") == Question(off=("budget:city",))


def test_a_bound_moves_on_the_side_that_is_in_the_way() -> None:
    new = Limit(
        id="new",
        attribute="newcomer",
        value="yes",
        at_least=Decimal("0.3"),
        at_most=Decimal("0.9"),
    )
    start = replace(START, rules=(new, C_IN))
    changed = after(start, Question(), "new")
    assert changed == Question(limits=(("new", "at least", Fraction("0.285")),))


def test_a_bound_that_goes_leaves_the_other_one() -> None:
    few = Limit(
        id="new", attribute="newcomer", value="yes", at_least=Decimal("0.3"), at_most=Decimal("0.9")
    )
    start = replace(START, rules=(few,))
    changed = after(start, Question(always_in=("c",), always_out=("a",)), "new")
    assert changed.limits == (("new", "at least", Fraction(0)),)
    assert changed.off is None


def test_projects_fixed_by_the_visitor_are_let_go_one_by_one() -> None:
    start = replace(START, rules=(TotalBudget(id="budget", limit=700_00),))
    changed = after(start, Question(always_in=("a", "b")), ALWAYS_IN)
    assert len(changed.always_in) == 1
    start = replace(START, rules=(C_IN,))
    assert after(start, Question(always_out=("a", "c")), ALWAYS_OUT).always_out == ("a",)


def test_a_rule_without_a_number_is_switched_off() -> None:
    start = replace(START, rules=(TotalBudget(id="budget", limit=700_00), C_IN))
    assert after(start, Question(), "c-in") == Question(off=("c-in",))


def test_a_clash_says_of_each_rule_what_is_known() -> None:
    start = replace(START, rules=(TotalBudget(id="budget", limit=700_00), C_IN))
    found = clash(POOL, start)
    assert found is not None
    assert way_out(found, "budget") == "€300 more in all"
    rough = replace(found, repairs=tuple(replace(r, proven=False) for r in found.repairs))
    assert way_out(rough, "budget") == "€300 more in all; less may be enough"
    nothing = Clash(found.rules, (), True, undecided=("budget",))
    assert way_out(nothing, "budget") == (
        "Whether a change of this rule alone helps was not found in time"
    )
    assert way_out(nothing, "c-in") == "No change of this rule alone helps"
    assert doubts(found) == []
    short = replace(found, others=(replace(found, proven=False),), complete=False)
    assert doubts(short) == [
        "A smaller set may clash too; the time was up.",
        "Further rules may clash beside these; the time was up.",
    ]


def test_a_clash_of_which_anything_hangs_on_time_is_not_settled() -> None:
    start = replace(START, rules=(TotalBudget(id="budget", limit=700_00), C_IN))
    found = clash(POOL, start)
    assert found is not None
    assert settled(replace(found, others=(found,)))
    first, *more = found.repairs
    hasty = [
        replace(found, repairs=(replace(first, proven=False), *more)),
        replace(found, proven=False),
        replace(found, repairs=(), undecided=("budget", "c-in")),
    ]
    for each in (*hasty, replace(found, complete=False)):
        assert not settled(each)
    for each in hasty:
        assert not settled(replace(found, others=(each,)))
