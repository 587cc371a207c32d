"""The demo: what its script makes is what is committed, and it is the story that it should be."""

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

import optimizer
from dashboard.services.decisions import holds_today
from data.samples import demo_pools, past_decision
from data.samples.make_demo import HALM, WEIDENAU, layout, make_pool
from data.samples.make_demo import past_decision as made_decision
from optimizer import Options
from portfolio.decision import Decision
from portfolio.feasibility import violations
from portfolio.funding.barriers import barriers
from portfolio.funding.eligibility import eligible_sources
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.review.verdicts import Verdict, review
from portfolio.scenario import without
from portfolio.scoring.quadrants import Quadrant, quadrants
from portfolio.scoring.scorecard import scorecards
from portfolio.scoring.value import incomplete
from portfolio.selection import Selection, Status
from portfolio.variants import realized

TODAY = date(2026, 11, 24)
OPTIONS = Options(time_limit=60)


@pytest.fixture(scope="module")
def pool() -> Pool:
    return demo_pools()[0]


@pytest.fixture(scope="module")
def answer(pool: Pool) -> Selection:
    return optimizer.optimize(pool, pool.scenario, OPTIONS)


def test_the_script_makes_what_is_committed_to_the_byte() -> None:
    folder = files("data.samples")
    for source in (HALM, WEIDENAU):
        committed = (folder / f"{source.cluster.id}.json").read_text(encoding="utf-8")
        assert layout(make_pool(source)) == committed
    assert made_decision(make_pool(HALM)) == past_decision()[0]


def test_it_says_that_it_is_fictional() -> None:
    for pool in demo_pools():
        assert pool.cluster.fictional
        assert "fictional" in pool.cluster.purpose


def test_it_is_as_big_as_a_real_cluster(pool: Pool) -> None:
    assert len(demo_pools()) == 2
    assert len(pool.candidates) >= 42
    assert len(pool.running) >= 16
    assert len(pool.closed) == 25
    assert len(pool.organizations) == 60
    assert len(pool.members) == 7
    assert len(pool.criteria) == 5
    assert len(pool.scenario.sources) == 4
    assert (pool.cluster.calendar.months, pool.cluster.calendar.count) == (6, 8)
    assert all(len(source.budgets) == 8 for source in pool.scenario.sources)
    assert len(pool.scenario.rules) == 13
    assert 200_000_000 <= (pool.scenario.money or 0) <= 230_000_000


@pytest.mark.parametrize("place", [0, 1])
def test_nothing_in_it_speaks_of_what_is_not_there(place: int) -> None:
    pool = demo_pools()[place]
    for project in pool.projects:
        assert project.summary or project in pool.closed
        for organization in (project.lead, *(p.organization for p in project.partners)):
            assert pool.organization(organization) is not None
        assert 0 <= project.grant <= project.cost
        assert project.start
        if project.end:
            assert project.start < project.end
    assert all(pool.organization(member.organization) for member in pool.members)
    assert all(eligible_sources(pool, pool.scenario).values())


def test_closed_projects_teach_something(pool: Pool) -> None:
    outcomes = [project.outcome for project in pool.closed]
    assert all(outcome and outcome.lesson and outcome.reason for outcome in outcomes)
    assert Counter(outcome.success for outcome in outcomes if outcome) == {True: 15, False: 10}


def test_all_helix_roles_and_linked_companies_are_there(pool: Pool) -> None:
    assert {organization.role for organization in pool.organizations} == set(HelixRole)
    groups = Counter(o.group for o in pool.organizations if o.group)
    assert groups == {"Nordkai": 3, "Förde Energie": 3, "Seawise": 2}


def test_one_initiative_asks_to_be_closed_some_are_late_one_is_not_known(pool: Pool) -> None:
    verdicts = {found.project: found for found in review(pool, TODAY)}
    close = [i for i, found in verdicts.items() if found.verdict is Verdict.CLOSE_OR_RESCUE]
    assert close == ["battery-barge"]
    assert 4 <= sum((found.lateness.days or 0) > 14 for found in verdicts.values()) <= 8
    assert verdicts["fog-signals"].lateness.days is None


def test_the_board_does_not_agree_on_a_few(pool: Pool) -> None:
    levels = {j.level for j in pool.judgements if j.project == "ice-radar" and not j.interest}
    assert (min(levels), max(levels)) == (2, 9)
    widths = {card.project: card.spread.width for card in scorecards(pool) if card.spread}
    assert {i for i, width in widths.items() if width > 65} == {
        "ferry-convoy",
        "ice-radar",
        "peak-load",
        "quay-7-power",
    }
    assert any(judgement.level is None for judgement in pool.judgements)
    assert any(judgement.interest for judgement in pool.judgements)


def test_the_standing_question_has_a_proven_answer_that_keeps_all_rules(
    pool: Pool, answer: Selection
) -> None:
    assert answer.status is Status.OPTIMAL
    assert violations(pool, pool.scenario, answer) == ()
    assert 12 <= len(answer.chosen) <= 18


def test_the_answer_surprises(pool: Pool, answer: Selection) -> None:
    points = {card.project: card.points or 0 for card in scorecards(pool)}
    assert max(points, key=lambda project: points[project]) == "seabed-map"
    assert "seabed-map" not in answer.ids
    assert min(points, key=lambda project: points[project]) == "munitions"
    assert "munitions" in answer.ids
    assert quadrants(pool)["munitions"] is Quadrant.OYSTER


def test_several_rules_have_a_price(pool: Pool, answer: Selection) -> None:
    assert answer.value is not None
    dear = set()
    for rule in pool.scenario.rules:
        freer = optimizer.optimize(pool, without(pool.scenario, rule.id), OPTIONS)
        assert freer.value is not None
        if freer.value > answer.value:
            dear.add(rule.id)
    assert {"themes", "newcomers", "small-aid", "two-at-a-time"} <= dear
    assert 4 <= len(dear) <= 8


def test_what_is_not_known_is_told_and_kept_out(pool: Pool, answer: Selection) -> None:
    assert [project.id for project in pool.incomplete] == ["dock-heat"]
    assert set(incomplete(pool, pool.scenario.objective)) == {"yard-exports"}
    assert "yard-exports" not in answer.ids


def test_the_decision_of_september_was_the_best_mix_for_its_money() -> None:
    made, then = past_decision()
    again = optimizer.optimize(then, made.scenario, OPTIONS)
    assert again.ids == made.selection.ids
    assert (again.value, again.bound) == (made.selection.value, made.selection.bound)
    assert violations(then, made.scenario, made.selection) == ()


def test_the_second_cluster_has_an_answer_too() -> None:
    pool = demo_pools()[1]
    answer = optimizer.optimize(pool, pool.scenario, OPTIONS)
    assert answer.status is Status.OPTIMAL
    assert 0 < len(answer.chosen) < len(pool.candidates)


def test_the_decision_of_september_still_stands_though_much_was_offered_since() -> None:
    made, then = past_decision()
    assert not any(project.versions or project.latest_start for project in then.projects)
    assert {rule.id for rule in demo_pools()[0].scenario.rules} - {
        rule.id for rule in then.scenario.rules
    } == {"two-at-a-time", "small-aid"}
    decision = Decision(
        id=1,
        cluster="halm-maritime",
        title=made.title,
        who=made.who,
        why=made.why,
        at=made.at,
        scenario=made.scenario,
        selection=made.selection,
        pool_fingerprint="",
        previous="",
        fingerprint="",
        pool=then,
    )
    assert holds_today(decision, demo_pools()[0]) == ()


def test_some_are_chosen_in_a_smaller_version_and_some_start_later(
    pool: Pool, answer: Selection
) -> None:
    assert any(choice.version is not None for choice in answer.chosen)
    ways = realized(pool, answer.chosen)
    later = [one for one in ways if one.project.start != pool.project(one.project.id).start]
    assert later
    assert all(not barriers(pool, pool.scenario, project) for project in pool.candidates)
