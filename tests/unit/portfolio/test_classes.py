"""The classes by which a mix is balanced turn exactly where they say."""

from __future__ import annotations

import pytest

from portfolio.project import Project
from portfolio.scoring.classes import ATTRIBUTES, UNKNOWN, risk_class


@pytest.mark.parametrize(
    ("technical", "commercial", "expected"),
    [
        (0.39, 1.0, "high"),
        (0.8, 0.5, "medium"),
        (0.64, 0.625, "medium"),  # 0.4 to the last digit
        (0.69, 1.0, "medium"),
        (0.7, None, "low"),
        (None, 0.9, "low"),
        (0.875, 0.8, "low"),
        (None, None, UNKNOWN),
    ],
)
def test_risk_turns_at_forty_and_seventy_cases_in_a_hundred(
    technical: float | None, commercial: float | None, expected: str
) -> None:
    project = Project(id="p", name="P", p_technical=technical, p_commercial=commercial)
    assert risk_class(project) == expected


def test_what_is_left_empty_is_not_known_on_every_attribute_that_can_be_empty() -> None:
    empty = Project(id="p", name="P")
    found = {name: class_of(empty) for name, class_of in ATTRIBUTES.items()}
    told = {"all": "all", "international": "no", "newcomer": "no"}
    assert found == {name: told.get(name, UNKNOWN) for name in ATTRIBUTES}
