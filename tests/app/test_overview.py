"""Overview: what needs a decision today, and its other states."""

from collections.abc import Callable

import pytest

from tests.support.visits import Visit

Visitor = Callable[[], Visit]


@pytest.mark.usefixtures("store_url")
def test_the_first_screen_answers_what_to_decide_today_without_a_click(visit: Visitor) -> None:
    page = visit().open()
    assert page.errors == []
    assert page.at.title[0].value == "What needs a decision today"
    assert "things wait for you before the board meets on" in page.text
    assert "Battery barge: close it or rescue it" in page.text
    assert "No mix is agreed yet for the 44 proposals" in page.text
    assert [metric.label for metric in page.at.metric] == [
        "Money to commit",
        "Expected payoff",
        "Others add per €1",
        "Initiatives on plan",
    ]
