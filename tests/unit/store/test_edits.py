"""Edits: one act each, refused when somebody was first, and taken back as they were made."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from data.plan import Change, ImportPlan, OrganizationChange
from data.samples import demo_pools
from data.store import Store
from portfolio.errors import ConflictError, InputError, NotFoundError, StoreError
from portfolio.funding.rules import Limit
from portfolio.organization import Member, Organization
from portfolio.project import Project, ProjectStatus, Report
from portfolio.scenario import with_money, with_rules, without
from portfolio.scoring.criteria import Judgement

HALM = "halm-maritime"


def said(store: Store) -> str:
    return store.changes(HALM, 1)[0].sentence


def test_an_edit_is_kept_and_told(store: Store) -> None:
    before = store.pool(HALM).project("ice-radar")
    store.save_project(HALM, replace(before, cost=40_000_000), "Anna", before)
    assert store.pool(HALM).project("ice-radar").cost == 40_000_000
    assert said(store) == "Anna changed the cost of Ice radar from €420,000 to €400,000."


def test_the_second_of_two_edits_is_refused_and_told_who_was_first(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    store.save_project(HALM, replace(seen, leader="Bo"), "Anna", seen)
    with pytest.raises(ConflictError, match="Anna changed the leader of Ice radar"):
        store.save_project(HALM, replace(seen, leader="Cy"), "Ben", seen)
    assert store.pool(HALM).project("ice-radar").leader == "Bo"


def test_a_project_that_went_away_cannot_be_edited(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    store.save_projects(HALM, [(seen, None)], "Anna")
    with pytest.raises(ConflictError, match="no longer there"):
        store.save_project(HALM, replace(seen, leader="Cy"), "Ben", seen)


def test_a_new_project_cannot_take_an_id_that_is_taken(store: Store) -> None:
    with pytest.raises(ConflictError, match="already"):
        store.save_project(HALM, Project("ice-radar", "Another"), "Ben", None)


def test_an_id_stays_as_it_is(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    with pytest.raises(InputError):
        store.save_projects(HALM, [(seen, replace(seen, id="new"))], "Ben")


def test_several_edits_are_one_act_and_one_conflict_refuses_them_all(store: Store) -> None:
    pool = store.pool(HALM)
    pairs = [(p, replace(p, rating="Amber")) for p in pool.candidates[:4]]
    store.save_projects(HALM, pairs, "Anna")
    assert said(store).startswith("Anna changed 4 projects: ")
    again = [(p, replace(p, rating="Red")) for p in pool.candidates[3:6]]
    with pytest.raises(ConflictError):
        store.save_projects(HALM, again, "Ben")
    assert [p.rating for p in store.pool(HALM).candidates[:6]] == ["Amber"] * 4 + [""] * 2


def test_saving_what_is_there_already_is_no_act(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    revision = store.revision(HALM)
    assert store.save_project(HALM, seen, "Anna", seen) is None
    assert store.save_standing_scenario(HALM, store.pool(HALM).scenario, "Anna") is None
    assert store.revision(HALM) == revision


def test_an_act_is_taken_back_and_put_back(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    edited = replace(seen, payoff=None, milestones=(), start=date(2028, 1, 1))
    act = store.save_project(HALM, edited, "Anna", seen)
    assert act is not None
    back = store.undo(act, "Ben")
    assert store.pool(HALM) == demo_pools()[0]
    assert said(store).startswith("Ben took back: Anna changed the payoff")
    assert [entry.can_undo for entry in store.changes(HALM, 2)] == [True, False]
    store.undo(back, "Ben")
    assert store.pool(HALM).project("ice-radar") == edited
    assert said(store).startswith("Ben put back: Anna changed the payoff")


def test_an_act_is_taken_back_once(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    act = store.save_project(HALM, replace(seen, rating="Red"), "Anna", seen)
    assert act is not None
    store.undo(act, "Anna")
    with pytest.raises(ConflictError, match="taken back already"):
        store.undo(act, "Anna")


def test_an_act_that_somebody_built_on_is_not_taken_back(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    red = replace(seen, rating="Red")
    act = store.save_project(HALM, red, "Anna", seen)
    store.save_project(HALM, replace(red, leader="Cy"), "Ben", red)
    assert act is not None
    with pytest.raises(ConflictError, match="Ben changed the leader of Ice radar"):
        store.undo(act, "Anna")
    assert store.pool(HALM).project("ice-radar").leader == "Cy"


def test_an_act_that_never_was_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.undo(999, "Anna")


def test_the_arrival_of_the_demo_cannot_be_taken_back(store: Store) -> None:
    first = store.changes(HALM)[-1]
    assert not first.can_undo
    with pytest.raises(ConflictError, match="cannot be taken back"):
        store.undo(first.id, "Anna")


def test_an_import_is_one_act_and_is_taken_back_as_one(store: Store) -> None:
    pool = store.pool(HALM)
    radar = pool.project("ice-radar")
    one = Project("one", "One", lead="new-org")
    two = Project("two", "Two", resources=radar.resources)
    plan = ImportPlan(
        new=(one, two),
        changed=(Change(radar, replace(radar, cost=1), ()),),
        gone=pool.projects[:2],
        organizations=(OrganizationChange(None, Organization("new-org", "New")),),
    )
    act = store.apply_import(HALM, plan, "Anna")
    after = store.pool(HALM)
    assert after.project("ice-radar") == replace(radar, cost=1)
    assert after.project("two") == two
    assert after.organization("new-org") == Organization("new-org", "New")
    assert len(after.projects) == len(pool.projects) + 2
    assert said(store) == ("Anna imported 2 new projects, 1 changed project and 1 organization.")
    assert act is not None
    store.undo(act, "Anna")
    assert store.pool(HALM) == pool


def test_an_import_over_data_that_changed_since_its_plan_is_refused(store: Store) -> None:
    pool = store.pool(HALM)
    radar = pool.project("ice-radar")
    plan = ImportPlan(changed=(Change(radar, replace(radar, cost=1), ()),))
    store.save_project(HALM, replace(radar, rating="Red"), "Ben", radar)
    with pytest.raises(ConflictError):
        store.apply_import(HALM, plan, "Anna")
    assert store.pool(HALM).project("ice-radar").cost == radar.cost


def test_an_import_over_an_organization_that_changed_since_its_plan_is_refused(
    store: Store,
) -> None:
    seen = store.pool(HALM).organizations[0]

    def plan(before: Organization | None, after: Organization) -> ImportPlan:
        return ImportPlan(organizations=(OrganizationChange(before, after),))

    store.apply_import(HALM, plan(seen, replace(seen, sector="Fish")), "Anna")
    with pytest.raises(ConflictError, match="Anna imported 1 organization"):
        store.apply_import(HALM, plan(seen, replace(seen, region="North")), "Ben")
    assert store.pool(HALM).organization(seen.id) == replace(seen, sector="Fish")
    store.apply_import(HALM, plan(None, Organization("new", "New", sector="Fish")), "Anna")
    with pytest.raises(ConflictError, match="an organization “new” already"):
        store.apply_import(HALM, plan(None, Organization("new", "New")), "Ben")
    assert store.pool(HALM).organization("new") == Organization("new", "New", sector="Fish")


def test_rules_and_money_are_told_by_their_sentences(store: Store) -> None:
    scenario = store.pool(HALM).scenario
    off = without(scenario, "newcomers")
    store.save_standing_scenario(HALM, off, "Anna", scenario)
    assert said(store) == "Anna switched off “At least 20\u00a0% of the money to newcomers”."
    rule = Limit(id="new", attribute="all", measure="projects", at_most=Decimal(9))
    store.save_standing_scenario(HALM, with_rules(off, rule), "Anna", off)
    assert said(store) == "Anna added “At most 9 projects in all”."
    store.save_standing_scenario(HALM, with_money(off, 100_000_000), "Anna")
    assert "changed Halm Region from €850,000 to" in said(store)
    with pytest.raises(ConflictError):
        store.save_standing_scenario(HALM, scenario, "Ben", expected=off)


def test_criteria_come_and_go_with_their_judgements(store: Store) -> None:
    pool = store.pool(HALM)
    act = store.save_criteria(HALM, pool.criteria[1:], "Anna", pool.criteria)
    fewer = store.pool(HALM)
    assert fewer.criteria == pool.criteria[1:]
    assert len(fewer.judgements) == len(pool.judgements) * 4 // 5
    assert act is not None
    store.undo(act, "Anna")
    assert store.pool(HALM) == pool
    heavier = (replace(pool.criteria[0], swing=55), *pool.criteria[1:])
    store.save_criteria(HALM, heavier, "Anna")
    assert said(store) == "Anna changed the weight of Somebody waits for it."


def test_a_judgement_takes_the_place_of_the_same_members_earlier_one(store: Store) -> None:
    pool = store.pool(HALM)
    old = pool.judgements[0]
    new = replace(old, level=None, interest=True)
    act = store.save_judgements(HALM, [new], "Maren")
    assert store.pool(HALM).judgements == (new, *pool.judgements[1:])
    assert "1 judgement on" in said(store)
    assert act is not None
    store.undo(act, "Maren")
    assert store.pool(HALM) == pool


def test_a_judgement_of_what_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(InputError):
        store.save_judgements(HALM, [Judgement("nobody", "ice-radar", "pull", 5.0)], "Anna")


def test_the_board_and_the_cluster_itself_can_be_changed(store: Store) -> None:
    pool = store.pool(HALM)
    acts = [
        store.save_members(HALM, (*pool.members, Member("new", "New")), "Anna"),
        store.save_cluster(replace(pool.cluster, next_board=date(2027, 2, 4)), "Anna"),
    ]
    after = store.pool(HALM)
    assert after.members[-1] == Member("new", "New")
    assert after.cluster.next_board == date(2027, 2, 4)
    assert said(store) == "Anna changed the next board of Halm Maritime Cluster."
    for act in reversed(acts):
        assert act is not None
        store.undo(act, "Anna")
    assert store.pool(HALM) == pool


def test_closing_reopening_and_reporting_are_called_by_their_names(store: Store) -> None:
    barge = store.pool(HALM).project("battery-barge")
    report = Report(date(2026, 11, 24), 0.6, 45_000_000)
    reported = replace(barge, reports=(*barge.reports, report))
    store.save_project(HALM, reported, "Jule", barge)
    assert said(store) == "Jule added a report on Battery barge."
    closed = replace(reported, status=ProjectStatus.CLOSED, closed_on=date(2026, 12, 3))
    store.save_project(HALM, closed, "Anna", reported)
    assert said(store) == "Anna closed Battery barge."
    store.save_project(HALM, reported, "Anna", closed)
    assert said(store) == "Anna reopened Battery barge."


def test_numbers_that_are_none_are_refused_before_anything_is_written(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    with pytest.raises(InputError, match="finite"):
        store.save_project(HALM, replace(seen, p_technical=float("nan")), "Anna", seen)
    assert store.pool(HALM) == demo_pools()[0]


def test_one_act_speaks_of_each_thing_once(store: Store) -> None:
    pool = store.pool(HALM)
    seen = pool.project("ice-radar")
    twice = [(seen, replace(seen, rating="Red")), (seen, replace(seen, leader="Cy"))]
    with pytest.raises(InputError, match="id of its own"):
        store.save_projects(HALM, twice, "Anna")
    for save in (
        lambda: store.save_criteria(HALM, (pool.criteria[0],) * 2, "Anna"),
        lambda: store.save_members(HALM, (pool.members[0],) * 2, "Anna"),
        lambda: store.apply_import(
            HALM,
            ImportPlan(organizations=(OrganizationChange(None, pool.organizations[0]),) * 2),
            "A",
        ),
        lambda: store.apply_import(HALM, ImportPlan(new=(Project("x", "X"),) * 2), "Anna"),
        lambda: store.save_standing_scenario(
            HALM, replace(pool.scenario, rules=pool.scenario.rules * 2), "Anna"
        ),
    ):
        with pytest.raises(InputError, match="id of its own"):
            save()
    assert store.pool(HALM) == pool


def test_text_that_no_file_can_hold_is_refused_in_words(store: Store) -> None:
    seen = store.pool(HALM).project("ice-radar")
    with pytest.raises(StoreError, match="cannot be stored"):
        store.save_project(HALM, replace(seen, leader="\ud800"), "Anna", seen)
    assert store.pool(HALM) == demo_pools()[0]


def test_a_store_that_is_busy_for_long_says_so(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.database.BUSY_SECONDS", 0.05)
    seen = store.pool(HALM).project("ice-radar")
    with (
        Store.open(url) as other,
        store._database.writing(),
        pytest.raises(StoreError, match="Try again in a minute"),
    ):
        other.save_project(HALM, replace(seen, rating="Red"), "Anna", seen)
    assert store.pool(HALM) == demo_pools()[0]


def test_the_revision_goes_up_with_each_act_and_only_then(store: Store) -> None:
    before = store.revision(HALM)
    other = store.revision("weidenau-food")
    seen = store.pool(HALM).project("ice-radar")
    act = store.save_project(HALM, replace(seen, rating="Red"), "Anna", seen)
    assert act is not None
    assert store.revision(HALM) == before + 1
    store.undo(act, "Anna")
    assert store.revision(HALM) == before + 2
    assert store.revision("weidenau-food") == other


def test_the_log_has_the_time_of_the_act_and_the_newest_first(url: str) -> None:
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    with Store.open(url, clock=lambda: noon) as store:
        seen = store.pool(HALM).project("ice-radar")
        store.save_project(HALM, replace(seen, rating="Red"), "Anna", seen)
        newest = store.changes(HALM)[0]
        assert (newest.at, newest.who) == (noon, "Anna")
        assert len(store.changes(HALM, limit=1)) == 1
