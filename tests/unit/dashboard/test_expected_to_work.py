"""How many of a mix should work: a sum of chances, never rounded to none or to all."""

import pytest

from dashboard.services.mix import Answered, expected_to_work
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.selection import Choice, Selection, Status
from tests.support.worked_table import worked_pool

CLUSTER = worked_pool().cluster


def mix_of(chances: list[float | None]) -> Answered:
    projects = tuple(
        Project(f"p{k}", f"P{k}", 100, 100, p_technical=chance) for k, chance in enumerate(chances)
    )
    chosen = tuple(Choice(project.id) for project in projects)
    return Answered(Pool(CLUSTER, projects), Scenario(), Selection(Status.OPTIMAL, chosen))


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ([0.5], "0.5 of 1"),
        ([0.25], "0.3 of 1"),
        ([0.5, 0.5, 0.5], "1.5 of 3"),
        ([0.1] * 10, "1 of 10"),
        ([1.0, 1.0], "2 of 2"),
        ([0.0, 0.0], "0 of 2"),
        ([0.04], "under 0.1 of 1"),
        ([0.99, 0.99], "over 1.9 of 2"),
        ([0.5] * 20, "10 of 20"),
        ([0.5] * 25, "13 of 25"),
        ([0.01] * 30, "under 1 of 30"),
        ([0.99] * 30, "over 29 of 30"),
    ],
)
def test_the_expected_number_is_told_as_it_is(chances: list[float | None], expected: str) -> None:
    number = expected_to_work(mix_of(chances))
    assert number is not None
    assert (number.value, number.note) == (expected, "sum of chances")


def test_chances_that_are_not_known_are_told_and_not_counted() -> None:
    number = expected_to_work(mix_of([0.5, None, 0.5, None]))
    assert number is not None
    assert (number.value, number.note) == ("1 of 2", "chance of 2 not known")


def test_without_any_chance_there_is_no_such_figure() -> None:
    assert expected_to_work(mix_of([None])) is None
