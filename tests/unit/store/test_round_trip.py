"""What goes into the store comes out of it: every field, in order, after a restart too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from data.samples import demo_pools
from data.store import Store
from portfolio.cluster import Cluster
from portfolio.errors import InputError, NotFoundError
from portfolio.organization import Member
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.units import Calendar
from tests.support.values import projects, scenarios

BARE = Cluster("bare", "Bare", "EUR", Calendar(date(2027, 1, 1), 12, 3))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('store') / 's.db'}", demo=False) as store:
        store.create_cluster(BARE, "Anna")
        yield store


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(project=projects)
def test_any_project_is_kept_as_it_is(shared: Store, project: Project) -> None:
    stored = {entry.id: entry for entry in shared.pool("bare").projects}
    shared.save_project("bare", project, "Anna", stored.get(project.id))
    assert shared.pool("bare").project(project.id) == project


@given(scenario=scenarios)
def test_any_standing_question_is_kept_as_it_is(shared: Store, scenario: Scenario) -> None:
    shared.save_standing_scenario("bare", scenario, "Anna")
    assert shared.pool("bare").scenario == scenario


def test_the_demo_is_there_as_committed_and_after_a_restart(url: str) -> None:
    with Store.open(url) as store:
        assert tuple(store.pool(cluster.id) for cluster in store.clusters()) == demo_pools()
    with Store.open(url) as store:
        assert tuple(store.pool(cluster.id) for cluster in store.clusters()) == demo_pools()


def test_the_demo_comes_into_an_empty_store_only(url: str) -> None:
    with Store.open(url, demo=False) as store:
        assert store.clusters() == ()
        store.create_cluster(BARE, "Anna")
    with Store.open(url, demo=True) as store:
        assert store.clusters() == (BARE,)


def test_a_cluster_is_found_by_id_alias_and_name_whatever_its_capitals(store: Store) -> None:
    found = {store.find(n) for n in ("demo", "DEMO", "halm-maritime", " Halm maritime cluster ")}
    assert found == {"halm-maritime"}


def test_a_name_that_is_not_there_is_told_with_those_that_are(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"“nowhere”.*demo \(Halm Maritime Cluster\)"):
        store.find("nowhere")
    with pytest.raises(NotFoundError):
        store.find("")
    with pytest.raises(NotFoundError):
        store.pool("nowhere")
    with pytest.raises(NotFoundError):
        store.revision("nowhere")


def test_a_cluster_that_contradicts_itself_is_refused_with_every_fault(url: str) -> None:
    criterion = Criterion("c", "C", 100, (Anchor(0, 0), Anchor(1, 100)))
    pool = Pool(
        cluster=BARE,
        projects=(Project("a", "A"), Project("a", "B"), Project("", "C", cost=10**18)),
        members=(Member("m", "M"),),
        criteria=(criterion,),
        judgements=(Judgement("m", "x", "c", 1.0), Judgement("n", "a", "c", 1.0)),
    )
    with Store.open(url, demo=False) as store:
        with pytest.raises(InputError) as caught:
            store.create_cluster(pool, "Anna")
        assert store.clusters() == ()
    told = {(problem.field, problem.value) for problem in caught.value.problems}
    assert {
        ("project id", "a"),
        ("project id", ""),
        ("judgement, project", "x"),
        ("judgement, member", "n"),
        ("C, cost", str(10**18)),
    } <= told


def test_two_clusters_cannot_share_an_id_or_an_alias(store: Store) -> None:
    with pytest.raises(InputError, match="Another cluster has it already"):
        store.create_cluster(demo_pools()[0], "Anna")
    with pytest.raises(InputError, match="alias"):
        store.create_cluster(BARE, "Anna", alias="demo")


def test_the_same_ids_in_two_clusters_do_not_meet(store: Store) -> None:
    store.create_cluster(replace(demo_pools()[0], cluster=BARE), "Anna")
    project = store.pool("bare").project("ice-radar")
    store.save_project("bare", replace(project, name="Other"), "Anna", project)
    assert store.pool("halm-maritime") == demo_pools()[0]


def test_the_store_tells_where_and_how_big_it_is(store: Store, tmp_path: Path) -> None:
    info = store.info()
    assert info.path == tmp_path / "store.db"
    assert info.version == info.newest != ""
    projects_there = sum(len(pool.projects) for pool in demo_pools())
    assert info.counts["project"] == projects_there
    assert info.counts["cluster"] == 2
