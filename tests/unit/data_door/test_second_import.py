"""A second import of a list: new, changed, gone, unchanged, before anything is written."""

from dataclasses import replace
from datetime import date

import pytest

from data.importer import (
    ImportPlan,
    ImportResult,
    apply,
    compare,
    pool_of,
    read_table,
    suggest_mapping,
)
from data.plan import FieldChange
from portfolio.errors import InputError
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Partner, Report


def taken(text: str) -> ImportResult:
    source = read_table(text.encode(), "list.csv")
    return apply(source, suggest_mapping(source))


def stored(text: str) -> Pool:
    return pool_of(taken(text), "list.csv")


def names(plan: ImportPlan) -> tuple[list[str], list[str], list[str], list[str]]:
    return (
        [p.name for p in plan.new],
        [c.after.name for c in plan.changed],
        [p.name for p in plan.gone],
        [p.name for p in plan.unchanged],
    )


def test_tells_new_changed_gone_and_unchanged_apart() -> None:
    pool = stored("Id,Name,Cost\n1,A,10\n2,B,20\n3,C,30\n")
    plan = compare(pool, taken("Id,Name,Cost\n2,B,25\n3,C,30\n4,D,40\n"))
    assert names(plan) == (["D"], ["B"], ["A"], ["C"])
    assert plan.changed[0].fields == (
        FieldChange("cost", "20", "25"),
        FieldChange("grant", "20", "25"),
    )


def test_the_same_list_again_changes_nothing() -> None:
    text = (
        "Name,Lead,Partners,Cost,Start\nA,Uni Kiel,Hafen GmbH; Stadt Kiel,10,2026-01-01\nA,X,,11,\n"
    )
    plan = compare(stored(text), taken(text))
    assert names(plan) == ([], [], [], ["A", "A"])
    assert plan.organizations == ()


def test_the_order_of_rows_changes_nothing() -> None:
    pool = stored("Name,Cost\nA,10\nB,20\n")
    assert names(compare(pool, taken("Name,Cost\nB,20\nA,10\n"))) == ([], [], [], ["B", "A"])


def test_what_the_file_does_not_speak_of_stays() -> None:
    pool = stored("Id,Name,Theme,Status,Cost,Grant\n1,A,Sea,running,10,4\n")
    (change,) = compare(pool, taken("Id,Name,Cost\n1,A,8\n")).changed
    assert (change.after.theme, change.after.status, change.after.grant) == (
        "Sea",
        pool.projects[0].status,
        400,
    )


def test_a_cost_below_the_stored_grant_takes_the_grant_down_with_it() -> None:
    pool = stored("Id,Name,Cost,Grant\n1,A,10,4\n")
    (change,) = compare(pool, taken("Id,Name,Cost\n1,A,3\n")).changed
    assert (change.after.cost, change.after.grant) == (300, 300)


def test_a_cost_that_was_missing_makes_the_project_ready() -> None:
    pool = stored("Id,Name,Cost\n1,A,TBC\n")
    (change,) = compare(pool, taken("Id,Name,Cost\n1,A,10\n")).changed
    assert (change.after.cost_known, change.after.grant) == (True, 1_000)


def test_a_list_without_ids_finds_the_stored_project_by_its_name() -> None:
    pool = stored("Id,Name,Cost\nP-7,Ice radar,10\nP-8,Twin,1\nP-9,Twin,2\n")
    plan = compare(pool, taken("Name,Cost\nICE  radar,12\nTwin,1\n"))
    assert [change.after.id for change in plan.changed] == ["P-7"]
    assert [project.name for project in plan.new] == ["Twin"]


def test_organizations_are_the_same_when_their_names_are() -> None:
    pool = stored("Id,Name,Lead,Partners,Cost\n1,A,Uni Kiel,Hafen GmbH,10\n")
    known = (Organization("org-1", "Uni Kiel"), Organization("org-2", "Hafen GmbH"))
    project = replace(pool.projects[0], lead="org-1", partners=(Partner("org-2", active=False),))
    pool = replace(pool, organizations=known, projects=(project,))
    plan = compare(pool, taken("Id,Name,Lead,Partners,Cost\n1,A,UNI Kiel,Hafen GmbH; Neu AG,10\n"))
    (change,) = plan.changed
    assert change.after.lead == "org-1"
    assert change.after.partners == (Partner("org-2", active=False), Partner("neu-ag"))
    assert [organization.id for organization in plan.new_organizations] == ["neu-ag"]
    assert plan.changed_organizations == ()
    assert change.fields == (FieldChange("partners", "Hafen GmbH", "Hafen GmbH; Neu AG"),)


def test_reports_are_added_to_and_never_replaced_by_the_same() -> None:
    pool = stored("Id,Name,Cost,Report of,Work done,Spent so far\n1,A,10,2026-05-01,20%,2\n")
    noted = replace(pool.projects[0].reports[0], note="Ida was ill")
    pool = replace(pool, projects=(replace(pool.projects[0], reports=(noted,)),))
    again = taken("Id,Name,Cost,Report of,Work done,Spent so far\n1,A,10,2026-05-01,20%,2\n")
    assert names(compare(pool, again)) == ([], [], [], ["A"])
    later = taken("Id,Name,Cost,Report of,Work done,Spent so far\n1,A,10,2026-11-01,50%,4\n")
    (change,) = compare(pool, later).changed
    assert change.after.reports == (noted, Report(date(2026, 11, 1), 0.5, 400))


def test_a_list_in_another_currency_is_not_taken_for_the_clusters() -> None:
    pool = stored("Id,Name,Cost (EUR)\n1,A,10\n")
    with pytest.raises(InputError, match="The cluster counts in EUR"):
        compare(pool, taken("Id,Name,Cost (GBP)\n1,A,10\n"))
