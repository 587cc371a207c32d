"""What the next money buys, in all and from each source, against the oracle."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import optimize, purchases
from portfolio.errors import InputError
from portfolio.scenario import Scenario, with_money, with_source_totals
from tests.support.cases import cases
from tests.support.pools import questions
from tests.support.verdicts import Asked, question_of
from tests.support.worked_table import worked_pool, worked_scenario


def dearer(scenario: Scenario, source: str, cents: int) -> Scenario:
    """The question with so many cents more, in all or from one source; with 0 as it would stand."""
    if not source:
        return with_money(scenario, (scenario.money or 0) + cents)
    total = next(each.total for each in scenario.sources if each.id == source)
    return with_source_totals(scenario, {source: total + cents})


@cases(200)
@given(
    st.one_of(questions(6, most_rules=1), questions(6, most_rules=0, money="sources")),
    st.integers(1, 3_000),
)
def test_the_next_money_buys_the_difference_of_two_best_mixes(asked: Asked, cents: int) -> None:
    pool, scenario = asked
    base = optimize(pool, scenario)
    assume(base.status.has_mix)
    bought = purchases(pool, scenario, base, cents)
    held = {i.removeprefix("budget:") for i in question_of(asked).rules if i.startswith("budget:")}
    expected = [source.id for source in scenario.sources if source.id in held]
    assert [one.source for one in bought if one.source] == expected
    assert (scenario.money is None) == (not any(not one.source for one in bought))
    for one in bought:
        before, after = (
            question_of((pool, dearer(scenario, one.source, more))).best() for more in (0, cents)
        )
        if before is None or after is None:
            assert one.gain is None
            continue
        assert one.proven
        assert one.gain == after.value - before.value
        if one.gain:
            mix = (set(base.ids) | set(one.enters)) - set(one.leaves)
            question = question_of((pool, dearer(scenario, one.source, cents)))
            assert question.allowed()[question.number(mix)]
            assert question.values[question.number(mix)] == after.value


def test_the_worked_table_says_what_one_more_buys() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    (one,) = purchases(pool, scenario, optimize(pool, scenario), 1_000_000_00)
    assert one.gain == 1_500_000 * 1_000_000
    assert one.rate == pytest.approx(1.55)
    assert (one.enters, one.leaves) == (("Delta",), ())


def test_no_money_is_no_next_money() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    with pytest.raises(InputError):
        purchases(pool, scenario, optimize(pool, scenario), 0)
