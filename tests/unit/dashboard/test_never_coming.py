"""The explanation of a proposal that needs a project which no mix can bring, in words."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.services.why import why
from optimizer import explain_project, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import Requires
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar

POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
    (
        Project("a", "Alpha", 100, 100, benefit=3.0),
        Project("run", "Ferry", 100, 100, benefit=9.0, status=ProjectStatus.RUNNING),
        Project("end", "Barge", 100, 100, benefit=9.0, status=ProjectStatus.CLOSED),
        Project("odd", "Dredger", benefit=9.0, cost_known=False),
    ),
)


@pytest.mark.parametrize(
    ("need", "says"),
    [
        ("end", "It needs Barge, which is closed."),
        ("odd", "It needs Dredger, whose cost is not known."),
    ],
)
def test_the_explanation_says_what_never_comes(need: str, says: str) -> None:
    rule = Requires(id="r", project="a", needs=("run", need), sentence="As agreed in May")
    scenario = Scenario(objective=Objective(aim="benefit"), rules=(rule,))
    found = explain_project(POOL, scenario, optimize(POOL, scenario), "a")
    words = why(POOL, scenario, found, lambda name: name)
    assert words.bold == "No mix that meets the rules can hold Alpha."
    assert words.sentence == says
