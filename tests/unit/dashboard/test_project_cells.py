"""Editing a project cell by cell: what comes out, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services.cell_columns import COLUMNS, lead_words
from dashboard.services.project_cells import cells, edited
from data.samples import demo_pools
from portfolio.cluster import Cluster
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import FirstStage, Project, ProjectStatus, Scope, ThreePoint, Version
from portfolio.units import Calendar

RADAR = Project(
    "radar",
    "Ice radar",
    cost=420_000_00,
    grant=180_000_00,
    lead="sonar",
    payoff=ThreePoint(1_00, 2_00, 4_00),
    p_technical=0.65,
    start=date(2027, 1, 1),
    end=date(2028, 6, 30),
)
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 3)),
    projects=(RADAR,),
    organizations=(
        Organization("sonar", "Baltic Sonar"),
        Organization("dock-1", "Dock"),
        Organization("dock-2", "Dock"),
    ),
)


def change(**told: object) -> Project:
    """Ice radar with cells written anew; nothing may be wrong with them."""
    project, problems = edited(POOL, RADAR, told)
    assert problems == ()
    return project


def refusals(**told: object) -> list[str]:
    """What is wrong with cells, as sentences; the project stays as it was."""
    project, problems = edited(POOL, RADAR, told)
    assert project == RADAR
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("pool", demo_pools(), ids=lambda pool: pool.cluster.id)
def test_cells_written_back_as_they_are_change_nothing(pool: Pool) -> None:
    for project in pool.projects:
        assert edited(pool, project, cells(pool, project)) == (project, ())


def test_cells_are_in_whole_units_and_per_cent() -> None:
    shown = cells(POOL, RADAR)
    assert (shown["cost"], shown["p_technical"], shown["start"]) == (420_000, 65, "2027-01-01")
    assert (shown["lead"], shown["p_commercial"], shown["scope"]) == ("Baltic Sonar", None, None)


def test_edited_cells_make_the_project_that_they_say() -> None:
    project = change(
        cost=400_000.5,
        p_commercial=12.5,
        end="2028-01-31T00:00:00",
        scope="hot spot",
        lead="dock-2",
    )
    assert project.cost == 400_000_50
    assert project.p_commercial == 0.125
    assert project.end == date(2028, 1, 31)
    assert project.scope is Scope.HOT_SPOT
    assert project.lead == "dock-2"
    assert change(status="running").status is ProjectStatus.RUNNING


def test_organizations_of_the_same_name_are_told_apart_by_their_ids() -> None:
    assert lead_words(POOL)["dock-2"] == "Dock (dock-2)"
    assert change(lead="Dock (dock-2)").lead == "dock-2"
    assert change(lead=None).lead == ""


def test_a_cleared_cost_makes_the_project_wait_and_a_cost_without_grant_asks_for_all_of_it() -> (
    None
):
    waiting = change(cost=None)
    assert (waiting.cost_known, waiting.cost, waiting.grant) == (False, 0, 0)
    asked, problems = edited(POOL, waiting, {"cost": 90_000})
    assert problems == ()
    assert (asked.cost_known, asked.cost, asked.grant) == (True, 90_000_00, 90_000_00)


def test_a_likely_payoff_alone_is_low_and_high_too_and_clearing_it_clears_all_three() -> None:
    bare = replace(RADAR, payoff=None)
    assert edited(POOL, bare, {"payoff": 7})[0].payoff == ThreePoint(7_00, 7_00, 7_00)
    assert change(payoff=None).payoff is None


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    assert refusals(name=" ", cost=-1, p_technical=101, months_to_payoff=1.5, start="soon") == [
        "Ice radar, Name: “ ”. Write one to 2,000 signs.",
        "Ice radar, Cost: “-1”. Write an amount in whole units, not below zero.",
        "Ice radar, Technical success: “101”. Write a number from 0 to 100.",
        "Ice radar, Months to payoff: “1.5”. Write a whole number of months, from 0 to 1,200.",
        "Ice radar, Start: “soon”. Write a day between 1900 and 2200.",
    ]


@pytest.mark.parametrize(
    ("told", "remedy"),
    [
        ({"grant": 500_000}, "The grant is above the cost. Correct one of the two."),
        ({"payoff_low": 3}, "Low, likely and high payoff have to rise in this order."),
        ({"end": "2026-12-31"}, "The end lies before the start."),
        ({"lead": "Nobody"}, "Choose an organization from the list."),
        ({"status": "dreamt"}, "Choose one from the list."),
        ({"id": "other"}, "There is no such column."),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_remedy(
    told: dict[str, object], remedy: str
) -> None:
    (refusal,) = refusals(**told)
    assert refusal.endswith(remedy)


VERSIONED = replace(
    RADAR,
    versions=(Version("small", 100_000_00, 50_000_00, Decimal("0.3")),),
    least_share=Decimal("0.6"),
    latest_start=date(2028, 1, 1),
    waiting_loss=Decimal("0.025"),
)


def test_ways_to_run_a_project_are_cells_that_can_be_edited() -> None:
    shown = cells(POOL, VERSIONED)
    assert {
        name: shown[name] for name in ("versions", "least_share", "latest_start", "waiting_loss")
    } == {
        "versions": "small: 100000 / 50000 @ 0.3",
        "least_share": 60,
        "latest_start": "2028-01-01",
        "waiting_loss": 2.5,
    }
    assert edited(POOL, VERSIONED, shown) == (VERSIONED, ())
    # The grant is three sevenths of the cost, and so is that of a version that states none.
    changed = change(
        versions="small: 210000 @ 40 %", least_share=55, latest_start="2027-07-01", waiting_loss=10
    )
    assert changed.versions == (Version("small", 210_000_00, 90_000_00, Decimal("0.4")),)
    assert (changed.least_share, changed.waiting_loss) == (Decimal("0.55"), Decimal("0.1"))
    assert changed.latest_start == date(2027, 7, 1)
    nothing = dict.fromkeys(("versions", "least_share", "latest_start", "waiting_loss"))
    assert edited(POOL, VERSIONED, nothing) == (RADAR, ())


def test_everything_wrong_with_ways_to_run_it_is_said_at_once() -> None:
    assert refusals(versions="small", least_share=0, latest_start="soon", waiting_loss=101) == [
        "Ice radar, Versions: “small”. Write names, costs and shares of the worth, as small: "
        "600000 @ 0.72; large: 1500000 / 1200000 @ 1.3.",
        "Ice radar, Least share: “0”. Write a number from 0 to 100; a least share is above 0.",
        "Ice radar, Latest start: “soon”. Write a day between 1900 and 2200.",
        "Ice radar, Loss by waiting: “101”. Write a number from 0 to 100; a least share is above 0.",
    ]
    assert refusals(latest_start="2026-12-31") == [
        "Ice radar, Latest start: “2026-12-31”. The latest start lies before the start."
    ]
    assert refusals(versions="a: 5 / 6 @ 1") == [
        "Ice radar, Versions: “a: 5 / 6 @ 1”. A grant lies between 0 and its cost, a share from 0 on."
    ]
    assert refusals(versions="90 %: 5 @ 1", least_share=50) == [
        "Ice radar, Versions: “90 %: 5 @ 1”. A part of the project has this name. "
        "Give the version another."
    ]


CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=30),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
)


@given(st.dictionaries(st.sampled_from([column.name for column in COLUMNS]), CELL))
def test_whatever_a_screen_sends_is_read_or_refused_and_never_half_of_it(
    told: dict[str, object],
) -> None:
    project, problems = edited(POOL, RADAR, told)
    if problems:
        assert project == RADAR
    else:
        assert 0 <= project.grant <= project.cost
        assert project.p_technical is None or 0 <= project.p_technical <= 1
        assert project.start is None or project.end is None or project.start <= project.end
        assert project.name


STAGED = replace(RADAR, first_stage=FirstStage(50_000_00, 1, 0.45))
FIRST = ("first_grant", "first_periods", "first_chance")


def test_a_first_stage_is_cells_that_can_be_edited() -> None:
    shown = cells(POOL, STAGED)
    assert [shown[name] for name in FIRST] == [50_000, 1, 45]
    assert edited(POOL, STAGED, shown) == (STAGED, ())
    changed = change(first_grant=20_000, first_periods=2, first_chance=60)
    assert changed.first_stage == FirstStage(20_000_00, 2, 0.6)
    assert edited(POOL, STAGED, dict.fromkeys(FIRST)) == (RADAR, ())


def test_a_first_stage_that_cannot_be_is_refused() -> None:
    beyond = POOL.cluster.calendar.count + 1
    assert refusals(first_grant=10**9)[0].endswith("above the whole grant. Correct one of the two.")
    assert refusals(first_grant=1, first_periods=beyond)[0].endswith("within the calendar.")
    assert refusals(first_chance=50)[0].endswith("A first stage needs its grant.")
    _, problems = edited(POOL, STAGED, {"grant": 1})
    assert str(problems[0]).endswith("above the whole grant. Correct one of the two.")
