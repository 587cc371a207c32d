"""Edits of the list: kept apart, saved as one act, and asked about where somebody was faster."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.services.project_edits import (
    Edit,
    check,
    from_text,
    merge,
    overridden,
    save,
    to_text,
)
from data.store import Store
from portfolio.project import Project

CLUSTER = "halm-maritime"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the demo."""
    with Store.open(f"sqlite:///{tmp_path / 'edits.db'}") as opened:
        yield opened


def project(store: Store, project_id: str) -> Project:
    """A project as it is stored now."""
    return store.pool(CLUSTER).project(project_id)


def test_an_edit_remembers_what_stood_in_its_cell_when_it_was_first_made(store: Store) -> None:
    pool = store.pool(CLUSTER)
    old = pool.project("ice-radar").cost // 100
    first = merge(pool, (), {"ice-radar": {"cost": 1}})
    again = merge(pool, first, {"ice-radar": {"cost": 2}})
    assert again == (Edit("ice-radar", "cost", old, 2),)
    assert merge(pool, again, {"ice-radar": {"cost": old}}) == ()


def test_edits_survive_a_session_as_text(store: Store) -> None:
    edits = merge(store.pool(CLUSTER), (), {"ice-radar": {"start": "2027-05-01", "theme": None}})
    assert from_text(to_text(edits)) == edits
    assert from_text("") == ()


def test_edits_of_several_projects_are_saved_as_one_act_and_taken_back_as_one(store: Store) -> None:
    before = store.pool(CLUSTER)
    edits = merge(before, (), {"ice-radar": {"theme": "Ice"}, "air-watch": {"theme": "Air"}})
    saved = save(store, CLUSTER, edits, "Anna")
    assert (saved.count, saved.conflicts, saved.problems) == (2, (), ())
    assert project(store, "ice-radar").theme == "Ice"
    assert saved.change is not None
    store.undo(saved.change, "Anna")
    assert store.pool(CLUSTER).projects == before.projects


def test_a_cell_that_somebody_changed_since_is_asked_about_and_the_others_are_saved(
    store: Store,
) -> None:
    before = store.pool(CLUSTER)
    radar = before.project("ice-radar")
    edits = merge(before, (), {"ice-radar": {"cost": 500_000, "region": "North"}})
    store.save_project(CLUSTER, replace(radar, cost=430_000_00), "Anna", radar)
    saved = save(store, CLUSTER, edits, "Ben")
    (conflict,) = saved.conflicts
    assert (conflict.theirs, conflict.edit.new) == (430_000, 500_000)
    assert conflict.act.startswith("Anna changed the cost of Ice radar")
    now = project(store, "ice-radar")
    assert (now.cost, now.region) == (430_000_00, "North")
    kept = save(store, CLUSTER, [overridden(store, CLUSTER, conflict.edit)], "Ben")
    assert kept.conflicts == ()
    assert project(store, "ice-radar").cost == 500_000_00


def test_two_who_wrote_the_same_do_not_conflict(store: Store) -> None:
    before = store.pool(CLUSTER)
    radar = before.project("ice-radar")
    edits = merge(before, (), {"ice-radar": {"region": "North"}})
    store.save_project(CLUSTER, replace(radar, region="North"), "Anna", radar)
    saved = save(store, CLUSTER, edits, "Ben")
    assert (saved.conflicts, saved.change) == ((), None)


def test_a_row_with_a_problem_stays_with_the_visitor_and_the_others_are_saved(store: Store) -> None:
    before = store.pool(CLUSTER)
    edits = merge(before, (), {"ice-radar": {"cost": -5}, "air-watch": {"region": "South"}})
    assert [problem.field for problem in check(before, edits)] == ["Ice radar, Cost"]
    saved = save(store, CLUSTER, edits, "Ben")
    assert [edit.project for edit in saved.failed] == ["ice-radar"]
    assert project(store, "air-watch").region == "South"
    assert project(store, "ice-radar") == before.project("ice-radar")


def test_an_edit_of_a_project_that_is_gone_says_so(store: Store) -> None:
    before = store.pool(CLUSTER)
    edits = merge(before, (), {"ice-radar": {"region": "North"}})
    store.save_projects(CLUSTER, [(before.project("ice-radar"), None)], "Anna")
    saved = save(store, CLUSTER, edits, "Ben")
    assert [problem.remedy for problem in saved.problems] == ["Somebody has removed this project."]
