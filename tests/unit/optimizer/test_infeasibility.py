"""Clashes: which rules cannot hold together, and what would have to change, by hand."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest

from optimizer import Clash, Options, Repair, clash, optimize
from portfolio.cluster import Cluster
from portfolio.errors import InputError
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
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed
from portfolio.scenario import Objective, Scenario, active_rules
from portfolio.selection import Status
from portfolio.units import Calendar
from tests.support.hard import split_to_the_cent

BENEFIT = Objective(aim="benefit")


def euros(amount: int) -> int:
    return amount * 100


def project(name: str, grant: int, **more: object) -> Project:
    """A project over the whole of 2027 that asks for so many euros."""
    return Project(
        name.lower(),
        name,
        euros(grant),
        euros(grant),
        benefit=1.0,
        start=date(2027, 1, 1),
        end=date(2027, 12, 31),
        **more,  # type: ignore[arg-type]
    )


def pool(*projects: Project) -> Pool:
    """A pool over the two halves of 2027."""
    return Pool(Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2)), projects)


ALPHA = project("Alpha", 40_000, newcomer=True, theme="ports")
BETA = project("Beta", 60_000, theme="ports")
GAMMA = project("Gamma", 100_000, theme="wind")
THREE = pool(ALPHA, BETA, GAMMA)


def asked(*rules: Rule, sources: tuple[Source, ...] = ()) -> Scenario:
    return Scenario(objective=BENEFIT, rules=rules, sources=sources)


def found(where: Pool, scenario: Scenario) -> Clash:
    """The clash, whose repairs each lead to a mix when the rules of the others are off."""
    answer = clash(where, scenario)
    assert answer is not None
    for each in answer.each:
        aside = ids(*answer.each) - ids(each)
        for repair in each.repairs:
            asked_again = replace(repair.scenario, off=(*repair.scenario.off, *aside))
            assert optimize(where, asked_again).status is Status.OPTIMAL
            assert not set(repair.scenario.off) & aside
    return answer


def ids(*clashes: Clash) -> set[str]:
    """The rules of these clashes."""
    return {rule.id for each in clashes for rule in each.rules}


def way(answer: Clash, rule: str) -> Repair:
    return next(repair for repair in answer.repairs if repair.rule == rule)


def test_there_is_no_clash_where_a_mix_meets_all_rules() -> None:
    assert clash(THREE, asked(TotalBudget(id="budget", limit=0))) is None
    assert clash(pool(), asked(TotalBudget(id="budget", limit=0))) is None


def test_a_clash_names_its_rules_by_their_sentences_in_the_order_of_the_question() -> None:
    free = AtMostOf(id="free", projects=("alpha", "beta"), count=2)
    own = Must(id="must", projects=("gamma",), sentence="The board wants Gamma")
    answer = found(THREE, asked(TotalBudget(id="budget", limit=euros(90_000)), free, own))
    assert answer.rules == (
        ("budget", "The mix costs at most €90,000"),
        ("must", "The board wants Gamma"),
    )
    assert answer.proven
    assert answer.undecided == ()


def exactly(count: int) -> Limit:
    return Limit(
        id=f"exactly-{count}",
        attribute="all",
        measure="projects",
        at_least=Decimal(count),
        at_most=Decimal(count),
    )


def test_of_more_than_ten_sets_ten_are_told_and_that_there_are_more() -> None:
    answer = found(THREE, asked(*(exactly(count) for count in range(4))))
    assert len(answer.sets) == 6
    assert answer.all_sets
    # Five ways to want another number of projects clash two by two: ten pairs, and no other set.
    free = project("Free", 0)
    answer = found(pool(ALPHA, BETA, GAMMA, free), asked(*(exactly(count) for count in range(5))))
    assert len(answer.sets) == 10
    assert answer.all_sets
    more = pool(ALPHA, BETA, GAMMA, free, project("More", 0))
    answer = found(more, asked(*(exactly(count) for count in range(6))))
    assert len(answer.sets) == 10
    assert not answer.all_sets


def test_sets_that_share_a_rule_are_all_told_though_one_change_ends_them() -> None:
    answer = found(
        THREE,
        asked(
            TotalBudget(id="budget", limit=euros(30_000)),
            Must(id="alpha-in", projects=("alpha",)),
            Must(id="beta-in", projects=("beta",)),
        ),
    )
    assert answer.others == ()
    told = [{rule.id for rule in one} for one in answer.sets]
    assert told == [{"budget", "alpha-in"}, {"budget", "beta-in"}]
    assert way(answer, "budget").amount == euros(70_000)


def test_a_repair_tells_what_the_best_mix_is_then_worth() -> None:
    answer = found(
        THREE,
        asked(TotalBudget(id="budget", limit=euros(90_000)), Must(id="in", projects=("gamma",))),
    )
    # With 100,000 Gamma alone is in, without Gamma one of the others is; free of both, all three.
    assert (way(answer, "budget").value, way(answer, "budget").price) == (1_000_000, 2_000_000)
    assert (way(answer, "in").value, way(answer, "in").price) == (1_000_000, 2_000_000)


def test_of_two_clashes_the_one_with_fewer_rules_is_named() -> None:
    needs = Requires(id="needs", project="alpha", needs=("gamma",))
    answer = found(
        THREE,
        asked(
            TotalBudget(id="budget", limit=euros(50_000)),
            needs,
            Must(id="alpha-in", projects=("alpha",)),
            MustNot(id="alpha-out", projects=("alpha",)),
        ),
    )
    assert [rule.id for rule in answer.rules] == ["alpha-in", "alpha-out"]
    # Letting Alpha in would clash with the money; leaving it out meets everything.
    assert [repair.rule for repair in answer.repairs] == ["alpha-in"]


def test_a_rule_that_no_mix_meets_is_a_clash_of_its_own() -> None:
    answer = found(
        THREE, asked(Limit(id="l", attribute="all", measure="projects", at_least=Decimal(5)))
    )
    assert len(answer.rules) == 1
    assert way(answer, "l").change == "At least 3 projects in all instead of 5"


def test_rules_switched_off_or_not_in_force_have_no_part_in_it() -> None:
    scenario = asked(
        Must(id="old", projects=("alpha",), valid_to=date(2026, 12, 31)),
        Must(id="off", projects=("beta",)),
        MustNot(id="out", projects=("alpha", "beta")),
    )
    scenario = replace(scenario, off=("off",), on=date(2027, 6, 1))
    assert clash(THREE, scenario) is None


def test_the_money_in_all_is_short_by_a_sum_to_the_cent() -> None:
    must = Must(id="must", projects=("alpha", "beta"))
    answer = found(THREE, asked(TotalBudget(id="budget", limit=euros(60_000) - 50), must))
    repair = way(answer, "budget")
    assert repair.change == "€40,000.50 more in all"
    assert (repair.amount, repair.unit) == (4_000_050, "cents")
    assert way(answer, "must").change == "Do not insist on Beta"


def test_money_of_a_source_is_added_where_it_is_missing() -> None:
    # Gamma needs 50,000 in each half; Halm Region has 50,000 and 10,000.
    region = Source("region", "Halm Region", (euros(50_000), euros(10_000)))
    answer = found(THREE, asked(Must(id="must", projects=("gamma",)), sources=(region,)))
    repair = way(answer, "budget:region")
    assert repair.change == "€40,000 more from Halm Region in 2027 H2"
    assert repair.amount == euros(40_000)
    assert repair.scenario.sources[0].budgets == (euros(50_000), euros(50_000))


def test_what_is_carried_over_counts_before_more_is_asked_for() -> None:
    region = Source("region", "Halm Region", (euros(65_000), euros(10_000)), carry_over=True)
    answer = found(THREE, asked(Must(id="must", projects=("gamma",)), sources=(region,)))
    repair = way(answer, "budget:region")
    assert repair.change == "€25,000 more from Halm Region in 2027 H2"


def test_money_missing_in_two_halves_is_said_for_each() -> None:
    region = Source("region", "Halm Region", (euros(20_000), euros(10_000)))
    answer = found(THREE, asked(Must(id="must", projects=("gamma",)), sources=(region,)))
    assert way(answer, "budget:region").change == (
        "€70,000 more from Halm Region: €30,000 in 2027 H1 and €40,000 in 2027 H2"
    )


def test_a_source_that_may_not_pay_is_no_way_out_but_eligibility_is() -> None:
    wind = Source("city", "City", (euros(90_000), euros(90_000)), themes=("wind",))
    answer = found(THREE, asked(Must(id="must", projects=("alpha",)), sources=(wind,)))
    assert [rule.id for rule in answer.rules] == ["eligibility", "must"]
    repair = way(answer, "eligibility")
    assert repair.change == "Let every source pay for any project"
    assert (repair.amount, repair.unit) == (None, "")


def test_a_share_comes_down_to_the_next_tenth_of_a_percent() -> None:
    # Alpha is the only newcomer: 40 of 140 is 28.57 %.
    answer = found(
        THREE,
        asked(
            Must(id="must", projects=("gamma",)),
            Limit(id="new", attribute="newcomer", value="yes", at_least=Decimal("0.3")),
        ),
    )
    repair = way(answer, "new")
    assert repair.change.replace("\u00a0", " ") == (
        "At least 28.5 % of the money to newcomers instead of 30 %"
    )
    assert (repair.amount, repair.unit) == (Fraction("0.015"), "share")


def test_a_share_goes_up_to_the_next_tenth_of_a_percent() -> None:
    # Of three projects, Alpha and Beta of the ports are two thirds.
    answer = found(
        THREE,
        asked(
            Must(id="must", projects=("alpha", "beta")),
            Limit(
                id="ports",
                attribute="theme",
                value="ports",
                measure="project share",
                at_most=Decimal("0.5"),
            ),
        ),
    )
    assert way(answer, "ports").amount == Fraction("0.167")
    assert "At most 66.7" in way(answer, "ports").change


def test_of_two_bounds_the_one_that_moves_less_is_moved() -> None:
    few = Limit(
        id="few", attribute="all", measure="projects", at_least=Decimal(1), at_most=Decimal(1)
    )
    answer = found(THREE, asked(Must(id="must", projects=("alpha", "beta")), few))
    assert way(answer, "few").change == "Between 1 and 2 projects in all instead of 1"


def test_a_limit_that_only_its_absence_meets_is_dropped() -> None:
    each = Limit(
        id="each",
        attribute="newcomer",
        at_least=Decimal("0.4"),
        at_most=Decimal("0.6"),
    )
    answer = found(
        THREE,
        asked(Must(id="must", projects=("gamma",)), MustNot(id="no", projects=("alpha",)), each),
    )
    repair = way(answer, "each")
    assert (repair.change, repair.amount) == ("Drop this rule", None)
    assert repair.proven


def test_a_limit_in_money_moves_by_cents() -> None:
    wind = Limit(
        id="wind",
        attribute="theme",
        value="wind",
        measure="money",
        at_most=Decimal(euros(99_999)),
    )
    answer = found(THREE, asked(Must(id="must", projects=("gamma",)), wind))
    assert way(answer, "wind").change == "Allow €1 more"
    least = replace(wind, at_least=Decimal(euros(100_001)), at_most=None)
    assert way(found(THREE, asked(least)), "wind").change == "Ask for €1 less"


@pytest.mark.parametrize(
    ("amounts", "change"),
    [(("5",), "2.5 more staff days"), (("2", "4"), "1.75 more staff days in each period")],
)
def test_a_capacity_grows_by_what_is_short(amounts: tuple[str, ...], change: str) -> None:
    # 7.5 days over two halves are 3.75 in each.
    needs = (ResourceNeed("staff days", Decimal("7.5")),)
    where = pool(replace(ALPHA, resources=needs), BETA)
    staff = Capacity(id="staff", resource="staff days", amounts=tuple(map(Decimal, amounts)))
    repair = way(found(where, asked(Must(id="must", projects=("alpha",)), staff)), "staff")
    assert repair.change == change
    assert repair.unit == "staff days"


def test_projects_are_taken_out_of_rules_by_name() -> None:
    answer = found(
        THREE,
        asked(
            Must(id="in", projects=("alpha", "beta")),
            MustNot(id="out", projects=("beta", "gamma")),
        ),
    )
    assert way(answer, "in").change == "Do not insist on Beta"
    assert way(answer, "out").change == "Let Beta in"
    kept = {rule.id: rule for rule in way(answer, "out").scenario.rules}
    assert kept["out"] == MustNot(id="out", projects=("gamma",))


def test_a_need_is_given_up_and_a_choice_is_widened() -> None:
    answer = found(
        THREE,
        asked(
            Must(id="in", projects=("alpha",)),
            Requires(id="needs", project="alpha", needs=("beta", "gamma")),
            AtMostOf(id="two", projects=("alpha", "beta", "gamma"), count=2),
        ),
    )
    assert way(answer, "needs").amount == 1
    assert way(answer, "needs").change.startswith("Let Alpha do without ")
    assert way(answer, "two").change == "At most 3 of Alpha, Beta or Gamma instead of 2"


def test_two_clashes_at_once_are_both_named_with_the_ways_out_of_each() -> None:
    answer = found(
        THREE,
        asked(
            Must(id="a", projects=("alpha",)),
            MustNot(id="b", projects=("alpha",)),
            Must(id="c", projects=("beta",)),
            MustNot(id="d", projects=("beta",)),
        ),
    )
    assert sorted(sorted(ids(each)) for each in answer.each) == [["a", "b"], ["c", "d"]]
    for each in answer.each:
        assert {repair.rule for repair in each.repairs} == ids(each)
        assert each.proven
    assert answer.complete
    assert answer.undecided == ()


CONTRADICTION = (Must(id="in", projects=("alpha",)), MustNot(id="out", projects=("alpha",)))
EACH_OF_BOTH_THEMES = Limit(id="each", attribute="theme", at_least=Decimal("0.6"))
"""No mix but the empty one has 60 % for each of two themes."""


def test_of_smallest_clashes_one_that_leaves_another_to_be_named_goes_first() -> None:
    # Three pairs clash: out + in, in + each, each + some. Without a share for each of two themes
    # Alpha is in and out; without Alpha's rules something has to be in, and then no share holds.
    some = Limit(id="some", attribute="all", measure="projects", at_least=Decimal(1))
    for rules in ((*CONTRADICTION, EACH_OF_BOTH_THEMES, some), (EACH_OF_BOTH_THEMES, some)):
        for order in (rules, rules[::-1]):
            answer = found(THREE, asked(*order))
            told = sorted(sorted(ids(each)) for each in answer.each)
            assert told == [["each", "some"], *([["in", "out"]] if len(rules) == 4 else [])]
            assert all(each.repairs for each in answer.each)
            assert answer.complete


IN_TURN = (
    AtMostOf(id="none", projects=("alpha", "beta", "gamma"), count=0),
    Limit(id="one", attribute="all", measure="projects", at_least=Decimal(1), at_most=Decimal(1)),
    Limit(id="two", attribute="all", measure="projects", at_least=Decimal(2), at_most=Decimal(2)),
)
"""Any two of these clash, so two of the three have to give way."""
PAIRS_IN_TURN = [["none", "one"], ["none", "two"], ["one", "two"]]


def test_where_rules_clash_in_turn_each_pair_is_named_and_no_dead_end_is_left() -> None:
    answer = found(THREE, asked(*IN_TURN))
    told = sorted(sorted(ids(each)) for each in answer.each)
    assert told == PAIRS_IN_TURN
    for each in answer.each:
        assert {repair.rule for repair in each.repairs} == ids(each)


NINE = Limit(id="z", attribute="all", measure="projects", at_least=Decimal(9))


def test_rules_that_clash_in_turn_are_all_named_beside_a_rule_that_no_mix_meets() -> None:
    for order in permutations((*IN_TURN, NINE)):
        answer = found(THREE, asked(*order))
        told = sorted(sorted(ids(each)) for each in answer.each)
        assert told == [*PAIRS_IN_TURN, ["z"]]
        for each in answer.each:
            assert {repair.rule for repair in each.repairs} == ids(each)
        assert answer.complete


def test_no_order_of_the_rules_leaves_a_dead_end_beside_a_contradiction() -> None:
    for order in permutations((*IN_TURN, *CONTRADICTION)):
        answer = found(THREE, asked(*order))
        assert len(answer.each) > 1
        assert all(each.repairs for each in answer.each)
        assert answer.complete


def test_a_clash_that_one_change_solves_stands_alone() -> None:
    budget = TotalBudget(id="budget", limit=euros(50_000))
    answer = found(THREE, asked(budget, *CONTRADICTION, Must(id="free", projects=())))
    assert ids(answer) == {"in", "out"}
    assert answer.others == ()
    assert answer.complete


def test_three_clashes_count_as_the_parts_of_one_piece_of_work() -> None:
    told: list[tuple[int, int]] = []
    pairs = [
        rule
        for name in ("alpha", "beta", "gamma")
        for rule in (
            Must(id=f"{name}-in", projects=(name,)),
            MustNot(id=f"{name}-out", projects=(name,)),
        )
    ]
    answer = clash(THREE, asked(*pairs), progress=lambda each: told.append((each.done, each.of)))
    assert answer is not None
    assert len(answer.each) == 3
    assert list(dict.fromkeys(told)) == [(done, 6) for done in range(7)]


def test_stopped_before_anything_is_certain_it_claims_nothing() -> None:
    scenario = asked(Must(id="a", projects=("alpha",)), MustNot(id="b", projects=("alpha",)))
    stop = threading.Event()
    stop.set()
    assert clash(THREE, scenario, cancel=stop) is None


def test_a_clash_found_in_part_says_so_and_ends_soon_after_it_is_stopped() -> None:
    where, scenario, hidden = split_to_the_cent()
    few = Limit(id="few", attribute="all", measure="projects", at_most=Decimal(1))
    scenario = replace(scenario, rules=(*scenario.rules, few))
    stop = threading.Event()
    timer = threading.Timer(1.0, stop.set)
    timer.start()
    answer = clash(where, scenario, Options(time_limit=60), cancel=stop)
    assert stop.is_set()
    timer.join()
    assert len(hidden) > 1
    assert answer is not None
    assert not answer.proven
    names = {rule.id for rule in answer.rules}
    assert names < {rule.id for rule in active_rules(scenario)}
    assert {r.rule for r in answer.repairs} | set(answer.undecided) == names


def test_the_work_on_repairs_is_told() -> None:
    told: list[tuple[int, int]] = []
    scenario = asked(Must(id="a", projects=("alpha",)), MustNot(id="b", projects=("alpha",)))
    clash(THREE, scenario, progress=lambda each: told.append((each.done, each.of)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_question_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError):
        clash(THREE, asked(Must(id="m", projects=("nobody",))))
