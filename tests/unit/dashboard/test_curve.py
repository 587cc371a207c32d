"""The points of the step curve: estimates give way to exact answers and help one another."""

from dashboard.services.curve import Known, points


def test_an_exact_answer_takes_the_place_of_an_estimate() -> None:
    assert points([Known(1, 5, 9), Known(1, 7, 7)]) == (Known(1, 7, 7),)
    assert points([Known(1, 7, 7), Known(1, 5, 9)]) == (Known(1, 7, 7),)


def test_more_money_never_forbids_a_mix() -> None:
    found = points([Known(1, 5, 9), Known(2, 4, 9), Known(3, None, 12)])
    assert found == (Known(1, 5, 9), Known(2, 5, 9), Known(3, 5, 12))


def test_the_bound_of_more_money_holds_for_less() -> None:
    assert points([Known(1, 1, 9), Known(2, 5, 6)]) == (Known(1, 1, 6), Known(2, 5, 6))


def test_an_estimate_that_meets_its_bound_is_exact() -> None:
    (first, _) = points([Known(1, 3, 9), Known(2, 3, 3)])
    assert first.exact


def test_budgets_without_any_mix_are_left_out_until_there_is_one() -> None:
    assert points([Known(1, None, None), Known(2, 3, None)]) == (Known(2, 3, None),)
    assert points([]) == ()


def test_two_estimates_of_one_budget_keep_the_best_of_each() -> None:
    assert points([Known(1, 3, 9), Known(1, 4, 10)]) == (Known(1, 4, 9),)


def test_points_come_in_order_of_money() -> None:
    assert [p.budget for p in points([Known(3, 3, 3), Known(1, 1, 1), Known(2, 2, 2)])] == [1, 2, 3]
