"""How a mix was chosen: versions, parts and later starts, and what changes between two mixes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.services import chosen, decisions, proposals
from dashboard.services.chosen import Mix
from dashboard.services.download import mix_csv
from dashboard.services.mix import Answered, numbers
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Project, Version
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Choice, Selection, Status
from portfolio.units import Calendar

PIER = Project(
    "pier",
    "Pier",
    cost=100_000,
    grant=60_000,
    benefit=50.0,
    start=date(2027, 7, 1),
    end=date(2027, 12, 31),
    versions=(
        Version("Pilot only", 40_000, 20_000, Decimal("0.5")),
        Version("large", 150_000, 90_000, Decimal("1.3")),
    ),
    latest_start=date(2028, 3, 1),
    waiting_loss=Decimal("0.1"),
)
CRANE = Project("crane", "Crane", 80_000, 80_000, benefit=10.0, least_share=Decimal("0.6"))
BUOY = Project("buoy", "Buoy", 10_000, 10_000, benefit=1.0)
POOL = Pool(Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 4)), (PIER, CRANE, BUOY))
BENEFIT = Objective(aim="benefit")
MIX = (
    Choice("buoy"),
    Choice("crane", "80 %"),
    Choice("pier", "Pilot only", 2),
)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice("buoy"), ""),
        (Choice("pier", None, 1), ""),
        (Choice("pier", None, 2), "starts 2028 H1"),
        (Choice("pier", "Pilot only", 1), "in its smaller version “Pilot only”"),
        (Choice("pier", "large", 2), "in its larger version, starts 2028 H1"),
        (Choice("crane", "80 %"), "at 80\N{NO-BREAK SPACE}%"),
        (Choice("gone", "half"), "in its version “half”"),
    ],
)
def test_what_is_chosen_otherwise_than_proposed_is_said(choice: Choice, told: str) -> None:
    assert chosen.clause(POOL, choice) == told


def test_cost_grant_and_worth_are_those_of_the_version_and_start() -> None:
    found = chosen.as_chosen(POOL, BENEFIT, MIX)
    # The pilot is half of 50 points, of which a period of waiting loses a tenth: 22.5.
    assert [(one.project.cost, one.project.grant, one.worth) for one in found.values()] == [
        (10_000, 10_000, 1_000_000),
        (64_000, 64_000, 8_000_000),
        (40_000, 20_000, 22_500_000),
    ]


def test_what_all_may_ask_for_counts_the_largest_version() -> None:
    assert chosen.most_asked(POOL) == 90_000 + 80_000 + 10_000


def test_rows_figures_and_the_file_of_a_mix_tell_it_as_it_was_chosen() -> None:
    answered = Answered(
        POOL, Scenario(objective=BENEFIT), Selection(Status.OPTIMAL, MIX, spend=94_000)
    )
    rows = {row.id: row for row in proposals.rows(answered)}
    assert [(row.id, row.cost, row.grant, row.worth) for row in proposals.rows(answered)] == [
        ("pier", 40_000, 20_000, 22_500_000),
        ("crane", 64_000, 64_000, 8_000_000),
        ("buoy", 10_000, 10_000, 1_000_000),
    ]
    assert rows["pier"].way == "in its smaller version “Pilot only”, starts 2028 H1"
    assert "in the mix, at 80\N{NO-BREAK SPACE}%" in proposals.hover_lines(
        rows["crane"], "benefit", "EUR"
    )
    # Others add 200 to a pier that gets 200; the rest pays nothing itself: 200 / 940.
    assert next(n.value for n in numbers(answered) if n.label == "Others add per €1") == "€0.21"
    lines = mix_csv(answered).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("id,name,theme,lead,in the mix,version,start,cost,grant,chance")
    assert lines[1].startswith("pier,Pier,,,in,Pilot only,2028 H1,400.00,200.00,,22.50")


def test_changed_versions_and_starts_are_noticed_between_mixes() -> None:
    before = Mix(POOL, (Choice("buoy"), Choice("crane"), Choice("pier", None, 1)))
    after = Mix(POOL, (Choice("crane", "80 %"), Choice("pier", "Pilot only", 2)))
    assert chosen.changes(before, after) == {
        "crane": "now at 80\N{NO-BREAK SPACE}%",
        "pier": "now in its smaller version “Pilot only”, starts 2028 H1 instead of 2027 H2",
    }
    assert (
        chosen.changes(after, before)["pier"]
        == "now as proposed, starts 2027 H2 instead of 2028 H1"
    )
    assert decisions.mix_change(before, after, str) == (
        "Buoy leaves. Crane: now at 80\N{NO-BREAK SPACE}%. "
        "Pier: now in its smaller version “Pilot only”, starts 2028 H1 instead of 2027 H2."
    )
    only = replace(after, chosen=(*after.chosen, Choice("buoy")))
    assert decisions.mix_change(before, only, str).startswith(
        "Nothing enters or leaves. Crane: now"
    )
    assert not chosen.same(before, only)


def test_a_start_that_opened_since_is_no_change_by_itself() -> None:
    fixed = Pool(POOL.cluster, (replace(PIER, latest_start=None), CRANE, BUOY))
    then = Mix(fixed, (Choice("pier"),))
    assert chosen.same(then, Mix(POOL, (Choice("pier", None, 1),)))
    assert chosen.changes(then, Mix(POOL, (Choice("pier", None, 2),))) == {
        "pier": "starts 2028 H1 instead of 2027 H2"
    }


def test_names_of_versions_are_set_off_like_names_of_projects() -> None:
    before, after = (
        Mix(POOL, (Choice("pier", None, 1),)),
        Mix(POOL, (Choice("pier", "Pilot only", 1),)),
    )
    assert chosen.change_words(before, after, lambda name: f"<{name}>") == (
        "<Pier>: now in its smaller version <“Pilot only”>."
    )


def test_many_changes_are_counted() -> None:
    many = Pool(
        POOL.cluster,
        tuple(Project(f"p{k}", f"P{k}", 100, 100, least_share=Decimal("0.5")) for k in range(5)),
    )
    before = Mix(many, tuple(Choice(f"p{k}") for k in range(5)))
    after = Mix(many, tuple(Choice(f"p{k}", "50 %") for k in range(5)))
    assert chosen.change_words(before, after, str).endswith("2 more projects change likewise.")


def test_what_was_decided_still_holds_when_a_later_start_is_opened_or_shut() -> None:
    fixed = Pool(POOL.cluster, (replace(PIER, latest_start=None), CRANE, BUOY))
    assert chosen.on_other_data(POOL, (Choice("pier"), Choice("gone"))) == (
        Choice("pier", None, 1),
        Choice("gone"),
    )
    assert chosen.on_other_data(fixed, (Choice("pier", "large", 1),)) == (Choice("pier", "large"),)
    # A start that is not open there any more stays, to be told as a fault.
    late = Choice("pier", None, 2)
    assert chosen.on_other_data(fixed, (late,)) == (late,)
