"""Numbers in an address that nobody would type."""

import pytest

from dashboard.services.question import from_params
from data.samples import demo_pools

POOL = demo_pools()[0]


@pytest.mark.parametrize("text", ["1e999999", "1e3000000", "9" * 60, "NaN", "-5", "1/0", "½"])
def test_a_strange_amount_of_money_is_left_aside_at_once(text: str) -> None:
    question, _ = from_params({"money": [text]}, POOL, POOL.scenario)
    assert question.money is None


@pytest.mark.parametrize("text", ["1e999999", "9" * 60, "NaN", "--5", "1/0", "½"])
def test_a_strange_limit_on_bad_outcomes_is_left_aside_at_once(text: str) -> None:
    question, _ = from_params({"losses": [text]}, POOL, POOL.scenario)
    assert question.losses is None


@pytest.mark.parametrize("text", ["1e999999999", "1/0", "nan", "1_0"])
def test_a_strange_limit_is_left_aside_at_once(text: str) -> None:
    rule = POOL.scenario.rules[0].id
    question, _ = from_params({"limit": [f"{rule}:at most:{text}"]}, POOL, POOL.scenario)
    assert question.limits == ()
