"""Rows as projects: what is taken in, what is left unknown, what is refused, each with its place."""

from datetime import date
from decimal import Decimal

import pytest

from data.importer import (
    ImportResult,
    Table,
    apply,
    load_pool,
    pool_of,
    read_table,
    suggest_mapping,
)
from data.mapping import FieldMap, Mapping
from portfolio.errors import InputError, Problem
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import (
    CashYear,
    Outcome,
    Project,
    ProjectStatus,
    Report,
    ResourceNeed,
    Scope,
    ThreePoint,
)


def table(text: str) -> Table:
    return read_table(text.encode(), "list.csv")


def taken(text: str) -> ImportResult:
    source = table(text)
    return apply(source, suggest_mapping(source))


def test_a_full_row_becomes_a_project() -> None:
    result = taken(
        "Id;Name;Summary;Status;Lead organization;Project leader;Partners;Theme;Scope;Region;"
        "International;Newcomer;Cost (EUR);Grant asked (EUR);Payoff low;Payoff likely;Payoff high;"
        "Launch cost;Chance of technical success;Chance of commercial success;Months to payoff;Start;"
        "End;Grant by period;Sources;Resources;Cash by year;Rating\n"
        "p1;Ice radar;Sees ice;running;Aker Ltd;Ida;Uni Kiel | Stadt Kiel | UNI KIEL;Sea;hotspot;North;"
        "yes;no;1000,50;400;1500;2000;3000;10;80%;0,5;18;2027-01-01;2028-12-31;100; ;"
        "staff days: 12,5;0: -5;Green\n"
    )
    assert result.problems == ()
    assert result.projects == (
        Project(
            id="p1",
            name="Ice radar",
            cost=100_050,
            grant=40_000,
            summary="Sees ice",
            status=ProjectStatus.RUNNING,
            lead="aker-ltd",
            leader="Ida",
            partners=result.projects[0].partners,
            theme="Sea",
            scope=Scope.HOT_SPOT,
            region="North",
            international=True,
            payoff=ThreePoint(150_000, 200_000, 300_000),
            launch_cost=1_000,
            p_technical=0.8,
            p_commercial=0.5,
            months_to_payoff=18,
            start=date(2027, 1, 1),
            end=date(2028, 12, 31),
            spend=(10_000,),
            resources=(ResourceNeed("staff days", Decimal("12.5")),),
            cash=(CashYear(0, -500),),
            rating="Green",
        ),
    )
    assert [p.organization for p in result.projects[0].partners] == ["uni-kiel", "stadt-kiel"]
    roles = {o.id: (o.name, o.role) for o in result.organizations}
    assert roles == {
        "aker-ltd": ("Aker Ltd", HelixRole.BUSINESS),
        "uni-kiel": ("Uni Kiel", HelixRole.BUSINESS),
        "stadt-kiel": ("Stadt Kiel", HelixRole.PUBLIC),
    }


def test_reports_and_outcomes_come_in_flat() -> None:
    result = taken(
        "Name,Status,Cost,Report of,Work done,Spent so far,Forecast end,Succeeded,Payoff reached,"
        "Spent in the end,Lesson\n"
        "A,running,10,2026-11-01,40%,5.50,2027-01-31,,,,\n"
        "B,closed,10,,,,,no,0,12,Ask first\n"
    )
    assert result.problems == ()
    assert result.projects[0].reports == (Report(date(2026, 11, 1), 0.4, 550, date(2027, 1, 31)),)
    assert result.projects[1].outcome == Outcome(0, 1_200, False, "", "Ask first")


def test_a_cell_that_cannot_be_read_is_left_unknown_and_told_by_row_field_and_value() -> None:
    result = taken("Name,Cost,Start\nA,100,2026-01-01\nB,Exempt under Section 43,soon\n")
    assert [project.name for project in result.projects] == ["A", "B"]
    assert (result.projects[1].cost_known, result.projects[1].start) == (False, None)
    assert result.unread == (
        Problem(
            "Cost",
            "Exempt under Section 43",
            "This is not an amount. Write digits alone, as 12000.",
            3,
        ),
        Problem("Start", "soon", "This is not a date. Write a day as 2026-04-03.", 3),
    )
    assert (result.rows, result.ready, result.refused) == (2, 1, ())


def test_in_a_turned_file_a_cell_is_told_by_its_own_row_and_column() -> None:
    result = taken("Project,Alpha,Beta,Gamma\nTheme,Sea,Sea,Land\nCost,100,Reset,300\n")
    assert result.unread == (
        Problem(
            "Cost (column C)", "Reset", "This is not an amount. Write digits alone, as 12000.", 3
        ),
    )


@pytest.mark.parametrize("cell", ["", "n/a", "TBC", "–", "?", "#N/A", "unknown"])
def test_a_project_without_a_cost_is_held_back_and_never_costs_nothing(cell: str) -> None:
    result = taken(f"Name,Cost\nA,100\nB,{cell}\n")
    assert result.unread == (
        Problem("Cost", cell, "The cost is missing. No mix can hold this project without one.", 3),
    )
    pool = pool_of(result, "list.csv")
    assert [project.name for project in pool.candidates] == ["A"]
    assert [project.name for project in pool.incomplete] == ["B"]


def test_a_cost_of_nothing_that_is_stated_is_a_cost() -> None:
    assert taken("Name,Cost\nA,0\n").ready == 1


@pytest.mark.parametrize(
    ("cost", "grant", "known", "asked"),
    [
        ("100", "", True, 10_000),
        ("100", "40", True, 4_000),
        ("100", "100", True, 10_000),
        ("100", "101", False, 0),
        ("100", "some", False, 0),
        ("", "40", False, 4_000),
    ],
)
def test_the_whole_cost_is_asked_for_unless_a_grant_is_told(
    cost: str, grant: str, known: bool, asked: int
) -> None:
    (project,) = taken(f"Name,Cost,Grant\nA,{cost},{grant}\n").projects
    assert (project.cost_known, project.grant) == (known, asked)


def test_where_no_column_holds_the_cost_the_grant_stands_for_it() -> None:
    result = taken("Name,Grant amount\nA,40\n")
    assert (result.projects[0].cost, result.projects[0].grant, result.ready) == (4_000, 4_000, 1)
    assert "No column holds the whole cost: the grant stands for it." in result.notes


def test_a_list_without_costs_says_so_once() -> None:
    result = taken("Name,Theme\nA,x\nB,y\n")
    assert [problem.remedy for problem in result.problems] == [
        "No column holds the cost. No mix can hold these projects without one."
    ]


def test_what_does_not_fit_together_is_left_unknown_and_told() -> None:
    result = taken(
        "Name,Cost,Start,End,Payoff low,Payoff likely,Payoff high\n"
        "A,1,2026-05-01,2026-04-01,30,20,40\n"
        "B,1,2026-05-01,2026-05-01,,20,\n"
        "C,1,,,10,,\n"
    )
    assert [(p.field, p.row) for p in result.unread] == [
        ("End", 2),
        ("Payoff, likely", 2),
        ("Payoff, likely", 4),
    ]
    assert [project.end for project in result.projects] == [None, date(2026, 5, 1), None]
    assert [project.payoff for project in result.projects] == [
        None,
        ThreePoint(2_000, 2_000, 2_000),
        None,
    ]


def test_rows_without_a_name_sums_and_second_ids_are_refused_and_the_rest_taken_in() -> None:
    result = taken("Id,Name,Cost\n1,A,10\n2,,20\n1,C,30\n4,Grand total,60\n5,E,50\n")
    assert [project.id for project in result.projects] == ["1", "5"]
    assert result.refused == (
        Problem("Name", "", "The name is missing. Write one.", 3),
        Problem("Id", "1", "Row 2 has this id too. Give each its own.", 4),
        Problem(
            "Name",
            "Grand total",
            "This looks like the sum of the list. Rename it if it is a project.",
            5,
        ),
    )
    assert result.rows == 5


def test_ids_made_from_names_keep_namesakes_and_told_ids_apart() -> None:
    result = taken("Name,Cost\nÅben Havn!,1\nAben  havn,2\nÅben Havn 2,3\n")
    assert [project.id for project in result.projects] == [
        "aben-havn",
        "aben-havn-2",
        "aben-havn-2-2",
    ]
    assert [(p.row, p.remedy) for p in result.doubts] == [
        (3, "Row 2 has this name too. Both are kept, this one as “aben-havn-2”.")
    ]
    mixed = taken("Id,Name,Cost\n,Port,1\nport,Other,2\n")
    assert [project.id for project in mixed.projects] == ["port-2", "port"]


def test_names_in_any_script_make_ids() -> None:
    ids = [project.id for project in taken("Name,Cost\nΛιμάνι,1\nПорт,2\n???,3\n").projects]
    assert ids[:2] == ["λιμανι", "порт"]
    assert len(set(ids)) == 3


def test_a_row_longer_than_the_header_is_pointed_out() -> None:
    result = taken("Name,Cost\nA,1\nB,2,3\n")
    assert [problem.row for problem in result.doubts] == [3]


def test_the_first_filled_of_several_columns_counts() -> None:
    source = table("name,rating,rating\nA,Red,\nB,,Green\nC,Amber,Red\n")
    mapping = Mapping((FieldMap("name", ("name",)), FieldMap("rating", ("rating", "rating (2)"))))
    assert [p.rating for p in apply(source, mapping).projects] == ["Red", "Green", "Amber"]


def test_a_value_map_turns_words_into_values_and_says_what_it_assumes() -> None:
    source = table("name,rating\nA,RED\nB,amber / red\nC,Reset\n")
    entry = FieldMap(
        "p_technical",
        ("rating",),
        values=(("Red", "0.2"), ("Amber/Red", "0.4")),
        strict=True,
        assumption="Colors are chances.",
    )
    result = apply(source, Mapping((FieldMap("name", ("name",)), entry)))
    assert [p.p_technical for p in result.projects] == [0.2, 0.4, None]
    assert (
        Problem("Chance of technical success", "Reset", "Write one of Red, Amber/Red.", 4)
        in result.unread
    )
    assert "Colors are chances." in result.notes


def test_a_constant_gives_every_row_the_same_value() -> None:
    source = table("name,cost\nA,1\nB,2\n")
    mapping = Mapping(
        (
            FieldMap("name", ("name",)),
            FieldMap("cost", ("cost",), multiplier=Decimal(1_000_000)),
            FieldMap("benefit", constant="1"),
            FieldMap("status", constant="running"),
        )
    )
    result = apply(source, mapping, "GBP")
    assert [(p.cost, p.benefit, p.status) for p in result.projects] == [
        (100_000_000, 1.0, ProjectStatus.RUNNING),
        (200_000_000, 1.0, ProjectStatus.RUNNING),
    ]
    assert result.currency == "GBP"


def test_partners_in_one_cell_are_taken_apart_at_full_stops_without_losing_those_of_names() -> None:
    source = table(
        'name;parter\nA;"EUC Vest. Danmark (ITD) F.M.B.A.. Vestas A/S. Hjørring Kommune,."\n'
    )
    mapping = Mapping(
        (FieldMap("name", ("name",)), FieldMap("partners", ("parter",), separator=". "))
    )
    result = apply(source, mapping)
    names = {o.id: o.name for o in result.organizations}
    assert [names[p.organization] for p in result.projects[0].partners] == [
        "EUC Vest",
        "Danmark (ITD) F.M.B.A.",
        "Vestas A/S",
        "Hjørring Kommune",
    ]


def test_without_a_name_column_nothing_can_be_taken_in() -> None:
    with pytest.raises(InputError, match="Say which column holds the name"):
        taken("foo,bar\n1,2\n")


def test_a_list_that_says_nothing_of_worth_says_so() -> None:
    assert (
        "The list says nothing of what the projects are worth." in taken("Name,Cost\nA,1\n").notes
    )
    assert not any("worth" in note for note in taken("Name,Cost,Payoff\nA,1,5\n").notes)


def test_a_pool_of_its_own_has_one_period_over_all_projects() -> None:
    pool, problems = load_pool(
        b"Name,Cost (GBP),Start,End,Payoff\nA,1,2026-05-01,2027-04-01,5\nB,2,,2029-01-31,\n",
        "My list.csv",
    )
    assert problems == ()
    assert isinstance(pool, Pool)
    assert (pool.cluster.id, pool.cluster.name, pool.cluster.currency) == (
        "my-list",
        "My list",
        "GBP",
    )
    calendar = pool.cluster.calendar
    assert (calendar.start, calendar.count, calendar.last_day(0)) == (
        date(2026, 1, 1),
        1,
        date(2029, 12, 31),
    )
    assert pool.scenario.objective.aim == "payoff"
